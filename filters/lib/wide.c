#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cell.h"
#include "index.h"
#include "object.h"
#include "wide.h"

/* The id and the name in the heading of a column of levels. */
struct wide_column {
	char *id; /* NULL: another column */
	char *name;
};

/* What a row below the headings says of each column: a field, its texts. */
struct attribute {
	const struct field *field;
	char **cells;
};

struct wide {
	struct sheet *sheet;
	const struct field *level; /* frequency, or severity */
	struct wide_column *columns;
	size_t n_columns, asset;
	struct attribute *attributes;
	size_t n_attributes;
	bool begun; /* a row of an asset has come */
};

/* What the letters of an id say that it is of. */
enum letters { NO_ID, OF_ANYTHING, OF_THREAT, OF_VULNERABILITY };

static bool
is_one_of(const char *text, size_t len, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strlen(*list) == len && strncasecmp(text, *list, len) == 0)
			return true;
	return false;
}

/*
 * Whether a heading begins with an id: 1 to 5 letters, perhaps a hyphen, 1 to 4
 * digits, with no more digits of it behind.
 */
static enum letters
read_id(const char *heading, size_t *len)
{
	static const char *const threat[] = {"T", "TH", "THR", NULL};
	static const char *const weakness[] = {"V", "VU", "VUL", "VULN", NULL};
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
	static const char digits[] = "0123456789";
	size_t n = strspn(heading, letters), k;
	const char *rest = heading + n;

	if (n < 1 || n > 5)
		return NO_ID;
	rest += *rest == '-';
	k = strspn(rest, digits);
	if (k < 1 || k > 4)
		return NO_ID;
	rest += k;
	if (*rest != '\0' && strchr(".-_/", *rest) != NULL &&
	    strspn(rest + 1, digits) > 0)
		return NO_ID; /* T1.1, CVE-2021-44228 */
	*len = (size_t)(rest - heading);
	return is_one_of(heading, n, threat)	 ? OF_THREAT
	       : is_one_of(heading, n, weakness) ? OF_VULNERABILITY
						 : OF_ANYTHING;
}

static const char *
type_of(enum letters letters)
{
	return letters == OF_VULNERABILITY ? "vulnerability" : "exposure";
}

/* Of which letters the columns of levels are; NO_ID where they are none. */
static enum letters
find_letters(const struct schema *wanted, char **cells, size_t n)
{
	size_t count[OF_VULNERABILITY + 1] = {0}, i, len;
	enum letters own;

	for (i = 0; i < n; i++)
		count[read_id(cells[i], &len)]++;
	if (wanted != NULL) {
		own = strcmp(wanted->type, type_of(OF_THREAT)) == 0
			  ? OF_THREAT
			  : OF_VULNERABILITY;
		return count[own] >= 2		 ? own
		       : count[OF_ANYTHING] >= 2 ? OF_ANYTHING
						 : NO_ID;
	}
	own = count[OF_THREAT] > 0 ? OF_THREAT : OF_VULNERABILITY;
	return count[own] >= 2 &&
		       (count[OF_THREAT] == 0 || count[OF_VULNERABILITY] == 0)
		   ? own
		   : NO_ID;
}

static size_t
find_asset(const struct schema *s, char **cells, size_t n)
{
	const struct field **fields = mem_zero(n + 1, sizeof *fields);
	size_t i;

	heading_fields(s, cells, n, fields);
	for (i = 0; i < n; i++)
		if (fields[i] != NULL && strcmp(fields[i]->name, "asset") == 0)
			break;
	free(fields);
	return i;
}

const struct schema *
wide_schema(const struct schema *wanted, char **cells, size_t n)
{
	enum letters letters;
	const struct schema *s;

	if (wanted != NULL && strcmp(wanted->type, "exposure") != 0 &&
	    strcmp(wanted->type, "vulnerability") != 0)
		return NULL;
	letters = find_letters(wanted, cells, n);
	if (letters == NO_ID)
		return NULL;
	s = wanted != NULL ? wanted : schema_find(type_of(letters));
	return find_asset(s, cells, n) < n ? s : NULL;
}

void
wide_fields(const struct field **fields, size_t n)
{
	static const char *const own[] = {"asset", "threats", "manners", NULL};
	size_t i;

	for (i = 0; i < n; i++)
		if (fields[i] != NULL &&
		    !is_one_of(fields[i]->name, strlen(fields[i]->name), own))
			fields[i] = NULL;
}

