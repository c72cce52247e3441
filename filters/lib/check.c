#include <err.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "day.h"
#include "pattern.h"
#include "schema.h"
#include "status.h"
#include "utf8.h"

static bool
holds(uint64_t present, uint64_t set)
{
	return (present & set) == set;
}

static size_t
branches_held(const struct choice *c, uint64_t present)
{
	size_t i, n = 0;

	for (i = 0; i < c->n; i++)
		n += holds(present, c->sets[i]);
	return n;
}

bool
schema_complete(
    const struct schema *s, bool (*has)(const char *, void *), void *arg)
{
	uint64_t present = 0;
	size_t i;

	for (i = 0; i < s->rule.n_fields; i++)
		if (has(s->rule.fields[i].name, arg))
			present |= UINT64_C(1) << i;
	if (!holds(present, s->required))
		return false;
	for (i = 0; i < s->n_choices; i++)
		if (branches_held(&s->choices[i], present) == 0)
			return false;
	return true;
}

/* Where in the record a value stands, for messages: "threats[2]". */
struct place {
	struct record *record;
	const char *field;
	long item; /* -1 where it is no item of a list */
	const char *member;
};

static int
bad(const struct place *at, const char *what)
{
	struct buf where = {0};

	buf_text(&where, at->field);
	if (at->item >= 0)
		buf_printf(&where, "[%ld]", at->item + 1);
	if (at->member != NULL)
		buf_printf(&where, ".%s", at->member);
	rec_complain(at->record, "%s: %s", where.data, what);
	buf_free(&where);
	return -1;
}

/* Says of a value what it should be, showing the value, cut if long. */
static int
bad_value(const struct place *at, const struct value *value, const char *what)
{
	struct buf b = {0};
	const size_t most = 60;
	size_t cut = most;
	int status;

	value_write(&b, value);
	if (b.len > most) {
		while (((unsigned char)b.data[cut] & 0xc0) == 0x80)
			cut--;
		b.len = cut;
		buf_text(&b, "...");
	}
	buf_printf(&b, " is not %s", what);
	status = bad(at, b.data);
	buf_free(&b);
	return status;
}

static bool
matches(const struct value_rule *rule, const char *text)
{
	struct value_rule *r = (struct value_rule *)rule;

	if (r->compiled == NULL)
		r->compiled = pattern_make(r->pattern);
	return pattern_matches(r->compiled, text);
}

/* A value of an enumeration, and the Chinese name that a sheet may have. */
static void
add_choice(struct buf *b, const struct value_rule *rule, size_t i)
{
	const char *name = rule->labels[i].of[ZH][0];

	buf_printf(b, "%s %s", i > 0 ? "," : "", rule->values[i]);
	if (name != NULL)
		buf_printf(b, " (%s)", name);
}

/* Whether a text has so many characters, of one to four bytes each. */
static bool
has_length(const struct value *text, size_t least, size_t most, size_t *n)
{
	if (text->len >= 4 * least && text->len <= most)
		return true;
	*n = utf8_count(text->text, text->len);
	return *n >= least && *n <= most;
}

static int
check_string(const struct value_rule *rule, const struct place *at,
    const struct value *value)
{
	const char *text = value->text;
	struct buf what = {0};
	size_t i, n;
	int status;

	if (value->kind != VALUE_STRING)
		return bad_value(at, value, "a string");
	if (rule->values != NULL) {
		for (i = 0; i < rule->n_values; i++)
			if (*rule->values[i] == *text &&
			    strcmp(rule->values[i], text) == 0)
				return 0;
		buf_text(&what, "one of");
		for (i = 0; i < rule->n_values; i++)
			add_choice(&what, rule, i);
		status = bad_value(at, value, what.data);
		buf_free(&what);
		return status;
	}
	if (!has_length(value, rule->min_length, rule->max_length, &n)) {
		if (n < rule->min_length)
			return bad(at, "empty");
		buf_printf(&what, "%zu characters, %zu are allowed", n,
		    rule->max_length);
		status = bad(at, what.data);
		buf_free(&what);
		return status;
	}
	if (rule->is_date && !day_is(text))
		return bad_value(at, value, "a day, YYYY-MM-DD");
	if (rule->pattern != NULL && !matches(rule, text))
		return bad_value(at, value, rule->form);
	if (rule->is_moment && !day_begins(text))
		return bad_value(at, value, rule->form);
	return 0;
}

