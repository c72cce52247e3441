#include <math.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "type1.h"

/* Commands of charstrings. */
enum {
	VMOVETO = 4,
	RLINETO = 5,
	HLINETO = 6,
	VLINETO = 7,
	RRCURVETO = 8,
	CLOSEPATH = 9,
	HSBW = 13,
	ENDCHAR = 14,
	RMOVETO = 21,
	HMOVETO = 22,
	VHCURVETO = 30,
	HVCURVETO = 31
};

enum { EEXEC_KEY = 55665, CHARSTRING_KEY = 4330, LEN_IV = 4 };

static void
number(struct buf *b, int n)
{
	uint32_t bits = (uint32_t)n;
	int shift;

	if (n >= -107 && n <= 107) {
		buf_char(b, (char)(n + 139));
	} else if (n >= 108 && n <= 1131) {
		buf_char(b, (char)(247 + (n - 108) / 256));
		buf_char(b, (char)((n - 108) % 256));
	} else if (n >= -1131 && n <= -108) {
		buf_char(b, (char)(251 + (-n - 108) / 256));
		buf_char(b, (char)((-n - 108) % 256));
	} else {
		buf_char(b, (char)255);
		for (shift = 24; shift >= 0; shift -= 8)
			buf_char(b, (char)(bits >> shift & 0xff));
	}
}

/* A command after its numbers. */
static void
command(struct buf *b, int what, const int *numbers, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		number(b, numbers[i]);
	buf_char(b, (char)what);
}

/* The step to a point, from where rounding put the last one. */
static void
step(struct type1_glyph *g, double x, double y, int by[2])
{
	int to_x = (int)lround(x), to_y = (int)lround(y);

	by[0] = to_x - g->x;
	by[1] = to_y - g->y;
	g->x = to_x;
	g->y = to_y;
	g->exact_x = x;
	g->exact_y = y;
	if (!g->has_path || to_x < g->left)
		g->left = to_x;
	if (!g->has_path || to_x > g->right)
		g->right = to_x;
	if (!g->has_path || to_y < g->bottom)
		g->bottom = to_y;
	if (!g->has_path || to_y > g->top)
		g->top = to_y;
	g->has_path = 1;
}

void
type1_start(struct type1_glyph *g, int width)
{
	int side_and_width[2] = {0, width};

	g->width = width;
	g->left = g->right = g->bottom = g->top = 0;
	g->x = g->y = g->has_path = 0;
	g->exact_x = g->exact_y = 0;
	buf_clear(&g->path);
	command(&g->path, HSBW, side_and_width, 2);
}

void
type1_move(struct type1_glyph *g, double x, double y)
{
	int by[2];

	step(g, x, y, by);
	if (by[1] == 0)
		command(&g->path, HMOVETO, by, 1);
	else if (by[0] == 0)
		command(&g->path, VMOVETO, by + 1, 1);
	else
		command(&g->path, RMOVETO, by, 2);
}

void
type1_line(struct type1_glyph *g, double x, double y)
{
	int by[2];

	step(g, x, y, by);
	if (by[0] == 0 && by[1] == 0)
		return;
	if (by[1] == 0)
		command(&g->path, HLINETO, by, 1);
	else if (by[0] == 0)
		command(&g->path, VLINETO, by + 1, 1);
	else
		command(&g->path, RLINETO, by, 2);
}

void
type1_conic(struct type1_glyph *g, double x1, double y1, double x, double y)
{
	/* The same curve with two control points. */
	type1_cubic(g, g->exact_x + (x1 - g->exact_x) * 2 / 3,
	    g->exact_y + (y1 - g->exact_y) * 2 / 3, x + (x1 - x) * 2 / 3,
	    y + (y1 - y) * 2 / 3, x, y);
}

void
type1_cubic(struct type1_glyph *g, double x1, double y1, double x2, double y2,
    double x, double y)
{
	int by[6];

	step(g, x1, y1, by);
	step(g, x2, y2, by + 2);
	step(g, x, y, by + 4);
	if (by[1] == 0 && by[4] == 0) {
		by[1] = by[2];
		by[2] = by[3];
		by[3] = by[5];
		command(&g->path, HVCURVETO, by, 4);
	} else if (by[0] == 0 && by[5] == 0) {
		command(&g->path, VHCURVETO, by + 1, 4);
	} else {
		command(&g->path, RRCURVETO, by, 6);
	}
}

void
type1_close(struct type1_glyph *g)
{
	command(&g->path, CLOSEPATH, NULL, 0);
}

void
type1_end(struct type1_glyph *g)
{
	command(&g->path, ENDCHAR, NULL, 0);
}

void
type1_free(struct type1_glyph *g)
{
	buf_free(&g->path);
}

/* The cipher of eexec and of charstrings, which both begin with bytes that
 * say nothing.  Zeros do: enciphered by eexec's key they are no hexadecimal
 * digits, as they must not be. */
