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
/*
 * Seconds from the beginning of 1970 to a local time YYYY-MM-DDThh:mm[:ss],
 * which must be one: for the difference of two.
 */
long day_seconds(const char *time);
/*
 * The year, the month from 1 and the day from 1 of a day, where they are not
 * NULL; and back, a month or day beyond its end counting on into the next.
 */
void day_split(long day, int *year, int *month, int *of_month);
long day_join(int year, int month, int of_month);
/*
 * The day of another year that ends the same span of it: the same day of the
 * same month, the last day of a month staying the last, 28 or 29 February.
 */
long day_in_year(long day, int year);
/* Whole calendar months from one day to another, both days included. */
long day_months(long from, long to);

#endif
