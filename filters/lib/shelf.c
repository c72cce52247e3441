#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "shelf.h"
#include "spool.h"
#include "status.h"

#define MOST_IN_MEMORY ((size_t)1 << 20)
#define READ_AHEAD ((size_t)1 << 16)
#define BLOCK 16 /* texts that are found and read together */

/* Before each text stands its length. */
struct shelf {
	uint64_t *blocks;   /* where each begins */
	size_t count;	    /* of texts */
	struct buf tail;    /* blocks that are not in the file */
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
	size_t block = s->count / BLOCK;

	if (s->count >= UINT32_MAX - 1)
		errx(TROUBLE, "more than 4 billion records");
	if (s->count % BLOCK == 0) {
		if (s->tail.len >= MOST_IN_MEMORY)
			write_tail(s);
		s->blocks = mem_room(s->blocks, block, sizeof *s->blocks);
		s->blocks[block] = s->in_file + s->tail.len;
	}
	buf_add(&s->tail, &len, sizeof len);
	buf_add(&s->tail, text, len);
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

/* Where a block begins, until the next is asked for. */
static const char *
read_block(struct shelf *s, size_t block)
{
	uint64_t from = s->blocks[block], end;

	if (from >= s->in_file)
		return s->tail.data + (from - s->in_file);
	end =
	    (block + 1) * BLOCK < s->count ? s->blocks[block + 1] : s->in_file;
	read_file(s, from, (size_t)(end - from));
	return s->reading.data + (from - s->read_from);
}

const char *
shelf_text(struct shelf *s, uint32_t number, size_t *len)
{
	const char *at = read_block(s, number / BLOCK);
	size_t before = number % BLOCK;

	for (;; at += *len) {
		memcpy(len, at, sizeof *len);
		at += sizeof *len;
		if (before-- == 0)
			return at;
	}
}
