#ifndef TRIPLE_H
#define TRIPLE_H

#include <stddef.h>
#include <stdint.h>

/*
 * Three small numbers to one, 0, 1, 2 … in the order they were added: for
 * what belongs to an asset, a threat and a vulnerability together, by their
 * numbers in an index.  A struct triples of zeros is empty.
 */
struct triple {
	uint32_t of[3];
};

struct triples {
	struct triple *list;
	size_t count;
	uint32_t *slots; /* number + 1 of the triple hashed there, 0 if none */
	size_t n_slots;	 /* a power of two, or 0 */
};

#define TRIPLE_NONE ((size_t)-1)

size_t triple_find(const struct triples *, struct triple);
/* Returns its number, adding it where it is new. */
size_t triple_add(struct triples *, struct triple);

#endif
