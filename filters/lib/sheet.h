#ifndef SHEET_H
#define SHEET_H

#include "input.h"
#include "record.h"
#include "schema.h"
#include "table.h"

/*
 * Takes in a CSV file as records: the heading row says by the titles of the
 * schemas what type the rows are and which field each column holds; columns
 * that are no field are kept as text under their own heading.
 */
struct sheet;
struct tally;

/*
 * schema is the type of the rows where the caller knows it, else NULL; source
 * is the name of the file, and stays the caller's.
 *
 * give() gets each row as a record that is not parsed yet.  A row that cannot
 * be taken in comes with a complaint in its errors; so does the heading row,
 * alone, where no type is recognised.
 */
struct sheet *sheet_open(
    const char *source, const struct schema *, void (*give)(struct record *));

/* Takes the next row.  The row and its cells stay the caller's, unchanged. */
void sheet_row(struct sheet *, const struct row *);

/*
 * The heading is not its own: the rows it has taken stand above it and are
 * passed over, as the tally says; but those without cells are refused.
 */
void sheet_pass_over(struct sheet *, struct tally *);

/* Whether it is settled which row is the heading, or that there is none. */
bool sheet_is_headed(const struct sheet *);

/*
 * The end of the file: what is still to be given is given, and the tally has
 * the layout, the columns and what was passed over.  Without a tally what was
 * passed over is said on standard error.  misfit is why a scanner's map that
 * was asked for is not that of the file, or NULL.
 */
void sheet_close(struct sheet *, struct tally *, const char *misfit);

/* Forgets all that was not given yet, and says nothing. */
void sheet_abandon(struct sheet *);

/*
 * All of a file; encoding as in input_decode().  Returns 0, or -1 with errno
 * set.
 */
int sheet_read(struct input *, const char *encoding, const struct schema *,
    void (*give)(struct record *));

#endif
