#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "day.h"
#include "lists.h"

/*
 * The period that a report is of, and on which days there were incidents of
 * the whole stream, those of other assets too.
 */

/* Enters a day under "KIND A" or, with b, "KIND A/B". */
static void
add_day(struct occurrences *o, const char *kind, const char *a, const char *b,
    long day)
{
	struct buf key = {0};
	size_t count = o->keys.count, i;
	struct days *days;

	buf_printf(&key, "%s %s%s%s", kind, a, b != NULL ? "/" : "",
	    b != NULL ? b : "");
	i = index_add(&o->keys, key.data);
	buf_free(&key);
	if (o->keys.count > count) {
		o->of = mem_room(o->of, count, sizeof *o->of);
		o->of[i] = (struct days){0};
	}
	days = &o->of[i];
	days->days = mem_room(days->days, days->count, sizeof *days->days);
	days->days[days->count++] = day;
}

void
context_note_incident(struct context *c, const json_t *incident)
{
	struct occurrences *o = &c->occurrences;
	const char *threat = list_text(incident, "threat");
	const char *asset = list_text(incident, "asset");
	long day = day_read(list_text(incident, "date"));
	size_t count = o->ids.count;

	index_add(&o->ids, list_text(incident, "id"));
	if (o->ids.count == count)
		return;
	add_day(o, "all", "", NULL, day);
	if (*threat != '\0')
		add_day(o, "threat", threat, NULL, day);
	if (*asset != '\0')
		add_day(o, "asset", asset, NULL, day);
	if (*asset != '\0' && *threat != '\0')
		add_day(o, "pair", asset, threat, day);
}

/* The days under a key as add_day() writes it; none where there is none. */
static struct days
days_of(const struct context *c, const char *kind, const char *a, const char *b)
{
	struct buf key = {0};
	size_t i;

	buf_printf(&key, "%s %s%s%s", kind, a, b != NULL ? "/" : "",
	    b != NULL ? b : "");
	i = index_find(&c->occurrences.keys, key.data);
	buf_free(&key);
	return i != INDEX_NONE ? c->occurrences.of[i] : (struct days){0};
}

static long
count_within(struct days d, const struct period *p)
{
	long n = 0;
	size_t i;

	for (i = 0; i < d.count; i++)
		n += period_has(p, d.days[i]);
	return n;
}

long
context_count(const struct context *c, const struct period *p)
{
	return count_within(c->only != NULL ? days_of(c, "asset", c->only, NULL)
					    : days_of(c, "all", "", NULL),
	    p);
}

long
context_count_threat(const struct context *c, const char *asset,
    const char *threat, const struct period *p)
{
	return count_within(asset != NULL ? days_of(c, "pair", asset, threat)
					  : days_of(c, "threat", threat, NULL),
	    p);
}

/* The period of an assessment; false where it has none that goes forward. */
static bool
period_of_assessment(const json_t *assessment, struct period *p)
{
	const char *from = list_text(assessment, "period_from");
	const char *to = list_text(assessment, "period_to");

	if (*from == '\0' || *to == '\0' || strcmp(from, to) > 0)
		return false;
	*p = period_between(day_read(from), day_read(to));
	return true;
}

static void
add_period(struct periods *list, const struct period *p)
{
	list->of = mem_room(list->of, list->count, sizeof *list->of);
	list->of[list->count++] = *p;
}

void
context_note_assessment(struct context *c, const json_t *assessment)
{
	struct period p;

	if (period_of_assessment(assessment, &p))
		add_period(&c->assessed, &p);
}

static bool
assessed_period(const struct context *c, struct period *p)
{
	return period_of_assessment(
	    json_array_get(c->records[ASSESSMENT], 0), p);
}

/* From the first incident to the last; false where there is none. */
static bool
span_of_incidents(const struct context *c, struct period *p)
{
	struct days d = days_of(c, "all", "", NULL);
	size_t i;

	if (d.count == 0)
		return false;
	*p = (struct period){SPAN, d.days[0], d.days[0]};
	for (i = 1; i < d.count; i++) {
		if (d.days[i] < p->from)
			p->from = d.days[i];
		if (d.days[i] > p->to)
			p->to = d.days[i];
	}
	return true;
}

/* Widens a span of years by those that a period touches. */
static void
widen(int *first, int *last, const struct period *p)
{
	int from, to;

	day_split(p->from, &from, NULL, NULL);
	day_split(p->to, &to, NULL, NULL);
	if (from < *first)
		*first = from;
	if (to > *last)
		*last = to;
}

