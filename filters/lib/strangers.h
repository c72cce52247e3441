#ifndef STRANGERS_H
#define STRANGERS_H

#include <stddef.h>

#include "hosts.h"
#include "item.h"

/*
 * Hosts that no asset has, told apart by what findings say of them.  Findings
 * that share an IP address are of one host.  One with names alone is of the
 * host that has such a name beside its addresses, or where there is none of a
 * host that has names alone.  Which finding comes first decides nothing but the
 * order of what a host has.  A struct strangers of zeros is empty.
 */
struct strangers {
	struct texts *met; /* hosts of each finding */
	size_t n_met;
	struct index keys;   /* addresses and names, however they are spelt */
	struct stranger *of; /* by number in keys */
	struct pair *pairs;  /* names found beside addresses */
	size_t n_pairs;
};

/* A finding whose hosts no asset has had yet; there is one at least. */
void strangers_meet(struct strangers *, const char *const *hosts, size_t n);
/*
 * When all findings and assets have come: which host each is of those that no
 * asset has.  A second time does nothing.
 */
void strangers_settle(struct strangers *, const struct hosts *assets);
/* The number of a host that was met; HOSTS_SEVERAL of a name of several. */
size_t strangers_find(
    const struct strangers *, const char *const *hosts, size_t n);
/* What a host has: its addresses, then its names, as they came. */
const struct texts *strangers_hosts(const struct strangers *, size_t number);

#endif
