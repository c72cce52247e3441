#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "day.h"
#include "incident.h"
#include "lists.h"

/*
 * The incidents and inspections of a period (7.11, 7.15): counted by parts of
 * it and by what they are, their times, and the quarters without inspection.
 */

static long
date_of(const json_t *record)
{
	return day_read(list_text(record, "date"));
}

static bool
is_in_period(const json_t *record, const void *context)
{
	const struct context *c = context;

	return period_has(&c->period, date_of(record));
}

static bool
is_open(const json_t *incident, const void *context)
{
	(void)context;
	return json_is_true(json_object_get(incident, "is_open"));
}

static bool
is_sla(const json_t *incident, const void *context)
{
	(void)context;
	return json_is_true(json_object_get(incident, "sla"));
}

/*
 * Whether an incident of before the period was still to be followed up when it
 * began: it goes on, or ended later.
 */
static bool
is_carried(const json_t *incident, const void *context)
{
	const struct context *c = context;
	const char *resolved = list_text(incident, "resolved");

	return date_of(incident) < c->period.from &&
	       (is_open(incident, NULL) ||
		   (*resolved != '\0' && day_read(resolved) >= c->period.from));
}

static bool
has_problems(const json_t *incident, const void *context)
{
	(void)context;
	return *list_text(incident, "problems") != '\0';
}

/* Days in halves, as a median may have them: "2天", "0.5 days". */
static json_t *
days_text(const struct view *v, long halves)
{
	struct buf text = {0};
	json_t *days;

	buf_printf(&text, "%ld%s%s", halves / 2, halves % 2 != 0 ? ".5" : "",
	    view_text(v, "天", halves == 2 ? " day" : " days"));
	days = json_string(text.data);
	buf_free(&text);
	return days;
}

/* Halves of a second as hours and whole minutes: what is less is cut off. */
static json_t *
hours_text(const struct view *v, long halves)
{
	long minutes = halves / 120;
	struct buf text = {0};
	json_t *hours;

	if (minutes == 0 && halves > 0)
		return json_string(
		    view_text(v, "不足1分钟", "less than 1 min"));
	if (minutes >= 60)
		buf_printf(
		    &text, "%ld%s", minutes / 60, view_text(v, "小时", " h"));
	if (minutes < 60 || minutes % 60 > 0)
		buf_printf(&text, "%s%ld%s",
		    text.len > 0 ? view_text(v, "", " ") : "", minutes % 60,
		    view_text(v, "分钟", " min"));
	hours = json_string(text.data);
	buf_free(&text);
	return hours;
}

/* How its times and status are inconsistent, in words; "" where they are not.
 */
static json_t *
problems_of(const struct view *v, const struct incident *i)
{
	json_t *names = json_array(), *text;
	enum incident_fault fault;

	for (fault = 0; fault < INCIDENT_FAULTS; fault++)
		if (incident_has(i, fault))
			json_array_append_new(names,
			    json_string(incident_faults[fault][v->lang]));
	text = view_joined(v, names);
	json_decref(names);
	return text;
}

/* Puts a time as it is read beside it: a space for the T. */
static void
put_time(json_t *incident, const char *name, const char *time)
{
	struct buf text = {0};

	if (*time != '\0')
		buf_printf(&text, "%.10s %s", time, time + 11);
	json_object_set_new(
	    incident, name, json_string(text.data != NULL ? text.data : ""));
	buf_free(&text);
}

/* What comes of the times of an incident, beside them. */
static void
put_course(const struct view *v, json_t *incident)
{
	const struct incident i = {list_text(incident, "date"),
	    list_text(incident, "detected"), list_text(incident, "resolved"),
	    list_text(incident, "status_code")};
	long days = incident_days_to_detect(&i);
	long seconds = incident_seconds_to_resolve(&i);

	put_time(incident, "detected_at", i.detected);
	put_time(incident, "resolved_at", i.resolved);
	json_object_set_new(
	    incident, "is_open", json_boolean(incident_is_open(&i)));
	json_object_set_new(incident, "problems", problems_of(v, &i));
	json_object_set_new(incident, "days_to_detect", json_integer(days));
	json_object_set_new(
	    incident, "seconds_to_resolve", json_integer(seconds));
	json_object_set_new(incident, "time_to_detect",
	    days >= 0 ? days_text(v, 2 * days) : json_string(""));
	json_object_set_new(incident, "time_to_resolve",
	    seconds >= 0 ? hours_text(v, 2 * seconds) : json_string(""));
}

