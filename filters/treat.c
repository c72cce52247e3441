/*
 * Applies decisions to risks (7.13): one treatment for each risk.
 *
 * Memory: the decisions.  Risks are not held, so decisions come first.
 */

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/canonical.h"
#include "lib/filter.h"
#include "lib/level.h"
#include "lib/object.h"

struct decision {
	char *option;
	char *fields; /* ,"measure":… as they stand in the decision */
	const char *problems[8]; /* what it lacks, NULL at the end */
	bool met;		 /* a risk that it is on */
};

/* What a decision may be given on, the most specific first: from the schema. */
static const char **keys;

static const char *const copied[] = {"measure", "policy", "department", "owner",
    "start", "due", "cost", "status", "expected_frequency", "expected_severity",
    "expected_value", "actual_frequency", "actual_severity", "actual_value",
    "justification", "transferee", "expires", NULL};

/* What each option demands (7.13); effect is any of the expected values. */
static const struct {
	const char *option;
	const char *needs[6];
} demands[] = {
    {"control", {"measure", "department", "owner", "due", "effect", NULL}},
    {"accept", {"justification", "expires", NULL}},
    {"avoid", {"justification", NULL}},
    {"transfer", {"transferee", NULL}},
    {"retain", {NULL}},
};

static const struct method *method;
static bool any_method;		   /* -f */
static struct index decided;	   /* "risk\n" and the id, and so on */
static struct decision *decisions; /* by number in decided */
static bool risks_seen, risks_refused;

static const char *
key_name(const char *key, const char *id)
{
	static struct buf name;

	buf_clear(&name);
	buf_text(&name, key);
	buf_char(&name, '\n');
	buf_text(&name, id);
	return name.data;
}

static bool
is_there(const struct record *r, const char *need)
{
	if (strcmp(need, "effect") == 0)
		return rec_has(r, "expected_frequency") ||
		       rec_has(r, "expected_severity") ||
		       rec_has(r, "expected_value");
	return rec_has(r, need);
}

static void
find_problems(struct decision *d, const struct record *r)
{
	size_t i, n = 0;
	const char *const *need;

	for (i = 0; i < sizeof demands / sizeof demands[0]; i++) {
		if (strcmp(demands[i].option, d->option) != 0)
			continue;
		for (need = demands[i].needs; *need != NULL; need++)
			if (!is_there(r, *need))
				d->problems[n++] = *need;
	}
}

/* Fields as what they say alone makes them, however they are spelt. */
static void
write_meaning(struct buf *b, const char *fields)
{
	static const char *const none[] = {NULL};
	struct record r = {.source = "<decision>"};
	struct buf text = {0};

	obj_begin(&text, "decision");
	buf_text(&text, fields);
	obj_end(&text);
	r.text = text.data;
	r.len = text.len - 1;
	if (rec_parse(&r) < 0)
		exit(TROUBLE);
	canonical_write(b, &r, none);
	rec_free(&r);
	buf_free(&text);
}

/* A second decision on the same passes where it says the same. */
static int
agree(struct record *r, const struct decision *d, struct buf *fields,
    const char *key)
{
	struct buf first = {0}, second = {0};
	bool same;

	write_meaning(&first, d->fields);
	write_meaning(&second, fields->data);
	same = strcmp(first.data, second.data) == 0 &&
	       strcmp(d->option, rec_string(r, "option")) == 0;
	buf_free(&first);
	buf_free(&second);
	buf_free(fields);
	if (same)
		return PASS;
	return rec_complain(r,
	    "another decision on %s %s is there already, and they disagree",
	    key, rec_string(r, key));
}

static int
learn_decision(struct record *r)
{
	struct buf fields = {0};
	struct decision *d;
	const char *const *name;
	size_t key = 0, count = decided.count, number;

	if (risks_seen)
		return rec_complain(r, "comes after risks: decisions go before "
				       "them, as in treat decisions.csv -");
	while (!rec_has(r, keys[key]))
		key++; /* the schema has it that one is there */
	number =
	    index_add(&decided, key_name(keys[key], rec_string(r, keys[key])));
	buf_add(&fields, "", 0);
	for (name = copied; *name != NULL; name++)
		rec_copy(&fields, r, *name);
	if (decided.count == count)
		return agree(r, &decisions[number], &fields, keys[key]);
	decisions = mem_resize(decisions, decided.count * sizeof *decisions);
	d = &decisions[count];
	memset(d, 0, sizeof *d);
	d->fields = fields.data;
	d->option =
	    mem_text(rec_string(r, "option"), strlen(rec_string(r, "option")));
	find_problems(d, r);
	return PASS;
}

