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
	struct index names; /* host names in small letters */
	size_t *owners;	    /* by number in names */
	struct network *networks;
	size_t n_networks;
};

#define HOSTS_NONE ((size_t)-1)
#define HOSTS_SEVERAL ((size_t)-2)

/* False of a text of digits and signs of an address that is none. */
bool hosts_is_valid(const char *address);
/* One that is not valid counts as a name. */
void hosts_add(struct hosts *, const char *address, size_t asset);
/*
 * The asset that an address meets: by name, letters of either case, a last dot
 * apart; or by the smallest network or range that it is in.  HOSTS_SEVERAL
 * where that is of several assets.
 */
size_t hosts_find(const struct hosts *, const char *address);

#endif
