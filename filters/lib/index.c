#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "index.h"
#include "status.h"

/* FNV-1a, 64 bits, its high half folded in: the slots use the low bits. */
static uint32_t
hash(const char *key)
{
	uint64_t h = 14695981039346656037U;

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211U;
	return (uint32_t)(h ^ h >> 32);
}

/* The slot that holds key, of that hash, or the free one where it belongs. */
static struct index_slot *
slot_of(const struct index *ix, const char *key, uint32_t h)
{
	size_t mask = ix->n_slots - 1, i = h & mask;
	struct index_slot *slot;

	for (;; i = (i + 1) & mask) {
		slot = &ix->slots[i];
		if (slot->number == 0 ||
		    (slot->hash == h &&
			strcmp(ix->keys[slot->number - 1], key) == 0))
			return slot;
	}
}

static void
grow(struct index *ix)
{
	struct index_slot *old = ix->slots;
	size_t n_old = ix->n_slots, mask, i, k;

	ix->n_slots = n_old > 0 ? n_old * 2 : 64;
	if (ix->n_slots > UINT32_MAX)
		errx(TROUBLE, "out of memory");
	ix->slots = mem_zero(ix->n_slots, sizeof *ix->slots);
	ix->keys = mem_resize(ix->keys, ix->n_slots / 2 * sizeof *ix->keys);
	mask = ix->n_slots - 1;
	for (i = 0; i < n_old; i++) {
		if (old[i].number == 0)
			continue;
		for (k = old[i].hash & mask; ix->slots[k].number != 0;)
			k = (k + 1) & mask;
		ix->slots[k] = old[i];
	}
	free(old);
}

size_t
index_find(const struct index *ix, const char *key)
{
	if (ix->n_slots == 0)
		return INDEX_NONE;
	return (size_t)slot_of(ix, key, hash(key))->number - 1;
}

size_t
index_add(struct index *ix, const char *key)
{
	struct index_slot *slot;
	uint32_t h = hash(key);

	if ((ix->count + 1) * 2 > ix->n_slots)
		grow(ix);
	slot = slot_of(ix, key, h);
	if (slot->number == 0) {
		ix->keys[ix->count] = arena_text(&ix->texts, key, strlen(key));
		slot->hash = h;
		slot->number = (uint32_t)++ix->count;
	}
	return slot->number - 1;
}

void
index_free(struct index *ix)
{
	arena_free(&ix->texts);
	free(ix->keys);
	free(ix->slots);
	*ix = (struct index){0};
}
