#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "document.h"
#include "markdown.h"
#include "pdf.h"
#include "utf8.h"

enum format
format_named(const char *name)
{
	static const char *const names[] = {"md", "html", "ms", "pdf"};
	enum format f = FORMAT_MD;

	while (f < FORMATS && strcmp(names[f], name) != 0)
		f++;
	return f;
}

bool
language_named(const char *name, enum lang *lang)
{
	*lang = strcmp(name, "en") == 0 ? EN : ZH;
	return *lang == EN || strcmp(name, "zh") == 0;
}

/* The line that a byte of the text is in. */
static size_t
line_of(const char *text, size_t at)
{
	size_t line = 1, i;

	for (i = 0; i < at; i++)
		line += text[i] == '\n';
	return line;
}

static int
make_pdf(struct buf *out, enum format format, const struct markdown *m,
    enum lang lang, const char *name, bool boxes)
{
	struct fonts *fonts = fonts_open(lang == ZH, boxes);
	struct buf ms = {0};
	char *day = markdown_day(m);
	int result = markdown_ms(&ms, m, lang, fonts, name);

	if (result == 0 && format == FORMAT_MS)
		buf_add(out, ms.data, ms.len);
	else if (result == 0)
		result = pdf_make(out, &ms, fonts, day, name);
	free(day);
	buf_free(&ms);
	fonts_close(fonts);
	return result;
}

int
document_make(struct buf *out, enum format format, const char *text, size_t len,
    enum lang lang, const char *name, bool boxes)
{
	struct markdown *m;
	size_t valid;
	int result = 0;

	if (text == NULL)
		text = "";
	valid = utf8_valid(text, len);
	if (valid < len) {
		warnx("%s:%zu: not UTF-8", name, line_of(text, valid));
		return -1;
	}
	if (format == FORMAT_MD) {
		buf_add(out, text, len);
		return 0;
	}
	if (len > DOCUMENT_MOST) {
		warnx("%s: longer than %zu MiB of Markdown", name,
		    DOCUMENT_MOST >> 20);
		return -1;
	}
	m = markdown_read(text, len);
	if (format == FORMAT_HTML)
		markdown_html(out, m, lang);
	else
		result = make_pdf(out, format, m, lang, name, boxes);
	markdown_free(m);
	return result;
}
