#ifndef APPROVAL_H
#define APPROVAL_H

#include <stdbool.h>
#include <stddef.h>

/*
 * Who signs a document (7.13, 7.14), and what a signature is worth.  Documents
 * are numbered as in dossier.h.
 */

/* What a role does with a document. */
enum duty { DUTY_NONE, DUTY_REVIEW, DUTY_APPROVE };
enum duty approval_duty(int document, const char *role);
/* The n-th role that a document needs, from 0; NULL beyond the last. */
const char *approval_role(int document, size_t n);

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
