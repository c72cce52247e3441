/* Font files that are damaged: what can be drawn is, as Type 1 again. */

#include "font-private.h"
#include "fuzz.h"

/* Letters, Chinese, a space, a dash, beyond the first plane; glyphs by name. */
static const uint32_t characters[] = {' ', 'A', 'B', 'a', 'g', 'i', 0x2014,
    0x2026, 0x4e2d, 0x6587, 0x98ce, 0x9669, 0x1f600};

enum { N = sizeof characters / sizeof characters[0] };

static void
write_font(struct type1_glyph glyphs[N])
{
	const struct type1_glyph *coded[256] = {NULL};
	struct buf pfb = {0};
	size_t i;

	for (i = 0; i < N; i++) {
		character_glyph(glyphs[i].name, characters[i]);
		coded[i + ' '] = &glyphs[i];
	}
	type1_write(&pfb, "X", coded);
	buf_free(&pfb);
}

static void
draw(struct outlines *o, const char *path, int index, const char *variations)
{
	static const enum drawn ways[] = {
	    DRAWN_AS_IT_IS, DRAWN_SLANTED, DRAWN_FULL};
	struct type1_glyph glyphs[N] = {{.width = 0}};
	size_t font = outlines_find(o, path, index, variations), i, k;

	for (k = 0; k < sizeof ways / sizeof ways[0]; k++) {
		for (i = 0; i < N; i++)
			if (outlines_draw(o, font, characters[i], ways[k],
				&glyphs[i]) < 0) {
				type1_free(&glyphs[i]);
				glyphs[i] = (struct type1_glyph){.width = 0};
				type1_start(&glyphs[i], 0);
				type1_end(&glyphs[i]);
			}
		write_font(glyphs);
		for (i = 0; i < N; i++) {
			type1_free(&glyphs[i]);
			glyphs[i] = (struct type1_glyph){.width = 0};
		}
	}
}

void
fuzz_one(const char *text, size_t len)
{
	struct outlines *o = outlines_open();
	const char *path = fuzz_file(text, len);

	if (o == NULL)
		fuzz_wrong("FreeType does not start");
	draw(o, path, 0, NULL);
	draw(o, path, 0, "wght=700,wdth=75");
	draw(o, path, 1 << 16, NULL); /* an instance that has a name */
	outlines_close(o);
}
