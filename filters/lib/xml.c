#include <err.h>
#include <errno.h>
#include <expat.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "status.h"
#include "xml-element.h"
#include "xml-encoding.h"
#include "xml.h"

#define DEEPEST 200
#define LONGEST ((size_t)8 << 20) /* a text or attribute */
/* A tag or comment: no less, counted by blocks; expat holds it as a whole. */
#define LONGEST_MARKUP (LONGEST + LONGEST / 4)

static const char declared[] = "an entity is declared, which is refused";
static const char referred[] = "an entity is referred to, which is refused";

/* An element that is open. */
struct level {
	struct xml_element element;
	bool on_the_way; /* to findings: no text is kept of it */
};

struct reading {
	XML_Parser parser;
	const char *source;
	choose_items *choose;
	take_item *give;
	void *arg;
	const char *const *paths;
	size_t *matched; /* how many names of each path are open */
	struct level levels[DEEPEST];
	size_t depth;		/* how many levels are open */
	size_t finding;		/* the level that is one; 0 where none is */
	unsigned long line;	/* on which it begins */
	size_t unmarked;	/* bytes read since anything was made of them */
	bool has_type, in_type; /* a document type has come; is open */
	bool stopped;
	char *error;
};

/* Ends the reading with an error at the line that is being read. */
static void
stop(struct reading *x, const char *what)
{
	struct buf error = {0};

	if (x->stopped)
		return;
	buf_printf(&error, "line %lu: %s",
	    (unsigned long)XML_GetCurrentLineNumber(x->parser), what);
	x->error = error.data;
	x->stopped = true;
	XML_StopParser(x->parser, XML_FALSE);
}

/* Whether name is the step of a path, counted from 0; is it the last? */
static bool
is_step(const char *path, size_t n, const char *name, bool *last)
{
	size_t len;

	for (; n > 0; n--)
		path += strcspn(path, "/") + 1;
	len = strcspn(path, "/");
	*last = path[len] == '\0';
	return (len == 1 && *path == '*') ||
	       (strncmp(path, name, len) == 0 && name[len] == '\0');
}

/*
 * Goes down into an element, outside of findings: whether it is on the way to
 * one, or is one, as x->finding says then.
 */
static bool
go_down(struct reading *x, const char *name)
{
	bool on_the_way = false, last;
	size_t i;

	for (i = 0; x->paths[i] != NULL; i++) {
		if (x->matched[i] != x->depth - 1 ||
		    !is_step(x->paths[i], x->depth - 1, name, &last))
			continue;
		x->matched[i]++;
		on_the_way = true;
		if (last)
			x->finding = x->depth;
	}
	return on_the_way;
}

static void
go_up(struct reading *x)
{
	size_t i;

	for (i = 0; x->paths[i] != NULL && x->depth > 0; i++)
		if (x->matched[i] == x->depth)
			x->matched[i]--;
}

/*
 * Whether the tag that is being read refers to entities, other than those of
 * XML itself: expat drops them from attributes, and says nothing, where their
 * declaration may be in a file that it has not read.
 */
static bool
refers(struct reading *x)
{
	static const char *const known[] = {
	    "&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#"};
	int offset, size;
	const char *tag = XML_GetInputContext(x->parser, &offset, &size), *end;
	size_t i, n = sizeof known / sizeof known[0];

	if (tag == NULL) /* that cannot be told */
		return true;
	tag += offset;
	end = tag + XML_GetCurrentByteCount(x->parser);
	while ((tag = memchr(tag, '&', (size_t)(end - tag))) != NULL) {
		for (i = 0; i < n; i++)
			if (strncmp(tag, known[i], strlen(known[i])) == 0)
				break;
		if (i == n)
			return true;
		tag++;
	}
	return false;
}

/* What a file gives an element itself, not its document type. */
static void
take_attributes(
    struct reading *x, struct xml_element *element, const char **attributes)
{
	int i, n = XML_GetSpecifiedAttributeCount(x->parser);

	for (i = 0; i < n; i += 2) {
		if (strlen(attributes[i + 1]) > LONGEST)
			stop(x, "an attribute longer than 8 MiB");
		xml_attribute(element, attributes[i], attributes[i + 1]);
	}
}

/* The root has come: asks what is looked for. */
static void
begin(struct reading *x, const char *root)
{
	size_t n = 0;

	x->paths = x->choose(root, x->arg);
	if (x->paths == NULL) {
		x->stopped = true;
		XML_StopParser(x->parser, XML_FALSE);
		return;
	}
	while (x->paths[n] != NULL)
		n++;
	x->matched = mem_zero(n, sizeof *x->matched);
}

static void XMLCALL
open_element(void *arg, const char *name, const char **attributes)
{
	struct reading *x = arg;
	struct level *level;
	bool on_the_way;

	x->unmarked = 0;
	if (x->depth == DEEPEST)
		stop(x, "elements nested deeper than 200");
	if (x->has_type && *attributes != NULL && refers(x))
		stop(x, referred);
	if (x->depth == 0 && !x->stopped)
		begin(x, name);
	if (x->stopped)
		return;
	level = &x->levels[x->depth];
	on_the_way =
	    x->depth == 0 ||
	    (x->finding == 0 && level[-1].on_the_way && go_down(x, name));
	level->on_the_way = on_the_way && x->finding == 0;
	if (on_the_way && x->finding > 0)
		x->line = XML_GetCurrentLineNumber(x->parser);
	take_attributes(x, &level->element, attributes);
	x->depth++;
}

