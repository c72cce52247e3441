#ifndef INDEX_H
#define INDEX_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"

/*
 * Strings to small integers 0, 1, 2 … in the order they were added, so that
 * what belongs to a string can stand in a plain array.  A struct index of
 * zeros is empty.  It keeps a copy of each string.
 */
struct index {
	char **keys; /* keys[i] is the string of number i */
	size_t count;
	struct index_slot *slots;
	size_t n_slots; /* a power of two, or 0 */
	struct arena texts;
};

struct index_slot {
	uint32_t hash;	 /* of the string, so that few others are looked at */
	uint32_t number; /* that of the string, and 1; 0 where there is none */
};

#define INDEX_NONE ((size_t)-1)

/* Returns the number of key, or INDEX_NONE. */
size_t index_find(const struct index *, const char *key);
/* Returns the number of key, adding it where it is new. */
size_t index_add(struct index *, const char *key);
void index_free(struct index *);

#endif
