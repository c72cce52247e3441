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

/*
 * Likelihood by loss: {columns: [{level, label}], rows: [{level, label, cells:
 * [{count, level}]}]}, level as
 * text, "3", "2～4" where the two levels leave it open, "—" where nothing
 * comes about; rows from the highest loss down.
 */
json_t *summary_matrix(const struct view *, const json_t *risks);
/* The same of counts, by level of loss and of likelihood. */
json_t *summary_cells(
    const struct view *, long cells[METHOD_LEVELS + 1][METHOD_LEVELS + 1]);

/*
 * Risks by a member that names something, the worst first: {KEY: value,
 * total, unacceptable, highest, highest_label, counts: [{count}]}, KEY being
 * "asset", "threat" or "department"; name is the member that tells two apart.
 */
json_t *summary_by(const struct view *, const json_t *risks, const char *key,
    const char *member, const char *name);

/* {label, count} for each text of a member, in the order of the texts given,
 * then as they come. */
json_t *summary_labels(
    const json_t *list, const char *member, const char *const *labels);

#endif
