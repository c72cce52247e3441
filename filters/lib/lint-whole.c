#include <stdlib.h>
#include <string.h>

#include "approval.h"
#include "day.h"
#include "lint-private.h"
#include "period.h"

/* Assets that nobody looked at, the most valuable above all. */
static void
check_assets(struct lint *l)
{
	size_t i;

	for (i = 0; i < l->assets.count; i++) {
		if (index_find(&l->examined, l->assets.keys[i]) != INDEX_NONE)
			continue;
		if (l->top[i])
			lint_find(l, l->assets.keys[i], "unexamined",
			    "the asset is of the highest value, and no "
			    "vulnerability of it was examined");
		else
			lint_find(l, l->assets.keys[i], "no-vulnerability",
			    "the asset has no vulnerability");
	}
}

static void
check_used(struct lint *l, const char *type)
{
	const struct dossier *d = &l->dossier;
	struct buf key = {0};
	const char *id;
	size_t i;

	for (i = 0; i < dossier_count(d); i++) {
		id = dossier_key(d, type, i);
		if (id == NULL)
			continue;
		buf_clear(&key);
		buf_printf(&key, "%s %s", type, id);
		if (index_find(&l->used, key.data) == INDEX_NONE)
			lint_find(
			    l, id, "unused", "no risk comes of the %s", type);
	}
	buf_free(&key);
}

/* Which records a record names by its own key, "asset/threat/vulnerability". */
static const struct reference {
	const char *of, *to;
	enum { WHOLE, FIRST, SECOND, FIRST_AND_REST } by;
} references[] = {
    {"exposure", "asset", FIRST},
    {"exposure", "threat", SECOND},
    {"vulnerability", "asset", FIRST},
    {"risk", "asset", FIRST},
    {"risk", "threat", SECOND},
    {"risk", "vulnerability", FIRST_AND_REST},
    {"treatment", "risk", WHOLE},
    {"residual", "risk", WHOLE},
    {"residual", "treatment", WHOLE},
};

/* The key of what a key refers to. */
static void
write_reference(struct buf *b, const char *key, const struct reference *to)
{
	int first = (int)strcspn(key, "/");
	const char *second = key[first] != '\0' ? key + first + 1 : "";
	int len = (int)strcspn(second, "/");

	buf_clear(b);
	if (to->by == WHOLE)
		buf_text(b, key);
	else if (to->by == FIRST)
		buf_printf(b, "%.*s", first, key);
	else if (to->by == SECOND)
		buf_printf(b, "%.*s", len, second);
	else
		buf_printf(b, "%.*s%s", first, key, second + len);
}

static void
check_reference(struct lint *l, const struct reference *to)
{
	const struct dossier *d = &l->dossier;
	struct buf other = {0};
	const char *key;
	size_t i;

	for (i = 0; i < dossier_count(d); i++) {
		key = dossier_key(d, to->of, i);
		if (key == NULL)
			continue;
		write_reference(&other, key, to);
		if (!dossier_has(d, to->to, other.data))
			lint_find(l, key, "reference",
			    "the %s is of the %s %s, which is not there",
			    to->of, to->to, other.data);
	}
	buf_free(&other);
}

/* Decisions on what is not there; a vulnerability goes by its own id here. */
static void
check_decisions(struct lint *l)
{
	const struct dossier *d = &l->dossier;
	struct index there = {0};
	const char *key, *of;
	struct buf name = {0};
	size_t i;

	for (i = 0; l->decided.count > 0 && i < dossier_count(d); i++) {
		key = dossier_key(d, "vulnerability", i);
		if (key == NULL)
			continue;
		buf_clear(&name);
		buf_printf(&name, "vulnerability %s", strchr(key, '/') + 1);
		index_add(&there, name.data);
	}
	for (i = 0; i < l->decided.count; i++) {
		of = l->decided.keys[i];
		buf_clear(&name);
		buf_add(&name, of, strcspn(of, " "));
		if (!dossier_has(d, name.data, strchr(of, ' ') + 1) &&
		    index_find(&there, of) == INDEX_NONE)
			lint_find(l, strchr(of, ' ') + 1, "reference",
			    "the decision is on the %s, which is not there",
			    of);
	}
	buf_free(&name);
	index_free(&there);
}

