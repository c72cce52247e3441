#include <stdbool.h>
#include <string.h>

#include "markdown.h"
#include "utf8.h"

/* Whether lines in this script are joined without a space. */
static bool
is_east_asian(uint32_t c)
{
	return (c >= 0x2e80 && c <= 0x9fff) || (c >= 0xf900 && c <= 0xfaff) ||
	       (c >= 0xfe30 && c <= 0xfe4f) || (c >= 0xff00 && c <= 0xff60) ||
	       (c >= 0x20000 && c <= 0x3ffff) || (c >= 0x2018 && c <= 0x201d) ||
	       c == 0x2014 || c == 0x2026;
}

static bool
is_white(uint32_t c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\v' ||
	       c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

static void
write_character(struct buf *b, const char *text, size_t len, uint32_t c)
{
	if (c < 0x20 || c == 0x7f) {
		buf_text(b, "\xe2\x90"); /* U+2400 */
		buf_char(b, (char)(c == 0x7f ? 0xa1 : 0x80 + c));
		return;
	}
	if (utf8_steers(c)) {
		buf_printf(b, "\\[U+%04X\\]", (unsigned)c);
		return;
	}
	if (c < 0x80 && strchr("\\`*_{}[]<>|~&#", (int)c) != NULL)
		buf_char(b, '\\');
	buf_add(b, text, len);
}

/*
 * A backslash where the text begins as a heading, list, rule or the like
 * would: before a sign, or behind the digits of "1. " and "1) ".
 */
static size_t
write_beginning(struct buf *b, const char *text, size_t n)
{
	size_t digits = 0;

	if (n > 0 && memchr("+-=:", text[0], 4) != NULL) {
		buf_char(b, '\\');
		return 0;
	}
	while (digits < n && text[digits] >= '0' && text[digits] <= '9')
		digits++;
	if (digits == 0 || digits == n ||
	    (text[digits] != '.' && text[digits] != ')') ||
	    (digits + 1 < n && text[digits + 1] != ' ' &&
		text[digits + 1] != '\t' && text[digits + 1] != '\n'))
		return 0;
	buf_add(b, text, digits);
	buf_char(b, '\\');
	buf_char(b, text[digits]);
	return digits + 1;
}

void
markdown_escape(struct buf *b, const char *text, size_t n)
{
	uint32_t c, before = 0;
	size_t i = 0, len;
	bool white = false, broken = false;

	while (i < n && (len = utf8_decode(text + i, n - i, &c)) > 0 &&
	       is_white(c))
		i += len;
	i += write_beginning(b, text + i, n - i);
	for (; i < n; i += len) {
		len = utf8_decode(text + i, n - i, &c);
		if (len == 0)
			break;
		if (is_white(c)) {
			white = true;
			broken = broken || (c != ' ' && c != '\t');
			continue;
		}
		if (white &&
		    !(broken && is_east_asian(before) && is_east_asian(c)))
			buf_char(b, ' ');
		white = broken = false;
		write_character(b, text + i, len, c);
		before = c;
	}
}
