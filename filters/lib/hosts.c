#include <arpa/inet.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "hosts.h"

#define BYTES 16 /* of an address; those of version 4 as ::ffff:a.b.c.d */

struct network {
	unsigned char first[BYTES], last[BYTES];
	size_t asset;
};

/* Reads an IP address.  Returns its bits, 32 or 128; 0 where it is none. */
static int
read_address(const char *text, unsigned char to[BYTES])
{
	static const unsigned char mapped[12] = {[10] = 0xff, [11] = 0xff};

	if (inet_pton(AF_INET6, text, to) == 1)
		return 128;
	memcpy(to, mapped, sizeof mapped);
	return inet_pton(AF_INET, text, to + sizeof mapped) == 1 ? 32 : 0;
}

/* A whole number to a limit; -1 where the text is none. */
static int
read_number(const char *text, int limit)
{
	char *end;
	long n;

	if (!isdigit((unsigned char)*text))
		return -1;
	n = strtol(text, &end, 10);
	return *end == '\0' && n <= limit ? (int)n : -1;
}

/* The network of so many bits around first. */
static void
widen(struct network *n, int bits)
{
	int i, keep;

	memcpy(n->last, n->first, BYTES);
	for (i = 0; i < BYTES; i++) {
		keep = bits - 8 * i;
		if (keep >= 8)
			continue;
		keep = keep > 0 ? 0xff00 >> keep & 0xff : 0;
		n->first[i] &= (unsigned char)keep;
		n->last[i] |= (unsigned char)~keep;
	}
}

/* What stands behind "-": an address, or the last number of one. */
static bool
read_last(const char *text, struct network *n, int bits)
{
	int number = read_number(text, 255);

	if (number >= 0 && bits == 32) {
		memcpy(n->last, n->first, BYTES);
		n->last[BYTES - 1] = (unsigned char)number;
	} else if (read_address(text, n->last) != bits) {
		return false;
	}
	return memcmp(n->first, n->last, BYTES) <= 0;
}

static bool
read_network(const char *text, struct network *n)
{
	size_t len = strcspn(text, "/-");
	char *first = mem_text(text, len);
	int bits = read_address(first, n->first), length;

	free(first);
	if (bits == 0)
		return false;
	if (text[len] == '-')
		return read_last(text + len + 1, n, bits);
	length = text[len] == '/' ? read_number(text + len + 1, bits) : bits;
	if (length < 0)
		return false;
	widen(n, 8 * BYTES - bits + length);
	return true;
}

char *
hosts_plain(const char *text)
{
	unsigned char bytes[BYTES];
	char address[INET6_ADDRSTRLEN], *name;
	size_t len = strlen(text), i;

	if (read_address(text, bytes) != 0) {
		inet_ntop(AF_INET6, bytes, address, sizeof address);
		return mem_text(address, strlen(address));
	}
	if (len > 1 && text[len - 1] == '.')
		len--;
	name = mem_text(text, len);
	for (i = 0; i < len; i++)
		name[i] = (char)tolower((unsigned char)name[i]);
	return name;
}

size_t
hosts_both(size_t asset, size_t other)
{
	if (other == HOSTS_NONE || asset == other)
		return asset;
	return asset == HOSTS_NONE ? other : HOSTS_SEVERAL;
}

static void
add_name(struct owners *owners, const char *host, size_t asset)
{
	size_t count = owners->names.count, i;
	char *name = hosts_plain(host);

	i = index_add(&owners->names, name);
	free(name);
	if (owners->names.count > count) {
		owners->of = mem_room(owners->of, count, sizeof *owners->of);
		owners->of[i] = HOSTS_NONE;
	}
	owners->of[i] = hosts_both(owners->of[i], asset);
}

static size_t
find_name(const struct owners *owners, const char *host)
{
	char *name = hosts_plain(host);
	size_t i = index_find(&owners->names, name);

	free(name);
	return i != INDEX_NONE ? owners->of[i] : HOSTS_NONE;
}

