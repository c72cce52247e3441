#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "index.h"
#include "sheet-private.h"
#include "tally.h"
#include "utf8.h"
#include "wide.h"

#define MOST_ABOVE 30		    /* rows that are looked at for a heading */
#define MOST_HELD ((size_t)1 << 20) /* bytes of them that are kept for it */

/* Whether there is text in none of them, once they are trimmed. */
static bool
are_empty(char **cells, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if (cells[i][0] != '\0')
			return false;
	return true;
}

/* Whether a row is the heading once more, as at the top of a printed page. */
static bool
is_heading(const struct sheet *sheet, const struct row *row, char **cells)
{
	size_t i;

	if (row->error != NULL || row->n != sheet->n_columns)
		return false;
	for (i = 0; i < row->n; i++)
		if (strcmp(cells[i], sheet->top.cells[i]) != 0)
			return false;
	return true;
}

/* A row below the heading. */
static void
take_data(struct sheet *sheet, const struct row *row, char **cells)
{
	if (sheet->refused) {
		sheet->left_out++;
	} else if (is_heading(sheet, row, cells)) {
		sheet->again++;
		sheet_remember(sheet, NULL);
	} else if (sheet->wide == NULL || row->error != NULL ||
		   row->n != sheet->n_columns) {
		sheet_take(sheet, row, cells);
	} else {
		switch (wide_take(sheet->wide, row, cells)) {
		case WIDE_REFUSED:
			sheet->refused = true;
			sheet->left_out++;
			break;
		case WIDE_NOTHING:
			sheet->bare++;
			break;
		case WIDE_HEADING:
			sheet->above++;
			break;
		case WIDE_RECORDS:
			break;
		}
	}
}

/* Takes a row as the heading: its type, and what each column is. */
static int
read_heading(struct sheet *sheet, const struct held *h)
{
	const struct schema *s = h->as.schema;
	const struct field **fields;
	const char *twice;

	if (h->row.error != NULL)
		return rec_complain(&sheet->heading, "%s", h->row.error);
	if (!h->as.complete && sheet->schema == NULL) {
		sheet->no_type = true;
		sheet->is_scan = s == NULL || h->as.known < 2 ||
				 strcmp(s->type, "vulnerability") == 0;
		return heading_complain(
		    &sheet->heading, &h->as, h->row.cells, h->row.n);
	}
	if (h->as.other != NULL)
		return rec_complain(&sheet->heading,
		    "headings of both %s and %s; -t says which", s->type,
		    h->as.other->type);
	sheet->schema = s;
	fields = mem_zero(h->row.n + 1, sizeof *fields);
	twice = heading_fields(s, h->row.cells, h->row.n, fields);
	if (h->wide)
		wide_fields(fields, h->row.n);
	if (twice == NULL || h->wide)
		sheet_columns(sheet, h->row.cells, fields, h->row.n);
	free(fields);
	if (twice != NULL && !h->wide)
		return rec_complain(&sheet->heading,
		    "%s: two columns have this heading", twice);
	return h->wide && (sheet->wide = wide_open(sheet)) == NULL ? -1 : 0;
}

static void
free_row(struct row *row)
{
	size_t i;

	for (i = 0; i < row->n; i++)
		free(row->cells[i]);
	free(row->cells);
	free((char *)row->text);
}

/* What kind of heading a row would be: the better, the more. */
static size_t
quality(const struct sheet *sheet, const struct held *h)
{
	const size_t complete = 1 << 30;

	if (h->as.complete)
		return (h->as.sure ? 2 : 1) * complete + h->as.known;
	/* Where the type is said, the first, whatever it is. */
	return sheet->schema != NULL ? 0 : h->as.known;
}

/*
 * Passes over the first rows that are held; but one without cells, which might
 * be anything, is refused.
 */
static void
pass_over(struct sheet *sheet, size_t n)
{
	struct record r;
	size_t i;

	for (i = 0; i < n; i++) {
		if (sheet->held[i].row.error == NULL) {
			sheet->above++;
			continue;
		}
		r = sheet_record(sheet, &sheet->held[i].row);
		rec_complain(&r, "%s", sheet->held[i].row.error);
		sheet->give(&r);
	}
}

/*
 * Settles which of the rows held is the heading: the first of the best.  Those
 * above it are passed over, those below it are taken.
 */
static void
settle(struct sheet *sheet)
{
	struct held *held = sheet->held;
	size_t i, best = 0;

	sheet->headed = true;
	for (i = 1; i < sheet->n_held; i++)
		if (quality(sheet, &held[i]) > quality(sheet, &held[best]))
			best = i;
	pass_over(sheet, best);
	sheet->heading = sheet_record(sheet, &held[best].row);
	sheet->top = held[best].row;
	sheet->refused = read_heading(sheet, &held[best]) < 0;
	for (i = best + 1; i < sheet->n_held; i++)
		take_data(sheet, &held[i].row, held[i].row.cells);
	for (i = 0; i < sheet->n_held; i++)
		if (i != best)
			free_row(&held[i].row);
	sheet->n_held = 0;
}

/* A row of which the heading may be; its cells are kept. */
static void
hold(struct sheet *sheet, const struct row *row, char **cells)
{
	struct held *h;
	const struct schema *wide;

	sheet->held =
	    mem_resize(sheet->held, (sheet->n_held + 1) * sizeof *sheet->held);
	h = &sheet->held[sheet->n_held++];
	*h = (struct held){.row = *row};
	h->row.cells = cells;
	h->row.text = mem_text(row->text, row->len);
	sheet->held_bytes += row->len;
	if (row->error == NULL)
		heading_judge(&h->as, sheet->schema, cells, row->n);
	wide = row->error == NULL && !h->as.complete
		   ? wide_schema(sheet->schema, cells, row->n)
		   : NULL;
	if (wide != NULL) {
		h->as = (struct heading){
		    .schema = wide, .complete = true, .sure = true};
		h->wide = true;
	}
	if (h->as.sure || sheet->n_held == MOST_ABOVE ||
	    sheet->held_bytes > MOST_HELD)
		settle(sheet);
}

