#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "day.h"
#include "folder.h"
#include "groff.h"
#include "pdf.h"

/*
 * groff runs twice over the same ms: the first run says on which page each
 * heading is, the second sets the contents with it.
 */

/* A line of one long word cannot be stretched, and need not be. */
static bool
is_harmless(const char *line)
{
	static const char end[] = "cannot adjust line";
	size_t n = strlen(line);

	return n >= sizeof end && strcmp(line + n + 1 - sizeof end, end) == 0;
}

/*
 * The pages that the first run says, as strings for the second; anything
 * else that groff says is a fault of the document.
 */
static int
read_messages(struct buf *messages, struct buf *strings, const char *name)
{
	static const char mine[] = "riskline: ";
	char *line, *rest = messages->data, *page;
	int result = 0;

	while (rest != NULL && *rest != '\0') {
		line = strsep(&rest, "\n");
		if (strncmp(line, mine, strlen(mine)) == 0 &&
		    (page = strchr(line + strlen(mine), ' ')) != NULL) {
			*page++ = '\0';
			buf_printf(
			    strings, ".ds %s %s\n", line + strlen(mine), page);
			continue;
		}
		if (is_harmless(line))
			continue;
		warnx("%s: groff: %s", name, line);
		result = -1;
	}
	return result;
}

/* Runs groff, and says what is wrong where it does not. */
static int
run_once(struct groff *r, struct buf *strings, const char *name,
    const struct groff_signals *held)
{
	int status = groff_run(r, held);
	bool said = read_messages(&r->messages, strings, name) < 0;

	buf_clear(&r->messages);
	if (status > 0 && !groff_was_stopped() && !said)
		warnx("%s: groff: failed, %s %d", name,
		    WIFEXITED(status) ? "status" : "signal",
		    WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status));
	return status == 0 && !groff_was_stopped() && !said ? 0 : -1;
}

static int
run_twice(struct buf *out, const struct buf *ms, const char *folder,
    const char *epoch, const char *name, const struct groff_signals *held)
{
	struct buf none = {0}, strings = {0}, ignored = {0};
	size_t before = out->len;
	struct groff r = {
	    .folder = folder, .epoch = epoch, .in = {&none, ms}, .out = out};
	int result;

	r.first = true;
	result = run_once(&r, &strings, name, held);
	if (result == 0) {
		r.first = false;
		r.in[0] = &strings;
		result = run_once(&r, &ignored, name, held);
	}
	if (result == 0 && out->len == before) {
		warnx("%s: groff made no PDF", name);
		result = -1;
	}
	buf_free(&r.messages);
	buf_free(&strings);
	buf_free(&ignored);
	return result;
}

int
pdf_make(struct buf *out, const struct buf *ms, struct fonts *fonts,
    const char *day, const char *name)
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH"), *folder;
	struct buf seconds = {0};
	struct groff_signals old;
	int result = -1;

	buf_printf(&seconds, "%ld",
	    day_read(day != NULL ? day : "1980-01-01") * 86400);
	if (epoch == NULL || *epoch == '\0')
		epoch = seconds.data;
	if (strcmp(epoch, "0") == 0)
		epoch = "00"; /* gropdf takes a plain 0 for the clock */
	groff_hold_signals(&old);
	folder = folder_make();
	if (folder != NULL) {
		if (fonts_write(fonts, folder) < 0)
			warn("%s", folder);
		else
			result = run_twice(out, ms, folder, epoch, name, &old);
		folder_remove();
	}
	groff_release_signals(&old);
	buf_free(&seconds);
	return result;
}
