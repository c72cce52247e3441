#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "status.h"
#include "triple.h"

/* Multiplied by odd constants and folded: the slots use the low bits. */
static size_t
hash(struct triple t)
{
	uint64_t h = t.of[0];

	h = (h * 0x9e3779b97f4a7c15U) ^ t.of[1];
	h = (h * 0xbf58476d1ce4e5b9U) ^ t.of[2];
	h *= 0x94d049bb133111ebU;
	return (size_t)(h ^ h >> 32);
}

/* The slot that holds a triple, or the free one where it belongs. */
static size_t
slot_of(const struct triples *ts, struct triple t)
{
	size_t mask = ts->n_slots - 1, i = hash(t) & mask;

	while (ts->slots[i] != 0 &&
	       memcmp(&ts->list[ts->slots[i] - 1], &t, sizeof t) != 0)
		i = (i + 1) & mask;
	return i;
}

static void
grow(struct triples *ts)
{
	size_t i;

	free(ts->slots);
	ts->n_slots = ts->n_slots > 0 ? ts->n_slots * 2 : 64;
	ts->slots = mem_zero(ts->n_slots, sizeof *ts->slots);
	for (i = 0; i < ts->count; i++)
		ts->slots[slot_of(ts, ts->list[i])] = (uint32_t)i + 1;
}

size_t
triple_find(const struct triples *ts, struct triple t)
{
	if (ts->n_slots == 0)
		return TRIPLE_NONE;
	return (size_t)ts->slots[slot_of(ts, t)] - 1;
}

size_t
triple_add(struct triples *ts, struct triple t)
{
	size_t slot;

	if ((ts->count + 1) * 4 > ts->n_slots * 3)
		grow(ts);
	slot = slot_of(ts, t);
	if (ts->slots[slot] == 0) {
		if (ts->count >= UINT32_MAX - 1)
			errx(TROUBLE, "more than 4 billion risks");
		ts->list = mem_room(ts->list, ts->count, sizeof *ts->list);
		ts->list[ts->count] = t;
		ts->slots[slot] = (uint32_t)++ts->count;
	}
	return (size_t)ts->slots[slot] - 1;
}
