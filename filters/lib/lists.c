#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "index.h"
#include "lists.h"

json_t *
list_member(const json_t *object, const char *member)
{
	const char *dot = strchr(member, '.');
	json_t *value;

	if (dot == NULL)
		return json_object_get(object, member);
	value = json_object_getn(object, member, (size_t)(dot - member));
	return value != NULL ? list_member(value, dot + 1) : NULL;
}

long
list_number(const json_t *object, const char *member)
{
	return (long)json_number_value(list_member(object, member));
}

const char *
list_text(const json_t *object, const char *member)
{
	const char *text = json_string_value(list_member(object, member));

	return text != NULL ? text : "";
}

struct sortable {
	json_t *item;
	size_t place;
	const struct list_order *order;
};

static bool
is_absent(const json_t *value)
{
	return value == NULL ||
	       (json_is_string(value) && json_string_length(value) == 0);
}

/* Texts that are numbers compare as such: 9 comes before 10. */
static int
compare_texts(const char *a, const char *b)
{
	char *end_a, *end_b;
	double x = strtod(a, &end_a), y = strtod(b, &end_b);

	if (*end_a != '\0' || *end_b != '\0')
		return strcmp(a, b);
	return (x > y) - (x < y);
}

static int
compare_values(const json_t *a, const json_t *b, bool descending)
{
	int way;

	if (is_absent(a) || is_absent(b))
		return is_absent(a) - is_absent(b);
	if (json_is_string(a) && json_is_string(b))
		way = compare_texts(json_string_value(a), json_string_value(b));
	else
		way = (json_number_value(a) > json_number_value(b)) -
		      (json_number_value(a) < json_number_value(b));
	return descending ? -way : way;
}

static int
compare(const void *one, const void *other)
{
	const struct sortable *a = one, *b = other;
	const struct list_order *key;
	int way;

	for (key = a->order; key->member != NULL; key++) {
		way = compare_values(list_member(a->item, key->member),
		    list_member(b->item, key->member), key->descending);
		if (way != 0)
			return way;
	}
	return (a->place > b->place) - (a->place < b->place);
}

json_t *
list_sorted(const json_t *list, const struct list_order *order)
{
	size_t i, n = json_array_size(list);
	struct sortable *items = mem_alloc(n * sizeof *items);
	json_t *sorted = json_array();

	for (i = 0; i < n; i++)
		items[i] = (struct sortable){json_array_get(list, i), i, order};
	qsort(items, n, sizeof *items, compare);
	for (i = 0; i < n; i++)
		json_array_append(sorted, items[i].item);
	free(items);
	return sorted;
}

json_t *
list_where(const json_t *list, bool (*keep)(const json_t *, const void *),
    const void *arg)
{
	json_t *kept = json_array(), *item;
	size_t i;

	json_array_foreach (list, i, item)
		if (keep(item, arg))
			json_array_append(kept, item);
	return kept;
}

static json_t *
group_of(
    json_t *groups, struct index *labels, const char *label, const char *plural)
{
	size_t count = labels->count, i = index_add(labels, label);
	json_t *group;

	if (labels->count == count)
		return json_array_get(groups, i);
	group = json_object();
	json_object_set_new(group, "label", json_string(label));
	json_object_set_new(group, plural, json_array());
	json_array_append_new(groups, group);
	return group;
}

/* Appends the groups that have items, with their counts. */
static void
append_filled(json_t *to, const json_t *groups, const char *plural)
{
	json_t *group;
	size_t i, n;

	json_array_foreach (groups, i, group) {
		n = json_array_size(json_object_get(group, plural));
		json_object_set_new(
		    group, "count", json_integer((json_int_t)n));
		if (n > 0)
			json_array_append(to, group);
	}
}

json_t *
list_groups(const json_t *list, const char *member, const char *const *labels,
    const char *rest, const char *plural)
{
	json_t *groups = json_array(), *filled = json_array(), *item, *group;
	json_t *others = json_object();
	struct index known = {0};
	const char *text;
	size_t i;

	json_object_set_new(others, "label", json_string(rest));
	json_object_set_new(others, plural, json_array());
	for (; *labels != NULL; labels++)
		group_of(groups, &known, *labels, plural);
	json_array_foreach (list, i, item) {
		text = list_text(item, member);
		group = *text != '\0' ? group_of(groups, &known, text, plural)
				      : others;
		json_array_append(json_object_get(group, plural), item);
	}
	json_array_append_new(groups, others);
	append_filled(filled, groups, plural);
	json_decref(groups);
	index_free(&known);
	return filled;
}

json_t *
list_numbered(const json_t *list)
{
	json_t *numbered = json_array(), *item;
	size_t i;

	json_array_foreach (list, i, item) {
		item = json_copy(item);
		json_object_set_new(
		    item, "number", json_integer((json_int_t)i + 1));
		json_array_append_new(numbered, item);
	}
	return numbered;
}

json_t *
list_first(const json_t *list, size_t n)
{
	json_t *first = json_array();
	size_t i;

	for (i = 0; i < n && i < json_array_size(list); i++)
		json_array_append(first, json_array_get(list, i));
	return first;
}
