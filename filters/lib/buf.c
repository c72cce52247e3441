#include <err.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "status.h"

void *
mem_resize(void *old, size_t n)
{
	void *p = realloc(old, n > 0 ? n : 1);

	if (p == NULL)
		errx(TROUBLE, "out of memory");
	return p;
}

void *
mem_alloc(size_t n)
{
	return mem_resize(NULL, n);
}

void *
mem_zero(size_t count, size_t size)
{
	void *p = calloc(count > 0 ? count : 1, size > 0 ? size : 1);

	if (p == NULL)
		errx(TROUBLE, "out of memory");
	return p;
}

void *
mem_room(void *array, size_t count, size_t size)
{
	if ((count & (count - 1)) != 0)
		return array;
	if (count > SIZE_MAX / 2 / size)
		errx(TROUBLE, "out of memory");
	return mem_resize(array, (count > 0 ? 2 * count : 1) * size);
}

char *
mem_text(const char *text, size_t n)
{
	char *p = mem_alloc(n + 1);

	memcpy(p, text, n);
	p[n] = '\0';
	return p;
}

void
buf_reserve(struct buf *b, size_t n)
{
	size_t need, size = b->size > 0 ? b->size : 256;

	if (n > SIZE_MAX / 2 - b->len)
		errx(TROUBLE, "out of memory");
	need = b->len + n + 1;
	if (need <= b->size)
		return;
	while (size < need)
		size *= 2;
	b->data = mem_resize(b->data, size);
	b->size = size;
}

void
buf_add(struct buf *b, const void *bytes, size_t n)
{
	char *more = buf_more(b, n);

	if (n > 0)
		memcpy(more, bytes, n);
}

void
buf_text(struct buf *b, const char *text)
{
	size_t n = strlen(text);

	memcpy(buf_more(b, n), text, n);
}

void
buf_vprintf(struct buf *b, const char *fmt, va_list ap)
{
	va_list again;
	int n;

	va_copy(again, ap);
	n = vsnprintf(NULL, 0, fmt, again);
	va_end(again);
	if (n < 0)
		errx(TROUBLE, "out of memory");
	buf_reserve(b, (size_t)n);
	vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
	b->len += (size_t)n;
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	buf_vprintf(b, fmt, ap);
	va_end(ap);
}

void
buf_integer(struct buf *b, long n)
{
	unsigned long rest = n < 0 ? -(unsigned long)n : (unsigned long)n, more;
	size_t len = n < 0 ? 2 : 1;
	char *digits;

	for (more = rest; more > 9; more /= 10)
		len++;
	digits = buf_more(b, len);
	digits[0] = '-';
	do
		digits[--len] = (char)('0' + rest % 10);
	while ((rest /= 10) > 0);
}

void
buf_decimal(struct buf *b, long n, int decimals)
{
	long unit = 1;
	char *digits;
	int i;

	for (i = 0; i < decimals; i++)
		unit *= 10;
	buf_integer(b, n / unit);
	if (decimals == 0)
		return;
	digits = buf_more(b, (size_t)decimals + 1);
	for (*digits = '.', n %= unit; decimals > 0; n /= 10)
		digits[decimals--] = (char)('0' + n % 10);
}

void
buf_clear(struct buf *b)
{
	b->len = 0;
	if (b->data != NULL)
		b->data[0] = '\0';
}

void
buf_free(struct buf *b)
{
	free(b->data);
	*b = (struct buf){0};
}
