#ifndef PATTERN_H
#define PATTERN_H

#include <regex.h>
#include <stdbool.h>
#include <stddef.h>

/*
 * A POSIX extended regular expression, as schemas have them, over the bytes of
 * a text.  One that is a row of characters and classes, where what comes next
 * is always told by one byte, is gone through without regexec(3).
 */
struct pattern;

/* A pattern that does not hold ends the program. */
struct pattern *pattern_make(const char *expression);
/* Whether a text, with a NUL byte behind it, matches. */
bool pattern_matches(const struct pattern *, const char *text);
/* Whether it is such a row. */
bool pattern_is_row(const struct pattern *);
void pattern_free(struct pattern *);

/*
 * regcomp(3) and regexec(3) with n places to be found; where memory runs out
 * they end the program.
 */
int pattern_compile(regex_t *, const char *expression, int flags);
/*
 * How many characters and classes an expression has when every repetition is
 * written out, which is what regcomp(3) does; no more than most + 1 are
 * counted.
 */
size_t pattern_size(const char *expression, size_t most);
bool pattern_meets(
    const regex_t *, const char *text, size_t n, regmatch_t *found, int flags);

#endif
