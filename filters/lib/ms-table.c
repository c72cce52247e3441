#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "ms-private.h"

/*
 * Tables for tbl.  Their columns are as wide as what is in them; what does not
 * fit is wrapped, then set smaller, then on a page turned sideways, and at
 * last in several tables that repeat the first column.
 */

/* How a table may be set: lengths in thousandths of a point. */
static const struct style {
	long size, leading, line;
} upright[] = {{9 * POINT, 13 * POINT, LINE_PORTRAIT},
    {8 * POINT, 11600, LINE_PORTRAIT}, {7 * POINT, 10 * POINT, LINE_PORTRAIT}},
  sideways[] = {{9 * POINT, 13 * POINT, LINE_LANDSCAPE},
      {8 * POINT, 11600, LINE_LANDSCAPE},
      {7 * POINT, 10 * POINT, LINE_LANDSCAPE}};

#define STYLES 3
#define ROOM 11000    /* to sign, thousandths of the size */
#define ROW_LINES 30  /* a row of more is set as several, */
#define PART_LINES 15 /* of this many */

struct column {
	long longest, widest; /* thousandths of the size */
	double squares;	      /* of the widths of its cells, summed */
	long width;	      /* of the column, in units */
};

struct grid {
	struct ms *ms;
	const struct table *table;
	struct set *cells; /* rows * columns */
	struct column *columns;
	const struct style *style;
	size_t first, last; /* columns that are set, besides column 0 */
};

static struct set *
cell_at(const struct grid *g, size_t row, size_t column)
{
	return &g->cells[row * g->table->columns + column];
}

/* What is not wrapped: four Chinese characters; a date, an id, a number. */
static bool
is_short(const struct set *s)
{
	return s->lines == 0 &&
	       (s->width <= 4500 ||
		   (s->width <= 8000 && !s->wide && !s->spaced));
}

static void
measure(struct grid *g)
{
	const struct table *t = g->table;
	struct column *c;
	struct set *s;
	size_t row, i;

	for (row = 0; row < t->rows; row++)
		for (i = 0; i < t->columns; i++) {
			s = cell_at(g, row, i);
			c = &g->columns[i];
			s->role = row == 0 ? FONT_HEADING : FONT_TEXT;
			s->breaks = true;
			set_inlines(g->ms, s, t->cells[row * t->columns + i]);
			if (is_short(s))
				s->longest = s->width;
			if (t->kind == TABLE_SIGNATURES && i > 0 &&
			    s->width < ROOM)
				s->longest = s->width = ROOM;
			if (s->longest > c->longest)
				c->longest = s->longest;
			if (s->width > c->widest)
				c->widest = s->width;
			c->squares += (double)s->width * (double)s->width;
		}
}

/* Thousandths of the size, and some more for what is rounded. */
static long
scaled(const struct grid *g, long width)
{
	return width * g->style->size / 1000 + 200;
}

static bool
is_set(const struct grid *g, size_t column)
{
	return column == 0 || (column >= g->first && column <= g->last);
}

/*
 * The room that a column takes where every column gets a share of the line:
 * at least its longest word, at most its widest cell.
 */
static long
wish(const struct grid *g, const struct column *c, double share)
{
	long least = scaled(g, c->longest), most = scaled(g, c->widest);
	double room = share * sqrt(sqrt(c->squares));

	return room < (double)least  ? least
	       : room > (double)most ? most
				     : (long)room;
}

static long
wish_all(struct grid *g, double share)
{
	long gap = g->style->size; /* two ens */
	/* A box needs an en on both sides, and its lines. */
	long sum = g->table->kind == TABLE_SIGNATURES ? POINT : -gap;
	size_t i;

	for (i = 0; i < g->table->columns; i++)
		if (is_set(g, i)) {
			g->columns[i].width = wish(g, &g->columns[i], share);
			sum += g->columns[i].width + gap;
		}
	return sum;
}

/*
 * Gives the columns their widths; false where they do not fit.  The share is
 * as large as the line allows; it grows with the root of what is typically in
 * a cell, so that narrow columns have what they need before wide ones do.
 */
