#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "day.h"
#include "lists.h"

/*
 * The KPI of 9, the number of incidents in the year, beside other years and
 * the slice before; and what incidents have changed in the frequency of
 * threats (7.6.3).
 */

/*
 * How a number compares with an earlier one: difference, without sign, and
 * change, with it; one of more, less and same is true.
 */
static void
put_compared(json_t *object, long now, long then)
{
	json_object_set_new(
	    object, "change", context_signed((double)(now - then)));
	json_object_set_new(object, "difference",
	    json_integer(now > then ? now - then : then - now));
	json_object_set_new(object, "more", json_boolean(now > then));
	json_object_set_new(object, "less", json_boolean(now < then));
	json_object_set_new(object, "same", json_boolean(now == then));
	json_object_set_new(object, "is_compared", json_true());
}

/*
 * Whether the incidents of a period are known, which is returned, and how many
 * they are; where they are not, how many the stream has all the same.
 */
static bool
put_count(const struct context *c, json_t *object, const struct period *p)
{
	bool known = context_is_known(c, p);

	json_object_set_new(object, "is_known", json_boolean(known));
	json_object_set_new(object, known ? "count" : "found",
	    json_integer(context_count(c, p)));
	return known;
}

/*
 * The same of a period within a year that the stream may have in part: then
 * part says which days those are, and nothing is to be compared.
 */
static bool
put_part(const struct context *c, json_t *object, const struct period *p)
{
	struct period held;
	bool known = context_is_known(c, p);

	if (known || !context_held(c, period_year(p), &held) ||
	    held.from > p->to || held.to < p->from) {
		json_object_set_new(object, "part", json_false());
		return put_count(c, object, p);
	}
	if (held.from < p->from)
		held.from = p->from;
	if (held.to > p->to)
		held.to = p->to;
	put_count(c, object, &held);
	json_object_set_new(object, "part", context_period(c, &held));
	return false;
}

static struct period
year_of(int year)
{
	return period_of(YEAR, day_join(year, 1, 1));
}

/* A year as far as the period goes in its own, at most until its end. */
static struct period
year_to_date(const struct context *c, int year)
{
	struct period p = year_of(year),
		      last = year_of(period_year(&c->period));

	if (c->period.to < last.to)
		p = period_between(p.from, day_in_year(c->period.to, year));
	return p;
}

static json_t *
year_row(const struct context *c, int y)
{
	struct period year = year_of(y), before = year_of(y - 1);
	struct period to_date = year_to_date(c, y);
	json_t *row = json_object(), *part = context_period(c, &to_date);

	json_object_set_new(row, "year", json_integer(y));
	json_object_set_new(row, "change", json_string(""));
	json_object_set_new(
	    row, "is_current", json_boolean(y == period_year(&c->period)));
	put_count(c, part, &to_date);
	json_object_set_new(row, "to_date", part);
	if (put_part(c, row, &year) && context_is_known(c, &before))
		put_compared(
		    row, context_count(c, &year), context_count(c, &before));
	return row;
}

/* Each year that has incidents in the data or was assessed, and the period's.
 */
static void
put_years(struct context *c)
{
	json_t *years = json_array(), *row;
	int current = period_year(&c->period), first = current, last = current;
	struct period held, year;
	int y, known = 0;

	context_years(c, &first, &last);
	for (y = first; y <= last; y++) {
		year = year_of(y);
		if (y != current && !context_held(c, y, &held) &&
		    !context_has_incidents(c, &year))
			continue;
		row = year_row(c, y);
		known += json_is_true(json_object_get(row, "is_known"));
		json_array_append_new(years, row);
	}
	context_put(c, "has_trend", json_boolean(known > 1));
	context_put_size(c, "kpi_years_count", years);
	context_put(c, "kpi_years", years);
}

/* A period with its count, and beside it one that it is compared with. */
static json_t *
compared(const struct context *c, const struct period *now,
    const struct period *then)
{
	json_t *object = context_period(c, now);
	json_t *before = context_period(c, then);
	bool known = put_count(c, object, now);

	if (put_count(c, before, then) && known)
		put_compared(
		    object, context_count(c, now), context_count(c, then));
	json_object_set_new(object, "before", before);
	return object;
}

static void
put_kpi(struct context *c)
{
	int year = period_year(&c->period);
	struct period now = year_to_date(c, year);
	struct period then = year_to_date(c, year - 1);
	json_t *kpi = compared(c, &now, &then);

	put_part(c, kpi, &now);
	put_part(c, json_object_get(kpi, "before"), &then);
	json_object_set_new(kpi, "year", json_integer(year));
	json_object_set_new(kpi, "is_to_date", json_boolean(now.kind != YEAR));
	json_object_set_new(
	    json_object_get(kpi, "before"), "year", json_integer(year - 1));
	context_put(c, "kpi", kpi);
}

/* The slice beside the one before it; a span and a year have none. */
static void
put_slice(struct context *c)
{
	struct period then = period_before(&c->period);

	if (c->period.kind == SPAN || c->period.kind == YEAR)
		context_put(c, "slice", json_false());
	else
		context_put(c, "slice", compared(c, &c->period, &then));
}

static int
level_of(const struct context *c, long count, const struct period *window)
{
	return method_frequency_history(c->view->method, count,
	    (window->to - window->from + 1) / 7,
	    day_months(window->from, window->to));
}

