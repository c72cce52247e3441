#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "ms-private.h"
#include "utf8.h"

#define INDENT (21 * POINT)
/* Deeper lists and quotes go on at this indent. */
#define MOST_INDENT (LINE_PORTRAIT / 2)

/* A list item or quote that blocks stand in. */
struct container {
	cmark_node *item; /* NULL: a quote */
	bool labelled;	  /* the label of the item was written */
	bool begun;	  /* what follows its first paragraph has begun */
	bool indented;	  /* and is indented */
};

struct walk {
	struct ms *ms;
	struct container *containers;
	size_t n, size;
};

/* Whether there was room for another indent. */
static bool
indent(struct ms *ms)
{
	if (ms->indent + INDENT > MOST_INDENT)
		return false;
	ms->indent += INDENT;
	buf_text(ms->out, ".RS\n");
	return true;
}

/* The item that the next block is in, or NULL. */
static struct container *
innermost_item(struct walk *w)
{
	return w->n > 0 && w->containers[w->n - 1].item != NULL
		   ? &w->containers[w->n - 1]
		   : NULL;
}

/* The number of an item, kept on it for the next one. */
static int
number_item(cmark_node *item)
{
	cmark_node *before = cmark_node_previous(item);
	intptr_t number =
	    before != NULL ? (intptr_t)cmark_node_get_user_data(before) + 1
			   : cmark_node_get_list_start(cmark_node_parent(item));

	cmark_node_set_user_data(item, (void *)number);
	return (int)number;
}

/* What stands before an item: "•", "12." */
static void
write_label(struct ms *ms, cmark_node *item)
{
	cmark_node *list = cmark_node_parent(item);
	struct set s = {.role = FONT_TEXT};
	char label[32];
	long room;

	if (cmark_node_get_list_type(list) == CMARK_BULLET_LIST) {
		snprintf(label, sizeof label, "•");
		s.role = FONT_HEADING; /* whose dot is larger */
	} else {
		snprintf(label, sizeof label, "%d%c", number_item(item),
		    cmark_node_get_list_delim(list) == CMARK_PAREN_DELIM ? ')'
									 : '.');
	}
	set_text(ms, &s, label, item);
	room = INDENT - s.width * 10500 / 1000;
	buf_printf(ms->out, ".ITEM %d\n%s\\h'%ldu'\\c\n",
	    !cmark_node_get_list_tight(list), s.text.data,
	    room > 4 * POINT ? room : 4 * POINT);
	set_free(&s);
}

/* A block in an item that is not the paragraph behind its label. */
static void
begin_block(struct walk *w)
{
	struct container *c = innermost_item(w);

	if (c == NULL || c->begun)
		return;
	if (!c->labelled)
		write_label(w->ms, c->item);
	c->labelled = c->begun = true;
	c->indented = indent(w->ms);
}

static long
paragraph_lines(cmark_node *node)
{
	char *text = markdown_text(node);
	/* 40 Chinese characters of three bytes, or more Latin ones. */
	long lines = (long)strlen(text) / 110 + 1;

	free(text);
	return lines;
}

/*
 * Whether a block leads to the next, so that both stay together: a heading, and
 * a paragraph before a table, a list or code.
 */
static bool
leads_on(cmark_node *node)
{
	cmark_node *next = cmark_node_next(node);

	if (next == NULL)
		return false;
	if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
		return true;
	return cmark_node_get_type(node) == CMARK_NODE_PARAGRAPH &&
	       (markdown_table(next) != NULL ||
		   cmark_node_get_type(next) == CMARK_NODE_LIST ||
		   cmark_node_get_type(next) == CMARK_NODE_CODE_BLOCK);
}

/* Whether a table is signed: room to sign follows, on the same page if it can.
 */
static bool
is_signed(cmark_node *node)
{
	const struct table *next = markdown_table(cmark_node_next(node));

	return markdown_table(node) != NULL && next != NULL &&
	       next->kind == TABLE_SIGNATURES;
}

