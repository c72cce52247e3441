#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ms-private.h"

/* Charts are their tables: the same words and numbers, drawn. */

static long
longest(long a, long b)
{
	return a > b ? a : b;
}

/* The colour of a level, or a paler one, whose name for troff is its digits. */
static bool
shade_of(char shade[8], const struct table *t, int level, bool pale)
{
	const char *colour = t->colours[level];

	return markdown_shade(
	    shade, *colour != '\0' ? colour : "#c9d6e6", pale);
}

static void
define_colours(struct ms *ms, const struct table *t)
{
	char shade[8];
	int level;

	for (level = 1; level < 10; level++) {
		shade_of(shade, t, level, false);
		buf_printf(ms->out, ".defcolor %s rgb %s\n", shade + 1, shade);
		shade_of(shade, t, level, true);
		buf_printf(ms->out, ".defcolor %s rgb %s\n", shade + 1, shade);
	}
}

static struct set
set_cell(struct ms *ms, const struct table *t, size_t row, size_t column,
    enum font_role role)
{
	struct set s = {.role = role};

	set_inlines(ms, &s, t->cells[row * t->columns + column]);
	return s;
}

#define MATRIX_SIZE 9
#define LEVEL_SIZE 13
#define CELL_HEIGHT 30L /* points */
#define MOST_CELL 72L

struct matrix {
	long label,
	    cell;  /* widths of the first column and the others, points */
	long head; /* height of the first row */
};

/* Whether the matrix fits on a page. */
static bool
measure_matrix(struct ms *ms, const struct table *t, struct matrix *m)
{
	size_t row, i;
	struct set s;
	long *widest;

	*m = (struct matrix){.head = 20};
	for (row = 0; row < t->rows; row++)
		for (i = 0; i < t->columns; i++) {
			s = set_cell(ms, t, row, i, FONT_HEADING);
			widest = i == 0 ? &m->label : &m->cell;
			*widest = longest(
			    *widest, s.width *
					     (i == 0 || row == 0 ? MATRIX_SIZE
								 : LEVEL_SIZE) /
					     1000 +
					 10);
			set_free(&s);
		}
	m->cell = longest(m->cell, MOST_CELL);
	return m->label + m->cell * (long)(t->columns - 1) <=
		   (LINE_PORTRAIT - ms->indent) / POINT &&
	       m->head + CELL_HEIGHT * (long)(t->rows - 1) < 600;
}

static void
write_at(struct ms *ms, long x, long y, const char *text)
{
	buf_printf(ms->out, "\"%s\" at (%ld,%ld)\n", text, x, y);
}

/* A level in its colour, and how many are there. */
static void
write_level(struct ms *ms, const struct table *t, size_t row, size_t column,
    long x, long y, const struct matrix *m)
{
	cmark_node *where = t->cells[row * t->columns + column];
	char *text = markdown_text(where);
	struct set level = {.role = FONT_HEADING}, count = {.role = FONT_TEXT};
	char first[2] = {text[0], '\0'}, shade[8];
	bool white = shade_of(shade, t, markdown_level(text), text[1] == '\0');
	struct buf b = {0};

	buf_printf(ms->out,
	    "box wid %ld ht %ld at (%ld,%ld) shaded \"%s\" "
	    "outlined \"rule\"\n",
	    m->cell, CELL_HEIGHT, x, y, shade + 1);
	set_text(ms, &level, first, where);
	set_text(ms, &count, text + 1, where);
	if (text[1] == ' ')
		buf_char(&level.text, ' ');
	buf_printf(&b, "\\m[%s]\\s[%d]%s\\s[10]%s\\s[9]\\m[]",
	    white ? "white" : "black",
	    text[1] != '\0' ? LEVEL_SIZE : MATRIX_SIZE, level.text.data,
	    count.text.data);
	write_at(ms, x, y, b.data);
	buf_free(&b);
	set_free(&level);
	set_free(&count);
	free(text);
}

/* A link shows where it leads, for which there is no room. */
static bool
has_link(const struct table *t)
{
	cmark_iter *i;
	size_t cell;
	bool has = false;

	for (cell = 0; cell < t->rows * t->columns && !has; cell++) {
		i = cmark_iter_new(t->cells[cell]);
		while (!has && cmark_iter_next(i) != CMARK_EVENT_DONE)
			has = cmark_node_get_type(cmark_iter_get_node(i)) ==
			      CMARK_NODE_LINK;
		cmark_iter_free(i);
	}
	return has;
}

