/* Checks a method file, and says what comes about by it (risk-method(5)). */

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "lib/buf.h"
#include "lib/filter.h"
#include "lib/method.h"

/* "risk level 4 (16-20): 13 of 125" */
static void
put_reached(struct buf *b, const struct method *m, enum scale scale, int level)
{
	long n = method_reached(m, scale, level);

	buf_printf(b, "%s level %d (", method_scale_name(scale), level);
	method_put_band(b, m, scale, level, "-");
	buf_printf(b, "): %ld of %ld%s\n", n, method_reached(m, scale, 0),
	    n == 0 ? ", nothing reaches it" : "");
}

int
main(int argc, char *argv[])
{
	static const char *const synopsis = "-m method";
	const char *name = NULL;
	const struct method *m;
	struct buf out = {0};
	enum scale s;
	int option, level;

	while ((option = getopt(argc, argv, "m:")) != -1) {
		if (option != 'm')
			filter_usage(synopsis);
		name = optarg;
	}
	if (name == NULL || optind < argc)
		filter_usage(synopsis);
	m = method_load(name);
	buf_printf(&out,
	    "%s: %ld combinations of asset value, threat "
	    "frequency and vulnerability severity\n",
	    method_id(m), method_reached(m, RISK, 0));
	for (s = LIKELIHOOD; s <= RISK; s++)
		for (level = 1; level <= method_levels(m, s); level++)
			put_reached(&out, m, s, level);
	filter_print(&out);
	return DONE;
}
