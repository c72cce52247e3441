#include <err.h>
#include <sha256.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "data.h"
#include "method-private.h"
#include "status.h"

const char *const method_effectiveness[3] = {"none", "partial", "full"};

static int
read_asset_value(struct reading *at, const json_t *root)
{
	static const char *const names[] = {"mean", "max", "log2"};
	const json_t *o = json_object_get(root, "asset_value");
	const char *combine = json_string_value(json_object_get(o, "combine"));
	const json_t *weights = json_object_get(o, "weights");
	int i, sum = 0;

	at->place = "asset_value";
	for (i = 0; i < 3; i++)
		if (combine != NULL && strcmp(names[i], combine) == 0)
			break;
	if (i == 3)
		return method_wrong(at, "combine is not mean, max or log2");
	at->m->combine = (enum combine)i;
	for (i = 0; i < 3; i++) {
		at->m->weights[i] = 1;
		if (weights != NULL)
			at->m->weights[i] = method_integer(
			    at, weights, method_scale_names[i], 0, 1000);
		if (at->m->weights[i] < 0)
			return -1;
		sum += at->m->weights[i];
	}
	return sum > 0 ? 0 : method_wrong(at, "no weight is above 0");
}

static int
read_formulas(struct reading *at, const json_t *root)
{
	static const char *const names[] = {"likelihood", "loss", "risk"};
	const char *formula, *of;
	const json_t *o;
	int i;

	for (i = 0; i < 3; i++) {
		at->place = names[i];
		o = json_object_get(root, names[i]);
		formula = json_string_value(json_object_get(o, "formula"));
		if (formula == NULL || strcmp(formula, "product") != 0)
			return method_wrong(at, "formula is not product");
		of = json_string_value(json_object_get(o, "of"));
		if (i == 2 && (of == NULL || strcmp(of, "levels") != 0))
			return method_wrong(at, "of is not levels");
	}
	return 0;
}

static int
read_history(struct reading *at, const json_t *root)
{
	const json_t *rows = json_object_get(root, "history"), *row;
	struct history *h;
	size_t i;

	at->place = "history";
	if (json_array_size(rows) < 1 || json_array_size(rows) > MAX_ROWS)
		return method_wrong(at, "not a list of 1 to 9 rows");
	for (i = 0; i < json_array_size(rows); i++) {
		row = json_array_get(rows, i);
		h = &at->m->history[at->m->n_history++];
		h->level = method_integer(
		    at, row, "level", 1, at->m->levels[FREQUENCY]);
		if (i > 0 && h->level >= h[-1].level)
			return method_wrong(at, "levels do not descend");
		h->strict = json_object_get(row, "more_than") != NULL;
		h->count = method_integer(
		    at, row, h->strict ? "more_than" : "at_least", 1, 10000);
		if (json_object_get(row, "weeks") != NULL)
			h->weeks = method_integer(at, row, "weeks", 1, 10000);
		if (json_object_get(row, "months") != NULL)
			h->months = method_integer(at, row, "months", 1, 10000);
		if (h->strict && json_object_get(row, "at_least") != NULL)
			return method_wrong(
			    at, "at_least and more_than in one row");
		if (h->weeks > 0 && h->months > 0)
			return method_wrong(at, "weeks and months in one row");
		if (at->error[0] != '\0')
			return -1;
	}
	at->m->unseen =
	    method_integer(at, root, "unseen", 1, at->m->levels[FREQUENCY]);
	if (at->m->unseen < 0)
		return -1;
	if (at->m->unseen > at->m->history[at->m->n_history - 1].level)
		return method_wrong(at, "unseen is above the last level");
	return 0;
}

/* Each of the three answers, raised, may not lower the level. */
static bool
table_is_monotone(const struct method *m, int n)
{
	int a, c, e, here;

	for (a = 0; a < n; a++)
		for (c = 0; c < n; c++)
			for (e = 0; e < n; e++) {
				here = m->threat_table[a][c][e];
				if ((a > 0 &&
					m->threat_table[a - 1][c][e] > here) ||
				    (c > 0 &&
					m->threat_table[a][c - 1][e] > here) ||
				    (e > 0 &&
					m->threat_table[a][c][e - 1] > here))
					return false;
			}
	return true;
}

