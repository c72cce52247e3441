#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "index.h"

/* FNV-1a, 64 bits, its high half folded in: the slots use the low bits. */
static size_t
hash(const char *key)
{
	uint64_t h = 14695981039346656037U;

	for (; *key != '\0'; key++)
		h = (h ^ (unsigned char)*key) * 1099511628211U;
	return (size_t)(h ^ h >> 32);
}

/* The slot that holds key, or the free one where it belongs. */
static size_t
slot_of(const struct index *ix, const char *key)
{
	size_t mask = ix->n_slots - 1, i = hash(key) & mask;

	while (
	    ix->slots[i] != 0 && strcmp(ix->keys[ix->slots[i] - 1], key) != 0)
		i = (i + 1) & mask;
	return i;
}

static void
grow(struct index *ix)
{
	size_t i;

	free(ix->slots);
	ix->n_slots = ix->n_slots > 0 ? ix->n_slots * 2 : 64;
	ix->slots = mem_alloc(ix->n_slots * sizeof *ix->slots);
	memset(ix->slots, 0, ix->n_slots * sizeof *ix->slots);
	ix->keys = mem_resize(ix->keys, ix->n_slots * sizeof *ix->keys);
	for (i = 0; i < ix->count; i++)
		ix->slots[slot_of(ix, ix->keys[i])] = i + 1;
}

size_t
index_find(const struct index *ix, const char *key)
{
	if (ix->n_slots == 0)
		return INDEX_NONE;
	return ix->slots[slot_of(ix, key)] - 1;
}

size_t
index_add(struct index *ix, const char *key)
{
	size_t slot;

	if ((ix->count + 1) * 2 > ix->n_slots)
		grow(ix);
	slot = slot_of(ix, key);
	if (ix->slots[slot] == 0) {
		ix->keys[ix->count] = mem_text(key, strlen(key));
		ix->slots[slot] = ++ix->count;
	}
	return ix->slots[slot] - 1;
}

void
index_free(struct index *ix)
{
	size_t i;

	for (i = 0; i < ix->count; i++)
		free(ix->keys[i]);
	free(ix->keys);
	free(ix->slots);
	*ix = (struct index){0};
}
