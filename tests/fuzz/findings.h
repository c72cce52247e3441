#ifndef FINDINGS_H
#define FINDINGS_H

#include <stddef.h>

/*
 * Takes in a file of findings as intake does, by the map that is found for it,
 * and writes what became of its rows.  Of what form it is its name says.
 */
void findings_read(const char *name, const char *text, size_t len);

#endif
