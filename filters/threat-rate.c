/*
 * Rates threats by how often they occur (7.6.3): as an assessor says, else by
 * the table of attractiveness, capability and exploitability, else by the
 * incidents of a window, the assessment's period where none is said.
 *
 * Memory: a threat that incidents rate is held until the first vulnerability
 * or the end, and what comes behind it with it; of each incident its day,
 * threat and asset are kept.
 */

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/day.h"
#include "lib/filter.h"
#include "lib/level.h"

struct incident {
	size_t threat, pair; /* in tally; pair is INDEX_NONE without asset */
	long day;
};

static const struct method *method;
static struct index ids;
static struct index tally; /* threats, and asset/threat pairs */
static struct incident *incidents;
static size_t n_incidents, max_incidents;
static long *counts;		 /* by number in tally, once one is asked for */
static bool has_window, is_said; /* it is said by -w */
static long window_from, window_to;

/* The name in tally of a threat, or of a threat that meets an asset. */
static char *
tally_name(const char *asset, const char *threat)
{
	struct buf name = {0};

	if (asset != NULL)
		buf_printf(&name, "%s/", asset);
	buf_text(&name, threat);
	return name.data;
}

static int
learn_period(struct record *r)
{
	if (!rec_has(r, "period_from") || !rec_has(r, "period_to"))
		return PASS;
	if (has_window && !is_said)
		return rec_complain(r, "another assessment has set the period");
	if (is_said)
		return PASS;
	has_window = true;
	window_from = day_read(rec_string(r, "period_from"));
	window_to = day_read(rec_string(r, "period_to"));
	return PASS;
}

static int
learn_incident(struct record *r)
{
	const char *threat = rec_string(r, "threat");
	struct incident *i;
	char *pair;

	if (threat == NULL)
		return PASS;
	if (counts != NULL)
		return rec_complain(r, "comes after threats were rated by "
				       "incidents: incidents go before "
				       "vulnerabilities");
	if (n_incidents == max_incidents) {
		max_incidents = max_incidents > 0 ? max_incidents * 2 : 256;
		incidents =
		    mem_resize(incidents, max_incidents * sizeof *incidents);
	}
	i = &incidents[n_incidents++];
	i->day = day_read(rec_string(r, "date"));
	i->threat = index_add(&tally, threat);
	i->pair = INDEX_NONE;
	if (rec_has(r, "asset")) {
		pair = tally_name(rec_string(r, "asset"), threat);
		i->pair = index_add(&tally, pair);
		free(pair);
	}
	return PASS;
}

/* Counts the incidents of the window, of each threat and of each pair. */
static void
count_incidents(void)
{
	size_t i;

	counts = mem_zero(tally.count, sizeof *counts);
	for (i = 0; i < n_incidents; i++) {
		if (incidents[i].day < window_from ||
		    incidents[i].day > window_to)
			continue;
		counts[incidents[i].threat]++;
		if (incidents[i].pair != INDEX_NONE)
			counts[incidents[i].pair]++;
	}
}

static long
count_of(const struct record *r)
{
	const char *threat = rec_string(r, "threat");
	char *name = threat != NULL ? tally_name(rec_string(r, "asset"), threat)
				    : tally_name(NULL, rec_string(r, "id"));
	size_t key = index_find(&tally, name);

	free(name);
	return key != INDEX_NONE ? counts[key] : 0;
}

static int
add_level(struct record *r, int level, const char *basis)
{
	if (level < 0 || rec_add_integer(r, "frequency_level", level) < 0 ||
	    rec_add_string(r, "frequency_basis", basis) < 0)
		return REFUSE;
	return PASS;
}

static int
add_day(struct record *r, const char *name, long day)
{
	struct buf text = {0};
	int status;

	day_write(&text, day);
	status = rec_add_string(r, name, text.data);
	buf_free(&text);
	return status;
}

/* Enters the id of a threat that has proved good, if no other has it. */
static int
enter(struct record *r)
{
	if (filter_unique(&ids, r) < 0)
		return REFUSE;
	index_add(&ids, rec_string(r, "id"));
	return PASS;
}

static int
rate_by_history(struct record *r)
{
	long count;

	if (!has_window)
		return rec_complain(r,
		    "frequency: not rated, and no assessment says in which "
		    "period incidents count");
	if (strcmp(r->type, "threat") == 0 && enter(r) < 0)
		return REFUSE;
	if (counts == NULL)
		count_incidents();
	count = count_of(r);
	if (add_level(r,
		method_frequency_history(method, count,
		    (window_to - window_from + 1) / 7,
		    day_months(window_from, window_to)),
		"history") < 0)
		return REFUSE;
	if (rec_add_integer(r, "incident_count", count) < 0 ||
	    add_day(r, "window_from", window_from) < 0 ||
	    add_day(r, "window_to", window_to) < 0)
		return REFUSE;
	return PASS;
}

/* For a threat, and for an exposure: a threat that meets one asset. */
static int
rate(struct record *r)
{
	int level = (int)rec_integer(r, "frequency");
	int a = (int)rec_integer(r, "attractiveness");
	int c = (int)rec_integer(r, "capability");
	int e = (int)rec_integer(r, "exploitability");

	if (level > 0)
		return add_level(r, level, "assessor");
	if (a > 0 && c > 0 && e > 0)
		return add_level(
		    r, method_frequency_table(method, a, c, e), "table");
	if (a > 0 || c > 0 || e > 0)
		return rec_complain(r,
		    "frequency: attractiveness, capability and exploitability "
		    "are needed, all three");
	return filter_hold(r, rate_by_history);
}

static int
rate_threat(struct record *r)
{
	int verdict = filter_unique(&ids, r) < 0 ? REFUSE : rate(r);

	return verdict == PASS ? enter(r) : verdict;
}

static int
pass_vulnerability(struct record *r)
{
	(void)r;
	filter_release();
	return PASS;
}

/* A window is FROM..TO, two days. */
static void
read_window(char *text)
{
	char *to = strstr(text, "..");

	if (to == NULL)
		errx(TROUBLE, "%s: not two days, FROM..TO", text);
	*to = '\0';
	to += 2;
	if (!day_is(text) || !day_is(to))
		errx(TROUBLE, "%s..%s: not two days, FROM..TO", text, to);
	if (strcmp(text, to) > 0)
		errx(TROUBLE, "%s..%s: ends before it begins", text, to);
	has_window = is_said = true;
	window_from = day_read(text);
	window_to = day_read(to);
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {
	    {"assessment", learn_period, false},
	    {"incident", learn_incident, false}, {"threat", rate_threat, false},
	    {"exposure", rate, false},
	    {"vulnerability", pass_vulnerability, true}, {NULL, NULL, false}};
	static const struct filter threat_rate = {
	    .handlers = handlers, .keeps_order = true};

	const char *name = NULL;
	int option;

	while ((option = getopt(argc, argv, "m:w:")) != -1) {
		switch (option) {
		case 'm':
			name = optarg;
			break;
		case 'w':
			read_window(optarg);
			break;
		default:
			filter_usage("[-m method] [-w from..to] [file ...]");
		}
	}
	method = level_method(name);
	return filter_run(&threat_rate, argv + optind);
}
