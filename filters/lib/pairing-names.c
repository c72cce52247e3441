#include <stdlib.h>

#include "pairing-private.h"

/* The first and last of the risks that have the same three names. */
struct named {
	uint32_t first, last; /* number + 1 among the kept risks, 0: none */
};

static struct triples left; /* by names: kept risks that have no partner */
static struct named *named; /* by number in left */
static uint32_t *next;	    /* by number of the kept risk */

/*
 * The vulnerabilities of the kept stream by the names of asset and
 * vulnerability, and whether some of those names has no partner by id: in the
 * kept stream, in the other one.
 */
static struct triples weak;
static size_t n_entered; /* of the kept ones */
static struct {
	bool kept, other;
} * alone; /* by number in weak */

/*
 * What things there are of a name, a bit for each side and kind: those whose id
 * the other stream has not.
 */
static unsigned char *there;

static unsigned char
bit(enum side side, enum thing what)
{
	return (unsigned char)(1 << (side * 2 + what));
}

/* Whether a stream has a record of this id. */
static bool
is_known(enum side side, enum thing what, const char *id)
{
	uint32_t number = pairing_number(side, what, id);

	return number != NO_NAME &&
	       pairing_name_of(side, what, number) != NO_NAME;
}

static void
mark_names(enum side side, enum thing what)
{
	const struct things *t = &pairing.things[side][what];
	enum side across = side == OLDER ? NEWER : OLDER;
	size_t i;

	for (i = 0; i < t->ids.count; i++)
		if (t->name[i] != NO_NAME &&
		    !is_known(across, what, t->ids.keys[i]))
			there[t->name[i]] |= bit(side, what);
}

/* A vulnerability by its asset's name and its own. */
static bool
names_of(enum side side, size_t number, struct triple *t)
{
	uint32_t asset = pairing.weaknesses[side][number].asset;

	*t = (struct triple){
	    {NO_NAME, pairing.things[side][VULNERABILITIES].name[number], 0}};
	if (asset != NO_NAME)
		t->of[0] = pairing_name_of(side, ASSETS, asset);
	return t->of[0] != NO_NAME && t->of[1] != NO_NAME;
}

bool
pairing_may_meet(uint32_t asset, const char *name)
{
	const struct things *kept =
	    &pairing.things[pairing.kept][VULNERABILITIES];
	size_t known = index_find(&pairing.names, name);
	struct triple t;

	for (; n_entered < kept->ids.count; n_entered++)
		if (names_of(pairing.kept, n_entered, &t))
			triple_add(&weak, t);
	t = (struct triple){{pairing_name_of(pairing.other, ASSETS, asset),
	    (uint32_t)known, 0}};
	return known != INDEX_NONE &&
	       (t.of[0] == NO_NAME || triple_find(&weak, t) != TRIPLE_NONE);
}

/* Vulnerabilities that are the same by name, on assets that are. */
static void
meet_weaknesses(void)
{
	const struct things *other =
	    &pairing.things[pairing.other][VULNERABILITIES];
	struct weakness *kept = pairing.weaknesses[pairing.kept];
	size_t i, k,
	    n = pairing.things[pairing.kept][VULNERABILITIES].ids.count;
	struct triple t;

	alone = mem_zero(weak.count, sizeof *alone);
	for (i = 0; i < other->ids.count; i++) {
		if (!names_of(pairing.other, i, &t) ||
		    is_known(pairing.kept, VULNERABILITIES, other->ids.keys[i]))
			continue;
		k = triple_find(&weak, t);
		if (k != TRIPLE_NONE)
			alone[k].other = true;
	}
	for (i = 0; i < n && weak.count > 0; i++) {
		if (kept[i].is_there || !names_of(pairing.kept, i, &t))
			continue;
		k = triple_find(&weak, t);
		alone[k].kept = true;
		kept[i].is_there = alone[k].other;
	}
}

static void
leave(size_t risk)
{
	const struct triple *ids = &pairing.kept_risks.list[risk];
	struct triple t;
	size_t k, count = left.count;
	int i;

	for (i = 0; i < 3; i++) {
		t.of[i] =
		    pairing_name_of(pairing.kept, (enum thing)i, ids->of[i]);
		if (t.of[i] == NO_NAME)
			return;
	}
	named = mem_room(named, count, sizeof *named);
	k = triple_add(&left, t);
	if (k == count)
		named[k] = (struct named){0, 0};
	if (named[k].first == 0)
		named[k].first = (uint32_t)risk + 1;
	else
		next[named[k].last - 1] = (uint32_t)risk + 1;
	named[k].last = (uint32_t)risk + 1;
}

void
pairing_by_names(void)
{
	size_t i;
	enum side side;

	there = mem_zero(pairing.names.count, sizeof *there);
	for (side = OLDER; side <= NEWER; side++) {
		mark_names(side, ASSETS);
		mark_names(side, THREATS);
	}
	meet_weaknesses();
	next = mem_zero(pairing.kept_risks.count, sizeof *next);
	for (i = 0; i < pairing.kept_risks.count; i++)
		if (!pairing.risks[i].is_paired)
			leave(i);
}

size_t
pairing_take_named(const struct passing *p, const char *name)
{
	size_t k = index_find(&pairing.names, name), risk;
	struct triple t = {{pairing_name_of(pairing.other, ASSETS, p->asset),
	    pairing_name_of(pairing.other, THREATS, p->threat), (uint32_t)k}};

	if (k == INDEX_NONE)
		return TRIPLE_NONE;
	k = triple_find(&left, t);
	if (k == TRIPLE_NONE || named[k].first == 0)
		return TRIPLE_NONE;
	risk = named[k].first - 1;
	named[k].first = next[risk];
	return risk;
}

/* Whether an asset or a threat of an id and name is in a stream. */
static bool
is_there(enum side side, enum thing what, const char *id, const char *name)
{
	size_t k = name != NULL ? index_find(&pairing.names, name) : INDEX_NONE;

	return is_known(side, what, id) ||
	       (k != INDEX_NONE && (there[k] & bit(side, what)) != 0);
}

/* The same of the vulnerability of a risk. */
static bool
is_weakness_there(enum side side, const char *key)
{
	uint32_t number;
	size_t k;
	struct triple t;

	if (side == pairing.other) {
		number = pairing_number(pairing.kept, VULNERABILITIES, key);
		return pairing.weaknesses[pairing.kept][number].is_there;
	}
	if (is_known(pairing.kept, VULNERABILITIES, key))
		return true;
	number = pairing_number(pairing.other, VULNERABILITIES, key);
	if (number == NO_NAME || !names_of(pairing.other, number, &t))
		return false;
	k = triple_find(&weak, t);
	return k != TRIPLE_NONE && alone[k].kept;
}

void
pairing_find_new(struct change *c, enum side side)
{
	const struct things *there_things = pairing.things[side];
	int i;

	c->knows = true;
	c->refused = pairing.refused[side];
	for (i = 0; i < 3; i++) {
		c->is_new[i] = false;
		if (!there_things[i].has_records)
			c->knows = false;
		else if (i == VULNERABILITIES)
			c->is_new[i] = !is_weakness_there(
			    side, pairing_key(c->ids[ASSETS], c->ids[i]));
		else
			c->is_new[i] = !is_there(
			    side, (enum thing)i, c->ids[i], c->names[i]);
	}
}
