#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "template-private.h"

struct render {
	struct buf *out;
	const struct template_options *options;
	const json_t *stack[MAX_DEPTH];
	size_t depth;
	int partials; /* one in another */
	struct buf error;
};

/* The value of a name, looked up from the innermost context outwards. */
static const json_t *
look_up(const struct render *r, const char *name)
{
	const char *dot = strchr(name, '.');
	const json_t *value = NULL;
	size_t i;
	char *first;

	if (strcmp(name, ".") == 0)
		return r->stack[r->depth - 1];
	first =
	    mem_text(name, dot != NULL ? (size_t)(dot - name) : strlen(name));
	for (i = r->depth; i > 0 && value == NULL; i--)
		value = json_object_get(r->stack[i - 1], first);
	free(first);
	while (value != NULL && dot != NULL) {
		name = dot + 1;
		dot = strchr(name, '.');
		value = json_object_getn(value, name,
		    dot != NULL ? (size_t)(dot - name) : strlen(name));
	}
	return value;
}

static bool
is_true(const json_t *value)
{
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
	const json_t *item;
	size_t k, n = json_is_array(value) ? json_array_size(value) : 1;
	int status = 0;

	if (is_true(value) == (list[i].kind == INVERTED))
		return 0;
	if (list[i].kind == INVERTED)
		return render_parts(r, list, i + 1, list[i].end);
	if (r->depth == MAX_DEPTH) {
		buf_printf(&r->error, "%s: sections too deep", list[i].name);
		return -1;
	}
	r->depth++;
	for (k = 0; k < n && status == 0; k++) {
		item = json_is_array(value) ? json_array_get(value, k) : value;
		r->stack[r->depth - 1] = item;
		status = render_parts(r, list, i + 1, list[i].end);
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
	size_t i;

	for (i = 0; i < parts.n && r->options->tag != NULL; i++)
		if (parts.list[i].name != NULL && parts.list[i].kind != PARTIAL)
			r->options->tag(parts.list[i].name);
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
	struct render r = {
	    .out = out, .options = options, .stack = {context}, .depth = 1};
	int status = render_text(&r, name, text, len);

	*error = r.error.data;
	return status;
}
