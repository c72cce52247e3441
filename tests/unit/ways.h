#ifndef WAYS_H
#define WAYS_H

#include <stddef.h>
#include <stdio.h>

#include "buf.h"

/*
 * The two ways through a line, the short one of plain.h and jansson's, side by
 * side.
 */
struct ways_counts {
	size_t taken, plain, refused; /* lines; refused by jansson */
};

/*
 * Where a line is plain both ways say what is in it: its members, what
 * rec_copy() makes of them, their content as digests take it, what the schemas
 * of its own type and of another say.  The program ends, status REFUSED, with
 * the line, where they do not agree.
 */
void ways_compare(
    const struct buf *line, const char *other, struct ways_counts *);

/* Where it is said; standard error is for the records. */
extern FILE *ways_say;

#endif
