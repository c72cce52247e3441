#include <stddef.h>
#include <string.h>

#include "approval.h"
#include "dossier.h"
#include "schema.h"

/* Who signs each document, in order. */
static const struct {
	const char *document;
	struct {
		const char *role;
		enum duty duty;
	} roles[3];
} signers[] = {
    {"assessment",
	{{"security-team", DUTY_REVIEW}, {"security-lead", DUTY_APPROVE}}},
    {"plan", {{"security-team", DUTY_REVIEW}, {"security-lead", DUTY_APPROVE}}},
    {"residual", {{"general-manager", DUTY_APPROVE}}},
};

static size_t
place_of(int document)
{
	size_t i = 0;

	while (strcmp(signers[i].document, dossier_document(document)) != 0)
		i++;
	return i;
}

enum duty
approval_duty(int document, const char *role)
{
	size_t i = place_of(document), k;

	for (k = 0; signers[i].roles[k].role != NULL; k++)
		if (strcmp(signers[i].roles[k].role, role) == 0)
			return signers[i].roles[k].duty;
	return DUTY_NONE;
}

const char *
approval_role(int document, size_t n)
{
	return signers[place_of(document)].roles[n].role;
}

enum approval_state
approval_judge(const char *decision, const char *digest, const char *expires,
    const char *current, const char *day)
{
	if (strcmp(decision, "approved") != 0)
		return APPROVAL_RETURNED;
	if (strcmp(digest, current) != 0)
		return APPROVAL_STALE;
	if (day != NULL && expires != NULL && strcmp(expires, day) < 0)
		return APPROVAL_EXPIRED;
	return APPROVAL_VALID;
}

bool
approval_is_own(const char *name, const char *role, const char *prepared_by)
{
	const struct field *f = schema_field(schema_find("approval"), "role");
	const char *prepared_in = schema_value(&f->rule, prepared_by);

	return strcmp(prepared_by, name) == 0 ||
	       (prepared_in != NULL && strcmp(prepared_in, role) == 0);
}
