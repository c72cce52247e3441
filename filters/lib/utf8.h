#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/*
 * Decodes the character at s, of n bytes at most, into *c.  Returns how
 * many bytes it takes, or 0 where they are not UTF-8 (RFC 3629: no
 * surrogates, no overlong forms, nothing above U+10FFFF) or n is 0.
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *c);

/* Returns how many bytes from the start of s are UTF-8; n where all are. */
size_t utf8_valid(const char *s, size_t n);

/* Returns the number of characters in s, which must be UTF-8. */
size_t utf8_count(const char *s, size_t n);

/*
 * Appends text so that a terminal can be shown it, and JSON can hold it:
 * control characters and bytes that are not UTF-8 as \xNN.
 */
void utf8_visible(struct buf *, const char *text, size_t n);

#endif
