#ifndef METHOD_PRIVATE_H
#define METHOD_PRIVATE_H

/*
 * What the parts of a method share: method-read.c has what reading one takes,
 * method-scales.c, method-formulas.c and method-rates.c read its parts,
 * method-file.c the whole; method.c values assets and rates threats and
 * vulnerabilities, method-risk.c computes risks, method-reach.c goes over all
 * of them, method-explain.c says them in words.
 */

#include <jansson.h>
#include <stdint.h>

#include "method.h"

#define MAX_ROWS 9
#define MAX_CELL 1000 /* of a matrix */
#define TENTHS 10     /* unit of asset values */

enum combine { COMBINE_MEAN, COMBINE_MAX, COMBINE_LOG2 };
enum rounding { ROUND_HALF_UP, ROUND_UP, ROUND_DOWN };
enum kind_of_formula { PRODUCT, ROOT_PRODUCT, MATRIX, ASSET_VALUE };

struct band {
	int from, to;
};

/* Likelihood, loss or risk from two levels. */
struct formula {
	enum kind_of_formula kind;
	enum rounding rounding;
	int decimals;
	int matrix[METHOD_LEVELS + 1][METHOD_LEVELS + 1]; /* by level */
};

/* A score before it is rounded: the square root of radicand, over unit. */
struct exact {
	uint64_t radicand;
	unsigned unit;
};

/* A row of the history table: more or at least so many per so long. */
struct history {
	int level, count;
	bool strict;
	int weeks, months; /* both 0: over the whole period */
};

struct service {
	int permille; /* uptime, at least */
	int outage;   /* minutes: below, or at most where at_most */
	bool at_most;
};

#define MOST_VALUES ((METHOD_LEVELS - 1) * TENTHS + 1)

/*
 * What comes about over all asset values, by level or by score as they enter,
 * frequencies and severities: computed once, then looked up.
 */
struct reach {
	struct risk_steps steps[MOST_VALUES][METHOD_LEVELS][METHOD_LEVELS];
	/* Likelihood, loss, risk, and asset value; level 0: all. */
	long counts[4][METHOD_LEVELS + 1];
	int highest_score;
	/* Risk levels by loss and likelihood level, where of scores. */
	int lowest[METHOD_LEVELS + 1][METHOD_LEVELS + 1];
	int highest[METHOD_LEVELS + 1][METHOD_LEVELS + 1];
};

struct method {
	char *id; /* NULL until it is asked for */
	json_t *document;
	int levels[N_SCALES];
	struct band bands[N_SCALES][METHOD_LEVELS + 1]; /* by level, from 1 */
	bool acceptable[METHOD_LEVELS + 1];
	struct service service[METHOD_LEVELS + 1];
	enum combine combine;
	enum rounding value_rounding;
	int weights[3];
	struct formula formulas[3]; /* likelihood, loss, risk */
	bool value_score;	    /* the score enters the loss */
	bool of_scores;		    /* risk of scores, not of levels */
	struct history history[MAX_ROWS];
	int n_history;
	int unseen;
	int answers[3];
	int threat_table[METHOD_LEVELS][METHOD_LEVELS][METHOD_LEVELS];
	int cvss[METHOD_LEVELS + 1]; /* tenths from which a level begins */
	int reduction[3];	     /* by measure effectiveness */
	struct reach reach;
};

/* The values of measure_effectiveness, in the order of reduction[]. */
extern const char *const method_effectiveness[3];
extern const char *const method_scale_names[N_SCALES];

/* What reading says went wrong, with the place in the file. */
struct reading {
	struct method *m;
	struct buf *error;
	struct buf place; /* "scales.value[2]" */
};

/*
 * Enters a member of an object, or with a NULL key the item of a list that
 * number counts from 1.  Returns what place to leave to.
 */
size_t method_enter(struct reading *, const char *key, size_t number);
void method_leave(struct reading *, size_t place);
/* Says what is wrong at this place, the first time; returns -1. */
int method_wrong(struct reading *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
/*
 * The member of an object that must be there, an object with no key but these
 * (NULL ends them); NULL after saying what is wrong.
 */
const json_t *method_object(struct reading *, const json_t *object,
    const char *key, const char *const *keys);
/* Whether an object has no key but these. */
bool method_only(
    struct reading *, const json_t *object, const char *const *keys);
/* The list under key of low to high items; NULL after saying what is wrong. */
const json_t *method_list(struct reading *, const json_t *object,
    const char *key, size_t low, size_t high);
/* An integer in low..high under key; -1 after saying where it is not so. */
int method_integer(
    struct reading *, const json_t *object, const char *key, int low, int high);
/*
 * Which of the words (NULL ends them) stands under key; the first where
 * nothing does and it may be absent; -1 after saying what is wrong.
 */
int method_word(struct reading *, const json_t *object, const char *key,
    const char *const *words, bool may_be_absent);
#define MOST_LABEL 60 /* characters of a text */
#define MOST_TITLE 200
#define MOST_DEFINITION 2000

/*
 * A text under key in Chinese and in English, neither blank nor longer than so
 * many characters, without control characters; 0 or -1.
 */
int method_text(
    struct reading *, const json_t *object, const char *key, size_t most);

/* The parts of a file; 0, or -1 after saying what is wrong. */
int method_read_scales(struct reading *, const json_t *root);
int method_read_asset_value(struct reading *, const json_t *root);
int method_read_formulas(struct reading *, const json_t *root);
int method_read_history(struct reading *, const json_t *root);
int method_read_threat_table(struct reading *, const json_t *root);
int method_read_severity(struct reading *, const json_t *root);
/* Goes over all that can come about; each score must fall into a band. */
int method_read_reach(struct reading *);

/* The words of "rounding", in the order of enum rounding. */
extern const char *const method_roundings[];

/* floor(square root). */
uint64_t method_root(uint64_t);
/* n / d, both positive, as the rounding says. */
long method_divide(long n, long d, enum rounding);

/* Computes a risk; method_risk() looks it up. */
void method_compute(
    const struct method *, const struct risk_inputs *, struct risk_steps *);
/* Exact scores, and one rounded to so many decimals. */
struct exact method_exact_likelihood(
    const struct method *, const struct risk_inputs *);
struct exact method_exact_loss(
    const struct method *, const struct risk_inputs *);
struct exact method_exact_risk(const struct method *,
    const struct risk_inputs *, const struct risk_steps *);
int method_round(const struct exact *, int decimals, enum rounding);

#endif
