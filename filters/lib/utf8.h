#ifndef UTF8_H
#define UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"

/*
 * Decodes the character at s, of n bytes at most, into *c.  Returns how
 * many bytes it takes, or 0 where they are not UTF-8 (RFC 3629: no
 * surrogates, no overlong forms, nothing above U+10FFFF) or n is 0.
 */
size_t utf8_decode(const char *s, size_t n, uint32_t *c);

/*
 * How many bytes the character at s takes, of n at most; 0 where they are not
 * UTF-8.  Most of those that are not ASCII are Chinese: of three bytes, where
 * the first leaves no doubt about the others.
 */
static inline size_t
utf8_length(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	uint32_t c;

	if (n >= 3 && u[0] > 0xe0 && u[0] < 0xed && (u[1] & 0xc0) == 0x80 &&
	    (u[2] & 0xc0) == 0x80)
		return 3;
	return utf8_decode(s, n, &c);
}

/* Returns how many bytes from the start of s are UTF-8; n where all are. */
size_t utf8_valid(const char *s, size_t n);

/* Returns the number of characters in s, which must be UTF-8. */
size_t utf8_count(const char *s, size_t n);

/*
 * Whether a character is a control, ends a line, or turns the direction in
 * which text around it is shown (Unicode, UAX #9).
 */
bool utf8_steers(uint32_t c);

/*
 * Appends text so that a terminal can be shown it, and JSON can hold it: such
 * characters, and bytes that are not UTF-8, as \xNN or \uNNNN.
 */
void utf8_visible(struct buf *, const char *text, size_t n);

#endif