bool
ms_heatmap(struct ms *ms, const struct table *t)
{
	struct matrix m;
	struct set s;
	size_t row, i;
	long width, x, y;
	double most;

	if (markdown_chart(t, &most) != TABLE_HEATMAP || has_link(t) ||
	    !measure_matrix(ms, t, &m))
		return false;
	define_colours(ms, t);
	width = m.label + m.cell * (long)(t->columns - 1);
	y = m.head + CELL_HEIGHT * (long)(t->rows - 1);
	/* pic does not know how wide text is. */
	buf_printf(ms->out,
	    ".CHART\n.PS\nscale = 72\n"
	    "box invis wid %ld ht %ld with .nw at (0,%ld)\n",
	    width, y, m.head);
	for (row = 0; row < t->rows; row++) {
		y = row == 0 ? m.head / 2
			     : -CELL_HEIGHT * (long)row + CELL_HEIGHT / 2;
		for (i = 0; i < t->columns; i++) {
			x = i == 0 ? m.label / 2
				   : m.label + m.cell * (long)i - m.cell / 2;
			if (row > 0 && i > 0) {
				write_level(ms, t, row, i, x, y, &m);
				continue;
			}
			s = set_cell(ms, t, row, i,
			    row > 0 || i > 0 ? FONT_TEXT : FONT_HEADING);
			write_at(ms, x, y, s.text.data);
			set_free(&s);
		}
	}
	buf_text(ms->out, ".PE\n.CHART-END\n");
	return true;
}

#define BAR_SIZE 9
#define BAR_HEIGHT 7000
#define MOST_LABEL (170 * POINT)

struct bars {
	double most;  /* the largest number */
	long label;   /* units */
	long number;  /* the widest number, units */
	long heading; /* the widest above bars, units */
	long width;   /* of a whole column of bars, units */
};

static bool
measure_bars(struct ms *ms, const struct table *t, struct bars *b)
{
	long columns = (long)t->columns - 1;
	size_t row, i;
	struct set s;
	bool fits = true;

	*b = (struct bars){0};
	if (markdown_chart(t, &b->most) != TABLE_BARS)
		return false;
	for (row = 0; row < t->rows; row++)
		for (i = 0; i < t->columns; i++) {
			s = set_cell(
			    ms, t, row, i, row > 0 ? FONT_TEXT : FONT_HEADING);
			fits = fits && s.longest * BAR_SIZE < MOST_LABEL;
			if (i == 0)
				b->label = longest(
				    b->label, s.width * BAR_SIZE + 1000);
			else if (row == 0)
				b->heading = longest(
				    b->heading, s.width * BAR_SIZE + 1000);
			else
				b->number = longest(
				    b->number, s.width * BAR_SIZE + 1000);
			set_free(&s);
		}
	if (!fits || columns > 4)
		return false;
	if (b->label > MOST_LABEL)
		b->label = MOST_LABEL;
	b->width =
	    (LINE_PORTRAIT - ms->indent - b->label) / columns - 12 * POINT;
	if (b->width > 260 * POINT)
		b->width = 260 * POINT;
	return b->width > b->number + 20 * POINT && b->width >= b->heading;
}

/* A bar, and room behind it; none for zero. */
static void
write_bar(
    struct ms *ms, const struct bars *b, double number, const char *colour)
{
	long most = b->width - b->number - 6 * POINT;
	long width = b->most > 0 ? (long)((double)most * number / b->most) : 0;

	if (width <= 0)
		return;
	buf_printf(ms->out,
	    "\\Z@\\M[%s]\\D'P %ldu 0 0 -%du -%ldu 0'\\M[]@"
	    "\\Z@\\m[rule]\\D't 300u'\\h'-300u'"
	    "\\D'p %ldu 0 0 -%du -%ldu 0'\\D't 0'\\m[]@\\h'%ldu'",
	    colour, width, BAR_HEIGHT, width, width, BAR_HEIGHT, width,
	    width + 4 * POINT);
}

static void
write_bars(
    struct ms *ms, const struct table *t, const struct bars *b, size_t row)
{
	cmark_node **cells = &t->cells[row * t->columns];
	enum font_role role = row > 0 ? FONT_TEXT : FONT_HEADING;
	int level = markdown_level_of(cells[0]);
	char shade[8];
	struct set s = set_cell(ms, t, row, 0, role);
	size_t i;

	shade_of(shade, t, level, false);
	buf_printf(ms->out, "T{\n.na\n%s\nT}", s.text.data);
	set_free(&s);
	for (i = 1; i < t->columns; i++) {
		buf_char(ms->out, '\t');
		if (row > 0)
			write_bar(ms, b, markdown_number_of(cells[i]),
			    *t->colours[level] != '\0' ? shade + 1 : "bar");
		s = set_cell(ms, t, row, i, role);
		buf_text(ms->out, s.text.data);
		set_free(&s);
	}
	buf_char(ms->out, '\n');
}

bool
ms_bars(struct ms *ms, const struct table *t)
{
	struct buf *out = ms->out;
	struct bars b;
	size_t row, i;

	if (!measure_bars(ms, t, &b))
		return false;
	define_colours(ms, t);
	buf_printf(out, ".TABLE 9000 14000\n.TS H\ntab(\t) nospaces;\nlw(%ldu)",
	    b.label);
	for (i = 1; i < t->columns; i++)
		buf_printf(out, "2 lw(%ldu)", b.width);
	buf_text(out, ".\n.RULE rule 800\n");
	for (row = 0; row < t->rows; row++) {
		write_bars(ms, t, &b, row);
		if (row == 0)
			buf_text(out, ".RULE rule 400\n.TH\n");
	}
	buf_text(out, ".RULE rule 800\n.TE\n.TABLE-END\n");
	return true;
}
