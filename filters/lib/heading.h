#ifndef HEADING_H
#define HEADING_H

#include "record.h"
#include "schema.h"

/*
 * Rows of headings, and the fields that they name by the titles of the
 * schemas.  A remark in parentheses behind a heading, and a star that marks it
 * as needed, do not count where the heading as it stands is not known.
 */

/* What a row is, taken as headings. */
struct heading {
	const struct schema *schema; /* of most columns; NULL where of none */
	const struct schema *other;  /* a type it fits as well, or NULL */
	size_t known;		     /* columns that are fields of the type */
	bool complete;		     /* with all that the type requires */
	/* More than half of the columns are fields, two at least: no accident,
	 * nor a row of merged cells over the headings. */
	bool sure;
};

/* wanted is the type where the caller knows it, else NULL. */
void heading_judge(
    struct heading *, const struct schema *wanted, char **cells, size_t n);

/*
 * The field of each column, NULL where it is none; each field has the column
 * that fits it best.  Returns the name of one that two fit equally well, or
 * NULL.
 */
const char *heading_fields(
    const struct schema *, char **cells, size_t n, const struct field **fields);

/* The field that one text names, or NULL. */
const struct field *heading_field(const struct schema *, const char *text);

/* Complains that it is of no type, and what the nearest lacks; -1. */
int heading_complain(
    struct record *, const struct heading *, char **cells, size_t n);

#endif
