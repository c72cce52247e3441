/*
 * Writes a report: what a stream says, put into a template in Markdown, and
 * that as it is, as HTML or as PDF.
 *
 * Memory: assets, threats, incidents and what else there is little of, as a
 * reader sees it; of vulnerabilities, risks, treatments and residual risks what
 * lib/context-rows.h has.  A document that is not Markdown is held whole.
 */

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/context.h"
#include "lib/data.h"
#include "lib/document.h"
#include "lib/filter.h"
#include "lib/level.h"
#include "lib/markdown.h"
#include "lib/template.h"
#include "lib/utf8.h"

#define MOST_HELD ((size_t)1 << 20) /* bytes of a document in Markdown */

static struct view view;
static struct context *context;
static struct context_options of; /* -a, -D, -M, -p, and the operand */
static const char *template_path; /* -T, or NULL */
static enum format format;	  /* -f */
static struct index wanted;	  /* names of tags */

static bool
is_folder(const char *path)
{
	struct stat st;

	if (stat(path, &st) == 0)
		return S_ISDIR(st.st_mode);
	if (errno != ENOENT && errno != ENOTDIR)
		err(TROUBLE, "%s", path);
	return false;
}

/* A folder of templates without one for the language is a slip. */
static void
check_folder(void)
{
	struct buf path = {0};

	if (template_path == NULL || !is_folder(template_path))
		return;
	buf_printf(&path, "%s/%s", template_path, view_text(&view, "zh", "en"));
	if (!is_folder(path.data))
		errx(TROUBLE, "%s: no such folder", path.data);
	buf_free(&path);
}

/* Every part of a dotted name is wanted. */
static void
want(const char *name)
{
	const char *dot;
	char *part;

	for (;; name = dot + 1) {
		dot = strchrnul(name, '.');
		part = mem_text(name, (size_t)(dot - name));
		index_add(&wanted, part);
		free(part);
		if (*dot == '\0')
			return;
	}
}

/* The text of a template or partial; NULL where there is none of the name. */
static char *
find_template(const char *name, size_t *len, void *arg)
{
	const char *language = view_text(&view, "zh", "en");
	struct buf path = {0};
	char *text = NULL;

	(void)arg;
	if (template_path != NULL) {
		if (is_folder(template_path))
			buf_printf(&path, "%s/%s/", template_path, language);
		else if (strrchr(template_path, '/') != NULL)
			buf_printf(&path, "%.*s",
			    (int)(strrchr(template_path, '/') + 1 -
				  template_path),
			    template_path);
		buf_printf(&path, "%s.md", name);
		text = data_slurp(path.data, DATA_MOST, len);
		if (text == NULL && errno != ENOENT)
			err(TROUBLE, "%s", path.data);
		buf_clear(&path);
	}
	if (text == NULL) {
		buf_printf(&path, "templates/%s", language);
		text = data_find(path.data, name, ".md", len);
	}
	buf_free(&path);
	return text;
}

_Noreturn static void
no_such_document(void)
{
	const struct data_file *f;
	const char *name;

	warnx("%s: no such document; there are", of.document);
	for (f = data_files; f->path != NULL; f++) {
		name = f->path + strlen("templates/zh/");
		if (strncmp(f->path, "templates/zh/", 13) == 0 && *name != '_')
			fprintf(
			    stderr, "\t%.*s\n", (int)strcspn(name, "."), name);
	}
	exit(TROUBLE);
}

static const char *
name_of_template(void)
{
	return template_path != NULL ? template_path : of.document;
}

static char *
read_template(size_t *len)
{
	char *text;

	if (template_path != NULL && !is_folder(template_path)) {
		text = data_slurp(template_path, DATA_MOST, len);
		if (text == NULL)
			err(TROUBLE, "%s", template_path);
		return text;
	}
	text = find_template(of.document, len, NULL);
	if (text == NULL)
		no_such_document();
	return text;
}

/* A template of Markdown goes out as it is made; another is needed whole. */
static void
flush(struct buf *text)
{
	if (text->len < MOST_HELD || format != FORMAT_MD ||
	    utf8_valid(text->data, text->len) < text->len)
		return;
	filter_write(text);
	buf_clear(text);
}

static int
take(struct record *r)
{
	return context_take(context, r);
}

static char *template;
static size_t template_len;

static void
write_report(void)
{
	const struct template_options options = {.escape = markdown_escape,
	    .partial = find_template,
	    .count = context_count_items,
	    .item = context_item,
	    .make = context_make,
	    .flush = flush,
	    .arg = context};
	struct buf text = {0}, made = {0};
	char *error;
	json_t *root = context_build(context);

	if (root == NULL)
		errx(TROUBLE, "%s: no such asset", of.only);
	if (template_render(&text, name_of_template(), template, template_len,
		root, &options, &error) < 0)
		errx(TROUBLE, "template %s", error);
	free(template);
	if (document_make(&made, format, text.data, text.len, view.lang,
		of.document, false) < 0)
		exit(TROUBLE);
	filter_write(&made);
	buf_free(&text);
	buf_free(&made);
	json_decref(root);
}

/*
 * Reads the template and what it has tags of, so that nothing else is kept.
 * Where it has none of the period -p would have no effect.
 */
static void
learn_template(void)
{
	const struct template_options options = {.partial = find_template};

	template = read_template(&template_len);
	template_tags(
	    name_of_template(), template, template_len, &options, want);
	if (of.period != NULL && index_find(&wanted, "period") == INDEX_NONE)
		errx(TROUBLE, "%s: has no period that -p could set",
		    of.document);
	of.wanted = &wanted;
}

int
main(int argc, char *argv[])
{
	static struct handler handlers[32];
	static struct period period;
	struct filter report = {
	    .handlers = handlers, .end = write_report, .silent = true};
	const char *const *type, *method = NULL;
	const char *const synopsis =
	    "[-M] [-a asset] [-D date] [-f md|html|ms|pdf] [-l zh|en] "
	    "[-m method] [-p period] [-T template] document [file ...]";
	struct handler *h = handlers;
	int option;

	while ((option = getopt(argc, argv, "a:D:f:l:Mm:p:T:")) != -1) {
		switch (option) {
		case 'a':
			of.only = optarg;
			break;
		case 'D':
			of.day = filter_day(optarg);
			break;
		case 'f':
			format = format_named(optarg);
			if (format == FORMATS)
				errx(TROUBLE, "%s: none of md, html, ms, pdf",
				    optarg);
			break;
		case 'l':
			if (!language_named(optarg, &view.lang))
				errx(TROUBLE, "%s: neither zh nor en", optarg);
			break;
		case 'M':
			of.mixed = true;
			break;
		case 'm':
			method = optarg;
			break;
		case 'p':
			if (!period_read(optarg, &period))
				errx(TROUBLE,
				    "%s: not a period, as 2025, 2025-Q2, "
				    "2025-03 or 2025-W09",
				    optarg);
			of.period = &period;
			break;
		case 'T':
			template_path = optarg;
			break;
		default:
			filter_usage(synopsis);
		}
	}
	if (optind == argc)
		filter_usage(synopsis);
	of.document = argv[optind++];
	for (type = schema_types(); *type != NULL; type++)
		*h++ = (struct handler){*type, take, false};
	check_folder();
	view.method = level_method(method);
	learn_template();
	context = context_open(&view, &of);
	return filter_run(&report, argv + optind);
}
