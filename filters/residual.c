/*
 * Judges the risk that remains after treatment (7.14): recomputed by the same
 * method from the values that are expected, or were found, after the measure.
 */

#include <string.h>
#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"
#include "lib/object.h"

/* The levels of a risk: before, then as expected or found after treatment. */
static const struct {
	const char *before, *expected, *actual;
	enum scale scale;
} inputs[3] = {
    {"asset_level", "expected_value", "actual_value", VALUE},
    {"frequency_level", "expected_frequency", "actual_frequency", FREQUENCY},
    {"severity_level", "expected_severity", "actual_severity", SEVERITY},
};

static const struct method *method;

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

static int
read_levels(struct record *r, const char *basis, int level[3])
{
	const char *name;
	int i;

	for (i = 0; i < 3; i++) {
		name = strcmp(basis, "actual") == 0	? inputs[i].actual
		       : strcmp(basis, "expected") == 0 ? inputs[i].expected
							: inputs[i].before;
		if (!rec_has(r, name))
			name = inputs[i].before;
		level[i] = level_read(r, name, method, inputs[i].scale);
		if (level[i] < 0)
			return -1;
	}
	return 0;
}

static void
write_steps(struct buf *b, const int level[3], const struct risk_steps *steps)
{
	int i;

	for (i = 0; i < 3; i++)
		obj_integer(b, inputs[i].before, level[i]);
	obj_integer(b, "likelihood_score", steps->likelihood_score);
	obj_integer(b, "likelihood_level", steps->likelihood_level);
	obj_integer(b, "loss_score", steps->loss_score);
	obj_integer(b, "loss_level", steps->loss_level);
	obj_integer(b, "after_score", steps->score);
	obj_integer(b, "after_level", steps->level);
}

static int
judge(struct record *r)
{
	static struct buf line;
	const char *option = rec_string(r, "option"), *basis = basis_of(r);
	bool avoided = strcmp(option, "avoid") == 0, acceptable = true;
	struct risk_steps steps;
	int level[3];

	if (level_same_method(r, method) < 0 ||
	    read_levels(r, basis, level) < 0)
		return REFUSE;
	buf_clear(&line);
	obj_begin(&line, "residual");
	rec_copy(&line, r, "risk");
	rec_copy(&line, r, "asset");
	rec_copy(&line, r, "threat");
	rec_copy(&line, r, "vulnerability");
	rec_copy(&line, r, "option");
	obj_integer(&line, "before_score", rec_integer(r, "score"));
	obj_integer(&line, "before_level", rec_integer(r, "level"));
	if (!avoided) {
		method_risk(method, level[0], level[1], level[2], &steps);
		acceptable = method_acceptable(
		    method, steps.level, (int)rec_integer(r, "maximum_level"));
		write_steps(&line, level, &steps);
	}
	obj_string(&line, "basis", basis);
	obj_boolean(&line, "acceptable", acceptable);
	obj_string(&line, "next", next_step(option, basis, acceptable));
	rec_copy(&line, r, "method");
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
	static const struct handler handlers[] = {{"treatment", judge, false},
	    {"residual", refuse_residual, true}, {NULL, NULL, false}};
	static const struct filter residual = {.handlers = handlers};

	method = level_method(argc, argv);
	return filter_run(&residual, argv + optind);
}
