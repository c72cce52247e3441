#ifndef METHOD_PRIVATE_H
#define METHOD_PRIVATE_H

/* What method-file.c reads and method.c computes with. */

#include <jansson.h>

#include "method.h"

#define MAX_LEVELS 5 /* as the schemas have it */
#define MAX_ROWS 9

enum combine { MEAN, MAX, LOG2 };

struct band {
	int from, to;
};

/* A row of the history table: more or at least so many per so long. */
struct history {
	int level, count;
	bool strict;
	int weeks, months; /* both 0: over the whole period */
};

struct service {
	int permille;	 /* uptime, at least; 0 where it is not asked */
	int outage;	 /* minutes */
	bool has_outage; /* below outage; at most outage where at_most */
	bool at_most;
};

struct method {
	char *id;
	json_t *document;
	int levels[N_SCALES];
	struct band bands[N_SCALES][MAX_LEVELS + 1]; /* by level, from 1 */
	bool acceptable[MAX_LEVELS + 1];
	struct service service[MAX_LEVELS + 1];
	enum combine combine;
	int weights[3];
	struct history history[MAX_ROWS];
	int n_history;
	int unseen;
	int threat_table[MAX_LEVELS][MAX_LEVELS][MAX_LEVELS];
	int cvss[MAX_LEVELS + 1]; /* tenths from which a level begins */
	int reduction[3];	  /* by measure effectiveness */
};

/* The values of measure_effectiveness, in the order of reduction[]. */
extern const char *const method_effectiveness[3];

#endif
