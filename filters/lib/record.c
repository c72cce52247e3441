#include <err.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "object.h"
#include "record.h"
#include "status.h"
#include "utf8.h"

int
rec_complain(struct record *r, const char *fmt, ...)
{
	struct buf place = {0}, visible = {0};
	char *what;
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vasprintf(&what, fmt, ap);
	va_end(ap);
	if (n < 0)
		errx(TROUBLE, "out of memory");
	if (r->place != NULL) {
		utf8_visible(&visible, r->place, strlen(r->place));
		buf_text(&visible, ": ");
	}
	utf8_visible(&visible, what, (size_t)n);
	utf8_visible(&place, r->source, strlen(r->source));
	if (r->line > 0)
		buf_printf(&place, ":%lu", r->line);
	warnx("%s: %s", place.data, visible.data);
	if (r->n_errors > 0 && r->n_errors < MOST_ERRORS)
		buf_text(&r->errors, "; ");
	if (r->n_errors++ < MOST_ERRORS)
		buf_add(&r->errors, visible.data, visible.len);
	buf_free(&place);
	buf_free(&visible);
	free(what);
	return -1;
}

int
rec_parse(struct record *r)
{
	json_error_t error;
	json_t *type;
	size_t valid = utf8_valid(r->text, r->len);

	r->type = "";
	if (valid < r->len)
		return rec_complain(
		    r, "not UTF-8 text from byte %zu on", valid + 1);
	if (memchr(r->text, '\0', r->len) != NULL)
		return rec_complain(r, "not JSON: a NUL byte");
	r->object = json_loadb(r->text, r->len, JSON_REJECT_DUPLICATES, &error);
	if (r->object == NULL && strstr(error.text, "too big") != NULL)
		r->object = json_loadb(r->text, r->len,
		    JSON_REJECT_DUPLICATES | JSON_DECODE_INT_AS_REAL, &error);
	if (r->object == NULL && strstr(error.text, "overflow") != NULL)
		return rec_complain(r, "a number beyond 1.8e308");
	if (r->object == NULL && strstr(error.text, "\\u0000") != NULL)
		return rec_complain(r, "a NUL character, \\u0000");
	if (r->object == NULL)
		return rec_complain(r, "not JSON: %s", error.text);
	if (!json_is_object(r->object))
		return rec_complain(r, "not a JSON object");
	type = json_object_get(r->object, "type");
	if (type == NULL)
		return rec_complain(r, "type: missing");
	if (!json_is_string(type))
		return rec_complain(r, "type: not a string");
	r->type = json_string_value(type);
	return 0;
}

void
rec_free(struct record *r)
{
	json_decref(r->object);
	r->object = NULL;
	buf_free(&r->added);
	buf_free(&r->errors);
}

bool
rec_has(const struct record *r, const char *name)
{
	return json_object_get(r->object, name) != NULL;
}

const char *
rec_string(const struct record *r, const char *name)
{
	return json_string_value(json_object_get(r->object, name));
}

long
rec_integer(const struct record *r, const char *name)
{
	return (long)rec_number(r, name);
}

double
rec_number(const struct record *r, const char *name)
{
	return json_number_value(json_object_get(r->object, name));
}

bool
rec_boolean(const struct record *r, const char *name)
{
	return json_is_true(json_object_get(r->object, name));
}

size_t
rec_size(const struct record *r, const char *name)
{
	return json_array_size(json_object_get(r->object, name));
}

const char *
rec_item(const struct record *r, const char *name, size_t i)
{
	return json_string_value(
	    json_array_get(json_object_get(r->object, name), i));
}

/*
 * Whether the field is still to be added: 1 it is, 0 it stands there with
 * this very value, -1 with another one, after a complaint.
 */
static int
is_new(struct record *r, const char *name, const json_t *value)
{
	const json_t *old = json_object_get(r->object, name);
	char *was;

	if (old == NULL)
		return 1;
	if (json_equal(old, value))
		return 0;
	if (json_is_number(old) && json_is_number(value) &&
	    json_number_value(old) == json_number_value(value))
		return 0;
	was = json_dumps(old, JSON_ENCODE_ANY | JSON_COMPACT);
	rec_complain(r, "%s: %s stands here already, and it comes to another",
	    name, was != NULL ? was : "a value");
	free(was);
	return -1;
}

/* Takes a value that was added, or not needed, to the record's object. */
static int
keep(struct record *r, const char *name, json_t *value, int is)
{
	if (is == 1)
		json_object_set(r->object, name, value);
	json_decref(value);
	return is < 0 ? -1 : 0;
}

int
rec_add_string(struct record *r, const char *name, const char *value)
{
	json_t *v = json_string(value);
	int new = is_new(r, name, v);

	if (new == 1)
		obj_string(&r->added, name, value);
	return keep(r, name, v, new);
}

int
rec_add_integer(struct record *r, const char *name, long value)
{
	json_t *v = json_integer(value);
	int new = is_new(r, name, v);

	if (new == 1)
		obj_integer(&r->added, name, value);
	return keep(r, name, v, new);
}

int
rec_add_tenths(struct record *r, const char *name, long tenths)
{
	json_t *v = json_real((double)tenths / 10);
	int new = is_new(r, name, v);

	if (new == 1)
		obj_decimal(&r->added, name, tenths, 1);
	return keep(r, name, v, new);
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

static int
append(const char *bytes, size_t n, void *to)
{
	buf_add(to, bytes, n);
	return 0;
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
	const json_t *value = json_object_get(r->object, name);

	if (value == NULL)
		return;
	obj_name(b, as);
	if (json_dump_callback(value, append, b,
		JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15)) != 0)
		errx(TROUBLE, "out of memory");
}
