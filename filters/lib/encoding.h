#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The encoding that text shows by itself: "UTF-8", "GB18030" or "UTF-16".  A
 * byte order mark decides; else it is the one of UTF-8 and GB18030 in which
 * fewer lines are broken, and UTF-8 where these are as many.  Where text is
 * not the whole file its last line does not count.
 */
const char *encoding_guess(const char *text, size_t len, bool whole);

#endif
