#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cell.h"
#include "filter.h"
#include "sheet.h"
#include "source.h"
#include "table.h"
#include "tree.h"
#include "xml.h"

#define MOST_ABOVE 30 /* rows that are looked at for a heading */

/* A row that could not be read, above the heading; text and error are copies.
 */
struct broken {
	unsigned long line;
	char *text, *error;
	size_t len;
};

/* A file that is being read. */
struct reading {
	struct source *source;
	const char *file;
	struct tally *tally;
	const struct map *map; /* NULL where none is found yet */
	struct buf both;       /* maps that fit equally well */
	struct sheet *sheet;   /* of CSV: what reads a register */
	const char **headings; /* as the map spells them; NULL: not used */
	size_t n_headings;
	unsigned long rows;    /* with text, before a heading was found */
	unsigned long blank;   /* and without */
	struct broken *broken; /* of those rows */
	size_t n_broken;
};

/* Refuses a file for what it is, or for what stands at a line of it. */
static void
refuse(struct reading *at, unsigned long line, const char *came, size_t len,
    const char *what)
{
	struct record r = {.source = at->file,
	    .line = line,
	    .came = came,
	    .came_len = len,
	    .came_bytes = len};

	rec_complain(&r, "%s", what);
	at->source->give(&r);
}

static void
begin(struct reading *at, const struct map *map)
{
	at->map = map;
	at->tally->layout = map_name(map);
	scan_begin(at->source->scan, map, at->file, at->tally);
}

/* The map that fits: the one that was asked for, else the one that is best. */
static const struct map *
find_map(struct reading *at, enum map_form form,
    bool (*has)(const char *, void *), void *arg)
{
	const struct map *map = at->source->map;

	if (map != NULL && map_form(map) == form && map_fits(map, has, arg))
		return map;
	return map_recognise(form, has, arg, &at->both);
}

/* Says that no layout fits, or two do. */
static void
refuse_layout(struct reading *at, const char *what)
{
	struct buf text = {0};

	if (at->both.len > 0)
		buf_printf(
		    &text, "layout of both %s; -f says which", at->both.data);
	else
		buf_printf(&text, "%s of no known layout", what);
	refuse(at, 0, "", 0, text.data);
	buf_free(&text);
}

/* CSV. */

struct headings {
	char **of;
	size_t n;
};

static bool
has_heading(const char *name, void *arg)
{
	const struct headings *names = arg;
	size_t i;

	for (i = 0; i < names->n; i++)
		if (schema_same_name(names->of[i], name))
			return true;
	return false;
}

static void
free_cells(const struct row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		free(row->cells[i]);
}

static bool
is_empty(const struct row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		if (row->cells[i][0] != '\0')
			return false;
	return true;
}

/* Makes the cells copies of their own, without white space around them. */
static void
trim(const struct row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		row->cells[i] = cell_trim(row->cells[i], strlen(row->cells[i]));
}

/* Keeps a row that could not be read until it is known who refuses it. */
static void
keep_broken(struct reading *at, const struct row *row)
{
	struct broken *b;

	at->broken =
	    mem_resize(at->broken, (at->n_broken + 1) * sizeof *at->broken);
	b = &at->broken[at->n_broken++];
	b->line = row->line;
	b->text = mem_text(row->text, row->len);
	b->len = row->len;
	b->error = mem_text(row->error, strlen(row->error));
}

/* Refuses those rows, where the sheet has not done so. */
static void
drop_broken(struct reading *at, bool refused)
{
	struct broken *b;
	size_t i;

	for (i = 0; i < at->n_broken; i++) {
		b = &at->broken[i];
		if (refused)
			refuse(at, b->line, b->text, b->len, b->error);
		free(b->text);
		free(b->error);
	}
	free(at->broken);
	at->broken = NULL;
	at->n_broken = 0;
}

