#ifndef TALLY_H
#define TALLY_H

#include "index.h"
#include "record.h"

/*
 * What became of the rows of each file that is taken in: every row is counted
 * once, as a record, refused, or passed over for a reason.
 */
struct tally {
	char *file;
	const char *layout; /* "asset", "nessus", "JSON Lines"; "" not known */
	unsigned long settled; /* rows that became a record or were refused */
	unsigned long refused; /* of these */
	unsigned long above;   /* rows above the heading */
	unsigned long empty;   /* rows of separators alone */
	unsigned long left;    /* findings that are no weakness */
	unsigned long same;    /* findings that are there already */
	unsigned long unknown; /* findings of hosts that no asset has */
	struct index reasons;  /* of refusals */
	unsigned long *times;  /* by number in reasons */
	struct index used, ignored; /* columns */
};

struct tallies {
	struct index files;
	struct tally **of; /* by number in files */
};

/* That of a file, made at its first use. */
struct tally *tally_of(struct tallies *, const char *file);
/* Counts a record that was written or refused. */
void tally_settle(struct tallies *, const struct record *, bool refused);
/* All rows of a file. */
unsigned long tally_rows(const struct tally *);

/*
 * Says for each file of whose rows some were passed over what became of them,
 * in one line on standard error.
 */
void tally_say(const struct tallies *);
/* Appends all there is to say of each file. */
void tally_write(struct buf *, const struct tallies *);

#endif
