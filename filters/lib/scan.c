#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "index.h"
#include "scan.h"
#include "schema.h"
#include "status.h"

/* A finding that waits for others to be put together with. */
struct waiting {
	json_t *finding;
	struct record as; /* where it came from; place is a copy */
	struct buf came;  /* the rows that it is made of */
};

struct scan {
	void (*give)(struct record *);
	const struct map *map;
	const char *source;
	struct tally *tally;
	struct index seen;  /* digests of what was given */
	bool *refused;	    /* by number in seen: it was, and is new again */
	struct index ids;   /* that were given */
	size_t *copies;	    /* by number in ids */
	struct index alike; /* in this file, but for merged lists */
	struct waiting *waiting; /* by number in alike */
};

struct scan *
scan_open(void (*give)(struct record *))
{
	struct scan *s = mem_zero(1, sizeof *s);

	s->give = give;
	return s;
}

void
scan_begin(struct scan *s, const struct map *map, const char *source,
    struct tally *tally)
{
	s->map = map;
	s->source = source;
	s->tally = tally;
}

static char *
text_of(const json_t *finding, size_t flags)
{
	char *text =
	    json_dumps(finding, JSON_COMPACT | JSON_REAL_PRECISION(15) | flags);

	if (text == NULL)
		errx(TROUBLE, "out of memory");
	return text;
}

/* Whether a record is one like which there is none in an index, till now. */
static bool
is_new(struct index *index, const json_t *finding, size_t *number)
{
	char *text = text_of(finding, JSON_SORT_KEYS), digest[DIGEST_SIZE];
	size_t count = index->count;

	digest_text(text, strlen(text), digest);
	*number = index_add(index, digest);
	free(text);
	return index->count > count;
}

/* Gives an id that another finding has a number: "… (2)". */
static void
number_id(struct scan *s, json_t *finding)
{
	const char *id = json_string_value(json_object_get(finding, "id"));
	struct buf name = {0};
	size_t first, count;

	if (id == NULL)
		return;
	count = s->ids.count;
	first = index_add(&s->ids, id);
	if (s->ids.count > count) {
		s->copies = mem_room(s->copies, count, sizeof *s->copies);
		s->copies[first] = 0;
	}
	if (s->copies[first] == 0) {
		s->copies[first] = 1;
		return;
	}
	buf_printf(&name, "%s (%zu)", id, ++s->copies[first]);
	json_object_set_new(finding, "id", json_string(name.data));
	number_id(s, finding);
	buf_free(&name);
}

/* An id that nothing has after all, for the next that comes with it. */
static void
free_id(struct scan *s, const json_t *finding)
{
	const char *id = json_string_value(json_object_get(finding, "id"));
	size_t number = id != NULL ? index_find(&s->ids, id) : INDEX_NONE;

	if (number != INDEX_NONE && s->copies[number] == 1)
		s->copies[number] = 0;
}

/*
 * Gives a finding as a record, where none like it was given before.  One that
 * is refused does not count as given.
 */
static void
give(struct scan *s, json_t *finding, struct record *as)
{
	unsigned long refused = s->tally->refused;
	size_t count = s->seen.count, number;
	char *text;

	if (!is_new(&s->seen, finding, &number) && !s->refused[number]) {
		s->tally->same++;
		return;
	}
	if (s->seen.count > count)
		s->refused = mem_room(s->refused, count, sizeof *s->refused);
	number_id(s, finding);
	if (json_object_get(finding, "host") == NULL &&
	    json_object_get(finding, "asset") == NULL)
		rec_complain(as, "host: missing");
	text = text_of(finding, 0);
	as->text = text;
	as->len = strlen(text);
	s->give(as);
	free(text);
	s->refused[number] = s->tally->refused > refused;
	if (s->refused[number])
		free_id(s, finding);
}

/* Adds to the list of one record what that of another has besides. */
static void
unite(json_t *to, const json_t *from, const char *name)
{
	json_t *list = json_object_get(to, name), *item;
	const json_t *more = json_object_get(from, name), *other;
	size_t i, k;

	if (more != NULL && list == NULL) {
		json_object_set(to, name, (json_t *)more);
		return;
	}
	json_array_foreach (more, i, other) {
		json_array_foreach (list, k, item)
			if (json_equal(item, other))
				break;
		if (k == json_array_size(list))
			json_array_append(list, (json_t *)other);
	}
}

