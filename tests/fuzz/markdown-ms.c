/*
 * Documents as groff ms.  What groff says of it is seen by tests/fuzz/groff,
 * which has md-pdf set the inputs that libFuzzer keeps.
 */

#include <stdlib.h>

#include "fuzz.h"
#include "markdown.h"
#include "utf8.h"

/* fontconfig loses a few hundred bytes of its own when it ends. */
const char *__lsan_default_suppressions(void);

const char *
__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}

/* It takes long to open them; they grow with each new character. */
static struct fonts *
some_fonts(void)
{
	static struct fonts *fonts;
	static size_t used;

	if (used++ % 5000 == 0) {
		if (fonts != NULL)
			fonts_close(fonts);
		fonts = fonts_open(1, 1);
	}
	return fonts;
}

static void
check(const struct buf *ms)
{
	size_t i;

	for (i = 0; i < ms->len; i++)
		if ((ms->data[i] < ' ' || ms->data[i] > '~') &&
		    ms->data[i] != '\n' && ms->data[i] != '\t')
			fuzz_wrong(
			    "byte %02x: %s", (unsigned)ms->data[i], ms->data);
}

void
fuzz_one(const char *text, size_t len)
{
	struct markdown *m;
	struct buf ms = {0};

	if (utf8_valid(text, len) < len)
		return;
	m = markdown_read(text, len);
	if (markdown_ms(&ms, m, len % 2 == 0 ? ZH : EN, some_fonts(), "x.md") <
	    0)
		fuzz_wrong("a character that is no box");
	check(&ms);
	free(markdown_day(m));
	markdown_free(m);
	buf_free(&ms);
}
