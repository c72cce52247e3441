#ifndef CELL_H
#define CELL_H

#include "buf.h"
#include "schema.h"

/*
 * Writes the text of a CSV cell as the JSON value that the rule asks for:
 * numbers, names of enumeration values in either language, in brackets or not,
 * days and times as
 * spreadsheets show or count them, lists separated by ; ； 、 or a line break
 * (of ids and of such names by , ， too), and lists of objects, one a line,
 * their members separated by |.  Text that is nothing of the kind is written as
 * a string, for schema_check() to refuse: this never guesses and never fails.
 */
void cell_write(struct buf *, const struct value_rule *, const char *text);

/*
 * Writes the text of a cell as a value of the field.  A level may be written in
 * words as well: 三级, 3级, Ⅲ; 很低 to 很高 and "very low" to "very high" are 1
 * to 5, where the scale may have five levels.  A number may have the unit
 * behind it that a title of the field says in parentheses: 99.9%, 30分钟.
 */
void cell_field(struct buf *, const struct field *, const char *text);

/* Whether a text is a level of the field, so written. */
bool cell_is_level(const struct field *, const char *text);

/* Appends text, full-width forms of ASCII characters as these. */
void cell_narrow(struct buf *, const char *text);

/*
 * A copy of text without white space around it, as mem_text() makes it;
 * white space is ASCII's, the ideographic and the no-break space.
 */
char *cell_trim(const char *text, size_t len);

#endif
