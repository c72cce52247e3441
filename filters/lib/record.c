#include <err.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "object.h"
#include "plain.h"
#include "record.h"
#include "status.h"
#include "utf8.h"

/*
 * What a line was found to hold.  One that is not needed any more is kept for
 * the next record, so that most take no memory of their own.
 */
struct parsed {
	struct members members;
	struct arena added; /* text of fields that were added */
	json_t *object;	    /* NULL until jansson has made it */
	struct parsed *next;
};

static struct parsed *spare;

/* Memory for jansson ends the program where it runs out. */
__attribute__((constructor)) static void
give_memory(void)
{
	json_set_alloc_funcs(mem_alloc, free);
}

static bool hushed;

void
rec_hush(void)
{
	hushed = true;
}

int
rec_complain(struct record *r, const char *fmt, ...)
{
	struct buf place = {0}, what = {0}, visible = {0};
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(&what, fmt, ap);
	va_end(ap);
	if (r->place != NULL) {
		utf8_visible(&visible, r->place, strlen(r->place));
		buf_text(&visible, ": ");
	}
	utf8_visible(&visible, what.data, what.len);
	utf8_visible(&place, r->source, strlen(r->source));
	if (r->line > 0)
		buf_printf(&place, ":%lu", r->line);
	if (!hushed)
		warnx("%s: %s", place.data, visible.data);
	if (r->n_errors > 0 && r->n_errors < MOST_ERRORS)
		buf_text(&r->errors, "; ");
	if (r->n_errors++ < MOST_ERRORS)
		buf_add(&r->errors, visible.data, visible.len);
	buf_free(&place);
	buf_free(&what);
	buf_free(&visible);
	return -1;
}

/* Has jansson read a text; NULL with what is wrong in error. */
static json_t *
load(const char *text, size_t len, json_error_t *error)
{
	size_t flags = JSON_REJECT_DUPLICATES | JSON_DECODE_ANY;
	json_t *value = json_loadb(text, len, flags, error);

	if (value == NULL && strstr(error->text, "too big") != NULL)
		value = json_loadb(
		    text, len, flags | JSON_DECODE_INT_AS_REAL, error);
	return value;
}

static void
add_member(struct members *to, const char *name, struct value value)
{
	size_t len = strlen(name);

	*members_add(to, name, len, members_hash(name, len)) = value;
}

/* Has jansson find the members, or say what is wrong with the line. */
static int
parse_slowly(struct record *r)
{
	struct parsed *p = r->parsed;
	json_error_t error;
	const char *name;
	json_t *value;
	size_t valid = utf8_valid(r->text, r->len);

	p->members.n = 0;
	if (valid < r->len)
		return rec_complain(
		    r, "not UTF-8 text from byte %zu on", valid + 1);
	if (memchr(r->text, '\0', r->len) != NULL)
		return rec_complain(r, "not JSON: a NUL byte");
	p->object = load(r->text, r->len, &error);
	if (p->object == NULL && strstr(error.text, "overflow") != NULL)
		return rec_complain(r, "a number beyond 1.8e308");
	if (p->object == NULL && strstr(error.text, "\\u0000") != NULL)
		return rec_complain(r, "a NUL character, \\u0000");
	if (p->object == NULL)
		return rec_complain(r, "not JSON: %s", error.text);
	if (!json_is_object(p->object))
		return rec_complain(r, "not a JSON object");
	json_object_foreach (p->object, name, value)
		add_member(&p->members, name, value_of_json(value));
	return 0;
}

const struct members *
rec_members(const struct record *r)
{
	static const struct members none;

	return r->parsed != NULL ? &r->parsed->members : &none;
}

static const struct value *
find(const struct record *r, const char *name)
{
	size_t len = strlen(name);

	return members_find(rec_members(r), name, len, members_hash(name, len));
}

int
rec_parse(struct record *r)
{
	const struct value *type;

	if (spare != NULL) {
		r->parsed = spare;
		spare = spare->next;
	} else {
		r->parsed = mem_zero(1, sizeof *r->parsed);
	}
	r->type = "";
	if (!plain_scan(&r->parsed->members, r->text, r->len) &&
	    parse_slowly(r) < 0)
		return -1;
	type = find(r, "type");
	if (type == NULL)
		return rec_complain(r, "type: missing");
	if (type->kind != VALUE_STRING)
		return rec_complain(r, "type: not a string");
	r->type = type->text;
	return 0;
}

void
rec_free(struct record *r)
{
	struct parsed *p = r->parsed;

	if (p != NULL) {
		json_decref(p->object);
		p->object = NULL;
		p->members.n = 0;
		arena_clear(&p->added);
		p->next = spare;
		spare = p;
		r->parsed = NULL;
	}
	buf_free(&r->added);
	buf_free(&r->errors);
}

