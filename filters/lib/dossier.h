#ifndef DOSSIER_H
#define DOSSIER_H

#include "digest.h"
#include "index.h"
#include "record.h"
#include "shelf.h"

/*
 * The documents that are signed, each by the digest of the records that make
 * it: those of the whole stream, whatever their order or spelling.  What was
 * refused is part of every document: it is not there as it should be.
 *
 * A document goes by its number from 0.
 */

#define MOST_DOCUMENTS 3

/* Its name in the schema of approvals; NULL beyond the last. */
const char *dossier_document(int document);
/* The number of a name, -1 where no such document is signed. */
int dossier_number(const char *name);
/* The record type that a document cannot be without. */
const char *dossier_core(int document);

/*
 * A struct dossier of zeros takes nothing in.  What it takes in is on a shelf:
 * of a record half a byte stays in memory, and some 24 where it is entered.
 */
struct dossier {
	unsigned documents; /* a bit for each */
	bool keeps_keys;    /* of all records, for dossier_key() */
	struct shelf *parts;
	struct triples there; /* what was entered, by "type key" */
	struct index again;   /* keys that came more often than once, may be */
	uint32_t *times;      /* by number in again */
	size_t n[MOST_DOCUMENTS];
	bool has_core[MOST_DOCUMENTS];
};

/* Makes it take in what makes a document, too. */
void dossier_add(struct dossier *, int document);
/*
 * Enters the key of a checked record, for dossier_has().  False where another
 * of the same type and key is there.
 */
bool dossier_enter(struct dossier *, const struct record *);
/* Takes in a checked record, whether or not it is the first of its key. */
void dossier_take(struct dossier *, const struct record *, bool is_new);
/* How many were taken in; they are numbered as they came. */
size_t dossier_count(const struct dossier *);
/*
 * The key of one, until the next is asked for; NULL where it is of another
 * type, or came with a key that was there.
 */
const char *dossier_key(
    const struct dossier *, const char *type, size_t number);
/* Whether a record of this type and key was entered. */
bool dossier_has(const struct dossier *, const char *type, const char *key);
/* The digest of all that makes a document. */
void dossier_digest(
    const struct dossier *, int document, char hex[DIGEST_SIZE]);
/* How many records make it; whether those that it cannot be without do. */
size_t dossier_size(const struct dossier *, int document);
bool dossier_has_core(const struct dossier *, int document);

#define DOSSIER_PARTS 20000 /* that an approval lists; as in its schema */

#define PART_DIGITS 16 /* the first of the digest of a record, in a part */

/*
 * One that makes a document, as a part of it: "type key", until the next is
 * asked for, and the digits; NULL where it does not.
 */
const char *dossier_part(const struct dossier *, int document, size_t number,
    char digits[PART_DIGITS + 1]);
/* Writes all of them as a list of texts "type key digits". */
void dossier_write_parts(struct buf *, const struct dossier *, int document);

#endif
