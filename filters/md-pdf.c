/*
 * Makes a PDF, or groff ms or HTML, of a document in Markdown.
 *
 * Memory: the document, and what is made of it.
 */

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/data.h"
#include "lib/document.h"
#include "lib/filter.h"

int
main(int argc, char *argv[])
{
	const char *const synopsis = "[-u] [-f ms|html|pdf] [-l zh|en] [file]";
	enum format format = FORMAT_PDF;
	enum lang lang = ZH;
	bool boxes = false;
	struct buf out = {0};
	const char *path;
	char *text;
	size_t len;
	int option;

	while ((option = getopt(argc, argv, "f:l:u")) != -1) {
		switch (option) {
		case 'f':
			format = format_named(optarg);
			if (format == FORMATS || format == FORMAT_MD)
				errx(TROUBLE, "%s: none of html, ms, pdf",
				    optarg);
			break;
		case 'l':
			if (!language_named(optarg, &lang))
				errx(TROUBLE, "%s: neither zh nor en", optarg);
			break;
		case 'u':
			boxes = true;
			break;
		default:
			filter_usage(synopsis);
		}
	}
	if (argc - optind > 1)
		filter_usage(synopsis);
	path = optind < argc && strcmp(argv[optind], "-") != 0 ? argv[optind]
							       : "<stdin>";
	text = optind < argc && strcmp(argv[optind], "-") != 0
		   ? data_slurp(path, DOCUMENT_MOST, &len)
		   : data_slurp_file(stdin, path, DOCUMENT_MOST, &len);
	if (text == NULL)
		err(TROUBLE, "%s", path);
	if (document_make(&out, format, text, len, lang, path, boxes) < 0)
		exit(TROUBLE);
	filter_print(&out);
	free(text);
	buf_free(&out);
	return DONE;
}
