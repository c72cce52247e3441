#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_MODULE_H
#include FT_MULTIPLE_MASTERS_H
#include FT_OUTLINE_H

#include "buf.h"
#include "font-private.h"
#include "status.h"

/* The only file that knows FreeType. */

struct outline_font {
	char *file, *variations; /* variations may be NULL */
	int index;
	FT_Face face; /* NULL where it cannot be used */
};

struct outlines {
	FT_Library library;
	struct outline_font *fonts;
	size_t count;
};

/* The way from a font's units to ours. */
struct pen {
	struct type1_glyph *g;
	double left, x_scale, y_scale, shear;
	int is_open;
};

/* Memory for FreeType ends the program where it runs out. */

static void *
take_memory(FT_Memory memory, long n)
{
	(void)memory;
	return mem_alloc((size_t)n);
}

static void *
resize_memory(FT_Memory memory, long old, long n, void *block)
{
	(void)memory;
	(void)old;
	return mem_resize(block, (size_t)n);
}

static void
give_back(FT_Memory memory, void *block)
{
	(void)memory;
	free(block);
}

struct outlines *
outlines_open(void)
{
	static struct FT_MemoryRec_ memory = {
	    NULL, take_memory, give_back, resize_memory};
	struct outlines *o = mem_zero(1, sizeof *o);

	if (FT_New_Library(&memory, &o->library) != 0) {
		free(o);
		return NULL;
	}
	FT_Add_Default_Modules(o->library);
	FT_Set_Default_Properties(o->library);
	return o;
}

/* The weight and its like of a font that has them on a scale: wght=700,... */
static void
vary(FT_Library library, FT_Face ft, const char *variations)
{
	FT_MM_Var *mm;
	FT_Fixed *at;
	FT_UInt i;
	FT_ULong tag;
	const char *s;

	if (!FT_HAS_MULTIPLE_MASTERS(ft) || FT_Get_MM_Var(ft, &mm) != 0)
		return;
	at = mem_alloc(mm->num_axis * sizeof *at);
	for (i = 0; i < mm->num_axis; i++)
		at[i] = mm->axis[i].def;
	for (s = variations; s != NULL && strlen(s) > 5;
	     s = strchr(s, ',') != NULL ? strchr(s, ',') + 1 : NULL) {
		tag = FT_MAKE_TAG(s[0], s[1], s[2], s[3]);
		for (i = 0; i < mm->num_axis; i++)
			if (mm->axis[i].tag == tag)
				at[i] = (FT_Fixed)(atof(s + 5) * 65536);
	}
	FT_Set_Var_Design_Coordinates(ft, mm->num_axis, at);
	free(at);
	FT_Done_MM_Var(library, mm);
}

static FT_Face
open_face(FT_Library library, const struct outline_font *font)
{
	FT_Face ft;
	FT_Error error;
	/* The upper half names an instance of a variable font; fontconfig's
	 * 0x8000 is none, but all of them. */
	int index =
	    font->index >> 16 == 0x8000 ? font->index & 0xffff : font->index;

	errno = 0;
	error = FT_New_Face(library, font->file, index, &ft);
	/* One that is not there, or is no one's business, others stand for. */
	if (error != 0 && errno != 0 && errno != ENOENT && errno != EACCES)
		err(TROUBLE, "%s", font->file);
	if (error != 0)
		return NULL;
	if (!FT_IS_SCALABLE(ft) || ft->units_per_EM == 0 ||
	    ft->charmap == NULL ||
	    ft->charmap->encoding != FT_ENCODING_UNICODE) {
		FT_Done_Face(ft);
		return NULL;
	}
	if (font->variations != NULL)
		vary(library, ft, font->variations);
	return ft;
}

static char *
copy(const char *text)
{
	return text != NULL ? mem_text(text, strlen(text)) : NULL;
}

static int
is_same(const char *a, const char *b)
{
	return a != NULL && b != NULL ? strcmp(a, b) == 0 : a == b;
}

size_t
outlines_find(
    struct outlines *o, const char *file, int index, const char *variations)
{
	struct outline_font *font;
	size_t i;

