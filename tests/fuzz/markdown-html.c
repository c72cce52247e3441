/* Documents as HTML: a page is text, and has no element but its own. */

#include <string.h>

#include "fuzz.h"
#include "markdown.h"
#include "utf8.h"

static const char *const elements[] = {"a", "b", "blockquote", "body", "br",
    "code", "details", "div", "em", "h1", "h2", "h3", "h4", "h5", "h6", "head",
    "header", "hr", "html", "li", "main", "meta", "nav", "ol", "p", "pre",
    "rect", "span", "strong", "style", "summary", "svg", "table", "tbody", "td",
    "th", "thead", "title", "tr", "ul", NULL};

static bool
is_element(const char *name)
{
	const char *const *e;
	size_t n = strspn(name, "abcdefghijklmnopqrstuvwxyz123456");

	for (e = elements; *e != NULL; e++)
		if (strlen(*e) == n && strncmp(*e, name, n) == 0)
			return true;
	return false;
}

static void
check(const struct buf *page)
{
	const char *at = page->data;

	if (utf8_valid(page->data, page->len) < page->len ||
	    strlen(page->data) < page->len)
		fuzz_wrong("not text: %s", page->data);
	for (; (at = strchr(at, '<')) != NULL; at++)
		if (strncmp(at, "<!DOCTYPE html>", 15) != 0 &&
		    !is_element(at + 1 + (at[1] == '/')))
			fuzz_wrong("an element: %.60s", at);
}

void
fuzz_one(const char *text, size_t len)
{
	struct markdown *m;
	struct buf page = {0};

	if (utf8_valid(text, len) < len)
		return;
	m = markdown_read(text, len);
	markdown_html(&page, m, len % 2 == 0 ? ZH : EN);
	check(&page);
	markdown_free(m);
	buf_free(&page);
}
