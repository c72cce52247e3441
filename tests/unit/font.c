/*
 * Sets the lines of standard input: font [-blw] [-f font] folder.  Writes the
 * fonts into the folder; on standard output what groff makes the lines of, or,
 * with -w, the width of each character; on standard error each character that
 * cannot be set.  -b: boxes; -f: this font and not SR; -l: Latin fonts first.
 */

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "font.h"
#include "status.h"
#include "utf8.h"

struct options {
	int boxes, latin, widths;
	enum font_role role;
};

static void
set(struct fonts *fonts, const struct options *o, uint32_t c, struct buf *ms)
{
	int width;

	if (c == '\n') {
		buf_text(ms, "\n.br\n");
		return;
	}
	width = fonts_use(fonts, o->role, c);
	if (width < 0)
		fprintf(stderr, "U+%04X\n", c);
	else if (o->widths)
		printf("U+%04X %d\n", c, width);
	else if (c == ' ')
		buf_char(ms, ' ');
	else
		font_character(ms, c);
}

static enum font_role
role_of(const char *name)
{
	enum font_role role = 0;

	while (role < FONT_ROLES && strcmp(font_name(role), name) != 0)
		role++;
	return role;
}

int
main(int argc, char *argv[])
{
	struct options o = {.role = FONT_TEXT};
	struct buf text = {0}, ms = {0};
	char piece[65536];
	struct fonts *fonts;
	int opt, failed = 0;
	size_t i, n;
	uint32_t c;

	while ((opt = getopt(argc, argv, "bf:lw")) != -1) {
		if (opt == 'b')
			o.boxes = 1;
		else if (opt == 'l')
			o.latin = 1;
		else if (opt == 'w')
			o.widths = 1;
		else
			o.role = opt == 'f' ? role_of(optarg) : FONT_ROLES;
	}
	if (optind + 1 != argc || o.role == FONT_ROLES)
		errx(TROUBLE, "usage: font [-blw] [-f font] folder");
	while ((n = fread(piece, 1, sizeof piece, stdin)) > 0)
		buf_add(&text, piece, n);
	fonts = fonts_open(!o.latin, o.boxes);
	for (i = 0; i < text.len; i += n) {
		n = utf8_decode(text.data + i, text.len - i, &c);
		if (n == 0)
			errx(TROUBLE, "not UTF-8");
		set(fonts, &o, c, &ms);
	}
	buf_clear(&text);
	fonts_requests(fonts, &text);
	buf_printf(&text, ".ft %s\n", font_name(o.role));
	buf_add(&text, ms.data, ms.len);
	if (!o.widths)
		fwrite(text.data, 1, text.len, stdout);
	buf_clear(&text);
	buf_printf(&text, "%s/devpdf", argv[optind]);
	if (mkdir(text.data, 0777) < 0 || fonts_write(fonts, argv[optind]) < 0)
		failed = errno;
	fonts_close(fonts);
	buf_free(&text);
	buf_free(&ms);
	if (failed != 0)
		errx(TROUBLE, "%s: %s", argv[optind], strerror(failed));
	return DONE;
}
