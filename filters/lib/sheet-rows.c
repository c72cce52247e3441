#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "index.h"
#include "object.h"
#include "sheet-private.h"

struct record
sheet_record(const struct sheet *sheet, const struct row *row)
{
	return (struct record){.source = sheet->source,
	    .line = row->line,
	    .came = row->text,
	    .came_len = row->len,
	    .came_bytes = row->bytes};
}

void
sheet_write(struct buf *b, const struct column *c, const char *text)
{
	if (*text == '\0')
		return;
	obj_key(b, c->name);
	if (c->field != NULL)
		cell_field(b, c->field, text);
	else
		obj_quote(b, text, strlen(text));
}

/* Names given to columns that are no fields. */
struct naming {
	struct index headings, names;
	size_t *tried; /* by number in headings: the last copy named */
};

/* A name for such a column: its heading, with a number where that is taken. */
static char *
own_name(const struct sheet *sheet, const char *heading, size_t number,
    struct naming *naming)
{
	struct buf base = {0}, name = {0};
	size_t *copy;

	if (*heading != '\0')
		buf_text(&base, heading);
	else
		buf_printf(&base, "column %zu", number + 1);
	copy = &naming->tried[index_add(&naming->headings, base.data)];
	do {
		buf_clear(&name);
		buf_text(&name, base.data);
		if (++*copy > 1)
			buf_printf(&name, " (%zu)", *copy);
	} while (index_find(&naming->names, name.data) != INDEX_NONE ||
		 schema_field(sheet->schema, name.data) != NULL);
	index_add(&naming->names, name.data);
	buf_free(&base);
	return name.data;
}

static bool
is_named(const struct column *c, const char *name)
{
	return c->field != NULL && strcmp(c->field->name, name) == 0;
}

/*
 * The first column that refers to an asset or a threat and must be there.  Of
 * merged cells a spreadsheet saves the text in the first row alone.
 */
static size_t
find_referring(const struct sheet *sheet)
{
	const char **name;
	size_t i;

	for (i = 0; i < sheet->n_columns; i++)
		for (name = sheet->schema->rule.required; *name != NULL; name++)
			if ((is_named(&sheet->columns[i], "asset") ||
				is_named(&sheet->columns[i], "threat")) &&
			    strcmp(sheet->columns[i].name, *name) == 0)
				return i;
	return sheet->n_columns;
}

void
sheet_columns(
    struct sheet *sheet, char **headings, const struct field **fields, size_t n)
{
	struct naming naming = {.tried = mem_zero(n, sizeof *naming.tried)};
	struct column *c;
	size_t i;

	sheet->columns = mem_zero(n, sizeof *sheet->columns);
	sheet->n_columns = n;
	for (i = 0; i < n; i++) {
		c = &sheet->columns[i];
		c->field = fields[i];
		c->is_type =
		    c->field != NULL && strcmp(c->field->name, "type") == 0;
		if (c->is_type)
			c->field = NULL;
		c->name = c->field != NULL
			      ? mem_text(c->field->name, strlen(c->field->name))
			      : own_name(sheet, headings[i], i, &naming);
	}
	index_free(&naming.headings);
	index_free(&naming.names);
	free(naming.tried);
	sheet->referring = find_referring(sheet);
}

/* Writes a row as an object: type, id, and the others in their order. */
static void
write_row(struct buf *b, const struct sheet *sheet, char **cells)
{
	const struct column *c = sheet->columns;
	size_t i;

	obj_begin(b, sheet->schema->type);
	for (i = 0; i < sheet->n_columns; i++)
		if (is_named(&c[i], "id"))
			sheet_write(b, &c[i], cells[i]);
	for (i = 0; i < sheet->n_columns; i++)
		if (!is_named(&c[i], "id") &&
		    !(c[i].is_type &&
			strcmp(cells[i], sheet->schema->type) == 0))
			sheet_write(b, &c[i], cells[i]);
	buf_char(b, '}');
}

/* The type that a row says it is of, where that is another; else NULL. */
static const char *
other_type(const struct sheet *sheet, char **cells)
{
	size_t i;

	for (i = 0; i < sheet->n_columns; i++)
		if (sheet->columns[i].is_type &&
		    strcmp(cells[i], sheet->schema->type) != 0 &&
		    schema_find(cells[i]) != NULL)
			return cells[i];
	return NULL;
}

struct cells {
	const struct sheet *sheet;
	char **of;
};

static bool
has_text(const char *name, void *arg)
{
	const struct cells *cells = arg;
	const struct sheet *sheet = cells->sheet;
	size_t i;

	if (strcmp(name, "type") == 0)
		return true;
	for (i = 0; i < sheet->n_columns; i++)
		if (is_named(&sheet->columns[i], name))
			return *cells->of[i] != '\0' || i == sheet->referring;
	return false;
}

void
sheet_remember(struct sheet *sheet, const char *reference)
{
	free(sheet->last);
	sheet->last =
	    reference != NULL ? mem_text(reference, strlen(reference)) : NULL;
}

/* Whether a row says by its host of which asset it is. */
static bool
has_host(const struct sheet *sheet, char **cells)
{
	size_t i;

	for (i = 0; i < sheet->n_columns; i++)
		if (is_named(&sheet->columns[i], "host") && *cells[i] != '\0')
			return true;
	return false;
}

/*
 * Whether a row that lacks nothing but its reference stands below one that has
 * it: then the cell is that of the row above.
 */
static bool
fill(struct sheet *sheet, char **cells)
{
	struct cells row = {sheet, cells};
	size_t i = sheet->referring;

	if (i == sheet->n_columns)
		return false;
	if (*cells[i] != '\0') {
		sheet_remember(sheet, cells[i]);
		return false;
	}
	if (sheet->last == NULL || has_host(sheet, cells) ||
	    !schema_complete(sheet->schema, has_text, &row)) {
		sheet_remember(sheet, NULL);
		return false;
	}
	free(cells[i]);
	cells[i] = mem_text(sheet->last, strlen(sheet->last));
	sheet->filled++;
	return true;
}

void
sheet_take(struct sheet *sheet, const struct row *row, char **cells)
{
	struct record r = sheet_record(sheet, row);
	struct buf text = {0};
	bool filled;

	if (row->error != NULL) {
		rec_complain(&r, "%s", row->error);
	} else if (row->n != sheet->n_columns) {
		rec_complain(&r, "%zu cells under %zu headings", row->n,
		    sheet->n_columns);
	} else if (other_type(sheet, cells) != NULL) {
		rec_complain(&r, "type: %s, under headings of %s",
		    other_type(sheet, cells), sheet->schema->type);
	}
	if (r.n_errors > 0) {
		sheet_remember(sheet, NULL);
	} else if (sheet->wide == NULL) {
		filled = fill(sheet, cells);
		write_row(&text, sheet, cells);
		if (filled) {
			text.len--; /* the brace */
			obj_string(&text, "from_above",
			    sheet->columns[sheet->referring].name);
			buf_char(&text, '}');
		}
		r.text = text.data;
		r.len = text.len;
	}
	sheet->give(&r);
	buf_free(&text);
}
