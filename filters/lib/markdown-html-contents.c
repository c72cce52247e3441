#include <stdlib.h>
#include <string.h>

#include "index.h"
#include "markdown-html.h"
#include "utf8.h"

/* What may be in an id: no white space, no punctuation but - _ and a stop. */
static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
		       c == '-' || c == '_' || c == '.';
	return c >= 0xc0 && !(c >= 0x2000 && c < 0x2070) &&
	       !(c >= 0x3000 && c < 0x3040 && c != 0x3005 && c != 0x3007) &&
	       !(c >= 0xff00 && c < 0xff10) && !(c >= 0xff1a && c < 0xff21) &&
	       !(c >= 0xff3b && c < 0xff41) && !(c >= 0xff5b && c < 0xff66);
}

/* "11.3 Not acceptable" -> "11.3-not-acceptable"; Chinese stays. */
static void
write_slug(struct buf *b, const char *text)
{
	size_t n = strlen(text), len;
	uint32_t c = 0;
	char low;

	for (; n > 0 && (len = utf8_decode(text, n, &c)) > 0;
	     text += len, n -= len) {
		low = *text >= 'A' && *text <= 'Z' ? (char)(*text - 'A' + 'a')
						   : *text;
		if (c == ' ')
			buf_char(b, '-');
		else if (len == 1 && is_letter((unsigned char)low))
			buf_char(b, low);
		else if (len > 1 && is_letter(c))
			buf_add(b, text, len);
	}
	if (b->len == 0)
		buf_text(b, "-");
}

/*
 * An id that no other heading has: the slug of its text, or that and a number
 * from 2.  last[i] is the number given last to the slug i.
 */
static char *
make_id(struct index *used, size_t *last, cmark_node *heading)
{
	struct buf b = {0};
	char *text = markdown_text(heading);
	size_t i, len;

	write_slug(&b, text);
	free(text);
	len = b.len;
	i = index_find(used, b.data);
	while (index_find(used, b.data) != INDEX_NONE) {
		b.len = len;
		buf_printf(&b, "-%zu", ++last[i]);
	}
	last[index_add(used, b.data)] = 1;
	return b.data;
}

/*
 * The contents list the headings of levels 2 and 3 that stand in no quote and
 * no list.  0: not this one.
 */
static int
listed_level(cmark_node *heading)
{
	int level = cmark_node_get_heading_level(heading);

	return cmark_node_get_type(cmark_node_parent(heading)) ==
			   CMARK_NODE_DOCUMENT &&
		       level >= 2 && level <= 3
		   ? level
		   : 0;
}

void
html_find_headings(struct headings *h, const struct markdown *m)
{
	cmark_iter *i = cmark_iter_new(m->root);
	cmark_event_type event;
	cmark_node *node;
	size_t size = 0, n;
	struct index used = {0};
	size_t *last;
	bool listed = false;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		node = cmark_iter_get_node(i);
		if (event != CMARK_EVENT_ENTER)
			continue;
		if (h->contents == NULL && markdown_is_contents(node))
			h->contents = node;
		if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		if (h->n == size) {
			size = size > 0 ? 2 * size : 64;
			h->of = mem_resize(h->of, size * sizeof *h->of);
		}
		h->of[h->n].node = node;
		listed = listed || listed_level(node) > 0;
		h->n++;
	}
	cmark_iter_free(i);
	if (!listed)
		h->contents = NULL;
	last = mem_zero(h->n, sizeof *last);
	for (n = 0; n < h->n; n++)
		h->of[n].id = make_id(&used, last, h->of[n].node);
	free(last);
	index_free(&used);
}

void
html_free_headings(struct headings *h)
{
	size_t n;

	for (n = 0; n < h->n; n++)
		free(h->of[n].id);
	free(h->of);
}

static void
write_entry(struct buf *b, const struct heading *h)
{
	char *text = markdown_text(h->node);

	buf_text(b, "<li><a href=\"#");
	html_escape(b, h->id);
	buf_text(b, "\">");
	html_escape(b, text);
	buf_text(b, "</a>");
	free(text);
}

/* Open so that they are printed; a reader may fold them. */
void
html_contents(struct buf *b, const struct headings *h, enum lang lang)
{
	const char *title = lang == ZH ? "目录" : "Contents";
	size_t i;
	int level, open = 0; /* the level of the item that is not ended */
	bool inner = false;

	buf_printf(b, "<nav class=\"contents\" aria-label=\"%s\">\n", title);
	buf_printf(b, "<details open>\n<summary>%s</summary>\n<ul>\n", title);
	for (i = 0; i < h->n; i++) {
		level = listed_level(h->of[i].node);
		if (level == 0)
			continue;
		if (level == 3 && open == 2) {
			buf_text(b, inner ? "</li>\n" : "\n<ul>\n");
			inner = true;
		} else {
			if (inner)
				buf_text(b, "</li>\n</ul>\n");
			if (open > 0)
				buf_text(b, "</li>\n");
			inner = false;
			open = level;
		}
		write_entry(b, &h->of[i]);
	}
	if (inner)
		buf_text(b, "</li>\n</ul>\n");
	buf_text(b, "</li>\n</ul>\n</details>\n</nav>\n");
}
