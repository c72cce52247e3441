#include <stdlib.h>
#include <string.h>

#include "ms-private.h"

/* Writes a string for troff in a role: ".ds name text". */
static void
define(struct ms *ms, const char *name, enum font_role role, const char *text)
{
	struct set s = {.role = role};

	set_text(ms, &s, text, ms->m->root);
	buf_printf(ms->out, ".ds %s \"%s\n", name, s.text.data);
	set_free(&s);
}

static long
width_of(struct ms *ms, const char *text)
{
	struct set s = {.role = FONT_TEXT};
	long width;

	set_text(ms, &s, text, ms->m->root);
	width = s.width;
	set_free(&s);
	return width;
}

/* The running head: what does not fit beside the number is left away. */
static void
define_head(struct ms *ms, const char *title)
{
	char *number = markdown_cover(ms->m, COVER_NUMBER);
	char *class = markdown_cover(ms->m, COVER_CLASSIFICATION);
	struct buf right = {0};
	const long most = LINE_PORTRAIT / 8500 * 1000 - 3000;

	buf_text(&right, number);
	if (*class != '\0')
		buf_printf(&right, "%s%s", *number != '\0' ? "　" : "", class);
	if (ms->lang == EN && *class != '\0' && *number != '\0') {
		buf_clear(&right);
		buf_printf(&right, "%s · %s", number, class);
	}
	if (width_of(ms, right.data) > most)
		buf_clear(&right);
	define(ms, "doc-head-right", FONT_TEXT, right.data);
	if (width_of(ms, title) + width_of(ms, right.data) > most)
		title = "";
	define(ms, "doc-head-left", FONT_TEXT, title);
	buf_free(&right);
	free(number);
	free(class);
}

static void
write_info(struct ms *ms, const char *key, const char *text)
{
	if (*text == '\0')
		return;
	buf_printf(ms->out, ".pdfmark /%s ", key);
	ms_pdf_string(ms->out, text);
	buf_text(ms->out, " /DOCINFO\n");
}

/* Title, author and subject of the PDF. */
static void
write_information(struct ms *ms, const char *title)
{
	char *author = markdown_cover(ms->m, COVER_ORGANISATION);
	char *number = markdown_cover(ms->m, COVER_NUMBER);

	write_info(ms, "Title", title);
	write_info(ms, "Author", author);
	write_info(ms, "Subject", number);
	free(author);
	free(number);
}

static void
define_foot(struct ms *ms)
{
	bool zh = ms->lang == ZH;

	define(ms, "doc-page", FONT_TEXT, zh ? "第" : "Page");
	define(ms, "doc-of", FONT_TEXT, zh ? "页　共" : "of");
	define(ms, "doc-pages", FONT_TEXT, zh ? "页" : "");
	buf_text(ms->out,
	    ".ds doc-foot \"\\*[doc-page] \\\\*[doc-number] \\*[doc-of] "
	    "\\*[toc-pages] \\*[doc-pages]\n");
}

/* Of several places for the contents the first is it. */
static cmark_node *
find_contents(const struct markdown *m)
{
	cmark_node *node = cmark_node_first_child(m->root);

	while (node != NULL && !markdown_is_contents(node))
		node = cmark_node_next(node);
	return node;
}

/* Without a title there is no cover page, and its facts stay a table. */
static bool
begins_with_title(const struct markdown *m)
{
	cmark_node *node = cmark_node_first_child(m->root);

	while (node != NULL && cmark_node_get_type(node) != CMARK_NODE_HEADING)
		node = cmark_node_next(node);
	return node != NULL && cmark_node_get_heading_level(node) == 1;
}

void
ms_begin(struct ms *ms)
{
	char *title = markdown_title(ms->m);

	if (begins_with_title(ms->m))
		ms->cover = markdown_cover_table(ms->m);
	ms->contents = find_contents(ms->m);
	buf_printf(ms->out, ".BEGIN %d\n", ms->lang == EN);
	ms->part = ms->cover != NULL	  ? PART_COVER
		   : ms->contents != NULL ? PART_FRONT
					  : PART_TEXT;
	define_head(ms, title != NULL ? title : "");
	define_foot(ms);
	free(title);
}

void
ms_end(struct ms *ms)
{
	char *title = markdown_title(ms->m);

	write_information(ms, title != NULL ? title : "");
	buf_text(ms->out, ".pdfmark /PageMode /UseOutlines /DOCVIEW\n.END\n");
	free(title);
}

