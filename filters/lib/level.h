#ifndef LEVEL_H
#define LEVEL_H

#include "method.h"
#include "record.h"

/*
 * A field that is a level of a scale of the method.  Returns 0 where it is
 * absent, -1 after a complaint where the scale has no such level.
 */
int level_read(
    struct record *, const char *name, const struct method *, enum scale);

/*
 * Whether a record's method is this one; -1 after a complaint where not:
 * numbers of two methods are not to be mixed.
 */
int level_same_method(struct record *, const struct method *);

/* The method that [-m method] of the command line names; sets optind. */
const struct method *level_method(int argc, char *argv[]);

#endif
