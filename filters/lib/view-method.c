#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "view-private.h"

static const char *
word_of(const json_t *object, const char *key)
{
	const char *word = json_string_value(json_object_get(object, key));

	return word != NULL ? word : "";
}

void
view_put(json_t *to, const char *name, json_t *value)
{
	json_object_set_new(to, name, value);
}

void
view_put_text(json_t *to, const char *name, const char *text)
{
	view_put(to, name, json_string(text));
}

const json_t *
view_part(const struct view *v, const char *name)
{
	return json_object_get(method_document(v->method), name);
}

void
view_put_decimal(json_t *to, const char *name, long n, int decimals)
{
	struct buf text = {0};

	buf_decimal(&text, n, decimals);
	view_put_text(to, name, text.data);
	buf_free(&text);
}

void
view_put_level(const struct view *v, json_t *to, const char *scale, long level)
{
	view_put(to, "level", json_integer(level));
	view_put_text(to, "label", view_level(v, scale, level));
}

/* An end of a band, where the level has one. */
static void
put_bound(json_t *to, const char *name, const json_t *row, int decimals)
{
	const json_t *value = json_object_get(row, name);

	if (value != NULL)
		view_put_decimal(
		    to, name, (long)json_integer_value(value), decimals);
}

json_t *
view_scale(const struct view *v, const char *name)
{
	int decimals = method_decimals(v->method, method_scale(name));
	const json_t *rows = view_rows(v, name), *row;
	json_t *levels = json_array(), *level;
	size_t i;

	for (i = json_array_size(rows); i > 0; i--) {
		row = json_array_get(rows, i - 1);
		level = json_object();
		view_put_level(v, level, name, (long)i);
		view_put_text(level, "definition",
		    view_in_language(v, json_object_get(row, "definition")));
		put_bound(level, "from", row, decimals);
		put_bound(level, "to", row, decimals);
		view_put(level, "band",
		    json_boolean(!json_equal(json_object_get(row, "from"),
			json_object_get(row, "to"))));
		json_object_set(
		    level, "acceptable", json_object_get(row, "acceptable"));
		json_object_set(
		    level, "colour", json_object_get(row, "colour"));
		json_array_append_new(levels, level);
	}
	return levels;
}

static void
put_scales(const struct view *v, json_t *method)
{
	json_t *scales = json_object(), *levels = json_object(), *rows;
	const char *name;

	json_object_foreach ((json_t *)view_part(v, "scales"), name, rows) {
		view_put(scales, name, view_scale(v, name));
		view_put(levels, name,
		    json_integer((json_int_t)json_array_size(rows)));
	}
	view_put(method, "scales", scales);
	view_put(method, "levels", levels);
}

static json_t *
view_options(const struct view *v)
{
	const json_t *rows = view_part(v, "options"), *row;
	json_t *options = json_array(), *option;
	size_t i;

	json_array_foreach (rows, i, row) {
		option = json_object();
		json_object_set(
		    option, "option", json_object_get(row, "option"));
		view_put_text(option, "label",
		    view_in_language(v, json_object_get(row, "label")));
		view_put_text(option, "definition",
		    view_in_language(v, json_object_get(row, "definition")));
		json_array_append_new(options, option);
	}
	return options;
}

/* How a number is rounded, in words; without the key, half up. */
static const char *
rounding_of(const struct view *v, const json_t *how)
{
	const char *word = word_of(how, "rounding");

	if (strcmp(word, "up") == 0)
		return view_text(v, "向上进位", "up");
	if (strcmp(word, "down") == 0)
		return view_text(v, "向下舍去", "down");
	return view_text(v, "四舍五入", "half up");
}

static void
put_combination(const struct view *v, json_t *to)
{
	const json_t *how = view_part(v, "asset_value");
	json_t *weights = json_object_get(how, "weights"), *weight;
	json_int_t first =
	    json_integer_value(json_object_get(weights, "confidentiality"));
	const char *name;
	bool weighted = false;

	view_put(to, word_of(how, "combine"), json_true());
	json_object_set(to, "weights", weights);
	json_object_foreach (weights, name, weight)
		weighted = weighted || json_integer_value(weight) != first;
	view_put(to, "weighted", json_boolean(weighted));
	view_put_text(to, "value_rounding", rounding_of(v, how));
}

