#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "buf.h"
#include "font.h"
#include "schema.h"

/*
 * Writes text so that CommonMark with pipe tables shows that text and nothing
 * else, wherever in a line it is put, in a table cell too: no markup, no HTML,
 * no link, no block, no further cell.  Line breaks become spaces, or nothing
 * between Chinese characters; other control characters become their Unicode
 * pictures (U+2400 and on), and what else utf8_steers() says [U+NNNN].  text
 * must be UTF-8.
 */
void markdown_escape(struct buf *, const char *text, size_t n);

/*
 * A document read from Markdown: all of CommonMark 0.30, and the pipe tables
 * of GFM.  A comment of one word on the line above a table, or alone, says
 * what is made of it in print:
 *
 *	<!-- cover -->		the facts of the cover page
 *	<!-- contents -->	the place of the table of contents
 *	<!-- signatures -->	room to sign
 *	<!-- heatmap 1=#rrggbb ... -->	a coloured matrix
 *	<!-- bars 1=#rrggbb ... -->	a bar chart
 *
 * where the colours are those of the levels.  Nothing is fetched and nothing
 * runs: raw HTML is shown as it is written, but <br> breaks a line and
 * comments are not shown; an image is a link with its description; a link
 * is one only to http, https and mailto, a part of the document or a file.
 */
struct markdown;

/* Reads text, which must be UTF-8. */
struct markdown *markdown_read(const char *text, size_t len);
void markdown_free(struct markdown *);

/*
 * Writes one HTML page without script and outside resource.  lang is that of
 * what the page says by itself.
 */
void markdown_html(struct buf *, const struct markdown *, enum lang);

/*
 * Writes groff ms for tbl, with templates/report.tmac at its head, in ASCII.
 * Every character is of the fonts.  Returns -1 where one cannot be set, after
 * a message with name and line.
 */
int markdown_ms(struct buf *, const struct markdown *, enum lang,
    struct fonts *, const char *name);

/* The day on the cover, YYYY-MM-DD, to be freed; NULL where there is none. */
char *markdown_day(const struct markdown *);

#endif
