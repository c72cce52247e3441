#include <stdint.h>
#include <string.h>

#include "method-private.h"

const void *
method_document(const struct method *m)
{
	return m->document;
}

const char *
method_scale_name(enum scale s)
{
	return method_scale_names[s];
}

enum scale
method_scale(const char *name)
{
	enum scale s = 0;

	while (strcmp(method_scale_names[s], name) != 0)
		s++;
	return s;
}

int
method_levels(const struct method *m, enum scale s)
{
	return m->levels[s];
}

int
method_decimals(const struct method *m, enum scale s)
{
	if (s == VALUE)
		return 1;
	return s >= LIKELIHOOD ? m->formulas[s - LIKELIHOOD].decimals : 0;
}

/*
 * log2(numerator / denominator) in units of 2^-32, the fraction bit by bit:
 * squaring the mantissa doubles its logarithm.  Integers only, so that the
 * result is the same on every machine.
 */
static int64_t
log2_fixed(uint64_t numerator, uint64_t denominator)
{
	uint64_t mantissa;
	int64_t result = 0, bit;

	for (; numerator >= 2 * denominator; denominator *= 2)
		result += (int64_t)1 << 32;
	mantissa = (numerator << 31) / denominator; /* 1 <= m < 2, 31 bits */
	for (bit = (int64_t)1 << 31; bit > 0; bit /= 2) {
		mantissa = mantissa * mantissa >> 31;
		if (mantissa >> 32 != 0) {
			mantissa /= 2;
			result += bit;
		}
	}
	return result;
}

/* 10 log2((2^c + 2^i + 2^a) / 3), rounded. */
static int
log2_value(const struct method *m, int c, int i, int a)
{
	static const int64_t one = (int64_t)1 << 32;
	int64_t tenths = 10 * log2_fixed((1U << c) + (1U << i) + (1U << a), 3);

	return (int)method_divide(tenths, one, m->value_rounding);
}

int
method_value(const struct method *m, int c, int i, int a)
{
	const int levels[3] = {c, i, a};
	int sum = 0, weights = 0, k;

	switch (m->combine) {
	case COMBINE_MEAN:
		for (k = 0; k < 3; k++) {
			sum += m->weights[k] * levels[k];
			weights += m->weights[k];
		}
		return (int)method_divide(
		    (long)TENTHS * sum, weights, m->value_rounding);
	case COMBINE_MAX:
		for (k = 0; k < 3; k++)
			if (levels[k] > sum)
				sum = levels[k];
		return TENTHS * sum;
	case COMBINE_LOG2:
		return log2_value(m, c, i, a);
	}
	return 0;
}

void
method_put_band(struct buf *b, const struct method *m, enum scale s, int level,
    const char *dash)
{
	const struct band *band = &m->bands[s][level];
	int decimals = method_decimals(m, s);

	buf_decimal(b, band->from, decimals);
	if (band->to == band->from)
		return;
	buf_text(b, dash);
	buf_decimal(b, band->to, decimals);
}

int
method_grade(const struct method *m, enum scale s, int score)
{
	int level;

	for (level = 1; level <= m->levels[s]; level++)
		if (score >= m->bands[s][level].from &&
		    score <= m->bands[s][level].to)
			return level;
	return 0;
}

int
method_availability(const struct method *m, double percent, double outage)
{
	const struct service *s;
	int level;

	for (level = m->levels[AVAILABILITY]; level > 1; level--) {
		s = &m->service[level];
		/* Dividing makes the double nearest to the decimal. */
		if (percent >= s->permille / 10.0)
			return level;
		if (outage >= 0 &&
		    (s->at_most ? outage <= s->outage : outage < s->outage))
			return level;
	}
	return 1;
}

int
method_answers(const struct method *m, int question)
{
	return m->answers[question];
}

int
method_frequency_table(
    const struct method *m, int attractiveness, int capability, int exploit)
{
	return m->threat_table[attractiveness - 1][capability - 1][exploit - 1];
}

int
method_frequency_history(
    const struct method *m, long incidents, long weeks, long months)
{
	const struct history *h;
	long times, wanted;

	if (incidents == 0)
		return m->unseen;
	for (h = m->history; h < m->history + m->n_history; h++) {
		times = incidents;
		wanted = h->count;
		if (h->weeks > 0) {
			times *= h->weeks;
			wanted *= weeks > 0 ? weeks : 1;
		} else if (h->months > 0) {
			times *= h->months;
			wanted *= months > 0 ? months : 1;
		}
		if (h->strict ? times > wanted : times >= wanted)
			return h->level;
	}
	return m->unseen;
}

int
method_severity_cvss(const struct method *m, double score)
{
	int level = m->levels[SEVERITY];

	while (level > 1 && score < m->cvss[level] / (double)TENTHS)
		level--;
	return level;
}

int
method_severity_word(const struct method *m, const char *word)
{
	return (int)json_integer_value(
	    json_object_get(json_object_get(m->document, "words"), word));
}

int
method_measured(const struct method *m, int severity, const char *effectiveness)
{
	int i;

	for (i = 0; i < 3; i++)
		if (strcmp(method_effectiveness[i], effectiveness) == 0)
			severity -= m->reduction[i];
	return severity > 1 ? severity : 1;
}
