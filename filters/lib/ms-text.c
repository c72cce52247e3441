#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "ms-private.h"
#include "utf8.h"

/* No line begins with one of these, and none ends with one of those. */
static const char closing[] =
    "!),.:;?]}%"
    "、。，．：；？！）］｝〉》」』】〕〗〙〛”’…—·％‰℃";
static const char opening[] = "([{$（［｛〈《「『【〔〖〘〚“‘＄￥";

static bool
is_one_of(const char *set, uint32_t c)
{
	size_t n = strlen(set), i, len;
	uint32_t d;

	for (i = 0; i < n; i += len) {
		len = utf8_decode(set + i, n - i, &d);
		if (d == c)
			return true;
	}
	return false;
}

bool
may_break(uint32_t before, uint32_t after)
{
	if (!font_is_wide(before) && !font_is_wide(after))
		return false;
	return before != 0 && !is_one_of(closing, after) &&
	       !is_one_of(opening, before);
}

/* Not what a terminal obeys: controls, marks of direction. */
static bool
is_shown(uint32_t c)
{
	return c >= 0xa0 && !(c >= 0x2000 && c <= 0x206f) &&
	       !(c >= 0xd800 && c <= 0xf8ff) && !(c >= 0xfff0 && c <= 0xffff) &&
	       c < 0xe0000;
}

/* Says once of each character that it cannot be set. */
static void
complain(
    struct ms *ms, uint32_t c, const char *text, size_t len, cmark_node *where)
{
	size_t i;

	for (i = 0; i < ms->n_missing; i++)
		if (ms->missing[i] == c)
			return;
	ms->missing =
	    mem_resize(ms->missing, (ms->n_missing + 1) * sizeof *ms->missing);
	ms->missing[ms->n_missing++] = c;
	warnx(is_shown(c) ? "%s:%zu: no font can set U+%04X, '%.*s'"
			  : "%s:%zu: no font can set U+%04X",
	    ms->name, markdown_line(ms->m, where), c, (int)len, text);
}

void
set_role(struct set *s, enum font_role role)
{
	if (s->begun && s->current == role)
		return;
	buf_printf(&s->text, "\\f[%s]", font_name(role));
	s->current = role;
	s->begun = true;
}

/* A line may end here. */
static void
end_word(struct set *s)
{
	if (s->word > s->longest)
		s->longest = s->word;
	s->word = 0;
}

static void
end_line(struct set *s)
{
	end_word(s);
	if (s->line > s->width)
		s->width = s->line;
	s->line = 0;
	s->space = false;
	s->before = 0;
}

static void
add_width(struct set *s, long width)
{
	s->line += width;
	s->word += width;
	s->since += width;
}

static void
set_cut(struct set *s)
{
	s->cuts = mem_resize(s->cuts, (s->n_cuts + 1) * sizeof *s->cuts);
	s->cuts[s->n_cuts++] = s->text.len;
	s->since = 0;
	s->begun = false;
}

/*
 * Between two words: a mark that lets the line end there, or, where enough
 * was set, a cut.
 */
static void
set_between(struct set *s, const char *mark)
{
	end_word(s);
	if (s->limit > 0 && s->since > s->limit)
		set_cut(s);
	else
		buf_text(&s->text, mark);
}

/* What is wider than this is broken, wherever that is. */
#define MOST_WORD 12000

/* A space that was seen, now that something follows. */
void
set_space(struct ms *ms, struct set *s, uint32_t after)
{
	bool both_wide = font_is_wide(s->before) && font_is_wide(after);

	if (s->space && s->before != 0 && !(s->joins && both_wide)) {
		set_between(s, " ");
		s->spaced = true;
		s->line += fonts_use(ms->fonts, s->current, ' ');
	} else if (may_break(s->before, after)) {
		set_between(s, s->stretches ? "\\*z" : "\\:");
	} else if (s->word > MOST_WORD) {
		set_between(s, "\\:");
	}
	s->space = s->joins = false;
}

static void
set_one(struct ms *ms, struct set *s, enum font_role role, uint32_t c,
    const char *text, size_t len, cmark_node *where)
{
	int width = fonts_use(ms->fonts, role, c);

	if (width < 0) {
		complain(ms, c, text, len, where);
		return;
	}
	set_space(ms, s, c);
	set_role(s, role);
	font_character(&s->text, c);
	add_width(s, width);
	s->wide = s->wide || font_is_wide(c);
	s->before = c;
}

