#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "day.h"
#include "incident.h"
#include "lint-private.h"
#include "period.h"
#include "schema.h"

const struct lint_domain lint_domains[7] = {
    {"management", {"interview", "document-review", "observation"}},
    {"physical", {"interview", "document-review", "observation"}},
    {"network", {"interview", "document-review", "verification"}},
    {"network-device",
	{"verification", "document-review", "vulnerability-scan"}},
    {"host", {"verification", "document-review", "vulnerability-scan"}},
    {"data-backup", {"interview", "verification", "document-review"}},
    {"application", {"interview", "verification", "document-review"}},
};

void
lint_find(
    struct lint *l, const char *id, const char *rule, const char *fmt, ...)
{
	va_list arguments;
	struct buf what = {0};

	va_start(arguments, fmt);
	buf_vprintf(&what, fmt, arguments);
	va_end(arguments);
	l->report(id, rule, what.data);
	buf_free(&what);
}

const char *
lint_day(const struct lint *l)
{
	return l->day != NULL ? l->day : l->to;
}

static char *
copy(const char *text)
{
	return text != NULL ? mem_text(text, strlen(text)) : NULL;
}

/* Whether a day in a field has gone by. */
static bool
is_past(const struct lint *l, const struct record *r, const char *field)
{
	const char *date = rec_string(r, field), *day = lint_day(l);

	return date != NULL && day != NULL && strcmp(date, day) < 0;
}

static bool
is(const struct record *r, const char *field, const char *value)
{
	const char *text = rec_string(r, field);

	return text != NULL && strcmp(text, value) == 0;
}

static void
take_assessment(struct lint *l, const struct record *r)
{
	l->from = copy(rec_string(r, "period_from"));
	l->to = copy(rec_string(r, "period_to"));
	l->prepared_by = copy(rec_string(r, "prepared_by"));
}

/* Whether C, I and A give the value that stands on the asset. */
static bool
has_own_value(const struct lint *l, const struct record *r)
{
	int c = (int)rec_integer(r, "confidentiality");
	int i = (int)rec_integer(r, "integrity");
	int a = (int)rec_integer(r, "availability");
	long tenths = (long)(rec_number(r, "value") * 10 + 0.5);

	return c == 0 || i == 0 || a == 0 || !rec_has(r, "value") ||
	       method_value(l->method, c, i, a) == tenths;
}

static void
take_asset(struct lint *l, const struct record *r)
{
	const char *id = rec_string(r, "id");
	size_t i = l->assets.count;

	index_add(&l->assets, id);
	l->top = mem_resize(l->top, (i + 1) * sizeof *l->top);
	l->top[i] =
	    rec_integer(r, "value_level") == method_levels(l->method, VALUE);
	if (!rec_has(r, "owner"))
		lint_find(l, id, "owner", "the asset has no owner");
	if (!rec_has(r, "value_level"))
		lint_find(l, id, "value", "the asset has no value level");
	if (!has_own_value(l, r))
		lint_find(l, id, "mixed-method",
		    "the asset's value is not what %s makes of its "
		    "confidentiality, integrity and availability",
		    method_id(l->method));
}

static void
take_threat(struct lint *l, const struct record *r)
{
	size_t i = l->threats.count;

	index_add(&l->threats, rec_string(r, "id"));
	l->frequency = mem_resize(l->frequency, (i + 1) * sizeof *l->frequency);
	l->frequency[i] = (int)rec_integer(r, "frequency_level");
	if (rec_has(r, "manner"))
		index_add(&l->manners, rec_string(r, "manner"));
}

static void
check_times(struct lint *l, const struct record *r)
{
	const struct incident i = {rec_string(r, "date"),
	    rec_string(r, "detected"), rec_string(r, "resolved"),
	    rec_string(r, "status")};
	enum incident_fault fault;

	for (fault = 0; fault < INCIDENT_FAULTS; fault++)
		if (incident_has(&i, fault))
			lint_find(l, rec_string(r, "id"), "times", "%s",
			    incident_faults[fault][EN]);
}

