#ifndef BUF_H
#define BUF_H

#include <stdarg.h>
#include <stddef.h>

/*
 * Bytes that grow.  A struct buf of zeros is empty and ready; buf_free()
 * makes it so again.  data is followed by a NUL byte that len does not
 * count, so that text in it can be used as a C string.  Out of memory ends
 * the program with status 2.
 */
struct buf {
	char *data;
	size_t len;
	size_t size;
};

/* Makes room for n bytes more, and the NUL byte. */
void buf_reserve(struct buf *, size_t n);

/* Makes it n bytes longer; returns where they are to be written. */
static inline char *
buf_more(struct buf *b, size_t n)
{
	char *more;

	if (n >= b->size - b->len)
		buf_reserve(b, n);
	more = b->data + b->len;
	b->len += n;
	more[n] = '\0';
	return more;
}

static inline void
buf_char(struct buf *b, char c)
{
	*buf_more(b, 1) = c;
}

void buf_add(struct buf *, const void *bytes, size_t n);
void buf_text(struct buf *, const char *text);
void buf_printf(struct buf *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void buf_vprintf(struct buf *, const char *fmt, va_list)
    __attribute__((format(printf, 2, 0)));
void buf_integer(struct buf *, long n);
/* A number of so many decimals, n times 10^-decimals: 43 with one is 4.3. */
void buf_decimal(struct buf *, long n, int decimals);
/* Makes it empty, keeping its memory. */
void buf_clear(struct buf *);
void buf_free(struct buf *);

/* malloc, realloc, calloc and strndup that end the program where memory runs
 * out. */
void *mem_alloc(size_t n);
void *mem_resize(void *, size_t n);
void *mem_zero(size_t count, size_t size);
char *mem_text(const char *text, size_t n);
/*
 * An array of count items with room for one more, asked for before each is
 * added: it is doubled whenever the count reaches a power of two.
 */
void *mem_room(void *array, size_t count, size_t size);

#endif