/* Risks that no treatment was written for, where others have one. */
static void
check_treated(struct lint *l)
{
	size_t i;

	if (!dossier_has_core(&l->dossier, dossier_number("plan")))
		return;
	for (i = 0; i < l->unacceptable.count; i++)
		if (!dossier_has(
			&l->dossier, "treatment", l->unacceptable.keys[i]))
			lint_find(l, l->unacceptable.keys[i], "undecided",
			    "the risk is not acceptable, and has no treatment");
}

/* Treatments without a residual risk, where others have one. */
static void
check_judged(struct lint *l)
{
	const struct dossier *d = &l->dossier;
	const char *risk;
	size_t i;

	if (!dossier_has_core(d, dossier_number("residual")))
		return;
	for (i = 0; i < dossier_count(d); i++) {
		risk = dossier_key(d, "treatment", i);
		if (risk != NULL && !dossier_has(d, "residual", risk))
			lint_find(l, risk, "unjudged",
			    "what remains after treatment was not judged");
	}
}

static void
check_supported(struct lint *l)
{
	size_t i;

	for (i = 0; i < l->lowered.count; i++)
		if (index_find(&l->unmeasured, l->lowered.keys[i]) !=
		    INDEX_NONE)
			lint_find(l, l->lowered.keys[i], "unsupported",
			    "the risk is lower after treatment, without a "
			    "measure");
}

/* Manners that vulnerabilities name and no threat has. */
static void
check_manners(struct lint *l)
{
	size_t i;

	for (i = 0; i < l->sought.count; i++)
		if (index_find(&l->manners, l->sought.keys[i]) == INDEX_NONE)
			lint_find(l, l->sought.keys[i], "manner",
			    "vulnerabilities name this manner, and no threat "
			    "has it");
}

/* Incidents of threats that are not there, or said never to have been seen. */
static void
check_incidents(struct lint *l)
{
	const char *id;
	size_t i, threat;
	char *name;

	for (i = 0; i < l->naming.count; i++) {
		id = strchr(l->naming.keys[i], '\n') + 1;
		name = mem_text(
		    l->naming.keys[i], (size_t)(id - 1 - l->naming.keys[i]));
		threat = index_find(&l->threats, name);
		if (threat == INDEX_NONE)
			lint_find(l, id, "reference",
			    "the incident is of the threat %s, which is not "
			    "there",
			    name);
		else if (l->frequency[threat] == 1)
			lint_find(l, id, "never-seen",
			    "the incident names the threat %s, which is rated "
			    "as never seen",
			    name);
		free(name);
	}
}

static void
check_domains(struct lint *l)
{
	size_t i;

	for (i = 0; l->any_domain && i < 7; i++)
		if (!l->domains[i])
			lint_find(l, lint_domains[i].name, "domain",
			    "none of the test methods of this domain was used "
			    "(7.3)");
}

static bool
is_inspected(const struct lint *l, const struct period *quarter)
{
	struct buf code = {0};
	bool found;

	period_code(&code, quarter);
	found = index_find(&l->quarters, code.data) != INDEX_NONE;
	buf_free(&code);
	return found;
}

/* So many quarters without inspection, the last of them before another. */
static void
say_gap(struct lint *l, const struct period *first, const struct period *behind,
    int gap)
{
	struct period end = period_before(behind);
	struct buf id = {0}, last = {0};

	period_code(&id, first);
	period_code(&last, &end);
	if (gap == 1)
		lint_find(l, id.data, "inspection",
		    "no inspection in this quarter (7.15)");
	else if (gap > 1)
		lint_find(l, id.data, "inspection",
		    "no inspection in %d quarters, until %s (7.15)", gap,
		    last.data);
	buf_free(&id);
	buf_free(&last);
}

/* Each quarter of the period has an inspection (7.15); gaps are said whole. */
static void
check_quarters(struct lint *l)
{
	struct period q, first;
	int gap = 0;

	if (l->from == NULL || l->to == NULL)
		return;
	first = q = period_of(QUARTER, day_read(l->from));
	for (; q.from <= day_read(l->to); q = period_after(&q)) {
		if (!is_inspected(l, &q)) {
			first = gap++ > 0 ? first : q;
			continue;
		}
		say_gap(l, &first, &q, gap);
		gap = 0;
	}
	say_gap(l, &first, &q, gap);
}

