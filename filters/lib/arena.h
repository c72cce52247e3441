#ifndef ARENA_H
#define ARENA_H

#include <stddef.h>

/*
 * Texts that are kept together and given up together: a chunk of memory for
 * many of them, which never moves.  A struct arena of zeros is empty.
 */
struct arena {
	struct arena_chunk *chunk; /* the last, which leads to those before */
};

/* A copy of a text, with a NUL byte behind it. */
char *arena_text(struct arena *, const char *text, size_t n);
/* Gives all of them up, keeping memory for the next. */
void arena_clear(struct arena *);
void arena_free(struct arena *);

#endif
