#include <stdlib.h>
#include <string.h>

#include "canonical.h"
#include "dossier.h"
#include "object.h"
#include "schema.h"
#include "utf8.h"

#define PART_DIGITS 16
#define MOST_TYPES 8

/* The last type of each is the one it cannot be without. */
static const struct {
	const char *name;
	const char *types[MOST_TYPES];
} documents[] = {
    {"assessment", {"assessment", "asset", "threat", "exposure", "incident",
		       "vulnerability", "risk"}},
    {"plan", {"assessment", "asset", "threat", "vulnerability", "risk",
		 "treatment"}},
    {"residual", {"assessment", "asset", "threat", "vulnerability", "risk",
		     "treatment", "residual"}},
};

#define N_DOCUMENTS ((int)(sizeof documents / sizeof documents[0]))

/*
 * What carrying a plan out adds to a treatment is no part of the plan: it was
 * not there to be approved.
 */
static const char *const progress[] = {
    "status", "actual_frequency", "actual_severity", "actual_value", NULL};
static const char *const nothing[] = {NULL};

struct part {
	unsigned char digest[DIGEST_BYTES];
	uint32_t again;	   /* records that came later with the same key */
	uint32_t planned;  /* number from 1 of that in the plan, if another */
	uint8_t documents; /* that it makes, a bit for each */
	bool is_again;	   /* it is one of those */
};

/* The digest of a treatment in the plan, without what carrying it out adds. */
struct planned {
	unsigned char digest[DIGEST_BYTES];
};

const char *
dossier_document(int document)
{
	return document < N_DOCUMENTS ? documents[document].name : NULL;
}

int
dossier_number(const char *name)
{
	int i;

	for (i = 0; i < N_DOCUMENTS; i++)
		if (strcmp(documents[i].name, name) == 0)
			return i;
	return -1;
}

const char *
dossier_core(int document)
{
	const char *const *type = documents[document].types;

	while (type[1] != NULL)
		type++;
	return *type;
}

void
dossier_add(struct dossier *d, int document)
{
	d->documents |= 1U << document;
}

/* The documents, of those wanted, that records of a type make. */
static unsigned
made_of(unsigned wanted, const char *type)
{
	unsigned made = 0;
	const char *const *t;
	int i;

	if (strcmp(type, "refused") == 0)
		return wanted;
	for (i = 0; i < N_DOCUMENTS; i++)
		for (t = documents[i].types; *t != NULL; t++)
			if (strcmp(*t, type) == 0)
				made |= 1U << i;
	return made & wanted;
}

/* Enters a key, with a number behind it where it is there. */
static struct part *
enter(struct dossier *d, struct buf *key)
{
	size_t count = d->keys.count, len = key->len, first, i;

	first = i = index_add(&d->keys, key->data);
	while (d->keys.count == count) {
		key->len = len;
		buf_printf(key, " (%u)", ++d->parts[first].again + 1);
		i = index_add(&d->keys, key->data);
	}
	d->parts = mem_room(d->parts, count, sizeof *d->parts);
	memset(&d->parts[i], 0, sizeof d->parts[i]);
	d->parts[i].is_again = i != first;
	return &d->parts[i];
}

static void
digest_record(unsigned char bytes[DIGEST_BYTES], const struct record *r,
    const char *const *without)
{
	static struct buf text;

	buf_clear(&text);
	canonical_write(&text, r, without);
	digest_bytes(text.data, text.len, bytes);
}

/* Where a refused record came from; there may be several from one place. */
static void
write_place(struct buf *b, const struct record *r)
{
	const char *source = rec_string(r, "source");

	utf8_visible(b, source, strlen(source));
	buf_printf(b, ":%ld", rec_integer(r, "line"));
}

bool
dossier_take(struct dossier *d, const struct record *r)
{
	unsigned made = made_of(d->documents, r->type);
	struct planned planned;
	struct buf id = {0}, key = {0};
	bool has_key = schema_key(schema_find(r->type), r, &id), is_new;
	struct part *p;

	if (strcmp(r->type, "refused") == 0)
		write_place(&id, r);

	if (d->documents == 0 || (made == 0 && !has_key)) {
		buf_free(&id);
		return true;
	}
	buf_text(&key, r->type);
	if (id.len > 0)
		buf_printf(&key, " %s", id.data);
	is_new = !has_key || index_find(&d->keys, key.data) == INDEX_NONE;
	p = enter(d, &key);
	p->documents = (uint8_t)made;
	if (made != 0)
		digest_record(p->digest, r, nothing);
	if ((made & 1U << dossier_number("plan")) != 0 &&
	    strcmp(r->type, "treatment") == 0) {
		digest_record(planned.digest, r, progress);
		if (memcmp(planned.digest, p->digest, DIGEST_BYTES) != 0) {
			d->planned = mem_room(
			    d->planned, d->n_planned, sizeof *d->planned);
			d->planned[d->n_planned++] = planned;
			p->planned = (uint32_t)d->n_planned;
		}
	}
	buf_free(&key);
	buf_free(&id);
	return is_new;
}