void
ms_after_cover(struct ms *ms)
{
	if (!ms->on_cover)
		return;
	ms->on_cover = false;
	ms->part = ms->contents != NULL ? PART_FRONT : PART_TEXT;
}

/* One line of the cover: a macro, and text in its role. */
static void
write_line(struct ms *ms, const char *macro, enum font_role role,
    const char *text, cmark_node *where)
{
	struct set s = {.role = role};

	if (*text == '\0')
		return;
	set_text(ms, &s, text, where);
	buf_printf(ms->out, ".%s\n%s\n", macro, s.text.data);
	set_free(&s);
}

/* The facts in the order of the document. */
static void
write_facts(struct ms *ms)
{
	const struct table *t = ms->cover;
	struct set label, value;
	size_t row;

	buf_text(ms->out, ".COVER-FACTS\n.TS\ncenter tab(\t) nospaces;\n"
			  "lw(130p) lw(240p).\n");
	for (row = 1; row < t->rows; row++) {
		label = (struct set){.role = FONT_TEXT, .breaks = true};
		value = (struct set){.role = FONT_TEXT, .breaks = true};
		set_inlines(ms, &label, t->cells[2 * row]);
		set_inlines(ms, &value, t->cells[2 * row + 1]);
		buf_printf(ms->out,
		    ".RULE faint 300\nT{\n.na\n%s\nT}\tT{\n.na\n%s\nT}\n",
		    label.text.data, value.text.data);
		set_free(&label);
		set_free(&value);
	}
	buf_text(ms->out, ".RULE faint 300\n.TE\n.TABLE-END\n");
}

bool
ms_cover(struct ms *ms, cmark_node *title)
{
	char *text, *fact;

	if (ms->cover == NULL || ms->on_cover || ms->n_headings > 0)
		return false;
	ms->on_cover = true;
	text = markdown_text(title);
	buf_text(ms->out, ".COVER\n");
	fact = markdown_cover(ms->m, COVER_ORGANISATION);
	write_line(ms, "COVER-ORGANISATION", FONT_TEXT, fact, title);
	free(fact);
	write_line(ms, "COVER-TITLE", FONT_HEADING, text, title);
	free(text);
	write_facts(ms);
	return true;
}

void
ms_bookmark(struct ms *ms, const char *text, int level)
{
	int most = ms->bookmark_level + 1;

	level = level > 1 ? level - 1 : 1;
	ms->bookmark_level = level < most ? level : most;
	buf_printf(ms->out, ".nop \\!x X ps:exec [/Dest /h%zu /Title ",
	    ms->n_headings);
	ms_pdf_string(ms->out, text);
	buf_printf(ms->out, " /Level %d /OUT pdfmark\n", ms->bookmark_level);
}

#define ENTRY_SIZE 10500
#define ENTRY_ROOM                                                             \
	(100 * POINT) /* for the page and the last word of a line              \
		       */

/* An entry of the contents; a long one has several lines. */
static void
write_entry(struct ms *ms, cmark_node *heading, size_t number)
{
	int level = cmark_node_get_heading_level(heading);
	struct set s = {.role = level < 3 ? FONT_BOLD : FONT_TEXT,
	    .limit_lines = 1,
	    .limit = (LINE_PORTRAIT - ENTRY_ROOM) / ENTRY_SIZE * 1000};
	size_t i, from = 0;

	set_inlines(ms, &s, heading);
	buf_printf(ms->out, ".ENTRY %d h%zu\n", level, number);
	for (i = 0; i < s.n_cuts; from = s.cuts[i++])
		buf_printf(ms->out, "%.*s\n.br\n", (int)(s.cuts[i] - from),
		    s.text.data + from);
	buf_printf(ms->out, "%s\\X'pdf: markend'\n.ENTRY-END h%zu\n",
	    s.text.data + from, number);
	set_free(&s);
}

/* The headings to level 3 behind the title on the cover. */
void
ms_contents(struct ms *ms)
{
	cmark_node *node;
	size_t number = 0;
	int level;

	write_line(ms, "CONTENTS", FONT_HEADING,
	    ms->lang == ZH ? "目录" : "Contents", ms->m->root);
	for (node = cmark_node_first_child(ms->m->root); node != NULL;
	     node = cmark_node_next(node)) {
		if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		level = cmark_node_get_heading_level(node);
		if (level == 1 && number == 0 && ms->cover != NULL)
			continue;
		number++;
		if (level <= 3)
			write_entry(ms, node, number);
	}
	ms->part = PART_TEXT;
}
