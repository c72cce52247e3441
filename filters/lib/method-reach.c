#include <string.h>

#include "method-private.h"

/* Says which score no band holds; returns -1. */
static int
not_graded(struct reading *at, enum scale s, int score)
{
	size_t place = method_enter(at, "scales", 0);
	struct buf text = {0};

	method_enter(at, method_scale_names[s], 0);
	buf_decimal(&text, score, method_decimals(at->m, s));
	if (method_decimals(at->m, s) > 0)
		buf_printf(&text, " (%d in the file)", score);
	method_wrong(
	    at, "no band holds the score %s, which can come about", text.data);
	buf_free(&text);
	method_leave(at, place);
	return -1;
}

/* Which scores C, I and A can give; each must be graded. */
static int
reach_values(struct reading *at, bool comes[MOST_VALUES])
{
	const struct method *m = at->m;
	int c, i, a, score, level;

	for (c = 1; c <= m->levels[CONFIDENTIALITY]; c++)
		for (i = 1; i <= m->levels[INTEGRITY]; i++)
			for (a = 1; a <= m->levels[AVAILABILITY]; a++) {
				score = method_value(m, c, i, a);
				level = method_grade(m, VALUE, score);
				if (level == 0)
					return not_graded(at, VALUE, score);
				at->m->reach.counts[3][level]++;
				at->m->reach.counts[3][0]++;
				comes[score - TENTHS] = true;
			}
	return 0;
}

/* And which come of them where an expert set the level. */
static void
reach_assessed(const struct method *m, bool comes[MOST_VALUES])
{
	bool computed[MOST_VALUES];
	int score, level, moved;

	memcpy(computed, comes, sizeof computed);
	for (score = TENTHS; score < TENTHS + MOST_VALUES; score++)
		for (level = 1; level <= m->levels[VALUE]; level++)
			if (computed[score - TENTHS]) {
				moved = method_score_within(m, level, score);
				comes[moved - TENTHS] = true;
			}
}

static void
reach_cell(struct reach *r, int likelihood, int loss, int level)
{
	int *low = &r->lowest[loss][likelihood];
	int *high = &r->highest[loss][likelihood];

	if (*low == 0 || level < *low)
		*low = level;
	if (level > *high)
		*high = level;
}

/* One combination: where it can come about, its scores must be graded. */
static int
reach_risk(struct reading *at, const struct risk_inputs *in, bool comes)
{
	struct reach *r = &at->m->reach;
	int value = at->m->value_score ? in->score - TENTHS : in->value - 1;
	struct risk_steps s;

	method_compute(at->m, in, &s);
	r->steps[value][in->frequency - 1][in->severity - 1] = s;
	if (!comes)
		return 0;
	if (s.likelihood_level == 0)
		return not_graded(at, LIKELIHOOD, s.likelihood_score);
	if (s.loss_level == 0)
		return not_graded(at, LOSS, s.loss_score);
	if (s.level == 0)
		return not_graded(at, RISK, s.score);
	r->counts[0][s.likelihood_level]++;
	r->counts[1][s.loss_level]++;
	r->counts[2][s.level]++;
	r->counts[0][0]++;
	r->counts[1][0]++;
	r->counts[2][0]++;
	if (s.score > r->highest_score)
		r->highest_score = s.score;
	reach_cell(r, s.likelihood_level, s.loss_level, s.level);
	return 0;
}

/*
 * Every cell of the matrix where levels alone make the risk, also those that
 * nothing comes about in, for reports print them.
 */
static int
reach_levels(struct reading *at)
{
	const struct method *m = at->m;
	struct risk_steps s = {0};
	struct exact e;
	int likelihood, loss, level, score;

	for (loss = 1; loss <= m->levels[LOSS]; loss++)
		for (likelihood = 1; likelihood <= m->levels[LIKELIHOOD];
		     likelihood++) {
			s.loss_level = loss;
			s.likelihood_level = likelihood;
			e = method_exact_risk(m, NULL, &s);
			score = method_round(&e, m->formulas[2].decimals,
			    m->formulas[2].rounding);
			level = method_grade(m, RISK, score);
			if (level == 0)
				return not_graded(at, RISK, score);
			reach_cell(&at->m->reach, likelihood, loss, level);
			if (score > at->m->reach.highest_score)
				at->m->reach.highest_score = score;
		}
	return 0;
}

/* With one asset value, level or score, and all frequencies and severities. */
static int
reach_risks(struct reading *at, int level, int score, bool comes)
{
	struct risk_inputs in = {.value = level, .score = score};

	for (in.frequency = 1; in.frequency <= at->m->levels[FREQUENCY];
	     in.frequency++)
		for (in.severity = 1; in.severity <= at->m->levels[SEVERITY];
		     in.severity++)
			if (reach_risk(at, &in, comes) < 0)
				return -1;
	return 0;
}

int
method_read_reach(struct reading *at)
{
	const struct method *m = at->m;
	bool comes[MOST_VALUES] = {false};
	const struct band *b;
	int level, score;

	if (reach_values(at, comes) < 0)
		return -1;
	reach_assessed(m, comes);
	for (level = 1; level <= m->levels[VALUE]; level++) {
		b = &m->bands[VALUE][level];
		if (!m->value_score &&
		    reach_risks(at, level, b->from, true) < 0)
			return -1;
		for (score = b->from; m->value_score && score <= b->to; score++)
			if (reach_risks(
				at, level, score, comes[score - TENTHS]) < 0)
				return -1;
	}
	return m->of_scores ? 0 : reach_levels(at);
}
