#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "markdown-private.h"

/* What print and screen both must know of a table that is drawn. */

int
markdown_level(const char *text)
{
	return text[0] >= '1' && text[0] <= '9' &&
		       !(text[1] >= '0' && text[1] <= '9')
		   ? text[0] - '0'
		   : 0;
}

int
markdown_level_of(cmark_node *cell)
{
	char *text = markdown_text(cell);
	int level = markdown_level(text);

	free(text);
	return level;
}

bool
markdown_heat(const char *text, struct heat *h)
{
	static const char *const to[] = {"～", "–", "-"};
	size_t i, n;

	*h = (struct heat){markdown_level(text), 1, false};
	if (strncmp(text, "—", strlen("—")) == 0)
		h->length = strlen("—");
	else if (h->level == 0)
		return false;
	for (i = 0; h->level > 0 && i < sizeof to / sizeof to[0]; i++) {
		n = strlen(to[i]);
		if (strncmp(text + 1, to[i], n) == 0 &&
		    markdown_level(text + 1 + n) > 0) {
			h->level = markdown_level(text + 1 + n);
			h->length = n + 2;
			break;
		}
	}
	h->counted = text[h->length] != '\0';
	return true;
}

static bool
is_heat(cmark_node *cell)
{
	char *text = markdown_text(cell);
	struct heat heat;
	bool is = markdown_heat(text, &heat);

	free(text);
	return is;
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

double
markdown_number_of(cmark_node *cell)
{
	char *text = markdown_text(cell);
	double value = read_number(text);

	free(text);
	return value;
}

enum table_kind
markdown_chart(const struct table *t, double *most)
{
	double value;
	size_t i;

	*most = 0;
	if (t->kind != TABLE_HEATMAP && t->kind != TABLE_BARS)
		return t->kind;
	if (t->columns < 2 || t->rows < 2)
		return TABLE_PLAIN;
	for (i = t->columns; i < t->rows * t->columns; i++) {
		if (i % t->columns == 0)
			continue;
		if (t->kind == TABLE_HEATMAP) {
			if (!is_heat(t->cells[i]))
				return TABLE_PLAIN;
			continue;
		}
		value = markdown_number_of(t->cells[i]);
		if (value < 0)
			return TABLE_PLAIN;
		*most = fmax(*most, value);
	}
	return t->kind;
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

bool
markdown_shade(char shade[8], const char *colour, bool pale)
{
	long hex = strtol(colour + 1, NULL, 16);
	int rgb[] = {hex >> 16 & 255, hex >> 8 & 255, hex & 255}, i;
	double light;

	for (i = 0; pale && i < 3; i++)
		rgb[i] += (255 - rgb[i]) * 3 / 5;
	snprintf(shade, 8, "#%02x%02x%02x", (unsigned)rgb[0] & 255,
	    (unsigned)rgb[1] & 255, (unsigned)rgb[2] & 255);
	light = luminance(rgb);
	return (light + 0.05) / 0.05 < 1.05 / (light + 0.05);
}
