#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "font-private.h"

struct range {
	uint32_t first, last;
};

/*
 * Written from right to left: the blocks to which Unicode gives the bidi
 * classes R and AL also where no character is assigned (DerivedBidiClass.txt),
 * with the forms of Hebrew and Arabic.
 *
 * Letters that move or change with their neighbours: the scripts that
 * HarfBuzz does not leave to its default shaper (hb-ot-shaper.hh), by their
 * blocks; of Hangul only the letters that make up syllables.
 *
 * Private use: what is meant is known to no font of the system.
 */
static const struct range refused[] = {
    {0x0590, 0x08ff},	/* Hebrew, Arabic, Syriac, Thaana, NKo... */
    {0x0900, 0x0dff},	/* Devanagari... Sinhala */
    {0x0e00, 0x0eff},	/* Thai, Lao */
    {0x0f00, 0x0fff},	/* Tibetan */
    {0x1000, 0x109f},	/* Myanmar */
    {0x1100, 0x11ff},	/* Hangul Jamo */
    {0x1700, 0x18af},	/* Tagalog... Khmer, Mongolian */
    {0x1900, 0x197f},	/* Limbu, Tai Le */
    {0x1a00, 0x1aaf},	/* Buginese, Tai Tham */
    {0x1b00, 0x1c4f},	/* Balinese, Sundanese, Batak, Lepcha */
    {0x1cd0, 0x1cff},	/* Vedic */
    {0x2d30, 0x2d7f},	/* Tifinagh */
    {0xa800, 0xa82f},	/* Syloti Nagri */
    {0xa840, 0xa95f},	/* Phags-pa... Rejang */
    {0xa960, 0xa9ff},	/* Hangul Jamo, Javanese, Myanmar */
    {0xaa00, 0xaaff},	/* Cham... Meetei Mayek */
    {0xabc0, 0xabff},	/* Meetei Mayek */
    {0xd7b0, 0xd7ff},	/* Hangul Jamo */
    {0xe000, 0xf8ff},	/* private use */
    {0xfb1d, 0xfdcf},	/* forms of Hebrew and Arabic */
    {0xfdf0, 0xfdff},	/* forms of Arabic */
    {0xfe70, 0xfefe},	/* forms of Arabic */
    {0x10800, 0x10fff}, /* from right to left */
    {0x11000, 0x11fff}, /* Brahmi and its kin */
    {0x13000, 0x1345f}, /* Egyptian hieroglyphs */
    {0x16b00, 0x16b8f}, /* Pahawh Hmong */
    {0x16f00, 0x16f9f}, /* Miao */
    {0x1bc00, 0x1bcaf}, /* Duployan */
    {0x1e100, 0x1e14f}, /* Nyiakeng Puachue Hmong */
    {0x1e290, 0x1e2ff}, /* Toto, Wancho */
    {0x1e800, 0x1efff}, /* from right to left */
    {0xf0000, 0xffffd}, {0x100000, 0x10fffd}};

/* Controls, surrogates, what turns the direction of the text about (which can
 * make it read otherwise than it is), and what is no character: the last two
 * of each plane are looked for apart. */
static const struct range control[] = {{0x0000, 0x001f}, {0x007f, 0x009f},
    {0x200f, 0x200f}, {0x202a, 0x202e}, {0x2066, 0x206f}, {0xd800, 0xdfff},
    {0xfdd0, 0xfdef}, {0xfff9, 0xfffb}, {0xe0000, 0xe00ff}};

/* Default_Ignorable_Code_Point of DerivedCoreProperties.txt, but for what is
 * above and for the fillers of Hangul. */
static const struct range hidden[] = {{0x00ad, 0x00ad}, {0x034f, 0x034f},
    {0x200b, 0x200e}, {0x2060, 0x2065}, {0xfe00, 0xfe0f}, {0xfeff, 0xfeff},
    {0xe0100, 0xe01ef}};

/* Latin, Greek, Cyrillic, Armenian, Georgian and their marks, by blocks. */
static const struct range letters[] = {{0x0041, 0x005a}, {0x0061, 0x007a},
    {0x00a7, 0x00a7}, {0x00aa, 0x00aa}, {0x00ba, 0x00ba}, {0x00c0, 0x00d6},
    {0x00d8, 0x00f6}, {0x00f8, 0x058f}, {0x10a0, 0x10ff}, {0x1c80, 0x1cbf},
    {0x1d00, 0x1fff}, {0x2c60, 0x2c7f}, {0x2d00, 0x2d2f}, {0x2de0, 0x2dff},
    {0xa640, 0xa69f}, {0xa720, 0xa7ff}, {0xab30, 0xab6f}, {0xfb00, 0xfb1c}};

static const struct range blank[] = {{0x0020, 0x0020}, {0x00a0, 0x00a0},
    {0x1680, 0x1680}, {0x2000, 0x200a}, {0x202f, 0x202f}, {0x205f, 0x205f},
    {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164}, {0xffa0, 0xffa0}};

