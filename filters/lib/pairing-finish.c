#include <string.h>

#include "pairing-private.h"
#include "spool.h"

static void (*give)(const struct change *);
static struct buf id_of_risk, key, name; /* of the risk at hand */

static const char *
text_of(uint32_t number)
{
	return number != NO_NAME ? pairing.names.keys[number] : NULL;
}

/*
 * What is known of a risk of the other stream by records that did not stand
 * beside it.
 */
static void
complete_other(const char *risk, const char *weakness, struct risk_state *s)
{
	uint32_t number =
	    pairing_number(pairing.other, VULNERABILITIES, weakness);
	size_t stray = index_find(&pairing.strays[pairing.other], risk);

	if (number != NO_NAME && s->inherent == 0)
		change_take_vulnerability(
		    s, &pairing.weaknesses[pairing.other][number].state);
	if (stray != INDEX_NONE)
		change_take_treatment(
		    s, &pairing.stray_states[pairing.other][stray]);
}

static void
complete_kept(const char *risk, uint32_t weakness, struct risk_state *s)
{
	size_t stray = index_find(&pairing.strays[pairing.kept], risk);

	change_take_vulnerability(
	    s, &pairing.weaknesses[pairing.kept][weakness].state);
	if (stray != INDEX_NONE)
		change_take_treatment(
		    s, &pairing.stray_states[pairing.kept][stray]);
}

static void
set_id(struct change *c, struct buf *to)
{
	buf_clear(to);
	buf_printf(to, "%s/%s/%s", c->ids[0], c->ids[1], c->ids[2]);
	c->risk = to->data;
}

/* A risk of the other stream as a change, but for its states. */
static struct change
describe_passing(const struct passing *p)
{
	struct change c = {0};
	uint32_t number;

	c.ids[0] = pairing.things[pairing.other][ASSETS].ids.keys[p->asset];
	c.ids[1] = pairing.things[pairing.other][THREATS].ids.keys[p->threat];
	c.ids[2] = pairing_id_of(key.data);
	c.names[0] = text_of(pairing_name_of(pairing.other, ASSETS, p->asset));
	c.names[1] =
	    text_of(pairing_name_of(pairing.other, THREATS, p->threat));
	c.names[2] = name.data;
	if (name.len == 0) {
		number =
		    pairing_number(pairing.other, VULNERABILITIES, key.data);
		c.names[2] = number != NO_NAME
				 ? text_of(pairing_name_of(
				       pairing.other, VULNERABILITIES, number))
				 : NULL;
	}
	set_id(&c, &id_of_risk);
	return c;
}

/* A kept risk as a change, but for its states. */
static struct change
describe_kept(size_t risk, struct buf *to)
{
	const struct triple *t = &pairing.kept_risks.list[risk];
	struct change c = {0};
	int i;

	for (i = 0; i < 3; i++) {
		c.ids[i] = pairing.things[pairing.kept][i].ids.keys[t->of[i]];
		c.names[i] = text_of(
		    pairing_name_of(pairing.kept, (enum thing)i, t->of[i]));
	}
	c.ids[VULNERABILITIES] = pairing_id_of(c.ids[VULNERABILITIES]);
	set_id(&c, to);
	complete_kept(c.risk, t->of[2], &pairing.risks[risk].own);
	return c;
}

/* Gives a risk that is in one of the two alone. */
static void
give_alone(struct change *c, enum side side, const struct risk_state *state)
{
	if (side == OLDER)
		c->before = state;
	else
		c->after = state;
	pairing_find_new(c, side == OLDER ? NEWER : OLDER);
	give(c);
}

/* The newer stream goes by: its risks come in the order of the spool. */
static void
give_passing(void)
{
	static struct buf former;
	struct passing p;
	struct change c;
	size_t kept;

	while (pairing_read(pairing.spool, &p, &key, &name)) {
		c = describe_passing(&p);
		complete_other(c.risk, key.data, &p.state);
		kept = p.kept > 0
			   ? p.kept - 1
			   : pairing_take_named(&p, key.data, c.names[2]);
		if (kept == TRIPLE_NONE) {
			give_alone(&c, NEWER, &p.state);
			continue;
		}
		pairing.risks[kept].is_paired = true;
		describe_kept(kept, &former);
		c.former = p.kept > 0 ? NULL : former.data;
		c.before = &pairing.risks[kept].own;
		c.after = &p.state;
		give(&c);
	}
}

static void
give_kept_alone(void)
{
	struct change c;
	size_t i;

	for (i = 0; i < pairing.kept_risks.count; i++) {
		if (pairing.risks[i].is_paired)
			continue;
		c = describe_kept(i, &id_of_risk);
		give_alone(&c, pairing.kept, &pairing.risks[i].own);
	}
}

/*
 * The older stream goes by: its risks without a partner by id find one by
 * names, or wait in a spool of their own until the newer ones are given.
 */
static struct spool *
pair_passing(void)
{
	struct spool *alone = spool_open();
	struct passing p;
	struct change c;
	struct kept_risk *risk;
	size_t kept;

	while (pairing_read(pairing.spool, &p, &key, &name)) {
		c = describe_passing(&p);
		kept = pairing_take_named(&p, key.data, c.names[2]);
		if (kept == TRIPLE_NONE) {
			pairing_write(alone, &p, &key, &name);
			continue;
		}
		complete_other(c.risk, key.data, &p.state);
		risk = &pairing.risks[kept];
		risk->other = p.state;
		risk->is_paired = true;
		risk->former =
		    (uint32_t)index_add(&pairing.formers, c.risk) + 1;
	}
	spool_rewind(alone);
	return alone;
}

static void
give_kept(void)
{
	struct kept_risk *risk;
	struct change c;
	size_t i;

	for (i = 0; i < pairing.kept_risks.count; i++) {
		risk = &pairing.risks[i];
		c = describe_kept(i, &id_of_risk);
		if (!risk->is_paired) {
			give_alone(&c, NEWER, &risk->own);
			continue;
		}
		if (risk->former > 0)
			c.former = pairing.formers.keys[risk->former - 1];
		else
			complete_other(c.risk,
			    pairing_key(c.ids[ASSETS], c.ids[VULNERABILITIES]),
			    &risk->other);
		c.before = &risk->other;
		c.after = &risk->own;
		give(&c);
	}
}

static void
give_passing_alone(void)
{
	struct passing p;
	struct change c;

	while (pairing_read(pairing.spool, &p, &key, &name)) {
		c = describe_passing(&p);
		complete_other(c.risk, key.data, &p.state);
		give_alone(&c, pairing.other, &p.state);
	}
}

void
pairing_finish(void (*to)(const struct change *))
{
	struct spool *alone;

	give = to;
	pairing_settle();
	pairing_by_names();
	if (pairing.kept == OLDER) {
		give_passing();
		give_kept_alone();
		return;
	}
	alone = pair_passing();
	give_kept();
	spool_close(pairing.spool);
	pairing.spool = alone;
	give_passing_alone();
	spool_close(pairing.spool);
}
