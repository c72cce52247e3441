#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cell.h"

/* Levels in words, the lowest first; they say no more than one of five. */
static const char *const words[][9] = {
    {"很低", "极低", "非常低", "very low", "VL"},
    {"低", "较低", "low", "L"},
    {"中", "中等", "medium", "moderate", "M"},
    {"高", "较高", "high", "H"},
    {"很高", "极高", "非常高", "very high", "VH"},
};

/* Numbers of levels; the Chinese one only before 级: 三 may be anything. */
static const char *const numerals[][9] = {
    {"1", "2", "3", "4", "5", "6", "7", "8", "9"},
    {"Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ", "Ⅴ", "Ⅵ", "Ⅶ", "Ⅷ", "Ⅸ"},
    {"一", "二", "三", "四", "五", "六", "七", "八", "九"},
};

static int
level_by_number(const char *text)
{
	static const char grade[] = "级";
	size_t len = strlen(text), end = strlen(grade), i;
	bool graded = len > end && strcmp(text + len - end, grade) == 0;
	const char *numeral;
	int k;

	if (graded)
		len -= end;
	for (i = 0; i < (graded ? 3 : 2); i++)
		for (k = 0; k < 9; k++) {
			numeral = numerals[i][k];
			if (strlen(numeral) == len &&
			    memcmp(text, numeral, len) == 0)
				return k + 1;
		}
	return 0;
}

/* The level that text says, or 0. */
static int
level_of(const struct field *f, const char *text)
{
	struct buf narrow = {0};
	size_t i;
	int level, k;

	cell_narrow(&narrow, text);
	level = level_by_number(narrow.data);
	buf_free(&narrow);
	/* 9 where the method is not known: see schema_limit(). */
	if (level > 0 || (f->rule.maximum != 5 && f->rule.maximum != 9))
		return level;
	for (i = 0; i < sizeof words / sizeof words[0]; i++)
		for (k = 0; words[i][k] != NULL; k++)
			if (schema_same_name(words[i][k], text))
				return (int)i + 1;
	return 0;
}

/* The unit that a title ends with in parentheses; its length, or 0. */
static size_t
unit_of(const char *title, const char **unit)
{
	const char *open = strrchr(title, '(');
	size_t len = open != NULL ? strlen(open) : 0;

	if (len < 3 || open[len - 1] != ')')
		return 0;
	*unit = open + 1;
	return len - 2;
}

/* Length of text without the unit of the field behind it. */
static size_t
without_unit(const struct field *f, const char *text)
{
	size_t len = strlen(text), n;
	const char **title, *unit;
	int lang;

	for (lang = ZH; lang <= EN; lang++)
		for (title = f->titles.of[lang]; *title != NULL; title++) {
			n = unit_of(*title, &unit);
			if (n > 0 && len > n &&
			    strncasecmp(text + len - n, unit, n) == 0)
				return len - n;
		}
	return len;
}

static void
write_measure(struct buf *b, const struct field *f, const char *text)
{
	struct buf narrow = {0};
	char *number;

	cell_narrow(&narrow, text);
	number = cell_trim(narrow.data, without_unit(f, narrow.data));
	/* What is no number then is to be refused as it stands. */
	if (strspn(number, "0123456789.") == strlen(number))
		cell_write(b, &f->rule, number);
	else
		cell_write(b, &f->rule, text);
	free(number);
	buf_free(&narrow);
}

void
cell_field(struct buf *b, const struct field *f, const char *text)
{
	int level = f->scale != NULL ? level_of(f, text) : 0;

	if (level > 0)
		buf_integer(b, level);
	else if (f->rule.kind == NUMBER)
		write_measure(b, f, text);
	else
		cell_write(b, &f->rule, text);
}

bool
cell_is_level(const struct field *f, const char *text)
{
	struct buf value = {0};
	char *end;
	long level;
	bool is;

	cell_field(&value, f, text);
	level = strtol(value.data, &end, 10);
	is = end > value.data && *end == '\0' && level >= 1 &&
	     (double)level <= f->rule.maximum;
	buf_free(&value);
	return is;
}
