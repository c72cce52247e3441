#ifndef SHELF_H
#define SHELF_H

#include <stddef.h>
#include <stdint.h>

/*
 * Records of one type that are kept outside of memory, one by one to be read
 * again: by number, 0, 1, 2 … in the order they were added.  Few stay in
 * memory; more go to a file without a name in TMPDIR, which is gone when the
 * program is.  What fails ends the program with status 2.
 *
 * Memory: 8 bytes a record, and a mebibyte.
 */
struct json_t;
struct shelf;

struct shelf *shelf_open(void);
/* Adds the text of a record, a JSON object; returns its number. */
uint32_t shelf_add(struct shelf *, const char *text, size_t len);
/* The record of a number, which must be there: a new reference. */
struct json_t *shelf_read(struct shelf *, uint32_t number);

#endif
