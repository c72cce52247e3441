#ifndef SUMMARY_H
#define SUMMARY_H

#include "view.h"

/* Counts over lists of objects, as the sections of reports print them. */

/* The share of n in total, in percent with one decimal, rounded half up. */
json_t *summary_percent(long n, long total);

/*
 * How many items have each level of a scale in a member, the highest level
 * first: {level, label, definition, acceptable, count, percent}.
 */
json_t *summary_levels(const struct view *, const char *scale,
    const json_t *list, const char *member);

/* The same of counts, by level; total of all, with those of no level. */
json_t *summary_counts(const struct view *, const char *scale,
    const long counts[METHOD_LEVELS + 1], long total);

/*
 * Likelihood by loss, of counts by level of loss and of likelihood: {columns:
 * [{level, label}], rows: [{level, label, cells: [{count, level}]}]}, level as
 * text, "3", "2～4" where the two levels leave it open, "—" where nothing
 * comes about; rows from the highest loss down.
 */
json_t *summary_cells(
    const struct view *, long cells[METHOD_LEVELS + 1][METHOD_LEVELS + 1]);

/*
 * Puts what risks sum up to, by counts of their levels: {total, unacceptable,
 * highest, highest_label, counts: [{count}] from the highest down}.
 */
void summary_put_risks(const struct view *, json_t *to,
    const long counts[METHOD_LEVELS + 1], long unacceptable);

#endif