static void XMLCALL
add_text(void *arg, const char *text, int len)
{
	struct reading *x = arg;
	struct level *level;

	x->unmarked = 0;
	if (x->stopped)
		return;
	level = &x->levels[x->depth - 1];
	if (level->on_the_way)
		return;
	if (level->element.text.len + (size_t)len > LONGEST)
		stop(x, "a text longer than 8 MiB");
	else
		buf_add(&level->element.text, text, (size_t)len);
}

static void
give(struct reading *x, const json_t *value)
{
	const json_t *around[DEEPEST];
	const struct item item = {.source = x->source,
	    .line = x->line,
	    .value = value,
	    .around = around,
	    .n_around = x->depth};
	size_t i;

	for (i = 0; i < x->depth; i++)
		around[i] = xml_object(&x->levels[x->depth - 1 - i].element);
	x->give(&item, x->arg);
}

static void XMLCALL
close_element(void *arg, const char *name)
{
	struct reading *x = arg;
	struct level *level;
	json_t *value;

	x->unmarked = 0;
	if (x->stopped)
		return;
	level = &x->levels[--x->depth];
	value = xml_close(&level->element);
	if (x->finding > 0 && x->finding == x->depth) {
		give(x, value);
		x->finding = 0;
	} else if (!level->on_the_way) {
		xml_put(&level[-1].element, name, value);
		value = NULL;
	}
	go_up(x);
	json_decref(value);
}

static void XMLCALL
open_type(void *arg, const char *name, const char *system, const char *public,
    int has_subset)
{
	struct reading *x = arg;

	(void)name, (void)system, (void)public, (void)has_subset;
	x->has_type = x->in_type = true;
	x->unmarked = 0;
}

static void XMLCALL
close_type(void *arg)
{
	struct reading *x = arg;

	x->in_type = false;
}

static void XMLCALL
declare_entity(void *arg, const char *name, int is_parameter, const char *value,
    int len, const char *base, const char *system, const char *public,
    const char *notation)
{
	(void)name, (void)is_parameter, (void)value, (void)len, (void)base;
	(void)system, (void)public, (void)notation;
	stop(arg, declared);
}

static void XMLCALL
skip_entity(void *arg, const char *name, int is_parameter)
{
	(void)name, (void)is_parameter;
	stop(arg, referred);
}

/* Comments, instructions, and what is in a document type: "%name;" too. */
static void XMLCALL
pass_over(void *arg, const char *markup, int len)
{
	struct reading *x = arg;

	x->unmarked = 0;
	if (x->in_type && len > 1 && *markup == '%')
		stop(x, referred);
}

static int
parse(struct reading *x, struct input *in)
{
	enum XML_Error code;
	const char *text;
	size_t len;
	int got = 1;

	while (got > 0 && !x->stopped) {
		if ((got = input_block(in, &text, &len)) < 0)
			return -1;
		x->unmarked += len;
		if (XML_Parse(x->parser, text, (int)len, got == 0) ==
		    XML_STATUS_OK) {
			if (x->unmarked > LONGEST_MARKUP)
				stop(x, "a tag or comment longer than 8 MiB");
			continue;
		}
		code = XML_GetErrorCode(x->parser);
		stop(x, code == XML_ERROR_NO_ELEMENTS && x->depth > 0
			    ? "the file ends within an element"
			    : XML_ErrorString(code));
	}
	return x->error != NULL ? -1 : 0;
}

static struct reading *
begin_reading(void)
{
	static const XML_Memory_Handling_Suite memory = {
	    mem_alloc, mem_resize, free};
	struct reading *x = mem_zero(1, sizeof *x);

	x->parser = XML_ParserCreate_MM("UTF-8", &memory, NULL);
	if (x->parser == NULL)
		errx(TROUBLE, "out of memory");
	XML_SetUserData(x->parser, x);
	XML_SetElementHandler(x->parser, open_element, close_element);
	XML_SetCharacterDataHandler(x->parser, add_text);
	XML_SetDoctypeDeclHandler(x->parser, open_type, close_type);
	XML_SetEntityDeclHandler(x->parser, declare_entity);
	XML_SetSkippedEntityHandler(x->parser, skip_entity);
	XML_SetDefaultHandlerExpand(x->parser, pass_over);
	return x;
}

static void
end_reading(struct reading *x)
{
	size_t i;

	for (i = 0; i < DEEPEST; i++)
		xml_forget(&x->levels[i].element);
	free(x->matched);
	XML_ParserFree(x->parser);
	free(x);
}

int
xml_read(struct input *in, choose_items *choose, take_item *give_item,
    void *arg, char **error)
{
	struct reading *x;
	int status, saved;

	*error = NULL;
	if (xml_decode(in, error) < 0)
		return -1;
	x = begin_reading();
	x->source = in->name;
	x->choose = choose;
	x->give = give_item;
	x->arg = arg;
	status = parse(x, in);
	saved = errno;
	*error = x->error;
	end_reading(x);
	errno = saved;
	return status;
}
