#include <string.h>

#include "encoding.h"
#include "utf8.h"

static bool
is_within(unsigned char c, unsigned char low, unsigned char high)
{
	return c >= low && c <= high;
}

/* How many bytes from the start of s have the form of GB18030. */
static size_t
gb18030_valid(const char *s, size_t n)
{
	const unsigned char *u = (const unsigned char *)s;
	size_t i = 0;

	while (i < n) {
		if (u[i] < 0x80)
			i++;
		else if (i + 1 < n && is_within(u[i], 0x81, 0xfe) &&
			 u[i + 1] >= 0x40 && u[i + 1] != 0x7f &&
			 u[i + 1] != 0xff)
			i += 2;
		else if (i + 3 < n && is_within(u[i], 0x81, 0xfe) &&
			 is_within(u[i + 1], '0', '9') &&
			 is_within(u[i + 2], 0x81, 0xfe) &&
			 is_within(u[i + 3], '0', '9'))
			i += 4;
		else
			break;
	}
	return i;
}

static bool
is_ascii(const char *text, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++)
		if ((unsigned char)text[i] >= 0x80)
			return false;
	return true;
}

/*
 * Lines that speak for UTF-8, less those that speak for GB18030: what is
 * UTF-8 and not ASCII hardly comes about in the other by chance.
 */
static long
votes(const char *text, size_t len, bool whole)
{
	const char *end = text + len, *nl;
	long for_utf8 = 0;
	size_t n;

	for (; text < end; text = nl + 1) {
		nl = memchr(text, '\n', (size_t)(end - text));
		if (nl == NULL && !whole)
			break;
		if (nl == NULL)
			nl = end;
		n = (size_t)(nl - text);
		if (is_ascii(text, n))
			continue;
		if (utf8_valid(text, n) == n)
			for_utf8++;
		else if (gb18030_valid(text, n) == n)
			for_utf8--;
	}
	return for_utf8;
}

static bool
begins_with(const char *text, size_t len, const char *mark)
{
	size_t n = strlen(mark);

	return len >= n && memcmp(text, mark, n) == 0;
}

const char *
encoding_guess(const char *text, size_t len, bool whole)
{
	if (begins_with(text, len, "\xef\xbb\xbf"))
		return "UTF-8";
	if (begins_with(text, len, "\x84\x31\x95\x33"))
		return "GB18030";
	if (begins_with(text, len, "\xff\xfe") ||
	    begins_with(text, len, "\xfe\xff"))
		return "UTF-16";
	return votes(text, len, whole) >= 0 ? "UTF-8" : "GB18030";
}