/* Whether a row is the heading of a scanner's file. */
static bool
take_heading(struct reading *at, const struct row *row)
{
	struct headings names = {row->cells, row->n};
	const struct map *map;
	size_t i;

	if (at->source->schema != NULL || row->error != NULL ||
	    at->rows >= MOST_ABOVE)
		return false;
	map = find_map(at, MAP_CSV, has_heading, &names);
	if (map == NULL)
		return false;
	at->headings = mem_zero(row->n + 1, sizeof *at->headings);
	at->n_headings = row->n;
	begin(at, map);
	for (i = 0; i < row->n; i++) {
		if (*row->cells[i] == '\0')
			continue;
		at->headings[i] = map_spelling(map, row->cells[i]);
		index_add(at->headings[i] != NULL ? &at->tally->used
						  : &at->tally->ignored,
		    row->cells[i]);
	}
	return true;
}

/* A row under the heading: of columns headed alike, the first with text. */
static void
take_finding(struct reading *at, const struct row *row)
{
	struct item item = {.source = at->file, .line = row->line};
	json_t *value = json_object();
	struct buf what = {0};
	size_t i;

	if (row->error != NULL) {
		refuse(at, row->line, row->text, row->len, row->error);
	} else if (row->n != at->n_headings) {
		buf_printf(&what, "%zu cells under %zu headings", row->n,
		    at->n_headings);
		refuse(at, row->line, row->text, row->len, what.data);
	} else {
		for (i = 0; i < row->n; i++)
			if (*row->cells[i] != '\0' && at->headings[i] != NULL &&
			    json_object_get(value, at->headings[i]) == NULL)
				json_object_set_new(value, at->headings[i],
				    json_string(row->cells[i]));
		item.value = value;
		scan_take(
		    at->source->scan, &item, row->text, row->len, row->bytes);
	}
	buf_free(&what);
	json_decref(value);
}

static void
take_row(const struct row *row, void *arg)
{
	struct reading *at = arg;

	trim(row);
	if (at->map != NULL && row->error == NULL && is_empty(row)) {
		at->tally->empty++;
	} else if (at->map != NULL) {
		take_finding(at, row);
	} else if (!sheet_is_headed(at->sheet) && take_heading(at, row)) {
		at->tally->above = at->rows;
		at->tally->empty = at->blank;
		drop_broken(at, true);
	} else {
		if (row->error != NULL && at->rows < MOST_ABOVE)
			keep_broken(at, row);
		at->rows += row->error == NULL && !is_empty(row);
		at->blank += row->error == NULL && is_empty(row);
		sheet_row(at->sheet, row);
	}
	free_cells(row);
}

