#include <stdlib.h>
#include <string.h>

#include "markdown-private.h"
#include "utf8.h"

const struct table *
markdown_table(cmark_node *node)
{
	if (cmark_node_get_type(node) != CMARK_NODE_CUSTOM_BLOCK)
		return NULL;
	return cmark_node_get_user_data(node);
}

bool
markdown_is_contents(cmark_node *node)
{
	return cmark_node_get_type(node) == CMARK_NODE_CUSTOM_BLOCK &&
	       cmark_node_get_user_data(node) == NULL &&
	       cmark_node_first_child(node) == NULL &&
	       markdown_table(cmark_node_parent(node)) == NULL;
}

size_t
markdown_line(const struct markdown *m, cmark_node *node)
{
	size_t line = 0;

	for (; node != NULL && line == 0; node = cmark_node_parent(node))
		line = (size_t)cmark_node_get_start_line(node);
	return line > 0 && line <= m->n_lines ? m->lines[line] : 1;
}

char *
markdown_text(cmark_node *node)
{
	cmark_iter *i = cmark_iter_new(node);
	struct buf b = {0};
	cmark_node *n;

	while (cmark_iter_next(i) != CMARK_EVENT_DONE) {
		n = cmark_iter_get_node(i);
		switch (cmark_node_get_type(n)) {
		case CMARK_NODE_TEXT:
		case CMARK_NODE_CODE:
			buf_text(&b, cmark_node_get_literal(n));
			break;
		case CMARK_NODE_SOFTBREAK:
		case CMARK_NODE_LINEBREAK:
			buf_char(&b, ' ');
			break;
		default:
			break;
		}
	}
	cmark_iter_free(i);
	return b.data != NULL ? b.data : mem_text("", 0);
}

static void
read_colours(struct table *t, const char *s)
{
	for (; *s != '\0'; s += strcspn(s, " \t\n")) {
		s += strspn(s, " \t\n");
		if (markdown_level(s) > 0 && s[1] == '=' && s[2] == '#' &&
		    strspn(s + 3, "0123456789abcdefABCDEF") == 6)
			memcpy(t->colours[markdown_level(s)], s + 2, 7);
	}
}

/* What the comment above a table makes of it. */
static void
take_directive(struct table *t, cmark_node *above)
{
	static const char *const words[] = {[TABLE_COVER] = "cover",
	    [TABLE_SIGNATURES] = "signatures",
	    [TABLE_HEATMAP] = "heatmap",
	    [TABLE_BARS] = "bars"};
	enum table_kind kind;
	const char *argument, *html;

	if (above == NULL ||
	    cmark_node_get_type(above) != CMARK_NODE_HTML_BLOCK)
		return;
	html = cmark_node_get_literal(above);
	for (kind = TABLE_COVER; kind <= TABLE_BARS; kind++) {
		argument = markdown_directive(html, words[kind]);
		if (argument == NULL)
			continue;
		t->kind = kind;
		read_colours(t, argument);
		return;
	}
}

/* Makes the headings that hold its cells one table. */
static void
gather(struct table *t, cmark_node *first)
{
	cmark_node *node = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
	cmark_node *next, *cell, *child;
	size_t i;

	take_directive(t, cmark_node_previous(first));
	cmark_node_insert_before(first, node);
	cmark_node_set_user_data(node, t);
	t->cells = mem_zero(t->rows * t->columns, sizeof(cmark_node *));
	for (i = 0; i < t->rows * t->columns; i++, first = next) {
		next = cmark_node_next(first);
		cell = cmark_node_new(CMARK_NODE_CUSTOM_BLOCK);
		while ((child = cmark_node_first_child(first)) != NULL)
			cmark_node_append_child(cell, child);
		cmark_node_append_child(node, cell);
		t->cells[i] = cell;
		cmark_node_free(first);
	}
}

static struct table *
table_at(struct markdown *m, int line)
{
	size_t low = 0, high = m->n_tables, middle;

	while (low < high) {
		middle = (low + high) / 2;
		if (m->tables[middle].first_line < (size_t)line)
			low = middle + 1;
		else
			high = middle;
	}
	return low < m->n_tables && m->tables[low].first_line == (size_t)line
		   ? &m->tables[low]
		   : NULL;
}

/* How many headings follow, one a line, as the cells of a table do. */
static size_t
count_cells(cmark_node *node, int line)
{
	size_t n = 0;

	for (;
	     node != NULL && cmark_node_get_type(node) == CMARK_NODE_HEADING &&
	     cmark_node_get_start_line(node) == line + (int)n;
	     node = cmark_node_next(node))
		n++;
	return n;
}

static void
gather_tables(struct markdown *m)
{
	cmark_iter *i = cmark_iter_new(m->root);
	cmark_event_type event;
	cmark_node **firsts = mem_alloc(m->n_tables * sizeof *firsts), *node;
	struct table *t;
	size_t n = 0;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(i);
		if (event != CMARK_EVENT_ENTER ||
		    cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		t = table_at(m, cmark_node_get_start_line(node));
		if (t != NULL &&
		    count_cells(node, cmark_node_get_start_line(node)) >=
			t->rows * t->columns)
			firsts[n++] = node;
	}
	cmark_iter_free(i);
	while (n > 0) {
		node = firsts[--n];
		gather(table_at(m, cmark_node_get_start_line(node)), node);
	}
	free(firsts);
}

struct markdown *
markdown_read(const char *text, size_t len)
{
	struct markdown *m = mem_zero(1, sizeof *m);
	struct buf b = {0};

	/* Its own ends the program by abort(3) where memory runs out. */
	*cmark_get_default_mem_allocator() =
	    (cmark_mem){mem_zero, mem_resize, free};
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3; /* a byte order mark */
		len -= 3;
	}
	markdown_find_tables(m, text, len, &b);
	m->root = cmark_parse_document(
	    b.data != NULL ? b.data : "", b.len, CMARK_OPT_DEFAULT);
	buf_free(&b);
	gather_tables(m);
	markdown_make_safe(m->root);
	return m;
}

void
markdown_free(struct markdown *m)
{
	size_t i;

	for (i = 0; i < m->n_tables; i++) {
		free(m->tables[i].alignments);
		free(m->tables[i].cells);
	}
	free(m->tables);
	free(m->lines);
	cmark_node_free(m->root);
	free(m);
}
