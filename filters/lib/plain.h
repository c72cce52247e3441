#ifndef PLAIN_H
#define PLAIN_H

#include <stdbool.h>
#include <stddef.h>

#include "members.h"

/*
 * The short way through a line: nearly all that programs write are plain, and
 * jansson takes twenty times as long to say so.
 *
 * A line is plain if it is one JSON object whose values are strings, numbers,
 * true, false, null and lists of strings; no key stands in it twice; no string
 * has an escape; numbers have 15 digits at most and no exponent; all of it is
 * UTF-8 without control characters; and it has not too many members.  Nothing
 * is plain that jansson does not take, with the same values.  Of a line that
 * is not plain nothing is known: jansson decides.
 */

/* Whether a line is plain; its members are then found, valid until the next. */
bool plain_scan(struct members *, const char *line, size_t len);

#endif
