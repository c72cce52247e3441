#ifndef DAY_H
#define DAY_H

#include <stdbool.h>

#include "buf.h"

/* Days of the calendar as numbers, 1970-01-01 being 0. */

/* Whether a text is, or begins with, a day of the calendar, YYYY-MM-DD. */
bool day_is(const char *text);
bool day_begins(const char *text);
/* The number of a day YYYY-MM-DD, which must be one. */
long day_read(const char *text);
void day_write(struct buf *, long day);
/* Whole calendar months from one day to another, both days included. */
long day_months(long from, long to);

#endif
