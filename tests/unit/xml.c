/*
 * Reads XML: xml [-nr] [-e encoding] [-t text-path] file
 * path...  Writes the items
 * under the paths, each as a line of JSON: its line, value and what is around
 * it; with -t, lists of the texts that stand in them under these paths.  With
 * -n, what there is is counted only; with -r, the lines of the file are the
 * items, as JSON, a row of CSV each.  Status 1 where the file is refused.
 */

#include <err.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "status.h"
#include "xml.h"

struct options {
	const char *const *paths;
	const char *text_paths[64];
	size_t n_text_paths, items;
	bool count, rows;
};

static const char *const *
choose(const char *root, void *arg)
{
	const struct options *o = arg;

	return strcmp(root, "unknown") != 0 ? o->paths : NULL;
}

static json_t *
texts_of(const struct item *item, const char *path)
{
	json_t *list = json_array();
	struct texts texts = {0};
	size_t i;

	item_texts(item, path, &texts);
	for (i = 0; i < texts.n; i++)
		json_array_append_new(list, json_string(texts.of[i]));
	texts_free(&texts);
	return list;
}

static void
give(const struct item *item, void *arg)
{
	struct options *o = arg;
	json_t *out, *list = json_array();
	size_t i;

	o->items++;
	for (i = 0; i < o->n_text_paths; i++)
		json_array_append_new(list, texts_of(item, o->text_paths[i]));
	for (i = 0; i < item->n_around && o->n_text_paths == 0; i++)
		json_array_append(list, (json_t *)item->around[i]);
	if (o->n_text_paths > 0)
		out = json_incref(list);
	else
		out = json_pack("{sIsOsO}", "line", (json_int_t)item->line,
		    "value", item->value, "around", list);
	json_decref(list);
	if (!o->count) {
		json_dumpf(out, stdout, JSON_COMPACT);
		putchar('\n');
	}
	json_decref(out);
}

static int
read_rows(struct input *in, struct options *o)
{
	struct input_line line;
	struct item item = {.source = in->name};
	json_t *value;
	int got;

	while ((got = input_next(in, &line)) > 0) {
		value = json_loadb(line.text, line.len, JSON_DECODE_ANY, NULL);
		item.value = value;
		item.line++;
		give(&item, o);
		json_decref(value);
	}
	return got;
}

static int
read_file(struct input *in, struct options *o)
{
	char *error = NULL;

	if (o->rows ? read_rows(in, o) == 0
		    : xml_read(in, choose, give, o, &error) == 0)
		return DONE;
	if (error == NULL)
		err(TROUBLE, "%s", in->name);
	fprintf(stderr, "%s\n", error);
	free(error);
	return REFUSED;
}

int
main(int argc, char *argv[])
{
	struct options o = {0};
	const char *encoding = NULL;
	struct input in;
	int opt, status;

	while ((opt = getopt(argc, argv, "e:nrt:")) != -1) {
		if (opt == 'e')
			encoding = optarg;
		else if (opt == 'n')
			o.count = true;
		else if (opt == 'r')
			o.rows = true;
		else if (opt == 't' && o.n_text_paths < 64)
			o.text_paths[o.n_text_paths++] = optarg;
		else
			errx(TROUBLE, "usage: xml [-nr] [-e encoding] "
				      "[-t text-path] file path...");
	}
	if (optind == argc)
		errx(TROUBLE, "no file");
	o.paths = (const char *const *)argv + optind + 1;
	if (input_open(&in, argv[optind]) < 0 ||
	    (encoding != NULL && input_decode(&in, encoding) < 0))
		err(TROUBLE, "%s", argv[optind]);
	status = read_file(&in, &o);
	input_close(&in);
	if (o.count)
		printf("%zu\n", o.items);
	return status;
}
