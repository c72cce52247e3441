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
	/* Told the name of each tag that is read, but partials; or NULL. */
	void (*tag)(const char *name);
	void *arg;
};

/*
 * Renders a template.  Returns 0, or -1 with what is wrong, and in which line
 * of which template (name is the first one's), in *error, to be freed.
 */
int template_render(struct buf *out, const char *name, const char *text,
    size_t len, const struct json_t *context, const struct template_options *,
    char **error);

#endif
