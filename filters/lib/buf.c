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

static void
reserve(struct buf *b, size_t n)
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
	reserve(b, n);
	if (n > 0)
		memcpy(b->data + b->len, bytes, n);
	b->len += n;
	b->data[b->len] = '\0';
}

void
buf_text(struct buf *b, const char *text)
{
	buf_add(b, text, strlen(text));
}

void
buf_char(struct buf *b, char c)
{
	buf_add(b, &c, 1);
}

void
buf_printf(struct buf *b, const char *fmt, ...)
{
	va_list ap;
	int n;

	va_start(ap, fmt);
	n = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (n < 0)
		errx(TROUBLE, "out of memory");
	reserve(b, (size_t)n);
	va_start(ap, fmt);
	vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
	va_end(ap);
	b->len += (size_t)n;
}

void
buf_decimal(struct buf *b, long n, int decimals)
{
	long unit = 1;
	int i;

	for (i = 0; i < decimals; i++)
		unit *= 10;
	buf_printf(b, "%ld", n / unit);
	if (decimals > 0)
		buf_printf(b, ".%0*ld", decimals, n % unit);
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
