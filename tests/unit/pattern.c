/*
 * Compares patterns with regexec(3): pattern [-n number] expression...  Matches
 * so many texts, and their beginnings, with each.  Writes for each expression
 * whether it is a row, and how many texts it matches.  Status 1 where the two
 * do not agree.
 */

#include <err.h>
#include <regex.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "pattern.h"
#include "status.h"

static uint32_t state = 1;

/* xorshift: the same numbers everywhere. */
static size_t
below(size_t n)
{
	state ^= state << 13;
	state ^= state >> 17;
	state ^= state << 5;
	return state % n;
}

/* A text of bytes, most of them of those that patterns name. */
static void
make_text(char text[80])
{
	static const char bytes[] = "aAfz09--@/ .:T\x01\x1f\x7f\x80\xe5\xff";
	size_t n = below(79), i, k = below(sizeof bytes - 1);

	for (i = 0; i < n; i++) {
		if (below(8) == 0)
			k = below(sizeof bytes - 1);
		text[i] = below(12) == 0  ? (char)(1 + below(255))
			  : below(3) == 0 ? "0123456789abcdef"[below(16)]
					  : bytes[k];
	}
	text[n] = '\0';
}

/* A text that is near what methods are called: "name@01234567". */
static void
make_name(char text[80])
{
	size_t n = 1 + below(12), i;

	for (i = 0; i < n; i++)
		text[i] = "abcxyz019-"[below(10)];
	text[n++] = '@';
	for (i = 0; i < 7 + below(3); i++)
		text[n++] = "0123456789abcdefg"[below(17)];
	text[n] = '\0';
}

static void
compare(const char *expression, unsigned long number)
{
	struct pattern *p = pattern_make(expression);
	unsigned long i, matched = 0;
	char text[80];
	regex_t regex;
	bool is;

	if (regcomp(&regex, expression, REG_EXTENDED | REG_NOSUB) != 0)
		errx(TROUBLE, "%s: no pattern", expression);
	for (i = 0; i < number; i++) {
		if (below(2) == 0)
			make_text(text);
		else
			make_name(text);
		is = regexec(&regex, text, 0, NULL, 0) == 0;
		if (pattern_matches(p, text) != is) {
			printf("%s: %s %s\n", expression, text,
			    is ? "matches" : "does not match");
			exit(REFUSED);
		}
		matched += is;
	}
	printf("%s %s\n", pattern_is_row(p) ? "row" : "regexec",
	    matched == 0	? "none"
	    : matched == number ? "all"
				: "some");
	regfree(&regex);
	pattern_free(p);
}

int
main(int argc, char *argv[])
{
	unsigned long number = 1000;
	int option;

	while ((option = getopt(argc, argv, "n:")) != -1) {
		if (option != 'n')
			return TROUBLE;
		number = strtoul(optarg, NULL, 10);
	}
	for (argv += optind; *argv != NULL; argv++)
		compare(*argv, number);
	return DONE;
}