/* The lines of a block that must be on the page it begins on. */
static long
first_lines(cmark_node *node)
{
	const struct table *t = markdown_table(node);
	long lines, whole = t != NULL && t->kind == TABLE_BARS ? 25
			    : is_signed(node)		       ? 20
							       : 13;

	if (t != NULL && t->kind == TABLE_HEATMAP)
		return 2 * (long)t->rows + 2;
	if (t != NULL && t->kind == TABLE_SIGNATURES && (long)t->rows <= whole)
		return 3 * (long)t->rows + 2;
	if (t != NULL)
		return (long)t->rows <= whole ? (long)t->rows + 3 : 7;
	if (cmark_node_get_type(node) == CMARK_NODE_HEADING)
		return 3;
	if (cmark_node_get_type(node) != CMARK_NODE_PARAGRAPH)
		return 2;
	lines = paragraph_lines(node);
	return lines > 3 && !leads_on(node) ? 2 : lines > 6 ? 6 : lines;
}

#define MOST_LINES 40

/* How many lines must be left on a page for a block to begin on it. */
static long
lines_needed(cmark_node *node)
{
	long lines = first_lines(node);

	while ((leads_on(node) || is_signed(node)) && lines < MOST_LINES) {
		node = cmark_node_next(node);
		lines += first_lines(node);
	}
	return lines < MOST_LINES ? lines : MOST_LINES;
}

/*
 * Turns the page for a wide table, and for what leads to it, and back.
 */
static void
turn(struct ms *ms, cmark_node *node)
{
	const struct table *t;
	bool wide;
	int i;

	for (i = 0; i < MOST_LINES && leads_on(node); i++)
		node = cmark_node_next(node);
	t = markdown_table(node);
	wide = t != NULL && t != ms->cover && ms_is_wide(ms, t);
	if (ms->part != PART_BEGUN)
		buf_printf(ms->out, ".PART %d %d\n", ms->part, wide);
	else if (wide != ms->sideways)
		buf_printf(ms->out, ".PAGE %d\n", wide);
	ms->part = PART_BEGUN;
	ms->sideways = wide;
}

static void
write_paragraph(struct walk *w, cmark_node *node)
{
	struct ms *ms = w->ms;
	struct container *c = innermost_item(w);
	struct set s = {
	    .role = FONT_TEXT, .breaks = true, .stretches = ms->lang == ZH};

	if (c != NULL && !c->labelled) {
		write_label(ms, c->item);
		c->labelled = true;
	} else {
		begin_block(w);
		buf_text(ms->out,
		    ms->indent == 0 && ms->lang == ZH ? ".PP\n" : ".LP\n");
	}
	buf_printf(ms->out, ".ne %ldv\n", lines_needed(node));
	set_inlines(ms, &s, node);
	buf_printf(ms->out, "%s\n", s.text.data);
	set_free(&s);
}

static bool
is_at_top(cmark_node *node, const struct ms *ms)
{
	return cmark_node_parent(node) == ms->m->root;
}

/*
 * A heading; those of the document itself have a bookmark, one level below
 * the one before at most.
 */
static void
write_heading(struct walk *w, cmark_node *node)
{
	struct ms *ms = w->ms;
	int level = cmark_node_get_heading_level(node);
	struct set s = {.role = FONT_HEADING};
	char *text;

	begin_block(w);
	if (level == 1 && is_at_top(node, ms) && ms_cover(ms, node))
		return;
	set_inlines(ms, &s, node);
	buf_printf(ms->out, ".br\n.ne %ldv\n", lines_needed(node) + 1);
	if (!is_at_top(node, ms)) {
		buf_printf(ms->out, ".H %d\n%s\n.HE\n", level, s.text.data);
		set_free(&s);
		return;
	}
	ms->n_headings++;
	buf_printf(ms->out, ".H %d h%zu\n%s\n.HE\n", level, ms->n_headings,
	    s.text.data);
	set_free(&s);
	text = markdown_text(node);
	ms_bookmark(ms, text, level);
	free(text);
}

static void
write_code(struct walk *w, cmark_node *node)
{
	struct ms *ms = w->ms;
	const char *text = cmark_node_get_literal(node);
	size_t n = strlen(text), i, len, column = 0;
	struct set s = {.role = FONT_CODE};
	long most;

	begin_block(w);
	most =
	    (LINE_PORTRAIT - ms->indent - 2 * CODE_MARGIN) / CODE_SIZE * 1000;
	buf_text(ms->out, ".CODE\n");
	for (i = 0; i <= n; i += len) {
		len = 1;
		if (text[i] == '\n' || (text[i] == '\0' && column > 0)) {
			buf_printf(ms->out, "\\*[code]%s\n",
			    s.text.data != NULL ? s.text.data : "");
			set_free(&s);
			s.role = FONT_CODE;
			column = 0;
		} else if (text[i] == '\t') {
			do
				set_code(ms, &s, " ", 1, most, node);
			while (++column % 4 != 0);
		} else if (text[i] != '\0') {
			len = set_code(ms, &s, text + i, n - i, most, node);
			column++;
		}
	}
	set_free(&s);
	buf_text(ms->out, ".CODE-END\n");
}