/* East_Asian_Width W and F, by blocks. */
static const struct range wide[] = {{0x2e80, 0x303e}, {0x3041, 0xa4cf},
    {0xac00, 0xd7a3}, {0xf900, 0xfaff}, {0xfe10, 0xfe1f}, {0xfe30, 0xfe6f},
    {0xff01, 0xff60}, {0xffe0, 0xffe6}, {0x16fe0, 0x18dff}, {0x1aff0, 0x1b2ff},
    {0x1f300, 0x1faff}, {0x20000, 0x3fffd}};

/*
 * The characters that troff is given as it knows them, \[u4E2D], so that the
 * classes of its zh.tmac hold them: it has no other name for them and does
 * not take them apart.
 */
static const struct range known[] = {{0x3001, 0x301f}, {0x3400, 0x4dbf},
    {0x4e00, 0x9fff}, {0xff01, 0xff60}, {0x20000, 0x2f7ff}, {0x30000, 0x3fffd}};

/* Names of the glyphs of ASCII, as in Adobe's list: from space to @, ... */
static const char *const first_names[] = {"space", "exclam", "quotedbl",
    "numbersign", "dollar", "percent", "ampersand", "quotesingle", "parenleft",
    "parenright", "asterisk", "plus", "comma", "hyphen", "period", "slash",
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
    "nine", "colon", "semicolon", "less", "equal", "greater", "question", "at"};
/* ... from [ to `, and from { to ~. */
static const char *const middle_names[] = {"bracketleft", "backslash",
    "bracketright", "asciicircum", "underscore", "grave"};
static const char *const last_names[] = {
    "braceleft", "bar", "braceright", "asciitilde"};

static int
before(const void *key, const void *range)
{
	const uint32_t *c = key;
	const struct range *r = range;

	return *c < r->first ? -1 : *c > r->last;
}

#define IS_IN(c, ranges)                                                       \
	(bsearch(&(c), ranges, sizeof(ranges) / sizeof(*(ranges)),             \
	     sizeof(*(ranges)), before) != NULL)

enum character
character_kind(uint32_t c)
{
	if (c > 0x10ffff || (c & 0xfffe) == 0xfffe || IS_IN(c, control))
		return CHARACTER_CONTROL;
	if (IS_IN(c, hidden))
		return CHARACTER_HIDDEN;
	return IS_IN(c, refused) ? CHARACTER_REFUSED : CHARACTER_SET;
}

int
character_is_letter(uint32_t c)
{
	return IS_IN(c, letters);
}

int
character_is_blank(uint32_t c)
{
	return IS_IN(c, blank);
}

int
font_is_wide(uint32_t c)
{
	return IS_IN(c, wide);
}

void
character_glyph(char name[16], uint32_t c)
{
	const char *ascii = NULL;

	if (c >= ' ' && c <= '@')
		ascii = first_names[c - ' '];
	else if (c >= '[' && c <= '`')
		ascii = middle_names[c - '['];
	else if (c >= '{' && c <= '~')
		ascii = last_names[c - '{'];
	if (ascii != NULL)
		snprintf(name, 16, "%s", ascii);
	else if (c < 0x7f)
		snprintf(name, 16, "%c", (char)c);
	else
		snprintf(name, 16, c > 0xffff ? "u%X" : "uni%04X", c);
}

const char *
character_aliases(uint32_t c)
{
	switch (c) {
	case '"':
		return "dq";
	case '#':
		return "sh";
	case '$':
		return "Do";
	case '\'':
		return "aq";
	case '-':
		/* hy is what troff sets where it hyphenates a word. */
		return "\\- hy";
	case '/':
		return "sl";
	case '@':
		return "at";
	case '[':
		return "lB";
	case '\\':
		return "rs";
	case ']':
		return "rB";
	case '^':
		return "ha";
	case '`':
		return "ga";
	case '{':
		return "lC";
	case '|':
		return "ba or";
	case '}':
		return "rC";
	case '~':
		return "ti";
	}
	return "";
}

void
character_name(struct buf *b, uint32_t c)
{
	if (c < 0x7f && c != '|')
		buf_char(b, (char)c);
	else
		buf_printf(b, IS_IN(c, known) ? "u%04X" : "U%04X", c);
}

void
font_character(struct buf *b, uint32_t c)
{
	static const char escaped[] = "\"'-\\^`~";

	if (character_kind(c) == CHARACTER_CONTROL)
		c = 0xfffd;
	if (c == '-') {
		buf_text(b, "\\-");
	} else if (c < 0x7f && strchr(escaped, (int)c) != NULL) {
		buf_printf(b, "\\[%s]", character_aliases(c));
	} else if (c < 0x7f && c != '|') {
		buf_char(b, (char)c);
	} else {
		/* | too: gropdf takes !|!| to be an escape of its own. */
		buf_text(b, "\\[");
		character_name(b, c);
		buf_char(b, ']');
	}
}
