#include "method-private.h"

const char *const method_roundings[] = {"half-up", "up", "down", NULL};

static int
read_weights(struct reading *at, const json_t *how)
{
	const char *const keys[] = {method_scale_names[CONFIDENTIALITY],
	    method_scale_names[INTEGRITY], method_scale_names[AVAILABILITY],
	    NULL};
	const json_t *weights;
	size_t place;
	int i, sum = 0;

	for (i = 0; i < 3; i++)
		at->m->weights[i] = 1;
	if (json_object_get(how, "weights") == NULL)
		return 0;
	if (at->m->combine != COMBINE_MEAN)
		return method_wrong(at, "weights are for mean alone");
	weights = method_object(at, how, "weights", keys);
	if (weights == NULL)
		return -1;
	place = method_enter(at, "weights", 0);
	for (i = 0; i < 3; i++) {
		at->m->weights[i] =
		    method_integer(at, weights, keys[i], 0, 1000);
		if (at->m->weights[i] < 0)
			return -1;
		sum += at->m->weights[i];
	}
	if (sum == 0)
		return method_wrong(at, "none is above 0");
	method_leave(at, place);
	return 0;
}

int
method_read_asset_value(struct reading *at, const json_t *root)
{
	static const char *const keys[] = {
	    "combine", "weights", "rounding", NULL};
	static const char *const ways[] = {"mean", "max", "log2", NULL};
	const json_t *how = method_object(at, root, "asset_value", keys);
	size_t place;
	int way, rounding;

	if (how == NULL)
		return -1;
	place = method_enter(at, "asset_value", 0);
	way = method_word(at, how, "combine", ways, false);
	rounding = method_word(at, how, "rounding", method_roundings, true);
	if (way < 0 || rounding < 0)
		return -1;
	at->m->combine = (enum combine)way;
	at->m->value_rounding = (enum rounding)rounding;
	if (read_weights(at, how) < 0)
		return -1;
	method_leave(at, place);
	return 0;
}

/* A row of a matrix: no cell below its neighbours to the left and above. */
static int
read_row(struct reading *at, struct formula *f, int row, int columns,
    const json_t *cells)
{
	const json_t *cell;
	size_t item;
	int i, *to = f->matrix[row];

	if (!json_is_array(cells) || json_array_size(cells) != (size_t)columns)
		return method_wrong(at, "not a list of %d cells", columns);
	for (i = 1; i <= columns; i++) {
		cell = json_array_get(cells, (size_t)i - 1);
		item = method_enter(at, NULL, (size_t)i);
		if (!json_is_integer(cell) || json_integer_value(cell) < 1 ||
		    json_integer_value(cell) > MAX_CELL)
			return method_wrong(
			    at, "not a whole number in 1..%d", MAX_CELL);
		to[i] = (int)json_integer_value(cell);
		if (i > 1 && to[i] < to[i - 1])
			return method_wrong(
			    at, "falls along the row, from %d", to[i - 1]);
		if (row > 1 && to[i] < f->matrix[row - 1][i])
			return method_wrong(at,
			    "falls down the column, from %d",
			    f->matrix[row - 1][i]);
		method_leave(at, item);
	}
	return 0;
}

static int
read_matrix(struct reading *at, struct formula *f, const json_t *how,
    enum scale rows, enum scale columns)
{
	int n = at->m->levels[rows], i;
	const json_t *matrix =
	    method_list(at, how, "matrix", (size_t)n, (size_t)n);
	size_t place, item;

	if (matrix == NULL)
		return -1;
	place = method_enter(at, "matrix", 0);
	for (i = 1; i <= n; i++) {
		item = method_enter(at, NULL, (size_t)i);
		if (read_row(at, f, i, at->m->levels[columns],
			json_array_get(matrix, (size_t)i - 1)) < 0)
			return -1;
		method_leave(at, item);
	}
	method_leave(at, place);
	return 0;
}

/* What likelihood, loss and risk are made of, and may be. */
static const struct {
	const char *name;
	const char *keys[6];
	const char *formulas[5]; /* in the order of enum kind_of_formula */
	enum scale rows, columns;
} parts[3] = {
    {"likelihood", {"formula", "matrix", "decimals", "rounding", NULL},
	{"product", "root-product", "matrix", NULL}, FREQUENCY, SEVERITY},
    {"loss", {"formula", "matrix", "decimals", "rounding", "value", NULL},
	{"product", "root-product", "matrix", "asset-value", NULL}, VALUE,
	SEVERITY},
    {"risk", {"formula", "matrix", "decimals", "rounding", "of", NULL},
	{"product", "matrix", NULL}, LOSS, LIKELIHOOD},
};

static int
read_formula(struct reading *at, int part, const json_t *how)
{
	static const char *const enters[] = {"level", "score", NULL};
	static const char *const of[] = {"levels", "scores", NULL};
	struct formula *f = &at->m->formulas[part];
	int kind, rounding, choice = 0;

	kind = method_word(at, how, "formula", parts[part].formulas, false);
	rounding = method_word(at, how, "rounding", method_roundings, true);
	if (json_object_get(how, "decimals") != NULL)
		f->decimals = method_integer(at, how, "decimals", 0, 2);
	if (part == 1)
		choice = method_word(at, how, "value", enters, true);
	if (part == 2)
		choice = method_word(at, how, "of", of, false);
	if (kind < 0 || rounding < 0 || f->decimals < 0 || choice < 0)
		return -1;
	f->kind = (enum kind_of_formula)kind;
	if (part == 2 && kind == 1)
		f->kind = MATRIX;
	f->rounding = (enum rounding)rounding;
	at->m->value_score = at->m->value_score || (part == 1 && choice == 1);
	at->m->of_scores = part == 2 && choice == 1;
	if (f->kind == MATRIX && choice == 1)
		return method_wrong(at, "a matrix is of levels, not of scores");
	if (f->kind == MATRIX)
		return read_matrix(
		    at, f, how, parts[part].rows, parts[part].columns);
	if (json_object_get(how, "matrix") != NULL)
		return method_wrong(at, "a matrix, and another formula");
	return 0;
}

int
method_read_formulas(struct reading *at, const json_t *root)
{
	const json_t *how;
	size_t place;
	int i;

	for (i = 0; i < 3; i++) {
		how = method_object(at, root, parts[i].name, parts[i].keys);
		if (how == NULL)
			return -1;
		place = method_enter(at, parts[i].name, 0);
		if (read_formula(at, i, how) < 0)
			return -1;
		method_leave(at, place);
	}
	return 0;
}
