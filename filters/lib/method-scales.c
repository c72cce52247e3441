#include <string.h>

#include "method-private.h"

const char *const method_scale_names[N_SCALES] = {"confidentiality",
    "integrity", "availability", "value", "frequency", "severity", "likelihood",
    "loss", "risk"};

/* The keys of a level of each kind of scale. */
static const char *const plain_keys[] = {"level", "label", "definition", NULL};
static const char *const service_keys[] = {"level", "label", "definition",
    "uptime_permille", "outage_below", "outage_at_most", NULL};
static const char *const banded_keys[] = {
    "level", "label", "definition", "from", "to", NULL};
static const char *const risk_keys[] = {
    "level", "label", "definition", "from", "to", "colour", "acceptable", NULL};

static const char *const *
keys_of(enum scale s, int level)
{
	if (s == AVAILABILITY)
		return level > 1 ? service_keys : plain_keys;
	if (s == RISK)
		return risk_keys;
	return s == VALUE || s == LIKELIHOOD || s == LOSS ? banded_keys
							  : plain_keys;
}

/* Bands must follow one another without gap or overlap. */
static int
read_band(struct reading *at, enum scale s, int level, const json_t *row)
{
	struct band *b = at->m->bands[s];
	int low = s == VALUE ? TENTHS : 1;
	int high = s == VALUE ? METHOD_LEVELS * TENTHS : 1000000;

	b[level].from = method_integer(at, row, "from", low, high);
	b[level].to = method_integer(at, row, "to", low, high);
	if (b[level].from < 0 || b[level].to < 0)
		return -1;
	if (b[level].to < b[level].from)
		return method_wrong(at, "the band ends before it begins");
	if (level > 1 && b[level].from > b[level - 1].to + 1)
		return method_wrong(at, "a gap, from %d to %d, below the band",
		    b[level - 1].to + 1, b[level].from - 1);
	if (level > 1 && b[level].from <= b[level - 1].to)
		return method_wrong(
		    at, "the band overlaps the one before, or lies below it");
	return 0;
}

/* A higher level asks for more time in service, and shorter outages. */
static int
read_service(struct reading *at, int level, const json_t *row)
{
	struct service *s = &at->m->service[level];
	bool below = json_object_get(row, "outage_below") != NULL;

	s->at_most = json_object_get(row, "outage_at_most") != NULL;
	if (below == s->at_most)
		return method_wrong(
		    at, "not exactly one of outage_below and outage_at_most");
	s->permille = method_integer(at, row, "uptime_permille", 1, 1000);
	s->outage = method_integer(at, row,
	    s->at_most ? "outage_at_most" : "outage_below", 0, 1000000);
	if (s->permille < 0 || s->outage < 0)
		return -1;
	if (s->permille <= s[-1].permille)
		return method_wrong(at, "uptime_permille does not rise");
	if (level > 2 && s->outage >= s[-1].outage)
		return method_wrong(at, "the outage is not shorter");
	return 0;
}

static int
read_risk(struct reading *at, int level, const json_t *row)
{
	const char *colour = json_string_value(json_object_get(row, "colour"));
	const json_t *acceptable = json_object_get(row, "acceptable");
	bool *is = &at->m->acceptable[level];

	if (colour == NULL || *colour != '#' || strlen(colour) != 7 ||
	    strspn(colour + 1, "0123456789abcdefABCDEF") != 6)
		return method_wrong(at, "colour is not #rrggbb");
	if (!json_is_boolean(acceptable))
		return method_wrong(at, "acceptable is not true or false");
	*is = json_is_true(acceptable);
	if (level > 1 && *is && !is[-1])
		return method_wrong(at, "acceptable above what is not");
	return 0;
}

static int
read_level(struct reading *at, enum scale s, int level, const json_t *row)
{
	if (!json_is_object(row))
		return method_wrong(at, "not an object");
	if (!method_only(at, row, keys_of(s, level)) ||
	    method_integer(at, row, "level", level, level) < 0 ||
	    method_text(at, row, "label", MOST_LABEL) < 0 ||
	    method_text(at, row, "definition", MOST_DEFINITION) < 0)
		return -1;
	if (s == AVAILABILITY && level > 1)
		return read_service(at, level, row);
	if ((s == VALUE || s >= LIKELIHOOD) && read_band(at, s, level, row) < 0)
		return -1;
	return s == RISK ? read_risk(at, level, row) : 0;
}

static int
read_scale(struct reading *at, enum scale s, const json_t *scales)
{
	const json_t *rows =
	    method_list(at, scales, method_scale_names[s], 3, METHOD_LEVELS);
	size_t place, item, i;
	int status = 0;

	at->m->levels[s] = (int)json_array_size(rows);
	if (rows == NULL)
		return -1;
	place = method_enter(at, method_scale_names[s], 0);
	for (i = 0; i < json_array_size(rows) && status == 0; i++) {
		item = method_enter(at, NULL, i + 1);
		status = read_level(at, s, (int)i + 1, json_array_get(rows, i));
		method_leave(at, item);
	}
	method_leave(at, place);
	return status;
}

int
method_read_scales(struct reading *at, const json_t *root)
{
	const char *keys[N_SCALES + 1] = {0};
	const json_t *scales;
	size_t place;
	enum scale s;
	int status = 0;

	for (s = 0; s < N_SCALES; s++)
		keys[s] = method_scale_names[s];
	scales = method_object(at, root, "scales", keys);
	if (scales == NULL)
		return -1;
	place = method_enter(at, "scales", 0);
	for (s = 0; s < N_SCALES && status == 0; s++)
		status = read_scale(at, s, scales);
	method_leave(at, place);
	return status;
}
