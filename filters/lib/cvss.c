#include <ctype.h>
#include <stdbool.h>
#include <string.h>
#include <strings.h>

#include "cvss-private.h"
#include "cvss.h"

struct metric {
	const char *name;
	const char *values; /* separated by spaces */
};

/*
 * The metrics of each version, those of the base score first and in the order
 * of cvss-private.h, their values in that of the weights there.
 */
static const struct metric metrics2[] = {{"AV", "L A N"}, {"AC", "H M L"},
    {"Au", "M S N"}, {"C", "N P C"}, {"I", "N P C"}, {"A", "N P C"},
    {"E", "U POC F H ND"}, {"RL", "OF TF W U ND"}, {"RC", "UC UR C ND"},
    {"CDP", "N L LM MH H ND"}, {"TD", "N L M H ND"}, {"CR", "L M H ND"},
    {"IR", "L M H ND"}, {"AR", "L M H ND"}, {NULL, NULL}};

static const struct metric metrics3[] = {{"AV", "N A L P"}, {"AC", "L H"},
    {"PR", "N L H"}, {"UI", "N R"}, {"S", "U C"}, {"C", "H L N"},
    {"I", "H L N"}, {"A", "H L N"}, {"E", "X H F P U"}, {"RL", "X U W T O"},
    {"RC", "X C R U"}, {"CR", "X H M L"}, {"IR", "X H M L"}, {"AR", "X H M L"},
    {"MAV", "X N A L P"}, {"MAC", "X L H"}, {"MPR", "X N L H"},
    {"MUI", "X N R"}, {"MS", "X U C"}, {"MC", "X N L H"}, {"MI", "X N L H"},
    {"MA", "X N L H"}, {NULL, NULL}};

static const struct metric metrics4[] = {{"AV", "N A L P"}, {"AC", "L H"},
    {"AT", "N P"}, {"PR", "N L H"}, {"UI", "N P A"}, {"VC", "H L N"},
    {"VI", "H L N"}, {"VA", "H L N"}, {"SC", "H L N"}, {"SI", "H L N"},
    {"SA", "H L N"}, {"E", "X A P U"}, {"CR", "X H M L"}, {"IR", "X H M L"},
    {"AR", "X H M L"}, {"MAV", "X N A L P"}, {"MAC", "X L H"}, {"MAT", "X N P"},
    {"MPR", "X N L H"}, {"MUI", "X N P A"}, {"MVC", "X H L N"},
    {"MVI", "X H L N"}, {"MVA", "X H L N"}, {"MSC", "X H L N"},
    {"MSI", "X S H L N"}, {"MSA", "X S H L N"}, {"S", "X N P"}, {"AU", "X N Y"},
    {"R", "X A U I"}, {"V", "X D C"}, {"RE", "X L M H"},
    {"U", "X Clear Green Amber Red"}, {NULL, NULL}};

#define MOST_METRICS 32

static const struct version {
	const char *name;
	const char *prefixes[2];
	const struct metric *metrics;
	size_t n_base;
	int (*score)(const int values[]);
} versions[] = {
    {"2.0", {"CVSS2#", "CVSS:2.0/"}, metrics2, METRICS2, cvss_base_20},
    {"3.0", {"CVSS:3.0/"}, metrics3, METRICS3, cvss_base_30},
    {"3.1", {"CVSS:3.1/"}, metrics3, METRICS3, cvss_base_31},
    {"4.0", {"CVSS:4.0/"}, metrics4, METRICS4, cvss_base_40},
};

enum { N_VERSIONS = sizeof(versions) / sizeof(versions[0]) };

/* Some bytes of the vector, not ended by a NUL byte. */
struct piece {
	const char *at;
	size_t len;
};

static bool
is(struct piece p, const char *word)
{
	return strlen(word) == p.len && memcmp(p.at, word, p.len) == 0;
}

/* Takes off p what stands before the first c, or all; false without a c. */
static bool
cut(struct piece *p, char c, struct piece *before)
{
	const char *at = memchr(p->at, c, p->len);

	*before = *p;
	if (at == NULL) {
		p->len = 0;
		return false;
	}
	before->len = (size_t)(at - p->at);
	p->at = at + 1;
	p->len -= before->len + 1;
	return true;
}

/* "what, 'piece'", the piece to 20 bytes and whole characters. */
static int
complain(struct buf *error, const char *what, struct piece p)
{
	size_t n = p.len;

	if (n > 20)
		for (n = 20; n > 0 && (p.at[n] & 0xc0) == 0x80;)
			n--;
	buf_printf(error, "%s, '", what);
	buf_add(error, p.at, n);
	buf_text(error, n < p.len ? "...'" : "'");
	return -1;
}

