#include <err.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "change-private.h"
#include "data.h"
#include "day.h"
#include "index.h"
#include "level.h"
#include "object.h"
#include "schema.h"
#include "status.h"

static struct index methods;	     /* their ids; 0 is the one in force */
static const struct method *of[256]; /* by number; NULL: not at hand */
static bool any_method;

void
change_open(const struct method *m, bool any)
{
	any_method = any;
	of[index_add(&methods, method_id(m))] = m;
}

/*
 * A method that is not in force may be built in, as it was or as it is now: a
 * file of that name with that fingerprint is the one.
 */
static const struct method *
find_method(const char *id)
{
	char *name = mem_text(id, strcspn(id, "@")), *text;
	struct buf error = {0};
	struct method *m = NULL;
	size_t len;

	text = data_find("schemas/methods", name, ".json", &len);
	if (text != NULL)
		m = method_read(text, len, &error);
	if (m != NULL && strcmp(method_id(m), id) != 0)
		m = NULL;
	free(text);
	free(name);
	buf_free(&error);
	return m;
}

uint8_t
change_method(const char *id)
{
	size_t count = methods.count, number = index_add(&methods, id);

	if (number >= sizeof of / sizeof of[0])
		errx(TROUBLE, "more than 256 methods");
	if (methods.count > count)
		of[number] = find_method(id);
	return (uint8_t)number;
}

const char *
change_method_id(uint8_t number)
{
	return methods.keys[number];
}

const struct method *
change_method_of(uint8_t number)
{
	return of[number];
}

static const int units[] = {100, 10, 1}; /* by decimals: in hundredths */

int32_t
change_hundredths(const struct method *m, int score)
{
	return score * units[method_decimals(m, RISK)];
}

void
change_put_score(
    struct buf *b, const char *name, const struct method *m, int32_t hundredths)
{
	int decimals = 0;

	if (m != NULL)
		decimals = method_decimals(m, RISK);
	else
		while (hundredths % units[decimals] != 0)
			decimals++;
	obj_name(b, name);
	if (hundredths < 0)
		buf_char(b, '-');
	buf_decimal(b, labs((long)hundredths) / units[decimals], decimals);
}

struct risk_inputs
change_inputs(const struct risk_state *s)
{
	return (struct risk_inputs){.value = s->asset_level,
	    .score = s->asset_score,
	    .frequency = s->frequency,
	    .severity = s->severity};
}

bool
change_compute(const struct method *m, const struct risk_inputs *in,
    struct risk_steps *steps)
{
	return m != NULL && in->value <= method_levels(m, VALUE) &&
	       in->frequency <= method_levels(m, FREQUENCY) &&
	       in->severity <= method_levels(m, SEVERITY) &&
	       (!method_takes_score(m) || in->score > 0) &&
	       method_risk(m, in, steps);
}

/*
 * Whether its levels make its score: a record that was changed by hand has no
 * causes that could be worked out.  0 or -1.
 */
static int
check_steps(struct record *r, const struct risk_state *s)
{
	const struct method *m = of[s->method];
	struct risk_inputs in = change_inputs(s);
	struct risk_steps steps;

	if (m == NULL)
		return 0;
	if (s->maximum > method_levels(m, RISK) ||
	    !change_compute(m, &in, &steps) ||
	    change_hundredths(m, steps.score) != s->score ||
	    steps.level != s->level ||
	    steps.likelihood_level != s->likelihood ||
	    steps.loss_level != s->loss)
		return rec_complain(r,
		    "score: not what %s makes of "
		    "the levels of asset, frequency and "
		    "severity",
		    method_id(m));
	if (method_acceptable(m, s->level, s->maximum) != s->acceptable)
		return rec_complain(r,
		    "acceptable: not what %s makes of the level and its limit",
		    method_id(m));
	return 0;
}

int
change_read_risk(struct record *r, struct risk_state *s)
{
	if ((!any_method || level_is_own(r, of[0])) &&
	    level_same_method(r, of[0], any_method) < 0)
		return -1;
	*s = (struct risk_state){
	    .score = (int32_t)lround(rec_number(r, "score") * 100),
	    .asset_score = (int16_t)lround(rec_number(r, "asset_value") * 10),
	    .asset_level = (uint8_t)rec_integer(r, "asset_level"),
	    .frequency = (uint8_t)rec_integer(r, "frequency_level"),
	    .severity = (uint8_t)rec_integer(r, "severity_level"),
	    .likelihood = (uint8_t)rec_integer(r, "likelihood_level"),
	    .loss = (uint8_t)rec_integer(r, "loss_level"),
	    .level = (uint8_t)rec_integer(r, "level"),
	    .maximum = (uint8_t)rec_integer(r, "maximum_level"),
	    .acceptable = rec_boolean(r, "acceptable"),
	    .method = change_method(rec_string(r, "method")),
	};
	return check_steps(r, s);
}

