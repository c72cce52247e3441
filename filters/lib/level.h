#ifndef LEVEL_H
#define LEVEL_H

#include "buf.h"
#include "method.h"
#include "record.h"

/* Levels and scores of records, by the scales of the method in force. */

/* A score in the unit of its scale; 0 where the field is absent. */
long level_score(
    const struct record *, const char *name, const struct method *, enum scale);

/* Writes what a risk is computed from, and its steps; score and level under
 * the names given. */
void level_write_risk(struct buf *, const struct method *,
    const struct risk_inputs *, const struct risk_steps *, const char *score,
    const char *level);

/*
 * Writes every step of a risk in words, in both languages, as the field
 * explanation; the asset's value where it is known.
 */
void level_write_explanation(struct buf *, const struct method *,
    const struct asset_value *, const struct risk_inputs *, int level,
    enum limit, int maximum);

/*
 * The value of an asset as asset-value wrote it, level 0 where it did not; and
 * whether it is that of this method: another one may have gone before, unseen.
 * 0 or -1.
 */
struct asset_value level_read_value(
    const struct record *, const struct method *);
int level_check_value(
    struct record *, const struct method *, const struct asset_value *);

/*
 * Refuses a record that another method computed, unless any may have, and one
 * whose score is above all of this method's: 0 or -1.
 */
int level_same_method(struct record *, const struct method *, bool any);
/* Whether this method computed the record. */
bool level_is_own(const struct record *, const struct method *);

/*
 * The method of that name, whose levels the records are then checked by; to be
 * called before any schema is read.
 */
const struct method *level_method(const char *name);

/*
 * Reads the option -m of a program, the flag that it has besides, 0 where it
 * has none, and where day is not NULL -D, a day; the method, and whether the
 * flag is set.
 */
const struct method *level_options(
    int argc, char *argv[], char flag, bool *is_set, const char **day);

#endif
