#ifndef PAIRING_PRIVATE_H
#define PAIRING_PRIVATE_H

#include "index.h"
#include "pairing.h"
#include "spool.h"
#include "triple.h"

/*
 * What the parts of a pairing share: pairing.c takes the records in,
 * pairing-names.c tells by names what ids do not, pairing-finish.c gives out
 * the pairs.
 */

#define NO_NAME UINT32_MAX

enum thing { ASSETS, THREATS, VULNERABILITIES };

/*
 * Things of one kind in one stream, by number in ids.  The id of a
 * vulnerability is its asset's alone, and stands here with it: see
 * pairing_key().
 */
struct things {
	struct index ids;
	uint32_t *name; /* number in the names; NO_NAME where only a risk has
			   told of it */
	bool has_records;
};

/* A vulnerability, by number in its things. */
struct weakness {
	uint32_t asset;		 /* number among the assets of its stream */
	bool is_there;		 /* of the kept ones: in the other, too */
	struct risk_state state; /* inherent severity and measures alone */
};

/* A risk of the kept stream, by number in kept_risks. */
struct kept_risk {
	struct risk_state own, other;
	uint32_t former; /* number + 1 in formers, where paired by names */
	bool is_paired;
};

/*
 * A risk of the other stream, or a vulnerability, as it is spooled; the key and
 * the name of the vulnerability stand behind it.
 */
struct passing {
	struct risk_state state;
	uint32_t asset, threat; /* numbers in its stream */
	uint32_t kept;		/* number + 1 of its partner by id, or 0 */
	uint32_t key_len, name_len;
};

struct pairing {
	enum side kept, other;
	struct index names; /* of things of both streams */
	struct things things[2][3];
	struct weakness *weaknesses[2];
	struct triples kept_risks; /* by numbers of things */
	struct kept_risk *risks;
	struct index formers;	/* ids in the other stream, of pairs by names */
	struct index strays[2]; /* risks whose treatment did not follow */
	struct risk_state *stray_states[2];
	struct spool *spool;
	bool refused[2]; /* a record of the stream was */
};

extern struct pairing pairing;

/* Writes such a one; reads the next, 0 at the end. */
void pairing_write(struct spool *, struct passing *, const struct buf *key,
    const struct buf *name);
int pairing_read(
    struct spool *, struct passing *, struct buf *key, struct buf *name);

/* When both streams have been read: what waited is entered or spooled. */
void pairing_settle(void);

/* The number of a thing's name; NO_NAME where it is not known. */
uint32_t pairing_name_of(enum side, enum thing, uint32_t number);
/* What tells a vulnerability from others, "asset/id", until the next call. */
const char *pairing_key(const char *asset, const char *id);
/* The id in such a one. */
const char *pairing_id_of(const char *key);

/* The number of an id, or key, among the things of a stream, or NO_NAME. */
uint32_t pairing_number(enum side, enum thing, const char *id);

/* Whether a vulnerability of the other stream may be a kept one by names. */
bool pairing_may_meet(uint32_t asset, const char *name);
/* Makes ready to tell by names, when both streams have been read. */
void pairing_by_names(void);
/*
 * The partner by names of a risk of the other stream that has none by id, which
 * it takes from now on; TRIPLE_NONE where there is none.  Of its vulnerability
 * key and name, which may be NULL, are given.
 */
size_t pairing_take_named(
    const struct passing *, const char *key, const char *name);
/*
 * Sets is_new, knows and refused of a risk of one stream that the other, which
 * is given, has not: ids as they stand there.
 */
void pairing_find_new(struct change *, enum side);

#endif
