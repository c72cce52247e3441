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
	const struct shelf *shelf = c->rows.shelves[place_of(type)];

	return shelf != NULL ? shelf_count(shelf) : 0;
}

/* Where the number stands of what has the id of a risk. */
static uint32_t *
number_of_risk(struct of_risk *of, enum type type)
{
	return type == RISK_TYPE   ? &of->risk
	       : type == TREATMENT ? &of->treatment
				   : &of->residual;
}

uint32_t
rows_find(const struct context *c, enum type type, const char *key)
{
	struct triple digest = digest_short(key, strlen(key));
	size_t n = triple_find(
	    type == VULNERABILITY ? &c->rows.keys : &c->rows.ids, digest);

	if (n == TRIPLE_NONE)
		return NOWHERE;
	return type == VULNERABILITY
		   ? (uint32_t)n
		   : *number_of_risk(&c->rows.of_risks[n], type);
}

uint32_t
rows_of_risk(const struct context *c, enum type type, uint32_t risk)
{
	return *number_of_risk(&c->rows.of_risks[c->rows.risks[risk].id], type);
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

/* A level, 9 at most; 0 where it is absent. */
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
read_risk(struct context *c, const struct record *r, uint32_t id)
{
	const struct field *score = schema_field(schema_find("risk"), "score");

	return (struct risk_row){
	    .score = view_number(c->view, score, rec_number(r, "score")),
	    .id = id,
	    .asset =
		(uint32_t)index_add(&c->rows.assets, rec_string(r, "asset")),
	    .threat =
		(uint32_t)index_add(&c->rows.threats, rec_string(r, "threat")),
	    .level = level_of(r, "level") & 15U,
	    .asset_level = level_of(r, "asset_level") & 15U,
	    .likelihood = level_of(r, "likelihood_level") & 15U,
	    .loss = level_of(r, "loss_level") & 15U,
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

/* The number of the row of a treatment, which others may have as well. */
static uint32_t
number_row(struct rows *rows, const struct treatment_row *t)
{
	size_t n = rows->treatment_kinds.count;
	size_t number = triple_add(
	    &rows->treatment_kinds, digest_short((const char *)t, sizeof *t));

	if (number == n) {
		rows->treatment_rows = mem_room(
		    rows->treatment_rows, n, sizeof *rows->treatment_rows);
		rows->treatment_rows[n] = *t;
	}
	return (uint32_t)number;
}

/* By the same bytes where it is the same: those between are 0. */
static void
read_row(struct context *c, const struct record *r, struct treatment_row *t)
{
	static const char *const work[] = {
	    "measure", "department", "owner", "due", "expires", "status"};
	static struct buf text;
	const struct field *cost =
	    schema_field(schema_find("treatment"), "cost");
	const char *by = text_of(r, "decided_by");
	size_t i;

	memset(t, 0, sizeof *t);
	t->work = t->department = NOWHERE;
	t->due = rec_has(r, "due") ? (int32_t)day_read(rec_string(r, "due"))
				   : INT32_MAX;
	t->option = code_of(r, "option");
	t->decided = *by != '\0';
	t->done = strcmp(text_of(r, "status"), "done") == 0;
	t->has_measure = *text_of(r, "measure") != '\0';
	t->has_cost = rec_has(r, "cost");
	t->has_problems = rec_size(r, "problems") > 0;
	if (t->has_cost)
		t->fen = llround(
		    view_number(c->view, cost, rec_number(r, "cost")) * 100);
	if (*text_of(r, "department") != '\0')
		t->department = (uint32_t)index_add(
		    &c->rows.departments, rec_string(r, "department"));
	buf_clear(&text);
	buf_printf(&text, "%s\n%s", by, *by != '\0' ? text_of(r, by) : "");
	t->decision = number_in(&c->rows.decisions, &text);
	if (!t->has_measure)
		return;
	buf_clear(&text);
	for (i = 0; i < sizeof work / sizeof work[0]; i++)
		buf_printf(&text, "%s\n", text_of(r, work[i]));
	t->work = number_in(&c->rows.works, &text);
}

static struct treatment_entry
read_treatment(struct context *c, const struct record *r)
{
	struct treatment_row row;

	read_row(c, r, &row);
	return (struct treatment_entry){
	    .row = number_row(&c->rows, &row),
	    .priority = rec_has(r, "priority")
			    ? (int32_t)rec_integer(r, "priority")
			    : INT32_MAX,
	};
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

/* Enters the id of the risk that a record is, or is about. */
static bool
enter_of_risk(struct rows *rows, enum type type, struct triple digest,
    uint32_t number, uint32_t *id)
{
	size_t n = rows->ids.count;
	uint32_t *place;

	*id = (uint32_t)triple_add(&rows->ids, digest);
	if (*id == n) {
		rows->of_risks =
		    mem_room(rows->of_risks, n, sizeof *rows->of_risks);
		rows->of_risks[n] = (struct of_risk){NOWHERE, NOWHERE, NOWHERE};
	}
	place = number_of_risk(&rows->of_risks[*id], type);
	if (*place != NOWHERE)
		return false;
	*place = number;
	return true;
}

/* Enters the key of a record that is to have a number; false: it is there. */
static bool
enter(struct rows *rows, enum type type, const char *key, uint32_t number,
    uint32_t *id)
{
	struct triple digest = digest_short(key, strlen(key));

	if (type != VULNERABILITY)
		return enter_of_risk(rows, type, digest, number, id);
	*id = (uint32_t)triple_add(&rows->keys, digest);
	return *id == number;
}

bool
rows_take(struct context *c, enum type type, struct record *r, const char *key)
{
	struct rows *rows = &c->rows;
	int place = place_of(type);
	size_t n = rows_count(c, type);
	uint32_t id;

	if (!enter(rows, type, key, (uint32_t)n, &id))
		return false;
	if (rows->shelves[place] == NULL)
		rows->shelves[place] = shelf_open();
	shelf_add(rows->shelves[place], r->text, r->len);
	if (type == RISK_TYPE) {
		rows->risks = mem_room(rows->risks, n, sizeof *rows->risks);
		rows->risks[n] = read_risk(c, r, id);
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
	    &c->rows.changes, c->rows.ids.list[c->rows.risks[risk].id]);

	return n != TRIPLE_NONE ? (uint32_t)n : NOWHERE;
}

const struct risk_row *
risk_row(const struct context *c, uint32_t number)
{
	return &c->rows.risks[number];
}

const struct treatment_row *
treatment_row(const struct context *c, uint32_t risk)
{
	uint32_t number = rows_of_risk(c, TREATMENT, risk);

	return number != NOWHERE
		   ? &c->rows.treatment_rows[c->rows.treatments[number].row]
		   : NULL;
}

int32_t
treatment_priority(const struct context *c, uint32_t risk)
{
	uint32_t number = rows_of_risk(c, TREATMENT, risk);

	return number != NOWHERE ? c->rows.treatments[number].priority
				 : INT32_MAX;
}

const struct residual_row *
residual_row(const struct context *c, uint32_t risk)
{
	uint32_t number = rows_of_risk(c, RESIDUAL, risk);

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

void
rows_parse(
    const struct context *c, enum type type, uint32_t number, struct record *r)
{
	*r = (struct record){.source = "temporary file", .line = number + 1UL};
	r->text = shelf_text(c->rows.shelves[place_of(type)], number, &r->len);
	if (rec_parse(r) < 0)
		exit(TROUBLE);
}

json_t *
rows_read(const struct context *c, enum type type, uint32_t number)
{
	struct record r;
	json_t *view;

	rows_parse(c, type, number, &r);
	view = view_record(&c->lean, schema_find(r.type), rec_members(&r));
	rec_free(&r);
	return view;
}
