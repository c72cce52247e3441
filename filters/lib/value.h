#ifndef VALUE_H
#define VALUE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/*
 * What stands in a field of a record.  It is a view of it: the text belongs to
 * the record, whether the line was found plain or read by jansson.
 */
enum value_kind {
	VALUE_NONE, /* there is no such field, or item, or member */
	VALUE_NULL,
	VALUE_FALSE,
	VALUE_TRUE,
	VALUE_NUMBER,
	VALUE_STRING,
	VALUE_LIST,
	VALUE_OBJECT
};

struct span {
	const char *text; /* a NUL byte follows it */
	size_t len;
};

struct json_t;

struct value {
	enum value_kind kind;
	/*
	 * Of a string, with a NUL byte behind it; of a number as it is written,
	 * without one, or NULL where jansson has read it.
	 */
	const char *text;
	size_t len; /* of text in bytes; the items of a list */
	double number;
	const struct span *items; /* of a list of strings, where json is NULL */
	const struct json_t *json; /* where jansson has read it, else NULL */
};

struct value value_of_json(const struct json_t *);

/* The i-th item of a list; the member of an object; NONE where it has none. */
struct value value_item(const struct value *, size_t i);
struct value value_member(const struct value *, const char *name);

/* Whether both are the same string, or numbers that are equal. */
bool value_same(const struct value *, const struct value *);

/* The value for jansson, a new reference. */
struct json_t *value_json(const struct value *);

/*
 * Appends it as JSON, with nothing between tokens and as many digits of a
 * number that is not whole as it takes, 15 at most.
 */
void value_write(struct buf *, const struct value *);

#endif
