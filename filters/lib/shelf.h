#ifndef SHELF_H
#define SHELF_H

#include <stddef.h>
#include <stdint.h>

/*
 * Texts that are kept outside of memory, one by one to be read again, records
 * for the most part: by number, 0, 1, 2 … in the order they were added.  Few
 * stay in memory; more go to a file without a name in TMPDIR, which is gone
 * when the program is.  What fails ends the program with status 2.
 *
 * Memory: half a byte a text, and a mebibyte.
 */
struct shelf;

struct shelf *shelf_open(void);
/* Adds a text, which may be any bytes; returns its number. */
uint32_t shelf_add(struct shelf *, const char *text, size_t len);
/* How many there are. */
size_t shelf_count(const struct shelf *);
/* The text of a number, which must be there; valid until the next call. */
const char *shelf_text(struct shelf *, uint32_t number, size_t *len);

#endif