static bool
is_idle(const json_t *incident, const void *context)
{
	const struct context *c = context;
	const char *threat = list_text(incident, "threat");

	return *threat != '\0' &&
	       index_find(&c->ids[THREAT], threat) == INDEX_NONE;
}

static bool
is_known_time(const json_t *incident, const void *member)
{
	return list_number(incident, member) >= 0;
}

/*
 * How long something took, over the incidents that say so: {count, missing,
 * median, longest, incident}, the last being the first that took longest, if
 * any took time.
 */
static json_t *
duration(const struct context *c, const json_t *incidents, const char *member,
    json_t *text(const struct view *, long halves))
{
	const struct list_order by_length[] = {{member, true}, {NULL, false}};
	json_t *some = list_where(incidents, is_known_time, member);
	json_t *sorted = list_sorted(some, by_length), *d = json_object();
	size_t n = json_array_size(sorted);

	json_object_set_new(d, "count", json_integer((json_int_t)n));
	json_object_set_new(d, "missing",
	    json_integer((json_int_t)(json_array_size(incidents) - n)));
	if (n > 0) {
		json_object_set_new(d, "median",
		    text(c->view,
			list_number(
			    json_array_get(sorted, (n - 1) / 2), member) +
			    list_number(
				json_array_get(sorted, n / 2), member)));
		if (list_number(json_array_get(sorted, 0), member) > 0)
			json_object_set(
			    d, "incident", json_array_get(sorted, 0));
		json_object_set_new(d, "longest",
		    text(c->view,
			2 * list_number(json_array_get(sorted, 0), member)));
	}
	json_decref(sorted);
	json_decref(some);
	return d;
}

/* By what a member says, in the order of its labels: {label, count, incidents}.
 */
static void
put_kinds(struct context *c, const char *name, const json_t *incidents,
    const char *member, const char *const *labels)
{
	context_put(c, name,
	    list_groups(incidents, member, labels,
		view_text(c->view, "未注明", "not given"), "incidents"));
}

/* By the values of an enumeration. */
static void
put_classes(struct context *c, const char *name, const json_t *incidents,
    const char *field)
{
	const char **labels = context_labels_of(c->view, "incident", field);

	put_kinds(c, name, incidents, field, labels);
	free(labels);
}

/* By a record that they name, those most often named first. */
static void
put_named(struct context *c, const char *name, const json_t *incidents,
    const char *key, const char *member)
{
	static const char *const none[] = {NULL};
	static const struct list_order most[] = {
	    {"count", true}, {NULL, false}};
	json_t *groups = list_groups(incidents, member, none, "", "incidents");
	json_t *group, *first;
	size_t i;

	json_array_foreach (groups, i, group) {
		first = json_array_get(json_object_get(group, "incidents"), 0);
		json_object_set(group, key, json_object_get(first, key));
	}
	context_put(c, name, list_sorted(groups, most));
	json_decref(groups);
}

/*
 * The parts of a kind that the period has, as far as they lie in it, with how
 * many of the incidents, which are by date: {name, from, to, count}.
 */
static json_t *
parts(const struct context *c, enum period_kind kind, const json_t *incidents)
{
	struct period p = period_of(kind, c->period.from), cut;
	json_t *list = json_array(), *part;
	size_t i = 0, begin;

	for (; p.from <= c->period.to; p = period_after(&p)) {
		begin = i;
		while (i < json_array_size(incidents) &&
		       date_of(json_array_get(incidents, i)) <= p.to)
			i++;
		cut = p;
		if (cut.from < c->period.from)
			cut.from = c->period.from;
		if (cut.to > c->period.to)
			cut.to = c->period.to;
		part = context_period(c, &p);
		context_put_days(part, &cut);
		json_object_set_new(
		    part, "count", json_integer((json_int_t)(i - begin)));
		json_array_append_new(list, part);
	}
	return list;
}

/* Counts by the next smaller part, and by quarter where there are several. */
static void
put_parts(struct context *c, const json_t *incidents)
{
	enum period_kind kind = c->period.kind == MONTH	 ? WEEK
				: c->period.kind == WEEK ? DAY
							 : MONTH;

	context_put(c, "by_week", json_boolean(kind == WEEK));
	context_put(c, "by_day", json_boolean(kind == DAY));
	context_put(c, "incident_parts", parts(c, kind, incidents));
	context_put(c, "has_incident_quarters",
	    json_boolean(context_has_quarters(c) && c->period.kind != QUARTER));
	context_put(c, "incident_quarters", parts(c, QUARTER, incidents));
}

