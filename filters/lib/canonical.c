#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "canonical.h"
#include "object.h"

static void write_json(struct buf *, const json_t *);

static void
write_string(struct buf *b, const char *s, size_t len)
{
	static const char letters[] = "btnvfr"; /* of 8 to 13 */
	unsigned char c;
	size_t i;

	if (obj_plain(s, len) == len) {
		obj_quote(b, s, len);
		return;
	}
	buf_char(b, '"');
	for (i = 0; i < len; i++) {
		c = (unsigned char)s[i];
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else if (c >= 8 && c <= 13 && c != 11)
			buf_printf(b, "\\%c", letters[c - 8]);
		else if (c < 0x20)
			buf_printf(b, "\\u%04x", c);
		else
			buf_char(b, (char)c);
	}
	buf_char(b, '"');
}

static void
write_real(struct buf *b, double number)
{
	char digits[32];
	int precision = 1;

	if (number == rint(number)) {
		buf_printf(b, "%.0f", number == 0 ? 0.0 : number);
		return;
	}
	do
		snprintf(digits, sizeof digits, "%.*g", precision, number);
	while (strtod(digits, NULL) != number && ++precision <= 17);
	buf_text(b, digits);
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void
write_object(struct buf *b, json_t *object)
{
	size_t n = json_object_size(object), i = 0;
	const char **keys = mem_alloc((n + 1) * sizeof *keys), *key;
	json_t *value;

	json_object_foreach (object, key, value)
		keys[i++] = key;
	qsort(keys, n, sizeof *keys, compare);
	buf_char(b, '{');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_char(b, ',');
		write_string(b, keys[i], strlen(keys[i]));
		buf_char(b, ':');
		write_json(b, json_object_get(object, keys[i]));
	}
	buf_char(b, '}');
	free(keys);
}

static void
write_array(struct buf *b, const json_t *array)
{
	const json_t *item;
	size_t i;

	buf_char(b, '[');
	json_array_foreach (array, i, item) {
		if (i > 0)
			buf_char(b, ',');
		write_json(b, item);
	}
	buf_char(b, ']');
}

static void
write_json(struct buf *b, const json_t *value)
{
	switch (json_typeof(value)) {
	case JSON_OBJECT:
		write_object(b, (json_t *)value);
		break;
	case JSON_ARRAY:
		write_array(b, value);
		break;
	case JSON_STRING:
		write_string(
		    b, json_string_value(value), json_string_length(value));
		break;
	case JSON_INTEGER:
		buf_printf(
		    b, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
		break;
	case JSON_REAL:
		write_real(b, json_real_value(value));
		break;
	case JSON_TRUE:
		buf_text(b, "true");
		break;
	case JSON_FALSE:
		buf_text(b, "false");
		break;
	case JSON_NULL:
		buf_text(b, "null");
		break;
	}
}

static void
write_list(struct buf *b, const struct span *items, size_t n)
{
	size_t i;

	buf_char(b, '[');
	for (i = 0; i < n; i++) {
		if (i > 0)
			buf_char(b, ',');
		write_string(b, items[i].text, items[i].len);
	}
	buf_char(b, ']');
}

static void
write_value(struct buf *b, const struct value *v)
{
	if (v->json != NULL)
		write_json(b, v->json);
	else if (v->kind == VALUE_STRING)
		write_string(b, v->text, v->len);
	else if (v->kind == VALUE_LIST)
		write_list(b, v->items, v->len);
	else if (v->kind != VALUE_NUMBER)
		buf_text(b, v->kind == VALUE_TRUE    ? "true"
			    : v->kind == VALUE_FALSE ? "false"
						     : "null");
	else if (memchr(v->text, '.', v->len) != NULL)
		write_real(b, v->number);
	else
		buf_add(b, v->text, v->len);
}

static bool
is_one_of(const char *name, const char *const *names)
{
	while (*names != NULL && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

static int
compare_members(const void *a, const void *b)
{
	return strcmp((*(const struct member *const *)a)->name,
	    (*(const struct member *const *)b)->name);
}

void
canonical_write(
    struct buf *b, const struct record *r, const char *const *without)
{
	const struct members *m = rec_members(r);
	const struct member **sorted = mem_alloc((m->n + 1) * sizeof *sorted);
	size_t i, n = 0;

	for (i = 0; i < m->n; i++)
		if (!is_one_of(m->of[i].name, without))
			sorted[n++] = &m->of[i];
	qsort(sorted, n, sizeof *sorted, compare_members);
	for (i = 0; i < n; i++) {
		buf_char(b, i > 0 ? ',' : '{');
		write_string(b, sorted[i]->name, sorted[i]->len);
		buf_char(b, ':');
		write_value(b, &sorted[i]->value);
	}
	buf_text(b, n > 0 ? "}" : "{}");
	free(sorted);
}