const json_t *
rec_object(const struct record *r)
{
	struct parsed *p = r->parsed;
	struct buf line = {0};
	json_error_t error;

	if (p != NULL && p->object == NULL) {
		rec_write(&line, r);
		p->object = load(line.data, line.len, &error);
		buf_free(&line);
	}
	return p != NULL ? p->object : NULL;
}

bool
rec_has(const struct record *r, const char *name)
{
	return find(r, name) != NULL;
}

const char *
rec_string(const struct record *r, const char *name)
{
	const struct value *v = find(r, name);

	return v != NULL && v->kind == VALUE_STRING ? v->text : NULL;
}

long
rec_integer(const struct record *r, const char *name)
{
	return (long)rec_number(r, name);
}

double
rec_number(const struct record *r, const char *name)
{
	const struct value *v = find(r, name);

	return v != NULL && v->kind == VALUE_NUMBER ? v->number : 0;
}

bool
rec_boolean(const struct record *r, const char *name)
{
	const struct value *v = find(r, name);

	return v != NULL && v->kind == VALUE_TRUE;
}

size_t
rec_size(const struct record *r, const char *name)
{
	const struct value *v = find(r, name);

	return v != NULL && v->kind == VALUE_LIST ? v->len : 0;
}

const char *
rec_item(const struct record *r, const char *name, size_t i)
{
	const struct value *v = find(r, name);
	struct value item = {.kind = VALUE_NONE};

	if (v != NULL && v->kind == VALUE_LIST)
		item = value_item(v, i);
	return item.kind == VALUE_STRING ? item.text : NULL;
}

/* Complains where a field does not stand there with this very value. */
static int
check_same(struct record *r, const char *name, const struct value *old,
    const struct value *value)
{
	json_t *json;
	char *was;

	if (value_same(old, value))
		return 0;
	json = value_json(old);
	was = json_dumps(json, JSON_ENCODE_ANY | JSON_COMPACT);
	rec_complain(r, "%s: %s stands here already, and it comes to another",
	    name, was != NULL ? was : "a value");
	free(was);
	json_decref(json);
	return -1;
}

/* Adds a field, which is text in JSON but for the quotes of a string. */
static int
add(struct record *r, const char *name, struct value value)
{
	const struct value *old = find(r, name);
	struct parsed *p = r->parsed;

	if (old != NULL)
		return check_same(r, name, old, &value);
	obj_name(&r->added, name);
	if (value.kind == VALUE_STRING)
		obj_quote(&r->added, value.text, value.len);
	else
		buf_add(&r->added, value.text, value.len);
	value.text = arena_text(&p->added, value.text, value.len);
	add_member(&p->members, name, value);
	if (p->object != NULL)
		json_object_set_new(p->object, name, value_json(&value));
	return 0;
}

int
rec_add_string(struct record *r, const char *name, const char *value)
{
	return add(r, name,
	    (struct value){
		.kind = VALUE_STRING, .text = value, .len = strlen(value)});
}

/* Adds n times 10^-decimals. */
static int
add_number(struct record *r, const char *name, long n, int decimals)
{
	static struct buf text;

	buf_clear(&text);
	buf_decimal(&text, n, decimals);
	return add(r, name,
	    (struct value){.kind = VALUE_NUMBER,
		.text = text.data,
		.len = text.len,
		.number = (double)n / (decimals == 1 ? 10 : 1)});
}

int
rec_add_integer(struct record *r, const char *name, long value)
{
	return add_number(r, name, value, 0);
}

int
rec_add_tenths(struct record *r, const char *name, long tenths)
{
	return add_number(r, name, tenths, 1);
}

void
rec_write(struct buf *b, const struct record *r)
{
	size_t brace = r->len;

	while (brace > 0 && r->text[brace - 1] != '}')
		brace--;
	if (brace > 0 && r->added.len > 0) {
		buf_add(b, r->text, brace - 1);
		buf_add(b, r->added.data, r->added.len);
		buf_add(b, r->text + brace - 1, r->len - brace + 1);
	} else {
		buf_add(b, r->text, r->len);
	}
	buf_char(b, '\n');
}

void
rec_copy(struct buf *b, const struct record *r, const char *name)
{
	rec_copy_as(b, name, r, name);
}

void
rec_copy_as(
    struct buf *b, const char *as, const struct record *r, const char *name)
{
	const struct value *value = find(r, name);

	if (value == NULL)
		return;
	obj_name(b, as);
	value_write(b, value);
}
