#include <stdlib.h>
#include <string.h>

#include "approval.h"
#include "object.h"
#include "schema.h"

#define PART_DIGITS 16

/* What makes each document, and who signs it. */
static const struct {
	const char *document;
	const char *core;
	const char *types[8];
	struct {
		const char *role;
		enum duty duty;
	} roles[3];
} documents[] = {
    {"assessment", "risk",
	{"assessment", "asset", "threat", "exposure", "incident",
	    "vulnerability", "risk"},
	{{"security-team", DUTY_REVIEW}, {"security-lead", DUTY_APPROVE}}},
    {"plan", "treatment",
	{"assessment", "asset", "threat", "vulnerability", "risk", "treatment"},
	{{"security-team", DUTY_REVIEW}, {"security-lead", DUTY_APPROVE}}},
    {"residual", "residual",
	{"assessment", "asset", "threat", "vulnerability", "risk", "treatment",
	    "residual"},
	{{"general-manager", DUTY_APPROVE}}},
};

bool
dossier_is(const char *document)
{
	size_t i;

	for (i = 0; i < sizeof documents / sizeof documents[0]; i++)
		if (strcmp(documents[i].document, document) == 0)
			return true;
	return false;
}

static size_t
number_of(const char *document)
{
	size_t i = 0;

	while (strcmp(documents[i].document, document) != 0)
		i++;
	return i;
}

const char *
dossier_core(const char *document)
{
	return documents[number_of(document)].core;
}

static bool
is_part(const char *document, const char *type)
{
	const char *const *types = documents[number_of(document)].types;
	size_t i;

	for (i = 0; i < 8 && types[i] != NULL; i++)
		if (strcmp(types[i], type) == 0)
			return true;
	return false;
}

/* "type id", with the ids of all that tells records of the type apart. */
static void
write_key(struct buf *key, const struct record *r)
{
	static const char *const ids[] = {"asset", "threat", "risk", "id"};
	const char *first = NULL;
	size_t i;

	buf_text(key, r->type);
	if (strcmp(r->type, "vulnerability") == 0)
		first = rec_string(r, "asset");
	if (first != NULL || rec_has(r, "id")) {
		buf_printf(key, " %s%s%s", first != NULL ? first : "",
		    first != NULL ? "/" : "", rec_string(r, "id"));
		return;
	}
	if (rec_has(r, "risk")) {
		buf_printf(key, " %s", rec_string(r, "risk"));
		return;
	}
	for (i = 0; i < 2; i++)
		if (rec_has(r, ids[i]))
			buf_printf(key, "%c%s", i == 0 ? ' ' : '/',
			    rec_string(r, ids[i]));
}

void
dossier_take(struct dossier *d, const struct record *r)
{
	static const char *const progress[] = {"status", "actual_frequency",
	    "actual_severity", "actual_value", NULL};
	static const char *const none[] = {NULL};
	struct buf key = {0}, text = {0};
	size_t i, count = d->keys.count;

	if (d->document == NULL || !is_part(d->document, r->type))
		return;
	write_key(&key, r);
	for (i = 2; index_find(&d->keys, key.data) != INDEX_NONE; i++) {
		buf_clear(&key);
		write_key(&key, r);
		buf_printf(&key, " (%zu)", i);
	}
	i = index_add(&d->keys, key.data);
	if ((count & (count - 1)) == 0)
		d->digests = mem_resize(d->digests,
		    (count > 0 ? 2 * count : 1) * sizeof *d->digests);
	rec_canonical(
	    &text, r, strcmp(d->document, "plan") == 0 ? progress : none);
	digest_text(text.data, text.len, d->digests[i]);
	buf_free(&text);
	buf_free(&key);
}

bool
dossier_has(const struct dossier *d, const char *type)
{
	size_t i, n = strlen(type);

	for (i = 0; i < d->keys.count; i++)
		if (strncmp(d->keys.keys[i], type, n) == 0 &&
		    (d->keys.keys[i][n] == ' ' || d->keys.keys[i][n] == '\0'))
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* By the digests alone: an order that no order of lines changes. */
void
dossier_digest(const struct dossier *d, char hex[DIGEST_SIZE])
{
	const char **sorted = mem_alloc((d->keys.count + 1) * sizeof *sorted);
	struct buf all = {0};
	size_t i;

	for (i = 0; i < d->keys.count; i++)
		sorted[i] = d->digests[i];
	qsort(sorted, d->keys.count, sizeof *sorted, compare);
	buf_printf(&all, "%s\n", d->document);
	for (i = 0; i < d->keys.count; i++)
		buf_printf(&all, "%s\n", sorted[i]);
	digest_text(all.data, all.len, hex);
	buf_free(&all);
	free(sorted);
}

void
dossier_write_parts(struct buf *b, const struct dossier *d)
{
	struct buf part = {0};
	size_t i;

	buf_char(b, '[');
	for (i = 0; i < d->keys.count; i++) {
		buf_clear(&part);
		buf_printf(&part, "%s %.*s", d->keys.keys[i], PART_DIGITS,
		    d->digests[i]);
		if (i > 0)
			buf_char(b, ',');
		obj_quote(b, part.data, part.len);
	}
	buf_char(b, ']');
	buf_free(&part);
}

enum part_state
dossier_part(const struct dossier *d, const char *part, size_t *number)
{
	const char *digits = strrchr(part, ' ');
	char *key;

	if (digits == NULL)
		return PART_GONE;
	key = mem_text(part, (size_t)(digits - part));
	*number = index_find(&d->keys, key);
	free(key);
	if (*number == INDEX_NONE)
		return PART_GONE;
	return strncmp(digits + 1, d->digests[*number], PART_DIGITS) == 0
		   ? PART_SAME
		   : PART_CHANGED;
}

enum duty
approval_duty(const char *document, const char *role)
{
	size_t i = number_of(document), k;

	for (k = 0; k < 3 && documents[i].roles[k].role != NULL; k++)
		if (strcmp(documents[i].roles[k].role, role) == 0)
			return documents[i].roles[k].duty;
	return DUTY_NONE;
}

const char *
approval_role(const char *document, size_t n)
{
	return documents[number_of(document)].roles[n].role;
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
