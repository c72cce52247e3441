#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "tally.h"
#include "utf8.h"

#define MOST_REASONS 20 /* that are listed of a file */

struct tally *
tally_of(struct tallies *t, const char *file)
{
	size_t count = t->files.count, i = index_add(&t->files, file);

	if (t->files.count > count) {
		t->of = mem_resize(t->of, t->files.count * sizeof *t->of);
		t->of[i] = mem_zero(1, sizeof *t->of[i]);
		t->of[i]->file = t->files.keys[i];
		t->of[i]->layout = "";
	}
	return t->of[i];
}

void
tally_settle(struct tallies *all, const struct record *r, bool refused)
{
	struct tally *t = tally_of(all, r->source);
	size_t count = t->reasons.count, i;
	const char *reason = "";
	char *first;

	/* Without any text it is a blank line, or the file as a whole. */
	t->settled += r->came_len > 0;
	if (!refused)
		return;
	t->refused += r->came_len > 0;
	if (r->errors.len > 0)
		reason = r->errors.data;
	if (r->place != NULL &&
	    strncmp(reason, r->place, strlen(r->place)) == 0)
		reason += strlen(r->place) + strlen(": ");
	first = mem_text(reason, strcspn(reason, ";"));
	i = index_add(&t->reasons, first);
	free(first);
	if (t->reasons.count > count) {
		t->times =
		    mem_resize(t->times, t->reasons.count * sizeof *t->times);
		t->times[i] = 0;
	}
	t->times[i]++;
}

unsigned long
tally_rows(const struct tally *t)
{
	return t->settled + t->above + t->empty + t->left + t->same;
}

/* What rows became, in the order in which it is said. */
static void
write_counts(struct buf *b, const struct tally *t, const char *between)
{
	const struct {
		unsigned long n;
		const char *what;
	} parts[] = {{t->settled - t->refused, "records"},
	    {t->refused, "refused"}, {t->above, "above the heading"},
	    {t->empty, "empty"}, {t->left, "no weakness"},
	    {t->same, "there already"}};
	size_t i;

	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (i == 0 || parts[i].n > 0)
			buf_printf(b, "%s%lu %s", i > 0 ? between : "",
			    parts[i].n, parts[i].what);
}

void
tally_say(const struct tallies *all)
{
	const struct tally *t;
	struct buf line = {0};
	size_t i;

	for (i = 0; i < all->files.count; i++) {
		t = all->of[i];
		if (tally_rows(t) == t->settled && t->unknown == 0)
			continue; /* each row became something */
		buf_clear(&line);
		utf8_visible(&line, t->file, strlen(t->file));
		buf_printf(&line, ": %s: %lu rows: ", t->layout, tally_rows(t));
		write_counts(&line, t, ", ");
		if (t->unknown > 0)
			buf_printf(
			    &line, "; of unknown hosts: %lu", t->unknown);
		warnx("%s", line.data);
	}
	buf_free(&line);
}

static void
write_names(struct buf *b, const char *what, const struct index *names)
{
	size_t i;

	for (i = 0; i < names->count; i++) {
		buf_printf(b, "%s", i > 0 ? ", " : what);
		utf8_visible(b, names->keys[i], strlen(names->keys[i]));
	}
	if (names->count > 0)
		buf_char(b, '\n');
}

void
tally_write(struct buf *b, const struct tallies *all)
{
	const struct tally *t;
	size_t i, k;

	for (i = 0; i < all->files.count; i++) {
		t = all->of[i];
		utf8_visible(b, t->file, strlen(t->file));
		buf_printf(b, ": %s\n\t%lu rows: ",
		    *t->layout != '\0' ? t->layout : "not known",
		    tally_rows(t));
		write_counts(b, t, ", ");
		buf_char(b, '\n');
		if (t->unknown > 0)
			buf_printf(b, "\tof unknown hosts: %lu\n", t->unknown);
		for (k = 0; k < t->reasons.count && k < MOST_REASONS; k++) {
			buf_printf(b, "\trefused: %lu: ", t->times[k]);
			utf8_visible(
			    b, t->reasons.keys[k], strlen(t->reasons.keys[k]));
			buf_char(b, '\n');
		}
		if (t->reasons.count > MOST_REASONS)
			buf_printf(b, "\trefused: and %zu more reasons\n",
			    t->reasons.count - MOST_REASONS);
		write_names(b, "\tcolumns used: ", &t->used);
		write_names(b, "\tcolumns ignored: ", &t->ignored);
	}
}
