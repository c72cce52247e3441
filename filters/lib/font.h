#ifndef FONT_H
#define FONT_H

#include <stdint.h>

#include "buf.h"

/*
 * The fonts of one document: of the fonts of the system, as fontconfig
 * chooses them, only the glyphs that the document uses, as Type 1 fonts and
 * font descriptions for groff -Tpdf.
 *
 * Each role is a font of groff's, by the name given here; the first 200
 * glyphs are in it, the others in fonts NAME1, NAME2 and on, which
 * fonts_requests() makes its fallback.
 */
enum font_role {
	FONT_TEXT,	  /* SR */
	FONT_BOLD,	  /* SB */
	FONT_ITALIC,	  /* SI */
	FONT_BOLD_ITALIC, /* SBI */
	FONT_HEADING,	  /* GB */
	FONT_CODE,	  /* MR */
	FONT_ROLES
};

struct fonts;

/*
 * prefers_chinese: punctuation and signs that Chinese and Latin fonts both
 * have (quotation marks, dashes, arrows) are taken from the Chinese one.
 * boxes: a character that cannot be set is a box, under its own name, so that
 * it is still in the text of the PDF, as the pictures of controls always are.
 * Ends the program where there is no font at all.
 */
struct fonts *fonts_open(int prefers_chinese, int boxes);

/*
 * Says that the character is set in this role, and returns its width in
 * thousandths of the size, 0 for what is not seen (U+200B, U+FE0F); -1 where
 * it cannot be: no font of the system has it, it is a control or for private
 * use, or it is of a script that is written from right to left or whose letters
 * change with their neighbours, which groff cannot do.
 */
int fonts_use(struct fonts *, enum font_role, uint32_t c);

/*
 * Writes the character for troff as the fonts know it: an ASCII character, or
 * an escape such as \[rs], \-, \[u4E2D] or \[U00E9].  What it writes is
 * ASCII without a space, a tab, a newline, a double quote or a backslash that
 * means anything but this character, and can stand in a text line, a tbl cell
 * and a pic string; only a full stop at the start of a line, and what tbl
 * takes a whole cell for (_ and =), is for the caller.  A control, or what is
 * no character, is U+FFFD.
 */
void font_character(struct buf *, uint32_t c);

/* Whether it is as wide as a Chinese character (East_Asian_Width W and F). */
int font_is_wide(uint32_t c);

/* The name of the role's font for groff: "SR". */
const char *font_name(enum font_role);

/* The groff requests that make the parts of each role one font. */
void fonts_requests(struct fonts *, struct buf *ms);

/*
 * Writes the fonts and their descriptions into folder/devpdf, which must be
 * there and empty, for groff -F folder.  Returns -1 with errno where a write
 * fails.
 */
int fonts_write(struct fonts *, const char *folder);

void fonts_close(struct fonts *);

#endif
