#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "font-private.h"

/*
 * The codes of a font.  ASCII has its own, in the first font of a role; 32 is
 * the space of every font, since gropdf writes spaces as that.  No glyph has a
 * code that gropdf gives a meaning (below 32), nor 124: from !|!| on a line it
 * makes a backslash, so that | has another code when it is set as a character
 * of the text.
 */
enum { SPACE = 32, FIRST = 33, HIGH = 128, BAR = 240, ASCII_GLYPHS = 95 };

size_t
font_parts(size_t n_glyphs)
{
	return (n_glyphs + PART_GLYPHS - 1) / PART_GLYPHS;
}

void
font_part_name(struct buf *b, enum font_role role, size_t part)
{
	buf_text(b, font_name(role));
	if (part > 0)
		buf_printf(b, "%zu", part);
}

/* The code of the glyph at i of a part. */
static size_t
code_at(size_t part, size_t i)
{
	size_t low = part == 0 ? ASCII_GLYPHS : '|' - FIRST;

	if (i >= low)
		return HIGH + i - low;
	return i + (part == 0 ? SPACE : FIRST);
}

/* Six letters that tell the glyphs of this font from others of its name, as
 * names of fonts with some glyphs only must have (ISO 32000-1, 9.6.4). */
static void
tag(char letters[7], const struct font_glyph *glyphs, size_t n)
{
	uint64_t h = 14695981039346656037U;
	size_t i, k;

	for (i = 0; i < n; i++) {
		h = (h ^ glyphs[i].c) * 1099511628211U;
		for (k = 0; k < glyphs[i].drawn.path.len; k++)
			h = (h ^ (unsigned char)glyphs[i].drawn.path.data[k]) *
			    1099511628211U;
	}
	h ^= h >> 32;
	for (i = 0; i < 6; i++, h /= 26)
		letters[i] = (char)('A' + h % 26);
	letters[6] = '\0';
}

static void
add_line(struct buf *b, const struct type1_glyph *g, size_t code)
{
	buf_printf(b, " %d,%d,%d 0 %zu %s\n", g->width, g->top > 0 ? g->top : 0,
	    g->bottom < 0 ? -g->bottom : 0, code, g->name);
}

/* What groff_font(5) calls the charset. */
static void
describe_glyph(struct buf *b, const struct font_glyph *g, size_t code)
{
	const char *name = character_aliases(g->c), *end;

	if (g->c < 0x7f)
		buf_char(b, (char)g->c);
	else
		character_name(b, g->c);
	add_line(b, &g->drawn, code);
	if (g->c == '|') {
		character_name(b, g->c);
		add_line(b, &g->drawn, BAR);
	}
	for (; *name != '\0'; name = *end == ' ' ? end + 1 : end) {
		end = name + strcspn(name, " ");
		buf_add(b, name, (size_t)(end - name));
		buf_text(b, " \"\n");
	}
}

static int
write_part(const char *folder, enum font_role role, size_t part,
    const struct font_glyph *glyphs, size_t n, const struct font_glyph *space,
    struct buf *download)
{
	const struct type1_glyph *coded[256] = {NULL};
	struct buf name = {0}, font = {0}, text = {0};
	char letters[7];
	size_t i, code;
	int result;

	tag(letters, glyphs, n);
	font_part_name(&name, role, part);
	buf_printf(&font, "%s+Riskline-%s", letters, name.data);
	buf_printf(&text,
	    "name %s\ninternalname %s\nspacewidth %d\ncharset\nspace",
	    name.data, font.data, space->drawn.width);
	add_line(&text, &space->drawn, SPACE);
	coded[SPACE] = &space->drawn;
	for (i = 0; i < n; i++) {
		if (glyphs[i].c == ' ')
			continue;
		code = code_at(part, i);
		coded[code] = &glyphs[i].drawn;
		if (glyphs[i].c == '|')
			coded[BAR] = &glyphs[i].drawn;
		describe_glyph(&text, &glyphs[i], code);
	}
	result = font_write_file(folder, name.data, &text);
	buf_clear(&text);
	type1_write(&text, font.data, coded);
	buf_printf(download, "\t%s\t%s.pfb\n", font.data, name.data);
	buf_text(&name, ".pfb");
	if (result == 0)
		result = font_write_file(folder, name.data, &text);
	buf_free(&name);
	buf_free(&font);
	buf_free(&text);
	return result;
}

int
font_write_role(const char *folder, enum font_role role,
    const struct font_glyph *glyphs, size_t n_glyphs, struct buf *download)
{
	size_t part, first, n;

	for (part = 0; part < font_parts(n_glyphs); part++) {
		first = part * PART_GLYPHS;
		n = n_glyphs - first;
		if (write_part(folder, role, part, glyphs + first,
			n < PART_GLYPHS ? n : PART_GLYPHS, glyphs,
			download) < 0)
			return -1;
	}
	return 0;
}

int
font_write_file(const char *folder, const char *name, const struct buf *text)
{
	struct buf path = {0};
	FILE *f;
	int result = -1;

	buf_printf(&path, "%s/%s", folder, name);
	f = fopen(path.data, "wx");
	if (f != NULL) {
		result =
		    fwrite(text->data, 1, text->len, f) == text->len ? 0 : -1;
		if (fclose(f) != 0)
			result = -1;
	}
	buf_free(&path);
	return result;
}

int
font_write_stretch(const char *folder)
{
	struct buf b = {0};
	int result;

	buf_text(&b, "name SZ\ninternalname SZ\nspacewidth 1\n"
		     "charset\nspace 1 0 32 space\n");
	result = font_write_file(folder, "SZ", &b);
	buf_free(&b);
	return result;
}
