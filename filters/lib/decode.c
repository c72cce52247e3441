#include <err.h>
#include <errno.h>
#include <iconv.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "decode.h"
#include "status.h"

struct decoder {
	iconv_t cd;
	char *raw;
	size_t start, end, size;
	bool at_end;
	size_t unit; /* what is passed over of what is not of the encoding */
};

/* Bytes of a code unit: 4 where two zero bytes are no character yet. */
/* iconv_open(3); what is not for the encoding's sake ends the program. */
static iconv_t
open_iconv(const char *encoding)
{
	iconv_t cd = iconv_open("UTF-8", encoding);

	if (cd == (iconv_t)-1 && errno == ENOMEM)
		errx(TROUBLE, "out of memory");
	if (cd == (iconv_t)-1 && errno != EINVAL)
		err(TROUBLE, "encoding %s", encoding);
	return cd;
}

static size_t
unit_of(const char *encoding)
{
	iconv_t cd;
	char in[4] = "", out[8], *from = in, *to = out;
	size_t n = 2, room = sizeof out, unit = 2;

	if (decode_by_line(encoding))
		return 1;
	cd = open_iconv(encoding);
	if (cd == (iconv_t)-1)
		return 1;
	if (iconv(cd, &from, &n, &to, &room) == (size_t)-1 && errno == EINVAL)
		unit = 4;
	iconv_close(cd);
	return unit;
}

struct decoder *
decode_open(const char *encoding, const char *first, size_t len)
{
	struct decoder *d = mem_alloc(sizeof *d);

	d->cd = open_iconv(encoding);
	if (d->cd == (iconv_t)-1) {
		free(d);
		return NULL;
	}
	d->size = len > 65536 ? len : 65536;
	d->raw = mem_alloc(d->size);
	if (len > 0)
		memcpy(d->raw, first, len);
	d->start = 0;
	d->end = len;
	d->at_end = false;
	d->unit = unit_of(encoding);
	return d;
}

bool
decode_knows(const char *encoding)
{
	iconv_t cd = open_iconv(encoding);

	return cd != (iconv_t)-1 && iconv_close(cd) == 0;
}

void
decode_close(struct decoder *d)
{
	iconv_close(d->cd);
	free(d->raw);
	free(d);
}

/* Reads more behind what is not converted yet.  Returns -1 with errno. */
static int
fill(struct decoder *d, int fd)
{
	ssize_t n;

	memmove(d->raw, d->raw + d->start, d->end - d->start);
	d->end -= d->start;
	d->start = 0;
	do
		n = read(fd, d->raw + d->end, d->size - d->end);
	while (n < 0 && errno == EINTR);
	if (n < 0)
		return -1;
	d->at_end = n == 0;
	d->end += (size_t)n;
	return 0;
}

ssize_t
decode_read(struct decoder *d, int fd, char *to, size_t size)
{
	char *in, *out = to;
	size_t in_left, out_left = size;

	while (out == to) {
		if (d->start == d->end && !d->at_end && fill(d, fd) < 0)
			return -1;
		if (d->start == d->end && d->at_end)
			return 0;
		in = d->raw + d->start;
		in_left = d->end - d->start;
		if (iconv(d->cd, &in, &in_left, &out, &out_left) !=
			(size_t)-1 ||
		    errno == E2BIG) {
			d->start = d->end - in_left;
			continue;
		}
		d->start = d->end - in_left;
		if (errno == EINVAL && !d->at_end) {
			/* The last character is not all here yet. */
			if (out == to && fill(d, fd) < 0)
				return -1;
			continue;
		}
		if (out_left == 0)
			break;
		*out++ = (char)0xff;
		out_left--;
		d->start +=
		    d->unit < d->end - d->start ? d->unit : d->end - d->start;
	}
	return out - to;
}

bool
decode_by_line(const char *encoding)
{
	iconv_t cd = open_iconv(encoding);
	char in[] = "a\n", out[8], *from = in, *to = out;
	size_t n = 2, room = sizeof out;
	bool same;

	if (cd == (iconv_t)-1)
		return false;
	same = iconv(cd, &from, &n, &to, &room) == 0 && to - out == 2 &&
	       memcmp(in, out, 2) == 0;
	iconv_close(cd);
	return same;
}

void
decode_line(struct decoder *d, const char *text, size_t len, struct buf *b)
{
	char converted[4096], *in = (char *)text, *out;
	size_t room, done;

	while (len > 0) {
		out = converted;
		room = sizeof converted;
		done = iconv(d->cd, &in, &len, &out, &room);
		buf_add(b, converted, (size_t)(out - converted));
		if (done == (size_t)-1 && errno != E2BIG && len > 0) {
			buf_char(b, (char)0xff);
			in++;
			len--;
		}
	}
	/* What the encoding still holds back: a letter that waits for a mark.
	 */
	out = converted;
	room = sizeof converted;
	iconv(d->cd, NULL, NULL, &out, &room);
	buf_add(b, converted, (size_t)(out - converted));
}
