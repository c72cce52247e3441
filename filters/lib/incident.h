#ifndef INCIDENT_H
#define INCIDENT_H

#include <stdbool.h>

/*
 * What the times of an incident come to (7.15), and where they and its status
 * are inconsistent, which no schema can say.  What is in progress may have a
 * time of resolution: of the service, while its cause is still sought.
 */

/* Fields as in the record; NULL or "" where there is none. */
struct incident {
	const char *date, *detected, *resolved, *status;
};

enum incident_fault {
	DETECTED_BEFORE_DATE,
	RESOLVED_BEFORE_DATE,
	RESOLVED_BEFORE_DETECTED,
	ENDED_WITHOUT_TIME,
	INCIDENT_FAULTS
};

/* A fault in words, in Chinese [0] and in English [1]. */
extern const char *const incident_faults[INCIDENT_FAULTS][2];

/* Whether it has a fault. */
bool incident_has(const struct incident *, enum incident_fault);
/* Whether it goes on: its status says so, or it has none and no end. */
bool incident_is_open(const struct incident *);
/*
 * Days from the day it happened to that on which it was detected; seconds from
 * then until it was resolved.  -1 where a time is not known, or any two of them
 * are in the wrong order; never less.
 */
long incident_days_to_detect(const struct incident *);
long incident_seconds_to_resolve(const struct incident *);

#endif
