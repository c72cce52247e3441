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

/* What was complained of a record, without its place. */
static void
write_reason(struct buf *b, const struct record *r)
{
	const char *text = r->errors.len > 0 ? r->errors.data : "";
	size_t n = r->place != NULL ? strlen(r->place) : 0;
	const char *next;

	while (text != NULL) {
		if (n > 0 && strncmp(text, r->place, n) == 0 &&
		    strncmp(text + n, ": ", 2) == 0)
			text += n + 2;
		next = n > 0 ? strstr(text, "; ") : NULL;
		if (next == NULL)
			buf_text(b, text);
		else
			buf_add(b, text, (size_t)(next + 2 - text));
		text = next != NULL ? next + 2 : NULL;
	}
}

static void
add_reason(struct reasons *to, const struct record *r)
{
	struct buf text = {0}, first = {0};
	size_t count = to->texts.count, i;

	write_reason(&text, r);
	i = index_add(&to->texts, text.data);
	if (to->texts.count > count) {
		buf_text(&first, r->place != NULL ? r->place : "");
		if (r->line > 0)
			buf_printf(&first, "line %lu", r->line);
		to->of = mem_room(to->of, count, sizeof *to->of);
		to->of[i] = (struct reason){.first = first.data};
	}
	to->of[i].times++;
	buf_free(&text);
}

void
tally_settle(struct tallies *all, const struct record *r, bool refused)
{
	struct tally *t = tally_of(all, r->source);
	bool is_row = r->came_len > 0; /* no blank line, nor the whole file */

	t->settled += is_row;
	t->refused += is_row && refused;
	if (refused)
		add_reason(is_row ? &t->reasons : &t->whole, r);
}

unsigned long
tally_rows(const struct tally *t)
{
	return t->settled + t->above + t->under + t->repeated + t->empty +
	       t->bare + t->left + t->same;
}

/* "nessus: 25 rows: ", and what they became, in the order it is said. */
static void
write_counts(struct buf *b, const struct tally *t, const char *behind)
{
	const struct {
		unsigned long n;
		const char *what;
	} parts[] = {{t->settled - t->refused, "records"},
	    {t->refused, "refused"}, {t->above, "above the heading"},
	    {t->under, "under a refused heading"},
	    {t->repeated, "headings repeated"}, {t->empty, "empty"},
	    {t->bare, "without a level"}, {t->left, "no weakness"},
	    {t->same, "there already"}};
	size_t i;

	buf_printf(b,
	    "%s%s%lu %s: ", *t->layout != '\0' ? t->layout : "not known",
	    behind, tally_rows(t), t->by_cells ? "cells and rows" : "rows");
	for (i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (i == 0 || parts[i].n > 0)
			buf_printf(b, "%s%lu %s", i > 0 ? ", " : "", parts[i].n,
			    parts[i].what);
}

void
tally_say(const struct tallies *all)
{
	const struct tally *t;
	struct buf line = {0};
	size_t i;

	for (i = 0; i < all->files.count; i++) {
		t = all->of[i];
		if (tally_rows(t) == t->settled + t->empty && t->unknown == 0)
			continue; /* each row with text became something */
		buf_clear(&line);
		utf8_visible(&line, t->file, strlen(t->file));
		buf_text(&line, ": ");
		write_counts(&line, t, ": ");
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

static void
write_reasons(struct buf *b, const struct reasons *reasons, bool of_rows)
{
	const struct reason *r;
	size_t i;

	for (i = 0; i < reasons->texts.count && i < MOST_REASONS; i++) {
		r = &reasons->of[i];
		buf_text(b, of_rows ? "\trefused: " : "\tthe file itself");
		if (of_rows)
			buf_printf(b, "%lu, first", r->times);
		buf_printf(b, "%s", *r->first != '\0' ? " at " : "");
		utf8_visible(b, r->first, strlen(r->first));
		buf_text(b, ": ");
		utf8_visible(
		    b, reasons->texts.keys[i], strlen(reasons->texts.keys[i]));
		buf_char(b, '\n');
	}
	if (reasons->texts.count > MOST_REASONS)
		buf_printf(b, "\trefused: and %zu more reasons\n",
		    reasons->texts.count - MOST_REASONS);
}

void
tally_write(struct buf *b, const struct tallies *all)
{
	const struct tally *t;
	size_t i;

	for (i = 0; i < all->files.count; i++) {
		t = all->of[i];
		utf8_visible(b, t->file, strlen(t->file));
		buf_text(b, ": ");
		write_counts(b, t, "\n\t");
		buf_char(b, '\n');
		if (t->unknown > 0)
			buf_printf(b, "\tof unknown hosts: %lu\n", t->unknown);
		write_reasons(b, &t->whole, false);
		write_reasons(b, &t->reasons, true);
		write_names(b, "\tcolumns used: ", &t->used);
		write_names(b, "\tcolumns kept as text: ", &t->kept);
		write_names(b, "\tcolumns ignored: ", &t->ignored);
	}
}
