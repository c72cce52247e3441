/*
 * Templates.  A NUL byte divides an input: the template, the partials a, b, c
 * and on.  What they see is always the same.
 */

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "fuzz.h"
#include "markdown.h"
#include "template.h"
#include "utf8.h"

static const char seen[] =
    "{\"a\":\"text|*_[x](y)<b>\",\"b\":{\"c\":{\"d\":1.5},\"a\":\"\"},"
    "\"list\":[{\"n\":1,\"a\":\"x\"},{\"n\":2,\"list\":[]}],\"words\":[\"p\","
    "\"q\"],\"yes\":true,\"no\":false,\"null\":null,\"zero\":0,\"empty\":\"\","
    "\"x\":\"\xe9\xa3\x8e\xe9\x99\xa9\xf0\x9f\x98\x80\\n\\u0085\"}";

struct pieces {
	const char *text, *end;
};

/* A template may ask for more than anyone has time for. */
static size_t work;

static void
do_more(size_t n)
{
	work += n;
	if (work > 1 << 20)
		fuzz_leave();
}

/* The end of a piece. */
static const char *
end_of(const char *text, const char *end)
{
	const char *nul = memchr(text, '\0', (size_t)(end - text));

	return nul != NULL ? nul : end;
}

static char *
partial(const char *name, size_t *len, void *arg)
{
	struct pieces *p = arg;
	const char *at = end_of(p->text, p->end), *end;
	char letter = 'a';

	do_more(256);
	for (; at < p->end; at = end, letter++) {
		end = end_of(at + 1, p->end);
		if (*name == letter) {
			*len = (size_t)(end - at - 1);
			return mem_text(at + 1, *len);
		}
	}
	return NULL;
}

static void
flush(struct buf *out)
{
	static size_t before;

	do_more(64 + (out->len > before ? out->len - before : 0));
	before = out->len;
}

static void
tell(const char *name)
{
	do_more(strlen(name));
}

static void
attempt(const char *text, size_t len)
{
	struct pieces p = {text, text + len};
	struct template_options options = {.escape = markdown_escape,
	    .partial = partial,
	    .flush = flush,
	    .arg = &p};
	size_t first = (size_t)(end_of(text, text + len) - text);
	json_error_t trouble;
	json_t *context = json_loads(seen, 0, &trouble);
	struct buf out = {0};
	char *error = NULL;
	bool held;

	work = 0;
	buf_add(&out, "", 0);
	template_tags("x", text, first, &options, tell);
	held = template_render(
		   &out, "x", text, first, context, &options, &error) == 0;
	if (held == (error != NULL))
		fuzz_wrong("held, and an error: %s", error);
	if (utf8_valid(text, len) == len &&
	    utf8_valid(out.data, out.len) < out.len)
		fuzz_wrong("not UTF-8: %s", out.data);
	free(error);
	buf_free(&out);
	json_decref(context);
}

void
fuzz_one(const char *text, size_t len)
{
	fuzz_attempt(attempt, text, len);
}