/* The level that the window a year before would have given, and the change. */
static void
put_year_before(const struct context *c, json_t *row, const char *asset,
    const char *threat, const struct period *window)
{
	int from, to, level, now = (int)list_number(row, "level");
	struct period before;
	json_t *then;
	long count;

	/* From the day behind that which ends where this one begins. */
	day_split(window->from - 1, &from, NULL, NULL);
	day_split(window->to, &to, NULL, NULL);
	before = period_between(day_in_year(window->from - 1, from - 1) + 1,
	    day_in_year(window->to, to - 1));
	then = context_period(c, &before);
	json_object_set_new(row, "before", then);
	json_object_set_new(
	    then, "is_known", json_boolean(context_is_known(c, &before)));
	json_object_set_new(then, "has_incidents",
	    json_boolean(context_has_incidents(c, &before)));
	if (!context_is_known(c, &before))
		return;
	count = context_count_threat(c, asset, threat, &before);
	level = level_of(c, count, &before);
	json_object_set_new(then, "count", json_integer(count));
	json_object_set_new(then, "level", json_integer(level));
	json_object_set_new(then, "label",
	    json_string(view_level(c->view, "frequency", level)));
	json_object_set_new(row,
	    now > level	  ? "is_raised"
	    : now < level ? "is_lowered"
			  : "is_unchanged",
	    json_true());
	json_object_set_new(row, "is_compared", json_true());
}

/* A threat or exposure that history rated, on an asset where one is said. */
static json_t *
rated_row(const struct context *c, const json_t *rated, const json_t *threat,
    const json_t *asset)
{
	const char *of = asset != NULL ? list_text(asset, "id") : NULL;
	long count = list_number(rated, "incident_count"), found;
	struct period window =
	    period_between(day_read(list_text(rated, "window_from")),
		day_read(list_text(rated, "window_to")));
	json_t *row = json_object();

	json_object_set(row, "threat", (json_t *)threat);
	json_object_set_new(row, "asset",
	    asset != NULL ? json_incref((json_t *)asset) : json_false());
	json_object_set_new(row, "window", context_period(c, &window));
	json_object_set_new(row, "count", json_integer(count));
	json_object_set(
	    row, "level", json_object_get(rated, "frequency_level"));
	json_object_set(
	    row, "label", json_object_get(rated, "frequency_level_label"));
	json_object_set_new(row, "is_of_other_window",
	    json_boolean(
		window.from != c->period.from || window.to != c->period.to));
	found = context_count_threat(c, of, list_text(threat, "id"), &window);
	json_object_set_new(row, "found", json_integer(found));
	json_object_set_new(row, "is_different", json_boolean(found != count));
	put_year_before(c, row, of, list_text(threat, "id"), &window);
	return row;
}

static bool
is_rated_by_history(const json_t *object)
{
	return strcmp(list_text(object, "frequency_basis_code"), "history") ==
		   0 &&
	       *list_text(object, "window_from") != '\0' &&
	       *list_text(object, "window_to") != '\0';
}

/* With one asset alone, the threats of its risks and of its incidents. */
static bool
is_of_asset(const json_t *threat, const void *context)
{
	static const struct period ever = {SPAN, LONG_MIN, LONG_MAX};
	const struct context *c = context;
	const char *id = list_text(threat, "id");
	const json_t *shown;
	size_t i;

	if (c->only == NULL)
		return true;
	json_array_foreach (context_get(c, "threats"), i, shown)
		if (strcmp(list_text(shown, "id"), id) == 0)
			return true;
	return context_count_threat(c, c->only, id, &ever) > 0;
}

static bool
is_so(const json_t *row, const void *member)
{
	return json_is_true(json_object_get(row, member));
}

/* Puts the rows of which something is true, and how many they are. */
static void
put_rows(
    struct context *c, const char *name, const json_t *rows, const char *member)
{
	json_t *some = list_where(rows, is_so, member);
	struct buf count = {0};

	buf_printf(&count, "%s_count", name);
	context_put_size(c, count.data, some);
	context_put(c, name, some);
	buf_free(&count);
}

/* What incidents have done to the frequency of threats. */
static void
put_history(struct context *c)
{
	static const struct list_order by_frequency[] = {
	    {"frequency_level", true}, {NULL, false}};
	json_t *some = list_where(c->records[THREAT], is_of_asset, c);
	json_t *threats = list_sorted(some, by_frequency);
	json_t *rows = json_array(), *item;
	size_t i;

	json_array_foreach (threats, i, item)
		if (is_rated_by_history(item))
			json_array_append_new(
			    rows, rated_row(c, item, item, NULL));
	json_array_foreach (c->records[EXPOSURE], i, item)
		if (is_rated_by_history(item))
			json_array_append_new(rows,
			    rated_row(c, item, json_object_get(item, "threat"),
				json_object_get(item, "asset")));
	json_decref(some);
	json_decref(threats);
	put_rows(c, "compared_frequencies", rows, "is_compared");
	put_rows(c, "raised_frequencies", rows, "is_raised");
	put_rows(c, "lowered_frequencies", rows, "is_lowered");
	put_rows(c, "unchanged_frequencies", rows, "is_unchanged");
	put_rows(c, "other_windows", rows, "is_of_other_window");
	put_rows(c, "different_counts", rows, "is_different");
	context_put_size(c, "rated_by_incidents_count", rows);
	context_put(c, "rated_by_incidents", rows);
}

void
context_kpi(struct context *c)
{
	if (context_has_period(c)) {
		put_kpi(c);
		put_slice(c);
		put_years(c);
	}
	put_history(c);
}
