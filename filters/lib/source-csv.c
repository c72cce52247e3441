#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "sheet.h"
#include "source-private.h"
#include "table.h"

/* A file of CSV that is being read. */
struct csv {
	struct reading *at;
	struct sheet *sheet;   /* what reads a register */
	const char **headings; /* as the map spells them; NULL: not used */
	size_t n_headings;
	unsigned long blank; /* rows above the heading without text */
};

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

/* Whether a row is the heading of a scanner's file. */
static bool
take_heading(struct csv *csv, const struct row *row)
{
	struct headings names = {row->cells, row->n};
	struct reading *at = csv->at;
	const struct map *map;
	size_t i;

	if (at->source->schema != NULL || row->error != NULL)
		return false;
	map = source_map(at, MAP_CSV, has_heading, &names);
	if (map == NULL)
		return false;
	csv->headings = mem_zero(row->n + 1, sizeof *csv->headings);
	csv->n_headings = row->n;
	source_begin(at, map);
	for (i = 0; i < row->n; i++) {
		if (*row->cells[i] == '\0')
			continue;
		csv->headings[i] = map_spelling(map, row->cells[i]);
		index_add(csv->headings[i] != NULL ? &at->tally->used
						   : &at->tally->ignored,
		    row->cells[i]);
	}
	return true;
}

/* A row under the heading: of columns headed alike, the first with text. */
static void
take_finding(struct csv *csv, const struct row *row)
{
	struct reading *at = csv->at;
	struct item item = {.source = at->file, .line = row->line};
	json_t *value = json_object();
	struct buf what = {0};
	size_t i;

	if (row->error != NULL) {
		source_refuse(at, row->line, row->text, row->len, row->error);
	} else if (row->n != csv->n_headings) {
		buf_printf(&what, "%zu cells under %zu headings", row->n,
		    csv->n_headings);
		source_refuse(at, row->line, row->text, row->len, what.data);
	} else {
		for (i = 0; i < row->n; i++)
			if (*row->cells[i] != '\0' &&
			    csv->headings[i] != NULL &&
			    json_object_get(value, csv->headings[i]) == NULL)
				json_object_set_new(value, csv->headings[i],
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
	struct csv *csv = arg;
	const struct reading *at = csv->at;

	trim(row);
	if (at->map != NULL && row->error == NULL && is_empty(row)) {
		at->tally->empty++;
	} else if (at->map != NULL) {
		take_finding(csv, row);
	} else if (!sheet_is_headed(csv->sheet) && take_heading(csv, row)) {
		sheet_pass_over(csv->sheet, at->tally);
		at->tally->empty = csv->blank;
	} else {
		csv->blank += row->error == NULL && is_empty(row);
		sheet_row(csv->sheet, row);
	}
	free_cells(row);
}

int
source_read_csv(struct reading *at, struct input *in)
{
	struct csv csv = {.at = at};
	int status, error;

	if (input_decode(in, at->source->encoding) < 0)
		return -1;
	csv.sheet = sheet_open(at->file, at->source->schema, at->source->give);
	status = table_read(in, take_row, &csv);
	error = errno;
	if (at->map == NULL && at->both.len == 0)
		sheet_close(csv.sheet, at->tally,
		    at->misfit.len > 0 ? at->misfit.data : NULL);
	else
		sheet_abandon(csv.sheet);
	if (at->both.len > 0)
		source_refuse_layout(at, "headings");
	free(csv.headings);
	errno = error;
	return status;
}
