/*
 * What people have, in: spreadsheets, scanners' files and lists become JSON
 * Lines.
 *
 * Memory: see lib/scan.h; of assets their ids and addresses; findings whose
 * host no asset has had yet are held until the end.
 */

#include <err.h>
#include <string.h>
#include <unistd.h>

#include "lib/decode.h"
#include "lib/filter.h"
#include "lib/hosts.h"
#include "lib/object.h"
#include "lib/source.h"
#include "lib/strangers.h"

static struct source source;
static struct hosts hosts;
static struct index assets;	   /* ids, by number in hosts */
static bool adds_assets;	   /* -A */
static struct strangers strangers; /* for -A: hosts that no asset has */
static struct index made; /* ids of assets that were made of strangers */
static bool only_counts;  /* -n */

static int
read_source(struct input *in, void (*give)(struct record *))
{
	source.give = give;
	return source_read(&source, in);
}

/* The texts of a list of a record, which stay the record's. */
static const char *const *
list_of(const struct record *r, const char *name, size_t *n)
{
	static const char **list;
	size_t i, size = rec_size(r, name);

	list = mem_resize(list, (size + 1) * sizeof *list);
	for (*n = i = 0; i < size; i++) {
		list[*n] = rec_item(r, name, i);
		*n += list[*n] != NULL;
	}
	return list;
}

static int
learn_asset(struct record *r)
{
	size_t i, n;
	const char *const *addresses = list_of(r, "addresses", &n);

	for (i = 0; i < n; i++)
		if (!hosts_is_valid(addresses[i]))
			return rec_complain(r,
			    "addresses[%zu]: %s is no address, network or "
			    "range",
			    i + 1, addresses[i]);
	hosts_add(
	    &hosts, addresses, n, index_add(&assets, rec_string(r, "id")));
	return PASS;
}

/* Whether it says a host and no asset; what is amiss there is checked later. */
static bool
lacks_asset(const struct record *r)
{
	return strcmp(r->type, "vulnerability") == 0 && !rec_has(r, "asset") &&
	       rec_item(r, "host", 0) != NULL;
}

/* The asset that the hosts of a finding meet, HOSTS_NONE or HOSTS_SEVERAL. */
static size_t
find_asset(const struct record *r)
{
	size_t n;
	const char *const *list = list_of(r, "host", &n);

	return hosts_find(&hosts, list, n);
}

/* What a message calls the host of a finding: its first address, or name. */
static const char *
name_host(const struct record *r)
{
	size_t i, n;
	const char *const *list = list_of(r, "host", &n);

	for (i = 0; i < n; i++)
		if (hosts_is_address(list[i]))
			return list[i];
	return list[0];
}

/* Gives a finding an asset that was found. */
static int
add_asset(struct record *r, size_t asset)
{
	if (asset == HOSTS_SEVERAL)
		return rec_complain(
		    r, "host: %s: of several assets", name_host(r));
	return rec_add_string(r, "asset", assets.keys[asset]);
}

/* No asset has its address; one may have its name. */
static int
refuse_stranger(struct record *r)
{
	const char *host = name_host(r), *const * list;
	size_t i, n, asset = HOSTS_NONE;

	list = list_of(r, "host", &n);
	for (i = 0; i < n; i++)
		if ((asset = hosts_owner(&hosts, list[i])) != HOSTS_NONE)
			break;
	if (asset == HOSTS_NONE)
		return rec_complain(
		    r, "host: %s: no asset has this address", host);
	return rec_complain(r,
	    "host: %s: no asset has this address; the name %s is that of %s, "
	    "at another",
	    host, list[i],
	    asset == HOSTS_SEVERAL ? "several" : assets.keys[asset]);
}

/* The id of an asset that is made of a host: no slash may be in it. */
static const char *
id_of_host(const char *host)
{
	static struct buf id;
	size_t i;

	buf_clear(&id);
	buf_text(&id, host);
	for (i = 0; i < id.len; i++)
		if (id.data[i] == '/')
			id.data[i] = ':';
	return id.data;
}