/* What follows the id: text, perhaps behind a mark or in parentheses. */
static char *
read_name(const char *rest)
{
	static const char *const marks[] = {
	    "-", "_", ":", "：", ".", "、", "—", " ", "　"};
	size_t i, len;
	char *name = cell_trim(rest, strlen(rest)), *inner;

	for (i = 0; i < sizeof marks / sizeof marks[0]; i++) {
		len = strlen(marks[i]);
		if (strncmp(name, marks[i], len) == 0) {
			inner = read_name(name + len);
			free(name);
			return inner;
		}
	}
	len = strlen(name);
	if (len > 2 && name[0] == '(' && name[len - 1] == ')')
		inner = cell_trim(name + 1, len - 2);
	else if (len > 6 && strncmp(name, "（", 3) == 0 &&
		 strcmp(name + len - 3, "）") == 0)
		inner = cell_trim(name + 3, len - 6);
	else
		return name;
	free(name);
	return inner;
}

struct wide *
wide_open(struct sheet *sheet)
{
	struct wide *w = mem_zero(1, sizeof *w);
	char **headings = sheet->top.cells;
	size_t n = sheet->n_columns, i, len = 0;
	struct index ids = {0};
	enum letters letters = find_letters(sheet->schema, headings, n);

	w->sheet = sheet;
	w->n_columns = n;
	w->columns = mem_zero(n, sizeof *w->columns);
	w->asset = find_asset(sheet->schema, headings, n);
	w->level = schema_field(sheet->schema,
	    strcmp(sheet->schema->type, "exposure") == 0 ? "frequency"
							 : "severity");
	for (i = 0; i < n; i++) {
		if (sheet->columns[i].field != NULL ||
		    read_id(headings[i], &len) != letters)
			continue;
		w->columns[i].id = mem_text(headings[i], len);
		w->columns[i].name = read_name(headings[i] + len);
		len = ids.count;
		if (index_add(&ids, w->columns[i].id) < len) {
			rec_complain(&sheet->heading,
			    "%s: two columns have this heading",
			    w->columns[i].id);
			wide_close(w);
			w = NULL;
			break;
		}
	}
	index_free(&ids);
	return w;
}

/* Nothing stands in the cell, or a mark that nothing does. */
static bool
is_blank(const char *text)
{
	static const char *const marks[] = {"", "/", "／", "\\", "-", "－", "–",
	    "—", "——", "--", "无", "N/A", "NA", NULL};

	return is_one_of(text, strlen(text), marks);
}

/* The field that a row names, before the first level. */
static const struct field *
label_of(const struct wide *w, char **cells)
{
	const char *text = cells[w->asset];
	const struct field *f;
	size_t i;

	for (i = 0; *text == '\0' && i < w->n_columns; i++)
		if (w->columns[i].id == NULL)
			text = cells[i];
	f = *text != '\0' ? heading_field(w->sheet->schema, text) : NULL;
	if (f == NULL || f == w->level || f->writer != NULL ||
	    strcmp(f->name, "asset") == 0 || strcmp(f->name, "id") == 0 ||
	    strcmp(f->name, "type") == 0 || strcmp(f->name, "threat") == 0)
		return NULL;
	for (i = 0; i < w->n_attributes; i++)
		if (w->attributes[i].field == f)
			return NULL;
	for (i = 0; i < w->n_columns; i++)
		if (w->sheet->columns[i].field == f)
			return NULL;
	return f;
}

static void
keep_attribute(struct wide *w, const struct field *f, char **cells)
{
	struct attribute *a;
	size_t i;

	w->attributes = mem_resize(
	    w->attributes, (w->n_attributes + 1) * sizeof *w->attributes);
	a = &w->attributes[w->n_attributes++];
	a->field = f;
	a->cells = mem_zero(w->n_columns, sizeof *a->cells);
	for (i = 0; i < w->n_columns; i++)
		a->cells[i] = mem_text(cells[i], strlen(cells[i]));
}

/* Whether the records have a field, of a column or of a row above them. */
static bool
has_field(const char *name, void *arg)
{
	const struct wide *w = arg;
	size_t i;

	for (i = 0; i < w->n_attributes; i++)
		if (strcmp(w->attributes[i].field->name, name) == 0)
			return true;
	for (i = 0; i < w->n_columns; i++)
		if (w->sheet->columns[i].field != NULL &&
		    strcmp(w->sheet->columns[i].field->name, name) == 0)
			return true;
	return strcmp(name, "type") == 0 || strcmp(name, "id") == 0 ||
	       strcmp(name, "name") == 0 || strcmp(name, "threat") == 0 ||
	       strcmp(name, w->level->name) == 0;
}