static int
check_number(const struct value_rule *rule, const struct place *at,
    const struct value *value)
{
	struct buf what = {0};
	double x = value->number;
	bool is_number = value->kind == VALUE_NUMBER;
	int status;

	if (is_number && (rule->kind == NUMBER || x == floor(x)) &&
	    (!rule->has_minimum || x >= rule->minimum) &&
	    (!rule->has_maximum || x <= rule->maximum))
		return 0;
	if (!is_number)
		buf_text(&what, "a number ");
	else if (rule->kind == INTEGER && x != floor(x))
		buf_text(&what, "a whole number ");
	buf_printf(&what, "in %.15g..%.15g", rule->minimum, rule->maximum);
	status = bad_value(at, value, what.data);
	buf_free(&what);
	return status;
}

static int check_value(
    const struct value_rule *, const struct place *, const struct value *);

static int
check_array(const struct value_rule *rule, const struct place *at,
    const struct value *value)
{
	struct place place = *at;
	struct value item;
	size_t i;
	int status = 0;

	if (value->kind != VALUE_LIST)
		return bad_value(at, value, "a list");
	if (value->len < rule->min_length)
		return bad(at, "empty");
	if (value->len > rule->max_length)
		return bad(at, "too many items");
	for (i = 0; i < value->len; i++) {
		item = value_item(value, i);
		place.item = (long)i;
		if (check_value(rule->items, &place, &item) < 0)
			status = -1;
	}
	return status;
}

static int
check_object(const struct value_rule *rule, const struct place *at,
    const struct value *value)
{
	struct place member = *at;
	struct value field;
	const char **name;
	size_t i;
	int status = 0;

	if (value->kind != VALUE_OBJECT)
		return bad_value(at, value, "an object");
	for (name = rule->required; name != NULL && *name != NULL; name++) {
		member.member = *name;
		if (value_member(value, *name).kind == VALUE_NONE)
			status = bad(&member, "missing");
	}
	for (i = 0; i < rule->n_fields; i++) {
		member.member = rule->fields[i].name;
		field = value_member(value, member.member);
		if (field.kind != VALUE_NONE &&
		    check_value(&rule->fields[i].rule, &member, &field) < 0)
			status = -1;
	}
	return status;
}

static int
check_value(const struct value_rule *rule, const struct place *at,
    const struct value *value)
{
	switch (rule->kind) {
	case STRING:
		return check_string(rule, at, value);
	case INTEGER:
	case NUMBER:
		return check_number(rule, at, value);
	case BOOLEAN:
		if (value->kind != VALUE_TRUE && value->kind != VALUE_FALSE)
			return bad_value(at, value, "true or false");
		return 0;
	case ARRAY:
		return check_array(rule, at, value);
	case OBJECT:
		return check_object(rule, at, value);
	}
	return -1;
}

static int
check_choice(const struct choice *c, struct record *r, uint64_t present)
{
	size_t i, n = branches_held(c, present);
	struct buf what = {0};
	const char **name;
	int status = 0;

	if (n == 0 || (c->one && n > 1)) {
		buf_text(&what, n == 0 ? "missing: one of" : "only one of");
		for (i = 0; i < c->n; i++)
			for (name = c->lists[i]; *name != NULL; name++)
				buf_printf(
				    &what, "%s %s", i > 0 ? "," : "", *name);
		status = rec_complain(
		    r, "%s%s", what.data, n == 0 ? "" : " may be there");
		buf_free(&what);
	}
	return status;
}