	for (i = 0; i < o->count; i++) {
		font = &o->fonts[i];
		if (font->index == index && is_same(font->file, file) &&
		    is_same(font->variations, variations))
			return font->face != NULL ? i + 1 : 0;
	}
	o->fonts = mem_resize(o->fonts, (o->count + 1) * sizeof *o->fonts);
	font = &o->fonts[o->count++];
	font->file = copy(file);
	font->index = index;
	font->variations = copy(variations);
	font->face = open_face(o->library, font);
	return font->face != NULL ? o->count : 0;
}

static double
x_of(const struct pen *pen, const FT_Vector *v)
{
	return ((double)v->x - pen->left + pen->shear * (double)v->y) *
	       pen->x_scale;
}

static double
y_of(const struct pen *pen, const FT_Vector *v)
{
	return (double)v->y * pen->y_scale;
}

static int
move_to(const FT_Vector *to, void *p)
{
	struct pen *pen = p;

	if (pen->is_open)
		type1_close(pen->g);
	pen->is_open = 1;
	type1_move(pen->g, x_of(pen, to), y_of(pen, to));
	return 0;
}

static int
line_to(const FT_Vector *to, void *p)
{
	struct pen *pen = p;

	type1_line(pen->g, x_of(pen, to), y_of(pen, to));
	return 0;
}

static int
conic_to(const FT_Vector *by, const FT_Vector *to, void *p)
{
	struct pen *pen = p;

	type1_conic(
	    pen->g, x_of(pen, by), y_of(pen, by), x_of(pen, to), y_of(pen, to));
	return 0;
}

static int
cubic_to(
    const FT_Vector *by, const FT_Vector *by2, const FT_Vector *to, void *p)
{
	struct pen *pen = p;

	type1_cubic(pen->g, x_of(pen, by), y_of(pen, by), x_of(pen, by2),
	    y_of(pen, by2), x_of(pen, to), y_of(pen, to));
	return 0;
}

/* Makes the glyph as wide as an em, and its outline as wide as that. */
static double
fill_em(struct pen *pen, FT_Outline *outline)
{
	FT_BBox box;

	FT_Outline_Get_CBox(outline, &box);
	if (box.xMax > box.xMin) {
		pen->left = (double)box.xMin;
		pen->x_scale = 1000.0 / (double)(box.xMax - box.xMin);
	}
	return 1000;
}

int
outlines_draw(struct outlines *o, size_t font, uint32_t c, enum drawn how,
    struct type1_glyph *g)
{
	static const FT_Outline_Funcs ways = {
	    move_to, line_to, conic_to, cubic_to, 0, 0};
	FT_Face ft;
	FT_UInt index;
	struct pen pen = {.g = g, .shear = how == DRAWN_SLANTED ? 0.2 : 0};
	double width;

	if (font == 0)
		return -1;
	ft = o->fonts[font - 1].face;
	index = FT_Get_Char_Index(ft, c);
	if (index == 0 || FT_Load_Glyph(ft, index, FT_LOAD_NO_SCALE) != 0 ||
	    ft->glyph->format != FT_GLYPH_FORMAT_OUTLINE ||
	    (ft->glyph->outline.n_points == 0 && !character_is_blank(c)))
		return -1;
	pen.x_scale = pen.y_scale = 1000.0 / ft->units_per_EM;
	width = (double)ft->glyph->metrics.horiAdvance * pen.x_scale;
	if (how == DRAWN_FULL)
		width = fill_em(&pen, &ft->glyph->outline);
	type1_start(g, (int)(width + 0.5));
	if (FT_Outline_Decompose(&ft->glyph->outline, &ways, &pen) != 0)
		return -1;
	if (pen.is_open)
		type1_close(g);
	type1_end(g);
	return 0;
}

void
outlines_close(struct outlines *o)
{
	size_t i;

	for (i = 0; i < o->count; i++) {
		if (o->fonts[i].face != NULL)
			FT_Done_Face(o->fonts[i].face);
		free(o->fonts[i].file);
		free(o->fonts[i].variations);
	}
	free(o->fonts);
	FT_Done_Library(o->library);
	free(o);
}
