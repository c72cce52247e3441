#include <string.h>

#include "input.h"
#include "object.h"
#include "refused.h"
#include "utf8.h"

static void
add_base64(struct buf *b, const char *bytes, size_t n)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *u = (const unsigned char *)bytes;
	unsigned long three;
	size_t i, k;

	for (i = 0; i < n; i += 3) {
		three = (unsigned long)u[i] << 16;
		if (i + 1 < n)
			three |= (unsigned long)u[i + 1] << 8;
		if (i + 2 < n)
			three |= u[i + 2];
		for (k = 0; k < 4; k++)
			buf_char(b, i + k > n
					? '='
					: digits[three >> (18 - 6 * k) & 63]);
	}
}

void
refused_write(struct buf *b, const struct record *r)
{
	size_t len = r->came_len < LINE_KEPT ? r->came_len : LINE_KEPT;
	size_t valid = utf8_valid(r->came, len);
	struct buf text = {0};

	obj_begin(b, "refused");
	utf8_visible(&text, r->source, strlen(r->source));
	obj_string(b, "source", text.data);
	buf_clear(&text);
	obj_integer(b, "line", (long)r->line);
	if (r->n_errors > MOST_ERRORS)
		buf_printf(&text, "%s; and %zu more", r->errors.data,
		    r->n_errors - MOST_ERRORS);
	obj_string(b, "error", text.len > 0 ? text.data : r->errors.data);
	buf_clear(&text);
	obj_name(b, "record");
	if (len < r->came_bytes && len - valid < 4)
		len = valid; /* cut between characters */
	if (valid < len || (len > 0 && memchr(r->came, '\0', len) != NULL)) {
		add_base64(&text, r->came, len);
		obj_quote(b, text.data, text.len);
		obj_string(b, "encoding", "base64");
	} else {
		obj_quote(b, r->came, len);
	}
	if (len < r->came_bytes)
		obj_integer(b, "bytes", (long)r->came_bytes);
	obj_end(b);
	buf_free(&text);
}
