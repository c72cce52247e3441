#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "decode.h"
#include "encoding.h"
#include "input.h"

#define BLOCK ((size_t)1 << 20)

static const char mark[] = "\xef\xbb\xbf"; /* U+FEFF, byte order mark */

int
input_open(struct input *in, const char *path)
{
	struct stat st;

	*in = (struct input){.name = "<stdin>", .fd = STDIN_FILENO};
	if (path != NULL && strcmp(path, "-") != 0) {
		in->name = *path != '\0' ? path : "\"\"";
		in->fd = open(path, O_RDONLY | O_CLOEXEC);
		if (in->fd < 0)
			return -1;
	}
	if (fstat(in->fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		input_close(in);
		errno = EISDIR;
		return -1;
	}
	return 0;
}

void
input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	free(in->block);
	in->block = NULL;
	if (in->decoder != NULL)
		decode_close(in->decoder);
	in->decoder = NULL;
	free(in->encoding);
	in->encoding = NULL;
	buf_free(&in->decoded);
}

/* read(2), taken up again after a signal. */
static ssize_t
read_some(int fd, char *to, size_t size)
{
	ssize_t n;

	do
		n = read(fd, to, size);
	while (n < 0 && errno == EINTR);
	return n;
}

/* Reads behind in->end, where there is room.  Returns -1 with errno. */
static int
read_block(struct input *in)
{
	ssize_t n;

	if (in->decoder != NULL && !in->by_line)
		n = decode_read(in->decoder, in->fd, in->block + in->end,
		    in->size - in->end);
	else
		n = read_some(in->fd, in->block + in->end, in->size - in->end);
	if (n < 0)
		return -1;
	in->at_end = n == 0;
	in->end += (size_t)n;
	return 0;
}

/* Reads more behind what is there.  Returns -1 with errno on an error. */
static int
fill(struct input *in)
{
	if (in->start > 0) {
		memmove(in->block, in->block + in->start, in->end - in->start);
		in->end -= in->start;
		in->start = 0;
	}
	if (in->size - in->end < DECODE_ROOM) {
		in->size = in->size > 0 ? in->size * 2 : BLOCK;
		in->block = mem_resize(in->block, in->size);
	}
	return read_block(in);
}

/* Reads on until a whole block is there, or all there is. */
static int
fill_block(struct input *in)
{
	while (!in->at_end && in->end - in->start < BLOCK)
		if (fill(in) < 0)
			return -1;
	return 0;
}

/*
 * The encoding of a file by all that is in it; of a pipe, where that is more
 * than a block, by its first block, however the bytes arrive.
 */
static int
guess(struct input *in, const char **encoding)
{
	struct stat st;
	off_t at;
	char *all;

	if (fstat(in->fd, &st) < 0)
		return -1;
	at = lseek(in->fd, 0, SEEK_CUR) - (off_t)(in->end - in->start);
	if (in->at_end || !S_ISREG(st.st_mode) || at < 0) {
		*encoding = encoding_guess(
		    in->block + in->start, in->end - in->start, in->at_end);
		return 0;
	}
	all = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, in->fd, 0);
	if (all == MAP_FAILED)
		return -1;
	*encoding = encoding_guess(all + at, (size_t)(st.st_size - at), true);
	return munmap(all, (size_t)st.st_size);
}

/* Has a decoder between the file and the block, what is in it first. */
static int
decode_blocks(struct input *in, const char *encoding)
{
	in->by_line = false;
	in->decoder =
	    decode_open(encoding, in->block + in->start, in->end - in->start);
	if (in->decoder == NULL)
		return -1;
	in->start = in->end = 0;
	in->at_end = false;
	return 0;
}

int
input_decode(struct input *in, const char *encoding)
{
	if (fill_block(in) < 0 ||
	    (encoding == NULL && guess(in, &encoding) < 0))
		return -1;
	if (strcmp(encoding, "UTF-8") == 0)
		return 0;
	if (!decode_by_line(encoding))
		return decode_blocks(in, encoding);
	in->by_line = true;
	in->decoder = decode_open(encoding, NULL, 0);
	in->encoding = mem_text(encoding, strlen(encoding));
	return in->decoder != NULL ? 0 : -1;
}