static void
take_incident(struct lint *l, const struct record *r)
{
	struct buf naming = {0};

	check_times(l, r);
	if (!rec_has(r, "threat"))
		return;
	buf_printf(
	    &naming, "%s\n%s", rec_string(r, "threat"), rec_string(r, "id"));
	index_add(&l->naming, naming.data);
	buf_free(&naming);
}

/* The domain's methods: those used that 7.3 does not foresee are said. */
static void
take_methods(struct lint *l, const struct record *r, const char *id)
{
	const char *domain = rec_string(r, "domain"), *method;
	size_t i, k, m;

	for (i = 0; domain != NULL && i < 7; i++)
		if (strcmp(lint_domains[i].name, domain) == 0)
			break;
	if (domain == NULL || i == 7)
		return;
	l->any_domain = true;
	for (k = 0; k < rec_size(r, "methods"); k++) {
		method = rec_item(r, "methods", k);
		for (m = 0; m < 3; m++)
			if (strcmp(lint_domains[i].methods[m], method) == 0)
				break;
		if (m < 3)
			l->domains[i] = true;
		else
			lint_find(l, id, "test-method",
			    "%s is no test method of the domain %s (7.3)",
			    method, domain);
	}
}

static void
take_vulnerability(struct lint *l, const struct record *r)
{
	struct buf id = {0};
	size_t i;

	schema_key(schema_find(r->type), r, &id);
	index_add(&l->examined, rec_string(r, "asset"));
	for (i = 0; i < rec_size(r, "manners"); i++)
		index_add(&l->sought, rec_item(r, "manners", i));
	take_methods(l, r, id.data);
	buf_free(&id);
}

static void
take_method(struct lint *l, const struct record *r)
{
	const char *method = rec_string(r, "method");

	if (method != NULL)
		index_add(&l->methods, method);
}

static void
take_risk(struct lint *l, const struct record *r)
{
	struct buf id = {0};

	take_method(l, r);
	buf_printf(&id, "threat %s", rec_string(r, "threat"));
	index_add(&l->used, id.data);
	buf_clear(&id);
	buf_printf(&id, "vulnerability %s/%s", rec_string(r, "asset"),
	    rec_string(r, "vulnerability"));
	index_add(&l->used, id.data);
	buf_free(&id);
	if (!rec_boolean(r, "acceptable"))
		index_add(&l->unacceptable, rec_string(r, "id"));
}

/* What a decision lacks, but for the reason of an acceptance. */
static void
take_problems(struct lint *l, const struct record *r, const char *id)
{
	bool accepted = is(r, "option", "accept");
	const char *problem;
	size_t i;

	for (i = 0; i < rec_size(r, "problems"); i++) {
		problem = rec_item(r, "problems", i);
		if (strcmp(problem, "undecided") == 0)
			lint_find(l, id, "undecided",
			    "the risk is not acceptable, and nothing has been "
			    "decided");
		else if (accepted && strcmp(problem, "justification") == 0)
			lint_find(l, id, "acceptance",
			    "the risk is accepted without a reason");
		else if (strcmp(problem, "unacceptable") == 0)
			lint_find(l, id, "incomplete",
			    "the risk is retained and is not acceptable");
		else
			lint_find(l, id, "incomplete", "the decision lacks: %s",
			    problem);
	}
}

static void
take_decision(struct lint *l, const struct record *r)
{
	static const char *const on[] = {"risk", "vulnerability", "asset"};
	struct buf key = {0};
	size_t i;

	for (i = 0; i < 3; i++) {
		if (!rec_has(r, on[i]))
			continue;
		buf_clear(&key);
		buf_printf(&key, "%s %s", on[i], rec_string(r, on[i]));
		index_add(&l->decided, key.data);
	}
	buf_free(&key);
}

