#include <string.h>

#include "digest.h"
#include "pairing-private.h"
#include "schema.h"
#include "spool.h"

struct pairing pairing;

/*
 * The vulnerability of the other stream that came last: its risks follow.  Only
 * where one does not, all of them are kept at the end.
 */
static struct passing last;
static struct buf last_key, last_name;
static struct spool *weaknesses;
static bool is_disordered;

/* The risk of the other stream that came last: its treatment follows. */
static struct passing pending;
static struct buf pending_risk, pending_key, pending_name;

/* Its records that the kept stream has not: 96 bits of SHA-256 of the ids. */
static struct triples passed;

void
pairing_open(enum side kept)
{
	pairing.kept = kept;
	pairing.other = kept == OLDER ? NEWER : OLDER;
	pairing.spool = spool_open();
	weaknesses = spool_open();
}

uint32_t
pairing_name_of(enum side side, enum thing what, uint32_t number)
{
	return pairing.things[side][what].name[number];
}

const char *
pairing_key(const char *asset, const char *id)
{
	static struct buf key;

	buf_clear(&key);
	buf_text(&key, asset);
	buf_char(&key, '/');
	buf_text(&key, id);
	return key.data;
}

const char *
pairing_id_of(const char *key)
{
	return strchr(key, '/') + 1; /* no id of an asset has one */
}

void
pairing_refused(enum side side)
{
	pairing.refused[side] = true;
}

uint32_t
pairing_number(enum side side, enum thing what, const char *id)
{
	size_t number = index_find(&pairing.things[side][what].ids, id);

	return number != INDEX_NONE ? (uint32_t)number : NO_NAME;
}

/* The number of a thing, entered without a name where it is new. */
static uint32_t
enter(enum side side, enum thing what, const char *id)
{
	struct things *t = &pairing.things[side][what];
	size_t count = t->ids.count, number;

	t->name = mem_room(t->name, count, sizeof *t->name);
	if (what == VULNERABILITIES)
		pairing.weaknesses[side] = mem_room(pairing.weaknesses[side],
		    count, sizeof *pairing.weaknesses[side]);
	number = index_add(&t->ids, id);
	if (number == count) {
		t->name[number] = NO_NAME;
		if (what == VULNERABILITIES)
			pairing.weaknesses[side][number] =
			    (struct weakness){.asset = NO_NAME};
	}
	return (uint32_t)number;
}

static int
complain_twice(struct record *r)
{
	return schema_complain_twice(schema_find(r->type), r);
}

/* Enters an asset or a threat with its name; 0 or -1. */
static int
learn(enum side side, enum thing what, struct record *r)
{
	struct things *t = &pairing.things[side][what];
	uint32_t number = enter(side, what, rec_string(r, "id"));

	if (t->name[number] != NO_NAME)
		return complain_twice(r);
	t->name[number] =
	    (uint32_t)index_add(&pairing.names, rec_string(r, "name"));
	t->has_records = true;
	return 0;
}

int
pairing_asset(enum side side, struct record *r)
{
	return learn(side, ASSETS, r);
}

int
pairing_threat(enum side side, struct record *r)
{
	return learn(side, THREATS, r);
}

/* Enters a vulnerability; false where one of its key is there. */
static bool
enter_weakness(enum side side, const char *key, const char *name,
    uint32_t asset, const struct risk_state *state)
{
	uint32_t number = enter(side, VULNERABILITIES, key);

	if (pairing_name_of(side, VULNERABILITIES, number) != NO_NAME)
		return false;
	pairing.things[side][VULNERABILITIES].name[number] =
	    (uint32_t)index_add(&pairing.names, name);
	pairing.weaknesses[side][number].asset = asset;
	pairing.weaknesses[side][number].state = *state;
	return true;
}

void
pairing_write(struct spool *to, struct passing *p, const struct buf *key,
    const struct buf *name)
{
	p->key_len = (uint32_t)key->len;
	p->name_len = (uint32_t)name->len;
	spool_write(to, p, sizeof *p);
	spool_write(to, key->data, key->len);
	spool_write(to, name->data, name->len);
}

