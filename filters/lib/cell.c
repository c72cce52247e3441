#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "day.h"
#include "object.h"
#include "utf8.h"

/* White space that may stand around the text of a cell. */
static const struct {
	const char *text;
	size_t len;
} spaces[] = {{" ", 1}, {"\t", 1}, {"\r", 1}, {"\n", 1}, {"\v", 1}, {"\f", 1},
    {"\xc2\xa0", 2}, {"\xe3\x80\x80", 3}};

#define N_SPACES (sizeof spaces / sizeof spaces[0])

/* Length of the white space that text begins with; that it ends with. */
static size_t
space_at(const char *text, size_t len)
{
	size_t i;

	for (i = 0; i < N_SPACES && len > 0; i++)
		if (*text == *spaces[i].text && len >= spaces[i].len &&
		    memcmp(text, spaces[i].text, spaces[i].len) == 0)
			return spaces[i].len;
	return 0;
}

static size_t
space_before(const char *text, size_t len)
{
	size_t i, n;

	for (i = 0; i < N_SPACES && len > 0; i++) {
		n = spaces[i].len;
		if (text[len - 1] == spaces[i].text[n - 1] && len >= n &&
		    memcmp(text + len - n, spaces[i].text, n) == 0)
			return n;
	}
	return 0;
}

char *
cell_trim(const char *text, size_t len)
{
	size_t n;

	while ((n = space_at(text, len)) > 0) {
		text += n;
		len -= n;
	}
	while ((n = space_before(text, len)) > 0)
		len -= n;
	return mem_text(text, len);
}

void
cell_narrow(struct buf *b, const char *text)
{
	size_t rest = strlen(text), len;
	uint32_t c;

	buf_add(b, "", 0);
	for (; (len = utf8_decode(text, rest, &c)) > 0; text += len) {
		rest -= len;
		if (c >= 0xff01 && c <= 0xff5e)
			buf_char(b, (char)(c - 0xfee0));
		else
			buf_add(b, text, len);
	}
}

/* Whether text is a number as JSON writes it (RFC 8259, section 6). */
static bool
is_number(const char *s)
{
	static const char digits[] = "0123456789";
	size_t n;

	s += *s == '-';
	n = strspn(s, digits);
	if (n == 0 || (n > 1 && *s == '0'))
		return false;
	s += n;
	if (*s == '.') {
		n = strspn(++s, digits);
		if (n == 0)
			return false;
		s += n;
	}
	if (*s == 'e' || *s == 'E') {
		s++;
		s += *s == '+' || *s == '-';
		n = strspn(s, digits);
		if (n == 0)
			return false;
		s += n;
	}
	return *s == '\0';
}

/* A number of at most two (the year: four) digits; -1 where there is none. */
static int
take_number(const char **s, size_t most)
{
	size_t n = strspn(*s, "0123456789");
	int value;

	if (n == 0 || n > most)
		return -1;
	value = atoi(*s);
	*s += n;
	return value;
}

static bool
take_one_of(const char **s, const char *const *separators)
{
	size_t n;

	for (; *separators != NULL; separators++) {
		n = strlen(*separators);
		if (strncmp(*s, *separators, n) == 0) {
			*s += n;
			return true;
		}
	}
	return false;
}

/* A day that is counted: spreadsheets keep it as days since 1899-12-30. */
#define SERIAL_OF_1970 25569

/* 20000 is in 1954, 80000 in 2119: a number outside is no serial day. */
static bool
is_serial(const char *s, double *serial)
{
	if (!is_number(s))
		return false;
	*serial = strtod(s, NULL);
	return *serial >= 20000 && *serial < 80000;
}

/*
 * Y-M-D, Y/M/D, Y.M.D, Y年M月D日 or YYYYMMDD at *s, to b as YYYY-MM-DD. Whether
 * there is such a day in the calendar is schema_check()'s to say.
 */