static void
encrypt(struct buf *to, const char *text, size_t n, uint16_t key)
{
	unsigned int r = key, c;
	size_t i;

	for (i = 0; i < LEN_IV + n; i++) {
		c = i < LEN_IV ? 0 : (unsigned char)text[i - LEN_IV];
		c = (c ^ r >> 8) & 0xff;
		r = ((c + r) * 52845U + 22719U) & 0xffff;
		buf_char(to, (char)c);
	}
}

static void
segment(struct buf *pfb, int type, const struct buf *bytes)
{
	int shift;

	buf_char(pfb, (char)128);
	buf_char(pfb, (char)type);
	for (shift = 0; shift < 32; shift += 8)
		buf_char(pfb, (char)(bytes->len >> shift & 0xff));
	buf_add(pfb, bytes->data, bytes->len);
}

static int
has_earlier_code(const struct type1_glyph *const glyphs[256], int code)
{
	int i;

	for (i = 0; i < code; i++)
		if (glyphs[i] == glyphs[code])
			return 1;
	return 0;
}

/* What is in the clear: the names, the box of all glyphs and the codes. */
static void
write_head(struct buf *b, const char *name,
    const struct type1_glyph *const glyphs[256])
{
	int i, left = 0, bottom = 0, right = 0, top = 0;

	for (i = 0; i < 256; i++) {
		if (glyphs[i] == NULL)
			continue;
		if (glyphs[i]->left < left)
			left = glyphs[i]->left;
		if (glyphs[i]->bottom < bottom)
			bottom = glyphs[i]->bottom;
		if (glyphs[i]->right > right)
			right = glyphs[i]->right;
		if (glyphs[i]->top > top)
			top = glyphs[i]->top;
	}
	buf_printf(b,
	    "%%!PS-AdobeFont-1.0: %s 001.000\n"
	    "11 dict begin\n"
	    "/FontInfo 1 dict dup begin\n"
	    "/FullName (%s) readonly def\n"
	    "end readonly def\n"
	    "/FontName /%s def\n"
	    "/PaintType 0 def\n"
	    "/FontType 1 def\n"
	    "/FontMatrix [0.001 0 0 0.001 0 0] readonly def\n"
	    "/FontBBox {%d %d %d %d} readonly def\n"
	    "/Encoding 256 array\n"
	    "0 1 255 {1 index exch /.notdef put} for\n",
	    name, name, name, left, bottom, right, top);
	for (i = 0; i < 256; i++)
		if (glyphs[i] != NULL)
			buf_printf(b, "dup %d /%s put\n", i, glyphs[i]->name);
	buf_text(b, "readonly def\ncurrentdict end\ncurrentfile eexec\n");
}

static void
write_charstring(
    struct buf *b, const char *name, const struct buf *path, struct buf *spare)
{
	buf_clear(spare);
	encrypt(spare, path->data, path->len, CHARSTRING_KEY);
	buf_printf(b, "/%s %zu RD ", name, spare->len);
	buf_add(b, spare->data, spare->len);
	buf_text(b, " ND\n");
}

/* What eexec enciphers: the charstrings. */
static void
write_body(struct buf *b, const struct type1_glyph *const glyphs[256])
{
	struct type1_glyph none = {.name = ".notdef"};
	struct buf spare = {0};
	int i, count = 1;

	for (i = 0; i < 256; i++)
		if (glyphs[i] != NULL && !has_earlier_code(glyphs, i))
			count++;
	buf_printf(b,
	    "dup /Private 8 dict dup begin\n"
	    "/RD {string currentfile exch readstring pop} executeonly def\n"
	    "/ND {noaccess def} executeonly def\n"
	    "/NP {noaccess put} executeonly def\n"
	    "/BlueValues [] def\n"
	    "/MinFeature {16 16} def\n"
	    "/password 5839 def\n"
	    "/lenIV %d def\n"
	    "2 index /CharStrings %d dict dup begin\n",
	    LEN_IV, count);
	type1_start(&none, 500);
	type1_end(&none);
	write_charstring(b, none.name, &none.path, &spare);
	type1_free(&none);
	for (i = 0; i < 256; i++)
		if (glyphs[i] != NULL && !has_earlier_code(glyphs, i))
			write_charstring(
			    b, glyphs[i]->name, &glyphs[i]->path, &spare);
	buf_text(b, "end\nend\nreadonly put\nnoaccess put\n"
		    "dup /FontName get exch definefont pop\n"
		    "mark currentfile closefile\n");
	buf_free(&spare);
}

void
type1_write(struct buf *pfb, const char *name,
    const struct type1_glyph *const glyphs[256])
{
	struct buf part = {0}, secret = {0};
	int i;

	write_head(&part, name, glyphs);
	segment(pfb, 1, &part);
	buf_clear(&part);
	write_body(&part, glyphs);
	encrypt(&secret, part.data, part.len, EEXEC_KEY);
	segment(pfb, 2, &secret);
	buf_clear(&part);
	for (i = 0; i < 8; i++)
		buf_text(&part, "000000000000000000000000000000000000000000"
				"0000000000000000000000\n");
	buf_text(&part, "cleartomark\n");
	segment(pfb, 1, &part);
	buf_add(pfb, "\200\003", 2);
	buf_free(&part);
	buf_free(&secret);
}
