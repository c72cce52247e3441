#ifndef DOSSIER_H
#define DOSSIER_H

#include "digest.h"
#include "index.h"
#include "record.h"

/*
 * The documents that are signed, each by the digest of the records that make
 * it: those of the whole stream, whatever their order or spelling.  What was
 * refused is part of every document: it is not there as it should be.
 *
 * A document goes by its number from 0.
 */

/* Its name in the schema of approvals; NULL beyond the last. */
const char *dossier_document(int document);
/* The number of a name, -1 where no such document is signed. */
int dossier_number(const char *name);
/* The record type that a document cannot be without. */
const char *dossier_core(int document);

struct part;

/* A struct dossier of zeros takes nothing in. */
struct dossier {
	unsigned documents; /* a bit for each */
	struct index keys;  /* "type key", with its number where it is again */
	struct part *parts; /* by number in keys */
	struct planned *planned; /* of treatments on their way */
	size_t n_planned;
};

/* Makes it take in what makes a document, too. */
void dossier_add(struct dossier *, int document);
/*
 * Takes in a checked record.  False where another of the same type and key is
 * there, in any document or in none.
 */
bool dossier_take(struct dossier *, const struct record *);
/*
 * The key of the record of a number in keys; NULL where it is of another type,
 * or came with a key that was there.
 */
const char *dossier_key(
    const struct dossier *, const char *type, size_t number);
/* Whether a record of this type and key is there. */
bool dossier_has(const struct dossier *, const char *type, const char *key);
/* The digest of all that makes a document. */
void dossier_digest(
    const struct dossier *, int document, char hex[DIGEST_SIZE]);
/* How many records make it; whether those that it cannot be without do. */
size_t dossier_size(const struct dossier *, int document);
bool dossier_has_core(const struct dossier *, int document);

#define DOSSIER_PARTS 20000 /* that an approval lists; as in its schema */

/*
 * Writes, as a list of texts "type key digits", each record with the first 16
 * digits of its digest.
 */
void dossier_write_parts(struct buf *, const struct dossier *, int document);

/* What has become of one such record since: still the same, another, gone. */
enum part_state { PART_SAME, PART_CHANGED, PART_GONE };
/* part is one of the texts; number, where not gone, is its place in keys. */
enum part_state dossier_part(
    const struct dossier *, int document, const char *part, size_t *number);
/* Whether the record of a number in keys makes the document. */
bool dossier_is_part(const struct dossier *, int document, size_t number);

#endif
