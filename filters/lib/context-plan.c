#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "day.h"
#include "lists.h"

/* The cost of the distinct decisions over some risks; "" where none has one. */
static json_t *
cost_of(const struct context *c, const struct list *risks)
{
	bool *seen = mem_zero(c->rows.decisions.count + 1, sizeof *seen);
	const struct treatment_row *t;
	long long fen = 0;
	bool any = false;
	size_t i;

	for (i = 0; i < risks->n; i++) {
		t = treatment_row(c, list_at(risks, i));
		if (t == NULL || !t->has_cost || seen[t->decision])
			continue;
		seen[t->decision] = any = true;
		fen += t->fen;
	}
	free(seen);
	return any ? context_money(fen) : json_string("");
}

static bool
needs_plan(const struct context *c, uint32_t risk)
{
	return risk_is_unacceptable(c, risk) || risk_is_decided(c, risk);
}

static bool
is_undecided(const struct context *c, uint32_t risk)
{
	return risk_is_unacceptable(c, risk) && !risk_is_decided(c, risk);
}

static bool
is_accepted(const struct context *c, uint32_t risk)
{
	return risk_is_treated_by(c, risk, "accept");
}

static bool
is_transferred(const struct context *c, uint32_t risk)
{
	return risk_is_treated_by(c, risk, "transfer");
}

static bool
is_avoided(const struct context *c, uint32_t risk)
{
	return risk_is_treated_by(c, risk, "avoid");
}

static bool
is_incomplete(const struct context *c, uint32_t risk)
{
	return risk_is_decided(c, risk) && treatment_row(c, risk)->has_problems;
}

static void
put_option_definitions(struct context *c, json_t *groups)
{
	const json_t *options =
	    list_member(context_get(c, "method"), "options");
	json_t *option, *group;
	size_t i, k;

	json_array_foreach (groups, i, group) {
		json_object_set_new(group, "definition", json_string(""));
		json_array_foreach (options, k, option)
			if (strcmp(list_text(option, "label"),
				list_text(group, "label")) == 0)
				json_object_set(group, "definition",
				    json_object_get(option, "definition"));
	}
}

/* How many of some risks have a measure that is done. */
static long
count_done(const struct context *c, const struct list *risks)
{
	const struct treatment_row *t;
	long done = 0;
	size_t i;

	for (i = 0; i < risks->n; i++) {
		t = treatment_row(c, list_at(risks, i));
		done += t != NULL && t->done;
	}
	return done;
}

/*
 * Puts the plan in groups: {KEY, count, done, cost, first, risks}, first being
 * the first of the risks.
 */
static json_t *
put_groups(struct context *c, const char *name, const struct list *plan,
    uint32_t (*share)(const struct context *, uint32_t), const char *key,
    json_t *shared_by(struct context *, uint32_t, const struct list *))
{
	struct division d = list_divided(c, plan, share, false);
	json_t *groups = json_array(), *group;
	struct buf count = {0};
	size_t i;

	for (i = 0; i < d.n; i++) {
		group = json_object();
		json_object_set_new(
		    group, key, shared_by(c, d.shared[i], d.groups[i]));
		json_object_set_new(
		    group, "count", json_integer((json_int_t)d.groups[i]->n));
		json_object_set_new(
		    group, "done", json_integer(count_done(c, d.groups[i])));
		json_object_set_new(group, "cost", cost_of(c, d.groups[i]));
		json_object_set_new(
		    group, "first", context_later_item(d.groups[i], 0));
		json_object_set_new(group, "risks", list_value(d.groups[i]));
		json_array_append_new(groups, group);
	}
	division_free(&d);
	buf_printf(&count, "%s_count", name);
	context_put_size(c, count.data, groups);
	buf_free(&count);
	context_put(c, name, groups);
	return groups;
}

static bool
has_measure(const struct context *c, uint32_t risk)
{
	const struct treatment_row *t = treatment_row(c, risk);

	return t != NULL && t->has_measure;
}

/* INT32_MAX where there is none. */
static int32_t
day_due(const struct context *c, uint32_t risk)
{
	const struct treatment_row *t = treatment_row(c, risk);

	return t != NULL ? t->due : INT32_MAX;
}

static bool
has_due(const struct context *c, uint32_t risk)
{
	return day_due(c, risk) != INT32_MAX;
}