/* Complains of each field in a list that the record has not. */
static int
check_required(const char **list, const char *needed_by, struct record *r)
{
	int status = 0;

	for (; *list != NULL; list++)
		if (!rec_has(r, *list))
			status = rec_complain(r, "%s: missing%s%s%s", *list,
			    needed_by != NULL ? ", " : "",
			    needed_by != NULL ? needed_by : "",
			    needed_by != NULL ? " needs it" : "");
	return status;
}

/* Finds the values of the fields; returns which there are. */
static uint64_t
find_fields(const struct schema *s, const struct members *members,
    const struct value **values)
{
	const struct member *m;
	const struct field *f;
	uint64_t present = 0;
	size_t i, number;

	for (i = 0; i < members->n; i++) {
		m = &members->of[i];
		f = schema_field_of(s, m->name, m->len, members->hashes[i]);
		if (f == NULL)
			continue;
		number = (size_t)(f - s->rule.fields);
		values[number] = &m->value;
		present |= UINT64_C(1) << number;
	}
	return present;
}

/* Whether a text is what fields of the record make, joined by slashes. */
static bool
is_joined(const char *text, const char **fields, const struct record *r)
{
	const char *part;
	size_t n;

	for (; *fields != NULL; fields++) {
		part = rec_string(r, *fields);
		n = strlen(part);
		if (strncmp(text, part, n) != 0 ||
		    text[n] != (fields[1] != NULL ? '/' : '\0'))
			return false;
		text += n + 1;
	}
	return true;
}

/* Whether a field is made of others as it has to be, where all are there. */
static int
check_joined(const char **list, struct record *r)
{
	struct buf names = {0};
	const char **of;
	int status;

	for (of = list; *of != NULL; of++)
		if (rec_string(r, *of) == NULL)
			return 0;
	if (is_joined(rec_string(r, *list), list + 1, r))
		return 0;
	for (of = list + 1; *of != NULL; of++)
		buf_printf(&names, "%s%s", names.len > 0 ? "/" : "", *of);
	status =
	    rec_complain(r, "%s: not the %s of the record", *list, names.data);
	buf_free(&names);
	return status;
}

/* Whether a day is before none of others, where they are days. */
static int
check_order(const char **list, struct record *r)
{
	const char *day = rec_string(r, *list), *other;
	const char **of;
	int status = 0;

	if (day == NULL || !day_is(day))
		return 0;
	for (of = list + 1; *of != NULL; of++) {
		other = rec_string(r, *of);
		if (other != NULL && day_is(other) && strcmp(day, other) < 0)
			status = rec_complain(r, "%s: before %s", *list, *of);
	}
	return status;
}

int
schema_check(const struct schema *s, struct record *r)
{
	struct place at = {.record = r, .item = -1};
	const struct value *values[SCHEMA_FIELDS];
	uint64_t present = find_fields(s, rec_members(r), values), set;
	const char **list;
	size_t i;
	int status = 0;

	if (!holds(present, s->required))
		status = check_required(s->rule.required, NULL, r);
	for (set = present; set != 0; set &= set - 1) {
		i = (size_t)__builtin_ctzll(set); /* the next that is there */
		at.field = s->rule.fields[i].name;
		if (check_value(&s->rule.fields[i].rule, &at, values[i]) < 0)
			status = -1;
	}
	for (i = 0; i < s->n_choices; i++)
		if (check_choice(&s->choices[i], r, present) < 0)
			status = -1;
	for (i = 0; i < s->n_dependent; i++) {
		list = s->dependent[i];
		if (holds(present, s->needed[i]) || !rec_has(r, *list))
			continue;
		status = check_required(list + 1, *list, r);
	}
	for (i = 0; i < s->n_joined; i++)
		if (check_joined(s->joined[i], r) < 0)
			status = -1;
	for (i = 0; i < s->n_ordered; i++)
		if (check_order(s->ordered[i], r) < 0)
			status = -1;
	return status;
}
