/*
 * Computes a risk for each asset, threat and vulnerability that belong
 * together (7.8).
 *
 * Memory: assets, threats and exposures, a few numbers each.  A vulnerability
 * or exposure whose asset or threat has not come yet is held until the end.
 */

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/filter.h"
#include "lib/level.h"
#include "lib/object.h"

struct asset {
	struct asset_value value; /* level 0: asset-value was not there */
	int maximum;		  /* highest level acceptable, by limit */
	enum limit limit;
	bool used;
};

struct threat {
	int level;
	bool used;
	unsigned long seen; /* number of the vulnerability that took it last */
};

struct manner {
	size_t *threats; /* of this manner, in the order they came */
	size_t n;
	bool used;
};

static const struct method *method;
static bool explained; /* -x */
static struct index assets, threats, exposures, manners;
static struct asset *asset_of;	 /* by number in assets */
static struct threat *threat_of; /* by number in threats */
static int *exposure_of;	 /* level, by number in exposures */
static struct manner *manner_of; /* by number in manners */
static unsigned long n_vulnerabilities;
static size_t *matched; /* threats of the vulnerability at hand */
static size_t n_matched;
static struct buf lines;

/* The highest level acceptable: the asset's own, or that of its category. */
static void
find_limit(struct asset *a, const struct record *r)
{
	const char *category = rec_string(r, "category");

	a->limit = BY_ASSET;
	a->maximum = (int)rec_integer(r, "maximum_level");
	if (a->maximum > 0)
		return;
	if (category != NULL)
		a->maximum = method_category_maximum(method, category);
	a->limit = a->maximum > 0 ? BY_CATEGORY : BY_SCALE;
}

static int
learn_asset(struct record *r)
{
	struct asset a = {.value = level_read_value(r, method)};

	if (level_check_value(r, method, &a.value) < 0 ||
	    filter_unique(&assets, r) < 0)
		return REFUSE;
	find_limit(&a, r);
	asset_of = mem_room(asset_of, assets.count, sizeof *asset_of);
	asset_of[index_add(&assets, rec_string(r, "id"))] = a;
	return PASS;
}

/* The manner of that name, entered where it is new. */
static struct manner *
enter_manner(const char *name)
{
	size_t count = manners.count, i;

	manner_of = mem_room(manner_of, manners.count, sizeof *manner_of);
	i = index_add(&manners, name);
	if (manners.count > count)
		manner_of[i] = (struct manner){0};
	return &manner_of[i];
}

static int
learn_threat(struct record *r)
{
	const char *name = rec_string(r, "manner");
	struct threat t = {.level = (int)rec_integer(r, "frequency_level")};
	struct manner *m = name != NULL ? enter_manner(name) : NULL;

	if (filter_unique(&threats, r) < 0)
		return REFUSE;
	if (m != NULL && m->used)
		return rec_complain(r, "comes after a vulnerability that every "
				       "threat of its manner applies to: "
				       "threats go before vulnerabilities");
	threat_of = mem_room(threat_of, threats.count, sizeof *threat_of);
	matched = mem_room(matched, threats.count, sizeof *matched);
	threat_of[index_add(&threats, rec_string(r, "id"))] = t;
	if (m != NULL) {
		m->threats =
		    mem_resize(m->threats, (m->n + 1) * sizeof *m->threats);
		m->threats[m->n++] = threats.count - 1;
	}
	return PASS;
}

/* The name of an asset and threat in exposures, until the next call. */
static const char *
pair(const char *asset, const char *threat)
{
	static struct buf name;

	buf_clear(&name);
	buf_text(&name, asset);
	buf_char(&name, '/');
	buf_text(&name, threat);
	return name.data;
}

/* At the end, when every asset and threat has come. */
static int
check_exposure(struct record *r)
{
	const char *asset = rec_string(r, "asset");
	const char *threat = rec_string(r, "threat");

	if (index_find(&assets, asset) == INDEX_NONE)
		return rec_complain(r,
		    "exposure to threat %s: there is no "
		    "asset %s",
		    threat, asset);
	if (index_find(&threats, threat) == INDEX_NONE)
		return rec_complain(r,
		    "exposure of asset %s: there is no "
		    "threat %s",
		    asset, threat);
	return PASS;
}