static void
check_methods(struct lint *l)
{
	size_t i;

	for (i = 0; i < l->methods.count; i++)
		if (strcmp(l->methods.keys[i], method_id(l->method)) != 0)
			lint_find(l, l->methods.keys[i], "mixed-method",
			    "records were computed by this method, not by %s",
			    method_id(l->method));
}

/* The last approval of a document by a role, or NULL. */
static const struct signed_by *
last_of(const struct lint *l, int document, const char *role)
{
	const struct signed_by *s, *last = NULL;
	size_t i;

	for (i = 0; i < l->n_approvals; i++) {
		s = &l->approvals[i];
		if (s->document == document && strcmp(s->role, role) == 0)
			last = s;
	}
	return last;
}

/* What a role does with a document, in words. */
static const char *
duty_of(int document, const char *role)
{
	return approval_duty(document, role) == DUTY_REVIEW ? "review"
							    : "approval";
}

/* The approval of a role, where it is valid; else says why it is not. */
static const struct signed_by *
check_role(struct lint *l, int document, const char *role, const char *digest)
{
	const struct signed_by *s = last_of(l, document, role);
	const char *duty = duty_of(document, role);
	const char *name = dossier_document(document);

	if (s == NULL) {
		lint_find(l, name, "approval", "no %s by the %s", duty, role);
		return NULL;
	}
	switch (approval_judge(
	    s->decision, s->digest, s->expires, digest, lint_day(l))) {
	case APPROVAL_STALE:
		lint_find(l, name, "approval",
		    "the document has changed since the %s by the %s", duty,
		    role);
		return NULL;
	case APPROVAL_RETURNED:
		lint_find(l, name, "approval", "returned by the %s", role);
		return NULL;
	case APPROVAL_EXPIRED:
		lint_find(l, name, "approval", "the %s by the %s expired %s",
		    duty, role, s->expires);
		return NULL;
	case APPROVAL_MISSING:
	case APPROVAL_VOID:
	case APPROVAL_VALID:
		break;
	}
	return s;
}

/* By the day of signing, else by the order in which they came. */
static bool
is_before(const struct signed_by *a, const struct signed_by *b)
{
	int days =
	    a->date != NULL && b->date != NULL ? strcmp(a->date, b->date) : 0;

	return days < 0 || (days == 0 && a < b);
}

/* The roles of a document in order: each after the one before it. */
static void
check_document(struct lint *l, int document)
{
	const struct signed_by *before = NULL, *s;
	char digest[DIGEST_SIZE];
	const char *role;
	size_t i;

	if (!dossier_has_core(&l->dossier, document))
		return;
	dossier_digest(&l->dossier, document, digest);
	for (i = 0; (role = approval_role(document, i)) != NULL; i++) {
		s = check_role(l, document, role, digest);
		if (before != NULL && s != NULL && is_before(s, before))
			lint_find(l, dossier_document(document), "approval",
			    "the %s by the %s comes before the %s by the %s",
			    duty_of(document, role), role,
			    duty_of(document, before->role), before->role);
		before = s;
	}
}

static void
check_approvals(struct lint *l)
{
	const struct signed_by *s;
	size_t i;
	int document;

	for (document = 0; dossier_document(document) != NULL; document++)
		check_document(l, document);
	for (i = 0; i < l->n_approvals; i++) {
		s = &l->approvals[i];
		if (approval_duty(s->document, s->role) == DUTY_NONE)
			lint_find(l, dossier_document(s->document), "approval",
			    "signed by the %s, which has no part in it",
			    s->role);
		if (l->prepared_by != NULL &&
		    approval_is_own(s->name, s->role, l->prepared_by))
			lint_find(l, dossier_document(s->document), "approval",
			    "signed by who prepared it, %s", l->prepared_by);
	}
}

void
lint_end(struct lint *l)
{
	size_t i;

	check_treated(l);
	check_judged(l);
	check_supported(l);
	check_decisions(l);
	check_assets(l);
	for (i = 0; i < sizeof references / sizeof references[0]; i++)
		check_reference(l, &references[i]);
	if (dossier_has_core(&l->dossier, dossier_number("assessment"))) {
		check_used(l, "threat");
		check_used(l, "vulnerability");
	}
	check_incidents(l);
	check_manners(l);
	check_domains(l);
	check_quarters(l);
	check_methods(l);
	check_approvals(l);
}
