#ifndef CONTEXT_ROWS_H
#define CONTEXT_ROWS_H

#include <stdbool.h>
#include <stdint.h>

#include "index.h"
#include "lists.h"
#include "record.h"
#include "shelf.h"
#include "triple.h"

/*
 * Vulnerabilities, risks, treatments and residual risks, of which there may be
 * millions: the records are on shelves, and in memory is of each what sorts,
 * groups and counts it.  Lists of them are lists of their numbers; what a
 * template prints of one is made when it comes to it.
 */
struct context;

/* The order of schema_types(). */
enum type {
	ASSESSMENT,
	ASSET,
	THREAT,
	EXPOSURE,
	INCIDENT,
	VULNERABILITY,
	RISK_TYPE,
	DECISION,
	TREATMENT,
	RESIDUAL,
	APPROVAL,
	INSPECTION,
	CHANGE,
	FINDING,
	REFUSED_TYPE,
	N_TYPES
};

#define NOWHERE UINT32_MAX

/* In rows by number: that of the record in its type, as it came. */
struct risk_row {
	double score;		/* as it is shown */
	uint32_t id;		/* number of its id in the ids of risks */
	uint32_t asset, threat; /* numbers in the ids that risks name */
	unsigned level : 4, asset_level : 4, likelihood : 4, loss : 4;
	bool acceptable : 1, explained : 1;
};

/* Those of one decision are alike, and kept once. */
struct treatment_row {
	long long fen;	     /* what it costs, where has_cost */
	uint32_t decision;   /* treatments of the same one have the same */
	uint32_t work;	     /* and those of one measure */
	uint32_t department; /* number in the departments, or NOWHERE */
	int32_t due;	     /* a day; INT32_MAX where there is none */
	uint8_t option;	     /* from 1; 0 for none */
	bool decided, done, has_measure, has_cost, has_problems;
};

struct treatment_entry {
	uint32_t row;	  /* number in the treatment_rows */
	int32_t priority; /* INT32_MAX where there is none */
};

struct residual_row {
	uint8_t before, after; /* levels; after 0 where nothing remains */
	uint8_t likelihood, loss;
	uint8_t next; /* from 1 */
	bool unacceptable, has_problems;
};

struct weakness_row {
	uint16_t methods;	/* of test, a bit for each */
	uint8_t domain, effect; /* from 1; 0 for none */
	uint8_t severity;
	bool has_measures;
};

/* Some of the records of a type, in an order. */
struct list {
	enum type type;
	const struct list *base; /* of are places in it; NULL: numbers */
	uint32_t *of;		 /* NULL: all records of the type */
	size_t n;
	bool numbered; /* items have their place as "number", from 1 */
	const struct sums *sums; /* NULL, or of what the items are sums */
	size_t number;		 /* in the lists of the context */
};

/* What has the id of a risk: numbers, or NOWHERE. */
struct of_risk {
	uint32_t risk, treatment, residual;
};

struct rows {
	struct shelf *shelves[4]; /* by type, from the first of the four */
	struct triples keys;	  /* of vulnerabilities */
	struct triples ids;	  /* of risks, whatever has them */
	struct of_risk *of_risks; /* by number in ids */
	struct risk_row *risks;
	struct treatment_entry *treatments;
	struct treatment_row *treatment_rows;
	struct triples treatment_kinds; /* numbers of the rows, by content */
	struct residual_row *residuals;
	struct weakness_row *weaknesses;
	struct index assets, threats; /* ids that risks name */
	struct triples changes;	      /* ids of risks that changed */
	struct index departments;
	struct triples works, decisions;
	struct list **lists; /* by number */
	size_t n_lists;
};

/* Whether records of a type are kept as rows. */
bool rows_have(enum type);
/* Enters a record with the key by which others know it; false: it is there. */
bool rows_take(struct context *, enum type, struct record *, const char *key);
/* The number of a record by its key, NOWHERE where there is none. */
uint32_t rows_find(const struct context *, enum type, const char *key);
size_t rows_count(const struct context *, enum type);
/*
 * Enters a change by the id of its risk; false: it is there.  The number of
 * that of a risk, NOWHERE where there is none.
 */
