#ifndef INPUT_H
#define INPUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"

/* The longest line, in bytes, that is taken in; longer ones are refused. */
#define LINE_LIMIT ((size_t)8 << 20)
/* How much of a line that is too long is kept. */
#define LINE_KEPT ((size_t)64 << 10)

/*
 * A file read in blocks and given out line by line.  Memory: one block, or
 * the longest line there was.
 */
struct input {
	const char *name; /* as in messages: "<stdin>" for standard input */
	int fd;
	char *block;
	size_t start, end, size; /* what of block is not given out yet */
	bool at_end;
	bool started;		 /* a line has been given out */
	struct decoder *decoder; /* NULL where the bytes are taken as are */
	bool by_line;		 /* the decoder takes lines, not what is read */
	char *encoding;		 /* where it does */
	struct buf decoded;	 /* the line, where it does */
};

struct input_line {
	const char *text; /* without its newline; valid until the next call */
	size_t len;
	size_t bytes;	 /* of the line in the file: more than raw_len if cut */
	const char *raw; /* as it came: text, or what it was decoded from */
	size_t raw_len;
};

/*
 * Opens a file; NULL and "-" are standard input.  Returns -1 with errno set
 * where that fails, as for a folder.
 */
int input_open(struct input *, const char *path);
void input_close(struct input *);

/*
 * Has what follows converted to UTF-8 from an encoding, any that iconv(3)
 * knows; NULL: from the one that it shows by itself, see encoding_guess().  A
 * byte that is not of the encoding becomes the byte 0xff, which is in no UTF-8
 * text.  Must come before any line is taken.  Returns -1 with errno set.
 */
int input_decode(struct input *, const char *encoding);

/*
 * Returns 1 with the next line, 0 at the end, -1 with errno on an error.  A
 * byte order mark before the first is not given out.
 */
int input_next(struct input *, struct input_line *);

/*
 * Returns 1 with what comes next, about 1 MiB or all there is, 0 at the end, -1
 * with errno on an error.  A byte order mark is given out.  It is valid until
 * the next call; not to be mixed with input_next().
 */
int input_block(struct input *, const char **text, size_t *len);

/* What has been read and not given out yet: at first up to 1 MiB. */
void input_ahead(const struct input *, const char **text, size_t *len);

/*
 * Reads on, so that more is ahead; 0 at the end of the file, -1 with errno on
 * an error.
 */
int input_more(struct input *);

/* Whether its name ends in one of these, in letters of either case. */
bool input_has_ending(const struct input *, const char *const *endings);

/* Whether there is nothing but white space in it. */
bool input_is_blank(const struct input_line *);

#endif
