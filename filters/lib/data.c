#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "data.h"
#include "status.h"

const struct data_file *
data_embedded(const char *path)
{
	const struct data_file *f;

	for (f = data_files; f->path != NULL; f++)
		if (strcmp(f->path, path) == 0)
			return f;
	return NULL;
}

char *
data_slurp_file(FILE *f, const char *name, size_t most, size_t *len)
{
	struct buf b = {0};
	char block[65536];
	size_t n;

	buf_add(&b, "", 0);
	while ((n = fread(block, 1, sizeof block, f)) > 0) {
		if (n > most - b.len)
			errx(TROUBLE, "%s: longer than %zu MiB", name,
			    most >> 20);
		buf_add(&b, block, n);
	}
	if (ferror(f)) {
		buf_free(&b);
		return NULL;
	}
	*len = b.len;
	return b.data;
}

char *
data_slurp(const char *path, size_t most, size_t *len)
{
	FILE *f = fopen(path, "r");
	char *text;
	int error;

	if (f == NULL)
		return NULL;
	text = data_slurp_file(f, path, most, len);
	error = errno;
	fclose(f);
	errno = error;
	return text;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t n = strlen(text), m = strlen(end);

	return n >= m && strcmp(text + n - m, end) == 0;
}

char *
data_find(const char *dir, const char *name, const char *suffix, size_t *len)
{
	const struct data_file *f;
	const char *home = getenv("RISKLINE_DATA");
	struct buf path = {0};
	char *text = NULL;

	if (home != NULL && *home != '\0') {
		buf_printf(&path, "%s/%s/%s%s", home, dir, name, suffix);
		text = data_slurp(path.data, DATA_MOST, len);
		if (text == NULL && errno != ENOENT)
			err(TROUBLE, "%s", path.data);
		buf_clear(&path);
	}
	if (text == NULL) {
		buf_printf(&path, "%s/%s%s", dir, name, suffix);
		f = data_embedded(path.data);
		if (f != NULL) {
			*len = (size_t)(f->end - f->text);
			text = mem_text(f->text, *len);
		}
	}
	buf_free(&path);
	return text;
}

/* Ends the program: the names that there are, in a folder, are said. */
_Noreturn static void
complain(const char *dir, const char *name, const char *suffix)
{
	const struct data_file *f;
	struct buf names = {0};
	size_t len = strlen(dir);

	for (f = data_files; f->path != NULL; f++)
		if (strncmp(f->path, dir, len) == 0 && f->path[len] == '/' &&
		    ends_with(f->path, suffix))
			buf_printf(&names, "%s%.*s", names.len > 0 ? ", " : "",
			    (int)(strlen(f->path) - len - 1 - strlen(suffix)),
			    f->path + len + 1);
	errx(TROUBLE, "%s: no such file; built in are %s", name, names.data);
}

char *
data_read(const char *dir, const char *name, const char *suffix, size_t *len)
{
	char *text;

	if (strchr(name, '/') != NULL || ends_with(name, suffix)) {
		text = data_slurp(name, DATA_MOST, len);
		if (text == NULL)
			err(TROUBLE, "%s", name);
		return text;
	}
	text = data_find(dir, name, suffix, len);
	if (text == NULL)
		complain(dir, name, suffix);
	return text;
}
