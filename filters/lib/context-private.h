#ifndef CONTEXT_PRIVATE_H
#define CONTEXT_PRIVATE_H

/*
 * What the parts of a context share: context.c takes the records in and puts
 * the whole together; context-parts.c has what the others build with,
 * context-rows.c and context-lists.c what is kept of records in great number;
 * context-register.c puts down what was found (assets, threats,
 * vulnerabilities), context-risks.c the risks, context-plan.c what is done
 * about them, context-residual.c what remains, context-approvals.c who signed
 * it; context-period.c chooses the period, context-incidents.c puts down what
 * happened in it, context-kpi.c how that compares with what was before;
 * context-compare.c what changed.
 */

#include "context-rows.h"
#include "context.h"
#include "dossier.h"
#include "index.h"
#include "lists.h"
#include "period.h"
#include "template.h"

/* The days of incidents, each once, by what they name. */
struct days {
	long *days;
	size_t count;
};

struct occurrences {
	struct index ids;
	struct index keys;
	struct days *of; /* by number in keys */
};

struct periods {
	struct period *of;
	size_t count;
};

struct context {
	const struct view *view;
	struct view lean; /* for what there is much of: only what is wanted */
	const char *only;
	bool mixed;
	const char *day;
	int document;		  /* that is signed, or -1 */
	struct dossier dossier;	  /* of the document */
	struct index others;	  /* methods of records, but the one in force */
	long *n_others;		  /* records of each */
	json_t *records[N_TYPES]; /* views, as they came; but of rows */
	struct index ids[N_TYPES];
	struct rows rows;
	const struct list *unacceptable; /* of the risks, the worst first */
	bool compares;			 /* the document compares assessments */
	bool has_course; /* it is of a period, beside earlier ones */
	json_t *former;	 /* assessment, the last before the first */
	struct comparison *comparison; /* NULL where there are no changes */
	const struct period *said;     /* -p, or NULL */
	struct period period;	       /* ends before it begins where none is */
	struct occurrences occurrences; /* those of other assets too */
	struct periods assessed;	/* as they came */
	struct periods known;		/* in order, days between them */
	json_t *root;
};

/* Puts a value, or the size of a list, under a name that templates use. */
void context_put(struct context *, const char *name, json_t *value);
void context_put_size(struct context *, const char *name, const json_t *list);
/*
 * Puts the items of a list that are so, numbered, under a name, and how many
 * they are under NAME_count.  Returns them, borrowed.
 */
json_t *context_put_where(struct context *, const char *name,
    const json_t *list, bool (*so)(const json_t *item, const void *context));
const json_t *context_get(const struct context *, const char *name);
/* Whether the template has a tag of the name: for what takes much room. */
bool context_wants(const struct context *, const char *name);

/*
 * The record of a type with this key, a new reference; where it is not there,
 * an object with the id for id and name, so that a report never lacks a name.
 */
json_t *context_record_of(
    struct context *, enum type, const char *key, const char *id);
/* Replaces the id in a member by the record that has it. */
void context_join(
    struct context *, json_t *object, const char *member, enum type);
/*
 * The names of an enumeration's values, in order, NULL at the end; the array
 * is to be freed.
 */
const char **context_labels_of(
    const struct view *, const char *type, const char *field);

/* A number with its sign, "+4", "−3", with as many decimals as it has. */
json_t *context_signed(double);
/* An amount of yuan with separators, from hundredths. */
json_t *context_money(long long fen);
/* A record that is kept as a row, for rec_free(). */
void rows_parse(
    const struct context *, enum type, uint32_t number, struct record *);
/* What is printed of it, not joined yet. */
json_t *rows_read(const struct context *, enum type, uint32_t number);
/* The names of an enumeration's value, by its number from 1. */
const char *context_label(const struct context *, const char *type,
    const char *field, uint32_t number);
/* The groups of a division: {label, count, PLURAL}; rest for the last. */
json_t *context_groups(struct context *, const struct division *,
    const char *label(const struct context *, uint32_t shared),
    const char *rest, const char *plural);

/* Takes note of an incident, before others than those of -a are left out. */
void context_note_incident(struct context *, const json_t *incident);
/* Takes note of the period of an assessment, whichever year it is of. */
void context_note_assessment(struct context *, const json_t *assessment);
/* Whether a period has an incident, of any asset. */
bool context_has_incidents(const struct context *, const struct period *);
/* How many incidents a period has, of the asset of -a where there is one. */
long context_count(const struct context *, const struct period *);
/* How many name a threat, and an asset where it is not NULL. */
long context_count_threat(const struct context *, const char *asset,
    const char *threat, const struct period *);
/*
 * Whether all incidents of a period can be taken to be in the stream: where
 * assessments cover it, or, without any, where it is between the first and the
 * last incident.
 */
bool context_is_known(const struct context *, const struct period *);
/*
 * The days of a year of which that is so, the last of them without a gap; false
 * where there is none.
 */
bool context_held(const struct context *, int year, struct period *held);
/* Widens a span of years by those of the incidents and the assessments. */
void context_years(const struct context *, int *first, int *last);
/* Chooses the period and puts it; whether there is one. */
void context_choose_period(struct context *);
bool context_has_period(const struct context *);
/* Whether it is long enough for a quarter to be missed in it. */
bool context_has_quarters(const struct context *);
/* A period as templates see it: {name, code, from, to}. */
json_t *context_period(const struct context *, const struct period *);
void context_put_days(json_t *object, const struct period *);

void context_assets(struct context *);
void context_threats(struct context *);
void context_vulnerabilities(struct context *);
void context_incidents(struct context *);
void context_kpi(struct context *);

void context_risks(struct context *);
void context_plan(struct context *);
void context_residuals(struct context *);
void context_approvals(struct context *);

/* Counts a change; whether it is to be kept, for a list. */
bool context_take_change(struct context *, const struct record *);
void context_compare(struct context *);

#endif
