#ifndef SOURCE_H
#define SOURCE_H

#include "input.h"
#include "map.h"
#include "record.h"
#include "scan.h"
#include "schema.h"
#include "tally.h"

/*
 * Files as people have them, on their way to records: registers in CSV, by
 * their headings; findings of scanners in CSV, JSON and XML, by a map; JSON
 * Lines.
 */
struct source {
	const char *encoding;	     /* of CSV; NULL: as it shows itself */
	const struct schema *schema; /* type of the rows of CSV, or NULL */
	const struct map *map;	     /* the layout, or NULL: to be recognised */
	void (*give)(struct record *);
	struct scan *scan;
	struct tallies tallies;
};

/*
 * Gives what is in a file as records that are not parsed yet.  Returns
 * FILTER_LINES, with nothing taken, where it is JSON Lines; -1 with errno where
 * it cannot be read.
 */
int source_read(struct source *, struct input *);

#endif
