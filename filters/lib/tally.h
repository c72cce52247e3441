#ifndef TALLY_H
#define TALLY_H

#include <stdbool.h>

#include "index.h"
#include "record.h"

/* Why something was refused. */
struct reason {
	unsigned long times;
	char *first; /* place in the file, "line 3"; "" where it has none */
};

struct reasons {
	struct index texts;
	struct reason *of; /* by number in texts */
};

/*
 * What became of the rows of each file that is taken in: every row is counted
 * once, as a record, refused, or passed over for a reason.  Of a wide table the
 * cells with a level are counted instead of their rows.
 */
struct tally {
	char *file;
	const char *layout; /* "asset", "nessus", "JSON Lines"; "" not known */
	bool by_cells;	    /* a wide table */
	unsigned long settled;	/* rows that became a record or were refused */
	unsigned long refused;	/* of these */
	unsigned long above;	/* rows above the heading */
	unsigned long under;	/* rows under one that was refused */
	unsigned long repeated; /* headings once more */
	unsigned long empty;	/* rows of separators alone */
	unsigned long bare;	/* rows of a wide table without a level */
	unsigned long left;	/* findings that are no weakness */
	unsigned long same;	/* findings that are there already */
	unsigned long unknown;	/* findings of hosts that no asset has */
	struct reasons reasons; /* of rows refused */
	struct reasons whole;	/* of the file itself, or what is left of it */
	struct index used, kept, ignored; /* columns */
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
 * Says for each file of whose rows some were passed over, though they have
 * text, what became of them, in one line on standard error.
 */
void tally_say(const struct tallies *);
/* Appends all there is to say of each file. */
void tally_write(struct buf *, const struct tallies *);

#endif
