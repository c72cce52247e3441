#include <string.h>

#include "buf.h"
#include "tree.h"

#define DEEPEST 20 /* names in a path */

/* A walk along a path: where it is, and what lies around it. */
struct walk {
	const char *source;
	take_item *give; /* NULL: only whether there is one */
	void *arg;
	struct buf place;
	const json_t *around[DEEPEST]; /* the farthest first */
	size_t depth;
	bool found;
};

static void
give(struct walk *w, const json_t *value)
{
	const json_t *nearest[DEEPEST];
	struct item item = {.source = w->source,
	    .place = w->place.data,
	    .value = value,
	    .around = nearest,
	    .n_around = w->depth};
	size_t i;

	w->found = true;
	if (w->give == NULL || json_is_null(value))
		return;
	for (i = 0; i < w->depth; i++)
		nearest[i] = w->around[w->depth - 1 - i];
	w->give(&item, w->arg);
}

static void
walk(struct walk *w, const json_t *value, const char *path)
{
	size_t len = w->place.len, n = strcspn(path, "/"), i;
	const json_t *member;

	if (w->found && w->give == NULL)
		return; /* there is one: that is enough */
	if (json_is_array(value) && (*path != '\0' || w->give != NULL)) {
		json_array_foreach (value, i, member) {
			buf_printf(&w->place, "[%zu]", i + 1);
			walk(w, member, path);
			w->place.len = len;
			w->place.data[len] = '\0';
		}
		return;
	}
	if (*path == '\0') {
		give(w, value);
		return;
	}
	member = json_object_getn(value, path, n);
	if (member == NULL || w->depth == DEEPEST)
		return;
	buf_printf(&w->place, "%s%.*s", len > 0 ? "/" : "", (int)n, path);
	w->around[w->depth++] = value;
	walk(w, member, path[n] == '/' ? path + n + 1 : path + n);
	w->depth--;
	w->place.len = len;
	w->place.data[len] = '\0';
}

bool
tree_has(const json_t *root, const char *path)
{
	struct walk w = {.source = ""};

	buf_add(&w.place, "", 0);
	walk(&w, root, path);
	buf_free(&w.place);
	return w.found;
}

void
tree_items(const json_t *root, const char *path, const char *source,
    take_item *give_to, void *arg)
{
	struct walk w = {.source = source, .give = give_to, .arg = arg};

	buf_add(&w.place, "", 0);
	walk(&w, root, path);
	buf_free(&w.place);
}