/* Whether a list would be longer than a record may have it. */
static bool
is_full(const json_t *finding, const json_t *more, const char *name)
{
	const struct field *f =
	    schema_field(schema_find("vulnerability"), name);

	return json_array_size(json_object_get(finding, name)) +
		   json_array_size(json_object_get(more, name)) >
	       f->rule.max_length;
}

static int
compare(const void *a, const void *b)
{
	return strcmp(json_string_value(*(json_t *const *)a),
	    json_string_value(*(json_t *const *)b));
}

/* Puts a list in order, so that none of rows shows in it. */
static void
sort(json_t *list)
{
	size_t n = json_array_size(list), i;
	json_t **items = mem_alloc((n + 1) * sizeof *items);

	for (i = 0; i < n; i++)
		items[i] = json_incref(json_array_get(list, i));
	qsort(items, n, sizeof *items, compare);
	for (i = 0; i < n; i++)
		json_array_set_new(list, i, items[i]);
	free(items);
}

/* Gives what has been put together. */
static void
give_waiting(struct scan *s, struct waiting *w)
{
	const char *const *name;

	for (name = map_merged(s->map); *name != NULL; name++)
		sort(json_object_get(w->finding, *name));
	w->as.came = w->came.data;
	w->as.came_len = w->as.came_bytes = w->came.len;
	give(s, w->finding, &w->as);
	json_decref(w->finding);
	free((char *)w->as.place);
	buf_free(&w->came);
}

static void
begin_waiting(struct waiting *w, json_t *finding, const struct record *as)
{
	w->finding = json_incref(finding);
	w->as = *as;
	if (as->place != NULL)
		w->as.place = mem_text(as->place, strlen(as->place));
	w->came = (struct buf){0};
	buf_add(&w->came, as->came, as->came_len);
}

/* Keeps a finding, or puts it together with one that is alike. */
static void
wait_for_more(struct scan *s, json_t *finding, const struct record *as)
{
	const char *const *name;
	json_t *rest = json_copy(finding);
	struct waiting *w;
	size_t number;
	bool new, full = false;

	for (name = map_merged(s->map); *name != NULL; name++)
		json_object_del(rest, *name);
	new = is_new(&s->alike, rest, &number);
	json_decref(rest);
	if (new)
		s->waiting = mem_room(s->waiting, number, sizeof *s->waiting);
	w = &s->waiting[number];
	for (name = map_merged(s->map); *name != NULL && !new; name++)
		full = full || is_full(w->finding, finding, *name);
	if (full)
		give_waiting(s, w);
	if (new || full) {
		begin_waiting(w, finding, as);
		return;
	}
	for (name = map_merged(s->map); *name != NULL; name++)
		unite(w->finding, finding, *name);
	buf_char(&w->came, '\n');
	buf_add(&w->came, as->came, as->came_len);
	s->tally->same++;
}

void
scan_take(struct scan *s, const struct item *item, const char *came,
    size_t came_len, size_t came_bytes)
{
	struct record as = {.source = s->source,
	    .line = item->line,
	    .place = item->place,
	    .came = came,
	    .came_len = came_len,
	    .came_bytes = came_bytes};
	struct buf text = {0};
	json_error_t error;
	json_t *finding;

	if (map_leaves(s->map, item)) {
		s->tally->left++;
		return;
	}
	map_apply(s->map, item, &text);
	finding =
	    json_loadb(text.data, text.len, JSON_REJECT_DUPLICATES, &error);
	if (finding == NULL) { /* a number too large */
		as.text = text.data;
		as.len = text.len;
		s->give(&as);
	} else if (map_merged(s->map)[0] != NULL) {
		wait_for_more(s, finding, &as);
	} else {
		give(s, finding, &as);
	}
	json_decref(finding);
	buf_free(&text);
}

void
scan_end(struct scan *s)
{
	size_t i;

	for (i = 0; i < s->alike.count; i++)
		give_waiting(s, &s->waiting[i]);
	index_free(&s->alike);
	s->alike = (struct index){0};
}
