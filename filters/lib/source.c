#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"
#include "source-private.h"
#include "tree.h"
#include "xml.h"

void
source_refuse(struct reading *at, unsigned long line, const char *came,
    size_t len, const char *what)
{
	struct record r = {.source = at->file,
	    .line = line,
	    .came = came,
	    .came_len = len,
	    .came_bytes = len};

	rec_complain(&r, "%s", what);
	at->source->give(&r);
}

void
source_begin(struct reading *at, const struct map *map)
{
	at->map = map;
	at->tally->layout = map_name(map);
	scan_begin(at->source->scan, map, at->file, at->tally);
}

/*
 * Keeps why the map that was asked for does not fit: of rows that might be the
 * heading, by the one that lacks least.
 */
static void
keep_misfit(struct reading *at, size_t n, const struct buf *names)
{
	if (at->misfit.len > 0 && n >= at->n_missing)
		return;
	at->n_missing = n;
	buf_clear(&at->misfit);
	buf_printf(&at->misfit, "the map %s does not fit: %s missing",
	    map_name(at->source->map), names->data);
}

const struct map *
source_map(struct reading *at, enum map_form form,
    bool (*has)(const char *, void *), void *arg)
{
	static const char *const forms[] = {"CSV", "JSON", "XML"};
	const struct map *map = at->source->map;
	struct buf names = {0};
	size_t n;

	if (map != NULL && map_form(map) == form) {
		n = map_lacks(map, has, arg, &names);
		if (n > 0)
			keep_misfit(at, n, &names);
		buf_free(&names);
		if (n == 0)
			return map;
	} else if (map != NULL && at->misfit.len == 0) {
		buf_printf(&at->misfit, "the map %s is of %s", map_name(map),
		    forms[map_form(map)]);
	}
	return map_recognise(form, has, arg, &at->both);
}

void
source_refuse_layout(struct reading *at, const char *what)
{
	struct buf text = {0};

	if (at->both.len > 0)
		buf_printf(
		    &text, "layout of both %s; -f says which", at->both.data);
	else
		buf_printf(&text, "%s of no known layout%s%s", what,
		    at->misfit.len > 0 ? "; " : "",
		    at->misfit.len > 0 ? at->misfit.data : "");
	source_refuse(at, 0, "", 0, text.data);
	buf_free(&text);
}
/* JSON. */

static bool
has_path(const char *path, void *arg)
{
	return tree_has(arg, path);
}

/* What stood in the file is, of a finding in JSON or XML, that as JSON. */
static void
take_found(const struct item *item, void *arg)
{
	struct reading *at = arg;
	char *came = json_dumps(item->value, JSON_COMPACT | JSON_ENCODE_ANY);

	scan_take(at->source->scan, item, came, strlen(came), strlen(came));
	free(came);
}

#define LONGEST ((size_t)256 << 20) /* a document */

/* Reads all there is, or more than the longest there may be. */
static int
slurp(struct input *in, struct buf *all)
{
	const char *block;
	size_t len;
	int got = 1;

	while (all->len <= LONGEST && (got = input_block(in, &block, &len)) > 0)
		buf_add(all, block, len);
	return got < 0 ? -1 : 0;
}

/* Shows NUL characters, which no record can have, as U+FFFD. */
static void
replace_nul(struct buf *text)
{
	char *s = text->data, *end = s + text->len;

	while (
	    (s = memchr(s, '\\', (size_t)(end - s))) != NULL && s + 6 <= end) {
		if (memcmp(s, "\\u0000", 6) == 0)
			memcpy(s, "\\ufffd", 6);
		s += 2;
	}
}

/* The value of a document, behind a byte order mark. */
static json_t *
load(const struct buf *text, size_t flags, json_error_t *error)
{
	size_t mark =
	    text->len >= 3 && memcmp(text->data, "\xef\xbb\xbf", 3) == 0 ? 3
									 : 0;

	return json_loadb(text->data + mark, text->len - mark,
	    JSON_DECODE_ANY | JSON_REJECT_DUPLICATES | flags, error);
}

static bool
is_blank(const struct buf *text)
{
	return strspn(text->data, " \t\r\n") == text->len;
}

static void
take_document(struct reading *at, const struct buf *text)
{
	json_error_t error;
	json_t *root = load(text, 0, &error);
	const struct map *map;
	const char *const *path;
	struct buf what = {0};

	if (root == NULL && strstr(error.text, "too big") != NULL)
		root = load(text, JSON_DECODE_INT_AS_REAL, &error);
	if (root == NULL) {
		buf_printf(&what, "not JSON: %s",
		    is_blank(text) ? "empty" : error.text);
		source_refuse(at,
		    error.line > 0 ? (unsigned long)error.line : 0, "", 0,
		    what.data);
		buf_free(&what);
		return;
	}
	map = json_is_null(root) && at->source->map != NULL &&
		      map_form(at->source->map) == MAP_JSON
		  ? at->source->map
		  : source_map(at, MAP_JSON, has_path, root);
	if (map == NULL) {
		source_refuse_layout(at, "JSON");
	} else {
		source_begin(at, map);
		for (path = map_items(map); *path != NULL; path++)
			tree_items(root, *path, at->file, take_found, at);
	}
	json_decref(root);
}

static int
read_json(struct reading *at, struct input *in)
{
	struct buf text = {0};
	int status = slurp(in, &text);

	buf_add(&text, "", 0); /* some text, be it empty */
	replace_nul(&text);
	if (text.len > LONGEST)
		source_refuse(at, 0, "", 0, "JSON longer than 256 MiB");
	else if (status == 0)
		take_document(at, &text);
	buf_free(&text);
	return status;
}

/* XML. */

static bool
is_root(const char *name, void *arg)
{
	return strcmp(name, arg) == 0;
}

static const char *const *
choose(const char *root, void *arg)
{
	struct reading *at = arg;
	const struct map *map = source_map(at, MAP_XML, is_root, (void *)root);

	if (map == NULL)
		return NULL;
	source_begin(at, map);
	return map_items(map);
}

static int
read_xml(struct reading *at, struct input *in)
{
	char *error = NULL;
	int status = xml_read(in, choose, take_found, at, &error);

	if (status < 0 && error != NULL) {
		source_refuse(at, 0, "", 0, error);
		free(error);
		return 0;
	}
	if (status == 0 && at->map == NULL)
		source_refuse_layout(at, "XML");
	return status;
}
int
source_read(struct source *s, struct input *in)
{
	struct reading at = {.source = s,
	    .file = in->name,
	    .tally = tally_of(&s->tallies, in->name)};
	enum kind_of_source kind;
	int status = -1, error;

	if (source_kind(in, &kind) < 0)
		return -1;
	if (s->scan == NULL)
		s->scan = scan_open(s->give);
	switch (kind) {
	case IS_CSV:
		status = source_read_csv(&at, in);
		break;
	case IS_JSON:
		status = read_json(&at, in);
		break;
	case IS_XML:
		status = read_xml(&at, in);
		break;
	case IS_PACKED:
		source_refuse(&at, 0, "", 0,
		    "an Excel workbook, or another packed file: save the sheet "
		    "as CSV");
		at.tally->layout = "packed";
		return 0;
	case IS_LINES:
	case IS_EMPTY:
	case NOT_YET:
		at.tally->layout = "JSON Lines";
		return FILTER_LINES;
	}
	error = errno;
	if (at.map != NULL)
		scan_end(s->scan);
	errno = error;
	buf_free(&at.both);
	buf_free(&at.misfit);
	return status;
}
