#include <stdlib.h>
#include <string.h>

#include "context-private.h"

/* Lists of rows, and what templates see of them. */

struct list *
list_new(struct context *c)
{
	struct list *l = mem_zero(1, sizeof *l);

	c->rows.lists =
	    mem_room(c->rows.lists, c->rows.n_lists, sizeof *c->rows.lists);
	c->rows.lists[c->rows.n_lists] = l;
	l->number = c->rows.n_lists++;
	return l;
}

static struct list *
new_of(struct context *c, enum type type, const struct list *base, size_t n)
{
	struct list *l = list_new(c);

	l->type = type;
	l->base = base;
	l->of = mem_alloc(n * sizeof *l->of);
	return l;
}

uint32_t
list_at(const struct list *l, size_t i)
{
	if (l->base != NULL)
		return list_at(l->base, l->of[i]);
	return l->of != NULL ? l->of[i] : (uint32_t)i;
}

struct list *
list_all(struct context *c, enum type type)
{
	struct list *l = list_new(c);

	l->type = type;
	l->n = rows_count(c, type);
	return l;
}

struct list *
list_such(struct context *c, const struct list *from,
    bool (*so)(const struct context *, uint32_t))
{
	struct list *l = new_of(c, from->type, NULL, from->n);
	size_t i;

	for (i = 0; i < from->n; i++)
		if (so(c, list_at(from, i)))
			l->of[l->n++] = list_at(from, i);
	l->of = mem_resize(l->of, (l->n + 1) * sizeof *l->of);
	l->numbered = true;
	return l;
}

struct list *
list_part(struct context *c, const struct list *from,
    bool (*so)(const struct context *, uint32_t))
{
	struct list *l = new_of(c, from->type, from, from->n);
	size_t i;

	for (i = 0; i < from->n; i++)
		if (so(c, list_at(from, i)))
			l->of[l->n++] = (uint32_t)i;
	return l;
}

/* What qsort_r() is given. */
struct ordering {
	const struct context *context;
	int (*compare)(const struct context *, uint32_t, uint32_t);
};

static int
compare(const void *one, const void *other, void *arg)
{
	const struct ordering *o = arg;
	uint32_t a = *(const uint32_t *)one, b = *(const uint32_t *)other;
	int way = o->compare(o->context, a, b);

	return way != 0 ? way : (a > b) - (a < b);
}

static bool
is_any(const struct context *c, uint32_t number)
{
	(void)c;
	(void)number;
	return true;
}

struct list *
list_ordered(struct context *c, const struct list *from,
    bool (*so)(const struct context *, uint32_t),
    int (*by)(const struct context *, uint32_t, uint32_t))
{
	struct ordering o = {c, by};
	struct list *l = list_such(c, from, so != NULL ? so : is_any);

	qsort_r(l->of, l->n, sizeof *l->of, compare, &o);
	return l;
}

struct list *
list_with_numbers(struct context *c, const struct list *from)
{
	struct list *l = list_new(c);
	size_t number = l->number;

	*l = *from;
	l->number = number;
	l->numbered = true;
	return l;
}

struct list *
list_head(struct context *c, const struct list *from, size_t n)
{
	struct list *l = new_of(c, from->type, from, n);

	l->sums = from->sums;
	for (; l->n < n && l->n < from->n; l->n++)
		l->of[l->n] = (uint32_t)l->n;
	return l;
}

/* How many groups there are, and in group[] of which each item is. */
static size_t
number_groups(struct context *c, const struct list *l,
    uint32_t (*share)(const struct context *, uint32_t), uint32_t *group,
    uint32_t most, struct division *d)
{
	uint32_t *number = mem_alloc(((size_t)most + 2) * sizeof *number);
	uint32_t shared;
	size_t i, n = 0;

	memset(number, 0xff, ((size_t)most + 2) * sizeof *number);
	d->shared = mem_alloc(((size_t)most + 2) * sizeof *d->shared);
	for (i = 0; i < l->n; i++) {
		shared = share(c, list_at(l, i));
		shared = shared == NOWHERE ? most + 1 : shared;
		if (number[shared] == NOWHERE) {
			number[shared] = (uint32_t)n;
			d->shared[n++] = shared;
		}
		group[i] = number[shared];
	}
	free(number);
	return n;
}

static int
compare_shared(const void *one, const void *other, void *arg)
{
	const uint32_t *shared = arg;
	uint32_t a = shared[*(const uint32_t *)one];
	uint32_t b = shared[*(const uint32_t *)other];

	return (a > b) - (a < b);
}

/*
 * The order of the groups: as they are met, or by what is shared; those that
 * share nothing, which have the highest, go last.
 */
static uint32_t *
order_groups(const struct division *d, uint32_t last, bool in_order)
{
	uint32_t *order = mem_alloc((d->n + 1) * sizeof *order), i, k = 0;

	for (i = 0; i < d->n; i++)
		if (d->shared[i] != last)
			order[k++] = i;
	for (i = 0; i < d->n; i++)
		if (d->shared[i] == last)
			order[k++] = i;
	if (in_order)
		qsort_r(order, d->n, sizeof *order, compare_shared, d->shared);
	return order;
}

