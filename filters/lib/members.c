#include <stdlib.h>
#include <string.h>

#include "members.h"

const struct value *
members_find(
    const struct members *m, const char *name, size_t len, unsigned char hash)
{
	const unsigned char *at = m->hashes, *end;
	const struct member *member;

	if (m->n == 0) /* and nowhere to point to, it may be */
		return NULL;
	for (end = at + m->n; at < end; at++) {
		at = memchr(at, hash, (size_t)(end - at));
		if (at == NULL)
			break;
		member = &m->of[at - m->hashes];
		if (member->len == len && memcmp(member->name, name, len) == 0)
			return &member->value;
	}
	return NULL;
}

void
members_grow(struct members *m)
{
	m->size = m->size > 0 ? 2 * m->size : 64;
	m->of = mem_resize(m->of, m->size * sizeof *m->of);
	m->hashes = mem_resize(m->hashes, m->size);
}