/*
 * The order of attention, 1 first: unacceptable risks that nobody has decided
 * on before all others, then by level, score and asset value, high first.
 */
static long
priority(const struct record *r, bool undecided)
{
	long levels = method_levels(method, RISK);
	long scores = method_highest_score(method);
	long values = method_levels(method, VALUE);
	long rank = undecided && !rec_boolean(r, "acceptable") ? 0 : 1;

	rank = rank * levels + levels - rec_integer(r, "level");
	rank = rank * scores + scores - level_score(r, "score", method, RISK);
	rank = rank * values + values - rec_integer(r, "asset_level");
	return rank + 1;
}

static void
write_problem(struct buf *b, const char *problem, bool *first)
{
	if (!*first)
		buf_char(b, ',');
	*first = false;
	obj_quote(b, problem, strlen(problem));
}

static void
write_treatment(
    const struct record *r, const struct decision *d, const char *decided_by)
{
	static const char *const same[] = {"asset", "threat", "vulnerability",
	    "asset_level", "asset_value", "frequency_level", "severity_level",
	    "score", "level", "maximum_level", "acceptable", "method", NULL};
	static struct buf line;
	const char *const *p;
	bool acceptable = rec_boolean(r, "acceptable"), first = true;
	const char *option = d != NULL	  ? d->option
			     : acceptable ? "retain"
					  : "undecided";

	buf_clear(&line);
	obj_begin(&line, "treatment");
	obj_string(&line, "risk", rec_string(r, "id"));
	for (p = same; *p != NULL; p++)
		rec_copy(&line, r, *p);
	obj_string(&line, "option", option);
	if (d != NULL) {
		obj_string(&line, "decided_by", decided_by);
		buf_text(&line, d->fields);
	}
	obj_integer(&line, "priority", priority(r, d == NULL));
	obj_name(&line, "problems");
	buf_char(&line, '[');
	for (p = d != NULL ? d->problems : NULL; p != NULL && *p != NULL; p++)
		write_problem(&line, *p, &first);
	if (!acceptable && d == NULL)
		write_problem(&line, "undecided", &first);
	else if (!acceptable && strcmp(option, "retain") == 0)
		write_problem(&line, "unacceptable", &first);
	buf_char(&line, ']');
	obj_end(&line);
	filter_write(&line);
}

static int
treat(struct record *r)
{
	const char *ids[3] = {rec_string(r, "id"),
	    rec_string(r, "vulnerability"), rec_string(r, "asset")};
	const struct decision *d = NULL;
	const char *by = NULL;
	size_t key, found;

	risks_seen = true;
	if (level_same_method(r, method, any_method) < 0) {
		risks_refused = true;
		return REFUSE;
	}
	for (key = 0; key < 3; key++) {
		found = index_find(&decided, key_name(keys[key], ids[key]));
		if (found == INDEX_NONE)
			continue;
		decisions[found].met = true;
		if (d == NULL) {
			d = &decisions[found];
			by = keys[key];
		}
	}
	write_treatment(r, d, by);
	return PASS;
}

/*
 * Says that decisions met no risk, naming the first: a slip of the pen in an
 * id would else go unseen.  Without any risk the stages are in the wrong order.
 */
static void
say_unmet(void)
{
	const char *first = NULL;
	size_t i, unmet = 0;

	for (i = 0; i < decided.count; i++)
		if (!decisions[i].met && unmet++ == 0)
			first = decided.keys[i];
	if (unmet > 0 && !risks_seen) {
		warnx("decisions and no risk: risk-calc goes before treat");
		filter_worse(REFUSED);
	} else if (unmet > 0 && !risks_refused) {
		warnx("decisions that met no risk: %zu, the first on %.*s %s",
		    unmet, (int)strcspn(first, "\n"), first,
		    strchr(first, '\n') + 1);
	}
}

static int
refuse_treatment(struct record *r)
{
	return rec_complain(r, "treatments are written here, and one is there");
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {
	    {"decision", learn_decision, false}, {"risk", treat, false},
	    {"treatment", refuse_treatment, true}, {NULL, NULL, false}};
	static const struct filter filter = {
	    .handlers = handlers, .end = say_unmet};

	method = level_options(argc, argv, 'f', &any_method, NULL);
	keys =
	    schema_field(schema_find("treatment"), "decided_by")->rule.values;
	return filter_run(&filter, argv + optind);
}
