/*
 * The public tests of Mustache: reads a file of them (name, data, template,
 * partials, expected) and says which do not hold.  HTML escaping takes the
 * place of Markdown's, as the tests expect.
 */

#include <err.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "template.h"

static void
escape_html(struct buf *b, const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		if (text[i] == '&')
			buf_text(b, "&amp;");
		else if (text[i] == '<')
			buf_text(b, "&lt;");
		else if (text[i] == '>')
			buf_text(b, "&gt;");
		else if (text[i] == '"')
			buf_text(b, "&quot;");
		else
			buf_char(b, text[i]);
	}
}

static char *
partial(const char *name, size_t *len, void *partials)
{
	const json_t *text = json_object_get(partials, name);

	if (text == NULL)
		return NULL;
	*len = json_string_length(text);
	return mem_text(json_string_value(text), *len);
}

static int
holds(const json_t *test)
{
	struct template_options options = {.escape = escape_html,
	    .partial = partial,
	    .arg = json_object_get(test, "partials")};
	const json_t *template = json_object_get(test, "template");
	const char *expected =
	    json_string_value(json_object_get(test, "expected"));
	const char *name = json_string_value(json_object_get(test, "name"));
	struct buf out = {0};
	char *error;
	int ok;

	buf_add(&out, "", 0);
	ok = template_render(&out, name, json_string_value(template),
		 json_string_length(template), json_object_get(test, "data"),
		 &options, &error) == 0 &&
	     strcmp(out.data, expected) == 0;
	if (!ok)
		printf("%s: %s\n  expected: %s\n  got: %s\n", name,
		    error != NULL ? error : "differs", expected, out.data);
	free(error);
	buf_free(&out);
	return ok;
}

int
main(int argc, char *argv[])
{
	json_error_t error;
	json_t *file, *test;
	size_t i, k, bad = 0, all = 0;

	for (i = 1; i < (size_t)argc; i++) {
		file = json_load_file(argv[i], 0, &error);
		if (file == NULL)
			errx(2, "%s: %s", argv[i], error.text);
		json_array_foreach (json_object_get(file, "tests"), k, test) {
			all++;
			bad += !holds(test);
		}
		json_decref(file);
	}
	printf("%zu of %zu hold\n", all - bad, all);
	return bad > 0 || all == 0;
}
