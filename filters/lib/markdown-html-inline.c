#include <string.h>

#include "markdown-html.h"
#include "utf8.h"

static void
write_char(struct buf *b, char c)
{
	switch (c) {
	case '&':
		buf_text(b, "&amp;");
		break;
	case '<':
		buf_text(b, "&lt;");
		break;
	case '>':
		buf_text(b, "&gt;");
		break;
	case '"':
		buf_text(b, "&quot;");
		break;
	default:
		if (((unsigned char)c < 0x20 && c != '\n' && c != '\t') ||
		    c == 0x7f)
			buf_text(b, "\xef\xbf\xbd");
		else
			buf_char(b, c);
	}
}

void
html_escape(struct buf *b, const char *text)
{
	for (; *text != '\0'; text++)
		write_char(b, *text);
}

static void
open_link(struct buf *b, cmark_node *link)
{
	buf_text(b, "<a href=\"");
	html_escape(b, cmark_node_get_url(link));
	if (*cmark_node_get_title(link) != '\0') {
		buf_text(b, "\" title=\"");
		html_escape(b, cmark_node_get_title(link));
	}
	buf_text(b, "\">");
}

static bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Whether text begins with a day, 2025-12-31. */
static bool
is_day(const char *text)
{
	const char *form = "0000-00-00";
	size_t i;

	for (i = 0; form[i] != '\0'; i++)
		if (form[i] == '0' ? !is_digit(text[i]) : text[i] != form[i])
			return false;
	return !is_digit(text[i]);
}

/* What is left of the lead stands out; no line ends within a day. */
static void
write_text(struct buf *b, const char *text, size_t *lead)
{
	const char *p = text, *end = NULL;

	if (*lead > 0 && *p != '\0') {
		buf_text(b, "<b>");
		for (; *lead > 0 && *p != '\0'; (*lead)--)
			write_char(b, *p++);
		buf_text(b, "</b>");
	}
	for (; *p != '\0'; p++) {
		if ((p == text || !is_digit(p[-1])) && is_day(p)) {
			buf_text(b, "<span class=\"day\">");
			end = p + strlen("0000-00-00");
		}
		write_char(b, *p);
		if (p + 1 == end)
			buf_text(b, "</span>");
	}
}

/* Whether lines that end or begin with it are joined without a space. */
static bool
is_east_asian(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff00 && c <= 0xff60) ||
	       (c >= 0x20000 && c <= 0x3ffff);
}

/* The first or last character of a text, 0 where the node is none. */
static uint32_t
character_at(cmark_node *node, bool last)
{
	const char *text;
	uint32_t c = 0;
	size_t n;

	if (cmark_node_get_type(node) != CMARK_NODE_TEXT)
		return 0;
	text = cmark_node_get_literal(node);
	n = strlen(text);
	if (last && n > 0) {
		text += n - 1;
		for (n = 1; (*text & 0xc0) == 0x80; n++)
			text--;
	}
	utf8_decode(text, n, &c);
	return c;
}

/* A browser makes a space of the end of a line, also in Chinese. */
static void
write_soft_break(struct buf *b, cmark_node *node)
{
	if (!is_east_asian(character_at(cmark_node_previous(node), true)) ||
	    !is_east_asian(character_at(cmark_node_next(node), false)))
		buf_char(b, '\n');
}

void
html_inlines(struct buf *b, cmark_node *block, size_t lead)
{
	cmark_iter *i = cmark_iter_new(block);
	cmark_event_type event;
	cmark_node *node;

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE) {
		bool enter = event == CMARK_EVENT_ENTER;

		node = cmark_iter_get_node(i);
		switch (cmark_node_get_type(node)) {
		case CMARK_NODE_TEXT:
			write_text(b, cmark_node_get_literal(node), &lead);
			break;
		case CMARK_NODE_CODE:
			buf_text(b, "<code>");
			write_text(b, cmark_node_get_literal(node), &lead);
			buf_text(b, "</code>");
			break;
		case CMARK_NODE_SOFTBREAK:
			write_soft_break(b, node);
			break;
		case CMARK_NODE_LINEBREAK:
			buf_text(b, "<br>\n");
			break;
		case CMARK_NODE_EMPH:
			buf_text(b, enter ? "<em>" : "</em>");
			break;
		case CMARK_NODE_STRONG:
			buf_text(b, enter ? "<strong>" : "</strong>");
			break;
		case CMARK_NODE_LINK:
			if (enter)
				open_link(b, node);
			else
				buf_text(b, "</a>");
			break;
		default:
			break;
		}
	}
	cmark_iter_free(i);
}
