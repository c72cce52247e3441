#include <string.h>

#include "eight.h"
#include "object.h"

size_t
obj_plain(const char *text, size_t n)
{
	size_t i;
	uint64_t eight, marks;
	unsigned char c;

	for (i = 0; i + 8 <= n; i += 8) {
		eight = eight_read(text + i);
		marks = eight_below(eight, 0x20) | eight_equal(eight, '"') |
			eight_equal(eight, '\\') | eight_equal(eight, 0x7f);
		if (marks != 0)
			return i + eight_first(marks);
	}
	for (; i < n; i++) {
		c = (unsigned char)text[i];
		if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f)
			break;
	}
	return i;
}

static void
escape(struct buf *b, unsigned char c)
{
	if (c == '"' || c == '\\')
		buf_printf(b, "\\%c", c);
	else if (c == '\n')
		buf_text(b, "\\n");
	else if (c == '\t')
		buf_text(b, "\\t");
	else
		buf_printf(b, "\\u%04x", c);
}

void
obj_quote(struct buf *b, const char *text, size_t n)
{
	size_t plain = obj_plain(text, n);
	char *to;

	if (plain == n) {
		to = buf_more(b, n + 2);
		to[0] = '"';
		memcpy(to + 1, text, n);
		to[n + 1] = '"';
		return;
	}
	buf_char(b, '"');
	for (; plain < n; plain = obj_plain(text, n)) {
		buf_add(b, text, plain);
		escape(b, (unsigned char)text[plain]);
		text += plain + 1;
		n -= plain + 1;
	}
	buf_add(b, text, n);
	buf_char(b, '"');
}

void
obj_key(struct buf *b, const char *name)
{
	buf_char(b, ',');
	obj_quote(b, name, strlen(name));
	buf_char(b, ':');
}

void
obj_begin(struct buf *b, const char *type)
{
	buf_text(b, "{\"type\":");
	obj_quote(b, type, strlen(type));
}

void
obj_end(struct buf *b)
{
	buf_text(b, "}\n");
}
