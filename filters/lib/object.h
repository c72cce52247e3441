#ifndef OBJECT_H
#define OBJECT_H

#include <stdbool.h>

#include "buf.h"

/*
 * Writes one JSON object on one line, field by field, into a struct buf.
 * Strings must be UTF-8; what JSON wants escaped is escaped, all else stands
 * as it is.
 */
void obj_begin(struct buf *, const char *type); /* {"type":"risk" */
void obj_string(struct buf *, const char *name, const char *value);
void obj_integer(struct buf *, const char *name, long value);
/* A number, not negative, with 0 to 2 decimals: 43 with one is 4.3. */
void obj_decimal(struct buf *, const char *name, long n, int decimals);
void obj_boolean(struct buf *, const char *name, bool value);
void obj_end(struct buf *); /* } and a newline */

/* ,"name": which must come before a value; and a JSON string of n bytes. */
void obj_name(struct buf *, const char *name);
void obj_quote(struct buf *, const char *text, size_t n);

#endif