bool rows_take_change(struct context *, const char *risk);
uint32_t rows_change(const struct context *, uint32_t risk);
/* The number of the record of a type that a risk has, or NOWHERE. */
uint32_t rows_of_risk(const struct context *, enum type, uint32_t risk);

/* An empty list; as all others it lives as long as the context. */
struct list *list_new(struct context *);
struct list *list_all(struct context *, enum type);
/* The items that are so, numbered anew. */
struct list *list_such(struct context *, const struct list *,
    bool (*so)(const struct context *, uint32_t number));
/* The same with the numbers that they have there. */
struct list *list_part(struct context *, const struct list *,
    bool (*so)(const struct context *, uint32_t number));
/*
 * The items that are so, all where it is NULL, in an order and numbered anew;
 * those alike stay in that of their own numbers.
 */
struct list *list_ordered(struct context *, const struct list *,
    bool (*so)(const struct context *, uint32_t number),
    int (*compare)(const struct context *, uint32_t, uint32_t));
/* The same with numbers; its first items, with the numbers they have. */
struct list *list_with_numbers(struct context *, const struct list *);
struct list *list_head(struct context *, const struct list *, size_t n);
/* The number of the record of an item. */
uint32_t list_at(const struct list *, size_t i);

/* A list divided by a number of each item: of each group what they share. */
struct division {
	size_t n;
	uint32_t *shared; /* NOWHERE in the last, where some have none */
	struct list **groups;
};
/*
 * Groups come in the order of what is shared where it counts from 1 as the
 * values of an enumeration do, else as they are met.
 */
struct division list_divided(struct context *, const struct list *,
    uint32_t (*share)(const struct context *, uint32_t number), bool in_order);
/* Frees what list_divided() returned, but for the groups. */
void division_free(struct division *);

/* A list as templates see it: a new reference; and back, NULL for another. */
json_t *list_value(const struct list *);
const struct list *list_of_value(const struct context *, const json_t *);
/*
 * A record that is made when a template looks it up: of a treatment and a
 * residual risk, by the number of the risk.
 */
json_t *context_later(enum type, uint32_t number);
/* The same of an item of a list, with the number that it shows there. */
json_t *context_later_item(const struct list *, size_t i);
/*
 * Puts a list under a name; the same with how many it has, under NAME_count;
 * its items that are so in that way.
 */
void context_put_list(struct context *, const char *name, struct list *);
void context_put_counted(struct context *, const char *name, struct list *);
struct list *context_put_such(struct context *, const char *name,
    const struct list *, bool (*so)(const struct context *, uint32_t number));
/* What is printed of one, joined with what belongs to it: a new reference. */
json_t *context_risk(struct context *, uint32_t number);
json_t *context_weakness(struct context *, uint32_t number);
/* What the risks of a group sum up to, by its number: a new reference. */
json_t *context_sum(struct context *, const struct sums *, uint32_t number);
/* Of a risk that has one, by the number of the risk. */
json_t *context_treatment(struct context *, uint32_t risk);
json_t *context_residual(struct context *, uint32_t risk);

const struct risk_row *risk_row(const struct context *, uint32_t number);
/* NULL where there is none. */
const struct treatment_row *treatment_row(
    const struct context *, uint32_t risk);
const struct residual_row *residual_row(const struct context *, uint32_t risk);
/* INT32_MAX where it has none. */
int32_t treatment_priority(const struct context *, uint32_t risk);

/* For list_such(). */
bool risk_is_unacceptable(const struct context *, uint32_t risk);
bool risk_is_decided(const struct context *, uint32_t risk);
/* Whether it is treated by an option, by its number in the schema. */
bool risk_is_treated_by(
    const struct context *, uint32_t risk, const char *option);

#endif
