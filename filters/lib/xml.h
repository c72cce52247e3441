#ifndef XML_H
#define XML_H

#include "input.h"
#include "item.h"

/*
 * Reads a file of XML element by element (expat), never as a whole, in the
 * encoding that it declares, or in that of input_decode() where that came
 * before with another than UTF-8.  Names are as they are written, with their
 * prefixes.
 *
 * choose() is told the name of the root element and answers with the paths of
 * the elements that are findings, without the root, such as
 * "Report/ReportHost/ReportItem", "*" being any name, NULL at the end; or NULL
 * where no map fits, which ends the reading.  What is in a finding is no
 * finding.  give() gets each of them; around it are the elements that it stands
 * in, to the root, always objects, with what has come of them before: their
 * attributes and the elements in them that are closed and not on the way to
 * findings, as an empty ReportHost is; not their text.
 *
 * Refused are, before anything of them is expanded or read: any entity that the
 * file declares, and any reference to one; a document type without is allowed,
 * its file is not read, and attributes that it gives are left out.  So are
 * elements nested deeper than 200, a text or an attribute longer than 8 MiB,
 * and a tag or comment much longer than that.
 *
 * Returns 0, or -1 with *error saying what is wrong and where, "line 3:
 * mismatched tag", to be freed; or -1 with *error NULL and errno set where the
 * file cannot be read.  Findings before the error have been given.  Memory: one
 * finding, what it stands in, and a block; the elements beside findings that
 * around has.
 */
typedef const char *const *choose_items(const char *root, void *arg);

int xml_read(
    struct input *, choose_items *, take_item *give, void *arg, char **error);

#endif
