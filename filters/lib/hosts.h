#ifndef HOSTS_H
#define HOSTS_H

#include <stdbool.h>
#include <stddef.h>

#include "index.h"

/*
 * Addresses of assets: host names, IP addresses (4 and 6), networks such as
 * 10.1.0.0/16, and ranges such as 10.1.0.10-10.1.0.20 or 10.1.0.10-20.  Assets
 * are numbers of the caller's.  A struct hosts of zeros is empty.
 */
struct hosts {
	struct owners {
		struct index names; /* in small letters; single addresses */
		size_t *of;	    /* by number in names */
	} all, bare;		    /* bare: of assets that have names alone */
	struct network *networks;
	size_t n_networks;
};

#define HOSTS_NONE ((size_t)-1)
#define HOSTS_SEVERAL ((size_t)-2)

/* False of a text of digits and signs of an address that is none. */
bool hosts_is_valid(const char *address);
/* Whether it is an IP address, and no name. */
bool hosts_is_address(const char *host);
/* A copy in the spelling by which two are compared, to be freed. */
char *hosts_plain(const char *host);
/* Of which asset that is which is of both: of one, of none, or of several. */
size_t hosts_both(size_t asset, size_t other);

/* The addresses of an asset; one that is not valid counts as a name. */
void hosts_add(
    struct hosts *, const char *const *addresses, size_t n, size_t asset);
/*
 * The asset that one host meets: by name, letters of either case, a last dot
 * apart; or by the smallest network or range that it is in.  HOSTS_SEVERAL
 * where that is of several assets.
 */
size_t hosts_owner(const struct hosts *, const char *host);
/*
 * The asset that a finding with these hosts is of: by its addresses; where they
 * meet none, by its names, but then no asset that has addresses, as it has
 * others; by its names where it has nothing else.
 */
size_t hosts_find(const struct hosts *, const char *const *hosts, size_t n);

#endif
