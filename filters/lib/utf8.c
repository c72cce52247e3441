#include "eight.h"
#include "utf8.h"

size_t
utf8_decode(const char *s, size_t n, uint32_t *c)
{
	static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
	const unsigned char *u = (const unsigned char *)s;
	size_t len, i;

	if (n == 0)
		return 0;
	if (u[0] < 0x80) {
		*c = u[0];
		return 1;
	}
	if (u[0] >= 0xc2 && u[0] <= 0xdf)
		len = 2;
	else if (u[0] >= 0xe0 && u[0] <= 0xef)
		len = 3;
	else if (u[0] >= 0xf0 && u[0] <= 0xf4)
		len = 4;
	else
		return 0;
	if (n < len)
		return 0;
	*c = u[0] & (0x7fU >> len);
	for (i = 1; i < len; i++) {
		if ((u[i] & 0xc0) != 0x80)
			return 0;
		*c = *c << 6 | (u[i] & 0x3f);
	}
	if (*c < least[len] || *c > 0x10ffff || (*c >= 0xd800 && *c <= 0xdfff))
		return 0;
	return len;
}

size_t
utf8_valid(const char *s, size_t n)
{
	size_t i, len;

	for (i = 0; i < n; i += len) {
		len = n - i >= 8 && eight_beyond(eight_read(s + i)) == 0
			  ? 8
			  : utf8_length(s + i, n - i);
		if (len == 0)
			break;
	}
	return i;
}

size_t
utf8_count(const char *s, size_t n)
{
	size_t i, count = 0;

	for (i = 0; i < n; i++)
		count += ((unsigned char)s[i] & 0xc0) != 0x80;
	return count;
}

bool
utf8_steers(uint32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x61c ||
	       c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
	       (c >= 0x2066 && c <= 0x2069);
}

void
utf8_visible(struct buf *b, const char *text, size_t n)
{
	uint32_t c;
	size_t len;

	buf_add(b, "", 0); /* text, however short */
	while (n > 0) {
		len = utf8_decode(text, n, &c);
		if (len == 0 || utf8_steers(c)) {
			len = len > 0 ? len : 1;
			if (len > 1)
				buf_printf(b, "\\u%04x", (unsigned)c);
			else
				buf_printf(b, "\\x%02x", (unsigned char)*text);
		} else {
			buf_add(b, text, len);
		}
		text += len;
		n -= len;
	}
}