static void
write_field(struct buf *b, const struct field *f, const char *text)
{
	if (is_blank(text))
		return;
	obj_name(b, f->name);
	cell_field(b, f, text);
}

/* A level where an asset meets a column, as a record. */
static void
write_level(struct buf *b, const struct wide *w, size_t at, char **cells)
{
	const struct sheet *sheet = w->sheet;
	const struct wide_column *c = &w->columns[at];
	size_t i;

	obj_begin(b, sheet->schema->type);
	if (schema_field(sheet->schema, "id") != NULL) {
		obj_string(b, "id", c->id);
		for (i = 0; i < w->n_attributes; i++)
			if (strcmp(w->attributes[i].field->name, "name") == 0)
				break;
		if (i == w->n_attributes)
			obj_string(
			    b, "name", *c->name != '\0' ? c->name : c->id);
		obj_string(b, "asset", cells[w->asset]);
	} else {
		obj_string(b, "asset", cells[w->asset]);
		obj_string(b, "threat", c->id);
	}
	for (i = 0; i < w->n_attributes; i++)
		write_field(
		    b, w->attributes[i].field, w->attributes[i].cells[at]);
	write_field(b, w->level, cells[at]);
	for (i = 0; i < w->n_columns; i++)
		if (w->columns[i].id == NULL && i != w->asset)
			sheet_write(b, &sheet->columns[i], cells[i]);
	buf_char(b, '}');
}

/* Gives a record, or the row as refused for what is said. */
static void
give(const struct wide *w, const struct row *row, const struct buf *text,
    const char *where, const char *what)
{
	struct record r = sheet_record(w->sheet, row);

	if (text != NULL) {
		r.text = text->data;
		r.len = text->len;
	} else {
		rec_complain(&r, "%s: %s", where, what);
	}
	w->sheet->give(&r);
}

static void
take_cell(const struct wide *w, const struct row *row, size_t at, char **cells)
{
	struct buf text = {0};

	if (cell_is_level(w->level, cells[at])) {
		write_level(&text, w, at, cells);
		give(w, row, &text, NULL, NULL);
	} else {
		buf_printf(&text, "\"%s\" is no level of %s", cells[at],
		    w->level->titles.of[ZH][0]);
		give(w, row, NULL, w->sheet->top.cells[at], text.data);
	}
	buf_free(&text);
}

enum wide_row
wide_take(struct wide *w, const struct row *row, char **cells)
{
	static const char *const sums[] = {
	    "合计", "小计", "总计", "平均", "total", "sum", NULL};
	const char *asset = cells[w->asset];
	const struct field *label = w->begun ? NULL : label_of(w, cells);
	size_t i;
	bool any = false;

	if (label != NULL) {
		keep_attribute(w, label, cells);
		return WIDE_HEADING;
	}
	if (!w->begun && !schema_complete(w->sheet->schema, has_field, w)) {
		rec_complain(&w->sheet->heading,
		    "a table of vulnerabilities by asset, and no row under the "
		    "headings says their threats (%s or %s)",
		    schema_field(w->sheet->schema, "threats")->titles.of[ZH][0],
		    schema_field(w->sheet->schema, "manners")
			->titles.of[ZH][0]);
		return WIDE_REFUSED;
	}
	w->begun = true;
	for (i = 0; i < w->n_columns; i++)
		any = any || (w->columns[i].id != NULL && !is_blank(cells[i]));
	if (!any)
		return WIDE_NOTHING;
	if (*asset == '\0' || is_one_of(asset, strlen(asset), sums)) {
		give(w, row, NULL, w->sheet->top.cells[w->asset],
		    *asset == '\0' ? "empty" : "a sum, no asset");
		return WIDE_RECORDS;
	}
	for (i = 0; i < w->n_columns; i++)
		if (w->columns[i].id != NULL && !is_blank(cells[i]))
			take_cell(w, row, i, cells);
	return WIDE_RECORDS;
}

bool
wide_has(const struct wide *w, size_t column)
{
	return w->columns[column].id != NULL;
}

void
wide_close(struct wide *w)
{
	size_t i, k;

	if (w == NULL)
		return;
	for (i = 0; i < w->n_attributes; i++) {
		for (k = 0; k < w->n_columns; k++)
			free(w->attributes[i].cells[k]);
		free(w->attributes[i].cells);
	}
	free(w->attributes);
	for (i = 0; i < w->n_columns; i++) {
		free(w->columns[i].id);
		free(w->columns[i].name);
	}
	free(w->columns);
	free(w);
}
