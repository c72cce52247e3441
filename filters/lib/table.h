#ifndef TABLE_H
#define TABLE_H

#include <stddef.h>

#include "input.h"

/*
 * Rows of a CSV file (RFC 4180): quoted cells may hold separators, doubled
 * quotes and line breaks; LF or CRLF.  The separator is the one of comma,
 * semicolon and tab that the first row has most of.  Rows without any text
 * are passed over.
 */
struct row {
	unsigned long line; /* on which it begins, counted from 1 */
	const char *text;   /* as it came, without the last line break */
	size_t len;
	size_t bytes;	   /* of the row in the file: more than len if cut */
	const char *error; /* NULL, or why it has no cells */
	char **cells;	   /* UTF-8, line breaks in them as LF */
	size_t n;
};

/*
 * Calls give() for each row, in order.  Returns 0 at the end of the file, -1
 * with errno set on an error.  Memory: one row.
 */
int table_read(
    struct input *, void (*give)(const struct row *, void *arg), void *arg);

#endif
