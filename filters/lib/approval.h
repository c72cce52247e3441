#ifndef APPROVAL_H
#define APPROVAL_H

#include "digest.h"
#include "index.h"
#include "record.h"

/*
 * Documents that are signed, by the digest of the records that make them:
 * those of the whole stream, whatever their order or spacing.
 *
 * A document is its name in the schema of approvals: "assessment", "plan",
 * "residual".
 */
struct dossier {
	const char *document;	      /* NULL: of none that is signed */
	struct index keys;	      /* "type id" of each record */
	char (*digests)[DIGEST_SIZE]; /* by number in keys */
};

/*
 * Takes a record in where it is part of the document.  What carrying a plan
 * out adds to a treatment, its status and what was found, is no part of the
 * plan: it was not there to be approved.
 */
void dossier_take(struct dossier *, const struct record *);
/* Whether a document of that name is signed. */
bool dossier_is(const char *document);
/* The digest of all that was taken in. */
void dossier_digest(const struct dossier *, char hex[DIGEST_SIZE]);
/* Whether records of this type have been taken in. */
bool dossier_has(const struct dossier *, const char *type);
/* The record type that a document cannot be without. */
const char *dossier_core(const char *document);

#define DOSSIER_PARTS 20000 /* that an approval lists; as in its schema */

/*
 * Writes, as a list of texts "type id digits", each record with the first 16
 * digits of its digest.
 */
void dossier_write_parts(struct buf *, const struct dossier *);

/* What has become of one such record since: still the same, another, gone. */
enum part_state { PART_SAME, PART_CHANGED, PART_GONE };
/* part is one of the texts; number, where not gone, is its place in keys. */
enum part_state dossier_part(
    const struct dossier *, const char *part, size_t *number);

/* What a role does with a document (7.13, 7.14). */
enum duty { DUTY_NONE, DUTY_REVIEW, DUTY_APPROVE };
enum duty approval_duty(const char *document, const char *role);
/* The n-th role that a document needs, from 0; NULL beyond the last. */
const char *approval_role(const char *document, size_t n);

enum approval_state {
	APPROVAL_MISSING,
	APPROVAL_VOID,	/* signed by who may not sign it */
	APPROVAL_STALE, /* the document is another now */
	APPROVAL_RETURNED,
	APPROVAL_EXPIRED,
	APPROVAL_VALID
};
/*
 * What an approval is worth for a document of this digest on a day,
 * YYYY-MM-DD or NULL where none is known; decision and the others as the
 * record has them.
 */
enum approval_state approval_judge(const char *decision, const char *digest,
    const char *expires, const char *current, const char *day);

/*
 * Whether the signer, by name or role, is who prepared the document, as the
 * assessment says it.
 */
bool approval_is_own(
    const char *name, const char *role, const char *prepared_by);

#endif
