#include <err.h>
#include <errno.h>
#include <jansson.h>
#include <stdbool.h>
#include <unistd.h>

#include "buf.h"
#include "shelf.h"
#include "spool.h"
#include "status.h"

#define MOST_IN_MEMORY ((size_t)1 << 20)
#define READ_AHEAD ((size_t)1 << 16)

struct shelf {
	uint64_t *ends; /* where each record ends, and the next begins */
	size_t count;
	struct buf tail;    /* what is not in the file */
	uint64_t in_file;   /* bytes that are */
	int file;	    /* -1 until there are any */
	struct buf reading; /* of the file, from read_from on */
	uint64_t read_from;
};

struct shelf *
shelf_open(void)
{
	struct shelf *s = mem_zero(1, sizeof *s);

	s->file = -1;
	return s;
}

_Noreturn static void
fail(void)
{
	err(TROUBLE, "temporary file");
}

static void
write_tail(struct shelf *s)
{
	size_t done = 0;
	ssize_t n;

	if (s->file < 0)
		s->file = spool_file();
	while (done < s->tail.len) {
		n = write(s->file, s->tail.data + done, s->tail.len - done);
		if (n < 0 && errno != EINTR)
			fail();
		done += n > 0 ? (size_t)n : 0;
	}
	s->in_file += s->tail.len;
	buf_clear(&s->tail);
}

uint32_t
shelf_add(struct shelf *s, const char *text, size_t len)
{
	if (s->count >= UINT32_MAX - 1)
		errx(TROUBLE, "more than 4 billion records");
	buf_add(&s->tail, text, len);
	s->ends = mem_room(s->ends, s->count, sizeof *s->ends);
	s->ends[s->count] = s->in_file + s->tail.len;
	if (s->tail.len >= MOST_IN_MEMORY)
		write_tail(s);
	return (uint32_t)s->count++;
}

/* Makes some bytes of the file be among those that have been read. */
static void
read_file(struct shelf *s, uint64_t from, size_t len)
{
	bool goes_on = from == s->read_from + s->reading.len;
	char *to;
	ssize_t n;

	if (from >= s->read_from && from + len <= s->read_from + s->reading.len)
		return;
	/* One after the other, they are read together. */
	if (goes_on && len < READ_AHEAD)
		len = READ_AHEAD;
	if (len > s->in_file - from)
		len = (size_t)(s->in_file - from);
	buf_clear(&s->reading);
	s->read_from = from;
	to = buf_more(&s->reading, len);
	while (len > 0) {
		n = pread(s->file, to, len, (off_t)from);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			fail();
		if (n == 0)
			errx(TROUBLE, "temporary file: cut short");
		to += n;
		from += (uint64_t)n;
		len -= (size_t)n;
	}
}

size_t
shelf_count(const struct shelf *s)
{
	return s->count;
}

const char *
shelf_text(struct shelf *s, uint32_t number, size_t *len)
{
	uint64_t from = number > 0 ? s->ends[number - 1] : 0;

	*len = (size_t)(s->ends[number] - from);
	if (from >= s->in_file)
		return s->tail.data + (from - s->in_file);
	read_file(s, from, *len);
	return s->reading.data + (from - s->read_from);
}

json_t *
shelf_read(struct shelf *s, uint32_t number)
{
	size_t len;
	const char *text = shelf_text(s, number, &len);
	json_error_t error;
	json_t *record = json_loadb(text, len, JSON_ALLOW_NUL, &error);

	if (record == NULL) /* beyond 64 bits, in a field of others */
		record = json_loadb(text, len,
		    JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL, &error);
	if (record == NULL)
		errx(TROUBLE, "temporary file: %s", error.text);
	return record;
}