static int
read_threat_table(struct reading *at, const json_t *root)
{
	const json_t *table = json_object_get(root, "threat_table");
	const json_t *cells, *v;
	int n = at->m->levels[FREQUENCY], a, c, e;

	at->place = "threat_table";
	for (a = 0; a < n; a++)
		for (c = 0; c < n; c++) {
			cells = json_array_get(
			    json_array_get(table, (size_t)a), (size_t)c);
			for (e = 0; e < n; e++) {
				v = json_array_get(cells, (size_t)e);
				if (!json_is_integer(v) ||
				    json_integer_value(v) < 1 ||
				    json_integer_value(v) > n)
					return method_wrong(at,
					    "a cell is missing or no level");
				at->m->threat_table[a][c][e] =
				    (int)json_integer_value(v);
			}
		}
	return table_is_monotone(at->m, n) ? 0
					   : method_wrong(at, "not monotone");
}

static int
read_severity(struct reading *at, const json_t *root)
{
	static const char *const words[] = {
	    "critical", "high", "medium", "low", "none"};
	const json_t *rows = json_object_get(root, "cvss"), *row;
	int n = at->m->levels[SEVERITY], level, word, before = 0;
	size_t i;

	at->place = "cvss";
	if (json_array_size(rows) != (size_t)n)
		return method_wrong(at, "not one row for each level");
	for (i = 0; i < (size_t)n; i++) {
		row = json_array_get(rows, i);
		level = n - (int)i;
		if (method_integer(at, row, "level", level, level) < 0)
			return -1;
		at->m->cvss[level] = method_integer(at, row, "from", 0, 100);
		if (at->m->cvss[level] < 0)
			return -1;
		if (level < n && at->m->cvss[level] >= at->m->cvss[level + 1])
			return method_wrong(at, "scores do not descend");
	}
	if (at->m->cvss[1] != 0)
		return method_wrong(at, "level 1 does not begin at 0");
	at->place = "words";
	for (i = 0; i < sizeof words / sizeof words[0]; i++) {
		word = method_integer(
		    at, json_object_get(root, "words"), words[i], 1, n);
		if (word < 0)
			return -1;
		if (i > 0 && word > before)
			return method_wrong(
			    at, "a weaker word has a higher level");
		before = word;
	}
	at->place = "measures";
	for (i = 0; i < 3; i++) {
		at->m->reduction[i] =
		    method_integer(at, json_object_get(root, "measures"),
			method_effectiveness[i], 0, n);
		if (at->m->reduction[i] < 0)
			return -1;
		if (i > 0 && at->m->reduction[i] < at->m->reduction[i - 1])
			return method_wrong(
			    at, "what works better lowers less");
	}
	return 0;
}

/* Every score that can come about must fall into a band. */
static int
check_reach(struct reading *at)
{
	static const enum scale banded[] = {VALUE, LIKELIHOOD, LOSS, RISK};
	const struct method *m = at->m;
	int low[4], high[4], i, first, last;

	first = m->levels[CONFIDENTIALITY];
	if (m->levels[INTEGRITY] != first || m->levels[AVAILABILITY] != first) {
		at->place = "scales";
		return method_wrong(at, "C, I and A differ in their levels");
	}
	low[0] = 10;
	high[0] = 10 * first;
	low[1] = low[2] = low[3] = 1;
	high[1] = m->levels[FREQUENCY] * m->levels[SEVERITY];
	high[2] = m->levels[VALUE] * m->levels[SEVERITY];
	high[3] = m->levels[LIKELIHOOD] * m->levels[LOSS];
	for (i = 0; i < 4; i++) {
		at->place = method_scale_names[banded[i]];
		first = m->bands[banded[i]][1].from;
		last = m->bands[banded[i]][m->levels[banded[i]]].to;
		if (first > low[i] || last < high[i])
			return method_wrong(
			    at, "bands do not cover every score");
	}
	return 0;
}

