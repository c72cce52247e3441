#include <err.h>
#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "pattern.h"
#include "status.h"

#define MOST_STEPS 16

/* So many bytes of a class. */
struct step {
	bool has[256];
	size_t least, most;
};

struct pattern {
	struct step *steps; /* NULL where it takes regexec() */
	size_t n_steps;
	regex_t regex;
};

/* A class in brackets; NULL where it is none that is known here. */
static const char *
read_class(struct step *step, const char *at)
{
	const unsigned char *u = (const unsigned char *)at + 1;
	bool is_not = *u == '^';
	unsigned c, from;

	u += is_not;
	if (*u == ']')
		return NULL; /* it is of the class */
	for (; *u != ']'; u++) {
		from = *u;
		/* A bracket may begin something else, [:alpha:]. */
		if (from == '\0' || from == '[' || from >= 0x80 ||
		    (from == '-' && u[1] != ']'))
			return NULL;
		if (u[1] == '-' && u[2] != ']')
			u += 2;
		if (*u < from || *u >= 0x80)
			return NULL;
		for (c = from; c <= *u; c++)
			step->has[c] = true;
	}
	for (c = 1; c < sizeof step->has && is_not; c++)
		step->has[c] = !step->has[c];
	return (const char *)u + 1;
}

/* How often the class may stand there; NULL where that is not known here. */
static const char *
read_times(struct step *step, const char *at)
{
	char *end;

	step->least = step->most = 1;
	if (*at == '+' || *at == '*') {
		step->least = *at == '+';
		step->most = SIZE_MAX;
		return at + 1;
	}
	if (*at != '{')
		return at;
	step->least = step->most = strtoul(at + 1, &end, 10);
	return *end == '}' ? end + 1 : NULL;
}

static bool
overlap(const struct step *a, const struct step *b)
{
	size_t c;

	for (c = 0; c < sizeof a->has; c++)
		if (a->has[c] && b->has[c])
			return true;
	return false;
}

/*
 * Whether the first byte that is not of a class that repeats is where the next
 * begins: those that may follow it have no byte in common with it.
 */
static bool
is_told(const struct step *steps, size_t n)
{
	size_t i, next;

	for (i = 0; i < n; i++) {
		if (steps[i].least == steps[i].most)
			continue;
		for (next = i + 1; next < n; next++) {
			if (overlap(&steps[i], &steps[next]))
				return false;
			if (steps[next].least > 0)
				break;
		}
	}
	return true;
}

/* The steps of a row, from ^ to $; how many, 0 where it is none. */
static size_t
read_row(struct step *steps, const char *at)
{
	size_t n = 0;

	if (*at++ != '^')
		return 0;
	for (; strcmp(at, "$") != 0; n++) {
		if (n == MOST_STEPS || *at == '\0')
			return 0;
		if (*at == '[') {
			at = read_class(&steps[n], at);
		} else if (strchr("^$.|?*+(){}\\", *at) == NULL) {
			steps[n].has[(unsigned char)*at] = true;
			at++;
		} else {
			return 0;
		}
		if (at == NULL || (at = read_times(&steps[n], at)) == NULL)
			return 0;
		if (*at != '\0' && strchr("?*+{", *at) != NULL)
			return 0;
	}
	return is_told(steps, n) ? n : 0;
}

int
pattern_compile(regex_t *regex, const char *expression, int flags)
{
	int error;

	/* That of glibc may free twice where memory runs out within. */
	free(mem_alloc((size_t)4 << 20));
	error = regcomp(regex, expression, flags);
	if (error == REG_ESPACE)
		errx(TROUBLE, "out of memory");
	return error;
}

/* Behind a class, at its end where it has none. */
static const char *
skip_class(const char *at)
{
	at += at[1] == '^' ? 2 : 1;
	if (*at == ']')
		at++;
	while (*at != '\0' && *at != ']') {
		if (*at == '[' && at[1] != '\0' && strchr(":.=", at[1])) {
			at = strchr(at + 2, ']');
			if (at == NULL)
				return "";
		}
		at++;
	}
	return *at == ']' ? at + 1 : at;
}

/* How often {n,m} or another repetition at this place writes out what it is of,
 * and the place behind it. */
static size_t
repetition(const char **at)
{
	unsigned long least, most;
	char *end;

	if (**at == '*' || **at == '?' || **at == '+')
		return *(*at)++ == '+' ? 2 : 1;
	most = least = strtoul(*at + 1, &end, 10);
	if (*end == ',') {
		most = strtoul(end + 1, &end, 10);
		if (most < least) /* as there is none */
			most = least + 1;
	}
	*at = *end == '}' ? end + 1 : end;
	return most > 0 ? most : 1; /* what is written out no times is read */
}

/*
 * The size of what is up to the end of a group, or of the whole, where a
 * parenthesis that closes none is a character.
 */
static size_t
size_of(const char **at, bool in_group, size_t limit)
{
	size_t all = 0, last = 0, times;

	while (**at != '\0' && !(in_group && **at == ')')) {
		if (strchr("*+?{", **at) != NULL) {
			times = repetition(at);
			all -= last;
			last *= times < limit ? times : limit;
		} else if (**at == '(') {
			++*at;
			last = size_of(at, true, limit);
			*at += **at == ')';
		} else {
			last = **at != '|';
			*at = **at == '[' ? skip_class(*at)
			      : **at == '\\' && (*at)[1] != '\0' ? *at + 2
								 : *at + 1;
		}
		if (last > limit || (all += last) > limit)
			return limit;
	}
	return all;
}

size_t
pattern_size(const char *expression, size_t most)
{
	return size_of(&expression, false, most + 1);
}

bool
pattern_meets(const regex_t *regex, const char *text, size_t n,
    regmatch_t *found, int flags)
{
	bool meets;

	/* That of glibc says REG_NOMATCH where memory runs out. */
	errno = 0;
	meets = regexec(regex, text, n, found, flags) == 0;
	if (!meets && errno == ENOMEM)
		errx(TROUBLE, "out of memory");
	return meets;
}

struct pattern *
pattern_make(const char *expression)
{
	struct pattern *p = mem_zero(1, sizeof *p);

	p->steps = mem_zero(MOST_STEPS, sizeof *p->steps);
	p->n_steps = read_row(p->steps, expression);
	if (p->n_steps > 0)
		return p;
	free(p->steps);
	p->steps = NULL;
	if (pattern_compile(&p->regex, expression, REG_EXTENDED | REG_NOSUB) !=
	    0)
		errx(TROUBLE, "schema: bad pattern %s", expression);
	return p;
}

bool
pattern_is_row(const struct pattern *p)
{
	return p->steps != NULL;
}

bool
pattern_matches(const struct pattern *p, const char *text)
{
	const unsigned char *at = (const unsigned char *)text;
	const struct step *step;
	size_t n;

	if (p->steps == NULL)
		return pattern_meets(&p->regex, text, 0, NULL, 0);
	for (step = p->steps; step < p->steps + p->n_steps; step++) {
		for (n = 0; n < step->most && step->has[at[n]]; n++)
			;
		if (n < step->least)
			return false;
		at += n;
	}
	return *at == '\0';
}

void
pattern_free(struct pattern *p)
{
	if (p->steps == NULL)
		regfree(&p->regex);
	free(p->steps);
	free(p);
}
