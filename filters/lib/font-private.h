#ifndef FONT_PRIVATE_H
#define FONT_PRIVATE_H

#include <stddef.h>
#include <stdint.h>

#include "font.h"
#include "type1.h"

/* What the files of font.h tell each other. */

/* font-character.c: what is known of characters. */

enum character {
	CHARACTER_SET,	   /* from a font */
	CHARACTER_HIDDEN,  /* nothing is seen of it */
	CHARACTER_REFUSED, /* groff cannot set its script */
	CHARACTER_CONTROL  /* not for the text of a document */
};

enum character character_kind(uint32_t c);
/* A letter or mark of Latin, Greek, Cyrillic and their like. */
int character_is_letter(uint32_t c);
/* A space: a glyph without an outline is right. */
int character_is_blank(uint32_t c);
/* The name of its glyph in fonts, from which readers of PDF know the text. */
void character_glyph(char name[16], uint32_t c);
/* Its other names in groff, separated by spaces; "" where it has none. */
const char *character_aliases(uint32_t c);
/* Its name in groff, as in a font description. */
void character_name(struct buf *, uint32_t c);

/* font-outline.c: font files, by FreeType. */

struct outlines;

/* Returns NULL where FreeType does not start. */
struct outlines *outlines_open(void);
/*
 * The font of a file, by what fontconfig says of it, opened once.  Returns
 * its place, from 1 on, or 0 where it has no outlines or no Unicode.
 */
size_t outlines_find(
    struct outlines *, const char *file, int index, const char *variations);
enum drawn {
	DRAWN_AS_IT_IS,
	DRAWN_SLANTED, /* for want of an italic font */
	DRAWN_FULL     /* from edge to edge of an em */
};
/* Returns -1 where the font (or 0) has no outline of the character. */
int outlines_draw(struct outlines *, size_t font, uint32_t c, enum drawn,
    struct type1_glyph *);
void outlines_close(struct outlines *);

/* font-face.c: the fonts of the system, by fontconfig. */

struct faces;

/* Returns NULL where the system has no font with outlines. */
struct faces *faces_open(void);
/*
 * Draws the glyph of the first font of the role's that has it.  Returns -1
 * where none has.
 */
int faces_draw(struct faces *, enum font_role, uint32_t c, int chinese_first,
    struct type1_glyph *);
void faces_close(struct faces *);

/* font-write.c: one role's fonts. */

struct font_glyph {
	uint32_t c;
	struct type1_glyph drawn;
};

enum { PART_GLYPHS = 200 };

/* How many fonts so many glyphs take. */
size_t font_parts(size_t n_glyphs);
/* NAME, NAME1, NAME2... */
void font_part_name(struct buf *, enum font_role, size_t part);
/*
 * Writes the fonts of a role into the folder, and adds what gropdf reads of
 * them to download.  The glyphs are sorted, the space and ASCII first.
 */
int font_write_role(const char *folder, enum font_role,
    const struct font_glyph *, size_t n_glyphs, struct buf *download);
/*
 * The font SZ: its space has next to no width, and stretches as any other where
 * troff justifies a line.
 */
int font_write_stretch(const char *folder);
/* Returns -1 with errno. */
int font_write_file(const char *folder, const char *name, const struct buf *);

#endif
