#include <string.h>

#include "object.h"

void
obj_quote(struct buf *b, const char *text, size_t n)
{
	size_t i, plain = 0;
	unsigned char c;

	buf_char(b, '"');
	for (i = 0; i < n; i++) {
		c = (unsigned char)text[i];
		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7f)
			continue;
		buf_add(b, text + plain, i - plain);
		plain = i + 1;
		if (c == '"' || c == '\\')
			buf_printf(b, "\\%c", c);
		else if (c == '\n')
			buf_text(b, "\\n");
		else if (c == '\t')
			buf_text(b, "\\t");
		else
			buf_printf(b, "\\u%04x", c);
	}
	buf_add(b, text + plain, n - plain);
	buf_char(b, '"');
}

void
obj_name(struct buf *b, const char *name)
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
obj_string(struct buf *b, const char *name, const char *value)
{
	obj_name(b, name);
	obj_quote(b, value, strlen(value));
}

void
obj_integer(struct buf *b, const char *name, long value)
{
	obj_name(b, name);
	buf_printf(b, "%ld", value);
}

void
obj_decimal(struct buf *b, const char *name, long n, int decimals)
{
	obj_name(b, name);
	buf_decimal(b, n, decimals);
}

void
obj_boolean(struct buf *b, const char *name, bool value)
{
	obj_name(b, name);
	buf_text(b, value ? "true" : "false");
}

void
obj_end(struct buf *b)
{
	buf_text(b, "}\n");
}
