/*
 * Judges the risk that remains after treatment (7.14): recomputed by the same
 * method from the values that are expected, or were found, after the measure.
 */

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"
#include "lib/object.h"

/* The levels of a risk: before, then as expected or found after treatment. */
static const struct {
	const char *before, *expected, *actual;
} inputs[3] = {
    {"asset_level", "expected_value", "actual_value"},
    {"frequency_level", "expected_frequency", "actual_frequency"},
    {"severity_level", "expected_severity", "actual_severity"},
};

static const struct method *method;
static bool any_method; /* -f */
static const char *day; /* -D, else where the assessment's period ends */
static char period_to[16];

/* What must happen next: what is only expected is to be verified. */
static const char *
next_step(const char *option, const char *basis, bool acceptable)
{
	if (acceptable)
		return strcmp(basis, "expected") == 0 ? "verify" : "close";
	return strcmp(option, "accept") == 0 ? "accept" : "treat-again";
}

/*
 * Which values the residual risk rests on: what was found after the work
 * where anything was, else what is expected of it, else those before.  What is
 * avoided is gone when that is done, and expected to be until then.
 */
static const char *
basis_of(const struct record *r)
{
	const char *basis = "none", *status = rec_string(r, "status");
	int i;

	if (strcmp(rec_string(r, "option"), "avoid") == 0)
		return status != NULL && strcmp(status, "done") == 0
			   ? "actual"
			   : "expected";
	for (i = 0; i < 3; i++) {
		if (rec_has(r, inputs[i].actual))
			return "actual";
		if (rec_has(r, inputs[i].expected))
			basis = "expected";
	}
	return basis;
}

/* The score of the asset's value; moved only where its level is another now. */
static int
read_score(struct record *r, struct risk_inputs *in)
{
	int score = (int)level_score(r, "asset_value", method, VALUE);

	if (!rec_has(r, "asset_value"))
		return rec_complain(
		    r, "asset_value is missing, and the method takes it");
	in->score = method_score_within(method, in->value, score);
	if (in->score != score && in->value == rec_integer(r, "asset_level"))
		return rec_complain(
		    r, "asset_value: none of level %d", in->value);
	return 0;
}

static int
read_inputs(struct record *r, const char *basis, struct risk_inputs *in)
{
	int *const to[] = {&in->value, &in->frequency, &in->severity};
	const char *name;
	int i;

	for (i = 0; i < 3; i++) {
		name = strcmp(basis, "actual") == 0	? inputs[i].actual
		       : strcmp(basis, "expected") == 0 ? inputs[i].expected
							: inputs[i].before;
		if (!rec_has(r, name))
			name = inputs[i].before;
		*to[i] = (int)rec_integer(r, name);
	}
	return method_takes_score(method) ? read_score(r, in) : 0;
}

/* The end of the assessment's period, by which work is overdue. */
static int
learn_period(struct record *r)
{
	if (day == NULL && rec_has(r, "period_to")) {
		snprintf(period_to, sizeof period_to, "%s",
		    rec_string(r, "period_to"));
		day = period_to;
	}
	return PASS;
}

/* Whether a day in a field has gone by. */
static bool
is_past(const struct record *r, const char *name)
{
	const char *date = rec_string(r, name);

	return day != NULL && date != NULL && strcmp(date, day) < 0;
}

/* What is amiss with the treatment; higher: the risk has risen. */
static void
write_problems(struct buf *b, const struct record *r, bool higher)
{
	const char *status = rec_string(r, "status");
	bool done = status != NULL && strcmp(status, "done") == 0;
	const struct {
		const char *name;
		bool is;
	} problems[] = {{"higher", higher},
	    {"overdue", !done && is_past(r, "due")},
	    {"expired", is_past(r, "expires")}};
	const char *comma = "";
	size_t i;

	obj_name(b, "problems");
	buf_char(b, '[');
	for (i = 0; i < sizeof problems / sizeof problems[0]; i++) {
		if (!problems[i].is)
			continue;
		buf_text(b, comma);
		obj_quote(b, problems[i].name, strlen(problems[i].name));
		comma = ",";
	}
	buf_char(b, ']');
}

/*
 * Whether what remains is acceptable; with a risk of another method, whose
 * limit may be by its own levels, only where this method's line has it too.
 */
static bool
is_acceptable(const struct record *r, int level)
{
	int maximum = (int)rec_integer(r, "maximum_level");

	return method_acceptable(method, level, maximum) &&
	       (level_is_own(r, method) || method_acceptable(method, level, 0));
}

/*
 * Writes what remains: computed, but for a risk of another method that no
 * treatment changes, which stays as it is.  0 or -1.
 */
static int
write_remaining(struct buf *b, struct record *r, const char *basis,
    struct risk_steps *steps, bool *acceptable)
{
	struct risk_inputs in = {0};

	if (strcmp(basis, "none") == 0 && !level_is_own(r, method)) {
		rec_copy_as(b, "after_score", r, "score");
		rec_copy_as(b, "after_level", r, "level");
		*acceptable = rec_boolean(r, "acceptable");
		return 0;
	}
	if (read_inputs(r, basis, &in) < 0)
		return -1;
	if (!method_risk(method, &in, steps))
		return rec_complain(r,
		    "asset_value: none that confidentiality, integrity and "
		    "availability can give");
	*acceptable = is_acceptable(r, steps->level);
	level_write_risk(b, method, &in, steps, "after_score", "after_level");
	return 0;
}

static int
judge(struct record *r)
{
	static struct buf line;
	const char *option = rec_string(r, "option"), *basis = basis_of(r);
	bool acceptable = true;
	struct risk_steps steps = {0};

	if (level_same_method(r, method, any_method) < 0)
		return REFUSE;
	buf_clear(&line);
	obj_begin(&line, "residual");
	rec_copy(&line, r, "risk");
	rec_copy(&line, r, "asset");
	rec_copy(&line, r, "threat");
	rec_copy(&line, r, "vulnerability");
	rec_copy(&line, r, "option");
	rec_copy_as(&line, "before_score", r, "score");
	rec_copy_as(&line, "before_level", r, "level");
	if (strcmp(option, "avoid") != 0 &&
	    write_remaining(&line, r, basis, &steps, &acceptable) < 0)
		return REFUSE;
	obj_string(&line, "basis", basis);
	obj_boolean(&line, "acceptable", acceptable);
	obj_string(&line, "next", next_step(option, basis, acceptable));
	write_problems(
	    &line, r, steps.score > level_score(r, "score", method, RISK));
	obj_string(&line, "method", method_id(method));
	obj_end(&line);
	filter_write(&line);
	return PASS;
}

static int
refuse_residual(struct record *r)
{
	return rec_complain(
	    r, "residual risks are written here, and one is there");
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {
	    {"assessment", learn_period, false}, {"treatment", judge, false},
	    {"residual", refuse_residual, true}, {NULL, NULL, false}};
	static const struct filter residual = {.handlers = handlers};

	method = level_options(argc, argv, 'f', &any_method, &day);
	return filter_run(&residual, argv + optind);
}
