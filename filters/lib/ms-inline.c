#include <stdlib.h>
#include <string.h>

#include "ms-private.h"

/* What an inline node is in. */
struct marks {
	int bold, italic, link;
};

static enum font_role
role_of(const struct set *s, const struct marks *k)
{
	if (s->role == FONT_HEADING)
		return FONT_HEADING;
	if (k->bold > 0)
		return k->italic > 0 ? FONT_BOLD_ITALIC : FONT_BOLD;
	return k->italic > 0 ? FONT_ITALIC : s->role;
}

static bool
is_web(const char *url)
{
	return strncasecmp(url, "http:", 5) == 0 ||
	       strncasecmp(url, "https:", 6) == 0 ||
	       strncasecmp(url, "mailto:", 7) == 0;
}

/* A URL for a PDF string in a troff escape: what is not plain is encoded. */
static void
write_url(struct buf *b, const char *url)
{
	for (; *url != '\0'; url++)
		if ((*url >= '0' && *url <= '9') ||
		    (*url >= 'A' && *url <= 'Z') ||
		    (*url >= 'a' && *url <= 'z') ||
		    strchr("-._~:/?#@!$&*+,;=%", *url) != NULL)
			buf_char(b, *url);
		else
			buf_printf(b, "%%%02X", (unsigned char)*url);
}

static void
begin_link(struct ms *ms, struct set *s, const char *url)
{
	if (!is_web(url))
		return;
	set_space(ms, s, 0);
	set_role(s, s->begun ? s->current : s->role);
	buf_text(&s->text,
	    "\\X'pdf: markstart 8000 -2000 1000 /Subtype /Link "
	    "/Border [0 0 0] /Color [0 0 0] /Action << /Subtype /URI /URI (");
	write_url(&s->text, url);
	buf_text(&s->text, ") >>'");
}

/* On paper a link says where it leads. */
static void
end_link(struct ms *ms, struct set *s, cmark_node *link, enum font_role role)
{
	const char *url = cmark_node_get_url(link);
	char *text = markdown_text(link);
	struct buf b = {0};

	if (is_web(url)) {
		set_role(s, s->current);
		buf_text(&s->text, "\\X'pdf: markend'");
	}
	if (*url != '\0' && *url != '#' && strcmp(text, url) != 0 &&
	    !(strncmp(url, "mailto:", 7) == 0 && strcmp(text, url + 7) == 0)) {
		buf_printf(&b, ms->lang == ZH ? "（%s）" : " (%s)", url);
		set_string(ms, s, role, b.data, link);
		buf_free(&b);
	}
	free(text);
}

static void
set_node(
    struct ms *ms, struct set *s, struct marks *k, cmark_node *node, bool enter)
{
	switch (cmark_node_get_type(node)) {
	case CMARK_NODE_TEXT:
		set_string(
		    ms, s, role_of(s, k), cmark_node_get_literal(node), node);
		break;
	case CMARK_NODE_CODE:
		set_string(
		    ms, s, FONT_CODE, cmark_node_get_literal(node), node);
		break;
	case CMARK_NODE_SOFTBREAK:
		s->joins = !s->space;
		s->space = true;
		break;
	case CMARK_NODE_LINEBREAK:
		set_break(s);
		break;
	case CMARK_NODE_STRONG:
		k->bold += enter ? 1 : -1;
		break;
	case CMARK_NODE_EMPH:
		k->italic += enter ? 1 : -1;
		break;
	case CMARK_NODE_LINK:
		if (enter)
			begin_link(ms, s, cmark_node_get_url(node));
		else
			end_link(ms, s, node, role_of(s, k));
		break;
	default:
		break;
	}
}

void
set_inlines(struct ms *ms, struct set *s, cmark_node *parent)
{
	cmark_iter *i = cmark_iter_new(parent);
	cmark_event_type event;
	struct marks k = {0};

	while ((event = cmark_iter_next(i)) != CMARK_EVENT_DONE)
		if (cmark_iter_get_node(i) != parent)
			set_node(ms, s, &k, cmark_iter_get_node(i),
			    event == CMARK_EVENT_ENTER);
	cmark_iter_free(i);
	set_end(s);
}
