#ifndef METHOD_H
#define METHOD_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/*
 * The arithmetic of an assessment, as a method file sets it (risk-method(5)):
 * integers in and out, no input or output.  Levels are whole numbers from 1,
 * at most METHOD_LEVELS.  Scores are whole numbers of a unit: asset values are
 * in tenths, the others in the decimals that method_decimals() says.
 */
struct method;

#define METHOD_LEVELS 9

enum scale {
	CONFIDENTIALITY,
	INTEGRITY,
	AVAILABILITY,
	VALUE,
	FREQUENCY,
	SEVERITY,
	LIKELIHOOD,
	LOSS,
	RISK,
	N_SCALES
};

/* What an asset is worth, and what that was combined from (7.5). */
struct asset_value {
	int c, i, a;   /* levels; 0 where they are not known */
	int score;     /* in tenths; 0 where it is not known */
	int level;     /* of the score, or as an expert says */
	bool assessed; /* by an expert */
};

/* What one risk is computed from (7.8). */
struct risk_inputs {
	int value;     /* asset value level */
	int score;     /* and score, where method_takes_score() */
	int frequency; /* of the threat */
	int severity;  /* of the vulnerability */
};

/* Every step of one risk (7.8). */
struct risk_steps {
	int likelihood_score; /* of frequency and severity */
	int likelihood_level; /* graded */
	int loss_score;	      /* of asset value and severity */
	int loss_level;	      /* graded */
	int score;	      /* of likelihood and loss */
	int level;	      /* graded */
};

/* Where the highest acceptable level of a risk comes from. */
enum limit { BY_SCALE, BY_CATEGORY, BY_ASSET };

/*
 * Reads a method from the text of its file.  Returns NULL where it does not
 * hold, with the place and what is wrong there appended to error.
 */
struct method *method_read(const char *text, size_t len, struct buf *error);
/*
 * The method of that name or file (see data_read()), default tfdl-1508 for
 * NULL.  Where there is none or it does not hold the program ends, status 2.
 */
const struct method *method_load(const char *name);

/*
 * name@fingerprint: the fingerprint is the first 8 hex digits of the SHA-256
 * of the file in canonical form (keys sorted, no white space).
 */
const char *method_id(const struct method *);
/* The parsed file, for reports: a json_t, borrowed. */
const void *method_document(const struct method *);
const char *method_scale_name(enum scale);
/* The scale of that name, which there must be. */
enum scale method_scale(const char *name);
/* The highest level of a scale. */
int method_levels(const struct method *, enum scale);
/* How many decimals the scores of a scale have: unit 1/10^decimals. */
int method_decimals(const struct method *, enum scale);

/* Asset value in tenths from C, I and A, each a level (7.5). */
int method_value(const struct method *, int c, int i, int a);
/* Appends the band of a level of a banded scale, "16-20" with a dash. */
void method_put_band(struct buf *, const struct method *, enum scale, int level,
    const char *dash);
/* The level of a score in a banded scale; 0 where no band holds it. */
int method_grade(const struct method *, enum scale, int score);
/*
 * Availability from the service figures, the higher of what the two reach
 * (7.5); a figure that is not known is negative.  percent is 0..100.
 */
int method_availability(
    const struct method *, double percent, double outage_minutes);

/*
 * The highest answer that the lookup table takes to its question 0, 1 or 2:
 * attractiveness, capability, exploitability; and the threat frequency of
 * three answers (7.6.3).
 */
int method_answers(const struct method *, int question);
int method_frequency_table(const struct method *, int attractiveness,
    int capability, int exploitability);
/*
 * Threat frequency from so many incidents in a period of so many whole weeks
 * and whole calendar months, each counted as 1 where it is 0 (7.6.3).
 */
int method_frequency_history(
    const struct method *, long incidents, long weeks, long months);

/* Severity from a CVSS score, 0..10; and from a scanner's word, or 0. */
int method_severity_cvss(const struct method *, double score);
int method_severity_word(const struct method *, const char *word);
/*
 * What remains of a severity after measures that work so well; never below 1.
 */
int method_measured(
    const struct method *, int severity, const char *effectiveness);

/*
 * Whether the asset's value enters the loss as its score, not its level; and
 * the score that does where the level is known: the score given, moved to the
 * nearest end of the level's band if it lies outside, as where an expert set
 * the level.
 */
bool method_takes_score(const struct method *);
int method_score_within(const struct method *, int level, int score);

/*
 * A risk from its inputs (7.8).  False where the asset's score is none that can
 * come about, and no band holds what it leads to.
 */
bool method_risk(
    const struct method *, const struct risk_inputs *, struct risk_steps *);
/*
 * The lowest and highest risk level where likelihood and loss have these
 * levels: the same where the levels alone make the risk; 0 where nothing does.
 */
void method_cell(
    const struct method *, int likelihood, int loss, int *lowest, int *highest);
/* The highest risk score there is. */
int method_highest_score(const struct method *);
/*
 * How many of all combinations of asset value, frequency and severity give
 * this level of a scale, LIKELIHOOD, LOSS or RISK; for VALUE, of C, I and A. Of
 * level 0: all there are.
 */
long method_reached(const struct method *, enum scale, int level);

/*
 * Whether a risk level is acceptable (7.13); maximum, where it is not 0, is
 * the highest level that the asset or its category allows.
 */
bool method_acceptable(const struct method *, int level, int maximum);
/* The highest level that the method allows for a category of assets, or 0. */
int method_category_maximum(const struct method *, const char *category);

/*
 * A step of the arithmetic in words with its numbers, in Chinese [0] and in
 * English [1]: the asset's value, how it came about only where this method
 * gives it; likelihood, loss and risk; whether the risk is acceptable, by a
 * limit that maximum is where it is not BY_SCALE.
 */
void method_explain_value(
    const struct method *, const struct asset_value *, struct buf step[2]);
void method_explain_risk(
    const struct method *, const struct risk_inputs *, struct buf steps[3][2]);
void method_explain_acceptance(const struct method *, int level, enum limit,
    int maximum, struct buf step[2]);

#endif
