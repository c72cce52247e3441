/* Spreadsheets in, records out: CSV files become JSON Lines. */

#include <err.h>
#include <unistd.h>

#include "lib/decode.h"
#include "lib/filter.h"

int
main(int argc, char *argv[])
{
	static const struct handler none[] = {{NULL, NULL, false}};
	struct filter intake = {.handlers = none, .takes_in = true};
	int option;

	while ((option = getopt(argc, argv, "e:t:")) != -1) {
		switch (option) {
		case 'e':
			if (!decode_knows(optarg))
				errx(TROUBLE, "%s: no such encoding", optarg);
			intake.encoding = optarg;
			break;
		case 't':
			intake.schema = schema_find(optarg);
			if (intake.schema == NULL)
				errx(TROUBLE, "%s: no such type", optarg);
			break;
		default:
			filter_usage("[-e encoding] [-t type] [file ...]");
		}
	}
	return filter_run(&intake, argv + optind);
}
