#include <stdlib.h>
#include <string.h>

#include "comparison.h"
#include "context-private.h"
#include "lists.h"
#include "summary.h"

/*
 * What changed since an older assessment, as risk-diff(1) says.  Everything is
 * counted as it goes by; kept are the changes that a document lists.
 */

/*
 * Whether a change is one that documents list: one that stays the same is only
 * where it is not acceptable, or was to be treated.
 */
static bool
is_listed(const struct record *r)
{
	return comparison_what(r) != SAME ||
	       !rec_boolean(r, "before_acceptable") ||
	       !rec_boolean(r, "after_acceptable") || rec_has(r, "before_due");
}

bool
context_take_change(struct context *c, const struct record *r)
{
	if (c->comparison == NULL)
		c->comparison = mem_zero(1, sizeof *c->comparison);
	comparison_take(c->comparison, r);
	return is_listed(r);
}

/*
 * An input: a level, or a score of the asset's value, which has a decimal; none
 * where there is no limit of its own.
 */
static void
put_input(const struct view *v, struct buf *to, const json_t *input)
{
	if (json_is_number(input))
		buf_printf(
		    to, "%.*f", json_is_real(input), json_number_value(input));
	else
		buf_text(to, view_text(v, "无", "none"));
}

/* "威胁频率4→3（−3）": an input, what it was and is, and its part. */
static void
put_cause(const struct view *v, struct buf *to, const json_t *cause)
{
	const struct value_rule *rule = comparison_causes();
	size_t code = comparison_number(rule, list_text(cause, "cause"));
	const json_t *before = json_object_get(cause, "before");
	const json_t *after = json_object_get(cause, "after");
	const json_t *part = json_object_get(cause, "part");
	json_t *text;

	if (to->len > 0)
		buf_text(to, view_text(v, "；", "; "));
	buf_text(to, rule->labels[code].of[v->lang][0]);
	if (json_is_number(before) || json_is_number(after)) {
		buf_text(to, view_text(v, "", " "));
		put_input(v, to, before);
		buf_text(to, "→");
		put_input(v, to, after);
	}
	if (!json_is_number(part))
		return;
	text = context_signed(json_number_value(part));
	buf_text(to, view_text(v, "（", " ("));
	buf_text(to, json_string_value(text));
	buf_text(to, view_text(v, "）", ")"));
	json_decref(text);
}

/* What is shown of a change besides its fields. */
static void
complete(const struct view *v, json_t *change)
{
	static const char *const names[] = {"asset", "threat", "vulnerability"};
	bool mixed = strcmp(list_text(change, "before_method"),
			 list_text(change, "after_method")) != 0;
	double difference =
	    mixed ? 0
		  : strtod(list_text(change, "after_score"), NULL) -
			strtod(list_text(change, "before_score"), NULL);
	struct buf text = {0}, name = {0};
	const json_t *cause;
	size_t i;

	buf_add(&text, "", 0);
	json_array_foreach (json_object_get(change, "causes"), i, cause)
		put_cause(v, &text, cause);
	json_object_set_new(change, "reasons", json_string(text.data));
	json_object_set_new(change, "rise", json_real(difference));
	json_object_set_new(change, "difference",
	    mixed ? json_string("—") : context_signed(difference));
	for (i = 0; i < 3; i++) {
		buf_clear(&name);
		buf_printf(&name, "%s_name", names[i]);
		if (*list_text(change, name.data) == '\0')
			json_object_set(change, name.data,
			    json_object_get(change, names[i]));
	}
	buf_free(&text);
	buf_free(&name);
}

static bool
is_what(const json_t *change, const char *what)
{
	return strcmp(list_text(change, "what_code"), what) == 0;
}

static bool
is_added(const json_t *change, const void *context)
{
	(void)context;
	return is_what(change, "added");
}

static bool
is_removed(const json_t *change, const void *context)
{
	(void)context;
	return is_what(change, "removed");
}

static bool
is_raised(const json_t *change, const void *context)
{
	(void)context;
	return is_what(change, "raised");
}

static bool
is_lowered(const json_t *change, const void *context)
{
	(void)context;
	return is_what(change, "lowered");
}

static bool
is_bad(const json_t *change, const char *acceptable)
{
	return json_is_false(json_object_get(change, acceptable));
}

