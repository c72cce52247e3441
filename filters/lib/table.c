#include <csv.h>
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "status.h"
#include "table.h"
#include "utf8.h"

/*
 * By how many bytes libcsv's memory for a cell grows: by its own 128 a cell of
 * some mebibytes would be copied thousands of times.
 */
#define CELL_GROWS ((size_t)1 << 16)

/* What is known of the row that is being read. */
struct reader {
	struct csv_parser csv;
	unsigned long line; /* of the file, counted from 1 */
	struct row row;
	struct buf raw;	  /* the lines of the row so far as they came */
	struct buf text;  /* lines of the row so far */
	struct buf cells; /* each with its NUL byte */
	size_t *offsets;  /* in cells */
	size_t n, n_max;
	const char
	    *bad; /* what makes the row unusable, once its end is found */
	void (*give)(const struct row *, void *);
	void *arg;
};

static void
take_cell(void *bytes, size_t len, void *arg)
{
	struct reader *t = arg;
	const char *cell = bytes;
	size_t i;

	if (t->n == t->n_max) {
		t->n_max = t->n_max > 0 ? t->n_max * 2 : 32;
		t->offsets =
		    mem_resize(t->offsets, t->n_max * sizeof *t->offsets);
		t->row.cells =
		    mem_resize(t->row.cells, t->n_max * sizeof *t->row.cells);
	}
	t->offsets[t->n++] = t->cells.len;
	for (i = 0; i < len; i++)
		if (cell[i] != '\r' || i + 1 == len || cell[i + 1] != '\n')
			buf_char(&t->cells, cell[i]);
	buf_char(&t->cells, '\0');
}

static void
next_row(struct reader *t)
{
	t->bad = NULL;
	t->n = 0;
	buf_clear(&t->cells);
	t->row.line = 0;
	t->row.error = NULL;
}

static void
give_row(struct reader *t)
{
	if (t->row.line == 0) /* a row behind another on the same line */
		t->row.line = t->line;
	t->row.text = t->bad != NULL ? t->raw.data : t->text.data;
	t->row.len = t->bad != NULL ? t->raw.len : t->text.len;
	if (t->bad != NULL) {
		t->row.error = t->bad;
		t->row.n = 0;
	}
	while (t->row.len > 0 && (t->row.text[t->row.len - 1] == '\n' ||
				     t->row.text[t->row.len - 1] == '\r'))
		t->row.len--;
	if (t->row.bytes < t->row.len)
		t->row.bytes = t->row.len;
	t->give(&t->row, t->arg);
	next_row(t);
}

static void
end_row(int end, void *arg)
{
	struct reader *t = arg;
	bool blank = true;
	size_t i;

	(void)end;
	for (i = 0; i < t->n; i++) {
		t->row.cells[i] = t->cells.data + t->offsets[i];
		if (t->row.cells[i][0] != '\0')
			blank = false;
	}
	t->row.n = t->n;
	if (t->n > 0 && !blank)
		give_row(t);
	else
		next_row(t);
}

static void
start_csv(struct reader *t, unsigned char separator)
{
	if (csv_init(&t->csv, CSV_STRICT | CSV_STRICT_FINI) != 0)
		errx(TROUBLE, "out of memory");
	csv_set_delim(&t->csv, separator);
	csv_set_blk_size(&t->csv, CELL_GROWS);
}

/* Gives up the row: everything since it began goes to give() as it came. */
static void
refuse_row(struct reader *t, const char *error)
{
	unsigned char separator = csv_get_delim(&t->csv);

	t->row.error = error;
	t->row.n = 0;
	give_row(t);
	csv_free(&t->csv);
	start_csv(t, separator);
}

static const char candidates[] = ",;\t";

/* How often each stands outside quotes, in the first row so far. */
struct separators {
	size_t count[3];
	bool quoted;
};

static void
count_separators(struct separators *s, const char *text, size_t len)
{
	const char *c;
	size_t i;

	for (i = 0; i < len && (s->quoted || text[i] != '\n'); i++) {
		if (text[i] == '"')
			s->quoted = !s->quoted;
		c = s->quoted || text[i] == '\0' ? NULL
						 : strchr(candidates, text[i]);
		if (c != NULL)
			s->count[c - candidates]++;
	}
}

/* The one that the first row has most of: its line, and what a quote ties on.
 */
static unsigned char
find_separator(const struct input *in, const struct input_line *line)
{
	struct separators s = {0};
	size_t i, best = 0, len;
	const char *text;

	count_separators(&s, line->text, line->len);
	if (s.quoted) {
		input_ahead(in, &text, &len);
		count_separators(&s, text, len);
	}
	for (i = 1; i < 3; i++)
		if (s.count[i] > s.count[best])
			best = i;
	return (unsigned char)candidates[best];
}

/* Makes bytes harmless that are no text, so that the end of the row is found.
 */
static void
blot(char *text, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)text[i] >= 0x80 || text[i] == '\0')
			text[i] = '?';
}

static void
take_line(struct reader *t, const struct input_line *line)
{
	size_t used;

	if (t->row.line == 0) {
		if (input_is_blank(line))
			return;
		t->row.line = t->line;
		t->row.bytes = 0;
		buf_clear(&t->text);
		buf_clear(&t->raw);
	}
	buf_add(&t->raw, line->raw, line->raw_len);
	buf_char(&t->raw, '\n');
	if (line->bytes > line->raw_len) {
		t->row.bytes = t->text.len + line->bytes;
		buf_add(&t->text, line->text, line->len);
		refuse_row(t, "the line is longer than 8 MiB");
		return;
	}
	buf_add(&t->text, line->text, line->len);
	buf_char(&t->text, '\n');
	if (t->text.len > LINE_LIMIT) {
		refuse_row(t, "the row is longer than 8 MiB");
		return;
	}
	if (memchr(line->text, '\0', line->len) != NULL)
		t->bad = "a NUL byte";
	else if (utf8_valid(line->text, line->len) < line->len)
		t->bad = "not text of the file's encoding";
	if (t->bad != NULL)
		blot(t->text.data + t->text.len - line->len - 1, line->len);
	used = csv_parse(&t->csv, t->text.data + t->text.len - line->len - 1,
	    line->len + 1, take_cell, end_row, t);
	if (used < line->len + 1) {
		if (csv_error(&t->csv) == CSV_ENOMEM)
			errx(TROUBLE, "out of memory");
		refuse_row(t, "a quotation mark stands where none may");
	}
}

/* A row before the first that has text: of separators alone. */
static bool
has_no_text(const struct input_line *line)
{
	size_t i;

	for (i = 0; i < line->len; i++)
		if (memchr(" \t\r,;", line->text[i], 5) == NULL)
			return false;
	return true;
}

int
table_read(
    struct input *in, void (*give)(const struct row *, void *), void *arg)
{
	struct reader t = {.give = give, .arg = arg};
	struct input_line line;
	bool started = false;
	int got;

	while ((got = input_next(in, &line)) > 0) {
		t.line++;
		if (!started && has_no_text(&line))
			continue;
		if (!started) {
			started = true;
			start_csv(&t, find_separator(in, &line));
		}
		take_line(&t, &line);
	}
	if (started) {
		if (csv_fini(&t.csv, take_cell, end_row, &t) != 0 && got == 0)
			refuse_row(&t, "a quoted cell is never closed");
		csv_free(&t.csv);
	}
	free(t.offsets);
	free(t.row.cells);
	buf_free(&t.text);
	buf_free(&t.raw);
	buf_free(&t.cells);
	return got;
}
