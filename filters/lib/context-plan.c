#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"
#include "summary.h"

/* The cost of the distinct decisions over some risks; "" where none has one. */
static json_t *
cost_of(const json_t *risks)
{
	struct index seen = {0};
	struct buf key = {0};
	long long fen = 0;
	bool any = false;
	const char *cost;
	const json_t *risk;
	size_t i, count;

	json_array_foreach (risks, i, risk) {
		cost = list_text(risk, "treatment.cost_number");
		if (*cost == '\0')
			continue;
		buf_clear(&key);
		buf_printf(&key, "%s", list_text(risk, "treatment.decision"));
		count = seen.count;
		index_add(&seen, key.data);
		if (seen.count == count)
			continue;
		any = true;
		fen += llround(strtod(cost, NULL) * 100);
	}
	buf_free(&key);
	index_free(&seen);
	return any ? context_money(fen) : json_string("");
}

bool
context_is_decided(const json_t *risk, const void *arg)
{
	(void)arg;
	return json_is_true(list_member(risk, "treatment.decided"));
}

static bool
needs_plan(const json_t *risk, const void *arg)
{
	return context_is_unacceptable(risk, arg) ||
	       context_is_decided(risk, arg);
}

static bool
is_undecided(const json_t *risk, const void *arg)
{
	return context_is_unacceptable(risk, arg) &&
	       !context_is_decided(risk, arg);
}

bool
context_is_treated_by(const json_t *risk, const char *option)
{
	return strcmp(list_text(risk, "treatment.option_code"), option) == 0;
}

static bool
is_accepted(const json_t *risk, const void *arg)
{
	(void)arg;
	return context_is_treated_by(risk, "accept");
}

static bool
is_transferred(const json_t *risk, const void *arg)
{
	(void)arg;
	return context_is_treated_by(risk, "transfer");
}

static bool
is_avoided(const json_t *risk, const void *arg)
{
	(void)arg;
	return context_is_treated_by(risk, "avoid");
}

static bool
is_incomplete(const json_t *risk, const void *arg)
{
	return context_is_decided(risk, arg) &&
	       *list_text(risk, "treatment.problems") != '\0';
}

json_t *
context_joined(const struct context *c, const char *member)
{
	json_t *list = json_array(), *risk, *value;
	size_t i;

	json_array_foreach (c->records[RISK_TYPE], i, risk) {
		value = json_object_get(risk, member);
		if (json_is_object(value))
			json_array_append(list, value);
	}
	return list;
}

