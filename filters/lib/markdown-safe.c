#include <string.h>

#include "markdown-private.h"

static bool
is_control(char c)
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

/*
 * Control characters show as their pictures (U+2400 and on): they mean
 * nothing in print, and groff and HTML refuse them.
 */
static void
show_controls(cmark_node *node)
{
	const char *p = cmark_node_get_literal(node);
	bool found = false;
	struct buf b = {0};

	for (; *p != '\0'; p++) {
		if (!is_control(*p) || *p == '\n' || *p == '\t') {
			buf_char(&b, *p);
			continue;
		}
		found = true;
		buf_printf(&b, "\xe2\x90%c", *p == 0x7f ? 0xa1 : 0x80 + *p);
	}
	if (found)
		cmark_node_set_literal(node, b.data);
	buf_free(&b);
}

/* Whether HTML is nothing but comments and white space. */
static bool
is_comment(const char *html)
{
	const char *end;

	for (;;) {
		html += strspn(html, " \t\n");
		if (*html == '\0')
			return true;
		if (strncmp(html, "<!--", 4) != 0 ||
		    (end = strstr(html + 4, "-->")) == NULL)
			return false;
		html = end + 3;
	}
}

const char *
markdown_directive(const char *html, const char *word)
{
	if (!is_comment(html))
		return NULL;
	html += strspn(html, " \t\n");
	html += strlen("<!--");
	html += strspn(html, " \t\n");
	if (strncmp(html, word, strlen(word)) != 0)
		return NULL;
	html += strlen(word);
	return strchr(" \t\n-", *html) != NULL ? html : NULL;
}

static bool
is_break(const char *html)
{
	return strncasecmp(html, "<br", 3) == 0 &&
	       html[3 + strspn(html + 3, " \t\n/")] == '>';
}

static cmark_node *
text_node(const char *text)
{
	cmark_node *n = cmark_node_new(CMARK_NODE_TEXT);

	cmark_node_set_literal(n, text);
	return n;
}

static void
replace(cmark_node *old, cmark_node *new)
{
	cmark_node_replace(old, new);
	cmark_node_free(old);
}

static void
show_inline_html(cmark_node *node)
{
	const char *html = cmark_node_get_literal(node);

	if (is_break(html))
		replace(node, cmark_node_new(CMARK_NODE_LINEBREAK));
	else if (is_comment(html))
		cmark_node_free(node);
	else
		replace(node, text_node(html));
}

static void
show_html_block(cmark_node *node)
{
	const char *html = cmark_node_get_literal(node);
	cmark_node *code;

	if (markdown_directive(html, "contents") != NULL) {
		replace(node, cmark_node_new(CMARK_NODE_CUSTOM_BLOCK));
	} else if (is_comment(html)) {
		cmark_node_free(node);
	} else {
		code = cmark_node_new(CMARK_NODE_CODE_BLOCK);
		cmark_node_set_literal(code, html);
		replace(node, code);
	}
}

/* A scheme is what stands before a colon, if no slash, ? or # is before. */
static bool
is_safe(const char *url)
{
	size_t n = strcspn(url, ":/?#");

	return url[n] != ':' || (n == 4 && strncasecmp(url, "http", n) == 0) ||
	       (n == 5 && strncasecmp(url, "https", n) == 0) ||
	       (n == 6 && strncasecmp(url, "mailto", n) == 0);
}

/* Control characters in an address are written as URLs write them. */
static void
show_url_controls(cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	struct buf b = {0};

	for (; *url != '\0'; url++)
		if (is_control(*url))
			buf_printf(&b, "%%%02X", (unsigned char)*url);
		else
			buf_char(&b, *url);
	if (b.len > 0)
		cmark_node_set_url(node, b.data);
	buf_free(&b);
}

/* Or in an image that becomes one. */
static bool
is_in_link(cmark_node *node)
{
	cmark_node_type type;

	while ((node = cmark_node_parent(node)) != NULL) {
		type = cmark_node_get_type(node);
		if (type == CMARK_NODE_LINK ||
		    (type == CMARK_NODE_IMAGE &&
			is_safe(cmark_node_get_url(node))))
			return true;
	}
	return false;
}

/*
 * An image is a link to it; what is not safe, or would be a link in a link, is
 * text that shows where it leads.
 */
static void
show_link(cmark_node *node)
{
	const char *url = cmark_node_get_url(node);
	bool may_link = is_safe(url) && !is_in_link(node);
	cmark_node *new, *child;
	struct buf b = {0};

	if (cmark_node_get_type(node) == CMARK_NODE_LINK && may_link)
		return;
	if (may_link) {
		new = cmark_node_new(CMARK_NODE_LINK);
		cmark_node_set_url(new, url);
		cmark_node_set_title(new, cmark_node_get_title(node));
	} else {
		new = cmark_node_new(CMARK_NODE_CUSTOM_INLINE);
	}
	while ((child = cmark_node_first_child(node)) != NULL)
		cmark_node_append_child(new, child);
	if (!may_link) {
		buf_printf(&b, " (%s)", url);
		cmark_node_append_child(new, text_node(b.data));
		buf_free(&b);
	} else if (cmark_node_first_child(new) == NULL) {
		cmark_node_append_child(new, text_node(url));
	}
	replace(node, new);
}

/* What a document may not say to a printer or a browser, it shows. */
void
markdown_make_safe(cmark_node *root)
{
	cmark_iter *i = cmark_iter_new(root);
	cmark_event_type event;
	cmark_node *node;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(i);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_HTML_INLINE:
			show_inline_html(node);
			break;
		case CMARK_NODE_HTML_BLOCK:
			show_html_block(node);
			break;
		case CMARK_NODE_LINK:
		case CMARK_NODE_IMAGE:
			if (event == CMARK_EVENT_ENTER)
				show_url_controls(node);
			else
				show_link(node);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(i);
	i = cmark_iter_new(root);
	while (cmark_iter_next(i) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(i);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
		case CMARK_NODE_CODE_BLOCK:
			show_controls(node);
			break;
		default:
			break;
		}
	}
	cmark_iter_free(i);
}
