#ifndef COMPARISON_H
#define COMPARISON_H

#include "method.h"
#include "record.h"
#include "schema.h"

/* Counts over the changes that risk-diff(1) writes. */

/* What happened to a risk, in the order of the schema. */
enum what { ADDED, REMOVED, RAISED, LOWERED, SAME, N_WHAT };

#define MOST_CAUSES 20

struct comparison {
	long what[N_WHAT], total;
	long level_raised, level_lowered; /* to another level, too */
	long renumbered, mixed;
	long decided;	   /* with a treatment in the older one */
	double *new_score; /* of each change in order; 0 of those removed */
	long levels[2][METHOD_LEVELS + 1]; /* before, after; 0: not there */
	long unacceptable[2];
	long cells[2][METHOD_LEVELS + 1][METHOD_LEVELS + 1];
	long moves[METHOD_LEVELS + 1][METHOD_LEVELS + 1];
	long causes[MOST_CAUSES][N_WHAT];
};

/* A struct comparison of zeros is that of nothing; takes in a checked change.
 */
void comparison_take(struct comparison *, const struct record *);

enum what comparison_what(const struct record *);
/* What the cause of a change may be, as its schema has it. */
const struct value_rule *comparison_causes(void);
/* The number of a value of an enumeration. */
size_t comparison_number(const struct value_rule *, const char *value);

#endif
