#ifndef SHAPE_H
#define SHAPE_H

#include <jansson.h>

#include "buf.h"

/*
 * Whether a value has the shape that a JSON Schema (2020-12) asks for, for
 * files that are no records.  Known are $ref to its own $defs, type, enum,
 * properties, required, additionalProperties, minProperties, maxProperties,
 * dependentRequired, items, minItems, maxItems, minLength, maxLength and
 * pattern; any other keyword but annotations ends the program: nothing is half
 * checked.
 *
 * Returns 0, or -1 with what is wrong first appended to error, and its place:
 * "fields.name.from[2]: not a string".
 */
int shape_check(const json_t *schema, const json_t *value, struct buf *error);

/* The strings of a list, NULL at the end; none where there is no list. */
const char **shape_strings(const json_t *list);

#endif
