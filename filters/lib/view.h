#ifndef VIEW_H
#define VIEW_H

#include <jansson.h>

#include "index.h"
#include "members.h"
#include "method.h"
#include "schema.h"

/*
 * Records as a reader of a report sees them.  Objects returned are new
 * references, for the caller to put somewhere.
 */
struct view {
	const struct method *method;
	enum lang lang;
	const struct index *wanted; /* names; NULL: all */
};

/*
 * Every field of the schema, absent ones as "": enumeration values by their
 * names, lists of strings joined, numbers as text where they have decimals;
 * beside a level X its name as X_label, beside an enumeration X its value as
 * X_code, beside a boolean X X_text, beside a list of strings X the list as
 * X_list.  Of these only those that are wanted.
 */
json_t *view_record(
    const struct view *, const struct schema *, const struct members *);

/* A number as it is shown of a field, with its decimals. */
double view_number(const struct view *, const struct field *, double);

/* The strings of a list as one text, as the language joins them. */
json_t *view_joined(const struct view *, const json_t *names);

/* A field's name in this language of a value of an enumeration. */
const char *view_label(const struct view *, const char *type, const char *field,
    const char *value);

/* The name of a level of a scale, by the method; "" where there is none. */
const char *view_level(const struct view *, const char *scale, long level);

/* The levels of a scale as the method file has them, the lowest first. */
const json_t *view_rows(const struct view *, const char *scale);

/* The levels of a scale, the highest first, as reports print them. */
json_t *view_scale(const struct view *, const char *name);

/*
 * The method as reports print it: scales, options, formulas with their
 * matrices, and what rates threats and vulnerabilities.
 */
json_t *view_method(const struct view *);

/* The text in the report's language of {"zh": …, "en": …}; "" without one. */
const char *view_in_language(const struct view *, const json_t *both);

/* The one of two texts that is in the language of the report. */
const char *view_text(const struct view *, const char *zh, const char *en);

#endif
