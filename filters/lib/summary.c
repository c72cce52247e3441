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

json_t *
summary_counts(const struct view *v, const char *scale,
    const long counts[METHOD_LEVELS + 1], long total)
{
	json_t *levels = view_scale(v, scale), *level;
	size_t i;
	long n;

	json_array_foreach (levels, i, level) {
		n = counts[list_number(level, "level")];
		json_object_set_new(level, "count", json_integer(n));
		json_object_set_new(
		    level, "percent", summary_percent(n, total));
	}
	return levels;
}

json_t *
summary_levels(const struct view *v, const char *scale, const json_t *list,
    const char *member)
{
	long counts[METHOD_LEVELS + 1] = {0};
	const json_t *item;
	size_t i;

	json_array_foreach (list, i, item)
		counts[list_number(item, member)]++;
	return summary_counts(v, scale, counts, (long)json_array_size(list));
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

void
summary_put_risks(const struct view *v, json_t *to,
    const long by_level[METHOD_LEVELS + 1], long unacceptable)
{
	json_t *counts = json_array(), *one;
	long level, highest = 0, total = 0;

	for (level = method_levels(v->method, RISK); level > 0; level--) {
		if (by_level[level] > 0 && highest == 0)
			highest = level;
		one = json_object();
		json_object_set_new(
		    one, "count", json_integer(by_level[level]));
		json_array_append_new(counts, one);
		total += by_level[level];
	}
	json_object_set_new(to, "counts", counts);
	json_object_set_new(to, "total", json_integer(total));
	json_object_set_new(to, "unacceptable", json_integer(unacceptable));
	json_object_set_new(to, "highest", json_integer(highest));
	json_object_set_new(
	    to, "highest_label", json_string(view_level(v, "risk", highest)));
}
