/* Writes each line of standard input escaped for Markdown. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "markdown.h"

int
main(void)
{
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	struct buf b = {0};

	while ((n = getdelim(&line, &size, '\0', stdin)) > 0) {
		buf_clear(&b);
		markdown_escape(
		    &b, line, line[n - 1] == '\0' ? (size_t)n - 1 : (size_t)n);
		fwrite(b.data, 1, b.len, stdout);
		putchar('\0');
	}
	free(line);
	buf_free(&b);
	return 0;
}
