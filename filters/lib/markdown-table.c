#include <stdlib.h>
#include <string.h>

#include "markdown-private.h"

/*
 * cmark knows no tables, and has no call for inline markup alone.  So the
 * text is read twice: once to see which paragraphs hold a table, wherever
 * they are nested, and again with every cell as a heading in its place, so
 * that cmark reads the markup in it and the references of the whole text.
 */

struct line {
	const char *text;
	size_t len; /* without its end */
};

struct lines {
	struct line *of; /* of[0] is line 1 */
	size_t n;
};

struct cells {
	struct line *of;
	size_t n;
};

static struct lines
split_lines(const char *text, size_t len)
{
	struct lines l = {0};
	size_t i = 0, size = 0;

	while (i < len) {
		if (l.n == size) {
			size = size > 0 ? 2 * size : 256;
			l.of = mem_resize(l.of, size * sizeof *l.of);
		}
		l.of[l.n].text = text + i;
		while (i < len && text[i] != '\n' && text[i] != '\r')
			i++;
		l.of[l.n].len = (size_t)(text + i - l.of[l.n].text);
		l.n++;
		if (i + 1 < len && text[i] == '\r' && text[i + 1] == '\n')
			i++;
		i++;
	}
	return l;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static struct line
trim(struct line l)
{
	while (l.len > 0 && is_blank(*l.text)) {
		l.text++;
		l.len--;
	}
	while (l.len > 0 && is_blank(l.text[l.len - 1]))
		l.len--;
	return l;
}

/* Where cells end: a bar behind no backslash. */
static size_t
bar(struct line l, size_t from)
{
	size_t i;

	for (i = from; i < l.len && l.text[i] != '|'; i++)
		if (l.text[i] == '\\')
			i++;
	return i < l.len ? i : l.len;
}

static struct cells
split_cells(struct line l)
{
	struct cells c = {0};
	size_t from = 0, end, size = 0;

	l = trim(l);
	if (l.len > 0 && l.text[0] == '|')
		from = 1;
	while (from < l.len || c.n == 0) {
		if (c.n == size) {
			size = size > 0 ? 2 * size : 16;
			c.of = mem_resize(c.of, size * sizeof *c.of);
		}
		end = bar(l, from);
		c.of[c.n++] = trim((struct line){l.text + from, end - from});
		from = end + 1;
	}
	return c;
}

/* ":-", "-", "-:" or ":-:", as long as one likes. */
static bool
read_alignment(struct line l, enum alignment *a)
{
	bool left = l.len > 0 && l.text[0] == ':';
	bool right = l.len > 1 && l.text[l.len - 1] == ':';
	size_t i = left, n = l.len - right;

	if (l.len == 0 || i >= n)
		return false;
	for (; i < n; i++)
		if (l.text[i] != '-')
			return false;
	*a = left && right ? ALIGN_CENTRE
	     : right	   ? ALIGN_RIGHT
	     : left	   ? ALIGN_LEFT
			   : ALIGN_NONE;
	return true;
}

static bool
has_only(struct line l, const char *bytes)
{
	size_t i, n = strlen(bytes);

	for (i = 0; i < l.len; i++)
		if (memchr(bytes, l.text[i], n) == NULL)
			return false;
	return true;
}

/* The alignments of a delimiter row of n columns, or NULL. */
static enum alignment *
read_delimiter(struct line l, size_t n)
{
	struct cells c;
	enum alignment *a;
	size_t i = 0;

	l = trim(l);
	if (l.len == 0 || !has_only(l, "|:- \t"))
		return NULL;
	c = split_cells(l);
	a = mem_zero(n, sizeof *a);
	if (c.n == n)
		while (i < n && read_alignment(c.of[i], &a[i]))
			i++;
	free(c.of);
	if (i == n)
		return a;
	free(a);
	return NULL;
}

/* A line of a block without the marks of the quotes it stands in. */
static struct line
content(struct line l, int quotes)
{
	for (l = trim(l); quotes > 0 && l.len > 0 && *l.text == '>'; quotes--)
		l = trim((struct line){l.text + 1, l.len - 1});
	return l;
}

static int
quotes_around(cmark_node *node)
{
	int n = 0;

	for (; node != NULL; node = cmark_node_parent(node))
		n += cmark_node_get_type(node) == CMARK_NODE_BLOCK_QUOTE;
	return n;
}

/* One table in a block of lines: the heading row at first, to last. */
struct place {
	size_t first, last; /* lines, from 1 */
	size_t columns;
	enum alignment *alignments;
	size_t block;  /* the line that the block begins in */
	size_t indent; /* the bytes before the block in that line */
	int quotes;
};

struct places {
	struct place *of;
	size_t n, size;
};

static struct line
row_at(const struct lines *l, const struct place *p, size_t line)
{
	struct line row = l->of[line - 1];

	if (line != p->block)
		return content(row, p->quotes);
	return trim((struct line){row.text + p->indent, row.len - p->indent});
}

static bool
has_bar(struct line l)
{
	return memchr(l.text, '|', l.len) != NULL;
}

/* Whether a table begins in this line of the block. */
static bool
begins(const struct lines *l, struct place *p, size_t line)
{
	struct line head = row_at(l, p, line), rule = row_at(l, p, line + 1);
	struct cells c;

	if (!has_bar(head) && !has_bar(rule))
		return false;
	c = split_cells(head);
	p->columns = c.n;
	free(c.of);
	p->alignments = read_delimiter(rule, p->columns);
	return p->alignments != NULL;
}

/* More empty cells than this are no table that anyone wrote. */
#define MOST_PADDING 100000

/*
 * GFM drops the cells that a row has too many; here the table widens.  False
 * where next to all of it would be cells that are not there.
 */
static bool
widen(const struct lines *l, struct place *p)
{
	size_t columns = p->columns, cells = p->columns, line;
	struct cells c;

	for (line = p->first + 2; line <= p->last; line++) {
		c = split_cells(row_at(l, p, line));
		if (c.n > columns)
			columns = c.n;
		cells += c.n;
		free(c.of);
	}
	if ((p->last - p->first) * columns > 2 * cells + MOST_PADDING)
		return false;
	p->alignments =
	    mem_resize(p->alignments, columns * sizeof *p->alignments);
	for (; p->columns < columns; p->columns++)
		p->alignments[p->columns] = ALIGN_NONE;
	return true;
}

static void
find_in(struct places *places, const struct lines *l, cmark_node *node)
{
	struct place p = {.quotes = quotes_around(node)};
	size_t last = (size_t)cmark_node_get_end_line(node), line;

	p.block = (size_t)cmark_node_get_start_line(node);
	p.indent = (size_t)cmark_node_get_start_column(node) - 1;
	if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
		last--; /* its underline */
	if (last > l->n || p.block < 1 || p.block > l->n ||
	    p.indent > l->of[p.block - 1].len)
		return;
	for (line = p.block; line + 1 <= last; line++)
		if (begins(l, &p, line)) {
			p.first = line;
			p.last = last;
			if (!widen(l, &p)) {
				free(p.alignments);
				return;
			}
			if (places->n == places->size) {
				places->size =
				    places->size > 0 ? 2 * places->size : 64;
				places->of = mem_resize(places->of,
				    places->size * sizeof *places->of);
			}
			places->of[places->n++] = p;
			return;
		}
}

static struct places
find_places(const struct lines *l, const char *text, size_t len)
{
	struct places places = {0};
	cmark_node *root = cmark_parse_document(text, len, CMARK_OPT_DEFAULT);
	cmark_iter *i = cmark_iter_new(root);
	cmark_event_type event;
	cmark_node_type type;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		type = cmark_node_get_type(cmark_iter_get_node(i));
		if (event == CMARK_EVENT_ENTER &&
		    (type == CMARK_NODE_PARAGRAPH ||
			type == CMARK_NODE_HEADING))
			find_in(&places, l, cmark_iter_get_node(i));
	}
	cmark_iter_free(i);
	cmark_node_free(root);
	return places;
}