static bool
fit(struct grid *g)
{
	long line = g->style->line - g->ms->indent;
	double low = 0, high = 1e9, middle;
	int i;

	if (wish_all(g, low) > line)
		return false;
	for (i = 0; i < 60; i++) {
		middle = (low + high) / 2;
		if (wish_all(g, middle) > line)
			high = middle;
		else
			low = middle;
	}
	wish_all(g, low);
	return true;
}

/* The lines of a row, at the widths of the columns. */
static long
row_lines(const struct grid *g, size_t row)
{
	long most = 1, lines;
	const struct set *s;
	size_t i;

	for (i = 0; i < g->table->columns; i++) {
		s = cell_at(g, row, i);
		if (!is_set(g, i) || g->columns[i].width == 0)
			continue;
		lines = (long)s->lines + 1 +
			scaled(g, s->width) * 21 / 20 / g->columns[i].width;
		if (scaled(g, s->width) <= g->columns[i].width)
			lines = (long)s->lines + 1;
		if (lines > most)
			most = lines;
	}
	return most;
}

static double
average_lines(const struct grid *g)
{
	double lines = 0;
	size_t row;

	for (row = 0; row < g->table->rows; row++)
		lines += (double)row_lines(g, row);
	return lines / (double)g->table->rows;
}

/* Takes the first style that the columns fit in; false where none is. */
static bool
choose(struct grid *g, const struct style *styles, size_t n)
{
	size_t i;

	g->first = 1;
	g->last = g->table->columns;
	for (i = 0; i < n; i++) {
		g->style = &styles[i];
		if (fit(g))
			return true;
	}
	return false;
}

static void
write_format(const struct grid *g)
{
	static const char letter[] = {'l', 'l', 'c', 'r'};
	struct buf *out = g->ms->out;
	const char *between = "";
	size_t i;

	for (i = 0; i < g->table->columns; i++)
		if (is_set(g, i)) {
			buf_printf(out, "%s%cw(%ldu)", between,
			    letter[g->table->alignments[i]],
			    g->columns[i].width);
			between = "2 ";
		}
	buf_text(out, ".\n");
}

/* A cell, or a part of one, that may wrap or be as it is. */
static void
write_cell(const struct grid *g, size_t column, const char *text, size_t len,
    bool wraps)
{
	static const char *const adjust[] = {"l", "l", "c", "r"};
	struct buf *out = g->ms->out;

	if (wraps)
		buf_printf(
		    out, "T{\n.ad %s\n", adjust[g->table->alignments[column]]);
	if (g->table->kind == TABLE_SIGNATURES && column == 0)
		buf_text(out, "\\x'-12p'\\x'12p'"); /* room above and below */
	buf_add(out, text, len);
	if (wraps)
		buf_text(out, "\nT}");
}

/*
 * A row.  One of many lines is set as several, each of a part of every cell, so
 * that it can go on on the next page.
 */
static void
write_row(const struct grid *g, size_t row)
{
	const struct table *t = g->table;
	size_t parts = 1, part, i, from, to;
	struct set *s;
	bool wraps;

	if (row_lines(g, row) > ROW_LINES)
		for (i = 0; i < t->columns; i++) {
			s = cell_at(g, row, i);
			if (!is_set(g, i))
				continue;
			buf_clear(&s->text);
			free(s->cuts);
			*s = (struct set){.role = s->role,
			    .breaks = true,
			    .text = s->text,
			    .limit_lines = PART_LINES,
			    .limit = PART_LINES * g->columns[i].width * 1000 /
				     g->style->size};
			set_inlines(g->ms, s, t->cells[row * t->columns + i]);
			if (s->n_cuts + 1 > parts)
				parts = s->n_cuts + 1;
		}
	for (part = 0; part < parts; part++) {
		for (i = 0; i < t->columns; i++) {
			if (!is_set(g, i))
				continue;
			s = cell_at(g, row, i);
			from = part == 0	   ? 0
			       : part <= s->n_cuts ? s->cuts[part - 1]
						   : s->text.len;
			to = part < s->n_cuts ? s->cuts[part] : s->text.len;
			wraps = from < to &&
				(s->lines > 0 || s->n_cuts > 0 ||
				    scaled(g, s->width) > g->columns[i].width);
			if (i > 0)
				buf_char(g->ms->out, '\t');
			write_cell(g, i, s->text.data + from, to - from, wraps);
		}
		buf_char(g->ms->out, '\n');
	}
}