/* A matrix: {columns: [{level, label}], rows: [{level, label, cells}]}. */
static json_t *
view_matrix(const struct view *v, const json_t *matrix, const char *down,
    const char *across)
{
	json_t *seen = json_object(), *columns = json_array();
	json_t *rows = json_array(), *row, *cells, *one;
	const json_t *list, *cell;
	size_t i, k;

	json_array_foreach (matrix, i, list) {
		row = json_object();
		cells = json_array();
		view_put_level(v, row, down, (long)i + 1);
		json_array_foreach (list, k, cell) {
			one = json_object();
			json_object_set(one, "score", (json_t *)cell);
			json_array_append_new(cells, one);
			if (i > 0)
				continue;
			one = json_object();
			view_put_level(v, one, across, (long)k + 1);
			json_array_append_new(columns, one);
		}
		view_put(row, "cells", cells);
		json_array_append_new(rows, row);
	}
	view_put(seen, "columns", columns);
	view_put(seen, "rows", rows);
	return seen;
}

/*
 * How likelihood, loss or risk is computed: which formula is true of it, the
 * matrix, and how it is rounded, where it can need that.
 */
static json_t *
view_formula(const struct view *v, const char *name, const char *down,
    const char *across)
{
	const json_t *how = view_part(v, name);
	const json_t *matrix = json_object_get(how, "matrix");
	const char *formula = word_of(how, "formula");
	int decimals = method_decimals(v->method, method_scale(name));
	bool root = strcmp(formula, "root-product") == 0;
	bool score = strcmp(word_of(how, "value"), "score") == 0;
	json_t *seen = json_object();

	view_put(
	    seen, "product", json_boolean(strcmp(formula, "product") == 0));
	view_put(seen, "root_product", json_boolean(root));
	view_put(seen, "asset_value",
	    json_boolean(strcmp(formula, "asset-value") == 0));
	view_put(seen, "matrix",
	    matrix != NULL ? view_matrix(v, matrix, down, across)
			   : json_false());
	view_put(seen, "score", json_boolean(score));
	view_put(seen, "scores",
	    json_boolean(strcmp(word_of(how, "of"), "scores") == 0));
	view_put(seen, "rounded", json_boolean(root || score || decimals > 0));
	view_put(seen, "decimals", json_integer(decimals));
	view_put(seen, "plural", json_boolean(decimals > 1));
	view_put_text(seen, "rounding", rounding_of(v, how));
	return seen;
}

/* The risk is rounded where likelihood or loss is and enters as it is. */
static void
put_formulas(const struct view *v, json_t *to)
{
	json_t *likelihood =
	    view_formula(v, "likelihood", "frequency", "severity");
	json_t *loss = view_formula(v, "loss", "value", "severity");
	json_t *risk = view_formula(v, "risk", "loss", "likelihood");

	if (json_is_true(json_object_get(risk, "scores")))
		view_put(risk, "rounded",
		    json_boolean(
			json_is_true(json_object_get(likelihood, "rounded")) ||
			json_is_true(json_object_get(loss, "rounded"))));
	view_put(to, "likelihood", likelihood);
	view_put(to, "loss", loss);
	view_put(to, "risk", risk);
}

/* The highest acceptable levels by category: {category, level, label}. */
static json_t *
view_limits(const struct view *v)
{
	const json_t *maximum = view_part(v, "maximum_level");
	const char *category;
	json_t *limits = json_array(), *limit, *level;

	json_object_foreach ((json_t *)maximum, category, level) {
		limit = json_object();
		view_put_text(limit, "category",
		    view_label(v, "asset", "category", category));
		view_put_level(
		    v, limit, "risk", (long)json_integer_value(level));
		json_array_append_new(limits, limit);
	}
	return limits;
}

json_t *
view_method(const struct view *v)
{
	json_t *method = json_object(), *limits;
	const char *id = method_id(v->method);

	view_put_text(method, "id", id);
	json_object_set(method, "name", (json_t *)view_part(v, "name"));
	view_put_text(method, "fingerprint", strrchr(id, '@') + 1);
	view_put_text(
	    method, "title", view_in_language(v, view_part(v, "title")));
	view_put_text(
	    method, "source", view_in_language(v, view_part(v, "source")));
	put_scales(v, method);
	view_put(method, "options", view_options(v));
	put_combination(v, method);
	put_formulas(v, method);
	limits = view_limits(v);
	view_put(
	    method, "has_limits", json_boolean(json_array_size(limits) > 0));
	view_put(method, "limits", limits);
	view_put_rates(v, method);
	return method;
}
