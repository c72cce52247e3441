#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"

#define LEAST ((size_t)256)
#define MOST ((size_t)64 << 10)

struct arena_chunk {
	struct arena_chunk *before;
	size_t used, size;
	char text[];
};

/* Each chunk is twice as large as the one before it, up to a limit. */
static void
grow(struct arena *a, size_t n)
{
	size_t size = a->chunk != NULL ? 2 * a->chunk->size : LEAST;
	struct arena_chunk *chunk;

	if (size > MOST)
		size = MOST;
	if (size < n)
		size = n;
	chunk = mem_alloc(sizeof *chunk + size);
	chunk->before = a->chunk;
	chunk->used = 0;
	chunk->size = size;
	a->chunk = chunk;
}

char *
arena_text(struct arena *a, const char *text, size_t n)
{
	char *copy;

	if (a->chunk == NULL || a->chunk->size - a->chunk->used < n + 1)
		grow(a, n + 1);
	copy = a->chunk->text + a->chunk->used;
	memcpy(copy, text, n);
	copy[n] = '\0';
	a->chunk->used += n + 1;
	return copy;
}

static void
free_before(struct arena_chunk *chunk)
{
	struct arena_chunk *before;

	while ((before = chunk->before) != NULL) {
		chunk->before = before->before;
		free(before);
	}
}

void
arena_clear(struct arena *a)
{
	if (a->chunk == NULL)
		return;
	free_before(a->chunk);
	a->chunk->used = 0;
}

void
arena_free(struct arena *a)
{
	arena_clear(a);
	free(a->chunk);
	a->chunk = NULL;
}
