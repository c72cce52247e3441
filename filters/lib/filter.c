#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "day.h"
#include "filter.h"
#include "input.h"
#include "refused.h"
#include "sheet.h"

#define FLUSH_AT ((size_t)1 << 20)

/* A record that waits, and what came behind it where order is kept. */
struct held {
	struct record record;
	handle_record *later;
	struct buf behind;
	struct held *next;
};

static const struct filter *filter;
static struct buf out;	 /* written when it is large, and at the end */
static struct buf after; /* to follow the record that is handled now */
static struct held *held_first, *held_last;
static bool refusing; /* what is handled now is a refused record of our own */
static bool at_end;   /* no record is being handled any more */
static int status;

/*
 * What is closed is opened so that it cannot be used, or a file of ours would
 * take its place: messages would go into it, or output be lost there.
 */
__attribute__((constructor)) static void
take_places(void)
{
	int fd;

	for (fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
		if (fcntl(fd, F_GETFD) < 0 &&
		    open("/dev/null",
			fd == STDIN_FILENO ? O_WRONLY : O_RDONLY) != fd)
			exit(TROUBLE);
}

void
filter_worse(int than)
{
	if (than > status)
		status = than;
}

int
filter_status(void)
{
	return status;
}

static void
flush(void)
{
	size_t done = 0;
	ssize_t n;

	while (done < out.len) {
		n = write(STDOUT_FILENO, out.data + done, out.len - done);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0 && errno == EPIPE)
			exit(TROUBLE); /* nobody reads on: no news */
		if (n < 0)
			err(TROUBLE, "<stdout>");
		done += (size_t)n;
	}
	buf_clear(&out);
}

void
filter_print(const struct buf *text)
{
	buf_add(&out, text->data, text->len);
	flush();
	if (close(STDOUT_FILENO) != 0)
		err(TROUBLE, "<stdout>");
}

static void take(struct record *, bool check);

/* Where what is written now goes. */
static struct buf *
sink(void)
{
	return filter->keeps_order && held_last != NULL ? &held_last->behind
							: &out;
}

/* A program that writes no records takes what it refused as a record itself. */
static void
refuse(const struct record *r)
{
	struct record refused = {.source = r->source, .line = r->line};
	struct buf line = {0};

	filter_worse(REFUSED);
	if (filter->settled != NULL)
		filter->settled(r, true);
	if (!filter->silent) {
		refused_write(sink(), r);
		return;
	}
	if (refusing)
		errx(TROUBLE, "a refused record is refused");
	refusing = true;
	refused_write(&line, r);
	refused.text = refused.came = line.data;
	refused.len = refused.came_len = line.len - 1;
	take(&refused, false);
	buf_free(&line);
	refusing = false;
}

/* Writes a record as its callback decided. */
static void
settle(struct record *r, int verdict)
{
	if (verdict == REFUSE)
		refuse(r);
	else if (verdict == PASS && !filter->silent)
		rec_write(sink(), r);
	if (verdict == PASS && filter->settled != NULL && !refusing)
		filter->settled(r, false);
	if (verdict != REFUSE)
		buf_add(sink(), after.data, after.len);
	buf_clear(&after);
	if (out.len >= FLUSH_AT)
		flush();
}

static const struct handler *
handler_of(const char *type)
{
	const struct handler *h;

	for (h = filter->handlers; h->type != NULL; h++)
		if (strcmp(h->type, type) == 0)
			return h;
	return NULL;
}

static int
judge(struct record *r, bool check)
{
	const struct handler *h;
	const struct schema *s;
	int verdict;

	if (r->n_errors > 0 || rec_parse(r) < 0)
		return REFUSE;
	if (filter->complete != NULL && (verdict = filter->complete(r)) != PASS)
		return verdict;
	h = handler_of(r->type);
	if ((h != NULL && !h->unchecked) || check) {
		s = schema_find(r->type);
		if (s != NULL && schema_check(s, r) < 0)
			return REFUSE;
	}
	return h != NULL && h->handle != NULL ? h->handle(r) : PASS;
}

static void
take(struct record *r, bool check)
{
	settle(r, judge(r, check));
	rec_free(r);
}

static void
take_row(struct record *r)
{
	take(r, true);
}