static bool
take_day(const char **s, struct buf *b)
{
	static const char *const first[] = {"-", "/", ".", "年", NULL};
	static const char *const second[] = {"-", "/", ".", "月", NULL};
	static const char *const last[] = {"日", NULL};
	int y, m, d;

	if (strspn(*s, "0123456789") == 8) {
		buf_printf(b, "%.4s-%.2s-%.2s", *s, *s + 4, *s + 6);
		*s += 8;
		return true;
	}
	if (strspn(*s, "0123456789") != 4)
		return false;
	y = take_number(s, 4);
	if (!take_one_of(s, first) || (m = take_number(s, 2)) < 0 ||
	    !take_one_of(s, second) || (d = take_number(s, 2)) < 0)
		return false;
	take_one_of(s, last);
	buf_printf(b, "%04d-%02d-%02d", y, m, d);
	return true;
}

static bool
read_day(const char *s, struct buf *b)
{
	double serial;

	if (is_serial(s, &serial) && serial == (double)(long)serial) {
		day_write(b, (long)serial - SERIAL_OF_1970);
		return true;
	}
	return take_day(&s, b) && *s == '\0';
}

static bool
read_moment(const char *s, struct buf *b)
{
	double serial;
	long seconds;
	int h, m, sec;

	if (is_serial(s, &serial)) {
		seconds = (long)((serial - (double)(long)serial) * 86400 + 0.5);
		day_write(b, (long)serial - SERIAL_OF_1970 + seconds / 86400);
		seconds %= 86400;
		buf_printf(
		    b, "T%02ld:%02ld", seconds / 3600, seconds / 60 % 60);
		if (seconds % 60 > 0)
			buf_printf(b, ":%02ld", seconds % 60);
		return true;
	}
	if (!take_day(&s, b))
		return false;
	if (*s == 'T')
		s++;
	else
		s += strspn(s, " ");
	if ((h = take_number(&s, 2)) < 0 || *s++ != ':' ||
	    (m = take_number(&s, 2)) < 0)
		return false;
	buf_printf(b, "T%02d:%02d", h, m);
	if (*s == ':') {
		s++;
		if ((sec = take_number(&s, 2)) < 0)
			return false;
		buf_printf(b, ":%02d", sec);
	}
	return *s == '\0';
}

/*
 * The value of an enumeration that a text names, brackets around it apart:
 * "[高]".
 */
static const char *
value_of(const struct value_rule *rule, const char *text)
{
	static const char *const open[] = {"[", "【", "(", "（", "［", "<"};
	static const char *const close[] = {"]", "】", ")", "）", "］", ">"};
	const char *value = schema_value(rule, text);
	size_t len = strlen(text), i, n, m;
	char *inner;

	for (i = 0; value == NULL && i < sizeof open / sizeof open[0]; i++) {
		n = strlen(open[i]);
		m = strlen(close[i]);
		if (len <= n + m || strncmp(text, open[i], n) != 0 ||
		    strcmp(text + len - m, close[i]) != 0)
			continue;
		inner = cell_trim(text + n, len - n - m);
		value = schema_value(rule, inner);
		free(inner);
	}
	return value;
}

static void
write_string(struct buf *b, const struct value_rule *rule, const char *text)
{
	const char *value = rule->values != NULL ? value_of(rule, text) : NULL;
	struct buf moment = {0}, narrow = {0};

	if (rule->is_date || rule->is_moment) {
		cell_narrow(&narrow, text);
		if (rule->is_date ? read_day(narrow.data, &moment)
				  : read_moment(narrow.data, &moment))
			value = moment.data;
	}
	if (value == NULL)
		value = text;
	obj_quote(b, value, strlen(value));
	buf_free(&moment);
	buf_free(&narrow);
}

/*
 * Length of the separator of list items that text begins with, or 0.  A comma
 * is one among ids and names of values, not in free text.
 */