/* The columns that are chosen, as one table. */
static void
write_grid(const struct grid *g)
{
	struct buf *out = g->ms->out;
	bool repeats = g->table->rows > 1 && row_lines(g, 0) < ROW_LINES / 2;
	bool signatures = g->table->kind == TABLE_SIGNATURES;
	size_t row;

	buf_printf(out, ".TABLE %ld %ld\n.TS%s\n%stab(\t) nospaces;\n",
	    g->style->size, g->style->leading, repeats ? " H" : "",
	    signatures ? "allbox " : "");
	write_format(g);
	if (!signatures)
		buf_text(out, ".RULE rule 800\n");
	for (row = 0; row < g->table->rows; row++) {
		write_row(g, row);
		if (!signatures)
			buf_text(out, row + 1 == g->table->rows
					  ? ".RULE rule 800\n"
				      : row == 0 ? ".RULE rule 400\n"
						 : ".RULE faint 300\n");
		if (row == 0 && repeats)
			buf_text(out, ".TH\n");
	}
	buf_text(out, ".TE\n.TABLE-END\n");
}

/* As many columns at a time as fit beside the first; at least one. */
static void
write_in_parts(struct grid *g)
{
	size_t columns = g->table->columns, next;

	for (next = 1; next == 1 || next < columns; next = g->last + 1) {
		g->first = g->last = next;
		while (g->last + 1 < columns) {
			g->last++;
			if (!fit(g)) {
				g->last--;
				break;
			}
		}
		fit(g);
		write_grid(g);
	}
}

static void
open_grid(struct grid *g, struct ms *ms, const struct table *t)
{
	*g = (struct grid){.ms = ms, .table = t};
	g->cells = mem_zero(t->rows * t->columns, sizeof *g->cells);
	g->columns = mem_zero(t->columns, sizeof *g->columns);
	measure(g);
}

static void
close_grid(struct grid *g)
{
	size_t i;

	for (i = 0; i < g->table->rows * g->table->columns; i++)
		set_free(&g->cells[i]);
	free(g->cells);
	free(g->columns);
}

/* Rows of more lines than this on average are rather set sideways ... */
#define MANY_LINES 5.0
/* ... where that leaves this much of them. */
#define FEWER 0.8

static bool
is_wide(struct ms *ms, const struct table *t)
{
	struct grid g;
	double lines;
	bool wide = true;

	open_grid(&g, ms, t);
	if (choose(&g, upright, 2)) {
		lines = average_lines(&g);
		wide = lines > MANY_LINES && choose(&g, sideways, STYLES) &&
		       average_lines(&g) < FEWER * lines;
	}
	close_grid(&g);
	return wide;
}

bool
ms_is_wide(struct ms *ms, const struct table *t)
{
	enum width *width = &ms->widths[t - ms->m->tables];

	if (*width == WIDTH_UNKNOWN)
		*width = t->kind != TABLE_HEATMAP && t->kind != TABLE_BARS &&
				 t->columns >= 5 && is_wide(ms, t)
			     ? WIDTH_SIDEWAYS
			     : WIDTH_UPRIGHT;
	return *width == WIDTH_SIDEWAYS;
}

void
ms_table(struct ms *ms, const struct table *t)
{
	struct grid g;

	open_grid(&g, ms, t);
	if (choose(&g, ms->sideways ? sideways : upright, STYLES))
		write_grid(&g);
	else
		write_in_parts(&g);
	close_grid(&g);
}
