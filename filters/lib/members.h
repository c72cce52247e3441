#ifndef MEMBERS_H
#define MEMBERS_H

#include <stddef.h>

#include "value.h"

/*
 * The members of an object on a line, in their order, however they were found.
 * A struct members of zeros is empty; what it holds is kept for the next line.
 */
struct member {
	const char *name; /* a NUL byte follows it */
	size_t len;
	struct value value;
};

struct members {
	struct member *of;
	unsigned char *hashes; /* of their names */
	size_t n, size;
	char *text; /* of the line, with a NUL byte behind each string */
	size_t text_size;
	struct span *items; /* of its lists */
	size_t n_items;
};

/* A number below 256 that differs for most names. */
static inline unsigned char
members_hash(const char *name, size_t len)
{
	const unsigned char *u = (const unsigned char *)name;

	if (len == 0)
		return 0;
	return (unsigned char)(len * 5 + u[0] * 3U + u[len / 2] * 11U +
			       u[len - 1] * 7U);
}

/* The value under a name, which has that hash; NULL where there is none. */
const struct value *members_find(
    const struct members *, const char *name, size_t len, unsigned char hash);

/* Makes room for one more; it may move the others. */
void members_grow(struct members *);

/* Adds one, which is to be given its value. */
static inline struct value *
members_add(struct members *m, const char *name, size_t len, unsigned char hash)
{
	struct member *member;

	if (m->n == m->size)
		members_grow(m);
	m->hashes[m->n] = hash;
	member = &m->of[m->n++];
	member->name = name;
	member->len = len;
	return &member->value;
}

#endif
