#ifndef TEMPLATE_PRIVATE_H
#define TEMPLATE_PRIVATE_H

/* What template-read.c makes of a template and template.c renders. */

#include "template.h"

#define MAX_DEPTH 100 /* of sections and partials, one in another */

/* A run of text or a tag. */
enum part_kind { TEXT, VALUE, RAW, SECTION, INVERTED, PARTIAL };

struct part {
	enum part_kind kind;
	const char *text; /* of a run; or the indentation of a partial */
	size_t len;
	char *name;
	size_t end; /* of a section: the part behind its last */
};

struct parts {
	struct part *list;
	size_t n, max;
};

/*
 * Takes a template apart.  Returns -1 with what is wrong, and where, in error.
 * The parts point into the text.
 */
int template_read(struct parts *, const char *name, const char *text,
    size_t len, struct buf *error);
void template_free(struct parts *);

#endif