struct sheet *
sheet_open(const char *source, const struct schema *schema,
    void (*give)(struct record *))
{
	struct sheet *sheet = mem_zero(1, sizeof *sheet);

	sheet->source = source;
	sheet->schema = schema;
	sheet->give = give;
	return sheet;
}

void
sheet_pass_over(struct sheet *sheet, struct tally *tally)
{
	pass_over(sheet, sheet->n_held);
	tally->above += sheet->above;
}

bool
sheet_is_headed(const struct sheet *sheet)
{
	return sheet->headed;
}

void
sheet_row(struct sheet *sheet, const struct row *row)
{
	char **cells = mem_zero(row->n + 1, sizeof *cells);
	size_t i;

	for (i = 0; i < row->n; i++)
		cells[i] = cell_trim(row->cells[i], strlen(row->cells[i]));
	if (row->error == NULL && are_empty(cells, row->n)) {
		sheet_remember(sheet, NULL); /* white space alone */
		sheet->empty++;
	} else if (!sheet->headed) {
		hold(sheet, row, cells);
		return;
	} else {
		take_data(sheet, row, cells);
	}
	for (i = 0; i < row->n; i++)
		free(cells[i]);
	free(cells);
}

/* Says what was passed over or filled in, in one line. */
static void
say(const struct sheet *sheet, bool is_told)
{
	const struct {
		const char *what;
		unsigned long n;
	} parts[] = {{"rows above the heading", is_told ? 0 : sheet->above},
	    {"headings repeated", is_told ? 0 : sheet->again},
	    {"cells taken from the row above", sheet->filled}};
	struct buf line = {0};
	size_t i, name;

	utf8_visible(&line, sheet->source, strlen(sheet->source));
	name = line.len;
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (parts[i].n > 0)
			buf_printf(&line, "%s%s: %lu",
			    line.len == name ? ": " : ", ", parts[i].what,
			    parts[i].n);
	if (line.len > name)
		warnx("%s", line.data);
	buf_free(&line);
}

static void
fill_tally(const struct sheet *sheet, struct tally *tally)
{
	size_t i;
	bool used;

	tally->above += sheet->above;
	tally->under += sheet->left_out;
	tally->repeated += sheet->again;
	tally->empty += sheet->empty;
	tally->bare += sheet->bare;
	if (sheet->refused)
		return; /* there are no columns */
	tally->layout = sheet->schema->type;
	tally->by_cells = sheet->wide != NULL;
	for (i = 0; i < sheet->n_columns; i++) {
		used = sheet->columns[i].field != NULL ||
		       sheet->columns[i].is_type ||
		       (sheet->wide != NULL && wide_has(sheet->wide, i));
		if (*sheet->top.cells[i] != '\0')
			index_add(used ? &tally->used : &tally->kept,
			    sheet->top.cells[i]);
	}
}

/* What else there is to say of a file of no type: it may be a scanner's. */
static void
advise(struct sheet *sheet, const char *misfit)
{
	if (misfit != NULL)
		rec_complain(&sheet->heading, "%s", misfit);
	else if (sheet->is_scan)
		rec_complain(&sheet->heading,
		    "a scanner's file needs a map: see -f in intake(1), and "
		    "risk-map(5)");
}

void
sheet_close(struct sheet *sheet, struct tally *tally, const char *misfit)
{
	if (!sheet->headed && sheet->n_held > 0)
		settle(sheet);
	if (!sheet->headed) {
		sheet->heading.source = sheet->source;
		sheet->heading.came = "";
		rec_complain(&sheet->heading, "empty: no heading row");
		sheet->refused = true;
	}
	if (sheet->no_type && tally != NULL)
		advise(sheet, misfit);
	if (sheet->refused) {
		if (sheet->left_out > 0)
			rec_complain(&sheet->heading,
			    "rows left out under it: %lu", sheet->left_out);
		sheet->give(&sheet->heading);
	}
	if (tally != NULL)
		fill_tally(sheet, tally);
	say(sheet, tally != NULL);
	sheet_abandon(sheet);
}

void
sheet_abandon(struct sheet *sheet)
{
	size_t i;

	for (i = 0; i < sheet->n_held; i++)
		free_row(&sheet->held[i].row);
	free(sheet->held);
	for (i = 0; i < sheet->n_columns; i++)
		free(sheet->columns[i].name);
	free(sheet->columns);
	free_row(&sheet->top);
	rec_free(&sheet->heading);
	wide_close(sheet->wide);
	free(sheet->last);
	free(sheet);
}

static void
take_row(const struct row *row, void *arg)
{
	sheet_row(arg, row);
}

int
sheet_read(struct input *in, const char *encoding, const struct schema *schema,
    void (*give)(struct record *))
{
	struct sheet *sheet;
	int status;

	if (input_decode(in, encoding) < 0)
		return -1;
	sheet = sheet_open(in->name, schema, give);
	status = table_read(in, take_row, sheet);
	if (status == 0 || sheet->headed || sheet->n_held > 0)
		sheet_close(sheet, NULL, NULL);
	else
		sheet_abandon(sheet);
	return status;
}