/* The rest of a line whose beginning was too long: counted, not kept. */
static int
skip(struct input *in, struct input_line *line)
{
	char *nl;
	size_t n;

	for (;;) {
		n = in->end - in->start;
		nl = memchr(in->block + in->start, '\n', n);
		if (nl != NULL)
			n = (size_t)(nl - (in->block + in->start));
		line->bytes += n;
		in->start += n;
		if (nl != NULL) {
			in->start++;
			return 1;
		}
		if (in->at_end)
			return 1;
		/* Behind LINE_KEPT bytes, which stay where they are. */
		in->start = in->end = LINE_KEPT;
		if (read_block(in) < 0)
			return -1;
	}
}

static int
next_line(struct input *in, struct input_line *line)
{
	size_t seen = 0, n;
	char *nl;

	for (;;) {
		n = in->end - in->start;
		nl = n > seen
			 ? memchr(in->block + in->start + seen, '\n', n - seen)
			 : NULL;
		if (nl != NULL) {
			line->text = in->block + in->start;
			line->len = (size_t)(nl - line->text);
			line->bytes = line->len;
			in->start += line->len + 1;
			break;
		}
		if (in->at_end) {
			if (n == 0)
				return 0;
			line->text = in->block + in->start;
			line->len = line->bytes = n;
			in->start = in->end;
			break;
		}
		if (n > LINE_LIMIT) {
			memmove(in->block, in->block + in->start, LINE_KEPT);
			line->text = in->block;
			line->len = LINE_KEPT;
			line->bytes = n;
			in->start = in->end;
			return skip(in, line);
		}
		seen = n;
		if (fill(in) < 0)
			return -1;
	}
	if (line->len > LINE_LIMIT)
		line->len = LINE_KEPT;
	return 1;
}

int
input_next(struct input *in, struct input_line *line)
{
	int got = next_line(in, line);

	if (got <= 0)
		return got;
	line->raw = line->text;
	line->raw_len = line->len;
	if (in->decoder != NULL && in->by_line) {
		buf_clear(&in->decoded);
		buf_add(&in->decoded, "", 0);
		decode_line(
		    in->decoder, line->raw, line->raw_len, &in->decoded);
		line->text = in->decoded.data;
		line->len = in->decoded.len;
	}
	if (!in->started && line->len >= 3 &&
	    memcmp(line->text, mark, 3) == 0) {
		line->text += 3;
		line->len -= 3;
	}
	in->started = true;
	return 1;
}

bool
input_is_blank(const struct input_line *line)
{
	size_t i;

	for (i = 0; i < line->len; i++)
		if (line->text[i] != ' ' && line->text[i] != '\t' &&
		    line->text[i] != '\r')
			return false;
	return true;
}

int
input_block(struct input *in, const char **text, size_t *len)
{
	if (in->decoder != NULL && in->by_line) {
		decode_close(in->decoder);
		if (decode_blocks(in, in->encoding) < 0)
			return -1;
	}
	if (fill_block(in) < 0)
		return -1;
	input_ahead(in, text, len);
	in->start = in->end;
	return *len > 0;
}

void
input_ahead(const struct input *in, const char **text, size_t *len)
{
	*text = in->block != NULL ? in->block + in->start : "";
	*len = in->end - in->start;
}

int
input_more(struct input *in)
{
	if (!in->at_end && fill(in) < 0)
		return -1;
	return !in->at_end;
}

bool
input_has_ending(const struct input *in, const char *const *endings)
{
	const char *dot = strrchr(in->name, '.');

	for (; dot != NULL && *endings != NULL; endings++)
		if (strcasecmp(dot, *endings) == 0)
			return true;
	return false;
}