static uint32_t
department_of(const struct context *c, uint32_t risk)
{
	const struct treatment_row *t = treatment_row(c, risk);

	return t != NULL ? t->department : NOWHERE;
}

static uint32_t
work_of(const struct context *c, uint32_t risk)
{
	return treatment_row(c, risk)->work;
}

static uint32_t
option_of(const struct context *c, uint32_t risk)
{
	const struct treatment_row *t = treatment_row(c, risk);

	return t != NULL && t->option > 0 ? t->option : NOWHERE;
}

static json_t *
shared_department(
    struct context *c, uint32_t department, const struct list *risks)
{
	(void)risks;
	return json_string(department != NOWHERE
			       ? c->rows.departments.keys[department]
			       : view_text(c->view, "未指定", "not given"));
}

static json_t *
shared_measure(struct context *c, uint32_t work, const struct list *risks)
{
	json_t *treatment = context_treatment(c, list_at(risks, 0));
	json_t *measure = json_incref(json_object_get(treatment, "measure"));

	(void)work;
	json_decref(treatment);
	return measure;
}

/* Days go by the number of one in a list of them, the earliest first. */
static int32_t *days;
static size_t n_days;

static int
compare_days(const void *one, const void *other)
{
	int32_t a = *(const int32_t *)one, b = *(const int32_t *)other;

	return (a > b) - (a < b);
}

static void
learn_days(const struct context *c, const struct list *risks)
{
	size_t i, n = 0;

	days = mem_alloc((risks->n + 1) * sizeof *days);
	for (i = 0; i < risks->n; i++)
		days[i] = day_due(c, list_at(risks, i));
	qsort(days, risks->n, sizeof *days, compare_days);
	for (i = 0; i < risks->n; i++)
		if (n == 0 || days[n - 1] != days[i])
			days[n++] = days[i];
	n_days = n;
}

static uint32_t
due_of(const struct context *c, uint32_t risk)
{
	const int32_t *day = bsearch(&treatment_row(c, risk)->due, days, n_days,
	    sizeof *days, compare_days);

	return (uint32_t)(day - days);
}

static json_t *
shared_day(struct context *c, uint32_t number, const struct list *risks)
{
	struct buf text = {0};
	json_t *day;

	(void)c;
	(void)risks;
	day_write(&text, days[number]);
	day = json_string(text.data);
	buf_free(&text);
	return day;
}

/* The plan by department, by measure, and by the day it is due. */
static void
put_views(struct context *c, const struct list *plan)
{
	static const struct list_order by_day[] = {
	    {"due", false}, {NULL, false}};
	struct list *some;
	json_t *groups;

	put_groups(c, "plan_departments", plan, department_of, "department",
	    shared_department);
	some = list_part(c, plan, has_measure);
	put_groups(
	    c, "plan_measures", some, work_of, "measure", shared_measure);
	some = list_part(c, plan, has_due);
	learn_days(c, some);
	groups = put_groups(c, "plan_days", some, due_of, "due", shared_day);
	context_put(c, "plan_days", list_sorted(groups, by_day));
	free(days);
}

/* "risk", a line feed and the id, and so on: what a decision was given on. */
static void
write_key(struct buf *key, const json_t *decision)
{
	const char **name =
	    schema_field(schema_find("treatment"), "decided_by")->rule.values;

	buf_clear(key);
	while (*name != NULL && *list_text(decision, *name) == '\0')
		name++;
	if (*name != NULL)
		buf_printf(key, "%s\n%s", *name, list_text(decision, *name));
}

/*
 * Decisions that met no risk, where there are treatments to tell by.  One that
 * a more specific one goes before has met it.
 */
