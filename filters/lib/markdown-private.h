#ifndef MARKDOWN_PRIVATE_H
#define MARKDOWN_PRIVATE_H

#include <cmark.h>
#include <stdbool.h>

#include "markdown.h"

/*
 * The tree is cmark's, without HTML and images.  A table is a custom block
 * whose user data is a struct table; its children are its cells, row by row,
 * the heading row first, each a custom block that holds inline nodes.
 * The place of the contents is a custom block without user data and children.
 */
struct markdown {
	cmark_node *root;
	struct table *tables;
	size_t n_tables;
	size_t *lines; /* line of the tree -> line of the text, from 1 */
	size_t n_lines;
};

enum table_kind {
	TABLE_PLAIN,
	TABLE_COVER,
	TABLE_SIGNATURES,
	TABLE_HEATMAP,
	TABLE_BARS
};

enum alignment { ALIGN_NONE, ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

struct table {
	enum table_kind kind;
	char colours[10][8];  /* of a level, "#rrggbb"; "" where none is said */
	size_t columns, rows; /* with the heading row */
	enum alignment *alignments;
	size_t first_line;  /* of the tree: where its cells begin */
	cmark_node **cells; /* rows * columns */
};

/* The table that a node is, or NULL. */
const struct table *markdown_table(cmark_node *);

/* Whether the node is the place of the contents. */
bool markdown_is_contents(cmark_node *);

/* The line of the text that a node, block or inline, begins in. */
size_t markdown_line(const struct markdown *, cmark_node *);

/*
 * The visible text of a node: of its text and code, line breaks as
 * spaces.  To be freed.
 */
char *markdown_text(cmark_node *);

/* What the first heading of level 1 says, or NULL; to be freed. */
char *markdown_title(const struct markdown *);

/* What a document says of itself on its cover. */
enum cover_fact {
	COVER_ORGANISATION,
	COVER_DEPARTMENT,
	COVER_NUMBER,
	COVER_VERSION,
	COVER_CLASSIFICATION,
	COVER_DATE,
	COVER_FACTS
};

/*
 * The table that is the cover: no heading is before it but the title, one of
 * level 1.  NULL where there is none.
 */
const struct table *markdown_cover_table(const struct markdown *);

/* Which fact a row of a cover is, by its first cell; COVER_FACTS: another. */
enum cover_fact markdown_fact(const char *label);

/* The fact, "" where the cover does not say it; to be freed. */
char *markdown_cover(const struct markdown *, enum cover_fact);

/*
 * Finds the pipe tables of a text and returns it with each of their cells as
 * a heading of level 6 on a line of its own, which the tree is then made of;
 * fills in tables and lines.
 */
void markdown_find_tables(
    struct markdown *, const char *text, size_t len, struct buf *out);

/*
 * What follows the word in a comment that begins with it, as in
 * "<!-- heatmap 1=#cc0000 -->"; NULL where the HTML is no such comment.
 */
const char *markdown_directive(const char *html, const char *word);

/*
 * What a document may not say to a printer or a browser, it shows: HTML,
 * images, links to what may run, control characters.
 */
void markdown_make_safe(cmark_node *root);

/* The level that a text begins with, "5（很高）", from 1 to 9; 0: none. */
int markdown_level(const char *text);
int markdown_level_of(cmark_node *cell);

/*
 * A cell of a risk matrix: a level, "3", or the lowest and highest that its
 * risks may have, "2～4", or "—" where no risk can be; then how many are there,
 * "（5）".
 */
struct heat {
	int level;     /* the highest; 0: none */
	size_t length; /* bytes of the text that say so */
	bool counted;  /* something comes behind them */
};

/* Whether the text is such a cell. */
bool markdown_heat(const char *text, struct heat *);

/*
 * The number that a cell is, "1,234.5", of 15 digits at most; -1: it is none,
 * or a negative one.
 */
double markdown_number_of(cmark_node *cell);

/*
 * What a table is drawn as: plain where its cells are not all levels, of a
 * heat map, or numbers, of bars, whose greatest is most.
 */
enum table_kind markdown_chart(const struct table *, double *most);

/*
 * Writes the colour, "#rrggbb", or a paler one for what is not there; true
 * where white text contrasts more with it than black: 4.5 to 1 at least,
 * whatever the colour (WCAG 2).
 */
bool markdown_shade(char shade[8], const char *colour, bool pale);

#endif
