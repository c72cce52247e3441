#include <stdlib.h>

#include "pairing-private.h"

/*
 * An id says what a thing is wherever both streams have it; the name speaks for
 * those alone whose id the other stream has not.  So each thing has a token, a
 * number that is the same for what is the same: that of the id in the kept
 * stream with this bit, or that of the name.
 */
#define BY_ID (UINT32_C(1) << 31)

static uint32_t *tokens[2][2]; /* by side, asset or threat, number */

/* The first and last of the risks that have the same three tokens. */
struct named {
	uint32_t first, last; /* number + 1 among the kept risks, 0: none */
};

static struct triples left; /* by tokens: kept risks that have no partner */
static struct named *named; /* by number in left */
static uint32_t *next;	    /* by number of the kept risk */

/*
 * The vulnerabilities of the kept stream by name, with the name of their asset,
 * and with its id: what the other stream may have under another id.
 */
static struct triples weak;
static size_t n_entered; /* of the kept ones */

/*
 * Those without a partner by id, by token of the asset and by name, and whether
 * there is such a one in the kept stream, in the other one.
 */
static struct triples lone;
static struct {
	bool kept, other;
} * alone; /* by number in lone */

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

/* Gives the assets or threats of a stream their tokens, and marks the names. */
static void
name_things(enum side side, enum thing what)
{
	const struct things *t = &pairing.things[side][what];
	enum side across = side == OLDER ? NEWER : OLDER;
	uint32_t *token = mem_zero(t->ids.count, sizeof *token);
	size_t i;

	for (i = 0; i < t->ids.count; i++) {
		token[i] = t->name[i];
		if (is_known(across, what, t->ids.keys[i]))
			token[i] = BY_ID | pairing_number(pairing.kept, what,
					       t->ids.keys[i]);
		else if (t->name[i] != NO_NAME)
			there[t->name[i]] |= bit(side, what);
	}
	tokens[side][what] = token;
}

/* The token of a vulnerability of the other stream; name may be NULL. */
static uint32_t
token_of_passing(const char *key, const char *name)
{
	size_t number =
	    name != NULL ? index_find(&pairing.names, name) : INDEX_NONE;

	if (is_known(pairing.kept, VULNERABILITIES, key))
		return BY_ID |
		       pairing_number(pairing.kept, VULNERABILITIES, key);
	return number != INDEX_NONE ? (uint32_t)number : NO_NAME;
}

static void
enter_weak(size_t number)
{
	uint32_t name =
	    pairing_name_of(pairing.kept, VULNERABILITIES, (uint32_t)number);
	uint32_t asset = pairing.weaknesses[pairing.kept][number].asset;

	if (asset == NO_NAME || name == NO_NAME)
		return;
	triple_add(&weak, (struct triple){{asset, name, true}});
	asset = pairing_name_of(pairing.kept, ASSETS, asset);
	triple_add(&weak, (struct triple){{asset, name, false}});
}

bool
pairing_may_meet(uint32_t asset, const char *name)
{
	const char *id = pairing.things[pairing.other][ASSETS].ids.keys[asset];
	uint32_t number = pairing_number(pairing.kept, ASSETS, id);
	bool by_id = number != NO_NAME;
	size_t known = index_find(&pairing.names, name),
	       n = pairing.things[pairing.kept][VULNERABILITIES].ids.count;
	struct triple t;

	for (; n_entered < n; n_entered++)
		enter_weak(n_entered);
	if (!by_id)
		number = pairing_name_of(pairing.other, ASSETS, asset);
	t = (struct triple){{number, (uint32_t)known, by_id}};
	return known != INDEX_NONE &&
	       (number == NO_NAME || triple_find(&weak, t) != TRIPLE_NONE);
}

/* A vulnerability by the token of its asset and its name; false without. */
static bool
names_of(enum side side, size_t number, struct triple *t)
{
	uint32_t asset = pairing.weaknesses[side][number].asset;

	*t = (struct triple){
	    {NO_NAME, pairing.things[side][VULNERABILITIES].name[number], 0}};
	if (asset != NO_NAME)
		t->of[0] = tokens[side][ASSETS][asset];
	return t->of[0] != NO_NAME && t->of[1] != NO_NAME;
}

/* Enters those of a stream that have no partner by id. */
static size_t
enter_lone(enum side side, size_t number)
{
	size_t count = lone.count, k;
	struct triple t;

	if (!names_of(side, number, &t))
		return TRIPLE_NONE;
	alone = mem_room(alone, count, sizeof *alone);
	k = triple_add(&lone, t);
	if (k == count)
		alone[k].kept = alone[k].other = false;
	return k;
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

	for (i = 0; i < other->ids.count; i++)
		if (!is_known(
			pairing.kept, VULNERABILITIES, other->ids.keys[i]) &&
		    (k = enter_lone(pairing.other, i)) != TRIPLE_NONE)
			alone[k].other = true;
	for (i = 0; i < n; i++)
		if (!kept[i].is_there &&
		    (k = enter_lone(pairing.kept, i)) != TRIPLE_NONE) {
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
		    i < VULNERABILITIES ? tokens[pairing.kept][i][ids->of[i]]
		    : pairing.weaknesses[pairing.kept][ids->of[i]].is_there
			? BY_ID | ids->of[i]
			: pairing_name_of(
			      pairing.kept, VULNERABILITIES, ids->of[i]);
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
		name_things(side, ASSETS);
		name_things(side, THREATS);
	}
	next = mem_zero(pairing.kept_risks.count, sizeof *next);
	for (i = 0; i < pairing.kept_risks.count; i++)
		if (!pairing.risks[i].is_paired)
			leave(i);
	meet_weaknesses(); /* then is_there is by name, too */
}

size_t
pairing_take_named(const struct passing *p, const char *key, const char *name)
{
	struct triple t = {{tokens[pairing.other][ASSETS][p->asset],
	    tokens[pairing.other][THREATS][p->threat],
	    token_of_passing(key, name)}};
	size_t k = triple_find(&left, t), risk;

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
	k = triple_find(&lone, t);
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
