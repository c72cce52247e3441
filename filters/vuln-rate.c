/* Rates vulnerabilities by how bad they are, after existing measures (7.7). */

#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"

static const struct method *method;

/* The severity before measures, and what it rests on. */
static int
inherent(struct record *r, struct buf *basis)
{
	if (rec_has(r, "severity")) {
		buf_text(basis, "assessor");
		return (int)rec_integer(r, "severity");
	}
	if (rec_has(r, "cvss")) {
		buf_text(basis, "cvss");
		if (rec_has(r, "cvss_version"))
			buf_printf(basis, "-%s", rec_string(r, "cvss_version"));
		return method_severity_cvss(method, rec_number(r, "cvss"));
	}
	buf_text(basis, "word");
	return method_severity_word(method, rec_string(r, "severity_word"));
}

static int
rate(struct record *r)
{
	struct buf basis = {0};
	int before = inherent(r, &basis), after = before;
	int verdict = PASS;

	if (before > 0 && rec_has(r, "measure_effectiveness"))
		after = method_measured(
		    method, before, rec_string(r, "measure_effectiveness"));
	if (before < 0 || rec_add_integer(r, "inherent_severity", before) < 0 ||
	    rec_add_integer(r, "severity_level", after) < 0 ||
	    rec_add_string(r, "severity_basis", basis.data) < 0)
		verdict = REFUSE;
	buf_free(&basis);
	return verdict;
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {
	    {"vulnerability", rate, false}, {NULL, NULL, false}};
	static const struct filter vuln_rate = {.handlers = handlers};

	method = level_options(argc, argv, 0, NULL, NULL);
	return filter_run(&vuln_rate, argv + optind);
}