static bool
is_still_unacceptable(const json_t *change, const void *context)
{
	(void)context;
	return is_bad(change, "before_acceptable") &&
	       is_bad(change, "after_acceptable");
}

static bool
is_rejudged(const json_t *change, const void *context)
{
	(void)context;
	return is_what(change, "same") &&
	       is_bad(change, "before_acceptable") !=
		   is_bad(change, "after_acceptable");
}

/* Whether the vulnerability itself, or a measure, has made it lower. */
static bool
is_mended(const json_t *change)
{
	const json_t *causes = json_object_get(change, "causes"), *cause, *part;
	size_t i;

	if (!is_what(change, "lowered"))
		return false;
	json_array_foreach (causes, i, cause) {
		part = json_object_get(cause, "part");
		if ((strcmp(list_text(cause, "cause"), "severity") == 0 ||
			strcmp(list_text(cause, "cause"), "measure") == 0) &&
		    (part == NULL || json_number_value(part) < 0))
			return true;
	}
	return false;
}

/*
 * Whether what was decided then should be done by the day and is not: the
 * measure is not reported done in either year, and the risk is there, and no
 * lower by what could be one.
 */
static bool
is_undone(const json_t *change, const void *context)
{
	const struct context *c = context;
	const char *day = json_string_value(context_get(c, "compare_day"));
	const char *due = list_text(change, "before_due");
	const char *option = list_text(change, "before_option_code");

	return *due != '\0' && day != NULL && *day != '\0' &&
	       strcmp(due, day) <= 0 && strcmp(option, "retain") != 0 &&
	       strcmp(option, "accept") != 0 &&
	       strcmp(list_text(change, "before_status_code"), "done") != 0 &&
	       strcmp(list_text(change, "after_status_code"), "done") != 0 &&
	       !is_what(change, "added") && !is_what(change, "removed") &&
	       !is_mended(change);
}

/* The changes that are so, in an order, and the first ten of them. */
static void
put_list(struct context *c, const char *name, const char *first,
    bool (*so)(const json_t *, const void *), const struct list_order *order)
{
	json_t *sorted = list_sorted(c->records[CHANGE], order);
	json_t *list = context_put_where(c, name, sorted, so);

	if (first != NULL)
		context_put(c, first, list_first(list, 10));
	json_decref(sorted);
}

static void
put_lists(struct context *c)
{
	static const struct list_order by_after[] = {{"after_level", true},
	    {"after_score", true}, {"after_asset_level", true}, {NULL, false}};
	static const struct list_order by_before[] = {{"before_level", true},
	    {"before_score", true}, {"before_asset_level", true},
	    {NULL, false}};
	static const struct list_order by_rise[] = {{"rise", true},
	    {"after_level", true}, {"after_score", true}, {NULL, false}};
	static const struct list_order by_fall[] = {{"rise", false},
	    {"before_level", true}, {"before_score", true}, {NULL, false}};
	static const struct list_order by_due[] = {
	    {"before_due", false}, {"after_level", true}, {NULL, false}};

	put_list(c, "added", "worst_added", is_added, by_after);
	put_list(c, "removed", "worst_removed", is_removed, by_before);
	put_list(c, "raised", "biggest_rises", is_raised, by_rise);
	put_list(c, "lowered", "biggest_falls", is_lowered, by_fall);
	put_list(
	    c, "still_unacceptable", NULL, is_still_unacceptable, by_after);
	put_list(c, "rejudged", NULL, is_rejudged, by_after);
	put_list(c, "undone", NULL, is_undone, by_due);
}

static void
put_number(struct context *c, const char *name, long n)
{
	context_put(c, name, json_integer(n));
}

/* Level by level, the highest first: {level, label, before, after, difference}.
 */
static void
put_levels(struct context *c, const struct comparison *n)
{
	json_t *levels = view_scale(c->view, "risk"), *level;
	long before, after;
	size_t i;

	json_array_foreach (levels, i, level) {
		before = n->levels[0][list_number(level, "level")];
		after = n->levels[1][list_number(level, "level")];
		json_object_set_new(level, "before", json_integer(before));
		json_object_set_new(level, "after", json_integer(after));
		json_object_set_new(level, "difference",
		    context_signed((double)(after - before)));
	}
	context_put(c, "compare_levels", levels);
}

/*
 * From which level to which: a row for each level before, the highest first,
 * then for what was added; a cell for each level after, then for what is gone.
 */
