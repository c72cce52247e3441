#include <stdlib.h>

#include "data.h"
#include "markdown-html.h"

struct page {
	struct buf *out;
	const struct markdown *document;
	enum lang lang;
	struct headings headings;
	size_t next; /* the heading that comes next */
	bool in_cover;
};

static bool
is_cover(cmark_node *node)
{
	const struct table *t = node != NULL ? markdown_table(node) : NULL;

	return t != NULL && t->kind == TABLE_COVER;
}

/* The title and the facts below it are the cover. */
static void
open_cover(struct page *p)
{
	if (!p->in_cover)
		buf_text(p->out, "<header class=\"cover\">\n");
	p->in_cover = true;
}

static void
write_heading(struct page *p, cmark_node *node)
{
	int level = cmark_node_get_heading_level(node);

	if (level == 1 && is_cover(cmark_node_next(node)))
		open_cover(p);
	buf_printf(p->out, "<h%d id=\"", level);
	html_escape(p->out, p->headings.of[p->next++].id);
	buf_text(p->out, "\">");
	html_inlines(p->out, node, 0);
	buf_printf(p->out, "</h%d>\n", level);
}

static void
write_custom(struct page *p, cmark_node *node)
{
	if (markdown_is_contents(node)) {
		if (node == p->headings.contents)
			html_contents(p->out, &p->headings, p->lang);
	} else if (is_cover(node)) {
		open_cover(p);
		html_table(p->out, markdown_table(node));
		buf_text(p->out, "</header>\n");
		p->in_cover = false;
	} else {
		html_table(p->out, markdown_table(node));
	}
}

/* In a tight list the paragraphs of an item are its text. */
static void
write_paragraph(struct page *p, cmark_node *node)
{
	cmark_node *list = cmark_node_parent(cmark_node_parent(node));
	bool tight = cmark_node_get_list_tight(list);

	buf_text(p->out, tight ? "" : "<p>");
	html_inlines(p->out, node, 0);
	buf_text(p->out, tight ? "\n" : "</p>\n");
}

static void
write_list(struct page *p, cmark_node *node, bool enter)
{
	bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
	int start = cmark_node_get_list_start(node);

	if (!enter)
		buf_text(p->out, ordered ? "</ol>\n" : "</ul>\n");
	else if (ordered && start != 1)
		buf_printf(p->out, "<ol start=\"%d\">\n", start);
	else
		buf_text(p->out, ordered ? "<ol>\n" : "<ul>\n");
}

/* A block; true where all in it is written. */
static bool
write_block(struct page *p, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
		buf_text(p->out, enter ? "<blockquote>\n" : "</blockquote>\n");
		return false;
	case CMARK_NODE_LIST:
		write_list(p, node, enter);
		return false;
	case CMARK_NODE_ITEM:
		buf_text(p->out, enter ? "<li>" : "</li>\n");
		return false;
	case CMARK_NODE_CODE_BLOCK:
		buf_text(p->out, "<pre><code>");
		html_escape(p->out, cmark_node_get_literal(node));
		buf_text(p->out, "</code></pre>\n");
		return false;
	case CMARK_NODE_THEMATIC_BREAK:
		buf_text(p->out, "<hr>\n");
		return false;
	case CMARK_NODE_PARAGRAPH:
		write_paragraph(p, node);
		return true;
	case CMARK_NODE_HEADING:
		write_heading(p, node);
		return true;
	case CMARK_NODE_CUSTOM_BLOCK:
		write_custom(p, node);
		return true;
	default:
		return false;
	}
}

static void
write_body(struct page *p)
{
	cmark_iter *i = cmark_iter_new(p->document->root);
	cmark_event_type event;
	cmark_node *node;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(i);
		if (write_block(p, node, event == CMARK_EVENT_ENTER))
			cmark_iter_reset(i, node, CMARK_EVENT_EXIT);
	}
	cmark_iter_free(i);
}

static void
write_head(const struct page *p)
{
	struct buf *b = p->out;
	char *title = markdown_title(p->document), *css;
	char *author = markdown_cover(p->document, COVER_ORGANISATION);
	size_t len;

	buf_printf(b, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n",
	    p->lang == ZH ? "zh-CN" : "en");
	buf_text(b, "<meta charset=\"utf-8\">\n"
		    "<meta name=\"viewport\" "
		    "content=\"width=device-width, initial-scale=1\">\n"
		    "<meta name=\"color-scheme\" content=\"light dark\">\n");
	if (*author != '\0') {
		buf_text(b, "<meta name=\"author\" content=\"");
		html_escape(b, author);
		buf_text(b, "\">\n");
	}
	buf_text(b, "<title>");
	if (title != NULL && *title != '\0')
		html_escape(b, title);
	else
		buf_text(b, p->lang == ZH ? "无标题" : "Untitled");
	css = data_read("templates", "report", ".css", &len);
	buf_text(b, "</title>\n<style>\n");
	buf_add(b, css, len);
	buf_text(b, "</style>\n</head>\n");
	free(css);
	free(author);
	free(title);
}

void
markdown_html(struct buf *b, const struct markdown *m, enum lang lang)
{
	struct page p = {.out = b, .document = m, .lang = lang};

	html_find_headings(&p.headings, m);
	write_head(&p);
	buf_printf(b, "<body%s>\n<main>\n",
	    p.headings.contents != NULL ? " class=\"with-contents\"" : "");
	write_body(&p);
	buf_text(b, "</main>\n</body>\n</html>\n");
	html_free_headings(&p.headings);
}
