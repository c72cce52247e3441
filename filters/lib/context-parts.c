#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"

void
context_put(struct context *c, const char *name, json_t *value)
{
	json_object_set_new(c->root, name, value);
}

void
context_put_size(struct context *c, const char *name, const json_t *list)
{
	context_put(c, name, json_integer((json_int_t)json_array_size(list)));
}

const json_t *
context_get(const struct context *c, const char *name)
{
	return json_object_get(c->root, name);
}

bool
context_wants(const struct context *c, const char *name)
{
	return index_find(c->lean.wanted, name) != INDEX_NONE;
}

json_t *
context_put_where(struct context *c, const char *name, const json_t *list,
    bool (*so)(const json_t *, const void *))
{
	json_t *some = list_where(list, so, c);
	json_t *numbered = list_numbered(some);
	struct buf count = {0};

	json_decref(some);
	context_put(c, name, numbered);
	buf_printf(&count, "%s_count", name);
	context_put_size(c, count.data, numbered);
	buf_free(&count);
	return numbered;
}

/*
 * The record of a type with this key; where it is not there, an object with
 * the id for id and name, so that a report never lacks a name.
 */
json_t *
context_record_of(
    struct context *c, enum type type, const char *key, const char *id)
{
	size_t i = index_find(&c->ids[type], key);
	json_t *stand_in;

	if (i != INDEX_NONE)
		return json_incref(json_array_get(c->records[type], i));
	stand_in = json_object();
	json_object_set_new(stand_in, "id", json_string(id));
	json_object_set_new(stand_in, "name", json_string(id));
	return stand_in;
}

/* Replaces the id in a member by the record that has it. */
void
context_join(
    struct context *c, json_t *object, const char *member, enum type type)
{
	char *id = mem_text(
	    list_text(object, member), strlen(list_text(object, member)));

	if (*id != '\0')
		json_object_set_new(
		    object, member, context_record_of(c, type, id, id));
	free(id);
}

/* Labels of an enumeration in its order, for groups; NULL at the end. */
const char **
context_labels_of(const struct view *v, const char *type, const char *field)
{
	const struct value_rule *rule =
	    &schema_field(schema_find(type), field)->rule;
	const char **labels;
	size_t i;

	if (rule->kind == ARRAY)
		rule = rule->items;
	labels = mem_zero(rule->n_values + 1, sizeof *labels);
	for (i = 0; i < rule->n_values; i++)
		labels[i] = view_label(v, type, field, rule->values[i]);
	return labels;
}

json_t *
context_money(long long fen)
{
	char digits[32], text[48];
	size_t n, i, k = 0;

	snprintf(digits, sizeof digits, "%lld", fen / 100);
	n = strlen(digits);
	for (i = 0; i < n; i++) {
		if (i > 0 && (n - i) % 3 == 0)
			text[k++] = ',';
		text[k++] = digits[i];
	}
	text[k] = '\0';
	if (fen % 100 != 0)
		snprintf(text + k, sizeof text - k, ".%02lld", fen % 100);
	return json_string(text);
}

json_t *
context_signed(double x)
{
	struct buf text = {0};
	json_t *value;

	buf_printf(&text, "%s%.15g", x > 0 ? "+" : x < 0 ? "−" : "", fabs(x));
	value = json_string(text.data);
	buf_free(&text);
	return value;
}

const char *
context_label(const struct context *c, const char *type, const char *field,
    uint32_t number)
{
	const struct field *f = schema_field(schema_find(type), field);

	return schema_label(f, f->rule.values[number - 1], c->view->lang);
}

json_t *
context_groups(struct context *c, const struct division *d,
    const char *label(const struct context *, uint32_t), const char *rest,
    const char *plural)
{
	json_t *groups = json_array(), *group;
	size_t i;

	for (i = 0; i < d->n; i++) {
		group = json_object();
		json_object_set_new(group, "label",
		    json_string(d->shared[i] != NOWHERE ? label(c, d->shared[i])
							: rest));
		json_object_set_new(
		    group, "count", json_integer((json_int_t)d->groups[i]->n));
		json_object_set_new(group, plural, list_value(d->groups[i]));
		json_array_append_new(groups, group);
	}
	return groups;
}
