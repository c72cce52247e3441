#ifndef INDEX_H
#define INDEX_H

#include <stddef.h>

/*
 * Strings to small integers 0, 1, 2 … in the order they were added, so that
 * what belongs to a string can stand in a plain array.  A struct index of
 * zeros is empty.  It keeps a copy of each string.
 */
struct index {
	char **keys; /* keys[i] is the string of number i */
	size_t count;
	size_t *slots;	/* number + 1 of the string hashed there, 0 if none */
	size_t n_slots; /* a power of two, or 0 */
};

#define INDEX_NONE ((size_t)-1)

/* Returns the number of key, or INDEX_NONE. */
size_t index_find(const struct index *, const char *key);
/* Returns the number of key, adding it where it is new. */
size_t index_add(struct index *, const char *key);
void index_free(struct index *);

#endif
