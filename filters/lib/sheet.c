#include <stdlib.h>
#include <string.h>

#include "cell.h"
#include "index.h"
#include "object.h"
#include "sheet.h"
#include "table.h"

/* A column: the field it holds, or the name it is kept under. */
struct column {
	const struct field *field; /* NULL where no field is known by it */
	char *name;
	bool is_type; /* headed "type": the type itself is not kept twice */
};

struct sheet {
	const char *source;
	const struct schema *schema; /* NULL: to be recognised */
	struct column *columns;	     /* NULL until the heading has come */
	size_t n_columns;
	bool refused; /* the heading was; rows are only counted */
	unsigned long rows;
	struct record heading;
	void (*give)(struct record *);
};

/*
 * How well a heading fits a field: 1 its first title or its own name, 2 the
 * second, and so on; 0 not at all.  Fields that a program writes are known by
 * their own name only.
 */
static size_t
rank_of(const struct field *f, const char *heading)
{
	const char **title;
	size_t rank;
	int lang;

	if (strcmp(f->name, heading) == 0)
		return 1;
	if (f->writer != NULL || strcmp(f->name, "type") == 0)
		return 0;
	for (lang = ZH; lang <= EN; lang++)
		for (title = f->titles.of[lang], rank = 1; *title != NULL;
		     title++, rank++)
			if (schema_same_name(*title, heading))
				return rank;
	return schema_same_name(f->name, heading) ? 1 : 0;
}

/* Two columns that fit one field equally well: which is meant? */
static const char *
conflict(const struct schema *s, char **headings, size_t n, const size_t *best)
{
	const struct field *f;
	size_t i, k, count;

	for (k = 0; k < s->rule.n_fields; k++) {
		f = &s->rule.fields[k];
		for (i = count = 0; i < n; i++)
			count +=
			    best[k] > 0 && rank_of(f, headings[i]) == best[k];
		if (count > 1)
			return f->name;
	}
	return NULL;
}

/*
 * Assigns to each column the field of s that it fits, each field to the
 * column that fits it best.  Returns the number of columns so assigned; a
 * field that two fit equally well is named in *twice.
 */
static size_t
assign(const struct schema *s, char **headings, size_t n,
    const struct field **fields, const char **twice)
{
	size_t *best, i, k, rank, count = 0;

	best = mem_zero(s->rule.n_fields, sizeof *best);
	memset(fields, 0, n * sizeof *fields);
	for (k = 0; k < s->rule.n_fields; k++)
		for (i = 0; i < n; i++) {
			rank = rank_of(&s->rule.fields[k], headings[i]);
			if (rank > 0 && (best[k] == 0 || rank < best[k]))
				best[k] = rank;
		}
	*twice = conflict(s, headings, n, best);
	for (i = 0; i < n; i++)
		for (k = 0; k < s->rule.n_fields; k++)
			if (best[k] > 0 &&
			    rank_of(&s->rule.fields[k], headings[i]) ==
				best[k] &&
			    (fields[i] == NULL ||
				best[k] < best[fields[i] - s->rule.fields]))
				fields[i] = &s->rule.fields[k];
	for (i = 0; i < n; i++)
		count += fields[i] != NULL;
	free(best);
	return count;
}

struct fields {
	const struct field **of;
	size_t n;
};

static bool
has_column(const char *name, void *arg)
{
	const struct fields *fields = arg;
	size_t i;

	if (strcmp(name, "type") == 0)
		return true;
	for (i = 0; i < fields->n; i++)
		if (fields->of[i] != NULL &&
		    strcmp(fields->of[i]->name, name) == 0)
			return true;
	return false;
}

static int
complain_unknown(
    struct record *heading, const struct schema *nearest, struct fields *fields)
{
	const char **name;
	struct buf lacks = {0};
	const struct field *f;

	if (nearest == NULL)
		return rec_complain(heading, "headings of no record type");
	for (name = nearest->rule.required; *name != NULL; name++) {
		f = schema_field(nearest, *name);
		if (!has_column(*name, fields))
			buf_printf(&lacks, "%s %s (%s)",
			    lacks.len > 0 ? "," : "", *name,
			    f->titles.of[ZH][0]);
	}
	rec_complain(heading, "headings of no record type; nearest is %s%s%s",
	    nearest->type, lacks.len > 0 ? ", which lacks" : "",
	    lacks.len > 0 ? lacks.data : "");
	buf_free(&lacks);
	return -1;
}

