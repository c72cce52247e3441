#include <stdlib.h>
#include <string.h>

#include "canonical.h"
#include "dossier.h"
#include "object.h"
#include "schema.h"
#include "utf8.h"

#define MOST_TYPES 8

enum { ASSESSMENT_REPORT, TREATMENT_PLAN, RESIDUAL_REPORT };

/* The last type of each is the one it cannot be without. */
static const struct {
	const char *name;
	const char *types[MOST_TYPES];
} documents[] = {
    [ASSESSMENT_REPORT] = {"assessment",
	{"assessment", "asset", "threat", "exposure", "incident",
	    "vulnerability", "risk"}},
    [TREATMENT_PLAN] = {"plan", {"assessment", "asset", "threat",
				    "vulnerability", "risk", "treatment"}},
    [RESIDUAL_REPORT] = {"residual",
	{"assessment", "asset", "threat", "vulnerability", "risk", "treatment",
	    "residual"}},
};

#define N_DOCUMENTS ((int)(sizeof documents / sizeof documents[0]))

/*
 * What carrying a plan out adds to a treatment is no part of the plan: it was
 * not there to be approved.
 */
static const char *const progress[] = {
    "status", "actual_frequency", "actual_severity", "actual_value", NULL};
static const char *const nothing[] = {NULL};

/*
 * How much of the digests is sorted at a time, until there are so many parts
 * of them that to read all for each takes longer: see dossier_digest().
 */
#define AT_A_TIME ((size_t)1 << 16)
#define MOST_PARTS 16

