/*
 * intake keeps what it knows of findings until it ends.  Here that is freed
 * with each file, for which scan.c is taken in as a whole.
 */

#include "../../filters/lib/scan.c" /* NOLINT(bugprone-suspicious-include) */

#include <errno.h>

#include "filter.h"
#include "findings.h"
#include "fuzz.h"
#include "source.h"
#include "utf8.h"

static struct source source;

static void
take(struct record *r)
{
	tally_settle(&source.tallies, r, fuzz_take(r));
	rec_free(r);
}

static void
free_scan(struct scan *s)
{
	index_free(&s->seen);
	free(s->refused);
	index_free(&s->ids);
	free(s->copies);
	free(s->waiting);
	free(s);
}

static void
free_reasons(struct reasons *r)
{
	size_t i;

	for (i = 0; i < r->texts.count; i++)
		free(r->of[i].first);
	free(r->of);
	index_free(&r->texts);
}

static void
free_tally(struct tally *t)
{
	free_reasons(&t->reasons);
	free_reasons(&t->whole);
	index_free(&t->used);
	index_free(&t->kept);
	index_free(&t->ignored);
	free(t);
}

/* What intake -n writes can be shown: no control character is in it. */
static void
check_tallies(void)
{
	struct buf text = {0}, visible = {0};
	char *line, *rest;

	tally_say(&source.tallies);
	tally_write(&text, &source.tallies);
	for (rest = text.data; (line = strsep(&rest, "\n")) != NULL;) {
		line += strspn(line, "\t");
		buf_clear(&visible);
		buf_add(&visible, "", 0);
		utf8_visible(&visible, line, strlen(line));
		if (strcmp(visible.data, line) != 0)
			fuzz_wrong("cannot be shown: %s", visible.data);
	}
	buf_free(&text);
	buf_free(&visible);
}

void
findings_read(const char *name, const char *text, size_t len)
{
	struct input in = fuzz_input(name, text, len);

	source = (struct source){.give = take};
	if (source_read(&source, &in) < 0)
		fuzz_wrong("source_read: %s", strerror(errno));
	check_tallies();
	input_close(&in);
	if (source.scan != NULL)
		free_scan(source.scan);
	free_tally(source.tallies.of[0]);
	free(source.tallies.of);
	index_free(&source.tallies.files);
}
