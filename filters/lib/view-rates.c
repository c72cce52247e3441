#include "view-private.h"

/*
 * Rows of the history table: {level, label, count, strict, weeks, months,
 * single}, what does not apply false.
 */
static json_t *
view_history(const struct view *v)
{
	static const char *const periods[] = {"weeks", "months"};
	const json_t *rows = view_part(v, "history"), *row, *more, *value;
	json_t *list = json_array(), *one;
	size_t i, k;

	json_array_foreach (rows, i, row) {
		one = json_object();
		view_put_level(v, one, "frequency",
		    (long)json_integer_value(json_object_get(row, "level")));
		more = json_object_get(row, "more_than");
		view_put(one, "strict", json_boolean(more != NULL));
		value = more != NULL ? more : json_object_get(row, "at_least");
		json_object_set(one, "count", (json_t *)value);
		view_put(one, "single", json_false());
		for (k = 0; k < 2; k++) {
			value = json_object_get(row, periods[k]);
			if (json_integer_value(value) == 1)
				view_put(one, "single", json_true());
			view_put(one, periods[k],
			    value != NULL ? json_incref((json_t *)value)
					  : json_false());
		}
		json_array_append_new(list, one);
	}
	return list;
}

/* The lookup table: {columns: [{answer}], rows: [{first, second, cells}]}. */
static json_t *
view_threat_table(const struct view *v)
{
	const json_t *table = view_part(v, "threat_table"), *rows, *list, *cell;
	json_t *seen = json_object(), *columns = json_array();
	json_t *all = json_array(), *row, *cells, *one;
	size_t a, c, e;

	json_array_foreach (table, a, rows) {
		json_array_foreach (rows, c, list) {
			row = json_object();
			cells = json_array();
			view_put(row, "attractiveness",
			    json_integer((json_int_t)a + 1));
			view_put(
			    row, "capability", json_integer((json_int_t)c + 1));
			json_array_foreach (list, e, cell) {
				one = json_object();
				json_object_set(one, "level", (json_t *)cell);
				json_array_append_new(cells, one);
			}
			view_put(row, "cells", cells);
			json_array_append_new(all, row);
		}
	}
	for (e = 1; (int)e <= method_answers(v->method, 2); e++) {
		one = json_object();
		view_put(one, "answer", json_integer((json_int_t)e));
		json_array_append_new(columns, one);
	}
	view_put(seen, "columns", columns);
	view_put(seen, "rows", all);
	return seen;
}

/* CVSS scores of each level: {level, label, from, to}. */
static json_t *
view_cvss(const struct view *v)
{
	const json_t *rows = view_part(v, "cvss"), *row;
	json_t *list = json_array(), *one;
	long from, to = 100;
	size_t i;

	json_array_foreach (rows, i, row) {
		one = json_object();
		from = (long)json_integer_value(json_object_get(row, "from"));
		view_put_level(v, one, "severity",
		    (long)json_integer_value(json_object_get(row, "level")));
		view_put_decimal(one, "from", from, 1);
		view_put_decimal(one, "to", to, 1);
		view_put(one, "band", json_boolean(to > from));
		to = from - 1;
		json_array_append_new(list, one);
	}
	return list;
}

/* A scanner's words and their levels: {word, level, label}. */
static json_t *
view_words(const struct view *v)
{
	const char *word;
	json_t *list = json_array(), *one, *level;

	json_object_foreach ((json_t *)view_part(v, "words"), word, level) {
		one = json_object();
		view_put_text(one, "word",
		    view_label(v, "vulnerability", "severity_word", word));
		view_put_level(
		    v, one, "severity", (long)json_integer_value(level));
		json_array_append_new(list, one);
	}
	return list;
}

/* What measures take off: {effect, by}. */
static json_t *
view_measures(const struct view *v)
{
	const char *effect;
	json_t *list = json_array(), *one, *by;

	json_object_foreach ((json_t *)view_part(v, "measures"), effect, by) {
		one = json_object();
		view_put_text(one, "effect",
		    view_label(
			v, "vulnerability", "measure_effectiveness", effect));
		json_object_set(one, "by", by);
		json_array_append_new(list, one);
	}
	return list;
}

void
view_put_rates(const struct view *v, json_t *method)
{
	json_t *unseen = json_object();

	view_put_level(v, unseen, "frequency",
	    (long)json_integer_value(view_part(v, "unseen")));
	view_put(method, "unseen", unseen);
	view_put(method, "history", view_history(v));
	view_put(method, "threat_table", view_threat_table(v));
	view_put(method, "cvss", view_cvss(v));
	view_put(method, "words", view_words(v));
	view_put(method, "measures", view_measures(v));
}