/* Reals would be printed otherwise by another library, and change the print. */
static bool
has_real(const json_t *value)
{
	const char *key;
	json_t *item;
	size_t i;

	json_array_foreach (value, i, item)
		if (has_real(item))
			return true;
	json_object_foreach ((json_t *)value, key, item)
		if (has_real(item))
			return true;
	return json_is_real(value);
}

/* The five options of 7.13, by name and in words, for reports. */
static int
check_options(struct reading *at, const json_t *root)
{
	static const char *const names[] = {
	    "retain", "control", "accept", "avoid", "transfer"};
	static const char *const texts[] = {"label", "definition"};
	const json_t *row, *text;
	const char *name;
	size_t i, k;

	at->place = "options";
	for (i = 0; i < 5; i++) {
		row = json_array_get(json_object_get(root, "options"), i);
		name = json_string_value(json_object_get(row, "option"));
		if (name == NULL || strcmp(name, names[i]) != 0)
			return method_wrong(
			    at, "not the five of 7.13, in order");
		for (k = 0; k < 2; k++) {
			text = json_object_get(row, texts[k]);
			if (!method_in_languages(text))
				return method_wrong(
				    at, "not in both languages");
		}
	}
	return 0;
}

static int
read_all(struct reading *at, const json_t *root)
{
	const char *name = json_string_value(json_object_get(root, "name"));
	enum scale s;

	at->place = "name";
	if (name == NULL || *name == '\0' || *name == '-' ||
	    strlen(name) > 100 ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		return method_wrong(at, "not 1 to 100 of a-z, 0-9 and -");
	at->place = "title";
	if (!method_in_languages(json_object_get(root, "title")))
		return method_wrong(at, "not in both languages");
	at->place = "source";
	if (!method_in_languages(json_object_get(root, "source")))
		return method_wrong(at, "not in both languages");
	at->place = "numbers";
	if (has_real(root))
		return method_wrong(at, "one is not a whole number");
	for (s = 0; s < N_SCALES; s++)
		if (method_read_scale(at, s, json_object_get(root, "scales")) <
		    0)
			return -1;
	if (read_asset_value(at, root) < 0 || read_formulas(at, root) < 0 ||
	    read_history(at, root) < 0 || read_threat_table(at, root) < 0 ||
	    read_severity(at, root) < 0 || check_options(at, root) < 0)
		return -1;
	return check_reach(at);
}

static char *
identify(const json_t *root)
{
	char *canonical = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT);
	char digest[SHA256_DIGEST_STRING_LENGTH];
	struct buf id = {0};

	if (canonical == NULL)
		errx(TROUBLE, "out of memory");
	SHA256Data((const uint8_t *)canonical, strlen(canonical), digest);
	free(canonical);
	buf_printf(&id, "%s@%.8s",
	    json_string_value(json_object_get(root, "name")), digest);
	return id.data;
}

struct method *
method_read(const char *text, size_t len, char error[256])
{
	struct reading at = {.error = error};
	json_error_t trouble;

	error[0] = '\0';
	at.m = mem_zero(1, sizeof *at.m);
	at.m->document =
	    json_loadb(text, len, JSON_REJECT_DUPLICATES, &trouble);
	if (at.m->document == NULL) {
		snprintf(error, 256, "line %d: %s", trouble.line, trouble.text);
	} else if (read_all(&at, at.m->document) == 0) {
		at.m->id = identify(at.m->document);
		return at.m;
	}
	json_decref(at.m->document);
	free(at.m);
	return NULL;
}

const struct method *
method_load(const char *name)
{
	char error[256];
	const struct method *m;
	char *text;
	size_t len;

	if (name == NULL)
		name = "tfdl-1508";
	text = data_read("schemas/methods", name, ".json", &len);
	m = method_read(text, len, error);
	free(text);
	if (m == NULL)
		errx(TROUBLE, "method %s: %s", name, error);
	return m;
}
