#ifndef SHEET_H
#define SHEET_H

#include "input.h"
#include "record.h"
#include "schema.h"

/*
 * Takes in a CSV file as records: the heading row says by the titles of the
 * schemas what type the rows are and which field each column holds; columns
 * that are no field are kept as text under their own heading.  schema is the
 * type where the caller knows it, else NULL; encoding as in input_decode().
 *
 * give() gets each row as a record that is not parsed yet.  A row that cannot
 * be taken in comes with a complaint in its errors; so does the heading row,
 * alone, where no type is recognised.  Returns 0, or -1 with errno set.
 */
int sheet_read(struct input *, const char *encoding, const struct schema *,
    void (*give)(struct record *));

#endif
