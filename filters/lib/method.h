#ifndef METHOD_H
#define METHOD_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The arithmetic of an assessment, as a method file sets it (risk-method(5)):
 * integers in and out, no input or output.  Levels are whole numbers from 1;
 * asset values are in tenths, 10..50.
 */
struct method;

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

/* Every step of one risk (section 7.8 of the procedure). */
struct risk_steps {
	int likelihood_score; /* frequency x severity */
	int likelihood_level; /* graded */
	int loss_score;	      /* asset value x severity */
	int loss_level;	      /* graded */
	int score;	      /* likelihood level x loss level */
	int level;	      /* graded */
};

/*
 * Reads a method from the text of its file.  Returns
 * NULL where it does not hold, with what is wrong in error[].
 */
struct method *method_read(const char *text, size_t len, char error[256]);
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
/* The highest level of a scale. */
int method_levels(const struct method *, enum scale);

/* Asset value in tenths from C, I and A, each a level (7.5). */
int method_value(const struct method *, int c, int i, int a);
/* The level of a score in a banded scale; 0 where no band holds it. */
int method_grade(const struct method *, enum scale, int score);
/*
 * Availability from the service figures, the higher of what the two reach
 * (7.5); a figure that is not known is negative.  percent is 0..100.
 */
int method_availability(
    const struct method *, double percent, double outage_minutes);

/* Threat frequency by the lookup table (7.6.3). */
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
/* What remains of a severity after measures that work so well; never below 1.
 */
int method_measured(
    const struct method *, int severity, const char *effectiveness);

/* A risk from three levels (7.8). */
void method_risk(const struct method *, int value, int frequency, int severity,
    struct risk_steps *);
/* The score of a risk of such likelihood and loss, and the highest there is. */
int method_score(const struct method *, int likelihood, int loss);
int method_highest_score(const struct method *);
/*
 * Whether a risk level is acceptable (7.13); maximum, where it is not 0, is
 * the highest level that the asset itself allows.
 */
bool method_acceptable(const struct method *, int level, int maximum);

#endif
