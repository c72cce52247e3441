#include <stdint.h>
#include <string.h>

#include "method-private.h"

const char *
method_id(const struct method *m)
{
	return m->id;
}

const void *
method_document(const struct method *m)
{
	return m->document;
}

int
method_levels(const struct method *m, enum scale s)
{
	return m->levels[s];
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

int
method_value(const struct method *m, int c, int i, int a)
{
	int sum = 0, weights = 0, k;
	const int levels[3] = {c, i, a};

	switch (m->combine) {
	case MEAN:
		for (k = 0; k < 3; k++) {
			sum += m->weights[k] * levels[k];
			weights += m->weights[k];
		}
		return (20 * sum + weights) / (2 * weights);
	case MAX:
		for (k = 0; k < 3; k++)
			if (levels[k] > sum)
				sum = levels[k];
		return 10 * sum;
	case LOG2:
		return (int)((10 * log2_fixed(
				       (1U << c) + (1U << i) + (1U << a), 3) +
				 ((int64_t)1 << 31)) >>
			     32);
	}
	return 0;
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
		if (s->permille > 0 && percent >= s->permille / 10.0)
			return level;
		if (s->has_outage && outage >= 0 &&
		    (s->at_most ? outage <= s->outage : outage < s->outage))
			return level;
	}
	return 1;
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

	while (level > 1 && score < m->cvss[level] / 10.0)
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

int
method_score(const struct method *m, int likelihood, int loss)
{
	(void)m; /* the one formula there is now */
	return likelihood * loss;
}

int
method_highest_score(const struct method *m)
{
	return method_score(m, m->levels[LIKELIHOOD], m->levels[LOSS]);
}

void
method_risk(const struct method *m, int value, int frequency, int severity,
    struct risk_steps *r)
{
	r->likelihood_score = frequency * severity;
	r->likelihood_level = method_grade(m, LIKELIHOOD, r->likelihood_score);
	r->loss_score = value * severity;
	r->loss_level = method_grade(m, LOSS, r->loss_score);
	r->score = method_score(m, r->likelihood_level, r->loss_level);
	r->level = method_grade(m, RISK, r->score);
}

bool
method_acceptable(const struct method *m, int level, int maximum)
{
	return maximum > 0 ? level <= maximum : m->acceptable[level];
}
