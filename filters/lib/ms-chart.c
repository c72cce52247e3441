#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ms-private.h"

/* Charts are their tables: the same words and numbers, drawn. */

long
ms_longest(long a, long b)
{
	return a > b ? a : b;
}

bool
ms_shade(char shade[8], const struct table *t, int level, bool pale)
{
	const char *colour = t->colours[level];

	return markdown_shade(
	    shade, *colour != '\0' ? colour : "#c9d6e6", pale);
}

void
ms_define_colours(struct ms *ms, const struct table *t)
{
	char shade[8];
	int level;

	buf_printf(
	    ms->out, ".defcolor %s rgb %s\n", &MS_NOTHING[1], MS_NOTHING);
	for (level = 1; level < 10; level++) {
		ms_shade(shade, t, level, false);
		buf_printf(ms->out, ".defcolor %s rgb %s\n", shade + 1, shade);
		ms_shade(shade, t, level, true);
		buf_printf(ms->out, ".defcolor %s rgb %s\n", shade + 1, shade);
	}
}

struct set
ms_set_cell(struct ms *ms, const struct table *t, size_t row, size_t column,
    enum font_role role)
{
	struct set s = {.role = role};

	set_inlines(ms, &s, t->cells[row * t->columns + column]);
	return s;
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
			s = ms_set_cell(
			    ms, t, row, i, row > 0 ? FONT_TEXT : FONT_HEADING);
			fits = fits && s.longest * BAR_SIZE < MOST_LABEL;
			if (i == 0)
				b->label = ms_longest(
				    b->label, s.width * BAR_SIZE + 1000);
			else if (row == 0)
				b->heading = ms_longest(
				    b->heading, s.width * BAR_SIZE + 1000);
			else
				b->number = ms_longest(
				    b->number, s.width * BAR_SIZE + 1000);
			set_free(&s);
		}
	if (!fits || columns < 1 || columns > 4)
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
	struct set s = ms_set_cell(ms, t, row, 0, role);
	size_t i;

	ms_shade(shade, t, level, false);
	buf_printf(ms->out, "T{\n.na\n%s\nT}", s.text.data);
	set_free(&s);
	for (i = 1; i < t->columns; i++) {
		buf_char(ms->out, '\t');
		if (row > 0)
			write_bar(ms, b, markdown_number_of(cells[i]),
			    *t->colours[level] != '\0' ? shade + 1 : "bar");
		s = ms_set_cell(ms, t, row, i, role);
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
	ms_define_colours(ms, t);
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
