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

static int
level_of(cmark_node *cell)
{
	char *text = markdown_text(cell);
	int level = markdown_level(text);

	free(text);
	return level;
}

/*
 * Reads a number that is not negative, "1,234.5", of 15 digits at most; -1:
 * the text is none.
 */
static double
read_number(const char *text)
{
	double value = 0, unit = 1;
	size_t whole = strspn(text, "0123456789,"), digits = 0, i;

	if (whole == 0)
		return -1;
	for (i = 0; i < whole; i++) {
		if (text[i] == ',') {
			if (digits == 0 ||
			    strspn(text + i + 1, "0123456789") != 3)
				return -1;
			continue;
		}
		value = value * 10 + (text[i] - '0');
		digits++;
	}
	if (text[i] == '.') {
		for (i++; text[i] >= '0' && text[i] <= '9'; i++) {
			value += (unit /= 10) * (text[i] - '0');
			digits++;
		}
		if (text[i - 1] == '.')
			return -1;
	}
	return text[i] == '\0' && digits <= 15 ? value : -1;
}

static double
number_of(cmark_node *cell)
{
	char *text = markdown_text(cell);
	double value = read_number(text);

	free(text);
	return value;
}

/* What a table is shown as, after all its cells. */
static struct view
look_at(const struct table *t)
{
	struct view v = {t, t->kind, 0}, plain = {t, TABLE_PLAIN, 0};
	size_t i;
	double value;

	if (t->kind != TABLE_HEATMAP && t->kind != TABLE_BARS)
		return v;
	if (t->columns < 2 || t->rows < 2)
		return plain;
	for (i = t->columns; i < t->rows * t->columns; i++) {
		if (i % t->columns == 0)
			continue;
		if (t->kind == TABLE_HEATMAP) {
			if (level_of(t->cells[i]) == 0)
				return plain;
			continue;
		}
		value = number_of(t->cells[i]);
		if (value < 0)
			return plain;
		v.most = fmax(v.most, value);
	}
	return v;
}

/* The relative luminance of a colour, 0 to 1, as WCAG 2 defines it. */
static double
luminance(const int rgb[3])
{
	static const double weights[] = {0.2126, 0.7152, 0.0722};
	double sum = 0, c;
	int i;

	for (i = 0; i < 3; i++) {
		c = rgb[i] / 255.0;
		c = c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4);
		sum += weights[i] * c;
	}
	return sum;
}

/*
 * The cell of a heat map in the colour of its level, paler where no risk is
 * counted, with black or white text, whichever contrasts more: 4.5 to 1 at
 * least, whatever the colour.
 */
static void
write_colour(struct buf *b, const char *colour, bool pale)
{
	long hex = strtol(colour + 1, NULL, 16);
	int rgb[] = {hex >> 16 & 255, hex >> 8 & 255, hex & 255}, i;
	double light;

	for (i = 0; pale && i < 3; i++)
		rgb[i] += (255 - rgb[i]) * 3 / 5;
	light = luminance(rgb);
	buf_printf(b, " style=\"background:#%02x%02x%02x;color:%s\"",
	    (unsigned)rgb[0], (unsigned)rgb[1], (unsigned)rgb[2],
	    (light + 0.05) / 0.05 >= 1.05 / (light + 0.05) ? "#000" : "#fff");
}

static void
write_heat(struct buf *b, const struct table *t, cmark_node *cell)
{
	char *text = markdown_text(cell);
	const char *colour = t->colours[markdown_level(text)];
	bool counted = text[1] != '\0';

	buf_printf(b, "<td class=\"%s\"", counted ? "counted" : "none");
	if (*colour != '\0')
		write_colour(b, colour, !counted);
	buf_char(b, '>');
	html_inlines(b, cell, true);
	buf_text(b, "</td>\n");
	free(text);
}

/* The number, and a bar as wide as its part of the greatest. */
static void
write_bar(struct buf *b, const struct view *v, size_t i)
{
	const struct table *t = v->table;
	cmark_node *cell = t->cells[i];
	double value = number_of(cell);
	const char *colour = t->colours[level_of(t->cells[i - i % t->columns])];
	long part;

	buf_text(b, "<td><div><span>");
	html_inlines(b, cell, false);
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
	html_inlines(b, t->cells[i], false);
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
	struct view v = look_at(t);
	size_t row;

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
