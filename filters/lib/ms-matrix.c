#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ms-private.h"

/* Sizes in points, at 100 percent. */
#define MATRIX_SIZE 9
#define LEVEL_SIZE 13
#define COUNT_SIZE 10
#define CELL_HEIGHT 30L
#define MOST_CELL 72L
#define LEAST_PERCENT 60

struct matrix {
	long label,
	    cell;     /* widths of the first column and the others, points */
	long head;    /* height of the first row */
	long percent; /* of the sizes */
	bool split;   /* headings, "9（很低）", stand in two lines */
};

/* Where the second line of a heading begins: its bracket, or its end. */
static size_t
second_line(const char *text)
{
	const char *at = strstr(text, "（");

	if (at == NULL)
		at = strchr(text, '(');
	return at != NULL ? (size_t)(at - text) : strlen(text);
}

/* Two texts in a cell, how wide each is in thousandths of its size. */
static void
set_two(struct ms *ms, cmark_node *cell, const char *text, size_t cut,
    long width[2])
{
	char *first = mem_text(text, cut);
	struct set sets[2] = {{.role = FONT_HEADING}, {.role = FONT_TEXT}};
	int i;

	set_text(ms, &sets[0], first, cell);
	set_text(ms, &sets[1], text + cut, cell);
	for (i = 0; i < 2; i++) {
		width[i] = sets[i].width;
		set_free(&sets[i]);
	}
	free(first);
}

/* How wide a cell of the matrix is, in thousandths of a point. */
static long
cell_width(
    struct ms *ms, const struct matrix *m, cmark_node *cell, bool heading)
{
	char *text = markdown_text(cell);
	struct heat heat;
	long two[2], wide;

	if (heading) {
		set_two(ms, cell, text,
		    m->split ? second_line(text) : strlen(text), two);
		wide = ms_longest(two[0], two[1]) * MATRIX_SIZE;
	} else {
		markdown_heat(text, &heat);
		set_two(ms, cell, text, heat.length, two);
		wide = two[0] * LEVEL_SIZE + two[1] * COUNT_SIZE;
	}
	free(text);
	return wide;
}

/* Whether the matrix fits with sizes of so many percent. */
static bool
fit_matrix(struct ms *ms, const struct table *t, struct matrix *m)
{
	long line = (LINE_PORTRAIT - ms->indent) / POINT, room, wide;
	size_t row, i;
	struct set s;

	m->label = 0;
	m->cell = 0;
	if (t->columns < 2)
		return false;
	for (row = 0; row < t->rows; row++) {
		s = ms_set_cell(ms, t, row, 0, FONT_HEADING);
		wide = s.width * MATRIX_SIZE * m->percent / 100 / 1000 + 10;
		m->label = ms_longest(m->label, wide);
		set_free(&s);
		for (i = 1; i < t->columns; i++) {
			wide = cell_width(
			    ms, m, t->cells[row * t->columns + i], row == 0);
			wide = wide * m->percent / 100 / 1000 + 8;
			m->cell = ms_longest(m->cell, wide);
		}
	}
	room = (line - m->label) / (long)(t->columns - 1);
	if (m->cell > room)
		return false;
	if (m->cell < MOST_CELL)
		m->cell = room < MOST_CELL ? room : MOST_CELL;
	return true;
}

/* Whether the matrix fits on a page, if need be in smaller type. */
static bool
measure_matrix(struct ms *ms, const struct table *t, struct matrix *m)
{
	bool fits;

	*m = (struct matrix){.head = 20, .percent = 100};
	fits = fit_matrix(ms, t, m);
	if (!fits) {
		m->split = true;
		m->head = 32;
		for (; !fits && m->percent >= LEAST_PERCENT; m->percent -= 5)
			fits = fit_matrix(ms, t, m);
		m->percent += fits ? 5 : 0;
	}
	return fits && m->head + CELL_HEIGHT * (long)(t->rows - 1) < 600;
}

static void
write_at(struct ms *ms, long x, long y, const char *text)
{
	buf_printf(ms->out, "\"%s\" at (%ld,%ld)\n", text, x, y);
}

/* A change of the size of type, by the percent of the matrix. */
static const char *
size_of(char text[32], const struct matrix *m, long size)
{
	snprintf(text, 32, "\\s[%ld.%ld]", size * m->percent / 100,
	    size * m->percent / 10 % 10);
	return text;
}

/* Text in the size of labels; the first of two lines lies higher. */
static void
write_label(
    struct ms *ms, const struct matrix *m, const struct set *s, long x, long y)
{
	char size[32];

	buf_printf(ms->out, "\"%s%s\\s0\" at (%ld,%ld)\n",
	    size_of(size, m, MATRIX_SIZE), s->text.data, x, y);
}

/* A heading above a column, in two lines where there is no room for one. */
static void
write_heading(
    struct ms *ms, const struct matrix *m, cmark_node *cell, long x, long y)
{
	char *text = markdown_text(cell), *first;
	size_t cut = second_line(text);
	struct set lines[2] = {{.role = FONT_TEXT}, {.role = FONT_TEXT}};

	first = mem_text(text, cut);
	set_text(ms, &lines[0], first, cell);
	set_text(ms, &lines[1], text + cut, cell);
	write_label(ms, m, &lines[0], x, y + 6);
	if (text[cut] != '\0')
		write_label(ms, m, &lines[1], x, y - 6);
	set_free(&lines[0]);
	set_free(&lines[1]);
	free(first);
	free(text);
}

/* A level in its colour, and how many are there. */
static void
write_level(struct ms *ms, const struct table *t, size_t row, size_t column,
    long x, long y, const struct matrix *m)
{
	cmark_node *where = t->cells[row * t->columns + column];
	char *text = markdown_text(where);
	struct set level = {.role = FONT_HEADING}, count = {.role = FONT_TEXT};
	char shade[8], *first, size[2][32];
	struct heat heat;
	bool white;
	struct buf b = {0};

	markdown_heat(text, &heat);
	if (heat.level > 0)
		white = ms_shade(shade, t, heat.level, !heat.counted);
	else
		white = markdown_shade(shade, MS_NOTHING, false);
	first = mem_text(text, heat.length);

	buf_printf(ms->out,
	    "box wid %ld ht %ld at (%ld,%ld) shaded \"%s\" "
	    "outlined \"rule\"\n",
	    m->cell, CELL_HEIGHT, x, y, shade + 1);
	set_text(ms, &level, first, where);
	set_text(ms, &count, text + heat.length, where);
	if (text[heat.length] == ' ')
		buf_char(&level.text, ' ');
	buf_printf(&b, "\\m[%s]%s%s%s%s\\s0\\m[]", white ? "white" : "black",
	    size_of(size[0], m, heat.counted ? LEVEL_SIZE : MATRIX_SIZE),
	    level.text.data, size_of(size[1], m, COUNT_SIZE), count.text.data);
	write_at(ms, x, y, b.data);
	buf_free(&b);
	set_free(&level);
	set_free(&count);
	free(first);
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
	ms_define_colours(ms, t);
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
			if (row == 0 && i > 0 && m.split) {
				write_heading(ms, &m, t->cells[i], x, y);
				continue;
			}
			s = ms_set_cell(ms, t, row, i,
			    row > 0 || i > 0 ? FONT_TEXT : FONT_HEADING);
			write_label(ms, &m, &s, x, y);
			set_free(&s);
		}
	}
	buf_text(ms->out, ".PE\n.CHART-END\n");
	return true;
}