static void
put_idle_decisions(struct context *c)
{
	json_t *idle = json_array(), *item;
	const char *const *on =
	    schema_field(schema_find("treatment"), "decided_by")->rule.values;
	struct index given = {0}, used = {0};
	struct record r;
	size_t i, k, n = rows_count(c, TREATMENT);
	struct buf key = {0};

	json_array_foreach (c->records[DECISION], i, item) {
		write_key(&key, item);
		index_add(&given, key.data);
	}

	for (i = 0; i < n && json_array_size(c->records[DECISION]) > 0; i++) {
		rows_parse(c, TREATMENT, (uint32_t)i, &r);
		for (k = 0; on[k] != NULL; k++) {
			if (!rec_has(&r, on[k]))
				continue;
			buf_clear(&key);
			buf_text(&key, on[k]);
			buf_char(&key, '\n');
			buf_text(&key, rec_string(&r, on[k]));
			if (index_find(&given, key.data) != INDEX_NONE)
				index_add(&used, key.data);
		}
		rec_free(&r);
	}
	json_array_foreach (c->records[DECISION], i, item) {
		write_key(&key, item);
		if (c->only == NULL && n > 0 &&
		    index_find(&used, key.data) == INDEX_NONE)
			json_array_append(idle, item);
	}
	context_put_size(c, "idle_decisions_count", idle);
	context_put(c, "idle_decisions", idle);
	buf_free(&key);
	index_free(&given);
	index_free(&used);
}

/* With one asset alone, the decisions on it, its risks and vulnerabilities. */
static bool
is_of_asset(const json_t *decision, const void *context)
{
	const struct context *c = context;
	const char *risk = list_text(decision, "risk");
	struct buf key = {0};
	bool found;

	if (c->only == NULL ||
	    strcmp(list_text(decision, "asset"), c->only) == 0)
		return true;
	buf_printf(
	    &key, "%s/%s", c->only, list_text(decision, "vulnerability"));
	found = rows_find(c, VULNERABILITY, key.data) != NOWHERE ||
		(strncmp(risk, c->only, strlen(c->only)) == 0 &&
		    risk[strlen(c->only)] == '/');
	buf_free(&key);
	return found;
}

static int
by_priority(const struct context *c, uint32_t one, uint32_t other)
{
	int32_t a = treatment_priority(c, one),
		b = treatment_priority(c, other);

	if (a == b) {
		a = day_due(c, one);
		b = day_due(c, other);
	}
	return (a > b) - (a < b);
}

static const char *
option_label(const struct context *c, uint32_t option)
{
	return context_label(c, "treatment", "option", option);
}

static void
put_options(struct context *c, const struct list *plan)
{
	struct division d = list_divided(c, plan, option_of, true);
	json_t *groups = context_groups(c, &d, option_label, "—", "risks");
	size_t i;

	put_option_definitions(c, groups);
	for (i = 0; i < d.n; i++)
		json_object_set_new(
		    json_array_get(groups, i), "cost", cost_of(c, d.groups[i]));
	division_free(&d);
	context_put(c, "plan_options", groups);
	d = list_divided(c, c->unacceptable, option_of, true);
	context_put(c, "option_counts",
	    context_groups(c, &d, option_label, "—", "items"));
	division_free(&d);
}

/* Treatments of risks of the stream, and those of none. */
static void
put_treatments(struct context *c)
{
	size_t i, n = 0;

	for (i = 0; i < rows_count(c, RISK_TYPE); i++)
		n += treatment_row(c, (uint32_t)i) != NULL;
	context_put(c, "has_treatments", json_boolean(n > 0));
	context_put(c, "orphan_treatments",
	    json_integer((json_int_t)(rows_count(c, TREATMENT) - n)));
}

/* Puts the risks that are so, in the order of the plan. */
static struct list *
put_risks(struct context *c, const char *name,
    bool (*so)(const struct context *, uint32_t))
{
	struct list *some =
	    list_ordered(c, list_all(c, RISK_TYPE), so, by_priority);

	context_put_counted(c, name, some);
	return some;
}

void
context_plan(struct context *c)
{
	struct list *plan;
	json_t *decisions;

	put_treatments(c);
	decisions = list_where(c->records[DECISION], is_of_asset, c);
	context_put_size(c, "decision_count", decisions);
	context_put(c, "decisions", decisions);
	put_idle_decisions(c);
	plan = put_risks(c, "plan", needs_plan);
	context_put(c, "plan_cost", cost_of(c, plan));
	put_risks(c, "undecided", is_undecided);
	put_risks(c, "incomplete", is_incomplete);
	put_risks(c, "accepted", is_accepted);
	put_risks(c, "transferred", is_transferred);
	put_risks(c, "avoided", is_avoided);
	put_views(c, plan);
	put_options(c, plan);
}