int
filter_hold(struct record *r, handle_record *later)
{
	struct held *h = mem_zero(1, sizeof *h);

	h->record = *r;
	h->record.text = mem_text(r->text, r->len);
	h->record.came = r->came == r->text ? h->record.text
					    : mem_text(r->came, r->came_len);
	if (r->place != NULL)
		h->record.place = mem_text(r->place, strlen(r->place));
	h->record.parsed = NULL;
	h->record.added = h->record.errors = (struct buf){0};
	h->record.n_errors = 0;
	h->later = later;
	if (held_last != NULL)
		held_last->next = h;
	else
		held_first = h;
	held_last = h;
	return HELD;
}

void
filter_release(void)
{
	struct held *h, *next;
	struct record *r;

	/* What is being handled now waits behind those that are released. */
	struct buf mine = after;

	if (held_first == NULL)
		return;
	after = (struct buf){0};
	h = held_first;
	held_first = held_last = NULL;
	for (; h != NULL; h = next) {
		r = &h->record;
		settle(r, rec_parse(r) < 0 ? REFUSE : h->later(r));
		buf_add(&out, h->behind.data, h->behind.len);
		rec_free(r);
		if (r->came != r->text)
			free((char *)r->came);
		free((char *)r->text);
		free((char *)r->place);
		buf_free(&h->behind);
		next = h->next;
		free(h);
	}
	buf_free(&after);
	after = mine;
}

void
filter_write(const struct buf *lines)
{
	buf_add(at_end ? &out : &after, lines->data, lines->len);
	if (at_end && out.len >= FLUSH_AT)
		flush();
}

int
filter_unique(const struct index *ids, struct record *r)
{
	const char *id = rec_string(r, "id");

	if (index_find(ids, id) == INDEX_NONE)
		return PASS;
	return rec_complain(
	    r, "id: another %s has the id %s already", r->type, id);
}

void
filter_usage(const char *synopsis)
{
	fprintf(stderr, "usage: %s%s%s\n", program_invocation_short_name,
	    *synopsis != '\0' ? " " : "", synopsis);
	exit(TROUBLE);
}

const char *
filter_day(const char *text)
{
	if (!day_is(text))
		errx(TROUBLE, "%s: not a day, YYYY-MM-DD", text);
	return text;
}

/* A file that cannot be read: said in the stream as well, for the report. */
static void
refuse_file(const char *name, int error)
{
	struct record r = {.source = name, .came = ""};

	rec_complain(&r, "%s", strerror(error));
	settle(&r, REFUSE);
	rec_free(&r);
	filter_worse(TROUBLE);
}

/* By its name a file is CSV; what else programs read is JSON Lines. */
static int
read_by_name(struct input *in, void (*give)(struct record *))
{
	static const char *const csv[] = {".csv", ".tsv", NULL};

	return input_has_ending(in, csv) ? sheet_read(in, NULL, NULL, give)
					 : FILTER_LINES;
}

static int
read_lines(struct input *in)
{
	struct input_line line;
	unsigned long number = 0;
	int got;

	while ((got = input_next(in, &line)) > 0) {
		struct record r = {.source = in->name, .line = ++number};

		r.text = r.came = line.text;
		r.len = r.came_len = line.len;
		r.came_bytes = line.bytes;
		if (input_is_blank(&line) && line.len < line.raw_len)
			continue; /* a byte order mark alone */
		if (input_is_blank(&line))
			settle(&r, PASS); /* a blank line is no record */
		else if (line.bytes > line.raw_len) {
			rec_complain(&r, "the line is longer than 8 MiB");
			take(&r, false);
		} else
			take(&r, filter->read != NULL);
	}
	return got;
}

static void
read_file(const char *path)
{
	struct input in;
	int got;

	if (input_open(&in, path) < 0) {
		refuse_file(in.name, errno);
		return;
	}
	got = filter->read != NULL ? filter->read(&in, take_row)
				   : read_by_name(&in, take_row);
	if (got == FILTER_LINES)
		got = read_lines(&in);
	if (got < 0)
		refuse_file(in.name, errno);
	input_close(&in);
}

void
filter_read(const struct filter *f, const char *file)
{
	filter = f;
	read_file(file);
}

int
filter_finish(void)
{
	struct buf nothing = {0};

	filter_release();
	at_end = true;
	if (filter->end != NULL)
		filter->end();
	filter_print(&nothing);
	return status;
}

int
filter_run(const struct filter *f, char *files[])
{
	if (*files == NULL)
		filter_read(f, NULL);
	for (; *files != NULL; files++)
		filter_read(f, *files);
	return filter_finish();
}
