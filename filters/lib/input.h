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
	struct decoder *decoder; /* NULL where the bytes are taken as are */
	bool by_line;		 /* the decoder takes lines, not what is read */
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
 * Has the bytes that follow converted from an encoding, any that iconv(3)
 * knows, to UTF-8.  A byte that is not of that encoding becomes the byte
 * 0xff, which is in no UTF-8 text.  NULL: as the file shows by itself.  A byte
 * order mark decides; else text that is UTF-8 throughout is UTF-8, and any
 * other is GB18030.  Of a file this looks at all, of a pipe at what came
 * first.  Must come before anything is taken.  Returns -1 with errno set.
 */
int input_decode(struct input *, const char *encoding);

/* Looks at what comes first, without taking it; at most a block. */
int input_peek(struct input *, const char **text, size_t *len);

/* Returns 1 with the next line, 0 at the end, -1 with errno on an error. */
int input_next(struct input *, struct input_line *);

/* Whether there is nothing but white space in it. */
bool input_is_blank(const struct input_line *);

#endif
