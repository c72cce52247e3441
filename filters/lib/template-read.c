#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "template-private.h"

/* Where reading is in one template. */
struct reader {
	const char *name;
	const char *start, *at, *end;
	char open[8], close[8]; /* delimiters */
	struct parts *parts;
	size_t sections[MAX_DEPTH]; /* those open, by part */
	size_t n_sections;
	struct buf *error;
};

static int
fail(struct reader *r, const char *at, const char *what, const char *name)
{
	size_t line = 1;
	const char *c;

	for (c = r->start; c < at; c++)
		line += *c == '\n';
	buf_printf(r->error, "%s:%zu: %s%s%s", r->name, line, what,
	    name != NULL ? " " : "", name != NULL ? name : "");
	return -1;
}

static struct part *
add_part(struct parts *parts, enum part_kind kind)
{
	struct part *p;

	if (parts->n == parts->max) {
		parts->max = parts->max > 0 ? parts->max * 2 : 64;
		parts->list =
		    mem_resize(parts->list, parts->max * sizeof *parts->list);
	}
	p = &parts->list[parts->n++];
	*p = (struct part){.kind = kind};
	return p;
}

static void
add_text(struct parts *parts, const char *from, const char *to)
{
	struct part *p;

	if (to <= from)
		return;
	p = add_part(parts, TEXT);
	p->text = from;
	p->len = (size_t)(to - from);
}

void
template_free(struct parts *parts)
{
	size_t i;

	for (i = 0; i < parts->n; i++)
		free(parts->list[i].name);
	free(parts->list);
}

static const char *
find(const char *from, const char *end, const char *what)
{
	return memmem(from, (size_t)(end - from), what, strlen(what));
}

static bool
begins(const char *at, const char *end, const char *with)
{
	size_t n = strlen(with);

	return (size_t)(end - at) >= n && memcmp(at, with, n) == 0;
}

static bool
is_space(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* A copy of the text between, without white space around it. */
static char *
trimmed(const char *from, const char *to)
{
	while (from < to && is_space(*from))
		from++;
	while (to > from && is_space(to[-1]))
		to--;
	return mem_text(from, (size_t)(to - from));
}

/*
 * Whether the tag from..to stands alone on its line; then *line is where the
 * line begins and *next where the one behind it does.
 */
static bool
stands_alone(const struct reader *r, const char *from, const char *to,
    const char **line, const char **next)
{
	while (from > r->start && (from[-1] == ' ' || from[-1] == '\t'))
		from--;
	if (from > r->start && from[-1] != '\n')
		return false;
	while (to < r->end && (*to == ' ' || *to == '\t'))
		to++;
	if (to < r->end && *to == '\r')
		to++;
	if (to < r->end && *to != '\n')
		return false;
	*line = from;
	*next = to < r->end ? to + 1 : to;
	return true;
}

/* {{=<% %>=}} */
static int
set_delimiters(struct reader *r, const char *from, const char *to)
{
	char *both = trimmed(from, to), *second = both;
	size_t first;
	int status = -1;

	while (*second != '\0' && !is_space(*second))
		second++;
	first = (size_t)(second - both);
	while (is_space(*second))
		second++;
	if (first > 0 && first < sizeof r->open && *second != '\0' &&
	    strlen(second) < sizeof r->close && strpbrk(second, " =") == NULL) {
		memcpy(r->open, both, first);
		r->open[first] = '\0';
		strcpy(r->close, second);
		status = 0;
	}
	free(both);
	return status == 0 ? 0 : fail(r, from, "bad delimiters", NULL);
}

static int
end_section(struct reader *r, const char *at, const char *name)
{
	struct part *p;

	if (r->n_sections == 0)
		return fail(r, at, "no section is open for", name);
	p = &r->parts->list[r->sections[--r->n_sections]];
	if (strcmp(p->name, name) != 0)
		return fail(r, at, "another section is open than", name);
	p->end = r->parts->n;
	return 0;
}

/* Adds the part of a tag, of the given sign, with what stands in it. */
static int
add_tag(struct reader *r, char sign, const char *at, char *name,
    const char *indent, size_t indent_len)
{
	struct part *p;

	p = add_part(r->parts, sign == '#'   ? SECTION
			       : sign == '^' ? INVERTED
			       : sign == '>' ? PARTIAL
			       : sign == '&' ? RAW
					     : VALUE);
	p->name = name;
	if (*name == '\0')
		return fail(r, at, "a tag without a name", NULL);
	if (sign == '>') {
		p->text = indent;
		p->len = indent_len;
	}
	if (sign == '#' || sign == '^') {
		if (r->n_sections == MAX_DEPTH)
			return fail(r, at, "sections too deep at", name);
		r->sections[r->n_sections++] = r->parts->n - 1;
	}
	return 0;
}

/* Reads the tag that begins at tag; the text before it begins at r->at. */
static int
read_tag(struct reader *r, const char *tag)
{
	const char *from = tag + strlen(r->open), *to, *behind;
	const char *line = tag, *next;
	const char *close = r->close;
	char sign = from < r->end ? *from : '\0', *name;
	bool alone;
	int status = 0;

	if (sign != '\0' && strchr("#^/>&!={", sign) != NULL)
		from++;
	else
		sign = ' ';
	to = find(from, r->end, sign == '{' ? "}" : close);
	if (sign == '{' && to != NULL)
		close = begins(to + 1, r->end, r->close) ? r->close : NULL;
	if (to == NULL || close == NULL)
		return fail(r, tag, "a tag is not closed", NULL);
	behind = to + strlen(r->close) + (sign == '{');
	if (sign == '=') {
		if (to == from || to[-1] != '=')
			return fail(r, tag, "bad delimiters", NULL);
		to--;
	}
	alone = strchr("#^/>!=", sign) != NULL &&
		stands_alone(r, tag, behind, &line, &next);
	if (!alone) {
		line = tag;
		next = behind;
	}
	add_text(r->parts, r->at, line);
	r->at = next;
	if (sign == '!')
		return 0;
	if (sign == '=')
		return set_delimiters(r, from, to);
	name = trimmed(from, to);
	if (sign == '/') {
		status = end_section(r, tag, name);
		free(name);
		return status;
	}
	return add_tag(
	    r, sign == '{' ? '&' : sign, tag, name, line, (size_t)(tag - line));
}

static int
read_all(struct reader *r)
{
	const char *tag;

	strcpy(r->open, "{{");
	strcpy(r->close, "}}");
	r->at = r->start;
	while ((tag = find(r->at, r->end, r->open)) != NULL)
		if (read_tag(r, tag) < 0)
			return -1;
	add_text(r->parts, r->at, r->end);
	if (r->n_sections > 0)
		return fail(r, r->end, "a section is not closed:",
		    r->parts->list[r->sections[r->n_sections - 1]].name);
	return 0;
}

int
template_read(struct parts *parts, const char *name, const char *text,
    size_t len, struct buf *error)
{
	struct reader r = {.name = name,
	    .start = text,
	    .end = text + len,
	    .parts = parts,
	    .error = error};

	return read_all(&r);
}