void
context_put_orphans(
    struct context *c, const char *name, enum type type, const json_t *of_risks)
{
	context_put(c, name,
	    json_integer((json_int_t)(json_array_size(c->records[type]) -
				      json_array_size(of_risks))));
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

static void
put_option_costs(json_t *groups)
{
	json_t *group;
	size_t i;

	json_array_foreach (groups, i, group)
		json_object_set_new(
		    group, "cost", cost_of(json_object_get(group, "risks")));
}

static bool
is_done(const json_t *risk, const void *arg)
{
	(void)arg;
	return strcmp(list_text(risk, "treatment.status_code"), "done") == 0;
}

/*
 * The plan by a member of its treatments: {KEY, count, done, cost, risks}, KEY
 * being what the member says; those without it under rest, last.
 */
static json_t *
put_groups(struct context *c, const char *name, const json_t *plan,
    const char *member, const char *key, const char *rest)
{
	static const char *const none[] = {NULL};
	json_t *groups = list_groups(plan, member, none, rest, "risks");
	json_t *group, *risks, *finished;
	struct buf count = {0};
	size_t i;

	json_array_foreach (groups, i, group) {
		risks = json_object_get(group, "risks");
		json_object_set(group, key, json_object_get(group, "label"));
		json_object_set_new(group, "cost", cost_of(risks));
		finished = list_where(risks, is_done, NULL);
		json_object_set_new(group, "done",
		    json_integer((json_int_t)json_array_size(finished)));
		json_object_set(group, "first", json_array_get(risks, 0));
		json_decref(finished);
	}
	buf_printf(&count, "%s_count", name);
	context_put_size(c, count.data, groups);
	buf_free(&count);
	context_put(c, name, groups);
	return groups;
}

static bool
has_measure(const json_t *risk, const void *arg)
{
	(void)arg;
	return *list_text(risk, "treatment.measure") != '\0';
}

static bool
has_due(const json_t *risk, const void *arg)
{
	(void)arg;
	return *list_text(risk, "treatment.due") != '\0';
}

/* The plan by department, by measure, and by the day it is due. */
static void
put_views(struct context *c, const json_t *plan)
{
	static const struct list_order by_day[] = {
	    {"due", false}, {NULL, false}};
	json_t *some, *groups, *group;
	size_t i;

	put_groups(c, "plan_departments", plan, "treatment.department",
	    "department", view_text(c->view, "未指定", "not given"));
	some = list_where(plan, has_measure, NULL);
	groups = put_groups(
	    c, "plan_measures", some, "treatment.work", "measure", "—");
	json_array_foreach (groups, i, group)
		json_object_set(group, "measure",
		    list_member(group, "first.treatment.measure"));
	json_decref(some);
	some = list_where(plan, has_due, NULL);
	groups = put_groups(c, "plan_days", some, "treatment.due", "due", "—");
	context_put(c, "plan_days", list_sorted(groups, by_day));
	json_decref(some);
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
	struct index used = {0};
	struct buf key = {0};
	size_t i, k;

	json_array_foreach (c->records[TREATMENT], i, item)
		for (k = 0; on[k] != NULL; k++) {
			buf_clear(&key);
			buf_printf(
			    &key, "%s\n%s", on[k], list_text(item, on[k]));
			index_add(&used, key.data);
		}
	json_array_foreach (c->records[DECISION], i, item) {
		write_key(&key, item);
		if (c->only == NULL &&
		    json_array_size(c->records[TREATMENT]) > 0 &&
		    index_find(&used, key.data) == INDEX_NONE)
			json_array_append(idle, item);
	}
	context_put_size(c, "idle_decisions_count", idle);
	context_put(c, "idle_decisions", idle);
	buf_free(&key);
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
	found = index_find(&c->ids[VULNERABILITY], key.data) != INDEX_NONE ||
		(strncmp(risk, c->only, strlen(c->only)) == 0 &&
		    risk[strlen(c->only)] == '/');
	buf_free(&key);
	return found;
}

void
context_plan(struct context *c)
{
	static const struct list_order by_priority[] = {
	    {"treatment.priority", false}, {"treatment.due", false},
	    {NULL, false}};
	const char **labels = context_labels_of(c->view, "treatment", "option");
	json_t *sorted = list_sorted(c->records[RISK_TYPE], by_priority);
	json_t *plan, *groups, *of_risks;

	of_risks = context_joined(c, "treatment");
	context_put(
	    c, "has_treatments", json_boolean(json_array_size(of_risks) > 0));
	context_put_orphans(c, "orphan_treatments", TREATMENT, of_risks);
	json_decref(of_risks);
	of_risks = list_where(c->records[DECISION], is_of_asset, c);
	context_put_size(c, "decision_count", of_risks);
	context_put(c, "decisions", of_risks);
	put_idle_decisions(c);
	plan = context_put_where(c, "plan", sorted, needs_plan);
	context_put(c, "plan_cost", cost_of(plan));
	context_put_where(c, "undecided", sorted, is_undecided);
	context_put_where(c, "incomplete", sorted, is_incomplete);
	context_put_where(c, "accepted", sorted, is_accepted);
	context_put_where(c, "transferred", sorted, is_transferred);
	context_put_where(c, "avoided", sorted, is_avoided);
	put_views(c, plan);
	groups = list_groups(plan, "treatment.option", labels, "—", "risks");
	put_option_definitions(c, groups);
	put_option_costs(groups);
	context_put(c, "plan_options", groups);
	context_put(c, "option_counts",
	    summary_labels(
		context_get(c, "unacceptable"), "treatment.option", labels));
	free(labels);
	json_decref(sorted);
}
