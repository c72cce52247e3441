#ifndef CELL_H
#define CELL_H

#include "buf.h"
#include "schema.h"

/*
 * Writes the text of a CSV cell as the JSON value that the rule asks for:
 * numbers, names of enumeration values in either language, days and times as
 * spreadsheets show or count them, lists separated by ; ； 、 or a line break,
 * and lists of objects, one a line, their members separated by |.  Text that
 * is nothing of the kind is written as a string, for schema_check() to refuse:
 * this never guesses and never fails.
 */
void cell_write(struct buf *, const struct value_rule *, const char *text);

/*
 * A copy of text without white space around it, as mem_text() makes it;
 * white space is ASCII's, the ideographic and the no-break space.
 */
char *cell_trim(const char *text, size_t len);

#endif