static int
learn_exposure(struct record *r)
{
	const char *asset = rec_string(r, "asset");
	const char *threat = rec_string(r, "threat");
	size_t a = index_find(&assets, asset), t = index_find(&threats, threat);
	size_t count = exposures.count;
	int level = (int)rec_integer(r, "frequency_level");

	if (a != INDEX_NONE && t != INDEX_NONE && asset_of[a].used &&
	    threat_of[t].used)
		return rec_complain(r, "comes after a vulnerability of its "
				       "asset: exposures go before "
				       "vulnerabilities");
	exposure_of =
	    mem_room(exposure_of, exposures.count, sizeof *exposure_of);
	index_add(&exposures, pair(asset, threat));
	if (exposures.count == count)
		return rec_complain(r,
		    "another exposure of asset %s to threat %s is there "
		    "already",
		    asset, threat);
	exposure_of[count] = level;
	if (a == INDEX_NONE || t == INDEX_NONE)
		return filter_hold(r, check_exposure);
	return PASS;
}

static void
match(size_t threat)
{
	if (threat_of[threat].seen == n_vulnerabilities)
		return;
	threat_of[threat].seen = n_vulnerabilities;
	matched[n_matched++] = threat;
}

/*
 * Collects the threats of a vulnerability, named by id and by manner.  A manner
 * may be one that no threat has, as long as there is a threat at all.  Returns
 * what is not there, or NULL; kind says what that is.
 */
static const char *
match_all(const struct record *r, const char **kind)
{
	const char *absent = NULL;
	size_t i, k, n, threat, manner;

	n_vulnerabilities++;
	n_matched = 0;
	*kind = "threat";
	n = rec_size(r, "threats");
	for (i = 0; i < n; i++) {
		threat = index_find(&threats, rec_item(r, "threats", i));
		if (threat == INDEX_NONE)
			return rec_item(r, "threats", i);
		match(threat);
	}
	*kind = "threat of manner";
	n = rec_size(r, "manners");
	for (i = 0; i < n; i++) {
		manner = index_find(&manners, rec_item(r, "manners", i));
		if (manner == INDEX_NONE || manner_of[manner].n == 0) {
			absent = rec_item(r, "manners", i);
			continue;
		}
		for (k = 0; k < manner_of[manner].n; k++)
			match(manner_of[manner].threats[k]);
	}
	return n_matched == 0 ? absent : NULL;
}

static int
write_risk(
    struct record *r, size_t asset, size_t threat, const struct risk_inputs *in)
{
	const char *ids[3] = {
	    assets.keys[asset], threats.keys[threat], rec_string(r, "id")};
	const struct asset *a = &asset_of[asset];
	static struct buf id;
	struct risk_steps steps;

	if (!method_risk(method, in, &steps))
		return rec_complain(r,
		    "vulnerability %s: the value of asset %s is none that "
		    "confidentiality, integrity and availability can give",
		    ids[2], ids[0]);
	buf_clear(&id);
	buf_text(&id, pair(ids[0], ids[1]));
	buf_char(&id, '/');
	buf_text(&id, ids[2]);
	obj_begin(&lines, "risk");
	obj_string(&lines, "id", id.data);
	obj_string(&lines, "asset", ids[0]);
	obj_string(&lines, "threat", ids[1]);
	obj_string(&lines, "vulnerability", ids[2]);
	level_write_risk(&lines, method, in, &steps, "score", "level");
	if (a->maximum > 0)
		obj_integer(&lines, "maximum_level", a->maximum);
	obj_boolean(&lines, "acceptable",
	    method_acceptable(method, steps.level, a->maximum));
	obj_string(&lines, "method", method_id(method));
	if (explained)
		level_write_explanation(&lines, method, &a->value, in,
		    steps.level, a->limit, a->maximum);
	obj_end(&lines);
	return 0;
}

/*
 * How often a threat meets an asset, as the exposure says where there is one;
 * 0 after a complaint where that is not rated.
 */
static int
frequency_of(struct record *r, size_t asset, size_t threat)
{
	const char *asset_id = assets.keys[asset];
	const char *threat_id = threats.keys[threat];
	size_t exposure = index_find(&exposures, pair(asset_id, threat_id));
	int level = exposure != INDEX_NONE ? exposure_of[exposure]
					   : threat_of[threat].level;

	if (level == 0)
		rec_complain(r,
		    "vulnerability %s: %s %s has no frequency_level, "
		    "threat-rate adds it",
		    rec_string(r, "id"),
		    exposure != INDEX_NONE ? "the exposure to threat"
					   : "threat",
		    threat_id);
	return level;
}

