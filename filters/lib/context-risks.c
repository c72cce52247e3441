#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"
#include "summary.h"

/*
 * The measure with who does it and until when: what differs in these is not
 * the same work.
 */
static void
put_work(json_t *t)
{
	static const char *const parts[] = {
	    "measure", "department", "owner", "due", "expires", "status"};
	struct buf work = {0};
	size_t i;

	if (*list_text(t, "measure") == '\0')
		return;
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		buf_printf(&work, "%s\n", list_text(t, parts[i]));
	json_object_set_new(t, "work", json_string(work.data));
	buf_free(&work);
}

/* The treatment of a risk as it is shown, or false. */
static json_t *
treatment_of(struct context *c, const char *risk)
{
	size_t i = index_find(&c->ids[TREATMENT], risk);
	const char *by, *cost;
	struct buf decision = {0};
	json_t *t;

	if (i == INDEX_NONE)
		return json_false();
	t = json_copy(json_array_get(c->records[TREATMENT], i));
	by = list_text(t, "decided_by_code");
	json_object_set_new(t, "decided", json_boolean(*by != '\0'));
	if (*by != '\0')
		buf_printf(&decision, "%s\n%s", by, list_text(t, by));
	if (decision.len > 0)
		json_object_set_new(t, "decision", json_string(decision.data));
	put_work(t);
	cost = list_text(t, "cost");
	json_object_set_new(t, "cost_number", json_string(cost));
	if (*cost != '\0')
		json_object_set_new(t, "cost",
		    context_money(llround(strtod(cost, NULL) * 100)));
	buf_free(&decision);
	return t;
}

static json_t *
residual_of(struct context *c, const char *risk)
{
	size_t i = index_find(&c->ids[RESIDUAL], risk);
	json_t *r;

	if (i == INDEX_NONE)
		return json_false();
	r = json_copy(json_array_get(c->records[RESIDUAL], i));
	json_object_set_new(r, "avoided",
	    json_boolean(!json_is_integer(json_object_get(r, "after_level"))));
	return r;
}

/* The levels that a residual risk rests on, where treatment gives others. */
static void
put_levels(const struct view *v, json_t *residual, const json_t *treatment)
{
	static const struct {
		const char *name, *zh, *en;
	} levels[] = {{"frequency", "威胁频率", "frequency "},
	    {"severity", "严重程度", "severity "},
	    {"value", "资产价值", "asset value "}};
	struct buf member = {0}, text = {0};
	long level;
	size_t i;

	if (!json_is_object(residual))
		return;
	for (i = 0; i < sizeof levels / sizeof levels[0]; i++) {
		buf_clear(&member);
		buf_printf(&member, "%s_%s", list_text(residual, "basis_code"),
		    levels[i].name);
		level = list_number(treatment, member.data);
		if (level == 0)
			continue;
		if (text.len > 0)
			buf_text(&text, view_text(v, "、", ", "));
		buf_printf(&text, "%s%ld%s",
		    view_text(v, levels[i].zh, levels[i].en), level,
		    view_text(v, "级", ""));
	}
	if (text.len > 0)
		json_object_set_new(residual, "levels", json_string(text.data));
	buf_free(&member);
	buf_free(&text);
}

/* Joins to a risk its asset, threat, vulnerability, treatment, residual. */
static void
join_risk(struct context *c, json_t *risk)
{
	struct buf key = {0};
	const char *id = list_text(risk, "id");

	buf_printf(&key, "%s/%s", list_text(risk, "asset"),
	    list_text(risk, "vulnerability"));
	json_object_set_new(risk, "vulnerability",
	    context_record_of(
		c, VULNERABILITY, key.data, list_text(risk, "vulnerability")));
	context_join(c, risk, "asset", ASSET);
	context_join(c, risk, "threat", THREAT);
	json_object_set_new(risk, "treatment", treatment_of(c, id));
	json_object_set_new(risk, "residual", residual_of(c, id));
	put_levels(c->view, json_object_get(risk, "residual"),
	    json_object_get(risk, "treatment"));
	buf_free(&key);
}

static void
count_assets(json_t *departments)
{
	json_t *department, *risk;
	struct index seen;
	size_t i, k;

	json_array_foreach (departments, i, department) {
		seen = (struct index){0};
		json_array_foreach (
		    json_object_get(department, "risks"), k, risk)
			index_add(&seen, list_text(risk, "asset.id"));
		json_object_set_new(
		    department, "assets", json_integer((json_int_t)seen.count));
		index_free(&seen);
	}
}

void
context_risks(struct context *c)
{
	static const struct list_order worst[] = {{"level", true},
	    {"score", true}, {"asset_level", true}, {NULL, false}};
	static const struct list_order threatening[] = {{"unacceptable", true},
	    {"total", true}, {"highest", true}, {NULL, false}};
	json_t *all = c->records[RISK_TYPE], *sorted, *bad, *list, *risk;
	json_t *threats;
	bool explained = false;
	size_t i;

	json_array_foreach (all, i, risk)
		join_risk(c, risk);
	sorted = list_sorted(all, worst);
	context_put_size(c, "risk_count", all);
	context_put(c, "has_risks", json_boolean(json_array_size(all) > 0));
	context_put(c, "risks", list_numbered(sorted));
	bad = context_put_where(
	    c, "unacceptable", sorted, context_is_unacceptable);
	json_array_foreach (bad, i, risk)
		explained = explained ||
			    json_is_array(json_object_get(risk, "explanation"));
	context_put(c, "has_explanations", json_boolean(explained));
	context_put(c, "acceptable_count",
	    json_integer(
		(json_int_t)(json_array_size(all) - json_array_size(bad))));
	context_put(c, "levels", summary_levels(c->view, "risk", all, "level"));
	context_put(c, "matrix", summary_matrix(c->view, all));
	list = summary_by(c->view, sorted, "asset", "asset", "asset.id");
	context_put(c, "worst_assets", list_first(list, 10));
	context_put(c, "by_asset", list);
	list = summary_by(c->view, sorted, "department", "asset.department",
	    "asset.department");
	count_assets(list);
	context_put(c, "by_department", list);
	list = summary_by(c->view, sorted, "threat", "threat", "threat.id");
	threats = list_sorted(list, threatening);
	context_put(c, "by_threat", list_first(threats, 10));
	context_put(c, "worst", list_first(bad, 5));
	json_decref(threats);
	json_decref(list);
	json_decref(sorted);
}
