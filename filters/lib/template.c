#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "template-private.h"

struct render {
	struct buf *out;
	const struct template_options *options;
	json_t *stack[MAX_DEPTH];
	size_t depth;
	int partials; /* one in another */
	struct buf error;
};

/* The value of a member, made now where it stands for one that is to be. */
static json_t *
member_of(const struct render *r, json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name), *made;

	if (!json_is_object(value) || r->options->make == NULL)
		return value;
	made = r->options->make(value, r->options->arg);
	if (made == NULL)
		return value;
	json_object_set_new(object, name, made);
	return made;
}

/* The value of a name, looked up from the innermost context outwards. */
static const json_t *
look_up(const struct render *r, const char *name)
{
	const char *end;
	json_t *value = NULL;
	struct buf part = {0};
	size_t i;

	if (strcmp(name, ".") == 0)
		return r->stack[r->depth - 1];
	end = strchrnul(name, '.');
	buf_add(&part, name, (size_t)(end - name));
	for (i = r->depth; i > 0 && value == NULL; i--)
		value = member_of(r, r->stack[i - 1], part.data);
	while (value != NULL && *end != '\0') {
		name = end + 1;
		end = strchrnul(name, '.');
		buf_clear(&part);
		buf_add(&part, name, (size_t)(end - name));
		value = member_of(r, value, part.data);
	}
	buf_free(&part);
	return value;
}

/* How many items a value has that are made one at a time. */
static size_t
count_made(const struct render *r, const json_t *value)
{
	if (!json_is_object(value) || r->options->count == NULL)
		return TEMPLATE_NO_LIST;
	return r->options->count(value, r->options->arg);
}

static bool
is_true(const struct render *r, const json_t *value)
{
	size_t n = count_made(r, value);

	if (n != TEMPLATE_NO_LIST)
		return n > 0;
	if (value == NULL || json_is_null(value) || json_is_false(value))
		return false;
	if (json_is_number(value))
		return json_number_value(value) != 0;
	if (json_is_string(value))
		return json_string_length(value) > 0;
	return !json_is_array(value) || json_array_size(value) > 0;
}

static void
write_value(struct render *r, const json_t *value, bool raw)
{
	char *number;

	if (json_is_string(value) && raw) {
		buf_add(r->out, json_string_value(value),
		    json_string_length(value));
	} else if (json_is_string(value)) {
		r->options->escape(r->out, json_string_value(value),
		    json_string_length(value));
	} else if (json_is_number(value) || json_is_boolean(value)) {
		number = json_dumps(
		    value, JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		buf_text(r->out, number != NULL ? number : "");
		free(number);
	}
}

static int render_text(
    struct render *, const char *name, const char *text, size_t len);

static int
render_partial(struct render *r, const struct part *p)
{
	struct buf indented = {0};
	const char *from, *nl, *end;
	char *text;
	size_t len;
	int status;

	text = r->options->partial(p->name, &len, r->options->arg);
	if (text == NULL)
		return 0;
	if (r->partials == MAX_DEPTH) {
		free(text);
		buf_printf(&r->error,
		    "%s: a partial includes itself without "
		    "end",
		    p->name);
		return -1;
	}
	buf_add(&indented, "", 0);
	end = text + len;
	for (from = text; from < end; from = nl) {
		nl = memchr(from, '\n', (size_t)(end - from));
		nl = nl != NULL ? nl + 1 : end;
		buf_add(&indented, p->text, p->len);
		buf_add(&indented, from, (size_t)(nl - from));
	}
	free(text);
	r->partials++;
	status = render_text(r, p->name, indented.data, indented.len);
	r->partials--;
	buf_free(&indented);
	return status;
}

static int render_parts(
    struct render *, const struct part *, size_t from, size_t to);

static int
render_section(struct render *r, const struct part *list, size_t i)
{
	const json_t *value = look_up(r, list[i].name);
	json_t *item;
	size_t k, made = count_made(r, value);
	size_t n = made != TEMPLATE_NO_LIST ? made
		   : json_is_array(value)   ? json_array_size(value)
					    : 1;
	int status = 0;

	if (is_true(r, value) == (list[i].kind == INVERTED))
		return 0;
	if (list[i].kind == INVERTED)
		return render_parts(r, list, i + 1, list[i].end);
	if (r->depth == MAX_DEPTH) {
		buf_printf(&r->error, "%s: sections too deep", list[i].name);
		return -1;
	}
	r->depth++;
	for (k = 0; k < n && status == 0; k++) {
		item = made != TEMPLATE_NO_LIST
			   ? r->options->item(value, k, r->options->arg)
		       : json_is_array(value)
			   ? json_incref(json_array_get(value, k))
			   : json_incref((json_t *)value);
		r->stack[r->depth - 1] = item;
		status = render_parts(r, list, i + 1, list[i].end);
		json_decref(item);
		if (r->options->flush != NULL)
			r->options->flush(r->out);
	}
	r->depth--;
	return status;
}

static int
render_parts(struct render *r, const struct part *list, size_t from, size_t to)
{
	size_t i;

	for (i = from; i < to; i++) {
		switch (list[i].kind) {
		case TEXT:
			buf_add(r->out, list[i].text, list[i].len);
			break;
		case VALUE:
		case RAW:
			write_value(
			    r, look_up(r, list[i].name), list[i].kind == RAW);
			break;
		case PARTIAL:
			if (render_partial(r, &list[i]) < 0)
				return -1;
			break;
		case SECTION:
		case INVERTED:
			if (render_section(r, list, i) < 0)
				return -1;
			i = list[i].end - 1;
			break;
		}
	}
	return 0;
}

static int
render_text(struct render *r, const char *name, const char *text, size_t len)
{
	struct parts parts = {0};
	int status = template_read(&parts, name, text, len, &r->error);

	if (status == 0)
		status = render_parts(r, parts.list, 0, parts.n);
	template_free(&parts);
	return status;
}

int
template_render(struct buf *out, const char *name, const char *text, size_t len,
    const struct json_t *context, const struct template_options *options,
    char **error)
{
	struct render r = {.out = out,
	    .options = options,
	    .stack = {(json_t *)context},
	    .depth = 1};
	int status = render_text(&r, name, text, len);

	*error = r.error.data;
	return status;
}

static void
tell_tags(const char *name, const char *text, size_t len,
    const struct template_options *options, void (*tell)(const char *),
    struct index *read)
{
	struct parts parts = {0};
	struct buf error = {0};
	size_t i, count, partial_len;
	char *partial;

	template_read(&parts, name, text, len, &error);
	buf_free(&error);
	for (i = 0; i < parts.n; i++) {
		if (parts.list[i].name == NULL)
			continue;
		if (parts.list[i].kind != PARTIAL) {
			tell(parts.list[i].name);
			continue;
		}
		count = read->count;
		index_add(read, parts.list[i].name);
		if (read->count == count)
			continue;
		partial = options->partial(
		    parts.list[i].name, &partial_len, options->arg);
		if (partial != NULL)
			tell_tags(parts.list[i].name, partial, partial_len,
			    options, tell, read);
		free(partial);
	}
	template_free(&parts);
}

void
template_tags(const char *name, const char *text, size_t len,
    const struct template_options *options, void (*tell)(const char *))
{
	struct index read = {0};

	tell_tags(name, text, len, options, tell, &read);
	index_free(&read);
}