static int
read_csv(struct reading *at, struct input *in)
{
	int status, error;

	if (input_decode(in, at->source->encoding) < 0)
		return -1;
	at->sheet = sheet_open(at->file, at->source->schema, at->source->give);
	status = table_read(in, take_row, at);
	error = errno;
	drop_broken(at, false);
	if (at->map == NULL && at->both.len == 0)
		sheet_close(at->sheet, at->tally);
	else
		sheet_abandon(at->sheet);
	if (at->both.len > 0)
		refuse_layout(at, "headings");
	free(at->headings);
	errno = error;
	return status;
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

static int
slurp(struct input *in, struct buf *all)
{
	const char *block;
	size_t len;
	int got;

	while ((got = input_block(in, &block, &len)) > 0)
		buf_add(all, block, len);
	return got;
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
		buf_printf(&what, "not JSON: %s", error.text);
		refuse(at, error.line > 0 ? (unsigned long)error.line : 0, "",
		    0, what.data);
		buf_free(&what);
		return;
	}
	map = json_is_null(root) && at->source->map != NULL &&
		      map_form(at->source->map) == MAP_JSON
		  ? at->source->map
		  : find_map(at, MAP_JSON, has_path, root);
	if (map == NULL) {
		refuse_layout(at, "JSON");
	} else {
		begin(at, map);
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

	if (status == 0 && text.len > 0)
		replace_nul(&text);
	if (status == 0)
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
	const struct map *map = find_map(at, MAP_XML, is_root, (void *)root);

	if (map == NULL)
		return NULL;
	begin(at, map);
	return map_items(map);
}

static int
read_xml(struct reading *at, struct input *in)
{
	char *error = NULL;
	int status = xml_read(in, choose, take_found, at, &error);

	if (status < 0 && error != NULL) {
		refuse(at, 0, "", 0, error);
		free(error);
		return 0;
	}
	if (status == 0 && at->map == NULL)
		refuse_layout(at, "XML");
	return status;
}

static bool
has_ending(const char *name, const char *const *endings)
{
	const char *dot = strrchr(name, '.');

	for (; dot != NULL && *endings != NULL; endings++)
		if (strcasecmp(dot, *endings) == 0)
			return true;
	return false;
}

/* Whether a line is a record: an object that has a type. */
static bool
is_record(const char *line, size_t len)
{
	json_error_t error;
	json_t *object = json_loadb(line, len, 0, &error);
	bool is = json_is_string(json_object_get(object, "type"));

	json_decref(object);
	return is;
}

enum kind_of_source { IS_CSV, IS_LINES, IS_JSON, IS_XML, NOT_YET };

/*
 * What text that begins with a brace is: JSON Lines where its first line is a
 * record, or the next begins with a brace as well; else a document.
 */
static enum kind_of_source
kind_of_json(const char *text, size_t len, bool ended)
{
	const char *end = memchr(text, '\n', len), *next;

	if (end == NULL && len > LINE_LIMIT)
		return IS_JSON; /* too long for a record */
	if (end == NULL && !ended)
		return NOT_YET;
	if (end == NULL)
		end = text + len;
	if (is_record(text, (size_t)(end - text)))
		return IS_LINES;
	for (next = end; next < text + len; next++)
		if (strchr(" \t\r\n", *next) == NULL)
			return *next == '{' && next[-1] == '\n' ? IS_LINES
								: IS_JSON;
	return ended ? IS_JSON : NOT_YET;
}

/* What a file is by how it begins, a byte order mark and white space apart. */
static enum kind_of_source
kind_of_text(const char *text, size_t len, bool ended)
{
	if (len < 3 && !ended)
		return NOT_YET;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	for (; len > 0 && strchr(" \t\r\n", *text) != NULL; text++)
		len--;
	if (len == 0)
		return ended ? IS_CSV : NOT_YET;
	if (*text == '{')
		return kind_of_json(text, len, ended);
	return *text == '<' ? IS_XML : *text == '[' ? IS_JSON : IS_CSV;
}

/* What a file is: by its name, or else by as much of it as that takes. */
static int
find_kind(struct input *in, enum kind_of_source *kind)
{
	static const char *const csv[] = {".csv", ".tsv", NULL};
	static const char *const lines[] = {".jsonl", ".ndjson", NULL};
	static const char *const json[] = {".json", NULL};
	static const char *const xml[] = {".xml", ".nessus", NULL};
	const char *text;
	size_t len;
	int got = 1;

	*kind = has_ending(in->name, csv)     ? IS_CSV
		: has_ending(in->name, lines) ? IS_LINES
		: has_ending(in->name, xml)   ? IS_XML
					      : NOT_YET;
	while (*kind == NOT_YET) {
		input_ahead(in, &text, &len);
		*kind = kind_of_text(text, len, got == 0);
		if (*kind == NOT_YET && (got = input_more(in)) < 0)
			return -1;
	}
	if (*kind == IS_CSV && has_ending(in->name, json))
		*kind = len >= 4 && memcmp(text, "null", 4) == 0 ? IS_JSON
								 : IS_LINES;
	return 0;
}

int
source_read(struct source *s, struct input *in)
{
	struct reading at = {.source = s,
	    .file = in->name,
	    .tally = tally_of(&s->tallies, in->name)};
	enum kind_of_source kind;
	int status = -1, error;

	if (find_kind(in, &kind) < 0)
		return -1;
	if (s->scan == NULL) {
		/* What jansson builds of findings: no memory is the end. */
		json_set_alloc_funcs(mem_alloc, free);
		s->scan = scan_open(s->give);
	}
	switch (kind) {
	case IS_CSV:
		status = read_csv(&at, in);
		break;
	case IS_JSON:
		status = read_json(&at, in);
		break;
	case IS_XML:
		status = read_xml(&at, in);
		break;
	case IS_LINES:
	case NOT_YET:
		at.tally->layout = "JSON Lines";
		return FILTER_LINES;
	}
	error = errno;
	if (at.map != NULL)
		scan_end(s->scan);
	errno = error;
	buf_free(&at.both);
	return status;
}
