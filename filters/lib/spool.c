#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "spool.h"
#include "status.h"

struct spool {
	FILE *file;
};

int
spool_file(void)
{
	const char *tmp = getenv("TMPDIR");
	struct buf path = {0};
	int fd;

	buf_printf(&path, "%s/riskline-XXXXXX",
	    tmp != NULL && *tmp != '\0' ? tmp : "/tmp");
	fd = mkstemp(path.data);
	if (fd < 0 || unlink(path.data) != 0)
		err(TROUBLE, "%s", path.data);
	buf_free(&path);
	return fd;
}

_Noreturn static void
fail(void)
{
	err(TROUBLE, "temporary file");
}

struct spool *
spool_open(void)
{
	struct spool *s = mem_zero(1, sizeof *s);

	s->file = fdopen(spool_file(), "w+");
	if (s->file == NULL)
		fail();
	return s;
}

void
spool_write(struct spool *s, const void *bytes, size_t n)
{
	if (n > 0 && fwrite(bytes, n, 1, s->file) != 1)
		fail();
}

void
spool_rewind(struct spool *s)
{
	if (fflush(s->file) != 0 || fseek(s->file, 0, SEEK_SET) != 0)
		fail();
}

int
spool_read(struct spool *s, void *bytes, size_t n)
{
	size_t got = fread(bytes, 1, n, s->file);

	if (ferror(s->file))
		fail();
	if (got > 0 && got < n)
		errx(TROUBLE, "temporary file: cut short");
	return got > 0;
}

void
spool_read_text(struct spool *s, struct buf *b, size_t n)
{
	char some[4096];
	size_t now;

	for (; n > 0; n -= now) {
		now = n < sizeof some ? n : sizeof some;
		if (!spool_read(s, some, now))
			errx(TROUBLE, "temporary file: cut short");
		buf_add(b, some, now);
	}
}

void
spool_close(struct spool *s)
{
	if (fclose(s->file) != 0)
		fail();
	free(s);
}
