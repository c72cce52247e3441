#ifndef PERIOD_H
#define PERIOD_H

#include <stdbool.h>

#include "buf.h"

/*
 * Slices of the calendar: years, quarters, months, weeks of ISO 8601 (Monday
 * to Sunday; a week is of the year that its Thursday is in), days, and spans
 * from one day to another that are none of these.
 */
enum period_kind { SPAN, YEAR, QUARTER, MONTH, WEEK, DAY };

/* Days as in day.h, both included. */
struct period {
	enum period_kind kind;
	long from, to;
};

/*
 * Reads 2025, 2025-Q2, 2025-03 or 2025-W09, of the years 0001 to 9999.  False
 * where a text is none of these, or the year has no such week.
 */
bool period_read(const char *text, struct period *);
/* That of a kind, but SPAN, which has the day. */
struct period period_of(enum period_kind, long day);
/* From one day to another, as the year, quarter, month or week it is. */
struct period period_between(long from, long to);
/* The next and the last one of the same kind; for a SPAN, of as many days. */
struct period period_after(const struct period *);
struct period period_before(const struct period *);
bool period_has(const struct period *, long day);
/* The year that it is of: of a week as above, of a span that of its end. */
int period_year(const struct period *);

/* Appends what period_read() takes; a day, or FROM..TO, where it takes none. */
void period_code(struct buf *, const struct period *);
/* Appends its name in Chinese [0] and in English [1]. */
void period_name(struct buf name[2], const struct period *);

#endif