struct writer {
	struct markdown *m;
	struct buf *out;
	size_t size; /* of m->lines */
};

static void
end_line(struct writer *w, size_t line)
{
	struct markdown *m = w->m;

	buf_char(w->out, '\n');
	if (m->n_lines + 1 >= w->size) {
		w->size = w->size > 0 ? 2 * w->size : 1024;
		m->lines = mem_resize(m->lines, w->size * sizeof *m->lines);
	}
	m->lines[++m->n_lines] = line;
}

/*
 * What stands before the block, so that a further line belongs to it: quote
 * marks as they are, marks of list items as spaces.
 */
static void
write_indent(struct buf *out, struct line l, size_t indent, bool as_is)
{
	size_t i;

	for (i = 0; i < indent; i++)
		buf_char(out, as_is || l.text[i] == '>' || l.text[i] == '\t'
				  ? l.text[i]
				  : ' ');
}

/* In a cell a bar is written with a backslash, in code too. */
static void
write_cell(struct buf *out, struct line cell)
{
	size_t i;

	buf_text(out, "######");
	if (cell.len == 0)
		return;
	buf_char(out, ' ');
	for (i = 0; i < cell.len; i++)
		if (cell.text[i] != '\\' || i + 1 == cell.len ||
		    cell.text[i + 1] != '|')
			buf_char(out, cell.text[i]);
	buf_text(out, " ######");
}

static void
write_table(struct writer *w, const struct lines *l, struct place *p)
{
	struct table *t = &w->m->tables[w->m->n_tables++];
	struct line before = l->of[p->block - 1];
	size_t line, i;
	struct cells c;

	t->columns = p->columns;
	t->rows = p->last - p->first;
	t->alignments = p->alignments;
	t->first_line = w->m->n_lines + 1;
	for (line = p->first; line <= p->last; line++) {
		if (line == p->first + 1)
			continue;
		c = split_cells(row_at(l, p, line));
		for (i = 0; i < t->columns; i++) {
			write_indent(w->out, before, p->indent,
			    line == p->block && i == 0);
			write_cell(
			    w->out, i < c.n ? c.of[i] : (struct line){0});
			end_line(w, line);
		}
		free(c.of);
	}
}

void
markdown_find_tables(
    struct markdown *m, const char *text, size_t len, struct buf *out)
{
	struct lines l = split_lines(text, len);
	struct places places = find_places(&l, text, len);
	struct writer w = {m, out, 0};
	size_t line, next = 0;

	m->tables = mem_zero(places.n, sizeof *m->tables);
	for (line = 1; line <= l.n; line++) {
		if (next < places.n && line == places.of[next].first) {
			write_table(&w, &l, &places.of[next]);
			line = places.of[next++].last;
			continue;
		}
		buf_add(out, l.of[line - 1].text, l.of[line - 1].len);
		end_line(&w, line);
	}
	free(places.of);
	free(l.of);
}