static size_t
separator_at(const struct value_rule *rule, const char *text)
{
	static const char *const wide[] = {"；", "、", "，"};
	bool by_comma = rule->pattern != NULL || rule->values != NULL;
	size_t i;

	if (*text == '\n')
		return 1;
	if (rule->kind == OBJECT)
		return 0;
	if (*text == ';' || (*text == ',' && by_comma))
		return 1;
	for (i = 0; i < (by_comma ? 3 : 2); i++)
		if (strncmp(text, wide[i], 3) == 0)
			return 3;
	return 0;
}

/*
 * Where the item that begins at text ends.  The name of a value may hold a
 * separator itself (破坏硬件、软件和数据): the longest name that fits is one
 * item.
 */
static const char *
item_end(const struct value_rule *rule, const char *text)
{
	const char *end, *first = NULL, *longest = NULL;
	const size_t most = 200; /* bytes: no name of a value is longer */
	char *item;

	for (end = text;; end++) {
		if (first != NULL && (size_t)(end - text) > most)
			break;
		if (*end != '\0' && separator_at(rule, end) == 0)
			continue;
		if (first == NULL)
			first = end;
		if (rule->values == NULL)
			break;
		item = cell_trim(text, (size_t)(end - text));
		if (schema_value(rule, item) != NULL)
			longest = end;
		free(item);
		if (*end == '\0' || strncmp(end, "、", 3) != 0)
			break;
	}
	return longest != NULL ? longest : first;
}

/* An object from its members in order, separated by |; empty ones absent. */
static void
write_object(struct buf *b, const struct value_rule *rule, const char *text)
{
	const char *end;
	char *member;
	size_t i;
	bool first = true;

	buf_char(b, '{');
	for (i = 0; i < rule->n_fields && text != NULL; i++) {
		end = strchr(text, '|');
		if (end != NULL && i + 1 == rule->n_fields)
			end = NULL; /* the last takes all that is left */
		member = cell_trim(
		    text, end != NULL ? (size_t)(end - text) : strlen(text));
		if (*member != '\0') {
			if (!first)
				buf_char(b, ',');
			first = false;
			obj_quote(b, rule->fields[i].name,
			    strlen(rule->fields[i].name));
			buf_char(b, ':');
			cell_write(b, &rule->fields[i].rule, member);
		}
		free(member);
		text = end != NULL ? end + 1 : NULL;
	}
	buf_char(b, '}');
}

static void
write_list(struct buf *b, const struct value_rule *rule, const char *text)
{
	const char *end;
	char *item;
	bool first = true;

	buf_char(b, '[');
	for (;;) {
		end = item_end(rule, text);
		item = cell_trim(text, (size_t)(end - text));
		if (*item != '\0') {
			if (!first)
				buf_char(b, ',');
			first = false;
			cell_write(b, rule, item);
		}
		free(item);
		if (*end == '\0')
			break;
		text = end + separator_at(rule, end);
	}
	buf_char(b, ']');
}

/*
 * A number, its digits and signs perhaps in their full-width forms.  One beyond
 * what any program reads exactly stays text.
 */
static void
write_number(struct buf *b, const char *text)
{
	struct buf narrow = {0};

	cell_narrow(&narrow, text);
	if (is_number(narrow.data) && fabs(strtod(narrow.data, NULL)) < 1e18)
		buf_text(b, narrow.data);
	else
		obj_quote(b, text, strlen(text));
	buf_free(&narrow);
}

void
cell_write(struct buf *b, const struct value_rule *rule, const char *text)
{
	const char *value;

	switch (rule->kind) {
	case INTEGER:
	case NUMBER:
		write_number(b, text);
		break;
	case BOOLEAN:
		value = schema_value(rule, text);
		if (value != NULL)
			buf_text(b, value);
		else
			obj_quote(b, text, strlen(text));
		break;
	case ARRAY:
		write_list(b, rule->items, text);
		break;
	case OBJECT:
		write_object(b, rule, text);
		break;
	case STRING:
		write_string(b, rule, text);
		break;
	}
}
