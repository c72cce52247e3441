#ifndef MARKDOWN_HTML_H
#define MARKDOWN_HTML_H

#include "markdown-private.h"

/*
 * Writes text so that HTML shows that text and nothing else, between tags or
 * in an attribute in double quotes.  Control characters but tab and newline
 * become U+FFFD.  text must be UTF-8.  All text of a document passes here.
 */
void html_escape(struct buf *, const char *text);

/*
 * Writes what a block holds inline.  The first lead bytes of its text, whole
 * characters, stand out in a <b>.
 */
void html_inlines(struct buf *, cmark_node *block, size_t lead);

/*
 * Writes a table, heat maps and bars as what they say; a cover as a table
 * whose rows have the classes of their facts.
 */
void html_table(struct buf *, const struct table *);

/* The headings of a document in their order, each with an id of its own. */
struct headings {
	struct heading {
		cmark_node *node;
		char *id;
	} * of;
	size_t n;
	cmark_node *contents; /* the place of the contents; NULL: no contents */
};

void html_find_headings(struct headings *, const struct markdown *);
void html_free_headings(struct headings *);

/* Writes the contents, with links to the headings of levels 2 and 3. */
void html_contents(struct buf *, const struct headings *, enum lang);

#endif