static struct container *
push(struct walk *w, cmark_node *item)
{
	if (w->n == w->size) {
		w->size = w->size > 0 ? 2 * w->size : 32;
		w->containers =
		    mem_resize(w->containers, w->size * sizeof *w->containers);
	}
	w->containers[w->n] = (struct container){.item = item};
	return &w->containers[w->n++];
}

static void
begin_quote(struct walk *w)
{
	begin_block(w);
	push(w, NULL)->indented = indent(w->ms);
}

static void
end_container(struct walk *w)
{
	struct container *c = &w->containers[--w->n];

	if (c->item != NULL && !c->labelled) /* each was begun: NOLINT */
		write_label(w->ms, c->item);
	if (!c->indented)
		return;
	w->ms->indent -= INDENT;
	buf_text(w->ms->out, ".RE\n");
}

static void
write_custom(struct walk *w, cmark_node *node)
{
	const struct table *t = markdown_table(node);

	if (node == w->ms->contents)
		ms_contents(w->ms);
	if (t == NULL || t == w->ms->cover)
		return;
	begin_block(w);
	buf_printf(w->ms->out, ".br\n.ne %ldv\n", lines_needed(node));
	if ((t->kind != TABLE_HEATMAP || !ms_heatmap(w->ms, t)) &&
	    (t->kind != TABLE_BARS || !ms_bars(w->ms, t)))
		ms_table(w->ms, t);
}

static void
enter(struct walk *w, cmark_node *node)
{
	if (is_at_top(node, w->ms)) {
		if (markdown_table(node) == NULL ||
		    markdown_table(node) != w->ms->cover)
			ms_after_cover(w->ms);
		turn(w->ms, node);
	}
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_PARAGRAPH:
		write_paragraph(w, node);
		break;
	case CMARK_NODE_HEADING:
		write_heading(w, node);
		break;
	case CMARK_NODE_CODE_BLOCK:
		write_code(w, node);
		break;
	case CMARK_NODE_THEMATIC_BREAK:
		begin_block(w);
		buf_text(w->ms->out, ".LINE\n");
		break;
	case CMARK_NODE_BLOCK_QUOTE:
		begin_quote(w);
		break;
	case CMARK_NODE_LIST:
		begin_block(w);
		break;
	case CMARK_NODE_ITEM:
		push(w, node);
		break;
	case CMARK_NODE_CUSTOM_BLOCK:
		write_custom(w, node);
		break;
	default:
		break;
	}
}

static void
leave(struct walk *w, cmark_node *node)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_BLOCK_QUOTE:
	case CMARK_NODE_ITEM:
		end_container(w);
		break;
	default:
		break;
	}
}

static void
write_body(struct ms *ms)
{
	struct walk w = {.ms = ms};
	cmark_iter *i = cmark_iter_new(ms->m->root);
	cmark_event_type event;
	cmark_node *node;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(i);
		if (event == CMARK_EVENT_ENTER)
			enter(&w, node);
		else
			leave(&w, node);
	}
	cmark_iter_free(i);
	free(w.containers);
}

int
markdown_ms(struct buf *out, const struct markdown *m, enum lang lang,
    struct fonts *fonts, const char *name)
{
	struct buf body = {0};
	struct ms ms = {
	    .m = m, .lang = lang, .fonts = fonts, .name = name, .out = &body};
	char *macros;
	size_t len;

	ms.widths = mem_zero(m->n_tables, sizeof *ms.widths);
	ms_begin(&ms);
	write_body(&ms);
	ms_end(&ms);
	/* The macros name it, also where no heading has text. */
	fonts_use(fonts, FONT_HEADING, ' ');
	macros = data_read("templates", "report", ".tmac", &len);
	if (ms.n_missing == 0) {
		buf_add(out, macros, len);
		fonts_requests(fonts, out);
		buf_add(out, body.data, body.len);
	}
	free(macros);
	free(ms.widths);
	free(ms.missing);
	buf_free(&body);
	return ms.n_missing == 0 ? 0 : -1;
}
