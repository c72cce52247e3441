#ifndef CHANGE_H
#define CHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include "method.h"
#include "record.h"

/*
 * How one risk changed from an older assessment to a newer one, and by what:
 * for risk-diff.  Every cause is worked out by the method, one input put back
 * to what it was at a time (7.8).
 */

/* A risk as it stands in one of the two, in few bytes: there may be millions.
 * What is not known is 0. */
struct risk_state {
	int32_t score;	     /* hundredths, whatever the method's decimals */
	int32_t due;	     /* of its treatment: the day + 1 */
	int16_t asset_score; /* tenths, where the method takes it */
	uint8_t asset_level, frequency, severity;
	uint8_t likelihood, loss, level, maximum;
	bool acceptable;
	uint8_t method;		   /* number of change_method() */
	uint8_t inherent, measure; /* of the vulnerability: severity before
				      measures, and their effectiveness */
	uint8_t option, status;	   /* of its treatment */
};

/* The method in force; any: records of others are taken in, too. */
void change_open(const struct method *, bool any);

/*
 * Reads a risk that was checked.  Returns -1 after a complaint where another
 * method computed it and that is not let in, or where its levels do not make
 * its score, or its level what is acceptable.
 */
int change_read_risk(struct record *, struct risk_state *);
/* What else is known of a risk, by its vulnerability and its treatment. */
void change_read_vulnerability(const struct record *, struct risk_state *);
void change_read_treatment(const struct record *, struct risk_state *);
/* Takes over from another state what only that one has of these two. */
void change_take_vulnerability(struct risk_state *, const struct risk_state *);
void change_take_treatment(struct risk_state *, const struct risk_state *);

/* A risk in the two, NULL where it is not there. */
struct change {
	const char *risk;     /* id */
	const char *former;   /* its id in the older one, where another */
	const char *ids[3];   /* asset, threat, vulnerability */
	const char *names[3]; /* NULL where they are not known */
	bool is_new[3];	      /* the asset, threat, vulnerability itself is */
	bool knows;	      /* whether that could be told of all three */
	bool refused;	      /* a record of the other assessment was */
	const struct risk_state *before, *after;
};

/* Whether there is something to say: score, level or acceptance are others. */
bool change_is(const struct change *);
/* Appends the record. */
void change_write(struct buf *, const struct change *);
/*
 * Whether a checked record of a change says what its two sides make of it: one
 * may have been written by hand.  0, or -1 after a complaint.
 */
int change_check(struct record *);

#endif
