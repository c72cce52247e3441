#include <stdlib.h>
#include <string.h>

#include "day.h"
#include "markdown-private.h"

/* What the templates call the facts of a cover. */
static const struct {
	enum cover_fact fact;
	const char *label;
} labels[] = {
    {COVER_ORGANISATION, "组织"},
    {COVER_ORGANISATION, "Organisation"},
    {COVER_DEPARTMENT, "编制部门"},
    {COVER_DEPARTMENT, "Preparing department"},
    {COVER_NUMBER, "文件编号"},
    {COVER_NUMBER, "评估报告编号"},
    {COVER_NUMBER, "Document number"},
    {COVER_NUMBER, "Assessment report number"},
    {COVER_VERSION, "版本"},
    {COVER_VERSION, "评估报告版本"},
    {COVER_VERSION, "Version"},
    {COVER_VERSION, "Assessment report version"},
    {COVER_CLASSIFICATION, "密级"},
    {COVER_CLASSIFICATION, "Classification"},
    {COVER_DATE, "编制日期"},
    {COVER_DATE, "评估报告日期"},
    {COVER_DATE, "Date"},
    {COVER_DATE, "Assessment report date"},
};

enum cover_fact
markdown_fact(const char *label)
{
	size_t i;

	for (i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].label, label) == 0)
			return labels[i].fact;
	return COVER_FACTS;
}

char *
markdown_title(const struct markdown *m)
{
	cmark_node *node;

	for (node = cmark_node_first_child(m->root); node != NULL;
	     node = cmark_node_next(node))
		if (cmark_node_get_type(node) == CMARK_NODE_HEADING &&
		    cmark_node_get_heading_level(node) == 1)
			return markdown_text(node);
	return NULL;
}

static bool
is_cover(const struct table *t)
{
	return t != NULL && t->kind == TABLE_COVER && t->columns == 2 &&
	       t->rows > 1;
}

const struct table *
markdown_cover_table(const struct markdown *m)
{
	cmark_node *node = cmark_node_first_child(m->root);
	bool titled = false;

	for (; node != NULL; node = cmark_node_next(node)) {
		if (is_cover(markdown_table(node)))
			return markdown_table(node);
		if (cmark_node_get_type(node) != CMARK_NODE_HEADING)
			continue;
		if (titled || cmark_node_get_heading_level(node) > 1)
			return NULL;
		titled = true;
	}
	return NULL;
}

/* What the templates write where nothing is given: it is no fact. */
static bool
is_given(const char *text)
{
	return strcmp(text, "未填写") != 0 && strcmp(text, "not given") != 0;
}

char *
markdown_cover(const struct markdown *m, enum cover_fact fact)
{
	const struct table *t = markdown_cover_table(m);
	enum cover_fact found = COVER_FACTS;
	size_t row;
	char *label, *text;

	for (row = 1; t != NULL && row < t->rows && found != fact; row++) {
		label = markdown_text(t->cells[2 * row]);
		found = markdown_fact(label);
		free(label);
	}
	if (found != fact)
		return mem_text("", 0);
	text = markdown_text(t->cells[2 * row - 1]);
	if (!is_given(text))
		*text = '\0';
	return text;
}

/* A calendar day: what it is read as is written the same. */
static bool
is_day(const char *text)
{
	struct buf again = {0};
	bool same;

	if (strlen(text) != 10 || strspn(text, "0123456789-") != 10 ||
	    text[4] != '-' || text[7] != '-')
		return false;
	if (day_read(text) <
	    0) /* before 1970, where the time of a PDF begins */
		return false;
	day_write(&again, day_read(text));
	same = strcmp(again.data, text) == 0;
	buf_free(&again);
	return same;
}

char *
markdown_day(const struct markdown *m)
{
	char *day = markdown_cover(m, COVER_DATE);

	if (is_day(day))
		return day;
	free(day);
	return NULL;
}