static void
put_outside(struct context *c, const char *name, const json_t *all,
    const json_t *inside)
{
	context_put(c, name,
	    json_integer(
		(json_int_t)(json_array_size(all) - json_array_size(inside))));
}

static void
put_incidents(struct context *c)
{
	static const struct list_order by_date[] = {
	    {"date", false}, {NULL, false}};
	json_t *sorted = list_sorted(c->records[INCIDENT], by_date);
	const char *const yes_no[] = {
	    view_label(c->view, "incident", "sla", "true"),
	    view_label(c->view, "incident", "sla", "false"), NULL};
	json_t *inside =
	    context_put_where(c, "period_incidents", sorted, is_in_period);

	put_outside(c, "outside_incidents_count", sorted, inside);
	context_put_where(c, "carried_incidents", sorted, is_carried);
	json_decref(sorted);
	put_parts(c, inside);
	put_classes(c, "incident_categories", inside, "category");
	put_classes(c, "incident_severities", inside, "severity");
	put_kinds(c, "incident_sla", inside, "sla_text", yes_no);
	put_named(c, "incident_threats", inside, "threat", "threat.id");
	put_named(c, "incident_assets", inside, "asset", "asset.id");
	context_put(
	    c, "detection", duration(c, inside, "days_to_detect", days_text));
	context_put(c, "resolution",
	    duration(c, inside, "seconds_to_resolve", hours_text));
	context_put_where(c, "open_incidents", inside, is_open);
	context_put_where(c, "sla_incidents", inside, is_sla);
	context_put_where(c, "faulty_incidents", inside, has_problems);
}

static bool
lacks_inspection(const json_t *quarter, const void *context)
{
	(void)context;
	return list_number(quarter, "count") == 0;
}

/*
 * The quarters that the period has days in, each with its inspections, those
 * outside of the period too: {name, count, inspections}.
 */
static json_t *
inspected_quarters(const struct context *c, const json_t *inspections)
{
	struct period p = period_of(QUARTER, c->period.from);
	json_t *list = json_array(), *quarter, *some;
	size_t i = 0, n = json_array_size(inspections);

	for (; p.from <= c->period.to; p = period_after(&p)) {
		some = json_array();
		for (; i < n; i++) {
			if (date_of(json_array_get(inspections, i)) > p.to)
				break;
			if (date_of(json_array_get(inspections, i)) >= p.from)
				json_array_append(
				    some, json_array_get(inspections, i));
		}
		quarter = context_period(c, &p);
		json_object_set_new(quarter, "count",
		    json_integer((json_int_t)json_array_size(some)));
		json_object_set_new(quarter, "inspections", some);
		json_array_append_new(list, quarter);
	}
	return list;
}

static void
put_inspections(struct context *c)
{
	static const struct list_order by_date[] = {
	    {"date", false}, {NULL, false}};
	json_t *sorted = list_sorted(c->records[INSPECTION], by_date);
	json_t *inside =
	    context_put_where(c, "period_inspections", sorted, is_in_period);
	/* Of a period that is not in the data nothing is missing. */
	bool asked =
	    context_has_quarters(c) &&
	    (json_array_size(inside) > 0 || context_is_known(c, &c->period));
	json_t *quarters = asked ? inspected_quarters(c, sorted) : json_array();
	json_t *without;

	put_outside(c, "outside_inspections_count", sorted, inside);
	without = context_put_where(
	    c, "uninspected_quarters", quarters, lacks_inspection);
	json_object_set_new(
	    json_array_get(without, json_array_size(without) - 1), "last",
	    json_true());
	context_put(c, "has_quarters", json_boolean(asked));
	context_put(c, "inspection_quarters", quarters);
	json_decref(sorted);
}

void
context_incidents(struct context *c)
{
	json_t *incidents = c->records[INCIDENT], *item;
	size_t i;

	context_put_where(c, "idle_incidents", incidents, is_idle);
	json_array_foreach (incidents, i, item) {
		context_join(c, item, "threat", THREAT);
		context_join(c, item, "asset", ASSET);
		put_course(c->view, item);
	}
	context_put(c, "incidents", json_incref(incidents));
	context_put_size(c, "incident_count", incidents);
	context_put(c, "inspections", json_incref(c->records[INSPECTION]));
	context_put_size(c, "inspection_count", c->records[INSPECTION]);
	put_incidents(c);
	put_inspections(c);
}
