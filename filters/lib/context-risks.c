#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"
#include "summary.h"

/* The risks of a report, the worst first, summed up by what they are of. */

json_t *
context_treatment(struct context *c, uint32_t risk)
{
	const struct treatment_row *row = treatment_row(c, risk);
	json_t *t = rows_read(c, TREATMENT, rows_of_risk(c, TREATMENT, risk));

	json_object_set_new(t, "decided", json_boolean(row->decided));
	if (row->has_cost)
		json_object_set_new(t, "cost", context_money(row->fen));
	return t;
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

json_t *
context_residual(struct context *c, uint32_t risk)
{
	json_t *r = rows_read(c, RESIDUAL, rows_of_risk(c, RESIDUAL, risk)), *t;

	json_object_set_new(
	    r, "avoided", json_boolean(residual_row(c, risk)->after == 0));
	if (treatment_row(c, risk) != NULL) {
		t = rows_read(c, TREATMENT, rows_of_risk(c, TREATMENT, risk));
		put_levels(c->view, r, t);
		json_decref(t);
	}
	return r;
}

/* The vulnerability of a risk; where it is not there, by its id. */
static json_t *
weakness_of(struct context *c, const char *asset, const char *id)
{
	struct buf key = {0};
	json_t *stand_in;
	uint32_t number;

	buf_printf(&key, "%s/%s", asset, id);
	number = rows_find(c, VULNERABILITY, key.data);
	buf_free(&key);
	if (number != NOWHERE)
		return context_later(VULNERABILITY, number);
	stand_in = json_object();
	json_object_set_new(stand_in, "id", json_string(id));
	json_object_set_new(stand_in, "name", json_string(id));
	return stand_in;
}

json_t *
context_risk(struct context *c, uint32_t number)
{
	json_t *risk = rows_read(c, RISK_TYPE, number);

	if (risk_row(c, number)->acceptable)
		json_object_del(risk, "explanation"); /* never printed */
	json_object_set_new(risk, "vulnerability",
	    weakness_of(
		c, list_text(risk, "asset"), list_text(risk, "vulnerability")));
	context_join(c, risk, "asset", ASSET);
	context_join(c, risk, "threat", THREAT);
	json_object_set_new(risk, "treatment",
	    treatment_row(c, number) != NULL ? context_later(TREATMENT, number)
					     : json_false());
	json_object_set_new(risk, "residual",
	    residual_row(c, number) != NULL ? context_later(RESIDUAL, number)
					    : json_false());
	return risk;
}

static int
by_worst(const struct context *c, uint32_t one, uint32_t other)
{
	const struct risk_row *a = risk_row(c, one), *b = risk_row(c, other);

	if (a->level != b->level)
		return a->level < b->level ? 1 : -1;
	if (a->score != b->score)
		return a->score < b->score ? 1 : -1;
	return (a->asset_level < b->asset_level) -
	       (a->asset_level > b->asset_level);
}

static uint32_t
asset_of(const struct context *c, uint32_t risk)
{
	return risk_row(c, risk)->asset;
}

static uint32_t
threat_of(const struct context *c, uint32_t risk)
{
	return risk_row(c, risk)->threat;
}

static const char *
text_of_department(const struct context *c, uint32_t risk)
{
	const char *id = c->rows.assets.keys[asset_of(c, risk)];
	size_t i = index_find(&c->ids[ASSET], id);

	return i != INDEX_NONE ? list_text(json_array_get(c->records[ASSET], i),
				     "department")
			       : "";
}

/* The number of the department of an asset among those of risks. */
static struct index departments;

static uint32_t
department_of(const struct context *c, uint32_t risk)
{
	const char *text = text_of_department(c, risk);

	return *text != '\0' ? (uint32_t)index_add(&departments, text)
			     : NOWHERE;
}

/* How the risks of a group are spread over the levels; how many are bad. */
static long
count_levels(const struct context *c, const struct list *group,
    long counts[METHOD_LEVELS + 1])
{
	long unacceptable = 0;
	size_t i;

	memset(counts, 0, (METHOD_LEVELS + 1) * sizeof *counts);
	for (i = 0; i < group->n; i++) {
		counts[risk_row(c, list_at(group, i))->level]++;
		unacceptable += risk_is_unacceptable(c, list_at(group, i));
	}
	return unacceptable;
}

/* What sums are put in order by, the largest first. */
enum { HIGHEST, UNACCEPTABLE, TOTAL, N_RANKS };

/* Groups of risks, each with what its risks share and sum up to. */
struct sums {
	struct division groups;
	const char *key; /* of what they share */
	json_t *(*shared_by)(struct context *, uint32_t);
	bool has_assets; /* how many the risks of a group are of */
	long (*ranks)[N_RANKS];
	const int *order; /* of the ranks */
};

static int
compare_sums(const void *one, const void *other, void *arg)
{
	const struct sums *s = arg;
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
	const long *of_a = s->ranks[a], *of_b = s->ranks[b];
	int i, rank;

	for (i = 0; i < N_RANKS; i++) {
		rank = s->order[i];
		if (of_a[rank] != of_b[rank])
			return of_a[rank] < of_b[rank] ? 1 : -1;
	}
	return (a > b) - (a < b);
}

static void
rank(const struct context *c, const struct list *group, long ranks[N_RANKS])
{
	long counts[METHOD_LEVELS + 1], level = METHOD_LEVELS;

	ranks[UNACCEPTABLE] = count_levels(c, group, counts);
	while (level > 0 && counts[level] == 0)
		level--;
	ranks[HIGHEST] = level;
	ranks[TOTAL] = (long)group->n;
}

/* A list of the sums in order; each is made when a template comes to it. */
static struct list *
list_sums(struct context *c, struct sums sums)
{
	struct list *l = list_new(c);
	struct sums *s = mem_alloc(sizeof *s);

	*s = sums;
	s->ranks = mem_alloc((s->groups.n + 1) * sizeof *s->ranks);
	l->sums = s;
	l->of = mem_alloc((s->groups.n + 1) * sizeof *l->of);
	for (; l->n < s->groups.n; l->n++) {
		l->of[l->n] = (uint32_t)l->n;
		rank(c, s->groups.groups[l->n], s->ranks[l->n]);
	}
	qsort_r(l->of, l->n, sizeof *l->of, compare_sums, s);
	free(s->ranks);
	return l;
}

/* How many assets the risks of a list are of. */
static size_t
count_assets(const struct context *c, const struct list *l)
{
	bool *seen = mem_zero(c->rows.assets.count + 1, sizeof *seen);
	size_t i, n = 0;

	for (i = 0; i < l->n; i++) {
		n += !seen[asset_of(c, list_at(l, i))];
		seen[asset_of(c, list_at(l, i))] = true;
	}
	free(seen);
	return n;
}

json_t *
context_sum(struct context *c, const struct sums *s, uint32_t number)
{
	struct list *group = s->groups.groups[number];
	long counts[METHOD_LEVELS + 1], unacceptable;
	json_t *sum = json_object();

	unacceptable = count_levels(c, group, counts);
	summary_put_risks(c->view, sum, counts, unacceptable);
	json_object_set_new(sum, "risks", list_value(group));
	json_object_set_new(
	    sum, s->key, s->shared_by(c, s->groups.shared[number]));
	if (s->has_assets)
		json_object_set_new(sum, "assets",
		    json_integer((json_int_t)count_assets(c, group)));
	return sum;
}

static json_t *
shared_asset(struct context *c, uint32_t asset)
{
	const char *id = c->rows.assets.keys[asset];

	return context_record_of(c, ASSET, id, id);
}

static json_t *
shared_threat(struct context *c, uint32_t threat)
{
	const char *id = c->rows.threats.keys[threat];

	return context_record_of(c, THREAT, id, id);
}

static json_t *
shared_department(struct context *c, uint32_t department)
{
	return json_string(department != NOWHERE
			       ? departments.keys[department]
			       : view_text(c->view, "未填写", "not given"));
}

static const int worst_first[N_RANKS] = {HIGHEST, UNACCEPTABLE, TOTAL};
static const int most_first[N_RANKS] = {UNACCEPTABLE, TOTAL, HIGHEST};

static void
put_assets(struct context *c, const struct list *sorted)
{
	struct list *l = list_sums(
	    c, (struct sums){.groups = list_divided(c, sorted, asset_of, false),
		   .key = "asset",
		   .shared_by = shared_asset,
		   .order = worst_first});

	context_put_list(c, "worst_assets", list_head(c, l, 10));
	context_put_list(c, "by_asset", l);
}

static void
put_departments(struct context *c, const struct list *sorted)
{
	context_put_list(c, "by_department",
	    list_sums(c, (struct sums){.groups = list_divided(
					   c, sorted, department_of, false),
			     .key = "department",
			     .shared_by = shared_department,
			     .has_assets = true,
			     .order = worst_first}));
}

static void
put_threats(struct context *c, const struct list *sorted)
{
	struct list *l = list_sums(c,
	    (struct sums){.groups = list_divided(c, sorted, threat_of, false),
		.key = "threat",
		.shared_by = shared_threat,
		.order = most_first});

	context_put_list(c, "by_threat", list_head(c, l, 10));
}

static void
put_counts(struct context *c, const struct list *all)
{
	long cells[METHOD_LEVELS + 1][METHOD_LEVELS + 1] = {{0}};
	long levels[METHOD_LEVELS + 1] = {0};
	const struct risk_row *row;
	size_t i;

	for (i = 0; i < all->n; i++) {
		row = risk_row(c, list_at(all, i));
		levels[row->level]++;
		cells[row->loss][row->likelihood]++;
	}
	context_put(c, "risk_count", json_integer((json_int_t)all->n));
	context_put(c, "has_risks", json_boolean(all->n > 0));
	context_put(
	    c, "levels", summary_counts(c->view, "risk", levels, (long)all->n));
	context_put(c, "matrix", summary_cells(c->view, cells));
}

void
context_risks(struct context *c)
{
	struct list *all = list_all(c, RISK_TYPE), *sorted, *bad;
	bool explained = false;
	size_t i;

	put_counts(c, all);
	sorted = list_ordered(c, all, NULL, by_worst);
	sorted->numbered = false;
	context_put_list(c, "risks", list_with_numbers(c, sorted));
	bad = context_put_such(c, "unacceptable", sorted, risk_is_unacceptable);
	for (i = 0; i < bad->n && !explained; i++)
		explained = risk_row(c, list_at(bad, i))->explained;
	context_put(c, "has_explanations", json_boolean(explained));
	context_put(
	    c, "acceptable_count", json_integer((json_int_t)(all->n - bad->n)));
	if (context_wants(c, "by_asset") || context_wants(c, "worst_assets"))
		put_assets(c, sorted);
	if (context_wants(c, "by_department"))
		put_departments(c, sorted);
	if (context_wants(c, "by_threat"))
		put_threats(c, sorted);
	context_put_list(c, "worst", list_head(c, bad, 5));
	c->unacceptable = bad;
}
