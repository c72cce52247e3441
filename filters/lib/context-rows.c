#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "day.h"
#include "digest.h"
#include "status.h"

/* The place of a type among those kept as rows; they follow one another but
 * for decisions. */
static int
place_of(enum type type)
{
	switch (type) {
	case VULNERABILITY:
		return 0;
	case RISK_TYPE:
		return 1;
	case TREATMENT:
		return 2;
	case RESIDUAL:
		return 3;
	default:
		return -1;
	}
}

bool
rows_have(enum type type)
{
	return place_of(type) >= 0;
}

size_t
rows_count(const struct context *c, enum type type)
{
	return c->rows.keys[place_of(type)].count;
}

uint32_t
rows_find(const struct context *c, enum type type, const char *key)
{
	size_t n = triple_find(
	    &c->rows.keys[place_of(type)], digest_short(key, strlen(key)));

	return n != TRIPLE_NONE ? (uint32_t)n : NOWHERE;
}

/* The number of a value in its enumeration from 1; 0 for another, or none. */
static uint8_t
number_of(const struct value_rule *rule, const char *value)
{
	size_t i;

	for (i = 0; value != NULL && i < rule->n_values; i++)
		if (strcmp(rule->values[i], value) == 0)
			return (uint8_t)(i + 1);
	return 0;
}

static uint8_t
code_of(const struct record *r, const char *field)
{
	const struct field *f = schema_field(schema_find(r->type), field);

	return number_of(&f->rule, rec_string(r, field));
}

/* A level, 0 where it is absent. */
static uint8_t
level_of(const struct record *r, const char *field)
{
	return (uint8_t)rec_integer(r, field);
}

static const char *
text_of(const struct record *r, const char *field)
{
	const char *text = rec_string(r, field);

	return text != NULL ? text : "";
}

static struct risk_row
read_risk(struct context *c, const struct record *r)
{
	const struct field *score = schema_field(schema_find("risk"), "score");

	return (struct risk_row){
	    .score = view_number(c->view, score, rec_number(r, "score")),
	    .asset =
		(uint32_t)index_add(&c->rows.assets, rec_string(r, "asset")),
	    .threat =
		(uint32_t)index_add(&c->rows.threats, rec_string(r, "threat")),
	    .treatment = NOWHERE,
	    .residual = NOWHERE,
	    .level = level_of(r, "level"),
	    .asset_level = level_of(r, "asset_level"),
	    .likelihood = level_of(r, "likelihood_level"),
	    .loss = level_of(r, "loss_level"),
	    .acceptable = rec_boolean(r, "acceptable"),
	    .explained = rec_has(r, "explanation"),
	};
}

/* The number of a text among those of the same kind. */
static uint32_t
number_in(struct triples *of, const struct buf *text)
{
	return (uint32_t)triple_add(of, digest_short(text->data, text->len));
}

static struct treatment_row
read_treatment(struct context *c, const struct record *r)
{
	static const char *const work[] = {
	    "measure", "department", "owner", "due", "expires", "status"};
	static struct buf text;
	const struct field *cost =
	    schema_field(schema_find("treatment"), "cost");
	const char *by = text_of(r, "decided_by");
	struct treatment_row t = {
	    .work = NOWHERE,
	    .department = NOWHERE,
	    .priority = rec_has(r, "priority")
			    ? (int32_t)rec_integer(r, "priority")
			    : INT32_MAX,
	    .due = rec_has(r, "due") ? (int32_t)day_read(rec_string(r, "due"))
				     : INT32_MAX,
	    .option = code_of(r, "option"),
	    .decided = *by != '\0',
	    .done = strcmp(text_of(r, "status"), "done") == 0,
	    .has_measure = *text_of(r, "measure") != '\0',
	    .has_cost = rec_has(r, "cost"),
	    .has_problems = rec_size(r, "problems") > 0,
	};
	size_t i;

	if (t.has_cost)
		t.fen = llround(
		    view_number(c->view, cost, rec_number(r, "cost")) * 100);
	if (*text_of(r, "department") != '\0')
		t.department = (uint32_t)index_add(
		    &c->rows.departments, rec_string(r, "department"));
	buf_clear(&text);
	buf_printf(&text, "%s\n%s", by, *by != '\0' ? text_of(r, by) : "");
	t.decision = number_in(&c->rows.decisions, &text);
	if (!t.has_measure)
		return t;
	buf_clear(&text);
	for (i = 0; i < sizeof work / sizeof work[0]; i++)
		buf_printf(&text, "%s\n", text_of(r, work[i]));
	t.work = number_in(&c->rows.works, &text);
	return t;
}

static struct residual_row
read_residual(const struct record *r)
{
	return (struct residual_row){
	    .before = level_of(r, "before_level"),
	    .after = level_of(r, "after_level"),
	    .likelihood = level_of(r, "likelihood_level"),
	    .loss = level_of(r, "loss_level"),
	    .next = code_of(r, "next"),
	    .unacceptable =
		rec_has(r, "acceptable") && !rec_boolean(r, "acceptable"),
	    .has_problems = rec_size(r, "problems") > 0,
	};
}

