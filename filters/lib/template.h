#ifndef TEMPLATE_H
#define TEMPLATE_H

#include "buf.h"

/*
 * Mustache templates, as its specification says: variables, sections,
 * inverted sections, comments, partials and set delimiters, over a JSON value.
 * False, null, 0, "" and [] are false in a section; every other value is true.
 */
struct json_t;

struct template_options {
	/* Writes text so that it means itself in what is made. */
	void (*escape)(struct buf *, const char *text, size_t n);
	/* The text of a partial, to be freed; NULL where there is none. */
	char *(*partial)(const char *name, size_t *len, void *arg);
	/*
	 * A value may stand for a list whose items are made one at a time: how
	 * many it has, TEMPLATE_NO_LIST where it is no such value; the i-th, a
	 * new reference.  Or NULL.
	 */
	size_t (*count)(const struct json_t *value, void *arg);
	struct json_t *(*item)(const struct json_t *value, size_t i, void *arg);
	/*
	 * Or for an object that is made when it is looked up, which then takes
	 * its place: a new reference, NULL where it is no such value.  Or NULL.
	 */
	struct json_t *(*make)(const struct json_t *value, void *arg);
	/* Given what has been made so far, now and then: may empty it; or NULL.
	 */
	void (*flush)(struct buf *);
	void *arg;
};

#define TEMPLATE_NO_LIST ((size_t)-1)

/*
 * Renders a template.  Returns 0, or -1 with what is wrong, and in which line
 * of which template (name is the first one's), in *error, to be freed.
 */
int template_render(struct buf *out, const char *name, const char *text,
    size_t len, const struct json_t *context, const struct template_options *,
    char **error);

/*
 * Tells the name of every tag of a template and of its partials, as far as they
 * can be read.
 */
void template_tags(const char *name, const char *text, size_t len,
    const struct template_options *, void (*tell)(const char *name));

#endif
