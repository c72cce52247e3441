#ifndef VIEW_PRIVATE_H
#define VIEW_PRIVATE_H

/*
 * What the parts of a method's view share: view-method.c has the scales and
 * formulas, view-rates.c what rates threats and vulnerabilities.
 */

#include "view.h"

/* A part of the method file. */
const json_t *view_part(const struct view *, const char *name);
/* Puts a value under a name: a new reference, or a text. */
void view_put(json_t *to, const char *name, json_t *value);
void view_put_text(json_t *to, const char *name, const char *text);
/* Puts a whole number of units as it is read, with so many decimals. */
void view_put_decimal(json_t *to, const char *name, long n, int decimals);
/* Puts a level and what it is called, as level and label. */
void view_put_level(
    const struct view *, json_t *to, const char *scale, long level);
/* Puts history, threat table, CVSS bands, words and measures. */
void view_put_rates(const struct view *, json_t *method);

#endif