int
pairing_read(
    struct spool *from, struct passing *p, struct buf *key, struct buf *name)
{
	if (!spool_read(from, p, sizeof *p))
		return 0;
	buf_clear(key);
	buf_clear(name);
	spool_read_text(from, key, p->key_len);
	spool_read_text(from, name, p->name_len);
	return 1;
}

/* Notes a record of the other stream; false where one of its id came before. */
static bool
is_first(const char *type, const char *id)
{
	static struct buf key;
	size_t count = passed.count;

	buf_clear(&key);
	buf_printf(&key, "%s %s", type, id);
	triple_add(&passed, digest_short(key.data, key.len));
	return passed.count > count;
}

/* The same of a vulnerability, with its number in the kept stream. */
static bool
is_first_weakness(uint32_t kept, const char *key)
{
	bool was_there;

	if (kept == NO_NAME)
		return is_first("vulnerability", key);
	was_there = pairing.weaknesses[pairing.kept][kept].is_there;
	pairing.weaknesses[pairing.kept][kept].is_there = true;
	return !was_there;
}

/*
 * A vulnerability of the other stream goes by as well, but for one that may be
 * one of the kept ones under another id.
 */
static void
pass_weakness(uint32_t kept)
{
	if (kept == NO_NAME && pairing_may_meet(last.asset, last_name.data))
		enter_weakness(pairing.other, last_key.data, last_name.data,
		    last.asset, &last.state);
	pairing_write(weaknesses, &last, &last_key, &last_name);
}

int
pairing_vulnerability(enum side side, struct record *r)
{
	const char *asset_id = rec_string(r, "asset");
	const char *key = pairing_key(asset_id, rec_string(r, "id"));
	const char *name = rec_string(r, "name");
	uint32_t asset = enter(side, ASSETS, asset_id);
	struct risk_state state = {0};
	uint32_t kept;

	pairing.things[side][VULNERABILITIES].has_records = true;
	change_read_vulnerability(r, &state);
	if (side == pairing.kept)
		return enter_weakness(side, key, name, asset, &state)
			   ? 0
			   : complain_twice(r);
	kept = pairing_number(pairing.kept, VULNERABILITIES, key);
	if (!is_first_weakness(kept, key))
		return complain_twice(r);
	buf_clear(&last_key);
	buf_clear(&last_name);
	buf_text(&last_key, key);
	buf_text(&last_name, name);
	last = (struct passing){.asset = asset, .state = state};
	pass_weakness(kept);
	return 0;
}

/* Writes the last risk of the other stream where it is wanted once more. */
static void
leave_pending(void)
{
	if (pending_risk.len == 0)
		return;
	if (pending.kept > 0)
		pairing.risks[pending.kept - 1].other = pending.state;
	if (pending.kept == 0 || pairing.kept == OLDER)
		pairing_write(
		    pairing.spool, &pending, &pending_key, &pending_name);
	buf_clear(&pending_risk);
}

/* The key of the vulnerability of a risk or treatment, until the next. */
static const char *
key_of(const struct record *r)
{
	return pairing_key(
	    rec_string(r, "asset"), rec_string(r, "vulnerability"));
}

/* The number of a risk among the kept ones, by its ids there. */
static size_t
find_kept(const struct record *r)
{
	const char *ids[] = {
	    rec_string(r, "asset"), rec_string(r, "threat"), key_of(r)};
	struct triple t;
	int i;

	for (i = 0; i < 3; i++) {
		t.of[i] = pairing_number(pairing.kept, (enum thing)i, ids[i]);
		if (t.of[i] == NO_NAME)
			return TRIPLE_NONE;
	}
	return triple_find(&pairing.kept_risks, t);
}

static int
keep_risk(struct record *r)
{
	struct triple t = {{enter(pairing.kept, ASSETS, rec_string(r, "asset")),
	    enter(pairing.kept, THREATS, rec_string(r, "threat")),
	    enter(pairing.kept, VULNERABILITIES, key_of(r))}};
	struct kept_risk risk = {0};
	size_t count = pairing.kept_risks.count;

	if (triple_find(&pairing.kept_risks, t) != TRIPLE_NONE)
		return complain_twice(r);
	if (change_read_risk(r, &risk.own) < 0)
		return -1;
	pairing.risks = mem_room(pairing.risks, count, sizeof *pairing.risks);
	pairing.risks[triple_add(&pairing.kept_risks, t)] = risk;
	return 0;
}

