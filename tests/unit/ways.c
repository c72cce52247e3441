#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "canonical.h"
#include "plain.h"
#include "record.h"
#include "schema.h"
#include "status.h"
#include "utf8.h"
#include "ways.h"

FILE *ways_say;

static void
differ(const char *what, const char *line, size_t len)
{
	fprintf(ways_say, "%s differs: ", what);
	fwrite(line, 1, len, ways_say);
	fputc('\n', ways_say);
	exit(REFUSED);
}

static void
compare_value(const struct value *v, const json_t *json, const struct buf *line)
{
	struct value other = value_of_json(json), item, other_item;
	struct buf a = {0}, b = {0};
	json_t *back = value_json(v);
	size_t i;

	if (v->kind != other.kind || v->number != other.number ||
	    v->len != (v->kind == VALUE_NUMBER ? v->len : other.len))
		differ("value", line->data, line->len);
	if (v->kind == VALUE_STRING &&
	    (strlen(v->text) != v->len || !value_same(v, &other)))
		differ("string", line->data, line->len);
	for (i = 0; v->kind == VALUE_LIST && i <= v->len; i++) {
		item = value_item(v, i);
		other_item = value_item(&other, i);
		if (item.kind != other_item.kind ||
		    (i < v->len && !value_same(&item, &other_item)))
			differ("item", line->data, line->len);
	}
	value_write(&a, v);
	value_write(&b, &other);
	if (a.len != b.len || memcmp(a.data, b.data, a.len) != 0)
		differ("copy", line->data, line->len);
	if (!json_equal(back, json))
		differ("json", line->data, line->len);
	json_decref(back);
	buf_free(&a);
	buf_free(&b);
}

/* The members found against those of jansson, in their order. */
static void
compare_members(const struct members *m, json_t *object, const struct buf *line)
{
	const char *name;
	json_t *value;
	size_t i = 0;

	if (m->n != json_object_size(object))
		differ("number of members", line->data, line->len);
	json_object_foreach (object, name, value) {
		if (strcmp(m->of[i].name, name) != 0 ||
		    m->of[i].len != strlen(name))
			differ("name", line->data, line->len);
		compare_value(&m->of[i++].value, value, line);
	}
}

/* The content of both, but for the member that one was given. */
static void
compare_contents(
    const struct record *a, const struct record *b, const struct buf *line)
{
	static const char *const without[] = {"\x01", NULL};
	struct buf one = {0}, other = {0};

	canonical_write(&one, a, without);
	canonical_write(&other, b, without);
	if (one.len != other.len || memcmp(one.data, other.data, one.len) != 0)
		differ("content", line->data, line->len);
	buf_free(&one);
	buf_free(&other);
}

static void
check_by(const char *type, struct record *r)
{
	const struct schema *s = schema_find(type);

	if (s != NULL)
		schema_check(s, r);
}

/* What records say of a line, and of the same line with an escape in it. */
static void
compare_records(const struct buf *line, const char *other)
{
	struct buf escaped = {0};
	struct record a = {.source = "a"}, b = {.source = "a"};
	const char *brace = memchr(line->data, '{', line->len);
	int status;

	buf_add(&escaped, line->data, (size_t)(brace + 1 - line->data));
	buf_text(&escaped, "\"\\u0001\":0");
	if (brace[1 + strspn(brace + 1, " \t\r")] != '}')
		buf_char(&escaped, ',');
	buf_text(&escaped, brace + 1);
	a.text = line->data;
	a.len = line->len;
	b.text = escaped.data;
	b.len = escaped.len;
	status = rec_parse(&a);
	if (rec_parse(&b) != status)
		differ("status", line->data, line->len);
	if (status == 0) {
		compare_contents(&a, &b, line);
		check_by(a.type, &a);
		check_by(b.type, &b);
		check_by(other, &a);
		check_by(other, &b);
		if (rec_add_integer(&a, "level", 3) !=
			rec_add_integer(&b, "level", 3) ||
		    rec_add_tenths(&a, "score", 25) !=
			rec_add_tenths(&b, "score", 25) ||
		    rec_add_string(&a, "id", "\"x") !=
			rec_add_string(&b, "id", "\"x"))
			differ("adding", line->data, line->len);
		compare_contents(&a, &b, line);
		if (json_object_size(rec_object(&a)) + 1 !=
			json_object_size(rec_object(&b)) ||
		    rec_members(&a)->n + 1 != rec_members(&b)->n)
			differ("what was added", line->data, line->len);
	}
	if (a.n_errors != b.n_errors || a.errors.len != b.errors.len ||
	    (a.errors.len > 0 && strcmp(a.errors.data, b.errors.data) != 0) ||
	    strcmp(a.type, b.type) != 0)
		differ("complaint", line->data, line->len);
	rec_free(&a);
	rec_free(&b);
	buf_free(&escaped);
}

void
ways_compare(
    const struct buf *line, const char *other, struct ways_counts *counts)
{
	static struct members found;
	json_error_t error;
	json_t *object =
	    json_loadb(line->data, line->len, JSON_REJECT_DUPLICATES, &error);
	bool plain = plain_scan(&found, line->data, line->len);

	counts->taken++;
	counts->refused += object == NULL;
	counts->plain += plain;
	if (plain && (!json_is_object(object) ||
			 utf8_valid(line->data, line->len) < line->len ||
			 memchr(line->data, '\0', line->len) != NULL))
		differ("whether it is an object", line->data, line->len);
	if (plain) {
		compare_members(&found, object, line);
		compare_records(line, other);
	}
	json_decref(object);
}
