#ifndef SHEET_PRIVATE_H
#define SHEET_PRIVATE_H

#include "heading.h"
#include "sheet.h"

/* What sheet.c and wide.c share. */

/* A column: the field it holds, or the name it is kept under. */
struct column {
	const struct field *field; /* NULL where no field is known by it */
	char *name;
	bool is_type; /* headed "type": the type itself is not kept twice */
};

/* A row that may turn out to be the heading, or stand below it. */
struct held {
	struct row row; /* all of it copied; cells trimmed */
	struct heading as;
	bool wide;
};

struct sheet {
	const char *source;
	const struct schema *schema; /* NULL: to be recognised */
	void (*give)(struct record *);
	struct held *held; /* until the heading is settled */
	size_t n_held, held_bytes;
	bool headed;	/* it is settled */
	bool refused;	/* the heading was; rows are only counted */
	bool no_type;	/* as of no type */
	bool is_scan;	/* perhaps: one that a map is needed for */
	struct row top; /* the heading row, copied */
	struct record heading;
	struct column *columns;
	size_t n_columns;
	struct wide *wide; /* NULL where each row is one record */
	char *last;	   /* the reference of the row before, or NULL */
	size_t referring;  /* the column that takes it; n_columns for none */
	/* Rows of each fate but that of a record; bare ones say no level. */
	unsigned long left_out, above, empty, bare, again, filled;
};

/* What came, of a record made of this row. */
struct record sheet_record(const struct sheet *, const struct row *);
/* Names the columns, which hold the fields. */
void sheet_columns(
    struct sheet *, char **headings, const struct field **fields, size_t n);
/* Appends a member, or nothing where there is no text. */
void sheet_write(struct buf *, const struct column *, const char *text);
/*
 * Gives a row below the heading: a record where each row is one, or refused.
 * An empty reference becomes the one above it, in the cells as well.
 */
void sheet_take(struct sheet *, const struct row *, char **cells);
/* The reference of this row, for the next; NULL for none. */
void sheet_remember(struct sheet *, const char *);

#endif
