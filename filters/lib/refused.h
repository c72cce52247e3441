#ifndef REFUSED_H
#define REFUSED_H

#include "record.h"

/*
 * Writes a record of type refused: what could not be used, as it came, and
 * why.  Of text longer than LINE_KEPT the beginning, with its whole length; of
 * bytes that are no UTF-8 text their Base64.
 */
void refused_write(struct buf *, const struct record *);

#endif
