#ifndef ENCODING_H
#define ENCODING_H

#include <stdbool.h>
#include <stddef.h>

/*
 * The encoding that text shows by itself: "UTF-8", "GB18030" or "UTF-16".  A
 * byte order mark decides; else the lines that are not ASCII: whether more are
 * UTF-8, or are not but have the form of GB18030.  Where text is not the whole
 * file its last line does not count.
 */
const char *encoding_guess(const char *text, size_t len, bool whole);

#endif
