#ifndef METHOD_PRIVATE_H
#define METHOD_PRIVATE_H

/*
 * What method-file.c and method-scales.c read and method.c computes with.
 */

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

/* What reading says went wrong, with the place in the file. */
struct reading {
	struct method *m;
	char *error;
	const char *place;
};

extern const char *const method_scale_names[N_SCALES];

/* Says what is wrong, the first time; returns -1. */
int method_wrong(struct reading *, const char *what);
/* Whether a text is there in Chinese and in English. */
bool method_in_languages(const json_t *text);
/* An integer in low..high under key; -1 after saying where it is not so. */
int method_integer(
    struct reading *, const json_t *object, const char *key, int low, int high);
/* Reads a scale: its levels, and bands or figures where it has them. */
int method_read_scale(struct reading *, enum scale, const json_t *scales);

#endif