static struct weakness_row
read_weakness(const struct record *r)
{
	const struct field *methods =
	    schema_field(schema_find(r->type), "methods");
	struct weakness_row w = {
	    .domain = code_of(r, "domain"),
	    .effect = code_of(r, "measure_effectiveness"),
	    .severity = level_of(r, "severity_level"),
	    .has_measures = *text_of(r, "existing_measures") != '\0',
	};
	uint8_t n;
	size_t i;

	for (i = 0; i < rec_size(r, "methods"); i++) {
		n = number_of(methods->rule.items, rec_item(r, "methods", i));
		if (n > 0)
			w.methods |= (uint16_t)(1U << (n - 1));
	}
	return w;
}

bool
rows_take(struct context *c, enum type type, struct record *r, const char *key)
{
	struct rows *rows = &c->rows;
	int place = place_of(type);
	size_t n = rows->keys[place].count;

	triple_add(&rows->keys[place], digest_short(key, strlen(key)));
	if (rows->keys[place].count == n)
		return false;
	if (rows->shelves[place] == NULL)
		rows->shelves[place] = shelf_open();
	shelf_add(rows->shelves[place], r->text, r->len);
	if (type == RISK_TYPE) {
		rows->risks = mem_room(rows->risks, n, sizeof *rows->risks);
		rows->risks[n] = read_risk(c, r);
	} else if (type == TREATMENT) {
		rows->treatments =
		    mem_room(rows->treatments, n, sizeof *rows->treatments);
		rows->treatments[n] = read_treatment(c, r);
	} else if (type == RESIDUAL) {
		rows->residuals =
		    mem_room(rows->residuals, n, sizeof *rows->residuals);
		rows->residuals[n] = read_residual(r);
	} else {
		rows->weaknesses =
		    mem_room(rows->weaknesses, n, sizeof *rows->weaknesses);
		rows->weaknesses[n] = read_weakness(r);
	}
	return true;
}

bool
rows_take_change(struct context *c, const char *risk)
{
	size_t n = c->rows.changes.count;

	triple_add(&c->rows.changes, digest_short(risk, strlen(risk)));
	return c->rows.changes.count > n;
}

uint32_t
rows_change(const struct context *c, uint32_t risk)
{
	size_t n = triple_find(
	    &c->rows.changes, c->rows.keys[place_of(RISK_TYPE)].list[risk]);

	return n != TRIPLE_NONE ? (uint32_t)n : NOWHERE;
}

/* Treatments and residual risks have the id of their risk for a key. */
void
rows_join(struct context *c)
{
	struct rows *rows = &c->rows;
	const struct triples *risks = &rows->keys[place_of(RISK_TYPE)];
	size_t i, t, r;

	for (i = 0; i < risks->count; i++) {
		t = triple_find(
		    &rows->keys[place_of(TREATMENT)], risks->list[i]);
		r = triple_find(
		    &rows->keys[place_of(RESIDUAL)], risks->list[i]);
		rows->risks[i].treatment =
		    t != TRIPLE_NONE ? (uint32_t)t : NOWHERE;
		rows->risks[i].residual =
		    r != TRIPLE_NONE ? (uint32_t)r : NOWHERE;
	}
}

const struct risk_row *
risk_row(const struct context *c, uint32_t number)
{
	return &c->rows.risks[number];
}

const struct treatment_row *
treatment_row(const struct context *c, uint32_t risk)
{
	uint32_t number = c->rows.risks[risk].treatment;

	return number != NOWHERE ? &c->rows.treatments[number] : NULL;
}

const struct residual_row *
residual_row(const struct context *c, uint32_t risk)
{
	uint32_t number = c->rows.risks[risk].residual;

	return number != NOWHERE ? &c->rows.residuals[number] : NULL;
}

bool
risk_is_unacceptable(const struct context *c, uint32_t risk)
{
	return !c->rows.risks[risk].acceptable;
}

bool
risk_is_decided(const struct context *c, uint32_t risk)
{
	const struct treatment_row *t = treatment_row(c, risk);

	return t != NULL && t->decided;
}

bool
risk_is_treated_by(const struct context *c, uint32_t risk, const char *option)
{
	const struct treatment_row *t = treatment_row(c, risk);
	const struct field *f =
	    schema_field(schema_find("treatment"), "option");

	return t != NULL && t->option > 0 &&
	       strcmp(f->rule.values[t->option - 1], option) == 0;
}

json_t *
rows_read(const struct context *c, enum type type, uint32_t number)
{
	struct record r = {.source = "temporary file", .line = number + 1UL};
	json_t *view;

	r.text = shelf_text(c->rows.shelves[place_of(type)], number, &r.len);
	if (rec_parse(&r) < 0)
		exit(TROUBLE);
	view = view_record(&c->lean, schema_find(r.type), rec_members(&r));
	rec_free(&r);
	return view;
}
