#ifndef WIDE_H
#define WIDE_H

#include "sheet-private.h"

/*
 * Wide tables: a row for each asset, a column for each threat or
 * vulnerability, a level where they meet.  Each level is an exposure, or a
 * vulnerability of the asset.  The columns are headed by an id of letters and
 * digits and perhaps a name: "THR-01软件故障", "V003 弱口令".
 */
struct wide;

/*
 * The type of the records of a table with these headings, NULL where it is
 * none; wanted is the type that the caller knows, or NULL.
 */
const struct schema *wide_schema(
    const struct schema *wanted, char **cells, size_t n);

/*
 * Leaves of the fields of columns those that can stand in such a table beside
 * the levels: the asset, and what threatens it.  The others are of the asset.
 */
void wide_fields(const struct field **fields, size_t n);

/*
 * For a sheet whose columns are named.  NULL after a complaint about its
 * heading.
 */
struct wide *wide_open(struct sheet *);

/* What became of a row. */
enum wide_row {
	WIDE_REFUSED = -1, /* the heading is, after a complaint */
	WIDE_NOTHING,	   /* there is no level in it */
	WIDE_HEADING,	   /* it says more of the columns */
	WIDE_RECORDS	   /* records, or refusals, were given */
};

/* Takes a row of as many trimmed cells as there are columns. */
enum wide_row wide_take(struct wide *, const struct row *, char **cells);
/* Whether a column is one of levels. */
bool wide_has(const struct wide *, size_t column);
void wide_close(struct wide *);

#endif