/* Finds the type whose fields the headings name, the most of them. */
static int
recognise(struct sheet *sheet, char **headings, size_t n)
{
	const char *const *type;
	const char *twice;
	const struct schema *s, *nearest = NULL, *second = NULL;
	struct fields fields = {mem_zero(n, sizeof *fields.of), n};
	size_t most = 0, near = 0, count;
	int status = 0;

	for (type = schema_types(); *type != NULL; type++) {
		s = schema_find(*type);
		if (s->writer != NULL)
			continue;
		count = assign(s, headings, n, fields.of, &twice);
		if (count > near) {
			near = count;
			nearest = s;
		}
		if (!schema_complete(s, has_column, &fields))
			continue;
		if (count == most && most > 0)
			second = s;
		if (count > most) {
			most = count;
			sheet->schema = s;
			second = NULL;
		}
	}
	if (near > most)
		sheet->schema = NULL; /* it means more to another type */
	if (sheet->schema == NULL) {
		if (nearest != NULL)
			assign(nearest, headings, n, fields.of, &twice);
		status = complain_unknown(&sheet->heading, nearest, &fields);
	} else if (second != NULL) {
		status = rec_complain(&sheet->heading,
		    "headings of both %s and %s; -t says which",
		    sheet->schema->type, second->type);
	}
	free(fields.of);
	return status;
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

static void
name_columns(
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
}

static int
read_heading(struct sheet *sheet, char **headings, size_t n)
{
	const struct field **fields;
	const char *twice;

	if (sheet->schema == NULL && recognise(sheet, headings, n) < 0)
		return -1;
	fields = mem_zero(n, sizeof *fields);
	assign(sheet->schema, headings, n, fields, &twice);
	if (twice != NULL) {
		free(fields);
		return rec_complain(&sheet->heading,
		    "%s: two columns have this heading", twice);
	}
	name_columns(sheet, headings, fields, n);
	free(fields);
	return 0;
}

static void
write_column(struct buf *b, const struct column *c, const char *text)
{
	if (*text == '\0')
		return;
	obj_name(b, c->name);
	if (c->field != NULL)
		cell_write(b, &c->field->rule, text);
	else
		obj_quote(b, text, strlen(text));
}

static bool
is_named(const struct column *c, const char *name)
{
	return c->field != NULL && strcmp(c->field->name, name) == 0;
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
			write_column(b, &c[i], cells[i]);
	for (i = 0; i < sheet->n_columns; i++)
		if (!is_named(&c[i], "id") &&
		    !(c[i].is_type &&
			strcmp(cells[i], sheet->schema->type) == 0))
			write_column(b, &c[i], cells[i]);
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

static void
trim_cells(char **cells, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		cells[i] = cell_trim(cells[i], strlen(cells[i]));
}

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

static void
take_heading(struct sheet *sheet, const struct row *row, char **cells)
{
	sheet->heading.source = sheet->source;
	sheet->heading.line = row->line;
	sheet->heading.came = mem_text(row->text, row->len);
	sheet->heading.came_len = row->len;
	sheet->heading.came_bytes = row->bytes;
	sheet->refused =
	    row->error != NULL
		? rec_complain(&sheet->heading, "%s", row->error) < 0
		: read_heading(sheet, cells, row->n) < 0;
}

static void
take_row(const struct row *row, void *arg)
{
	struct sheet *sheet = arg;
	struct record r = {.source = sheet->source,
	    .line = row->line,
	    .came = row->text,
	    .came_len = row->len,
	    .came_bytes = row->bytes};
	struct buf text = {0};
	char **cells = row->cells;
	size_t i;

	trim_cells(cells, row->n);
	if (row->error == NULL && are_empty(cells, row->n)) {
		/* A row of white space alone. */
	} else if (sheet->heading.line == 0) {
		take_heading(sheet, row, cells);
	} else if (sheet->refused) {
		sheet->rows++;
	} else {
		if (row->error != NULL) {
			rec_complain(&r, "%s", row->error);
		} else if (row->n != sheet->n_columns) {
			rec_complain(&r, "%zu cells under %zu headings", row->n,
			    sheet->n_columns);
		} else if (other_type(sheet, cells) != NULL) {
			rec_complain(&r, "type: %s, under headings of %s",
			    other_type(sheet, cells), sheet->schema->type);
		} else {
			write_row(&text, sheet, cells);
			r.text = text.data;
			r.len = text.len;
		}
		sheet->give(&r);
		buf_free(&text);
	}
	for (i = 0; i < row->n; i++)
		free(cells[i]);
}

int
sheet_read(struct input *in, const char *encoding, const struct schema *schema,
    void (*give)(struct record *))
{
	struct sheet sheet = {
	    .source = in->name, .schema = schema, .give = give};
	size_t i;
	int status;

	if (input_decode(in, encoding) < 0)
		return -1;
	status = table_read(in, take_row, &sheet);
	if (status == 0 && sheet.heading.line == 0) {
		sheet.heading.source = sheet.source;
		rec_complain(&sheet.heading, "empty: no heading row");
		sheet.refused = true;
	}
	if (sheet.refused) {
		if (sheet.rows > 0)
			rec_complain(&sheet.heading,
			    "rows left out under it: %lu", sheet.rows);
		give(&sheet.heading);
	}
	for (i = 0; i < sheet.n_columns; i++)
		free(sheet.columns[i].name);
	free(sheet.columns);
	free((char *)sheet.heading.came);
	return status;
}
