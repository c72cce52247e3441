#include <err.h>
#include <string.h>

#include "status.h"
#include "xml-element.h"

#define WHITE " \t\r\n"
#define KEPT ((size_t)64 << 10) /* memory of a text that is kept for others */

/* The way that memory runs out is that of buf.h. */
static json_t *
made(json_t *value)
{
	if (value == NULL)
		errx(TROUBLE, "out of memory");
	return value;
}

static json_t *
string(const char *text, size_t len)
{
	return made(json_stringn_nocheck(len > 0 ? text : "", len));
}

static void
set(json_t *object, const char *name, json_t *value)
{
	if (json_object_set_new_nocheck(object, name, value) < 0)
		errx(TROUBLE, "out of memory");
}

static void
append(json_t *list, json_t *value)
{
	if (json_array_append_new(list, value) < 0)
		errx(TROUBLE, "out of memory");
}

static json_t *
object_of(struct xml_element *e)
{
	if (e->value == NULL)
		e->value = made(json_object());
	return e->value;
}

const json_t *
xml_object(struct xml_element *e)
{
	return object_of(e);
}

void
xml_attribute(struct xml_element *e, const char *name, const char *text)
{
	struct buf key = {0};

	buf_printf(&key, "@%s", name);
	set(object_of(e), key.data, string(text, strlen(text)));
	buf_free(&key);
}

void
xml_put(struct xml_element *e, const char *name, json_t *value)
{
	json_t *object = object_of(e), *there, *list;

	there = json_object_get(object, name);
	if (there == NULL) {
		set(object, name, value);
	} else if (json_is_array(there)) {
		append(there, value);
	} else {
		list = made(json_array());
		append(list, json_incref(there));
		append(list, value);
		set(object, name, list);
	}
}

json_t *
xml_close(struct xml_element *e)
{
	struct buf *text = &e->text;
	json_t *value = e->value;

	if (value == NULL)
		value = string(text->data, text->len);
	else if (text->len > 0 && strspn(text->data, WHITE) < text->len)
		set(value, "#text", string(text->data, text->len));
	e->value = NULL;
	if (text->size > KEPT)
		buf_free(text);
	else
		buf_clear(text);
	return value;
}

void
xml_forget(struct xml_element *e)
{
	json_decref(e->value);
	buf_free(&e->text);
	*e = (struct xml_element){0};
}
