#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "markdown-html.h"
#include "utf8.h"

/* A table as it is shown. */
struct view {
	const struct table *table;
	enum table_kind kind; /* plain where it is not what was asked for */
	double most;	      /* of bars: the greatest number */
};

static const char *const facts[] = {[COVER_ORGANISATION] = "organisation",
    [COVER_DEPARTMENT] = "department",
    [COVER_NUMBER] = "number",
    [COVER_VERSION] = "version",
    [COVER_CLASSIFICATION] = "classification",
    [COVER_DATE] = "date",
    [COVER_FACTS] = "fact"};

/* The cell of a heat map in the colour of its level. */
static void
write_colour(struct buf *b, const char *colour, bool pale)
{
	char shade[8];
	bool white = markdown_shade(shade, colour, pale);

	buf_printf(b, " style=\"background:%s;color:%s\"", shade,
	    white ? "#fff" : "#000");
}

static void
write_heat(struct buf *b, const struct table *t, cmark_node *cell)
{
	char *text = markdown_text(cell);
	struct heat heat;

	markdown_heat(text, &heat);
	buf_printf(b, "<td class=\"%s\"", heat.counted ? "counted" : "none");
	if (*t->colours[heat.level] != '\0')
		write_colour(b, t->colours[heat.level], !heat.counted);
	buf_char(b, '>');
	html_inlines(b, cell, heat.length);
	buf_text(b, "</td>\n");
	free(text);
}

/* The number, and a bar as wide as its part of the greatest. */
static void
write_bar(struct buf *b, const struct view *v, size_t i)
{
	const struct table *t = v->table;
	cmark_node *cell = t->cells[i];
	double value = markdown_number_of(cell);
	const char *colour =
	    t->colours[markdown_level_of(t->cells[i - i % t->columns])];
	long part;

	buf_text(b, "<td><div><span>");
	html_inlines(b, cell, 0);
	buf_text(b, "</span>");
	if (value > 0) {
		part = lround(value / v->most * 10000);
		buf_printf(b,
		    "<svg aria-hidden=\"true\"><rect width=\"%ld.%02ld%%\" "
		    "height=\"100%%\"",
		    part / 100, part % 100);
		if (*colour != '\0')
			buf_printf(b, " style=\"fill:%s\"", colour);
		buf_text(b, "/></svg>");
	}
	buf_text(b, "</div></td>\n");
}

static void
write_cell(struct buf *b, const struct view *v, size_t i)
{
	static const char *const aligned[] = {
	    "", "", " class=\"centre\"", " class=\"right\""};
	const struct table *t = v->table;
	size_t column = i % t->columns;
	const char *class = aligned[t->alignments[column]];
	bool label = column == 0 && v->kind != TABLE_PLAIN &&
		     v->kind != TABLE_SIGNATURES;

	if (!label && i >= t->columns && v->kind == TABLE_HEATMAP) {
		write_heat(b, t, t->cells[i]);
		return;
	}
	if (!label && i >= t->columns && v->kind == TABLE_BARS) {
		write_bar(b, v, i);
		return;
	}
	if (i < t->columns)
		buf_printf(b, "<th scope=\"col\"%s>", class);
	else if (label)
		buf_printf(b, "<th scope=\"row\"%s>", class);
	else
		buf_printf(b, "<td%s>", class);
	html_inlines(b, t->cells[i], 0);
	buf_text(b, i < t->columns || label ? "</th>\n" : "</td>\n");
}

static void
write_row(struct buf *b, const struct view *v, size_t row)
{
	const struct table *t = v->table;
	size_t i = row * t->columns;
	char *label;

	if (v->kind == TABLE_COVER && row > 0) {
		label = markdown_text(t->cells[i]);
		buf_printf(
		    b, "<tr class=\"%s\">\n", facts[markdown_fact(label)]);
		free(label);
	} else {
		buf_text(b, "<tr>\n");
	}
	for (; i < (row + 1) * t->columns; i++)
		write_cell(b, v, i);
	buf_text(b, "</tr>\n");
}

/* How many characters the longest number of bars takes. */
static size_t
longest(const struct table *t)
{
	size_t most = 0, i, n;
	char *text;

	for (i = t->columns; i < t->rows * t->columns; i++) {
		if (i % t->columns == 0)
			continue;
		text = markdown_text(t->cells[i]);
		n = utf8_count(text, strlen(text));
		most = n > most ? n : most;
		free(text);
	}
	return most;
}

void
html_table(struct buf *b, const struct table *t)
{
	static const char *const classes[] = {[TABLE_PLAIN] = "plain",
	    [TABLE_COVER] = "facts",
	    [TABLE_SIGNATURES] = "signatures",
	    [TABLE_HEATMAP] = "heatmap",
	    [TABLE_BARS] = "bars"};
	struct view v = {.table = t};
	size_t row;

	v.kind = markdown_chart(t, &v.most);
	buf_printf(
	    b, "<div class=\"table\">\n<table class=\"%s\"", classes[v.kind]);
	if (v.kind == TABLE_BARS)
		buf_printf(b, " style=\"--digits:%zu\"", longest(t));
	buf_text(b, ">\n<thead>\n");
	write_row(b, &v, 0);
	buf_text(b, "</thead>\n<tbody>\n");
	for (row = 1; row < t->rows; row++)
		write_row(b, &v, row);
	buf_text(b, "</tbody>\n</table>\n</div>\n");
}
