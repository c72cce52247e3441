/* Rates vulnerabilities by how bad they are, after existing measures (7.7). */

#include <unistd.h>

#include "lib/cvss.h"
#include "lib/filter.h"
#include "lib/level.h"

static const struct method *method;

/* The severity by the vector, whose score and version are added; or -1. */
static int
by_vector(struct record *r, struct buf *basis)
{
	const char *version = rec_string(r, "cvss_version");
	struct buf error = {0};
	int tenths = cvss_score(rec_string(r, "cvss_vector"), &version, &error);

	if (tenths < 0)
		rec_complain(r, "cvss_vector: %s", error.data);
	buf_free(&error);
	if (tenths < 0 || rec_add_tenths(r, "cvss", tenths) < 0 ||
	    rec_add_string(r, "cvss_version", version) < 0)
		return -1;
	buf_printf(basis, "cvss-%s", version);
	return method_severity_cvss(method, tenths / 10.0);
}

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
	if (rec_has(r, "cvss_vector"))
		return by_vector(r, basis);
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
