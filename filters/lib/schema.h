#ifndef SCHEMA_H
#define SCHEMA_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "record.h"

/*
 * What the fields of a record type are, read from schemas/TYPE.json (JSON
 * Schema 2020-12) as it was built in.  Besides the keywords of JSON Schema
 * the files say, as annotations:
 *
 *	titles  names of a type or field, the first of each language for
 *	        reports and headings, the others recognised as well
 *	labels  names of the values of an enumeration, in the same way
 *	writer  the program that writes a type or adds a field
 *	key     the fields of a type that tell its records apart
 *	scale   the scale of the method that a level belongs to, or the
 *	        question of its threat table
 *	score   the scale of the method that a score belongs to
 *	decimals  how many a number is shown with
 *	form    what a pattern asks for, in words
 *
 * Of JSON Schema this reads what the files use: type, const, enum, minimum,
 * maximum, minLength, maxLength, pattern, format date, items, minItems,
 * maxItems, properties, required, dependentRequired, and anyOf, oneOf and allOf
 * over required.  Any other keyword ends the program: nothing is half checked.
 */
enum lang { ZH, EN };

enum kind { STRING, INTEGER, NUMBER, BOOLEAN, ARRAY, OBJECT };

/* Names in both languages, the first the one to show; NULL ends a list. */
struct names {
	const char **of[2];
};

/* What a value may be. */
struct value_rule {
	enum kind kind;
	bool has_minimum, has_maximum;
	double minimum, maximum;
	size_t min_length, max_length; /* characters, or items of a list */
	const char *pattern;
	const char *form;	  /* what the pattern asks for, in words */
	struct pattern *compiled; /* of pattern, made at its first use */
	bool is_date;		  /* format date: a calendar day, YYYY-MM-DD */
	bool is_moment;		  /* format local-date-time: YYYY-MM-DDThh:mm */
	const char **values;	  /* of an enumeration; NULL where it is none */
	struct names *labels;	  /* labels[i] of values[i]; "true", "false" */
	size_t n_values;
	struct value_rule *items; /* of a list */
	struct field *fields;	  /* of an object */
	size_t n_fields;
	const char **required;
};

struct field {
	const char *name;
	size_t len; /* of the name */
	struct names titles;
	const char *writer; /* NULL where it comes with the input */
	const char *scale;  /* whose level it is, or NULL */
	const char *score;  /* of which scale it is one, or NULL */
	int decimals;	    /* as a number is shown; 0 as many as it has */
	struct value_rule rule;
};

/* Lists of which a record needs all, any or exactly one whole list. */
struct choice {
	bool one;
	const char ***lists;
	uint64_t *sets; /* the fields of each list */
	size_t n;
};

#define SCHEMA_FIELDS 64 /* of a schema at most */

/* Of a set of fields bit i stands for rule.fields[i]. */
struct schema {
	const char *type;
	struct json_t *root; /* all text here points into it */
	const char *title[2];
	const char *writer;
	const char **key; /* NULL: there may be several alike */
	struct value_rule rule;
	uint64_t required; /* the fields of rule.required */
	struct choice *choices;
	size_t n_choices;
	const char ***dependent; /* each list: a field, then what it needs */
	uint64_t *needed;	 /* the fields of each list */
	size_t n_dependent;
	const char ***joined; /* each list: a field, then what it joins */
	size_t n_joined;
	const char ***ordered; /* a day, then those that it does not precede */
	size_t n_ordered;
	unsigned char slots[256]; /* of names by hash: number + 1, 0 for none */
};

/*
 * Says how many levels a scale has, before any schema is read: the files allow
 * as many as any method can have.
 */
void schema_limit(const char *scale, int highest);

/* The schema of a type, read at its first use; NULL for a type unknown. */
const struct schema *schema_find(const char *type);
/* The names of all types, in order; NULL ends the list. */
const char *const *schema_types(void);

/* The field of that name, which has the hash; NULL where there is none. */
const struct field *schema_field_of(
    const struct schema *, const char *name, size_t len, unsigned char hash);
const struct field *schema_field(const struct schema *, const char *name);
/* Whether a record with these fields has all that the schema requires. */
bool schema_complete(
    const struct schema *, bool (*has)(const char *name, void *), void *arg);

/*
 * Checks a record against its schema.  Returns 0, or -1 after a complaint
 * for each field that does not hold.
 */
int schema_check(const struct schema *, struct record *);

/*
 * Appends what tells a checked record from others of its type, fields joined by
 * slashes: "asset/threat/vulnerability".  False where nothing does.
 */
bool schema_key(const struct schema *, const struct record *, struct buf *);
/* Complains that another record of the same key is there; -1. */
int schema_complain_twice(const struct schema *, struct record *);

/* The name of a value of an enumeration, in a language; else the value. */
const char *schema_label(const struct field *, const char *value, enum lang);
/* The value that a text names, in either language; NULL where none does. */
const char *schema_value(const struct value_rule *, const char *text);
/*
 * Whether two names are the same, but for ASCII case, spaces, "_" and "-",
 * and full-width forms of ASCII characters.
 */
bool schema_same_name(const char *, const char *);
/* Appends a name so that those that are the same have the same bytes. */
void schema_fold(struct buf *, const char *name, size_t len);

#endif
