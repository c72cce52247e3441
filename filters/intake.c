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

static struct source source;
static struct hosts hosts;
static struct index assets; /* ids, by number in hosts */
static size_t n_made;	    /* of them, the last, made of hosts by -A */
static bool adds_assets;    /* -A */
static bool only_counts;    /* -n */

static int
read_source(struct input *in, void (*give)(struct record *))
{
	source.give = give;
	return source_read(&source, in);
}

static int
learn_asset(struct record *r)
{
	size_t asset, i, n = rec_size(r, "addresses");

	for (i = 0; i < n; i++)
		if (!hosts_is_valid(rec_item(r, "addresses", i)))
			return rec_complain(r,
			    "addresses[%zu]: %s is no address, network or "
			    "range",
			    i + 1, rec_item(r, "addresses", i));
	asset = index_add(&assets, rec_string(r, "id"));
	for (i = 0; i < n; i++)
		hosts_add(&hosts, rec_item(r, "addresses", i), asset);
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
	size_t i, asset, found = HOSTS_NONE;
	const char *host;

	for (i = 0; i < rec_size(r, "host"); i++) {
		host = rec_item(r, "host", i);
		asset = host != NULL ? hosts_find(&hosts, host) : HOSTS_NONE;
		if (asset == HOSTS_NONE || asset == found)
			continue;
		found = found == HOSTS_NONE ? asset : HOSTS_SEVERAL;
	}
	return found;
}

/* Gives a finding an asset that was found. */
static int
add_asset(struct record *r, size_t asset)
{
	if (asset == HOSTS_SEVERAL)
		return rec_complain(
		    r, "host: %s: of several assets", rec_item(r, "host", 0));
	return rec_add_string(r, "asset", assets.keys[asset]);
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

/* An asset of the host's name alone, to be completed. */
static void
write_asset(const struct record *r, const char *id)
{
	size_t asset = index_add(&assets, id), i;
	struct buf line = {0};
	const char *host;

	obj_begin(&line, "asset");
	obj_string(&line, "id", id);
	obj_string(&line, "name", rec_item(r, "host", 0));
	obj_name(&line, "addresses");
	buf_char(&line, '[');
	for (i = 0; i < rec_size(r, "host"); i++) {
		host = rec_item(r, "host", i);
		if (i > 0)
			buf_char(&line, ',');
		obj_quote(&line, host, strlen(host));
		hosts_add(&hosts, host, asset);
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
	const char *host = rec_item(r, "host", 0), *id = id_of_host(host);

	if (index_find(&assets, id) != INDEX_NONE)
		return rec_complain(r,
		    "host: %s: the asset %s is there and has not this address",
		    host, id);
	if (rec_add_string(r, "asset", id) < 0 ||
	    schema_check(schema_find(r->type), r) < 0)
		return REFUSE;
	write_asset(r, id);
	n_made++;
	return PASS;
}

static bool
is_made(size_t asset)
{
	return asset < assets.count && asset >= assets.count - n_made;
}

/* At the end: no asset can come any more, but for those made here. */
static int
settle_finding(struct record *r)
{
	size_t asset = find_asset(r);

	if (asset == HOSTS_NONE || is_made(asset))
		tally_of(&source.tallies, r->source)->unknown++;
	if (asset == HOSTS_NONE && adds_assets)
		return make_asset(r);
	if (asset == HOSTS_NONE)
		return rec_complain(r, "host: %s: no asset has this address",
		    rec_item(r, "host", 0));
	if (add_asset(r, asset) < 0)
		return REFUSE;
	return schema_check(schema_find(r->type), r) < 0 ? REFUSE : PASS;
}

/* Finds the asset of a finding; one whose host is not known yet waits. */
static int
complete(struct record *r)
{
	size_t asset;

	if (!lacks_asset(r))
		return PASS;
	asset = find_asset(r);
	if (asset == HOSTS_NONE)
		return filter_hold(r, settle_finding);
	return add_asset(r, asset) < 0 ? REFUSE : PASS;
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
			source.map = map_read(optarg);
			break;
		case 'n':
			only_counts = intake.silent = true;
			break;
		case 't':
			source.schema = schema_find(optarg);
			if (source.schema == NULL)
				errx(TROUBLE, "%s: no such type", optarg);
			break;
		default:
			filter_usage("[-An] [-e encoding] [-f format] "
				     "[-t type] [file ...]");
		}
	}
	return filter_run(&intake, argv + optind);
}