static int
pass_risk(struct record *r)
{
	struct passing p = {0};
	size_t kept = find_kept(r);
	const char *key;

	if (kept != TRIPLE_NONE && pairing.risks[kept].is_paired)
		return complain_twice(r);
	if (change_read_risk(r, &p.state) < 0)
		return -1;
	if (kept == TRIPLE_NONE && !is_first("risk", rec_string(r, "id")))
		return complain_twice(r);
	leave_pending();
	buf_clear(&pending_key);
	buf_clear(&pending_name);
	p.asset = enter(pairing.other, ASSETS, rec_string(r, "asset"));
	p.threat = enter(pairing.other, THREATS, rec_string(r, "threat"));
	if (kept != TRIPLE_NONE) {
		pairing.risks[kept].is_paired = true;
		p.kept = (uint32_t)kept + 1;
	}
	key = key_of(r);
	if (last_key.len > 0 && strcmp(last_key.data, key) == 0) {
		change_take_vulnerability(&p.state, &last.state);
		buf_text(&pending_name, last_name.data);
	} else {
		is_disordered = true;
	}
	buf_text(&pending_key, key);
	buf_text(&pending_risk, rec_string(r, "id"));
	pending = p;
	return 0;
}

int
pairing_risk(enum side side, struct record *r)
{
	return side == pairing.kept ? keep_risk(r) : pass_risk(r);
}

/* The state of the risk at hand that a treatment is of, or NULL. */
static struct risk_state *
find_treated(enum side side, const struct record *r)
{
	size_t kept;

	if (side == pairing.kept) {
		kept = find_kept(r);
		return kept != TRIPLE_NONE ? &pairing.risks[kept].own : NULL;
	}
	return pending_risk.len > 0 &&
		       strcmp(pending_risk.data, rec_string(r, "risk")) == 0
		   ? &pending.state
		   : NULL;
}

/* The state of a treatment by itself, whose risk is not at hand. */
static struct risk_state *
enter_stray(enum side side, const char *risk)
{
	struct index *strays = &pairing.strays[side];
	size_t number, count = strays->count;

	pairing.stray_states[side] = mem_room(pairing.stray_states[side], count,
	    sizeof *pairing.stray_states[side]);
	number = index_add(strays, risk);
	if (number == count)
		pairing.stray_states[side][number] = (struct risk_state){0};
	return &pairing.stray_states[side][number];
}

/* Whether a stream had a treatment of the same risk before, at hand or not. */
static bool
is_treated(enum side side, const struct record *r, bool at_hand)
{
	const char *risk = rec_string(r, "risk");
	size_t kept;

	if (index_find(&pairing.strays[side], risk) != INDEX_NONE)
		return true;
	if (side == pairing.kept)
		return false;
	kept = !at_hand		  ? find_kept(r)
	       : pending.kept > 0 ? pending.kept - 1
				  : TRIPLE_NONE;
	return kept != TRIPLE_NONE ? pairing.risks[kept].other.option > 0
				   : !is_first("treatment", risk);
}

int
pairing_treatment(enum side side, struct record *r)
{
	struct risk_state *s = find_treated(side, r);

	if ((s != NULL && s->option > 0) || is_treated(side, r, s != NULL))
		return complain_twice(r);
	change_read_treatment(
	    r, s != NULL ? s : enter_stray(side, rec_string(r, "risk")));
	return 0;
}

void
pairing_settle(void)
{
	struct passing p;

	leave_pending();
	spool_rewind(pairing.spool);
	spool_rewind(weaknesses);
	while (is_disordered &&
	       pairing_read(weaknesses, &p, &last_key, &last_name))
		enter_weakness(pairing.other, last_key.data, last_name.data,
		    p.asset, &p.state);
	spool_close(weaknesses);
}
