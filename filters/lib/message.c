#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "status.h"
#include "utf8.h"

/*
 * warn(3) and its kin, in place of those of the C library: a name in a message,
 * of a file or a record, does not steer the terminal, nor make a second line.
 */

static void say(const char *fmt, va_list, const char *reason)
    __attribute__((format(printf, 1, 0)));

static void
say(const char *fmt, va_list ap, const char *reason)
{
	static bool saying;
	struct buf text = {0}, line = {0};

	if (saying) {
		fprintf(stderr, "%s: out of memory\n",
		    program_invocation_short_name);
		exit(TROUBLE);
	}
	saying = true;
	buf_printf(&text, "%s: ", program_invocation_short_name);
	buf_vprintf(&text, fmt, ap);
	if (reason != NULL)
		buf_printf(&text, ": %s", reason);
	utf8_visible(&line, text.data, text.len);
	buf_char(&line, '\n');
	fputs(line.data, stderr);
	buf_free(&text);
	buf_free(&line);
	saying = false;
}

void
warn(const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, reason);
	va_end(ap);
}

void
warnx(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, NULL);
	va_end(ap);
}

void
err(int status, const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, reason);
	va_end(ap);
	exit(status);
}

void
errx(int status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say(fmt, ap, NULL);
	va_end(ap);
	exit(status);
}
