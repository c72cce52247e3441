/* Values assets by confidentiality, integrity and availability (7.5). */

#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"

static const struct method *method;
static struct index ids;

/* The availability level: as rated, else from the service figures. */
static int
availability(struct record *r)
{
	bool percent = rec_has(r, "availability_percent");
	bool outage = rec_has(r, "max_outage_minutes");
	int level;

	if (rec_has(r, "availability") && !rec_has(r, "availability_basis"))
		return (int)rec_integer(r, "availability");
	if (!percent && !outage)
		return rec_complain(r, "availability_basis: sla, without a "
				       "figure of the service level");
	level = method_availability(method,
	    percent ? rec_number(r, "availability_percent") : -1,
	    outage ? rec_number(r, "max_outage_minutes") : -1);
	if (rec_add_integer(r, "availability", level) < 0 ||
	    rec_add_string(r, "availability_basis", "sla") < 0)
		return -1;
	return level;
}

static int
value(struct record *r)
{
	const char *basis = "computed";
	int c, i, a, score, level, assessed;

	if (filter_unique(&ids, r) < 0)
		return REFUSE;
	c = (int)rec_integer(r, "confidentiality");
	i = (int)rec_integer(r, "integrity");
	a = availability(r);
	assessed = (int)rec_integer(r, "assessed_value");
	if (a < 0)
		return REFUSE;
	score = method_value(method, c, i, a);
	level = method_grade(method, VALUE, score);
	if (assessed > 0) {
		level = assessed;
		basis = "assessor";
	}
	if (rec_add_tenths(r, "value", score) < 0 ||
	    rec_add_integer(r, "value_level", level) < 0 ||
	    rec_add_string(r, "value_basis", basis) < 0)
		return REFUSE;
	index_add(&ids, rec_string(r, "id"));
	return PASS;
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {
	    {"asset", value, false}, {NULL, NULL, false}};
	static const struct filter asset_value = {.handlers = handlers};

	method = level_options(argc, argv, 0, NULL, NULL);
	return filter_run(&asset_value, argv + optind);
}