void
context_years(const struct context *c, int *first, int *last)
{
	struct period p;
	size_t i;

	for (i = 0; i < c->known.count; i++)
		widen(first, last, &c->known.of[i]);
	if (span_of_incidents(c, &p))
		widen(first, last, &p);
}

bool
context_has_incidents(const struct context *c, const struct period *p)
{
	return count_within(days_of(c, "all", "", NULL), p) > 0;
}

static int
by_first_day(const void *a, const void *b)
{
	const struct period *p = a, *q = b;

	return (p->from > q->from) - (p->from < q->from);
}

/* Sorts periods, and makes one of those between which no day is. */
static void
merge(struct periods *list)
{
	struct period *last, *next;
	size_t i, n = 0;

	if (list->count == 0)
		return;
	qsort(list->of, list->count, sizeof *list->of, by_first_day);
	for (i = 1; i < list->count; i++) {
		last = &list->of[n];
		next = &list->of[i];
		if (next->from > last->to + 1)
			list->of[++n] = *next;
		else if (next->to > last->to)
			last->to = next->to;
	}
	list->count = n + 1;
}

/*
 * The days whose incidents the stream can be taken to have.  One incident does
 * not say that the others of its year are there, but an assessment says which
 * days it is of: the current one in any case, one before it where the stream
 * has incidents of it, as it may be there for its title alone.  Incidents
 * without any assessment are a log, from its first day to its last.
 */
static void
find_known(struct context *c)
{
	struct period p;
	size_t i;

	for (i = 0; i < c->assessed.count; i++)
		if (context_has_incidents(c, &c->assessed.of[i]))
			add_period(&c->known, &c->assessed.of[i]);
	if (assessed_period(c, &p) ||
	    (c->assessed.count == 0 && span_of_incidents(c, &p)))
		add_period(&c->known, &p);
	merge(&c->known);
}

bool
context_held(const struct context *c, int year, struct period *held)
{
	struct period whole = period_of(YEAR, day_join(year, 1, 1));
	size_t i = c->known.count;

	while (i-- > 0) {
		*held = c->known.of[i];
		if (held->from > whole.to || held->to < whole.from)
			continue;
		if (held->from < whole.from)
			held->from = whole.from;
		if (held->to > whole.to)
			held->to = whole.to;
		held->kind = SPAN;
		return true;
	}
	return false;
}

bool
context_is_known(const struct context *c, const struct period *p)
{
	size_t i;

	for (i = 0; i < c->known.count; i++)
		if (c->known.of[i].from <= p->from &&
		    p->to <= c->known.of[i].to)
			return true;
	return false;
}

bool
context_has_period(const struct context *c)
{
	return c->period.from <= c->period.to;
}

bool
context_has_quarters(const struct context *c)
{
	return day_months(c->period.from, c->period.to) >= 3;
}

static void
put_day(json_t *object, const char *name, long day)
{
	struct buf text = {0};

	day_write(&text, day);
	json_object_set_new(object, name, json_string(text.data));
	buf_free(&text);
}

void
context_put_days(json_t *object, const struct period *p)
{
	put_day(object, "from", p->from);
	put_day(object, "to", p->to);
}

json_t *
context_period(const struct context *c, const struct period *p)
{
	struct buf name[2] = {{0}, {0}}, code = {0};
	json_t *object = json_object();

	period_name(name, p);
	period_code(&code, p);
	json_object_set_new(
	    object, "name", json_string(name[c->view->lang].data));
	json_object_set_new(object, "code", json_string(code.data));
	context_put_days(object, p);
	buf_free(&name[0]);
	buf_free(&name[1]);
	buf_free(&code);
	return object;
}

/* What the period is of: as it was said, as assessed, as incidents came. */
static const char *
choose(struct context *c, const struct period *said)
{
	if (said != NULL) {
		c->period = *said;
		return "is_said";
	}
	if (assessed_period(c, &c->period))
		return "is_assessed";
	if (span_of_incidents(c, &c->period))
		return "is_of_incidents";
	c->period = (struct period){SPAN, 0, -1};
	return NULL;
}

void
context_choose_period(struct context *c)
{
	static const char *const kinds[] = {"is_span", "is_year", "is_quarter",
	    "is_month", "is_week", "is_day"};
	const char *how = choose(c, c->said);
	json_t *period;

	find_known(c);
	if (how == NULL) {
		context_put(c, "period", json_false());
		return;
	}
	period = context_period(c, &c->period);
	json_object_set_new(period, how, json_true());
	json_object_set_new(period, kinds[c->period.kind], json_true());
	json_object_set_new(
	    period, "is_known", json_boolean(context_is_known(c, &c->period)));
	context_put(c, "period", period);
}
