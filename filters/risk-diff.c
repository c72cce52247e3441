/*
 * Compares the risks of two assessments, an older and a newer one, and says of
 * each that is another why (7.12).
 *
 * Memory: see lib/pairing.h.
 */

#include <err.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"
#include "lib/pairing.h"

static enum side side;	      /* of the stream that is read */
static bool same_too;	      /* -s */
static unsigned long n_risks; /* of that stream */
static bool refused_risks;    /* there were such */

static int
see_asset(struct record *r)
{
	return pairing_asset(side, r);
}

static int
see_threat(struct record *r)
{
	return pairing_threat(side, r);
}

static int
see_vulnerability(struct record *r)
{
	return pairing_vulnerability(side, r);
}

static int
see_risk(struct record *r)
{
	int verdict = pairing_risk(side, r);

	n_risks += verdict == 0;
	return verdict;
}

static int
see_treatment(struct record *r)
{
	return pairing_treatment(side, r);
}

/* What was refused goes through: a risk may be absent because of it. */
static int
pass_refused(struct record *r)
{
	static struct buf line;

	pairing_refused(side);
	buf_clear(&line);
	rec_write(&line, r);
	filter_write(&line);
	return PASS;
}

static void
note_refused(const struct record *r, bool refused)
{
	refused_risks = refused_risks || (refused && r->type != NULL &&
					     strcmp(r->type, "risk") == 0);
}

static void
give(const struct change *c)
{
	static struct buf line;

	if (!same_too && !change_is(c))
		return;
	buf_clear(&line);
	change_write(&line, c);
	filter_write(&line);
}

static void
finish(void)
{
	pairing_finish(give);
}

/* How much there is to keep of a stream, as far as can be told before. */
static off_t
size_of(const char *path)
{
	struct stat st;
	int got =
	    strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &st) : stat(path, &st);

	return got == 0 && S_ISREG(st.st_mode) ? st.st_size : INT64_MAX;
}

/*
 * A stream without risks is not one whose risks are all gone: the program that
 * computes them has not been there, or has failed.
 */
static void
read_stream(const struct filter *risk_diff, const char *path, enum side which)
{
	side = which;
	n_risks = 0;
	refused_risks = false;
	filter_read(risk_diff, path);
	if (filter_status() == TROUBLE)
		exit(TROUBLE);
	if (n_risks == 0)
		errx(TROUBLE, "%s: no risks are there%s",
		    strcmp(path, "-") == 0 ? "<stdin>" : path,
		    refused_risks ? " that can be used"
				  : "; risk-calc computes them");
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {{"asset", see_asset, false},
	    {"threat", see_threat, false},
	    {"vulnerability", see_vulnerability, false},
	    {"risk", see_risk, false}, {"treatment", see_treatment, false},
	    {"refused", pass_refused, false}, {NULL, NULL, false}};
	static const struct filter risk_diff = {.handlers = handlers,
	    .end = finish,
	    .silent = true,
	    .settled = note_refused};
	const char *const synopsis = "[-fs] [-m method] old new";
	const char *method = NULL, *paths[2];
	bool any_method = false;
	enum side kept;
	int option;

	while ((option = getopt(argc, argv, "fm:s")) != -1) {
		switch (option) {
		case 'f':
			any_method = true;
			break;
		case 'm':
			method = optarg;
			break;
		case 's':
			same_too = true;
			break;
		default:
			filter_usage(synopsis);
		}
	}
	if (argc - optind != 2)
		filter_usage(synopsis);
	paths[OLDER] = argv[optind];
	paths[NEWER] = argv[optind + 1];
	if (strcmp(paths[OLDER], "-") == 0 && strcmp(paths[NEWER], "-") == 0)
		filter_usage(synopsis);
	kept = size_of(paths[OLDER]) < size_of(paths[NEWER]) ? OLDER : NEWER;
	change_open(any_method ? method_load(method) : level_method(method),
	    any_method);
	pairing_open(kept);
	read_stream(&risk_diff, paths[kept], kept);
	kept = kept == OLDER ? NEWER : OLDER;
	read_stream(&risk_diff, paths[kept], kept);
	return filter_finish();
}