static bool
has_metric(struct piece text, const char *name)
{
	struct piece metric, head;

	while (text.len > 0) {
		cut(&text, '/', &metric);
		cut(&metric, ':', &head);
		if (is(head, name))
			return true;
	}
	return false;
}

/* The version that the vector begins with, taking that off; or NULL. */
static const struct version *
take_prefix(struct piece *text)
{
	for (size_t i = 0; i < (size_t)2 * N_VERSIONS; i++) {
		const char *prefix = versions[i / 2].prefixes[i % 2];
		size_t n = prefix == NULL ? 0 : strlen(prefix);

		if (n > 0 && text->len >= n &&
		    memcmp(text->at, prefix, n) == 0) {
			text->at += n;
			text->len -= n;
			return &versions[i / 2];
		}
	}
	return NULL;
}

static const struct version *
version_named(const char *name)
{
	for (size_t i = 0; i < N_VERSIONS; i++)
		if (strcmp(versions[i].name, name) == 0)
			return &versions[i];
	return NULL;
}

/* The version of a vector, and its metrics in *text; NULL after a complaint. */
static const struct version *
find_version(struct piece *text, const char *asked, struct buf *error)
{
	const struct version *v = take_prefix(text);

	if (v != NULL && asked != NULL && strcmp(v->name, asked) != 0) {
		buf_printf(error, "of CVSS %s, not of %s", v->name, asked);
		return NULL;
	}
	if (v != NULL)
		return v;
	if (text->len == 0 || !isalpha((unsigned char)text->at[0]))
		complain(error, "not a CVSS vector", *text);
	else if (text->len >= 4 && strncasecmp(text->at, "CVSS", 4) == 0)
		complain(error, "not of CVSS 2.0, 3.0, 3.1 or 4.0", *text);
	else if (asked != NULL && (v = version_named(asked)) == NULL)
		buf_printf(error, "no such version, '%s'", asked);
	else if (asked != NULL)
		return v;
	else if (has_metric(*text, "Au"))
		return version_named("2.0");
	else if (has_metric(*text, "AT"))
		return version_named("4.0");
	else if (has_metric(*text, "PR"))
		buf_text(
		    error, "of CVSS 3.0 or 3.1, and nothing says of which");
	else
		complain(error, "not a CVSS vector", *text);
	return NULL;
}

/* The place of a value in the list of the metric's, or -1. */
static int
value_of(const struct metric *m, struct piece value)
{
	struct piece list = {m->values, strlen(m->values)}, one;

	for (int i = 0; list.len > 0; i++) {
		cut(&list, ' ', &one);
		if (one.len == value.len &&
		    memcmp(one.at, value.at, one.len) == 0)
			return i;
	}
	return -1;
}

/* Reads one metric, "AV:N", into its place of values. */
static int
read_metric(const struct metric metrics[], struct piece text, int values[],
    struct buf *error)
{
	struct piece value = text, name;
	size_t i = 0;

	if (text.len == 0) {
		buf_text(error, "an empty metric");
		return -1;
	}
	if (!cut(&value, ':', &name))
		return complain(error, "not a metric and a value", text);
	while (metrics[i].name != NULL && !is(name, metrics[i].name))
		i++;
	if (metrics[i].name == NULL)
		return complain(error, "no such metric", name);
	if (values[i] >= 0) {
		buf_printf(error, "metric %s twice", metrics[i].name);
		return -1;
	}
	values[i] = value_of(&metrics[i], value);
	return values[i] >= 0 ? 0 : complain(error, "no such value", text);
}

int
cvss_score(const char *vector, const char **version, struct buf *error)
{
	struct piece text = {vector, strlen(vector)}, metric;
	const struct version *v;
	int values[MOST_METRICS];
	bool more = true;

	if (text.len >= 2 && vector[0] == '(' && vector[text.len - 1] == ')') {
		text.at++;
		text.len -= 2;
	}
	if ((v = find_version(&text, *version, error)) == NULL)
		return -1;
	for (size_t i = 0; i < MOST_METRICS; i++)
		values[i] = -1;
	while (more) {
		more = cut(&text, '/', &metric);
		if (read_metric(v->metrics, metric, values, error) < 0)
			return -1;
	}
	for (size_t i = 0; i < v->n_base; i++)
		if (values[i] < 0) {
			buf_printf(
			    error, "metric %s is missing", v->metrics[i].name);
			return -1;
		}
	*version = v->name;
	return v->score(values);
}
