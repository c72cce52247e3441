#ifndef GROFF_H
#define GROFF_H

#include <signal.h>
#include <stdbool.h>

#include "buf.h"

/*
 * Runs groff: what goes in and what comes out, on pipes.  Signals that end a
 * program are only let in while it waits for groff, so that what it must remove
 * can be removed before they do.
 */
enum { GROFF_FATAL = 10, GROFF_QUIET = 2 };

struct groff_signals {
	sigset_t mask; /* as it was */
	struct sigaction actions[GROFF_FATAL], quiet[GROFF_QUIET], child;
};

void groff_hold_signals(struct groff_signals *old);
/* What came in meanwhile comes in again, and may end the program. */
void groff_release_signals(const struct groff_signals *);
/* Whether a signal came in since they are held. */
bool groff_was_stopped(void);

/* What goes into groff and comes out. */
struct groff {
	const char *folder;
	const char *epoch;	 /* SOURCE_DATE_EPOCH */
	bool first;		 /* only to see the pages */
	const struct buf *in[2]; /* one behind the other */
	struct buf *out, messages;
};

/*
 * Returns the status of groff as wait(2) has it; -1 where it did not run, after
 * a message.  Signals must be held.
 */
int groff_run(struct groff *, const struct groff_signals *held);

#endif