/* What the asset and the vulnerability give to each risk; 0 or -1. */
static int
read_inputs(struct record *r, size_t asset, struct risk_inputs *in)
{
	const struct asset_value *value = &asset_of[asset].value;
	const char *id = rec_string(r, "id");

	in->value = value->level;
	in->severity = (int)rec_integer(r, "severity_level");
	if (in->severity == 0)
		return rec_complain(r,
		    "vulnerability %s has no severity_level, vuln-rate adds it",
		    id);
	if (value->level == 0 ||
	    (value->score == 0 && method_takes_score(method)))
		return rec_complain(r,
		    "vulnerability %s: asset %s has no %s, asset-value adds it",
		    id, assets.keys[asset],
		    value->level == 0 ? "value_level" : "value");
	if (!method_takes_score(method))
		return 0;
	in->score = method_score_within(method, value->level, value->score);
	if (in->score != value->score && !value->assessed)
		return rec_complain(r,
		    "vulnerability %s: the value of asset %s is none of its "
		    "level",
		    id, assets.keys[asset]);
	return 0;
}

/* Writes a risk for each threat matched; REFUSE where a level is missing. */
static int
write_risks(struct record *r, size_t asset)
{
	struct risk_inputs in = {0};
	size_t i;

	if (read_inputs(r, asset, &in) < 0)
		return REFUSE;
	buf_clear(&lines);
	for (i = 0; i < n_matched; i++) {
		in.frequency = frequency_of(r, asset, matched[i]);
		if (in.frequency == 0 ||
		    write_risk(r, asset, matched[i], &in) < 0)
			return REFUSE;
	}
	for (i = 0; i < n_matched; i++)
		threat_of[matched[i]].used = true;
	for (i = 0; i < rec_size(r, "manners"); i++)
		enter_manner(rec_item(r, "manners", i))->used = true;
	asset_of[asset].used = true;
	filter_write(&lines);
	return PASS;
}

static int
assess_last(struct record *r)
{
	const char *asset_id = rec_string(r, "asset"), *absent, *kind;
	const char *id = rec_string(r, "id");
	size_t asset = index_find(&assets, asset_id);

	if (asset == INDEX_NONE)
		return rec_complain(
		    r, "vulnerability %s: there is no asset %s", id, asset_id);
	absent = match_all(r, &kind);
	if (absent != NULL)
		return rec_complain(
		    r, "vulnerability %s: there is no %s %s", id, kind, absent);
	return write_risks(r, asset);
}

static int
assess(struct record *r)
{
	const char *kind;
	size_t asset = index_find(&assets, rec_string(r, "asset"));

	if (asset == INDEX_NONE || match_all(r, &kind) != NULL)
		return filter_hold(r, assess_last);
	return write_risks(r, asset);
}

/* Risks are written here alone: one that is there already would be twice. */
static int
refuse_risk(struct record *r)
{
	return rec_complain(r, "risks are computed here, and one is there");
}

/* Its risks would be in every slice of the rest. */
static int
refuse_vulnerability(struct record *r)
{
	return rec_complain(r, "a vulnerability in a reference, which is read "
			       "for assets, threats and exposures");
}

/*
 * What was refused before is absent from the risks of every slice.  What is
 * refused here comes by, too, when that has been said.
 */
static int
note_refused(struct record *r)
{
	if (filter_status() == DONE) {
		rec_complain(r, "a refused record in a reference");
		filter_worse(TROUBLE);
	}
	return PASS;
}

/*
 * Learns from a file, of which nothing is written: it is the same for every
 * slice of the rest.  What cannot be used there ends the program.
 */
static void
learn_reference(const char *path)
{
	static const struct handler handlers[] = {{"asset", learn_asset, false},
	    {"threat", learn_threat, false},
	    {"exposure", learn_exposure, false},
	    {"vulnerability", refuse_vulnerability, true},
	    {"refused", note_refused, true}, {NULL, NULL, false}};
	static const struct filter reference = {
	    .handlers = handlers, .silent = true};

	filter_read(&reference, path);
	filter_release();
	if (filter_status() != DONE)
		exit(TROUBLE);
}

int
main(int argc, char *argv[])
{
	static const struct handler handlers[] = {{"asset", learn_asset, false},
	    {"threat", learn_threat, false},
	    {"exposure", learn_exposure, false},
	    {"vulnerability", assess, false}, {"risk", refuse_risk, true},
	    {NULL, NULL, false}};
	static const struct filter risk_calc = {.handlers = handlers};
	const char *name = NULL, *reference = NULL;
	int option;

	while ((option = getopt(argc, argv, "m:r:x")) != -1) {
		switch (option) {
		case 'm':
			name = optarg;
			break;
		case 'r':
			if (reference != NULL)
				errx(TROUBLE, "%s: a second reference", optarg);
			reference = optarg;
			break;
		case 'x':
			explained = true;
			break;
		default:
			filter_usage(
			    "[-x] [-m method] [-r reference] [file ...]");
		}
	}
	method = level_method(name);
	if (reference != NULL)
		learn_reference(reference);
	return filter_run(&risk_calc, argv + optind);
}
