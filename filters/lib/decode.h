#ifndef DECODE_H
#define DECODE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "buf.h"

/* Bytes of a file in some encoding, read as UTF-8. */
struct decoder;

/*
 * encoding is any that iconv(3) knows; first are bytes that were read from
 * the file already.  Returns NULL with errno set, EINVAL for an encoding
 * that is not known.
 */
struct decoder *decode_open(
    const char *encoding, const char *first, size_t len);
bool decode_knows(const char *encoding);
void decode_close(struct decoder *);

/*
 * Whether text of the encoding can be cut at line feeds before it is
 * converted: not so for UTF-16 and its like.
 */
bool decode_by_line(const char *encoding);
/* Converts a line, whole, and appends it. */
void decode_line(struct decoder *, const char *text, size_t len, struct buf *);

/*
 * Reads as read(2) does, but gives UTF-8.  What is not of the encoding comes
 * as the byte 0xff.  size must be DECODE_ROOM at least.
 */
#define DECODE_ROOM 16

ssize_t decode_read(struct decoder *, int fd, char *to, size_t size);

#endif
