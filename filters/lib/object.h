#ifndef OBJECT_H
#define OBJECT_H

#include <stdbool.h>
#include <string.h>

#include "buf.h"

/*
 * Writes one JSON object on one line, field by field, into a struct buf.
 * Strings must be UTF-8; what JSON wants escaped is escaped, all else stands
 * as it is.  A name is one of ours, with nothing in it to be escaped; to those
 * that stand in the program compilers know the length.
 */
void obj_begin(struct buf *, const char *type); /* {"type":"risk" */

/* A JSON string of n bytes. */
void obj_quote(struct buf *, const char *text, size_t n);
/* How many bytes from the start of text stand in a JSON string as they are. */
size_t obj_plain(const char *text, size_t n);

/* ,"name": which must come before a value; obj_key() where it is any text. */
void obj_key(struct buf *, const char *name);

static inline void
obj_name(struct buf *b, const char *name)
{
	size_t len = strlen(name);
	char *to = buf_more(b, len + 4);

	to[0] = ',';
	to[1] = '"';
	memcpy(to + 2, name, len);
	to[len + 2] = '"';
	to[len + 3] = ':';
}

static inline void
obj_string(struct buf *b, const char *name, const char *value)
{
	obj_name(b, name);
	obj_quote(b, value, strlen(value));
}

static inline void
obj_integer(struct buf *b, const char *name, long value)
{
	obj_name(b, name);
	buf_integer(b, value);
}

/* A number, not negative, with 0 to 2 decimals: 43 with one is 4.3. */
static inline void
obj_decimal(struct buf *b, const char *name, long n, int decimals)
{
	obj_name(b, name);
	buf_decimal(b, n, decimals);
}

static inline void
obj_boolean(struct buf *b, const char *name, bool value)
{
	obj_name(b, name);
	buf_text(b, value ? "true" : "false");
}

void obj_end(struct buf *); /* } and a newline */

#endif
