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

/* A name or address as it is compared, however it is spelt. */
static char *
plain_name(const char *text)
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

static void
add_name(struct hosts *h, const char *address, size_t asset)
{
	size_t count = h->names.count, i;
	char *name = plain_name(address);

	i = index_add(&h->names, name);
	free(name);
	if (h->names.count > count) {
		h->owners = mem_room(h->owners, count, sizeof *h->owners);
		h->owners[i] = asset;
	} else if (h->owners[i] != asset) {
		h->owners[i] = HOSTS_SEVERAL;
	}
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

void
hosts_add(struct hosts *h, const char *address, size_t asset)
{
	char single[INET6_ADDRSTRLEN];
	struct network n;

	if (!read_network(address, &n)) {
		add_name(h, address, asset);
		return;
	}
	/* One address is found faster as a name than as a network. */
	if (memcmp(n.first, n.last, BYTES) == 0) {
		inet_ntop(AF_INET6, n.first, single, sizeof single);
		add_name(h, single, asset);
		return;
	}
	h->networks = mem_room(h->networks, h->n_networks, sizeof n);
	n.asset = asset;
	h->networks[h->n_networks++] = n;
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
hosts_find(const struct hosts *h, const char *address)
{
	unsigned char bytes[BYTES];
	char *name = plain_name(address);
	size_t i = index_find(&h->names, name);

	free(name);
	if (i != INDEX_NONE)
		return h->owners[i];
	if (h->n_networks == 0 || read_address(address, bytes) == 0)
		return HOSTS_NONE;
	return find_network(h, bytes);
}
