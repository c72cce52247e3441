#ifndef CANONICAL_H
#define CANONICAL_H

#include "record.h"

/*
 * Appends the record as its content alone makes it, however it was spelt: keys
 * sorted by bytes; nothing between tokens; strings escaped only where JSON has
 * it (as in RFC 8785); a whole number with all its digits, 4.0 as 4; any other
 * with the fewest digits that give the same double back.  Without
 * some of its fields; NULL ends their names.
 */
void canonical_write(
    struct buf *, const struct record *, const char *const *without);

#endif
