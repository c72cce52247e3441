#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "strangers.h"

/* An address or a name, and the host that it stands for, if it does. */
struct stranger {
	char *text;    /* as it came first */
	size_t parent; /* what it was put together with; itself: none */
	size_t owner;  /* of names: the host with addresses that has them */
	bool is_address;
	bool is_alone; /* a name that stood without an address */
	struct texts hosts;
};

struct pair {
	size_t name, address;
};

static size_t
root_of(const struct strangers *s, size_t i)
{
	/* Each that is passed is led nearer to it: chains stay short. */
	for (; s->of[i].parent != i; i = s->of[i].parent)
		s->of[i].parent = s->of[s->of[i].parent].parent;
	return i;
}

static void
unite(struct strangers *s, size_t a, size_t b)
{
	s->of[root_of(s, b)].parent = root_of(s, a);
}

static size_t
find_key(const struct strangers *s, const char *host)
{
	char *plain = hosts_plain(host);
	size_t i = index_find(&s->keys, plain);

	free(plain);
	return i;
}

static size_t
add_key(struct strangers *s, const char *host)
{
	char *plain = hosts_plain(host);
	size_t count = s->keys.count, i = index_add(&s->keys, plain);

	free(plain);
	if (s->keys.count == count)
		return i;
	s->of = mem_room(s->of, count, sizeof *s->of);
	s->of[i] = (struct stranger){.text = mem_text(host, strlen(host)),
	    .parent = i,
	    .owner = HOSTS_NONE,
	    .is_address = hosts_is_address(host)};
	return i;
}

/* The first address among hosts, or the first name; n where there is none. */
static size_t
first_of(const char *const *hosts, size_t n, bool address)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (hosts_is_address(hosts[i]) == address)
			return i;
	return n;
}

void
strangers_meet(struct strangers *s, const char *const *hosts, size_t n)
{
	struct texts *to;
	size_t i;

	s->met = mem_room(s->met, s->n_met, sizeof *s->met);
	to = &s->met[s->n_met++];
	*to = (struct texts){0};
	for (i = 0; i < n; i++)
		texts_add(to, hosts[i], strlen(hosts[i]));
}

/* What one finding says: its addresses are of one host, with its names. */
static void
learn(struct strangers *s, const char *const *hosts, size_t n)
{
	size_t first = first_of(hosts, n, true), to, key, i;
	bool alone = first == n;

	to = add_key(s, hosts[alone ? 0 : first]);
	for (i = 0; i < n; i++) {
		key = add_key(s, hosts[i]);
		if (alone || s->of[key].is_address) {
			s->of[key].is_alone = alone;
			unite(s, to, key);
			continue;
		}
		s->pairs = mem_room(s->pairs, s->n_pairs, sizeof *s->pairs);
		s->pairs[s->n_pairs++] = (struct pair){key, to};
	}
}

/* Adds what a host has, once. */
static void
add_host(struct strangers *s, size_t to, size_t key)
{
	struct texts *hosts = &s->of[to].hosts;
	const char *text = s->of[key].text;
	size_t i;

	for (i = 0; i < hosts->n; i++)
		if (strcmp(hosts->of[i], text) == 0)
			return;
	texts_add(hosts, text, strlen(text));
}

void
strangers_settle(struct strangers *s, const struct hosts *assets)
{
	const char *const *list;
	size_t i, to, *owner;

	if (s->n_met == 0)
		return;
	for (i = 0; i < s->n_met; i++) {
		list = (const char *const *)s->met[i].of;
		if (hosts_find(assets, list, s->met[i].n) == HOSTS_NONE)
			learn(s, list, s->met[i].n);
		texts_free(&s->met[i]);
	}
	s->n_met = 0;
	for (i = 0; i < s->keys.count; i++)
		if (s->of[i].is_address)
			add_host(s, root_of(s, i), i);
	for (i = 0; i < s->n_pairs; i++) {
		to = root_of(s, s->pairs[i].address);
		owner = &s->of[root_of(s, s->pairs[i].name)].owner;
		*owner = hosts_both(*owner, to);
		add_host(s, to, s->pairs[i].name);
	}
	for (i = 0; i < s->keys.count; i++) {
		if (!s->of[i].is_alone)
			continue;
		to = strangers_find(s, (const char *const *)&s->of[i].text, 1);
		if (to != HOSTS_SEVERAL)
			add_host(s, to, i);
	}
}

size_t
strangers_find(const struct strangers *s, const char *const *hosts, size_t n)
{
	size_t first = first_of(hosts, n, true), root;

	root = root_of(s, find_key(s, hosts[first < n ? first : 0]));
	return s->of[root].owner == HOSTS_NONE ? root : s->of[root].owner;
}

const struct texts *
strangers_hosts(const struct strangers *s, size_t number)
{
	return &s->of[number].hosts;
}
