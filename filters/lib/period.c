#include <stdlib.h>
#include <string.h>

#include "day.h"
#include "period.h"

/* The Monday of a day's week; day 0 is a Thursday. */
static long
monday_of(long day)
{
	return day - ((day + 3) % 7 + 7) % 7;
}

/* The first day of the one of a kind that a day is in. */
static long
first_of(enum period_kind kind, long day)
{
	int year, month;

	day_split(day, &year, &month, NULL);
	switch (kind) {
	case YEAR:
		return day_join(year, 1, 1);
	case QUARTER:
		return day_join(year, (month - 1) / 3 * 3 + 1, 1);
	case MONTH:
		return day_join(year, month, 1);
	case WEEK:
		return monday_of(day);
	case DAY:
	case SPAN:
		break;
	}
	return day;
}

/* The first day behind one that begins on a day. */
static long
end_of(enum period_kind kind, long first)
{
	int year, month;

	day_split(first, &year, &month, NULL);
	switch (kind) {
	case YEAR:
		return day_join(year + 1, 1, 1);
	case QUARTER:
		return day_join(year, month + 3, 1);
	case MONTH:
		return day_join(year, month + 1, 1);
	case WEEK:
		return first + 7;
	case DAY:
	case SPAN:
		break;
	}
	return first + 1;
}

struct period
period_of(enum period_kind kind, long day)
{
	long first = first_of(kind, day);

	return (struct period){kind, first, end_of(kind, first) - 1};
}

struct period
period_between(long from, long to)
{
	struct period p;
	enum period_kind kind;

	for (kind = YEAR; kind <= WEEK; kind++) {
		p = period_of(kind, from);
		if (p.from == from && p.to == to)
			return p;
	}
	return (struct period){SPAN, from, to};
}

struct period
period_after(const struct period *p)
{
	if (p->kind == SPAN)
		return (struct period){
		    SPAN, p->to + 1, 2 * p->to - p->from + 1};
	return period_of(p->kind, p->to + 1);
}

struct period
period_before(const struct period *p)
{
	if (p->kind == SPAN)
		return (struct period){
		    SPAN, 2 * p->from - p->to - 1, p->from - 1};
	return period_of(p->kind, p->from - 1);
}

bool
period_has(const struct period *p, long day)
{
	return day >= p->from && day <= p->to;
}

int
period_year(const struct period *p)
{
	int year;

	day_split(p->kind == WEEK ? p->from + 3 : p->to, &year, NULL, NULL);
	return year;
}

/* Its number in the year, from 1: of a quarter, month or week. */
static int
number_of(const struct period *p)
{
	int month;

	if (p->kind == WEEK)
		return (
		    int)((p->from + 3 - day_join(period_year(p), 1, 1)) / 7 +
			 1);
	day_split(p->from, NULL, &month, NULL);
	return p->kind == QUARTER ? (month + 2) / 3 : month;
}

/* Whether a text has this form, 9 standing for a digit. */
static bool
has_form(const char *text, const char *form)
{
	for (; *text != '\0' && *form != '\0'; text++, form++)
		if (*form == '9' ? *text < '0' || *text > '9' : *text != *form)
			return false;
	return *text == *form;
}

bool
period_read(const char *text, struct period *p)
{
	int year = atoi(text), number;

	if (has_form(text, "9999")) {
		number = 1;
		*p = period_of(YEAR, day_join(year, 1, 1));
	} else if (has_form(text, "9999-Q9")) {
		number = atoi(text + 6);
		*p = period_of(QUARTER, day_join(year, 3 * number - 2, 1));
	} else if (has_form(text, "9999-99")) {
		number = atoi(text + 5);
		*p = period_of(MONTH, day_join(year, number, 1));
	} else if (has_form(text, "9999-W99")) {
		/* 4 January is in week 1. */
		number = atoi(text + 6);
		*p = period_of(WEEK, day_join(year, 1, 4) + 7L * (number - 1));
	} else {
		return false;
	}
	/* A number that there is not has led into another year. */
	return year > 0 && number > 0 && period_year(p) == year;
}

void
period_code(struct buf *b, const struct period *p)
{
	int year = period_year(p), number = number_of(p);

	switch (p->kind) {
	case YEAR:
		buf_printf(b, "%04d", year);
		break;
	case QUARTER:
		buf_printf(b, "%04d-Q%d", year, number);
		break;
	case MONTH:
		buf_printf(b, "%04d-%02d", year, number);
		break;
	case WEEK:
		buf_printf(b, "%04d-W%02d", year, number);
		break;
	case DAY:
		day_write(b, p->from);
		break;
	case SPAN:
		day_write(b, p->from);
		buf_text(b, "..");
		day_write(b, p->to);
		break;
	}
}

/* Appends the first and the last day of a span. */
static void
name_span(struct buf name[2], const struct period *p)
{
	day_write(&name[0], p->from);
	buf_text(&name[0], "至");
	day_write(&name[0], p->to);
	day_write(&name[1], p->from);
	buf_text(&name[1], " to ");
	day_write(&name[1], p->to);
}

void
period_name(struct buf name[2], const struct period *p)
{
	static const char *const months[] = {"January", "February", "March",
	    "April", "May", "June", "July", "August", "September", "October",
	    "November", "December"};
	int year = period_year(p), number = number_of(p);

	switch (p->kind) {
	case YEAR:
		buf_printf(&name[0], "%d年", year);
		buf_printf(&name[1], "%d", year);
		break;
	case QUARTER:
		buf_printf(&name[0], "%d年第%d季度", year, number);
		buf_printf(&name[1], "quarter %d of %d", number, year);
		break;
	case MONTH:
		buf_printf(&name[0], "%d年%d月", year, number);
		buf_printf(&name[1], "%s %d", months[number - 1], year);
		break;
	case WEEK:
		buf_printf(&name[0], "%d年第%d周", year, number);
		buf_printf(&name[1], "week %d of %d", number, year);
		break;
	case DAY:
		day_write(&name[0], p->from);
		day_write(&name[1], p->from);
		break;
	case SPAN:
		name_span(name, p);
		break;
	}
}
