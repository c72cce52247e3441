#include <string.h>

#include "xml-element.h"

#define WHITE " \t\r\n"
#define KEPT ((size_t)64 << 10) /* memory of a text that is kept for others */

static json_t *
string(const char *text, size_t len)
{
	return json_stringn_nocheck(len > 0 ? text : "", len);
}

static json_t *
object_of(struct xml_element *e)
{
	if (e->value == NULL)
		e->value = json_object();
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
	json_object_set_new_nocheck(
	    object_of(e), key.data, string(text, strlen(text)));
	buf_free(&key);
}

void
xml_put(struct xml_element *e, const char *name, json_t *value)
{
	json_t *object = object_of(e), *there, *list;

	there = json_object_get(object, name);
	if (there == NULL) {
		json_object_set_new_nocheck(object, name, value);
	} else if (json_is_array(there)) {
		json_array_append_new(there, value);
	} else {
		list = json_array();
		json_array_append_new(list, json_incref(there));
		json_array_append_new(list, value);
		json_object_set_new_nocheck(object, name, list);
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
		json_object_set_new_nocheck(
		    value, "#text", string(text->data, text->len));
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