struct division
list_divided(struct context *c, const struct list *l,
    uint32_t (*share)(const struct context *, uint32_t), bool in_order)
{
	uint32_t *group = mem_alloc((l->n + 1) * sizeof *group), *order, most;
	uint32_t *shared, shared_by;
	struct division d = {0}, ordered = {0};
	size_t i, *sizes;

	for (most = 0, i = 0; i < l->n; i++) {
		shared_by = share(c, list_at(l, i));
		if (shared_by != NOWHERE && shared_by > most)
			most = shared_by;
	}
	d.n = number_groups(c, l, share, group, most, &d);
	sizes = mem_zero(d.n + 1, sizeof *sizes);
	for (i = 0; i < l->n; i++)
		sizes[group[i]]++;
	d.groups = mem_alloc((d.n + 1) * sizeof *d.groups);
	for (i = 0; i < d.n; i++)
		d.groups[i] = new_of(c, l->type, l, sizes[i]);
	for (i = 0; i < l->n; i++)
		d.groups[group[i]]->of[d.groups[group[i]]->n++] = (uint32_t)i;
	order = order_groups(&d, most + 1, in_order);
	ordered.n = d.n;
	ordered.groups = mem_alloc((d.n + 1) * sizeof *d.groups);
	ordered.shared = shared = mem_alloc((d.n + 1) * sizeof *shared);
	for (i = 0; i < d.n; i++) {
		ordered.groups[i] = d.groups[order[i]];
		shared[i] = d.shared[order[i]];
		if (shared[i] == most + 1)
			shared[i] = NOWHERE;
	}
	division_free(&d);
	free(order);
	free(sizes);
	free(group);
	return ordered;
}

void
division_free(struct division *d)
{
	free(d->groups);
	free(d->shared);
}

/*
 * What is to be made is an object with a number under a name that no template
 * has: that of a list, or that of a record with its type above it.
 */
#define RECORD_OF(type) (((json_int_t)(type) + 1) << 32)

static json_t *
stand_for(json_int_t number)
{
	json_t *value = json_object();

	json_object_set_new(value, "", json_integer(number));
	return value;
}

json_t *
list_value(const struct list *l)
{
	return stand_for((json_int_t)l->number);
}

json_t *
context_later(enum type type, uint32_t number)
{
	return stand_for(RECORD_OF(type) | number);
}

/* The number that a value has; -1 where it is one of its own. */
static json_int_t
number_for(const json_t *value)
{
	const json_t *number = json_object_get(value, "");

	return number != NULL ? json_integer_value(number) : -1;
}

const struct list *
list_of_value(const struct context *c, const json_t *value)
{
	json_int_t number = number_for(value);

	return number >= 0 && number < RECORD_OF(0)
		   ? c->rows.lists[(size_t)number]
		   : NULL;
}

/* What stands for a record, or NULL. */
static json_t *
make_record(struct context *c, json_int_t number)
{
	uint32_t of = (uint32_t)(number & 0xffffffff);

	if (number < RECORD_OF(0))
		return NULL;
	switch ((enum type)((number >> 32) - 1)) {
	case VULNERABILITY:
		return context_weakness(c, of);
	case TREATMENT:
		return context_treatment(c, of);
	case RESIDUAL:
		return context_residual(c, of);
	default:
		return context_risk(c, of);
	}
}

json_t *
context_make(const json_t *value, void *context)
{
	json_t *made = make_record(context, number_for(value));
	json_t *number = json_object_get(value, "number");

	if (made != NULL && number != NULL)
		json_object_set(made, "number", number);
	return made;
}

void
context_put_list(struct context *c, const char *name, struct list *l)
{
	context_put(c, name, list_value(l));
}

void
context_put_counted(struct context *c, const char *name, struct list *l)
{
	struct buf count = {0};

	context_put_list(c, name, l);
	buf_printf(&count, "%s_count", name);
	context_put(c, count.data, json_integer((json_int_t)l->n));
	buf_free(&count);
}

struct list *
context_put_such(struct context *c, const char *name, const struct list *from,
    bool (*so)(const struct context *, uint32_t))
{
	struct list *some = list_such(c, from, so);

	context_put_counted(c, name, some);
	return some;
}

size_t
context_count_items(const json_t *value, void *context)
{
	const struct list *l = list_of_value(context, value);

	return l != NULL ? l->n : TEMPLATE_NO_LIST;
}

/* The number that an item shows: its own, or that in the list it is from. */
static size_t
number_shown(const struct list *l, size_t i)
{
	if (l->numbered)
		return i + 1;
	return l->base != NULL ? number_shown(l->base, l->of[i]) : 0;
}

json_t *
context_later_item(const struct list *l, size_t i)
{
	json_t *value = context_later(l->type, list_at(l, i));
	size_t number = number_shown(l, i);

	if (number > 0)
		json_object_set_new(
		    value, "number", json_integer((json_int_t)number));
	return value;
}

json_t *
context_item(const json_t *value, size_t i, void *context)
{
	struct context *c = context;
	const struct list *l = list_of_value(c, value);
	size_t number = number_shown(l, i);
	json_t *item = l->sums != NULL ? context_sum(c, l->sums, list_at(l, i))
		       : l->type == RISK_TYPE
			   ? context_risk(c, list_at(l, i))
			   : context_weakness(c, list_at(l, i));

	if (number > 0)
		json_object_set_new(
		    item, "number", json_integer((json_int_t)number));
	return item;
}
