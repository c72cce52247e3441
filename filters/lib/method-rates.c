#include "method-private.h"

const char *const method_effectiveness[3] = {"none", "partial", "full"};

static int
read_history_row(struct reading *at, struct history *h, const json_t *row)
{
	static const char *const keys[] = {
	    "level", "at_least", "more_than", "weeks", "months", NULL};
	bool has_weeks = json_object_get(row, "weeks") != NULL;
	bool has_months = json_object_get(row, "months") != NULL;

	if (!json_is_object(row))
		return method_wrong(at, "not an object");
	if (!method_only(at, row, keys))
		return -1;
	h->strict = json_object_get(row, "more_than") != NULL;
	if (h->strict == (json_object_get(row, "at_least") != NULL))
		return method_wrong(
		    at, "not exactly one of at_least and more_than");
	if (has_weeks && has_months)
		return method_wrong(at, "weeks and months in one row");
	h->level =
	    method_integer(at, row, "level", 1, at->m->levels[FREQUENCY]);
	h->count = method_integer(
	    at, row, h->strict ? "more_than" : "at_least", 1, 10000);
	if (has_weeks)
		h->weeks = method_integer(at, row, "weeks", 1, 10000);
	if (has_months)
		h->months = method_integer(at, row, "months", 1, 10000);
	return at->error->len > 0 ? -1 : 0;
}

/*
 * Whether a row asks for more than the next: for a higher rate, in Gregorian
 * months of 146097 / 4800 days, or for more than the same.
 */
static bool
asks_more(const struct history *h, const struct history *next)
{
	long days = h->weeks > 0 ? h->weeks * 7L * 4800 : h->months * 146097L;
	long later =
	    next->weeks > 0 ? next->weeks * 7L * 4800 : next->months * 146097L;

	if (days == 0 || later == 0) /* over the whole period */
		return days > 0 || (later == 0 && h->count > next->count) ||
		       (later == 0 && h->count == next->count && h->strict &&
			   !next->strict);
	if (h->count * later == next->count * days)
		return h->strict && !next->strict;
	return h->count * later > next->count * days;
}

int
method_read_history(struct reading *at, const json_t *root)
{
	const json_t *rows = method_list(at, root, "history", 1, MAX_ROWS);
	struct method *m = at->m;
	struct history *h = m->history;
	size_t place, item, i;

	if (rows == NULL)
		return -1;
	m->n_history = (int)json_array_size(rows);
	place = method_enter(at, "history", 0);
	for (i = 0; i < json_array_size(rows); i++, h++) {
		item = method_enter(at, NULL, i + 1);
		if (read_history_row(at, h, json_array_get(rows, i)) < 0)
			return -1;
		if (i > 0 && h->level >= h[-1].level)
			return method_wrong(at, "levels do not descend");
		if (i > 0 && !asks_more(&h[-1], h))
			return method_wrong(
			    at, "asks for no less than the row before");
		method_leave(at, item);
	}
	method_leave(at, place);
	m->unseen = method_integer(at, root, "unseen", 1, h[-1].level);
	return m->unseen < 0 ? -1 : 0;
}

/* A cell may not lie below the one with any of its three answers one less. */
static int
check_cell(struct reading *at, int a, int c, int e)
{
	const struct method *m = at->m;
	int here = m->threat_table[a][c][e];

	if ((a > 0 && m->threat_table[a - 1][c][e] > here) ||
	    (c > 0 && m->threat_table[a][c - 1][e] > here) ||
	    (e > 0 && m->threat_table[a][c][e - 1] > here))
		return method_wrong(at, "falls where an answer rises");
	return 0;
}

/* The list of cells that two answers lead to. */
static int
read_cells(struct reading *at, int a, int c, const json_t *cells)
{
	int most = at->m->levels[FREQUENCY], e;
	const json_t *cell;
	size_t item;

	if (!json_is_array(cells) ||
	    json_array_size(cells) != (size_t)at->m->answers[2])
		return method_wrong(
		    at, "not a list of %d levels", at->m->answers[2]);
	for (e = 0; e < at->m->answers[2]; e++) {
		cell = json_array_get(cells, (size_t)e);
		item = method_enter(at, NULL, (size_t)e + 1);
		if (!json_is_integer(cell) || json_integer_value(cell) < 1 ||
		    json_integer_value(cell) > most)
			return method_wrong(
			    at, "not a whole number in 1..%d", most);
		at->m->threat_table[a][c][e] = (int)json_integer_value(cell);
		if (check_cell(at, a, c, e) < 0)
			return -1;
		method_leave(at, item);
	}
	return 0;
}

