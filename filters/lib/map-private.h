#ifndef MAP_PRIVATE_H
#define MAP_PRIVATE_H

/*
 * What the parts of a map share: map-read.c reads the file, map.c makes
 * vulnerabilities by it.  All text points into the document.
 */

#include "map.h"
#include "pattern.h"
#include "schema.h"

/* Where the value of a field comes from; as in schemas/map.json. */
struct map_rule {
	const struct field *field;
	const char **from;
	bool all;
	const char *join, *value;
	regex_t *pattern; /* NULL: the whole text */
	const json_t *words;
	const char **none;
};

struct map_left {
	const char **from, **words;
};

struct map_cvss {
	const char *version;
	const char **score, **vector; /* NULL at the end; none: empty */
};

struct map_manners {
	const char **from; /* empty: where no pattern is found */
	regex_t *pattern;
	const char **manners;
};

struct map {
	const char *path; /* of its file, for messages */
	bool is_read;	  /* all of it, and not only what it fits */
	json_t *document;
	const char *name;
	enum map_form form;
	const char ***layouts; /* NULL at the end */
	const char **items, **none, **id, **merge;
	struct map_rule *rules;
	size_t n_rules;
	struct map_left *left, *only;
	size_t n_left, n_only;
	struct map_cvss *cvss;
	size_t n_cvss;
	struct map_manners *manners;
	size_t n_manners;
	size_t written_out; /* what its patterns are with repetitions */
};

#endif