bool
dossier_is_part(const struct dossier *d, int document, size_t number)
{
	return (d->parts[number].documents & 1U << document) != 0;
}

const char *
dossier_key(const struct dossier *d, const char *type, size_t number)
{
	const char *key = d->keys.keys[number];
	size_t n = strlen(type);

	if (d->parts[number].is_again || strncmp(key, type, n) != 0 ||
	    key[n] != ' ')
		return NULL;
	return key + n + 1;
}

bool
dossier_has(const struct dossier *d, const char *type, const char *key)
{
	struct buf whole = {0};
	bool has;

	buf_printf(&whole, "%s %s", type, key);
	has = index_find(&d->keys, whole.data) != INDEX_NONE;
	buf_free(&whole);
	return has;
}

/* The digest of a record as it stands in a document. */
static const unsigned char *
digest_in(const struct dossier *d, int document, size_t number)
{
	const struct part *p = &d->parts[number];

	return p->planned > 0 && document == dossier_number("plan")
		   ? d->planned[p->planned - 1].digest
		   : p->digest;
}

/* The same in digits, until the next call. */
static const char *
digits_in(const struct dossier *d, int document, size_t number)
{
	static char hex[DIGEST_SIZE];

	digest_hex(digest_in(d, document, number), hex);
	return hex;
}

size_t
dossier_size(const struct dossier *d, int document)
{
	size_t i, n = 0;

	for (i = 0; i < d->keys.count; i++)
		n += dossier_is_part(d, document, i);
	return n;
}

bool
dossier_has_core(const struct dossier *d, int document)
{
	const char *core = dossier_core(document);
	size_t i;

	for (i = 0; i < d->keys.count; i++)
		if (dossier_key(d, core, i) != NULL)
			return true;
	return false;
}

static int
compare(const void *a, const void *b)
{
	return memcmp(*(const unsigned char *const *)a,
	    *(const unsigned char *const *)b, DIGEST_BYTES);
}

/* By the digests alone: an order that no order of lines changes. */
void
dossier_digest(const struct dossier *d, int document, char hex[DIGEST_SIZE])
{
	const unsigned char **sorted =
	    mem_alloc((d->keys.count + 1) * sizeof *sorted);
	struct digest *all = digest_begin();
	size_t i, n = 0;

	for (i = 0; i < d->keys.count; i++)
		if (dossier_is_part(d, document, i))
			sorted[n++] = digest_in(d, document, i);
	qsort(sorted, n, sizeof *sorted, compare);
	digest_add(
	    all, documents[document].name, strlen(documents[document].name));
	digest_add(all, "\n", 1);
	for (i = 0; i < n; i++) {
		digest_hex(sorted[i], hex);
		digest_add(all, hex, DIGEST_SIZE - 1);
		digest_add(all, "\n", 1);
	}
	digest_end(all, hex);
	free(sorted);
}

void
dossier_write_parts(struct buf *b, const struct dossier *d, int document)
{
	struct buf part = {0};
	const char *comma = "";
	size_t i;

	buf_char(b, '[');
	for (i = 0; i < d->keys.count; i++) {
		if (!dossier_is_part(d, document, i))
			continue;
		buf_clear(&part);
		buf_printf(&part, "%s %.*s", d->keys.keys[i], PART_DIGITS,
		    digits_in(d, document, i));
		buf_text(b, comma);
		obj_quote(b, part.data, part.len);
		comma = ",";
	}
	buf_char(b, ']');
	buf_free(&part);
}

enum part_state
dossier_part(
    const struct dossier *d, int document, const char *part, size_t *number)
{
	const char *digits = strrchr(part, ' ');
	char *key;

	if (digits == NULL)
		return PART_GONE;
	key = mem_text(part, (size_t)(digits - part));
	*number = index_find(&d->keys, key);
	free(key);
	if (*number == INDEX_NONE || !dossier_is_part(d, document, *number))
		return PART_GONE;
	return strncmp(digits + 1, digits_in(d, document, *number),
		   PART_DIGITS) == 0
		   ? PART_SAME
		   : PART_CHANGED;
}