/* Whether a text can only be meant as an address: no host name looks so. */
static bool
looks_like_address(const char *text)
{
	const char *const digits = strchr(text, ':') != NULL
				       ? "0123456789abcdefABCDEF.:/- "
				       : "0123456789.:/- ";

	return text[strspn(text, digits)] == '\0' &&
	       strpbrk(text, ".:") != NULL;
}

bool
hosts_is_valid(const char *address)
{
	struct network n;

	return read_network(address, &n) || !looks_like_address(address);
}

bool
hosts_is_address(const char *host)
{
	unsigned char bytes[BYTES];

	return read_address(host, bytes) != 0;
}

static void
add_network(struct hosts *h, struct network *n, size_t asset)
{
	char single[INET6_ADDRSTRLEN];

	/* One address is found faster as a name than as a network. */
	if (memcmp(n->first, n->last, BYTES) == 0) {
		inet_ntop(AF_INET6, n->first, single, sizeof single);
		add_name(&h->all, single, asset);
		return;
	}
	h->networks = mem_room(h->networks, h->n_networks, sizeof *n);
	n->asset = asset;
	h->networks[h->n_networks++] = *n;
}

void
hosts_add(struct hosts *h, const char *const *addresses, size_t n, size_t asset)
{
	struct network network;
	bool is_bare = true;
	size_t i;

	for (i = 0; i < n; i++) {
		if (read_network(addresses[i], &network)) {
			add_network(h, &network, asset);
			is_bare = false;
		} else {
			add_name(&h->all, addresses[i], asset);
		}
	}
	for (i = 0; i < n && is_bare; i++)
		add_name(&h->bare, addresses[i], asset);
}

/* Which of two networks is the smaller, as memcmp() says it. */
static int
compare_size(const struct network *a, const struct network *b)
{
	unsigned char size[2][BYTES];
	const struct network *of[2] = {a, b};
	int i, k, rest;

	for (k = 0; k < 2; k++)
		for (i = BYTES - 1, rest = 0; i >= 0; i--) {
			rest += of[k]->last[i] - of[k]->first[i];
			size[k][i] = (unsigned char)(rest & 0xff);
			rest = rest < 0 ? -1 : 0;
		}
	return memcmp(size[0], size[1], BYTES);
}

static size_t
find_network(const struct hosts *h, const unsigned char address[BYTES])
{
	const struct network *best = NULL, *n;
	size_t i, owner = HOSTS_NONE;
	int order;

	for (i = 0; i < h->n_networks; i++) {
		n = &h->networks[i];
		if (memcmp(n->first, address, BYTES) > 0 ||
		    memcmp(n->last, address, BYTES) < 0)
			continue;
		order = best == NULL ? -1 : compare_size(n, best);
		if (order < 0) {
			best = n;
			owner = n->asset;
		} else if (order == 0 && n->asset != owner) {
			owner = HOSTS_SEVERAL;
		}
	}
	return owner;
}

size_t
hosts_owner(const struct hosts *h, const char *host)
{
	unsigned char bytes[BYTES];
	size_t asset = find_name(&h->all, host);

	if (asset != HOSTS_NONE || h->n_networks == 0 ||
	    read_address(host, bytes) == 0)
		return asset;
	return find_network(h, bytes);
}

size_t
hosts_find(const struct hosts *h, const char *const *hosts, size_t n)
{
	size_t i, found = HOSTS_NONE;
	bool has_address = false;

	for (i = 0; i < n; i++)
		if (hosts_is_address(hosts[i])) {
			has_address = true;
			found = hosts_both(found, hosts_owner(h, hosts[i]));
		}
	if (found != HOSTS_NONE)
		return found;
	for (i = 0; i < n; i++)
		found = hosts_both(found,
		    find_name(has_address ? &h->bare : &h->all, hosts[i]));
	return found;
}