static void
take_treatment(struct lint *l, const struct record *r)
{
	const char *id = rec_string(r, "risk");

	take_method(l, r);
	take_problems(l, r, id);
	if (is_past(l, r, "due") && !is(r, "status", "done"))
		lint_find(l, id, "overdue", "due %s and not done by %s",
		    rec_string(r, "due"), lint_day(l));
	if (is_past(l, r, "expires"))
		lint_find(l, id,
		    is(r, "option", "accept") ? "acceptance" : "expired",
		    "the %s ended %s",
		    is(r, "option", "accept") ? "acceptance" : "treatment",
		    rec_string(r, "expires"));
	if (!rec_has(r, "measure"))
		index_add(&l->unmeasured, id);
}

static void
take_residual(struct lint *l, const struct record *r)
{
	const char *id = rec_string(r, "risk");
	double before = rec_number(r, "before_score");

	take_method(l, r);
	if (is(r, "next", "treat-again") && !is(r, "option", "undecided"))
		lint_find(l, id, "unacceptable",
		    "what remains is not acceptable, and not accepted");
	if (!rec_has(r, "after_score"))
		return;
	if (rec_number(r, "after_score") > before)
		lint_find(l, id, "higher",
		    "the risk is higher after treatment than before");
	if (rec_number(r, "after_score") < before &&
	    !is(r, "option", "transfer"))
		index_add(&l->lowered, id);
}

static void
take_approval(struct lint *l, const struct record *r)
{
	struct signed_by *s;

	l->approvals = mem_resize(
	    l->approvals, (l->n_approvals + 1) * sizeof *l->approvals);
	s = &l->approvals[l->n_approvals++];
	s->document = dossier_number(rec_string(r, "document"));
	s->role = copy(rec_string(r, "role"));
	s->name = copy(rec_string(r, "name"));
	s->decision = copy(rec_string(r, "decision"));
	s->digest = copy(rec_string(r, "digest"));
	s->date = copy(rec_string(r, "date"));
	s->expires = copy(rec_string(r, "expires"));
}

static void
take_inspection(struct lint *l, const struct record *r)
{
	struct period quarter =
	    period_of(QUARTER, day_read(rec_string(r, "date")));
	struct buf code = {0};

	period_code(&code, &quarter);
	index_add(&l->quarters, code.data);
	buf_free(&code);
}

static void
take_refused(struct lint *l, const struct record *r)
{
	struct buf place = {0};

	buf_printf(
	    &place, "%s:%ld", rec_string(r, "source"), rec_integer(r, "line"));
	lint_find(l, place.data, "refused", "the record was refused: %s",
	    rec_string(r, "error"));
	buf_free(&place);
}

struct lint *
lint_open(const struct method *method, const char *day, lint_report *report)
{
	struct lint *l = mem_zero(1, sizeof *l);
	int i;

	l->method = method;
	l->day = day;
	l->report = report;
	l->dossier.keeps_keys = true;
	for (i = 0; dossier_document(i) != NULL; i++)
		dossier_add(&l->dossier, i);
	return l;
}

/* Of records with one key the first counts, as it does in reports. */
static void
find_twice(struct lint *l, const struct record *r)
{
	struct buf key = {0};

	schema_key(schema_find(r->type), r, &key);
	lint_find(l, key.len > 0 ? key.data : r->type, "duplicate",
	    key.len > 0 ? "another %s has this id" : "another %s is there",
	    r->type);
	buf_free(&key);
}

void
lint_take(struct lint *l, const struct record *r)
{
	static const struct {
		const char *type;
		void (*take)(struct lint *, const struct record *);
	} takers[] = {{"assessment", take_assessment}, {"asset", take_asset},
	    {"threat", take_threat}, {"incident", take_incident},
	    {"vulnerability", take_vulnerability}, {"risk", take_risk},
	    {"decision", take_decision}, {"treatment", take_treatment},
	    {"residual", take_residual}, {"approval", take_approval},
	    {"inspection", take_inspection}, {"refused", take_refused}};
	bool is_new;
	size_t i;

	is_new = dossier_enter(&l->dossier, r);
	dossier_take(&l->dossier, r, is_new);
	if (!is_new) {
		find_twice(l, r);
		return;
	}
	for (i = 0; i < sizeof takers / sizeof takers[0]; i++)
		if (strcmp(takers[i].type, r->type) == 0)
			takers[i].take(l, r);
}
