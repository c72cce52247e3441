#include "method-private.h"

uint64_t
method_root(uint64_t n)
{
	uint64_t root = 0, bit = (uint64_t)1 << 62;

	while (bit > n)
		bit >>= 2;
	for (; bit != 0; bit >>= 2) {
		if (n >= root + bit) {
			n -= root + bit;
			root = (root >> 1) + bit;
		} else {
			root >>= 1;
		}
	}
	return root;
}

long
method_divide(long n, long d, enum rounding rounding)
{
	switch (rounding) {
	case ROUND_HALF_UP:
		return (2 * n + d) / (2 * d);
	case ROUND_UP:
		return (n + d - 1) / d;
	case ROUND_DOWN:
		break;
	}
	return n / d;
}

/* With x = sqrt(radicand) 10^decimals, all in whole numbers: of x / unit. */
int
method_round(const struct exact *e, int decimals, enum rounding rounding)
{
	uint64_t power = decimals == 2 ? 10000 : decimals == 1 ? 100 : 1;
	uint64_t square = e->radicand * power, unit = e->unit, n;

	switch (rounding) {
	case ROUND_HALF_UP: /* floor(x / unit + 1/2) = floor((2x / unit + 1) /
			       2) */
		return (int)((method_root(4 * square) / unit + 1) / 2);
	case ROUND_UP:
		n = method_root(square) / unit;
		return (int)(n * n * unit * unit < square ? n + 1 : n);
	case ROUND_DOWN:
		break;
	}
	return (int)(method_root(square) / unit);
}

static struct exact
whole(int n)
{
	return (struct exact){(uint64_t)n * (uint64_t)n, 1};
}

struct exact
method_exact_likelihood(const struct method *m, const struct risk_inputs *in)
{
	const struct formula *f = &m->formulas[0];

	if (f->kind == MATRIX)
		return whole(f->matrix[in->frequency][in->severity]);
	if (f->kind == PRODUCT)
		return whole(in->frequency * in->severity);
	return (struct exact){(uint64_t)(in->frequency * in->severity), 1};
}

struct exact
method_exact_loss(const struct method *m, const struct risk_inputs *in)
{
	const struct formula *f = &m->formulas[1];
	unsigned unit = m->value_score ? TENTHS : 1;
	int value = m->value_score ? in->score : in->value;
	struct exact e;

	if (f->kind == MATRIX)
		return whole(f->matrix[in->value][in->severity]);
	if (f->kind == ROOT_PRODUCT)
		return (struct exact){
		    (uint64_t)(value * in->severity) * unit, unit};
	e = whole(f->kind == PRODUCT ? value * in->severity : value);
	e.unit = unit;
	return e;
}

struct exact
method_exact_risk(const struct method *m, const struct risk_inputs *in,
    const struct risk_steps *steps)
{
	struct exact likelihood, loss;

	if (m->formulas[2].kind == MATRIX)
		return whole(m->formulas[2].matrix[steps->loss_level]
						  [steps->likelihood_level]);
	if (!m->of_scores)
		return whole(steps->likelihood_level * steps->loss_level);
	likelihood = method_exact_likelihood(m, in);
	loss = method_exact_loss(m, in);
	return (struct exact){
	    likelihood.radicand * loss.radicand, likelihood.unit * loss.unit};
}

static int
rounded(const struct method *m, int formula, struct exact e)
{
	const struct formula *f = &m->formulas[formula];

	return method_round(&e, f->decimals, f->rounding);
}

void
method_compute(
    const struct method *m, const struct risk_inputs *in, struct risk_steps *r)
{
	r->likelihood_score = rounded(m, 0, method_exact_likelihood(m, in));
	r->likelihood_level = method_grade(m, LIKELIHOOD, r->likelihood_score);
	r->loss_score = rounded(m, 1, method_exact_loss(m, in));
	r->loss_level = method_grade(m, LOSS, r->loss_score);
	r->score = rounded(m, 2, method_exact_risk(m, in, r));
	r->level = method_grade(m, RISK, r->score);
}

bool
method_risk(
    const struct method *m, const struct risk_inputs *in, struct risk_steps *r)
{
	int value = m->value_score ? in->score - TENTHS : in->value - 1;

	*r = m->reach.steps[value][in->frequency - 1][in->severity - 1];
	return r->likelihood_level > 0 && r->loss_level > 0 && r->level > 0;
}

bool
method_takes_score(const struct method *m)
{
	return m->value_score;
}

int
method_score_within(const struct method *m, int level, int score)
{
	const struct band *b = &m->bands[VALUE][level];

	if (score < b->from)
		return b->from;
	return score > b->to ? b->to : score;
}

void
method_cell(
    const struct method *m, int likelihood, int loss, int *lowest, int *highest)
{
	*lowest = m->reach.lowest[loss][likelihood];
	*highest = m->reach.highest[loss][likelihood];
}

int
method_highest_score(const struct method *m)
{
	return m->reach.highest_score;
}

long
method_reached(const struct method *m, enum scale s, int level)
{
	return m->reach.counts[s == VALUE ? 3 : s - LIKELIHOOD][level];
}

bool
method_acceptable(const struct method *m, int level, int maximum)
{
	return maximum > 0 ? level <= maximum : m->acceptable[level];
}

int
method_category_maximum(const struct method *m, const char *category)
{
	return (int)json_integer_value(json_object_get(
	    json_object_get(m->document, "maximum_level"), category));
}
