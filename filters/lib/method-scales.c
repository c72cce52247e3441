#include <stdio.h>
#include <string.h>

#include "method-private.h"

const char *const method_scale_names[N_SCALES] = {"confidentiality",
    "integrity", "availability", "value", "frequency", "severity", "likelihood",
    "loss", "risk"};

int
method_wrong(struct reading *at, const char *what)
{
	if (at->error[0] == '\0')
		snprintf(at->error, 256, "%s: %s", at->place, what);
	return -1;
}

bool
method_in_languages(const json_t *text)
{
	return json_is_string(json_object_get(text, "zh")) &&
	       json_is_string(json_object_get(text, "en"));
}

int
method_integer(struct reading *at, const json_t *object, const char *key,
    int low, int high)
{
	const json_t *v = json_object_get(object, key);
	char what[100];

	if (json_is_integer(v) && json_integer_value(v) >= low &&
	    json_integer_value(v) <= high)
		return (int)json_integer_value(v);
	snprintf(what, sizeof what, "%s is not a whole number in %d..%d", key,
	    low, high);
	return method_wrong(at, what);
}

/* Bands must follow one another without gap or overlap. */
static int
read_band(struct reading *at, enum scale s, int level, const json_t *row)
{
	struct band *b = at->m->bands[s];
	static const int most = 1000000;

	b[level].from = method_integer(at, row, "from", 1, most);
	b[level].to = method_integer(at, row, "to", 1, most);
	if (b[level].from < 0 || b[level].to < 0)
		return -1;
	if (b[level].to < b[level].from)
		return method_wrong(at, "a band ends before it begins");
	if (level > 1 && b[level].from != b[level - 1].to + 1)
		return method_wrong(at, "bands leave a gap or overlap");
	return 0;
}

static int
read_service(struct reading *at, int level, const json_t *row)
{
	struct service *s = &at->m->service[level];
	const char *key = NULL;

	if (json_object_get(row, "uptime_permille") != NULL) {
		s->permille =
		    method_integer(at, row, "uptime_permille", 1, 1000);
		if (s->permille < 0)
			return -1;
	}
	if (json_object_get(row, "outage_at_most") != NULL)
		key = "outage_at_most";
	else if (json_object_get(row, "outage_below") != NULL)
		key = "outage_below";
	if (key == NULL)
		return 0;
	s->has_outage = true;
	s->at_most = strcmp(key, "outage_at_most") == 0;
	s->outage = method_integer(at, row, key, 0, 1000000);
	return s->outage < 0 ? -1 : 0;
}

/* A higher level asks for more time in service, and shorter outages. */
static int
compare_service(struct reading *at, int level)
{
	const struct service *s = &at->m->service[level];

	if (level == 1)
		return 0;
	if (s->permille <= s[-1].permille)
		return method_wrong(
		    at, "uptime_permille is missing or does not rise");
	if (!s->has_outage || (s[-1].has_outage && s->outage >= s[-1].outage))
		return method_wrong(at, "an outage is missing or not shorter");
	return 0;
}

static bool
is_colour(const char *text)
{
	return text != NULL && *text == '#' && strlen(text) == 7 &&
	       strspn(text + 1, "0123456789abcdefABCDEF") == 6;
}

int
method_read_scale(struct reading *at, enum scale s, const json_t *scales)
{
	static const char *const texts[] = {"label", "definition"};
	const json_t *rows = json_object_get(scales, method_scale_names[s]);
	const json_t *row, *text;
	size_t i;
	int n = (int)json_array_size(rows);

	at->place = method_scale_names[s];
	if (n != MAX_LEVELS)
		return method_wrong(at, "not a list of five levels");
	at->m->levels[s] = n;
	for (n = 1; n <= at->m->levels[s]; n++) {
		row = json_array_get(rows, (size_t)n - 1);
		if (method_integer(at, row, "level", n, n) < 0)
			return -1;
		for (i = 0; i < 2; i++) {
			text = json_object_get(row, texts[i]);
			if (!method_in_languages(text))
				return method_wrong(
				    at, "a level lacks a label or definition");
		}
		if (s == AVAILABILITY && (read_service(at, n, row) < 0 ||
					     compare_service(at, n) < 0))
			return -1;
		if ((s == VALUE || s >= LIKELIHOOD) &&
		    read_band(at, s, n, row) < 0)
			return -1;
		if (s != RISK)
			continue;
		if (!json_is_boolean(json_object_get(row, "acceptable")))
			return method_wrong(
			    at, "acceptable is not true or false");
		if (!is_colour(
			json_string_value(json_object_get(row, "colour"))))
			return method_wrong(at, "colour is not #rrggbb");
		at->m->acceptable[n] =
		    json_is_true(json_object_get(row, "acceptable"));
		if (n > 1 && at->m->acceptable[n] && !at->m->acceptable[n - 1])
			return method_wrong(at, "acceptable above what is not");
	}
	return 0;
}
