#include <err.h>
#include <jansson.h>
#include <string.h>

#include "object.h"
#include "status.h"
#include "value.h"

struct value
value_of_json(const json_t *json)
{
	struct value v = {.json = json};

	if (json == NULL)
		return v;
	switch (json_typeof(json)) {
	case JSON_OBJECT:
		v.kind = VALUE_OBJECT;
		break;
	case JSON_ARRAY:
		v.kind = VALUE_LIST;
		v.len = json_array_size(json);
		break;
	case JSON_STRING:
		v.kind = VALUE_STRING;
		v.text = json_string_value(json);
		v.len = json_string_length(json);
		break;
	case JSON_INTEGER:
	case JSON_REAL:
		v.kind = VALUE_NUMBER;
		v.number = json_number_value(json);
		break;
	case JSON_TRUE:
		v.kind = VALUE_TRUE;
		break;
	case JSON_FALSE:
		v.kind = VALUE_FALSE;
		break;
	case JSON_NULL:
		v.kind = VALUE_NULL;
		break;
	}
	return v;
}

struct value
value_item(const struct value *list, size_t i)
{
	struct value item = {.kind = VALUE_NONE};

	if (list->json != NULL)
		return value_of_json(json_array_get(list->json, i));
	if (list->kind == VALUE_LIST && i < list->len) {
		item.kind = VALUE_STRING;
		item.text = list->items[i].text;
		item.len = list->items[i].len;
	}
	return item;
}

struct value
value_member(const struct value *object, const char *name)
{
	return value_of_json(json_object_get(object->json, name));
}

bool
value_same(const struct value *a, const struct value *b)
{
	if (a->kind == VALUE_STRING && b->kind == VALUE_STRING)
		return a->len == b->len &&
		       memcmp(a->text, b->text, a->len) == 0;
	return a->kind == VALUE_NUMBER && b->kind == VALUE_NUMBER &&
	       a->number == b->number;
}

static bool
is_whole(const struct value *number)
{
	return memchr(number->text, '.', number->len) == NULL;
}

/* A list that the line was found to have, not jansson. */
static json_t *
list_of_strings(const struct value *v)
{
	json_t *list = json_array();
	size_t i;

	for (i = 0; i < v->len; i++)
		json_array_append_new(
		    list, json_stringn(v->items[i].text, v->items[i].len));
	return list;
}

json_t *
value_json(const struct value *v)
{
	if (v->json != NULL)
		return json_incref((json_t *)v->json);
	switch (v->kind) {
	case VALUE_FALSE:
		return json_false();
	case VALUE_TRUE:
		return json_true();
	case VALUE_NUMBER:
		return is_whole(v) ? json_integer((json_int_t)v->number)
				   : json_real(v->number);
	case VALUE_STRING:
		return json_stringn(v->text, v->len);
	case VALUE_LIST:
		return list_of_strings(v);
	case VALUE_NONE:
	case VALUE_NULL:
	case VALUE_OBJECT:
		break;
	}
	return json_null();
}

static int
append(const char *bytes, size_t n, void *to)
{
	buf_add(to, bytes, n);
	return 0;
}

/* Whether what stands in the line is what jansson would write. */
static bool
is_as_written(const struct value *v)
{
	if (v->json != NULL || v->text == NULL)
		return false;
	if (v->kind == VALUE_STRING)
		return obj_plain(v->text, v->len) == v->len;
	return is_whole(v);
}

void
value_write(struct buf *b, const struct value *v)
{
	json_t *json;

	if (is_as_written(v)) {
		if (v->kind == VALUE_STRING)
			buf_char(b, '"');
		buf_add(b, v->text, v->len);
		if (v->kind == VALUE_STRING)
			buf_char(b, '"');
		return;
	}
	json = value_json(v);
	if (json_dump_callback(json, append, b,
		JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15)) != 0)
		errx(TROUBLE, "out of memory");
	json_decref(json);
}
