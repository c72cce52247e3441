/*
 * Method files: one that holds answers everything that can be asked of it, and
 * in words that are text.
 */

#include <stdlib.h>

#include "fuzz.h"
#include "method-private.h"
#include "utf8.h"

static void
check_level(const struct method *m, enum scale s, int level)
{
	if (level < 1 || level > method_levels(m, s))
		fuzz_wrong("%s: level %d", method_scale_name(s), level);
}

static void
check_words(struct buf words[2])
{
	size_t i;

	for (i = 0; i < 2; i++) {
		if (words[i].len == 0 ||
		    utf8_valid(words[i].data, words[i].len) < words[i].len)
			fuzz_wrong("not text: %s", words[i].data);
		buf_free(&words[i]);
	}
}

static void
ask_values(const struct method *m)
{
	struct buf words[2] = {{0}};
	struct asset_value v = {0};

	for (v.c = 1; v.c <= method_levels(m, CONFIDENTIALITY); v.c++)
		for (v.i = 1; v.i <= method_levels(m, INTEGRITY); v.i++)
			for (v.a = 1; v.a <= method_levels(m, AVAILABILITY);
			     v.a++) {
				v.score = method_value(m, v.c, v.i, v.a);
				v.level = method_grade(m, VALUE, v.score);
				check_level(m, VALUE, v.level);
				method_explain_value(m, &v, words);
				check_words(words);
			}
}

static void
ask_risk(const struct method *m, struct risk_inputs *in)
{
	struct buf words[3][2] = {{{0}}};
	struct risk_steps steps;
	size_t i;

	in->score = method_score_within(m, in->value, TENTHS * in->value);
	if (!method_risk(m, in, &steps))
		return;
	check_level(m, LIKELIHOOD, steps.likelihood_level);
	check_level(m, LOSS, steps.loss_level);
	check_level(m, RISK, steps.level);
	method_explain_risk(m, in, words);
	for (i = 0; i < 3; i++)
		check_words(words[i]);
	method_explain_acceptance(m, steps.level, BY_SCALE, 0, words[0]);
	check_words(words[0]);
}

static void
ask_risks(const struct method *m)
{
	struct risk_inputs in;

	for (in.value = 1; in.value <= method_levels(m, VALUE); in.value++)
		for (in.frequency = 1;
		     in.frequency <= method_levels(m, FREQUENCY);
		     in.frequency++)
			for (in.severity = 1;
			     in.severity <= method_levels(m, SEVERITY);
			     in.severity++)
				ask_risk(m, &in);
}

static void
ask_rates(const struct method *m)
{
	long n;
	int a, c, e;

	for (n = 0; n < 100; n++) {
		check_level(
		    m, FREQUENCY, method_frequency_history(m, n * n, n, n / 4));
		check_level(m, AVAILABILITY,
		    method_availability(m, (double)n, (double)(100 - n) * 10));
		check_level(
		    m, SEVERITY, method_severity_cvss(m, (double)n / 9.9));
	}
	for (a = 1; a <= method_answers(m, 0); a++)
		for (c = 1; c <= method_answers(m, 1); c++)
			for (e = 1; e <= method_answers(m, 2); e++)
				check_level(m, FREQUENCY,
				    method_frequency_table(m, a, c, e));
	for (a = 1; a <= method_levels(m, SEVERITY); a++)
		for (c = 0; c < 3; c++)
			check_level(m, SEVERITY,
			    method_measured(m, a, method_effectiveness[c]));
}

void
fuzz_one(const char *text, size_t len)
{
	struct buf error = {0};
	struct method *m = method_read(text, len, &error);

	if ((m == NULL) != (error.len > 0))
		fuzz_wrong("a method, and an error: %s", error.data);
	if (m != NULL) {
		method_id(m);
		ask_values(m);
		ask_risks(m);
		ask_rates(m);
		json_decref(m->document);
		free(m->id);
		free(m);
	}
	buf_free(&error);
}