static const char *
value_of(const char *type, const char *field, uint8_t number)
{
	return schema_field(schema_find(type), field)->rule.values[number - 1];
}

/* A value of an enumeration as its number from 1; 0 where it is absent. */
static uint8_t
number_of(const struct record *r, const char *type, const char *field)
{
	const char *text = rec_string(r, field);
	uint8_t number = 1;

	if (text == NULL)
		return 0;
	while (strcmp(value_of(type, field, number), text) != 0)
		number++; /* the schema has it that it is one of them */
	return number;
}

const char *
change_measure(uint8_t number)
{
	return value_of("vulnerability", "measure_effectiveness", number);
}

void
change_read_vulnerability(const struct record *r, struct risk_state *s)
{
	s->inherent = (uint8_t)rec_integer(r, "inherent_severity");
	s->measure = number_of(r, "vulnerability", "measure_effectiveness");
}

void
change_read_treatment(const struct record *r, struct risk_state *s)
{
	s->option = number_of(r, "treatment", "option");
	s->status = number_of(r, "treatment", "status");
	if (rec_has(r, "due"))
		s->due = (int32_t)day_read(rec_string(r, "due")) + 1;
}

void
change_take_vulnerability(struct risk_state *to, const struct risk_state *from)
{
	to->inherent = from->inherent;
	to->measure = from->measure;
}

void
change_take_treatment(struct risk_state *to, const struct risk_state *from)
{
	to->option = from->option;
	to->status = from->status;
	to->due = from->due;
}

int
change_way(const struct risk_state *before, const struct risk_state *after)
{
	if (before->method == after->method)
		return (after->score > before->score) -
		       (after->score < before->score);
	return (after->level > before->level) - (after->level < before->level);
}

bool
change_is(const struct change *c)
{
	return c->before == NULL || c->after == NULL ||
	       change_way(c->before, c->after) != 0 ||
	       c->before->acceptable != c->after->acceptable;
}

static const char *
what(const struct change *c)
{
	static const char *const ways[] = {"lowered", "same", "raised"};

	if (c->before == NULL)
		return "added";
	if (c->after == NULL)
		return "removed";
	return ways[change_way(c->before, c->after) + 1];
}

/* A name with what it is about before it, until the next call. */
static const char *
named(const char *side, const char *name)
{
	static struct buf full;

	buf_clear(&full);
	buf_printf(&full, "%s_%s", side, name);
	return full.data;
}

static void
put_treatment(struct buf *b, const char *side, const struct risk_state *s)
{
	struct buf day = {0};

	if (s->option == 0)
		return;
	obj_string(b, named(side, "option"),
	    value_of("treatment", "option", s->option));
	if (s->due > 0) {
		day_write(&day, s->due - 1);
		obj_string(b, named(side, "due"), day.data);
	}
	if (s->status > 0)
		obj_string(b, named(side, "status"),
		    value_of("treatment", "status", s->status));
	buf_free(&day);
}

static void
put_state(struct buf *b, const char *side, const struct risk_state *s)
{
	const struct {
		const char *name;
		int level;
	} levels[] = {{"frequency_level", s->frequency},
	    {"severity_level", s->severity},
	    {"likelihood_level", s->likelihood}, {"loss_level", s->loss}};
	size_t i;

	obj_integer(b, named(side, "asset_level"), s->asset_level);
	if (s->asset_score > 0)
		obj_decimal(b, named(side, "asset_value"), s->asset_score, 1);
	for (i = 0; i < sizeof levels / sizeof levels[0]; i++)
		obj_integer(b, named(side, levels[i].name), levels[i].level);
	change_put_score(b, named(side, "score"), of[s->method], s->score);
	obj_integer(b, named(side, "level"), s->level);
	if (s->maximum > 0)
		obj_integer(b, named(side, "maximum_level"), s->maximum);
	obj_boolean(b, named(side, "acceptable"), s->acceptable);
	obj_string(b, named(side, "method"), change_method_id(s->method));
	put_treatment(b, side, s);
}

void
change_write(struct buf *b, const struct change *c)
{
	static const char *const ids[] = {"asset", "threat", "vulnerability"};
	int i;

	obj_begin(b, "change");
	obj_string(b, "risk", c->risk);
	if (c->former != NULL)
		obj_string(b, "former_risk", c->former);
	for (i = 0; i < 3; i++)
		obj_string(b, ids[i], c->ids[i]);
	for (i = 0; i < 3; i++)
		if (c->names[i] != NULL)
			obj_string(b, named(ids[i], "name"), c->names[i]);
	obj_string(b, "what", what(c));
	change_write_causes(b, c);
	if (c->before != NULL)
		put_state(b, "before", c->before);
	if (c->after != NULL)
		put_state(b, "after", c->after);
	obj_end(b);
}
