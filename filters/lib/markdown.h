#ifndef MARKDOWN_H
#define MARKDOWN_H

#include "buf.h"

/*
 * Writes text so that CommonMark with pipe tables shows that text and nothing
 * else, wherever in a line it is put, in a table cell too: no markup, no HTML,
 * no link, no block, no further cell.  Line breaks become spaces, or nothing
 * between Chinese characters; other control characters become their Unicode
 * pictures (U+2400 and on).  text must be UTF-8.
 */
void markdown_escape(struct buf *, const char *text, size_t n);

#endif
