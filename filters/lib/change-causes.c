#include <string.h>

#include "change-private.h"
#include "object.h"

/*
 * Why a risk is another one.  Each input that differs is put back alone, and
 * the risk computed again (7.8): what that undoes of the change is the part
 * that it had.  Where two work together, as across a band, the parts need not
 * add up to the whole.
 */

static void
begin(struct buf *b, const char *cause)
{
	if (b->data[b->len - 1] == '}')
		buf_char(b, ',');
	buf_text(b, "{\"cause\":");
	obj_quote(b, cause, strlen(cause));
}

static void
put_levels(struct buf *b, int before, int after)
{
	obj_integer(b, "before", before);
	obj_integer(b, "after", after);
}

/* What the risk is after all with these inputs, by this method. */
static void
put_undone(struct buf *b, const struct risk_state *after,
    const struct method *m, const struct risk_inputs *in)
{
	struct risk_steps steps;
	int32_t score;

	if (!change_compute(m, in, &steps))
		return;
	score = change_hundredths(m, steps.score);
	change_put_score(b, "score", m, score);
	obj_integer(b, "level", steps.level);
	if (m == change_method_of(after->method))
		change_put_score(b, "part", m, after->score - score);
}

static void
put_input(struct buf *b, const struct change *c, const char *cause, int before,
    int after, const struct risk_inputs *in)
{
	begin(b, cause);
	put_levels(b, before, after);
	put_undone(b, c->after, change_method_of(c->after->method), in);
	buf_char(b, '}');
}

/* By the score of the value where the method takes that, else by the level. */
static void
put_asset(struct buf *b, const struct change *c)
{
	const struct risk_state *old = c->before, *new = c->after;
	struct risk_inputs in = change_inputs(new);
	bool by_score = old->asset_score > 0 && new->asset_score > 0;

	if (old->asset_level == new->asset_level &&
	    (!by_score || old->asset_score == new->asset_score))
		return;
	begin(b, "asset-value");
	if (by_score) {
		obj_decimal(b, "before", old->asset_score, 1);
		obj_decimal(b, "after", new->asset_score, 1);
	} else {
		put_levels(b, old->asset_level, new->asset_level);
	}
	in.value = old->asset_level;
	in.score = old->asset_score;
	put_undone(b, new, change_method_of(new->method), &in);
	buf_char(b, '}');
}

static void
put_frequency(struct buf *b, const struct change *c)
{
	struct risk_inputs in = change_inputs(c->after);

	if (c->before->frequency == c->after->frequency)
		return;
	in.frequency = c->before->frequency;
	put_input(
	    b, c, "frequency", c->before->frequency, c->after->frequency, &in);
}

/* A severity after measures that work so well. */
static int
measured(const struct method *m, int severity, uint8_t measure)
{
	if (measure == 0)
		return severity;
	return method_measured(m, severity, change_measure(measure));
}

/* Whether what is known of the measures explains the severity. */
static bool
is_explained(const struct risk_state *s)
{
	const struct method *m = change_method_of(s->method);

	return m != NULL && s->inherent > 0 &&
	       s->inherent <= method_levels(m, SEVERITY) &&
	       measured(m, s->inherent, s->measure) == s->severity;
}

/* A severity before measures, and how well they work. */
struct severity {
	uint8_t inherent, measure;
};

/* Whether it matters in either assessment which of the two it has. */
static bool
matters(const struct change *c, struct severity in_old, struct severity in_new)
{
	const struct risk_state *old = c->before, *new = c->after;

	return measured(change_method_of(old->method), in_old.inherent,
		   in_old.measure) != old->severity ||
	       measured(change_method_of(new->method), in_new.inherent,
		   in_new.measure) != new->severity;
}

/*
 * The severity as a whole, or apart: before measures, and by them.  Apart, one
 * that would be without effect in both assessments is no cause.
 */
static void
put_severity(struct buf *b, const struct change *c)
{
	const struct risk_state *old = c->before, *new = c->after;
	const struct method *m = change_method_of(new->method);
	struct risk_inputs in = change_inputs(new);

	if (!is_explained(old) || !is_explained(new)) {
		in.severity = old->severity;
		if (old->severity != new->severity)
			put_input(b, c, "severity", old->severity,
			    new->severity, &in);
		return;
	}
	if (matters(c, (struct severity){new->inherent, old->measure},
		(struct severity){old->inherent, new->measure})) {
		in.severity = measured(m, old->inherent, new->measure);
		put_input(b, c, "severity", old->inherent, new->inherent, &in);
	}
	if (matters(c, (struct severity){old->inherent, new->measure},
		(struct severity){new->inherent, old->measure})) {
		in.severity = measured(m, new->inherent, old->measure);
		put_input(b, c, "measure", old->inherent - old->severity,
		    new->inherent - new->severity, &in);
	}
}

static void
put_method(struct buf *b, const struct change *c)
{
	struct risk_inputs in = change_inputs(c->after);

	if (c->before->method == c->after->method)
		return;
	begin(b, "method");
	put_undone(b, c->after, change_method_of(c->before->method), &in);
	buf_char(b, '}');
}

/* Whether a risk would be judged otherwise by another limit. */
static bool
is_rejudged(const struct risk_state *s, uint8_t maximum)
{
	const struct method *m = change_method_of(s->method);

	return m != NULL &&
	       method_acceptable(m, s->level, maximum) != s->acceptable;
}

/* The limit, where that of the other makes a risk of either acceptable or not.
 */
static void
put_limit(struct buf *b, const struct change *c)
{
	const struct risk_state *old = c->before, *new = c->after;

	if (!is_rejudged(old, new->maximum) && !is_rejudged(new, old->maximum))
		return;
	begin(b, "limit");
	if (old->maximum > 0)
		obj_integer(b, "before", old->maximum);
	if (new->maximum > 0)
		obj_integer(b, "after", new->maximum);
	buf_char(b, '}');
}

/*
 * Why a risk is new or gone: its asset is, or its vulnerability, which is the
 * asset's; or its threat; or all were there, and belong together now or no
 * more.  Where records were refused, it may be for that alone.
 */
static void
put_appearance(struct buf *b, const struct change *c)
{
	static const char *const causes[][2] = {{"asset-gone", "asset-new"},
	    {"threat-gone", "threat-new"},
	    {"vulnerability-gone", "vulnerability-new"},
	    {"link-gone", "link-new"}};
	bool is_new = c->before == NULL, some = false;
	int i;

	for (i = 0; i < 3; i++) {
		if (!c->is_new[i] || (i == 2 && c->is_new[0]))
			continue;
		begin(b, causes[i][is_new]);
		buf_char(b, '}');
		some = true;
	}
	if (!some && c->knows) {
		begin(b, causes[3][is_new]);
		buf_char(b, '}');
	}
	if (c->refused) {
		begin(b, "refused");
		buf_char(b, '}');
	}
}

void
change_write_causes(struct buf *b, const struct change *c)
{
	obj_name(b, "causes");
	buf_char(b, '[');
	if (c->before == NULL || c->after == NULL) {
		put_appearance(b, c);
	} else {
		put_asset(b, c);
		put_frequency(b, c);
		put_severity(b, c);
		put_method(b, c);
		put_limit(b, c);
	}
	buf_char(b, ']');
}