static bool
is_space(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == 0x85 ||
	       c == 0x2028 || c == 0x2029;
}

static bool
is_sign(uint32_t c)
{
	return c < 0x80 && strchr("-_.:@=&?,;#%+|", (int)c) != NULL;
}

static bool
is_slash(uint32_t c)
{
	return c == '/' || c == '\\';
}

/* The characters of a word, or of the piece of it that a slash ends. */
static size_t
measure_word(const char *text, size_t n, bool piece)
{
	size_t characters = 0, i, len;
	uint32_t c = 0;

	for (i = 0; i < n && !(piece && is_slash(c)); i += len, characters++) {
		len = utf8_decode(text + i, n - i, &c);
		if (len == 0 || is_space(c) || font_is_wide(c))
			break;
	}
	return characters;
}

/*
 * A word longer than 12 characters may be broken behind its slashes; a piece
 * of it that is longer than 20 also behind other signs, so that an id or an
 * address between slashes stays whole where it is not too long for that.
 */
static bool
breaks_behind(size_t word, size_t piece, uint32_t c)
{
	return word > 12 && (is_slash(c) || (is_sign(c) && piece > 20));
}

void
set_string(struct ms *ms, struct set *s, enum font_role role, const char *text,
    cmark_node *where)
{
	size_t n = strlen(text), i, len, word = 0, piece = 0;
	uint32_t c;

	for (i = 0; i < n; i += len) {
		len = utf8_decode(text + i, n - i, &c);
		if (is_space(c)) {
			s->space = true;
			word = piece = 0;
			continue;
		}
		if (font_is_wide(c))
			word = piece = 0;
		else if (word == 0)
			word = measure_word(text + i, n - i, false);
		if (word > 0 && piece == 0)
			piece = measure_word(text + i, n - i, true);
		set_one(ms, s, role, c, text + i, len, where);
		if (breaks_behind(word, piece, c))
			set_between(s, "\\:");
		if (is_slash(c))
			piece = 0;
	}
}

void
set_break(struct set *s)
{
	if (!s->breaks) {
		s->space = true;
		return;
	}
	end_line(s);
	s->lines++;
	if (s->limit > 0)
		s->since += s->limit / s->limit_lines;
	if (s->limit > 0 && s->since > s->limit)
		set_cut(s);
	else
		buf_text(&s->text, "\n.br\n");
	s->begun = false;
}

void
set_text(struct ms *ms, struct set *s, const char *text, cmark_node *where)
{
	set_string(ms, s, s->role, text, where);
	set_end(s);
}

size_t
set_code(struct ms *ms, struct set *s, const char *text, size_t n, long most,
    cmark_node *where)
{
	uint32_t c;
	size_t len = utf8_decode(text, n, &c);
	int width = fonts_use(ms->fonts, s->role, c);

	if (width < 0) {
		complain(ms, c, text, len, where);
		return len;
	}
	if (s->line + width > most) {
		buf_text(&s->text, "\n\\*[code]");
		s->line = 0;
	}
	set_role(s, s->role);
	if (c == ' ')
		buf_text(&s->text, "\\ ");
	else
		font_character(&s->text, c);
	s->line += width;
	return len;
}

void
set_end(struct set *s)
{
	end_line(s);
	if (s->text.data == NULL)
		buf_add(&s->text, "", 0);
}

void
set_free(struct set *s)
{
	buf_free(&s->text);
	free(s->cuts);
	*s = (struct set){0};
}

void
ms_pdf_string(struct buf *b, const char *text)
{
	size_t n = strlen(text), i, len;
	unsigned unit[2];
	uint32_t c;
	int units, j;

	buf_text(b, "(\\\\376\\\\377");
	for (i = 0; i < n; i += len) {
		len = utf8_decode(text + i, n - i, &c);
		units = c > 0xffff ? 2 : 1;
		unit[0] = c > 0xffff ? 0xd800 + ((c - 0x10000) >> 10) : c;
		unit[1] = 0xdc00 + ((c - 0x10000) & 0x3ff);
		for (j = 0; j < units; j++)
			buf_printf(b, "\\\\%03o\\\\%03o", unit[j] >> 8,
			    unit[j] & 0xff);
	}
	buf_char(b, ')');
}
