#include <stdlib.h>
#include <string.h>

#include "lint-private.h"

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

/* Whether a threat or vulnerability makes a risk. */
static bool
is_used(const struct lint *l, const char *type, const char *id)
{
	struct buf key = {0};
	bool used;

	buf_printf(&key, "%s\n%s", type, id);
	used = index_find(&l->used, key.data) != INDEX_NONE;
	buf_free(&key);
	return used;
}

static void
check_used(struct lint *l, const char *type, const struct index *ids)
{
	size_t i;

	for (i = 0; l->any_risk && i < ids->count; i++)
		if (!is_used(l, type, ids->keys[i]))
			lint_find(l, ids->keys[i], "unused",
			    "no risk comes of the %s", type);
}

/* Incidents of threats that are said never to have been seen. */
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
		if (threat != INDEX_NONE && l->frequency[threat] == 1)
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

/* Each quarter of the period has an inspection (7.15). */
static void
check_quarters(struct lint *l)
{
	struct buf quarter = {0};
	int year, q, last;

	if (l->from == NULL || l->to == NULL)
		return;
	year = atoi(l->from);
	q = (atoi(l->from + 5) + 2) / 3;
	last = 4 * atoi(l->to) + (atoi(l->to + 5) + 2) / 3;
	for (; 4 * year + q <= last; q++) {
		if (q > 4) {
			q = 1;
			year++;
		}
		buf_clear(&quarter);
		buf_printf(&quarter, "%04d-Q%d", year, q);
		if (index_find(&l->quarters, quarter.data) == INDEX_NONE)
			lint_find(l, quarter.data, "inspection",
			    "no inspection in this quarter (7.15)");
	}
	buf_free(&quarter);
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
last_of(const struct lint *l, const char *document, const char *role)
{
	const struct signed_by *s, *last = NULL;
	size_t i;

	for (i = 0; i < l->n_approvals; i++) {
		s = &l->approvals[i];
		if (strcmp(s->document, document) == 0 &&
		    strcmp(s->role, role) == 0)
			last = s;
	}
	return last;
}

static void
check_role(
    struct lint *l, const char *document, const char *role, const char *digest)
{
	static const char *const verb[] = {
	    [DUTY_REVIEW] = "review", [DUTY_APPROVE] = "approval"};
	const struct signed_by *s = last_of(l, document, role);
	const char *duty = verb[approval_duty(document, role)];

	if (s == NULL) {
		lint_find(
		    l, document, "approval", "no %s by the %s", duty, role);
		return;
	}
	switch (approval_judge(
	    s->decision, s->digest, s->expires, digest, lint_day(l))) {
	case APPROVAL_STALE:
		lint_find(l, document, "approval",
		    "the document has changed since the %s by the %s", duty,
		    role);
		break;
	case APPROVAL_RETURNED:
		lint_find(l, document, "approval", "returned by the %s", role);
		break;
	case APPROVAL_EXPIRED:
		lint_find(l, document, "approval",
		    "the %s by the %s expired %s", duty, role, s->expires);
		break;
	case APPROVAL_MISSING:
	case APPROVAL_VOID:
	case APPROVAL_VALID:
		break;
	}
}

static void
check_approvals(struct lint *l)
{
	const struct signed_by *s;
	const char *document, *role;
	char digest[DIGEST_SIZE];
	size_t i, k;

	for (i = 0; i < DOCUMENTS; i++) {
		document = l->dossiers[i].document;
		if (!dossier_has(&l->dossiers[i], dossier_core(document)))
			continue;
		dossier_digest(&l->dossiers[i], digest);
		for (k = 0; (role = approval_role(document, k)) != NULL; k++)
			check_role(l, document, role, digest);
	}
	for (i = 0; i < l->n_approvals; i++) {
		s = &l->approvals[i];
		if (approval_duty(s->document, s->role) == DUTY_NONE)
			lint_find(l, s->document, "approval",
			    "signed by the %s, which has no part in it",
			    s->role);
		if (l->prepared_by != NULL &&
		    approval_is_own(s->name, s->role, l->prepared_by))
			lint_find(l, s->document, "approval",
			    "signed by who prepared it, %s", l->prepared_by);
	}
}

void
lint_end(struct lint *l)
{
	check_assets(l);
	check_used(l, "threat", &l->threats);
	check_used(l, "vulnerability", &l->vulnerabilities);
	check_incidents(l);
	check_domains(l);
	check_quarters(l);
	check_methods(l);
	check_approvals(l);
}