/* An asset of a host's addresses and names alone, to be completed. */
static void
write_asset(const char *id, const struct texts *of)
{
	struct buf line = {0};
	size_t i;

	obj_begin(&line, "asset");
	obj_string(&line, "id", id);
	obj_string(&line, "name", of->of[0]);
	obj_name(&line, "addresses");
	for (i = 0; i < of->n; i++) {
		buf_char(&line, i > 0 ? ',' : '[');
		obj_quote(&line, of->of[i], strlen(of->of[i]));
	}
	buf_char(&line, ']');
	obj_end(&line);
	if (!only_counts)
		filter_write(&line);
	buf_free(&line);
}

/* Gives a finding the asset that is made of its host, once it holds. */
static int
make_asset(struct record *r)
{
	const struct texts *of;
	const char *id, *const *list;
	size_t n, number;

	list = list_of(r, "host", &n);
	number = strangers_find(&strangers, list, n);
	if (number == HOSTS_SEVERAL)
		return rec_complain(
		    r, "host: %s: of several hosts that no asset has", list[0]);
	of = strangers_hosts(&strangers, number);
	id = id_of_host(of->of[0]);
	if (index_find(&assets, id) != INDEX_NONE)
		return rec_complain(r,
		    "host: %s: the asset %s is there and has not this address",
		    of->of[0], id);
	if (rec_add_string(r, "asset", id) < 0 ||
	    schema_check(schema_find(r->type), r) < 0)
		return REFUSE;
	if (index_find(&made, id) == INDEX_NONE)
		write_asset(id, of);
	index_add(&made, id);
	return PASS;
}

/* At the end: no asset can come any more. */
static int
settle_finding(struct record *r)
{
	size_t asset = find_asset(r);

	strangers_settle(&strangers, &hosts);
	if (asset == HOSTS_NONE) {
		tally_of(&source.tallies, r->source)->unknown++;
		return adds_assets ? make_asset(r) : refuse_stranger(r);
	}
	if (add_asset(r, asset) < 0)
		return REFUSE;
	return schema_check(schema_find(r->type), r) < 0 ? REFUSE : PASS;
}

/* Finds the asset of a finding; one whose host is not known yet waits. */
static int
complete(struct record *r)
{
	const char *const *list;
	size_t asset, n;

	if (!lacks_asset(r))
		return PASS;
	asset = find_asset(r);
	if (asset != HOSTS_NONE)
		return add_asset(r, asset) < 0 ? REFUSE : PASS;
	list = list_of(r, "host", &n);
	if (adds_assets)
		strangers_meet(&strangers, list, n);
	return filter_hold(r, settle_finding);
}

static void
settled(const struct record *r, bool refused)
{
	tally_settle(&source.tallies, r, refused);
}

static void
end(void)
{
	struct buf text = {0};

	if (only_counts) {
		tally_write(&text, &source.tallies);
		filter_write(&text);
		buf_free(&text);
	} else {
		tally_say(&source.tallies);
	}
}

_Noreturn static void
usage(void)
{
	filter_usage("[-An] [-e encoding] [-f format] [-t type] [file ...]");
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {
	    {"asset", learn_asset, false}, {NULL, NULL, false}};
	struct filter intake = {.handlers = handlers,
	    .read = read_source,
	    .complete = complete,
	    .settled = settled,
	    .end = end};
	int option;

	while ((option = getopt(argc, argv, "Ae:f:nt:")) != -1) {
		switch (option) {
		case 'A':
			adds_assets = true;
			break;
		case 'e':
			if (!decode_knows(optarg))
				errx(TROUBLE, "%s: no such encoding", optarg);
			source.encoding = optarg;
			break;
		case 'f':
			if (source.map != NULL)
				usage();
			source.map = map_read(optarg);
			break;
		case 'n':
			only_counts = intake.silent = true;
			rec_hush();
			break;
		case 't':
			source.schema = schema_find(optarg);
			if (source.schema == NULL)
				errx(TROUBLE, "%s: no such type", optarg);
			break;
		default:
			usage();
		}
	}
	return filter_run(&intake, argv + optind);
}
