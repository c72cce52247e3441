#ifndef LINT_PRIVATE_H
#define LINT_PRIVATE_H

/*
 * What the parts of the rules share: lint.c has those of one record,
 * lint-whole.c those of the whole stream.
 */

#include "dossier.h"
#include "index.h"
#include "lint.h"

/* An approval as it came. */
struct signed_by {
	int document;
	char *role, *name, *decision, *digest, *date, *expires;
};

struct lint {
	const struct method *method;
	const char *day; /* -D, or NULL */
	char *from, *to; /* the period, or NULL */
	char *prepared_by;
	lint_report *report;
	struct dossier dossier; /* every record that has a key */
	struct index assets, threats;
	bool *top;	       /* of highest value, by number in assets */
	int *frequency;	       /* by number in threats */
	struct index manners;  /* of threats */
	struct index sought;   /* manners that vulnerabilities name */
	struct index examined; /* assets that a vulnerability was found on */
	struct index used;     /* "threat T", "vulnerability A/V" of risks */
	struct index unacceptable; /* risks */
	struct index unmeasured;   /* risks treated without a measure */
	struct index lowered;	   /* risks lower after treatment */
	struct index naming;	   /* "threat\nincident" of incidents */
	struct index decided;	   /* "risk R", "asset A" of decisions */
	struct index methods;	   /* that records were computed by */
	struct index quarters;	   /* with an inspection: "2025-Q1" */
	bool domains[7];	   /* one of its methods was used */
	bool any_domain;
	struct signed_by *approvals;
	size_t n_approvals;
};

/* Reports a finding in words. */
void lint_find(struct lint *, const char *id, const char *rule, const char *fmt,
    ...) __attribute__((format(printf, 4, 5)));
/* The day by which work is overdue and approvals expire; NULL: not known. */
const char *lint_day(const struct lint *);

/* The seven domains of 7.3 and the methods it foresees for each. */
extern const struct lint_domain {
	const char *name;
	const char *methods[4];
} lint_domains[7];

#endif
