/*
 * Checks whether an assessment is complete and consistent, or a method file.
 *
 * Memory: see lib/lint.h.
 */

#include <err.h>
#include <string.h>
#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"
#include "lib/lint.h"
#include "lib/object.h"
#include "lib/utf8.h"

#define MOST_OFF 32

static const struct method *method;
static struct lint *lint;
static struct buf lines;
static bool as_records; /* -j */
static const char *off[MOST_OFF];
static size_t n_off;

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

static int
print_method(void)
{
	struct buf out = {0};
	static const enum scale scales[] = {VALUE, LIKELIHOOD, LOSS, RISK};
	size_t i;
	int level;

	buf_printf(&out,
	    "%s: %ld combinations of asset value, threat "
	    "frequency and vulnerability severity\n",
	    method_id(method), method_reached(method, RISK, 0));
	for (i = 0; i < sizeof scales / sizeof scales[0]; i++)
		for (level = 1; level <= method_levels(method, scales[i]);
		     level++)
			put_reached(&out, method, scales[i], level);
	filter_print(&out);
	buf_free(&out);
	return DONE;
}

static bool
is_off(const char *rule)
{
	size_t i;

	for (i = 0; i < n_off; i++)
		if (strcmp(off[i], rule) == 0)
			return true;
	return false;
}

static void
put_visible(struct buf *b, const char *text)
{
	utf8_visible(b, text, strlen(text));
}

static void
find(const char *id, const char *rule, const char *what)
{
	if (is_off(rule))
		return;
	filter_worse(REFUSED);
	buf_clear(&lines);
	if (as_records) {
		obj_begin(&lines, "finding");
		obj_string(&lines, "id", id);
		obj_string(&lines, "rule", rule);
		obj_string(&lines, "what", what);
		obj_end(&lines);
	} else {
		put_visible(&lines, id);
		buf_printf(&lines, ": %s: ", rule);
		put_visible(&lines, what);
		buf_char(&lines, '\n');
	}
	filter_write(&lines);
}

static int
take(struct record *r)
{
	lint_take(lint, r);
	return PASS;
}

static void
end(void)
{
	size_t i;

	lint_end(lint);
	for (i = 0; i < n_off; i++) {
		if (as_records) {
			warnx("%s: switched off", off[i]);
			continue;
		}
		buf_clear(&lines);
		buf_printf(&lines, "%s: switched off\n", off[i]);
		filter_write(&lines);
	}
}

/* Switches a rule off that there is. */
static bool
switch_off(const char *rule)
{
	const struct field *f = schema_field(schema_find("finding"), "rule");
	size_t i;

	for (i = 0; i < f->rule.n_values; i++)
		if (strcmp(f->rule.values[i], rule) == 0)
			break;
	if (i == f->rule.n_values)
		return false;
	if (!is_off(rule))
		off[n_off++] = rule;
	return true;
}

int
main(int argc, char *argv[])
{
	static struct handler handlers[32];
	static const struct filter risk_lint = {
	    .handlers = handlers, .end = end, .silent = true};
	static const char *const synopsis =
	    "[-j] [-D date] [-m method] [-x rule] [file ...]";
	const char *const *type, *name = NULL, *day = NULL;
	struct handler *h = handlers;
	const char *rules[MOST_OFF];
	size_t n_rules = 0, i;
	int option;

	while ((option = getopt(argc, argv, "jD:m:x:")) != -1) {
		if (option == 'j')
			as_records = true;
		else if (option == 'D')
			day = filter_day(optarg);
		else if (option == 'm')
			name = optarg;
		else if (option == 'x' && n_rules < MOST_OFF)
			rules[n_rules++] = optarg;
		else
			filter_usage(synopsis);
	}
	method = level_method(name);
	if (name != NULL && optind == argc && !as_records && day == NULL &&
	    n_rules == 0)
		return print_method();
	for (i = 0; i < n_rules; i++)
		if (!switch_off(rules[i]))
			errx(TROUBLE, "%s: no such rule", rules[i]);
	for (type = schema_types(); *type != NULL; type++)
		*h++ = (struct handler){*type, take, false};
	lint = lint_open(method, day, find);
	return filter_run(&risk_lint, argv + optind);
}
