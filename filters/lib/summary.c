#include <stdio.h>
#include <string.h>

#include "lists.h"
#include "summary.h"

json_t *
summary_percent(long n, long total)
{
	long tenths = total > 0 ? (2000 * n + total) / (2 * total) : 0;
	char text[32];

	snprintf(text, sizeof text, "%ld.%ld", tenths / 10, tenths % 10);
	return json_string(text);
}

static long
count_level(const json_t *list, const char *member, long level)
{
	const json_t *item;
	size_t i;
	long n = 0;

	json_array_foreach (list, i, item)
		n += list_number(item, member) == level;
	return n;
}

json_t *
summary_levels(const struct view *v, const char *scale, const json_t *list,
    const char *member)
{
	json_t *levels = view_scale(v, scale), *level;
	size_t i;
	long n;

	json_array_foreach (levels, i, level) {
		n = count_level(list, member, list_number(level, "level"));
		json_object_set_new(level, "count", json_integer(n));
		json_object_set_new(level, "percent",
		    summary_percent(n, (long)json_array_size(list)));
	}
	return levels;
}

static json_t *
head(const struct view *v, const char *scale, int level)
{
	json_t *object = json_object();

	json_object_set_new(object, "level", json_integer(level));
	json_object_set_new(
	    object, "label", json_string(view_level(v, scale, level)));
	return object;
}

/* The risk levels of a cell as they are read: "3", "2～4", "—" for none. */
static json_t *
levels_text(const struct view *v, int lowest, int highest)
{
	char text[32] = "—";

	if (highest > lowest)
		snprintf(text, sizeof text, "%d%s%d", lowest,
		    view_text(v, "～", "–"), highest);
	else if (highest > 0)
		snprintf(text, sizeof text, "%d", highest);
	return json_string(text);
}

static json_t *
matrix_cell(const struct view *v, long n, int loss, int likelihood)
{
	char text[32] = "";
	json_t *cell = json_object();
	int lowest, highest;

	if (n > 0)
		snprintf(text, sizeof text, "%ld", n);
	method_cell(v->method, likelihood, loss, &lowest, &highest);
	json_object_set_new(cell, "count", json_string(text));
	json_object_set_new(cell, "level", levels_text(v, lowest, highest));
	return cell;
}

json_t *
summary_cells(
    const struct view *v, long counts[METHOD_LEVELS + 1][METHOD_LEVELS + 1])
{
	int columns = method_levels(v->method, LIKELIHOOD), loss, likelihood;
	json_t *matrix = json_object(), *top = json_array();
	json_t *rows = json_array(), *row, *cells;

	for (likelihood = 1; likelihood <= columns; likelihood++)
		json_array_append_new(top, head(v, "likelihood", likelihood));
	for (loss = method_levels(v->method, LOSS); loss > 0; loss--) {
		row = head(v, "loss", loss);
		cells = json_array();
		for (likelihood = 1; likelihood <= columns; likelihood++)
			json_array_append_new(
			    cells, matrix_cell(v, counts[loss][likelihood],
				       loss, likelihood));
		json_object_set_new(row, "cells", cells);
		json_array_append_new(rows, row);
	}
	json_object_set_new(matrix, "columns", top);
	json_object_set_new(matrix, "rows", rows);
	return matrix;
}

json_t *
summary_matrix(const struct view *v, const json_t *risks)
{
	long counts[METHOD_LEVELS + 1][METHOD_LEVELS + 1] = {{0}};
	const json_t *risk;
	size_t i;

	json_array_foreach (risks, i, risk)
		counts[list_number(risk, "loss_level")]
		      [list_number(risk, "likelihood_level")]++;
	return summary_cells(v, counts);
}

static void
put_counts(const struct view *v, json_t *to, const json_t *risks)
{
	json_t *counts = json_array(), *one;
	long level, n, highest = 0, unacceptable = 0;
	const json_t *risk;
	size_t i;

	for (level = method_levels(v->method, RISK); level > 0; level--) {
		n = count_level(risks, "level", level);
		if (n > 0 && highest == 0)
			highest = level;
		one = json_object();
		json_object_set_new(one, "count", json_integer(n));
		json_array_append_new(counts, one);
	}
	json_array_foreach (risks, i, risk)
		unacceptable += json_is_false(list_member(risk, "acceptable"));
	json_object_set_new(to, "counts", counts);
	json_object_set_new(
	    to, "total", json_integer((json_int_t)json_array_size(risks)));
	json_object_set_new(to, "unacceptable", json_integer(unacceptable));
	json_object_set_new(to, "highest", json_integer(highest));
	json_object_set_new(
	    to, "highest_label", json_string(view_level(v, "risk", highest)));
}

json_t *
summary_by(const struct view *v, const json_t *risks, const char *key,
    const char *member, const char *name)
{
	static const char *const none[] = {NULL};
	static const struct list_order worst[] = {{"highest", true},
	    {"unacceptable", true}, {"total", true}, {NULL, false}};
	json_t *groups = list_groups(
	    risks, name, none, view_text(v, "未填写", "not given"), "risks");
	json_t *list = json_array(), *sorted, *group, *one, *first;
	size_t i;

	json_array_foreach (groups, i, group) {
		first = json_array_get(json_object_get(group, "risks"), 0);
		one = json_object();
		if (strcmp(member, name) == 0)
			json_object_set(
			    one, key, json_object_get(group, "label"));
		else
			json_object_set(one, key, list_member(first, member));
		json_object_set(one, "risks", json_object_get(group, "risks"));
		put_counts(v, one, json_object_get(group, "risks"));
		json_array_append_new(list, one);
	}
	sorted = list_sorted(list, worst);
	json_decref(list);
	json_decref(groups);
	return sorted;
}

json_t *
summary_labels(
    const json_t *list, const char *member, const char *const *labels)
{
	return list_groups(list, member, labels, "—", "items");
}
