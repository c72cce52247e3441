#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "view.h"

const char *
view_text(const struct view *v, const char *zh, const char *en)
{
	return v->lang == ZH ? zh : en;
}

const char *
view_in_language(const struct view *v, const json_t *both)
{
	const char *text =
	    json_string_value(json_object_get(both, view_text(v, "zh", "en")));

	return text != NULL ? text : "";
}

const json_t *
view_rows(const struct view *v, const char *scale)
{
	const json_t *document = method_document(v->method);

	return json_object_get(json_object_get(document, "scales"), scale);
}

const char *
view_level(const struct view *v, const char *scale, long level)
{
	const json_t *row = json_array_get(
	    view_rows(v, scale), level > 0 ? (size_t)level - 1 : SIZE_MAX);

	return view_in_language(v, json_object_get(row, "label"));
}

const char *
view_label(const struct view *v, const char *type, const char *field,
    const char *value)
{
	return schema_label(
	    schema_field(schema_find(type), field), value, v->lang);
}

#define SHARED 1024 /* texts that come often: names of levels, departments */

/* A text, shared with the last of those that have the same place and say it. */
static json_t *
text_of(const char *text)
{
	static json_t *shared[SHARED];
	size_t len = strlen(text);
	unsigned place = members_hash(text, len) * 4U + (unsigned)len % 4;

	if (shared[place] != NULL && json_string_length(shared[place]) == len &&
	    memcmp(json_string_value(shared[place]), text, len) == 0)
		return json_incref(shared[place]);
	json_decref(shared[place]);
	shared[place] = json_string(text);
	return json_incref(shared[place]);
}

/* A list of strings, or of values of an enumeration by their names. */
static json_t *
list_names(
    const struct view *v, const struct field *f, const struct value *list)
{
	json_t *names = json_array();
	size_t i;

	for (i = 0; list != NULL && i < list->len; i++)
		json_array_append_new(names,
		    json_string(
			schema_label(f, value_item(list, i).text, v->lang)));
	return names;
}

json_t *
view_joined(const struct view *v, const json_t *names)
{
	struct buf b = {0};
	json_t *item, *text;
	size_t i;

	buf_add(&b, "", 0);
	json_array_foreach (names, i, item) {
		if (i > 0)
			buf_text(&b, view_text(v, "、", ", "));
		buf_text(&b, json_string_value(item));
	}
	text = json_string(b.data);
	buf_free(&b);
	return text;
}

/* The objects of a list, the members that one lacks as "". */
static json_t *
list_objects(const struct value_rule *rule, const json_t *list)
{
	json_t *objects = json_array(), *object, *member;
	size_t i, k;

	for (i = 0; i < json_array_size(list); i++) {
		object = json_copy(json_array_get(list, i));
		for (k = 0; k < rule->n_fields; k++) {
			member = json_object_get(object, rule->fields[k].name);
			if (member == NULL)
				json_object_set_new(object,
				    rule->fields[k].name, json_string(""));
		}
		json_array_append_new(objects, object);
	}
	return objects;
}

static void
write_number(
    char text[64], const struct view *v, const struct field *f, double value)
{
	int decimals = f->score != NULL
			   ? method_decimals(v->method, method_scale(f->score))
			   : f->decimals;

	if (decimals > 0)
		snprintf(text, 64, "%.*f", decimals, value);
	else
		snprintf(text, 64, "%.15g", value);
}

double
view_number(const struct view *v, const struct field *f, double value)
{
	char text[64];

	write_number(text, v, f, value);
	return strtod(text, NULL);
}

static json_t *
number_text(const struct view *v, const struct field *f, double value)
{
	char text[64];

	write_number(text, v, f, value);
	return text_of(text);
}

static void
put_beside(json_t *to, const char *name, const char *ending, json_t *value)
{
	static struct buf key;

	buf_clear(&key);
	buf_text(&key, name);
	buf_char(&key, '_');
	buf_text(&key, ending);
	json_object_set_new(to, key.data, value);
}

/* Whether a field is, or what would stand beside it; ending may be "". */
static bool
is_wanted(const struct view *v, const char *name, const char *ending)
{
	static struct buf key;

	if (v->wanted == NULL)
		return true;
	buf_clear(&key);
	buf_text(&key, name);
	buf_text(&key, ending);
	return index_find(v->wanted, key.data) != INDEX_NONE;
}

static json_t *
view_value(
    const struct view *v, const struct field *f, const struct value *value)
{
	switch (f->rule.kind) {
	case STRING:
		return text_of(schema_label(f, value->text, v->lang));
	case NUMBER:
		return number_text(v, f, value->number);
	case ARRAY:
		return list_objects(f->rule.items, value->json);
	case INTEGER:
		return json_integer((json_int_t)value->number);
	case BOOLEAN:
	case OBJECT:
		break;
	}
	return value_json(value);
}

static bool
is_list_of_strings(const struct field *f)
{
	return f->rule.kind == ARRAY && f->rule.items->kind == STRING;
}

/* What the name of what stands beside a field ends in. */
static const char *
ending_of(const struct field *f)
{
	return is_list_of_strings(f)	 ? "_list"
	       : f->scale != NULL	 ? "_label"
	       : f->rule.kind == BOOLEAN ? "_text"
					 : "_code";
}

/* What stands beside a field to make it readable. */
static void
put_companions(json_t *seen, const struct view *v, const struct field *f,
    const struct value *value)
{
	const char *label = "";

	if (!is_wanted(v, f->name, ending_of(f)))
		return;
	if (is_list_of_strings(f)) {
		put_beside(seen, f->name, "list", list_names(v, f, value));
	} else if (f->scale != NULL) {
		if (value != NULL)
			label = view_level(v, f->scale, (long)value->number);
		put_beside(seen, f->name, "label", text_of(label));
	} else if (f->rule.kind == STRING && f->rule.values != NULL) {
		if (value != NULL)
			label = value->text;
		put_beside(seen, f->name, "code", text_of(label));
	} else if (f->rule.kind == BOOLEAN) {
		if (value != NULL)
			label = schema_label(f,
			    value->kind == VALUE_TRUE ? "true" : "false",
			    v->lang);
		put_beside(seen, f->name, "text", text_of(label));
	}
}

json_t *
view_record(const struct view *v, const struct schema *schema,
    const struct members *members)
{
	const struct field *f = schema->rule.fields;
	const struct field *end = f + schema->rule.n_fields;
	const struct value *value;
	json_t *seen = json_object(), *names, *shown;
	size_t len;

	for (; f < end; f++) {
		len = strlen(f->name);
		value = members_find(
		    members, f->name, len, members_hash(f->name, len));
		put_companions(seen, v, f, value);
		if (!is_wanted(v, f->name, ""))
			continue;
		if (value == NULL) {
			shown = text_of("");
		} else if (is_list_of_strings(f)) {
			names = list_names(v, f, value);
			shown = view_joined(v, names);
			json_decref(names);
		} else {
			shown = view_value(v, f, value);
		}
		json_object_set_new(seen, f->name, shown);
	}
	return seen;
}
