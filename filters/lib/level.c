#include <string.h>
#include <unistd.h>

#include "filter.h"
#include "level.h"

int
level_read(struct record *r, const char *name, const struct method *m,
    enum scale scale)
{
	long level = rec_integer(r, name);

	if (!rec_has(r, name))
		return 0;
	if (level < 1 || level > method_levels(m, scale))
		return rec_complain(r, "%s: %ld is not in 1..%d", name, level,
		    method_levels(m, scale));
	return (int)level;
}

int
level_same_method(struct record *r, const struct method *m)
{
	const char *id = rec_string(r, "method");

	if (id != NULL && strcmp(id, method_id(m)) == 0)
		return 0;
	return rec_complain(
	    r, "method: %s is not %s", id != NULL ? id : "none", method_id(m));
}

const struct method *
level_method(int argc, char *argv[])
{
	const char *name = NULL;
	int option;

	while ((option = getopt(argc, argv, "m:")) != -1) {
		if (option != 'm')
			filter_usage("[-m method] [file ...]");
		name = optarg;
	}
	return method_load(name);
}
