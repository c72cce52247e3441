#ifndef CVSS_H
#define CVSS_H

#include "buf.h"

/*
 * Base scores of CVSS vectors, by the equations of FIRST's documents: A
 * Complete Guide to CVSS 2.0, 3.2.1; and the Specification Documents
 * of 3.0, 8.1; of 3.1, 7.1 and appendix A; of 4.0, 8.2 and 8.3.
 *
 * Temporal, threat, environmental and supplemental metrics in a vector are
 * checked and do not count (for 4.0 the score is CVSS-B): the scale grades the
 * weakness itself, and threats, assets and measures are rated by themselves.
 *
 * Metrics may stand in any order, each once; the whole may stand in
 * parentheses.  It begins with CVSS2#, CVSS:2.0/, CVSS:3.0/, CVSS:3.1/ or
 * CVSS:4.0/, or with a metric: then *version says of which version it is, and
 * where that is NULL the metrics do, which cannot tell 3.0 from 3.1.
 *
 * Returns tenths, 0 to 100, and *version is "2.0", "3.0", "3.1" or "4.0",
 * static.  Returns -1 where the vector does not hold, or is not of the version
 * that was asked for, with what is wrong appended to error; text of the vector
 * stands in it as it came, cut short.
 */
int cvss_score(const char *vector, const char **version, struct buf *error);

#endif