/* What stands on the shelf before the key of a record. */
struct head {
	unsigned char digest[DIGEST_BYTES];
	unsigned char planned[DIGEST_BYTES]; /* without progress */
	uint8_t documents;		     /* that it makes, a bit for each */
	bool is_again;
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

/* Where a refused record came from; there may be several from one place. */
static void
write_place(struct buf *b, const struct record *r)
{
	const char *source = rec_string(r, "source");

	utf8_visible(b, source, strlen(source));
	buf_printf(b, ":%ld", rec_integer(r, "line"));
}

/* "type key", or the type alone; a refused record has where it came from. */
static bool
write_key(struct buf *b, const struct record *r)
{
	bool has_key;

	buf_clear(b);
	buf_printf(b, "%s ", r->type);
	has_key = schema_key(schema_find(r->type), r, b);
	if (strcmp(r->type, "refused") == 0)
		write_place(b, r);
	if (b->data[b->len - 1] == ' ')
		b->data[--b->len] = '\0';
	return has_key;
}

bool
dossier_enter(struct dossier *d, const struct record *r)
{
	static struct buf key;
	size_t count = d->there.count;

	if (!write_key(&key, r))
		return true;
	triple_add(&d->there, digest_short(key.data, key.len));
	return d->there.count > count;
}

/* Which one of its key it is, from 1. */
static uint32_t
count_again(struct dossier *d, const char *key)
{
	size_t count = d->again.count, i = index_add(&d->again, key);

	d->times = mem_room(d->times, count, sizeof *d->times);
	if (i == count)
		d->times[i] = 0;
	return ++d->times[i];
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

void
dossier_take(struct dossier *d, const struct record *r, bool is_new)
{
	static struct buf key, text;
	unsigned made = made_of(d->documents, r->type);
	struct head head = {.documents = (uint8_t)made};
	uint32_t times = 1;
	bool has_key;
	int i;

	if (made == 0 && !d->keeps_keys)
		return;
	has_key = write_key(&key, r);
	if (made == 0 && !has_key)
		return;
	if (made != 0)
		digest_record(head.digest, r, nothing);
	memcpy(head.planned, head.digest, DIGEST_BYTES);
	if ((made & 1U << TREATMENT_PLAN) != 0 &&
	    strcmp(r->type, "treatment") == 0)
		digest_record(head.planned, r, progress);
	if (!has_key)
		times = count_again(d, key.data);
	else if (!is_new)
		times = count_again(d, key.data) + 1;
	head.is_again = times > 1;
	for (i = 0; i < N_DOCUMENTS; i++) {
		d->n[i] += (made & 1U << i) != 0;
		d->has_core[i] =
		    d->has_core[i] || strcmp(dossier_core(i), r->type) == 0;
	}
	buf_clear(&text);
	buf_add(&text, &head, sizeof head);
	buf_add(&text, key.data, key.len);
	if (times > 1)
		buf_printf(&text, " (%u)", times);
	buf_char(&text, '\0');
	if (d->parts == NULL)
		d->parts = shelf_open();
	shelf_add(d->parts, text.data, text.len);
}

size_t
dossier_count(const struct dossier *d)
{
	return d->parts != NULL ? shelf_count(d->parts) : 0;
}

/* The head of a part, and its key, until the next is read. */
static const char *
read_part(const struct dossier *d, size_t number, struct head *head)
{
	size_t len;
	const char *text = shelf_text(d->parts, (uint32_t)number, &len);

	memcpy(head, text, sizeof *head);
	return text + sizeof *head;
}

const char *
dossier_key(const struct dossier *d, const char *type, size_t number)
{
	struct head head;
	const char *key = read_part(d, number, &head);
	size_t n = strlen(type);

	if (head.is_again || strncmp(key, type, n) != 0 || key[n] != ' ')
		return NULL;
	return key + n + 1;
}

bool
dossier_has(const struct dossier *d, const char *type, const char *key)
{
	struct buf whole = {0};
	size_t found;

	buf_printf(&whole, "%s %s", type, key);
	found = triple_find(&d->there, digest_short(whole.data, whole.len));
	buf_free(&whole);
	return found != TRIPLE_NONE;
}

/* The digest of a record as it stands in a document. */
static const unsigned char *
digest_in(const struct head *head, int document)
{
	return document == TREATMENT_PLAN ? head->planned : head->digest;
}

const char *
dossier_part(const struct dossier *d, int document, size_t number,
    char digits[PART_DIGITS + 1])
{
	struct head head;
	char hex[DIGEST_SIZE];
	const char *key = read_part(d, number, &head);

	if ((head.documents & 1U << document) == 0)
		return NULL;
	digest_hex(digest_in(&head, document), hex);
	memcpy(digits, hex, PART_DIGITS);
	digits[PART_DIGITS] = '\0';
	return key;
}

size_t
dossier_size(const struct dossier *d, int document)
{
	return d->n[document];
}

bool
dossier_has_core(const struct dossier *d, int document)
{
	return d->has_core[document];
}

static int
compare(const void *a, const void *b)
{
	return memcmp(a, b, DIGEST_BYTES);
}

/*
 * Adds to the whole, sorted, the digests of one of so many parts, by how they
 * begin: that is as good as random, so that the parts are of about one size.
 */
static void
add_sorted(const struct dossier *d, int document, size_t part, size_t parts,
    struct digest *all)
{
	unsigned char(*sorted)[DIGEST_BYTES] = NULL;
	const unsigned char *digest;
	struct head head;
	char hex[DIGEST_SIZE];
	size_t i, n = 0;
	uint64_t begin;

	for (i = 0; i < dossier_count(d); i++) {
		read_part(d, i, &head);
		if ((head.documents & 1U << document) == 0)
			continue;
		digest = digest_in(&head, document);
		begin = (uint64_t)digest[0] << 24 | (uint64_t)digest[1] << 16 |
			(uint64_t)digest[2] << 8 | digest[3];
		if (begin * parts >> 32 != part)
			continue;
		sorted = mem_room(sorted, n, sizeof *sorted);
		memcpy(sorted[n++], digest, DIGEST_BYTES);
	}
	if (n > 0)
		qsort(sorted, n, sizeof *sorted, compare);
	for (i = 0; i < n; i++) {
		digest_hex(sorted[i], hex);
		digest_add(all, hex, DIGEST_SIZE - 1);
		digest_add(all, "\n", 1);
	}
	free(sorted);
}

/* By the digests alone: an order that no order of lines changes. */
void
dossier_digest(const struct dossier *d, int document, char hex[DIGEST_SIZE])
{
	size_t i, parts = d->n[document] / AT_A_TIME + 1;
	struct digest *all = digest_begin();

	digest_add(
	    all, documents[document].name, strlen(documents[document].name));
	digest_add(all, "\n", 1);
	if (parts > MOST_PARTS)
		parts = MOST_PARTS;
	for (i = 0; i < parts; i++)
		add_sorted(d, document, i, parts, all);
	digest_end(all, hex);
}

void
dossier_write_parts(struct buf *b, const struct dossier *d, int document)
{
	struct buf part = {0};
	const char *comma = "", *key;
	char digits[PART_DIGITS + 1];
	size_t i;

	buf_char(b, '[');
	for (i = 0; i < dossier_count(d); i++) {
		key = dossier_part(d, document, i, digits);
		if (key == NULL)
			continue;
		buf_clear(&part);
		buf_printf(&part, "%s %s", key, digits);
		buf_text(b, comma);
		obj_quote(b, part.data, part.len);
		comma = ",";
	}
	buf_char(b, ']');
	buf_free(&part);
}
