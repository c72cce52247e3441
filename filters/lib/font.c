#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>

#include "buf.h"
#include "font.h"
#include "font-private.h"
#include "status.h"

enum { PAGE = 256, PAGES = 0x110000 / PAGE };

/* What a page says of a character, when not its width and WIDTH. */
enum { NOT_ASKED = 0, NOT_SET = 1, WIDTH = 2 };

struct role {
	struct font_glyph *glyphs;
	size_t count, size;
	int *pages[PAGES];
};

struct fonts {
	struct faces *faces;
	int prefers_chinese, boxes;
	struct role roles[FONT_ROLES];
};

static const char *const names[FONT_ROLES] = {
    [FONT_TEXT] = "SR",
    [FONT_BOLD] = "SB",
    [FONT_ITALIC] = "SI",
    [FONT_BOLD_ITALIC] = "SBI",
    [FONT_HEADING] = "GB",
    [FONT_CODE] = "MR",
};

struct fonts *
fonts_open(int prefers_chinese, int boxes)
{
	struct fonts *f = mem_zero(1, sizeof *f);

	f->prefers_chinese = prefers_chinese;
	f->boxes = boxes;
	f->faces = faces_open();
	if (f->faces == NULL)
		errx(TROUBLE, "no font on this system: install the Debian "
			      "packages fonts-noto-cjk and fonts-liberation");
	return f;
}

const char *
font_name(enum font_role role)
{
	return names[role];
}

/* A rectangle, clockwise or against the clock. */
static void
draw_rectangle(struct type1_glyph *g, int left, int bottom, int right, int top,
    int clockwise)
{
	type1_move(g, left, bottom);
	if (clockwise)
		type1_line(g, left, top);
	else
		type1_line(g, right, bottom);
	type1_line(g, right, top);
	if (clockwise)
		type1_line(g, right, bottom);
	else
		type1_line(g, left, top);
	type1_close(g);
}

static void
draw_box(struct type1_glyph *g, enum font_role role, uint32_t c)
{
	int width = role == FONT_CODE ? 500 : 600;

	if (font_is_wide(c))
		width = 1000;
	type1_start(g, width);
	draw_rectangle(g, 50, -100, width - 50, 750, 1);
	draw_rectangle(g, 90, -60, width - 90, 710, 0);
	type1_end(g);
}

static void
draw_nothing(struct type1_glyph *g)
{
	type1_start(g, 0);
	type1_end(g);
}

/* Adds the character's glyph, or a box; returns -1 where there is neither. */
static int
add_glyph(struct fonts *f, enum font_role r, uint32_t c)
{
	struct role *role = &f->roles[r];
	enum character kind = character_kind(c);
	int chinese_first =
	    font_is_wide(c) ||
	    (f->prefers_chinese && c > 0x7e && !character_is_letter(c));
	struct font_glyph *g;

	if (role->count == role->size) {
		role->size = role->size > 0 ? role->size * 2 : PART_GLYPHS;
		role->glyphs =
		    mem_resize(role->glyphs, role->size * sizeof *role->glyphs);
	}
	g = &role->glyphs[role->count];
	*g = (struct font_glyph){.c = c};
	if (kind == CHARACTER_HIDDEN) {
		draw_nothing(&g->drawn);
	} else if (kind != CHARACTER_SET ||
		   faces_draw(f->faces, r, c, chinese_first, &g->drawn) < 0) {
		/*
		 * ASCII is in every font: troff sets numbers itself.  The
		 * pictures of controls (U+2400 and on) are no one's text.
		 */
		if (!f->boxes && c > 0x7e && !(c >= 0x2400 && c <= 0x2421)) {
			type1_free(&g->drawn);
			return -1;
		}
		draw_box(&g->drawn, r, c);
	}
	character_glyph(g->drawn.name, c);
	role->count++;
	return g->drawn.width;
}

static int *
page_of(struct role *role, uint32_t c)
{
	int **page = &role->pages[c / PAGE];

	if (*page == NULL)
		*page = mem_zero(PAGE, sizeof **page);
	return *page;
}

/* A role that is used has all of ASCII. */
static void
begin(struct fonts *f, enum font_role role)
{
	uint32_t c;

	if (f->roles[role].count > 0)
		return;
	for (c = ' '; c <= '~'; c++)
		page_of(&f->roles[role], c)[c % PAGE] =
		    WIDTH + add_glyph(f, role, c);
}

int
fonts_use(struct fonts *f, enum font_role r, uint32_t c)
{
	struct role *role = &f->roles[r];
	int *said, width;

	if (c > 0x10ffff)
		c = 0xfffd;
	begin(f, r);
	said = &page_of(role, c)[c % PAGE];
	if (*said == NOT_ASKED) {
		if (character_kind(c) != CHARACTER_CONTROL)
			width = add_glyph(f, r, c);
		else
			width = f->boxes ? fonts_use(f, r, 0xfffd) : -1;
		*said = width < 0 ? NOT_SET : width + WIDTH;
	}
	return *said == NOT_SET ? -1 : *said - WIDTH;
}

static int
compare(const void *a, const void *b)
{
	const struct font_glyph *g = a, *h = b;

	return (g->c > h->c) - (g->c < h->c);
}

/* In the order of the characters, whatever the document's. */
static void
settle(struct fonts *f)
{
	size_t i;

	begin(f, FONT_TEXT);
	for (i = 0; i < FONT_ROLES; i++)
		if (f->roles[i].count > 0)
			qsort(f->roles[i].glyphs, f->roles[i].count,
			    sizeof *f->roles[i].glyphs, compare);
}

void
fonts_requests(struct fonts *f, struct buf *ms)
{
	size_t i, part, parts;

	settle(f);
	for (i = 0; i < FONT_ROLES; i++) {
		parts = font_parts(f->roles[i].count);
		if (parts < 2)
			continue;
		buf_printf(ms, ".fspecial %s", names[i]);
		for (part = 1; part < parts; part++) {
			buf_char(ms, ' ');
			font_part_name(ms, (enum font_role)i, part);
		}
		buf_char(ms, '\n');
	}
}

int
fonts_write(struct fonts *f, const char *folder)
{
	struct buf path = {0}, download = {0};
	size_t i;
	int result = 0;

	settle(f);
	buf_printf(&path, "%s/devpdf", folder);
	for (i = 0; result == 0 && i < FONT_ROLES; i++)
		if (f->roles[i].count > 0)
			result = font_write_role(path.data, (enum font_role)i,
			    f->roles[i].glyphs, f->roles[i].count, &download);
	if (result == 0)
		result = font_write_file(path.data, "download", &download);
	if (result == 0)
		result = font_write_stretch(path.data);
	buf_free(&path);
	buf_free(&download);
	return result;
}

void
fonts_close(struct fonts *f)
{
	struct role *role;
	size_t i, k;

	for (i = 0; i < FONT_ROLES; i++) {
		role = &f->roles[i];
		for (k = 0; k < role->count; k++)
			type1_free(&role->glyphs[k].drawn);
		free(role->glyphs);
		for (k = 0; k < PAGES; k++)
			free(role->pages[k]);
	}
	faces_close(f->faces);
	free(f);
}
