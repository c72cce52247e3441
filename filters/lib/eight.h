#ifndef EIGHT_H
#define EIGHT_H

#include <endian.h>
#include <stdint.h>
#include <string.h>

/*
 * Eight bytes of a text at once, as a number whose lowest byte is the first of
 * them.  Marks have the high bit of each byte that was looked for; above the
 * first of them others may be marked as well.
 */
#define EIGHT(byte) (UINT64_C(0x0101010101010101) * (byte))

static inline uint64_t
eight_read(const char *text)
{
	uint64_t eight;

	memcpy(&eight, text, sizeof eight);
	return le64toh(eight);
}

/* Marks bytes below one, which is 0x80 at most. */
static inline uint64_t
eight_below(uint64_t eight, unsigned char byte)
{
	return (eight - EIGHT(byte)) & ~eight & EIGHT(0x80);
}

static inline uint64_t
eight_equal(uint64_t eight, unsigned char byte)
{
	return eight_below(eight ^ EIGHT(byte), 1);
}

/* Marks bytes that are not ASCII. */
static inline uint64_t
eight_beyond(uint64_t eight)
{
	return eight & EIGHT(0x80);
}

/* How many bytes there are before the first mark; marks are not 0. */
static inline size_t
eight_first(uint64_t marks)
{
	return (size_t)__builtin_ctzll(marks) / 8;
}

#endif
