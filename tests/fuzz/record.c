/*
 * Lines as programs read them: the short way through a line and jansson's say
 * the same, and every line is written as a record, or refused as one.
 */

#include <string.h>

#include "../unit/ways.h"
#include "fuzz.h"
#include "schema.h"

static void
compare(const struct input_line *line)
{
	static size_t next;
	struct ways_counts counts = {0};
	struct buf text = {0};

	ways_say = fuzz_say;
	if (schema_types()[next] == NULL)
		next = 0;
	buf_add(&text, line->text, line->len);
	ways_compare(&text, schema_types()[next++], &counts);
	buf_free(&text);
}

void
fuzz_one(const char *text, size_t len)
{
	struct input in = fuzz_input("records.jsonl", text, len);
	struct input_line line;

	while (input_next(&in, &line) > 0) {
		struct record r = {.source = in.name, .line = 1};

		if (input_is_blank(&line))
			continue;
		r.text = r.came = line.text;
		r.len = r.came_len = r.came_bytes = line.len;
		compare(&line);
		fuzz_take(&r);
		rec_free(&r);
	}
	input_close(&in);
}