/* How many answers each question takes, by the first list of each depth. */
static int
count_answers(struct reading *at, const json_t *table)
{
	size_t n;
	int i;

	for (i = 0; i < 3; i++, table = json_array_get(table, 0)) {
		n = json_array_size(table);
		if (n < 3 || n > METHOD_LEVELS)
			return method_wrong(at,
			    "not a table of 3 to %d answers to each question",
			    METHOD_LEVELS);
		at->m->answers[i] = (int)n;
	}
	return 0;
}

int
method_read_threat_table(struct reading *at, const json_t *root)
{
	const json_t *table =
	    method_list(at, root, "threat_table", 3, METHOD_LEVELS);
	const json_t *rows;
	size_t place, item, row;
	int a, c;

	if (table == NULL)
		return -1;
	place = method_enter(at, "threat_table", 0);
	if (count_answers(at, table) < 0)
		return -1;
	for (a = 0; a < at->m->answers[0]; a++) {
		rows = json_array_get(table, (size_t)a);
		item = method_enter(at, NULL, (size_t)a + 1);
		if (json_array_size(rows) != (size_t)at->m->answers[1])
			return method_wrong(
			    at, "not a list of %d rows", at->m->answers[1]);
		for (c = 0; c < at->m->answers[1]; c++) {
			row = method_enter(at, NULL, (size_t)c + 1);
			if (read_cells(
				at, a, c, json_array_get(rows, (size_t)c)) < 0)
				return -1;
			method_leave(at, row);
		}
		method_leave(at, item);
	}
	method_leave(at, place);
	return 0;
}

static int
read_cvss_row(struct reading *at, const json_t *row, int *level, int *from)
{
	static const char *const keys[] = {"level", "from", NULL};

	if (!json_is_object(row))
		return method_wrong(at, "not an object");
	if (!method_only(at, row, keys))
		return -1;
	*level = method_integer(at, row, "level", 1, at->m->levels[SEVERITY]);
	*from = method_integer(at, row, "from", 0, 100);
	return *level < 0 || *from < 0 ? -1 : 0;
}

/* A level that no row names begins above every score. */
static int
read_cvss(struct reading *at, const json_t *root)
{
	const json_t *rows = method_list(at, root, "cvss", 1, MAX_ROWS);
	int level = 0, from = 0, above = METHOD_LEVELS + 1, before = 101;
	size_t place, item, i;

	if (rows == NULL)
		return -1;
	for (i = 1; i <= METHOD_LEVELS; i++)
		at->m->cvss[i] = 101;
	place = method_enter(at, "cvss", 0);
	for (i = 0; i < json_array_size(rows); i++) {
		item = method_enter(at, NULL, i + 1);
		if (read_cvss_row(at, json_array_get(rows, i), &level, &from) <
		    0)
			return -1;
		if (level >= above)
			return method_wrong(at, "levels do not descend");
		if (from >= before)
			return method_wrong(at, "scores do not descend");
		at->m->cvss[level] = from;
		above = level;
		before = from;
		method_leave(at, item);
	}
	if (from != 0)
		return method_wrong(at, "the last row does not begin at 0");
	method_leave(at, place);
	return 0;
}

/* An object of numbers that do not fall, or do not rise, key after key. */
static int
read_ordered(struct reading *at, const json_t *root, const char *name,
    const char *const *keys, int low, int high, int way, int *to)
{
	const json_t *object = method_object(at, root, name, keys);
	size_t place;
	int i;

	if (object == NULL)
		return -1;
	place = method_enter(at, name, 0);
	for (i = 0; keys[i] != NULL; i++) {
		to[i] = method_integer(at, object, keys[i], low, high);
		if (to[i] < 0)
			return -1;
		if (i > 0 && way * (to[i] - to[i - 1]) < 0)
			return method_wrong(at, "%s is %s %s", keys[i],
			    way > 0 ? "below" : "above", keys[i - 1]);
	}
	method_leave(at, place);
	return 0;
}

int
method_read_severity(struct reading *at, const json_t *root)
{
	static const char *const words[] = {
	    "critical", "high", "medium", "low", "none", NULL};
	const char *const effects[] = {method_effectiveness[0],
	    method_effectiveness[1], method_effectiveness[2], NULL};
	int levels[5];

	if (read_cvss(at, root) < 0 ||
	    read_ordered(at, root, "words", words, 1, at->m->levels[SEVERITY],
		-1, levels) < 0)
		return -1;
	return read_ordered(at, root, "measures", effects, 0, METHOD_LEVELS, 1,
	    at->m->reduction);
}
