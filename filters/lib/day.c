#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "day.h"

#define SECONDS 86400

bool
day_begins(const char *s)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	int y, m, d, i;

	for (i = 0; i < 10; i++)
		if (i == 4 || i == 7 ? s[i] != '-' : s[i] < '0' || s[i] > '9')
			return false;
	y = atoi(s);
	m = atoi(s + 5);
	d = atoi(s + 8);
	if (y < 1 || m < 1 || m > 12 || d < 1)
		return false;
	if (m == 2 && d == 29)
		return y % 4 == 0 && (y % 100 != 0 || y % 400 == 0);
	return d <= days[m - 1];
}

bool
day_is(const char *text)
{
	return strlen(text) == 10 && day_begins(text);
}

long
day_join(int year, int month, int of_month)
{
	struct tm tm = {
	    .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = of_month};

	return (long)(timegm(&tm) / SECONDS);
}

long
day_read(const char *text)
{
	return day_join(atoi(text), atoi(text + 5), atoi(text + 8));
}

long
day_seconds(const char *time)
{
	int seconds = time[16] == ':' ? atoi(time + 17) : 0;

	return day_read(time) * SECONDS + atoi(time + 11) * 3600L +
	       atoi(time + 14) * 60L + seconds;
}

static struct tm
civil(long day)
{
	time_t t = (time_t)day * SECONDS;
	struct tm tm;

	gmtime_r(&t, &tm);
	return tm;
}

void
day_split(long day, int *year, int *month, int *of_month)
{
	struct tm tm = civil(day);

	if (year != NULL)
		*year = tm.tm_year + 1900;
	if (month != NULL)
		*month = tm.tm_mon + 1;
	if (of_month != NULL)
		*of_month = tm.tm_mday;
}

long
day_in_year(long day, int year)
{
	int month, of_month, after;
	long last;

	day_split(day, NULL, &month, &of_month);
	day_split(day + 1, NULL, NULL, &after);
	last = day_join(year, month + 1, 1) - 1;
	return after == 1 ? last : day_join(year, month, of_month);
}

void
day_write(struct buf *b, long day)
{
	struct tm tm = civil(day);

	buf_printf(
	    b, "%04d-%02d-%02d", tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
}

long
day_months(long from, long to)
{
	struct tm a = civil(from), b = civil(to + 1);

	return 12L * (b.tm_year - a.tm_year) + b.tm_mon - a.tm_mon -
	       (b.tm_mday < a.tm_mday);
}
