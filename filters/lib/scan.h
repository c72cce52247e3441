#ifndef SCAN_H
#define SCAN_H

#include "item.h"
#include "map.h"
#include "record.h"
#include "tally.h"

/*
 * The findings of scanners' files on their way to records: those that are no
 * weakness left out, those that are the same kept once, ids made unique.
 *
 * Memory: a digest and an id of each finding; of a file whose map puts lists
 * together, all of its findings.
 */
struct scan;

/* give() gets each vulnerability as a record that is not parsed yet. */
struct scan *scan_open(void (*give)(struct record *));
void scan_begin(
    struct scan *, const struct map *, const char *source, struct tally *);
/* came is what stood in the file, of so many bytes there. */
void scan_take(struct scan *, const struct item *, const char *came,
    size_t came_len, size_t came_bytes);
/* The end of the file. */
void scan_end(struct scan *);

#endif
