#include <err.h>
#include <jansson.h>
#include <math.h>
#include <regex.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "day.h"
#include "schema.h"
#include "status.h"
#include "utf8.h"

static bool
has_all(const char **list, bool (*has)(const char *, void *), void *arg)
{
	for (; *list != NULL; list++)
		if (!has(*list, arg))
			return false;
	return true;
}

static size_t
branches_held(
    const struct choice *c, bool (*has)(const char *, void *), void *arg)
{
	size_t i, n = 0;

	for (i = 0; i < c->n; i++)
		n += has_all(c->lists[i], has, arg);
	return n;
}

bool
schema_complete(
    const struct schema *s, bool (*has)(const char *, void *), void *arg)
{
	size_t i;

	if (!has_all(s->rule.required, has, arg))
		return false;
	for (i = 0; i < s->n_choices; i++)
		if (branches_held(&s->choices[i], has, arg) == 0)
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
bad_value(const struct place *at, const json_t *value, const char *what)
{
	char *dump = json_dumps(
	    value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
	struct buf b = {0};
	const size_t most = 60;
	size_t cut;
	int status;

	if (dump == NULL)
		errx(TROUBLE, "out of memory");
	cut = strlen(dump);
	if (cut > most) {
		for (cut = most; ((unsigned char)dump[cut] & 0xc0) == 0x80;)
			cut--;
		buf_add(&b, dump, cut);
		buf_text(&b, "...");
	} else {
		buf_add(&b, dump, cut);
	}
	buf_printf(&b, " is not %s", what);
	free(dump);
	status = bad(at, b.data);
	buf_free(&b);
	return status;
}

static bool
matches(const struct value_rule *rule, const char *text)
{
	struct value_rule *r = (struct value_rule *)rule;

	if (r->compiled == NULL) {
		r->compiled = mem_alloc(sizeof(regex_t));
		if (regcomp(
			r->compiled, r->pattern, REG_EXTENDED | REG_NOSUB) != 0)
			errx(TROUBLE, "schema: bad pattern %s", r->pattern);
	}
	return regexec(r->compiled, text, 0, NULL, 0) == 0;
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

static int
check_string(
    const struct value_rule *rule, const struct place *at, const json_t *value)
{
	const char *text = json_string_value(value);
	struct buf what = {0};
	size_t i, n;
	int status;

	if (text == NULL)
		return bad_value(at, value, "a string");
	if (rule->values != NULL) {
		for (i = 0; i < rule->n_values; i++)
			if (strcmp(rule->values[i], text) == 0)
				return 0;
		buf_text(&what, "one of");
		for (i = 0; i < rule->n_values; i++)
			add_choice(&what, rule, i);
		status = bad_value(at, value, what.data);
		buf_free(&what);
		return status;
	}
	n = utf8_count(text, json_string_length(value));
	if (n < rule->min_length)
		return bad(at, "empty");
	if (n > rule->max_length) {
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
check_number(
    const struct value_rule *rule, const struct place *at, const json_t *value)
{
	struct buf what = {0};
	double x = json_number_value(value);
	int status;

	if (json_is_number(value) && (rule->kind == NUMBER || x == floor(x)) &&
	    (!rule->has_minimum || x >= rule->minimum) &&
	    (!rule->has_maximum || x <= rule->maximum))
		return 0;
	if (!json_is_number(value))
		buf_text(&what, "a number ");
	else if (rule->kind == INTEGER && x != floor(x))
		buf_text(&what, "a whole number ");
	buf_printf(&what, "in %.15g..%.15g", rule->minimum, rule->maximum);
	status = bad_value(at, value, what.data);
	buf_free(&what);
	return status;
}

static int check_value(
    const struct value_rule *, const struct place *, json_t *);

static int
check_array(
    const struct value_rule *rule, const struct place *at, json_t *value)
{
	struct place item = *at;
	json_t *element;
	size_t i;
	int status = 0;

	if (!json_is_array(value))
		return bad_value(at, value, "a list");
	if (json_array_size(value) < rule->min_length)
		return bad(at, "empty");
	if (json_array_size(value) > rule->max_length)
		return bad(at, "too many items");
	json_array_foreach (value, i, element) {
		item.item = (long)i;
		if (check_value(rule->items, &item, element) < 0)
			status = -1;
	}
	return status;
}

static int
check_object(
    const struct value_rule *rule, const struct place *at, json_t *value)
{
	struct place member = *at;
	const char **name;
	json_t *field;
	size_t i;
	int status = 0;

	if (!json_is_object(value))
		return bad_value(at, value, "an object");
	for (name = rule->required; name != NULL && *name != NULL; name++) {
		member.member = *name;
		if (json_object_get(value, *name) == NULL)
			status = bad(&member, "missing");
	}
	for (i = 0; i < rule->n_fields; i++) {
		member.member = rule->fields[i].name;
		field = json_object_get(value, member.member);
		if (field != NULL &&
		    check_value(&rule->fields[i].rule, &member, field) < 0)
			status = -1;
	}
	return status;
}

static int
check_value(
    const struct value_rule *rule, const struct place *at, json_t *value)
{
	switch (rule->kind) {
	case STRING:
		return check_string(rule, at, value);
	case INTEGER:
	case NUMBER:
		return check_number(rule, at, value);
	case BOOLEAN:
		if (!json_is_boolean(value))
			return bad_value(at, value, "true or false");
		return 0;
	case ARRAY:
		return check_array(rule, at, value);
	case OBJECT:
		return check_object(rule, at, value);
	}
	return -1;
}

static bool
record_has(const char *name, void *record)
{
	return rec_has(record, name);
}

static int
check_choice(const struct choice *c, struct record *r)
{
	size_t i, n = branches_held(c, record_has, r);
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

int
schema_check(const struct schema *s, struct record *r)
{
	struct place at = {.record = r, .item = -1};
	const char **name;
	json_t *value;
	size_t i;
	int status = 0;

	for (name = s->rule.required; *name != NULL; name++)
		if (!rec_has(r, *name))
			status = rec_complain(r, "%s: missing", *name);
	for (i = 0; i < s->rule.n_fields; i++) {
		at.field = s->rule.fields[i].name;
		value = json_object_get(r->object, at.field);
		if (value != NULL &&
		    check_value(&s->rule.fields[i].rule, &at, value) < 0)
			status = -1;
	}
	for (i = 0; i < s->n_choices; i++)
		if (check_choice(&s->choices[i], r) < 0)
			status = -1;
	for (i = 0; i < s->n_dependent; i++) {
		name = s->dependent[i];
		if (!rec_has(r, *name))
			continue;
		for (name++; *name != NULL; name++)
			if (!rec_has(r, *name))
				status =
				    rec_complain(r, "%s: missing, %s needs it",
					*name, s->dependent[i][0]);
	}
	return status;
}