static void
put_moves(struct context *c, const struct comparison *n)
{
	json_t *rows = view_scale(c->view, "risk"), *row, *cells, *cell;
	int top = method_levels(c->view->method, RISK), before, after;

	json_array_append_new(rows, json_object());
	for (before = top; before >= 0; before--) {
		row = json_array_get(rows, (size_t)(top - before));
		cells = json_array();
		for (after = top; after >= 0; after--) {
			cell = json_object();
			json_object_set_new(cell, "count",
			    before == 0 && after == 0
				? json_string("")
				: json_integer(n->moves[before][after]));
			json_array_append_new(cells, cell);
		}
		json_object_set_new(row, "cells", cells);
		json_object_set_new(row, "is_added", json_boolean(before == 0));
	}
	context_put(c, "compare_moves", rows);
}

static void
put_causes(struct context *c, const struct comparison *n)
{
	const struct value_rule *rule = comparison_causes();
	const struct value_rule *what =
	    &schema_field(schema_find("change"), "what")->rule;
	json_t *list = json_array(), *one;
	size_t i, k;
	long total;

	for (i = 0; i < rule->n_values; i++) {
		one = json_object();
		total = 0;
		for (k = 0; k <= SAME; k++) {
			json_object_set_new(one, what->values[k],
			    json_integer(n->causes[i][k]));
			total += n->causes[i][k];
		}
		json_object_set_new(one, "label",
		    json_string(rule->labels[i].of[c->view->lang][0]));
		json_object_set_new(one, "total", json_integer(total));
		if (total > 0)
			json_array_append(list, one);
		json_decref(one);
	}
	context_put_size(c, "change_causes_count", list);
	context_put(c, "change_causes", list);
}

/*
 * How many risks of the stream have no change, or one to another score, and how
 * many changes have no risk: then another stream was compared, or the two the
 * other way round, or risk-diff went without -s.
 */
static long
count_unmet(const struct context *c, const struct comparison *n)
{
	long met = 0, unmet = 0;
	size_t i, change;
	double score;

	if (rows_count(c, RISK_TYPE) == 0)
		return 0;
	for (i = 0; i < rows_count(c, RISK_TYPE); i++) {
		change = rows_change(c, (uint32_t)i);
		score = change != NOWHERE ? n->new_score[change] : 0;
		met += score > 0;
		unmet += score != risk_row(c, (uint32_t)i)->score;
	}
	return unmet + n->total - n->what[REMOVED] - met;
}

void
context_compare(struct context *c)
{
	static struct comparison nothing;
	struct comparison *n = c->comparison != NULL ? c->comparison : &nothing;
	const json_t *first = json_array_get(c->records[ASSESSMENT], 0);
	json_t *change;
	size_t i;

	context_put(c, "has_changes", json_boolean(c->comparison != NULL));
	context_put(c, "compare_day",
	    json_string(
		c->day != NULL ? c->day : list_text(first, "period_to")));
	json_array_foreach (c->records[CHANGE], i, change)
		complete(c->view, change);
	context_put(c, "former_assessment",
	    c->former != NULL ? json_incref(c->former) : json_false());
	put_lists(c);
	put_levels(c, n);
	put_moves(c, n);
	put_causes(c, n);
	context_put(c, "matrix_before", summary_cells(c->view, n->cells[0]));
	context_put(c, "matrix_after", summary_cells(c->view, n->cells[1]));
	put_number(c, "change_count", n->total - n->what[SAME]);
	put_number(c, "same_count", n->what[SAME]);
	context_put(c, "has_differences",
	    json_boolean(
		n->total > n->what[SAME] ||
		json_integer_value(context_get(c, "rejudged_count")) > 0));
	put_number(c, "level_raised_count", n->level_raised);
	put_number(c, "level_lowered_count", n->level_lowered);
	put_number(c, "renumbered_count", n->renumbered);
	put_number(c, "mixed_count", n->mixed);
	context_put(c, "has_former_treatments", json_boolean(n->decided > 0));
	put_number(c, "before_count", n->total - n->what[ADDED]);
	put_number(c, "after_count", n->total - n->what[REMOVED]);
	put_number(c, "before_unacceptable", n->unacceptable[0]);
	put_number(c, "after_unacceptable", n->unacceptable[1]);
	put_number(c, "unmet_count", count_unmet(c, n));
}
