#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "decode.h"
#include "input.h"
#include "utf8.h"

#define BLOCK ((size_t)1 << 20)

int
input_open(struct input *in, const char *path)
{
	struct stat st;

	*in = (struct input){.name = "<stdin>", .fd = STDIN_FILENO};
	if (path != NULL && strcmp(path, "-") != 0) {
		in->name = path;
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
	if (in->end == in->size) {
		in->size = in->size > 0 ? in->size * 2 : BLOCK;
		in->block = mem_resize(in->block, in->size);
	}
	return read_block(in);
}

/* Whether what is left of a regular file is UTF-8: 1, 0, -1 on an error. */
static int
file_is_utf8(struct input *in)
{
	char *block = mem_alloc(BLOCK);
	off_t read_to = lseek(in->fd, 0, SEEK_CUR);
	off_t at = read_to - (off_t)(in->end - in->start);
	size_t kept = 0, valid;
	ssize_t n;
	int result = -1;

	while (read_to >= 0) {
		n = pread(in->fd, block + kept, BLOCK - kept, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			result = n < 0 ? -1 : kept == 0;
			break;
		}
		at += n;
		kept += (size_t)n;
		valid = utf8_valid(block, kept);
		kept -= valid;
		memmove(block, block + valid, kept);
		if (kept > 3) {
			result = 0;
			break;
		}
	}
	free(block);
	return result;
}

/* The same of what a pipe gives first, its last character perhaps cut. */
static int
beginning_is_utf8(struct input *in)
{
	const char *text;
	size_t len;

	if (input_peek(in, &text, &len) < 0)
		return -1;
	return len - utf8_valid(text, len) <= 3;
}

static int
guess(struct input *in, const char **encoding)
{
	struct stat st;
	const char *text;
	size_t len;
	int utf8;

	*encoding = "UTF-8";
	utf8 = fstat(in->fd, &st) == 0 && S_ISREG(st.st_mode)
		   ? file_is_utf8(in)
		   : beginning_is_utf8(in);
	if (utf8 < 0 || input_peek(in, &text, &len) < 0)
		return -1;
	if (len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 ||
			    memcmp(text, "\xfe\xff", 2) == 0))
		*encoding = "UTF-16";
	else if (!utf8)
		*encoding = "GB18030";
	return 0;
}

int
input_decode(struct input *in, const char *encoding)
{
	static const char mark[] = "\xef\xbb\xbf";
	const char *text;
	size_t len;

	if (encoding == NULL && guess(in, &encoding) < 0)
		return -1;
	in->by_line = decode_by_line(encoding);
	if (strcmp(encoding, "UTF-8") != 0) {
		if (input_peek(in, &text, &len) < 0)
			return -1;
		in->decoder =
		    decode_open(encoding, text, in->by_line ? 0 : len);
		if (in->decoder == NULL)
			return -1;
	}
	if (in->decoder != NULL && !in->by_line) {
		in->start = in->end = 0;
		in->at_end = false;
	}
	if (input_peek(in, &text, &len) < 0)
		return -1;
	if (len >= 3 && memcmp(text, mark, 3) == 0)
		in->start += 3;
	return 0;
}

int
input_peek(struct input *in, const char **text, size_t *len)
{
	if (in->start == in->end && !in->at_end && fill(in) < 0)
		return -1;
	*text = in->block + in->start;
	*len = in->end - in->start;
	return 0;
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
