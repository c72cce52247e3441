#ifndef PAIRING_H
#define PAIRING_H

#include "change.h"

/*
 * Two streams of risks, and which risk of one is which of the other: by id,
 * and those left over by the names of asset, threat and vulnerability.
 *
 * One of the two is kept, and read first; the other goes by, and what is
 * needed of it once more is spooled to a file (see spool.h).
 *
 * Memory: of the kept one, 150 to 300 bytes a risk with ids and names; of the
 * other assets, threats, vulnerabilities that the kept one may have under
 * another id, and 20 to 30 bytes for each vulnerability, risk and treatment of
 * a risk that it has not, to know one that comes twice.  Where its risks do not
 * follow their vulnerabilities, or treatments their risks, as after a sort,
 * these as well.
 */
enum side { OLDER, NEWER };

/* Which of the two is kept. */
void pairing_open(enum side kept);

/*
 * Take in a checked record of one of the two.  Return -1 after a complaint:
 * where it has the risk already, or it cannot be read.
 */
int pairing_asset(enum side, struct record *);
int pairing_threat(enum side, struct record *);
int pairing_vulnerability(enum side, struct record *);
int pairing_risk(enum side, struct record *);
int pairing_treatment(enum side, struct record *);
/* A record of that one was refused: what it lacks may be for that. */
void pairing_refused(enum side);

/*
 * When all has been read: gives every risk of the newer one, in its order, then
 * those that only the older one had, in its order.
 */
void pairing_finish(void (*give)(const struct change *));

#endif
