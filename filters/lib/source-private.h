#ifndef SOURCE_PRIVATE_H
#define SOURCE_PRIVATE_H

/*
 * What the parts of a source share: source.c reads documents, and the whole;
 * source-csv.c reads CSV, source-kind.c says what a file is.
 */

#include "source.h"

/* A file that is being read. */
struct reading {
	struct source *source;
	const char *file;
	struct tally *tally;
	const struct map *map; /* NULL where none is found yet */
	struct buf both;       /* maps that fit equally well */
	struct buf misfit;     /* why the map that was asked for is not it */
	size_t n_missing;      /* names that it lacks, for that */
};

/* Refuses a file for what it is, or for what stands at a line of it. */
void source_refuse(struct reading *, unsigned long line, const char *came,
    size_t len, const char *what);
/* Says that no layout fits, or two do. */
void source_refuse_layout(struct reading *, const char *what);
/* The map that fits: the one that was asked for, else the one that is best. */
const struct map *source_map(struct reading *, enum map_form,
    bool (*has)(const char *, void *), void *arg);
/* What comes now are findings, by this map. */
void source_begin(struct reading *, const struct map *);

/* 0, or -1 with errno. */
int source_read_csv(struct reading *, struct input *);

enum kind_of_source {
	IS_CSV,
	IS_LINES,
	IS_JSON,
	IS_XML,
	IS_PACKED, /* as workbooks are */
	IS_EMPTY,  /* white space alone; not of a whole file */
	NOT_YET
};

/*
 * What a file is: by its name, or else by as much of it as that takes; packed
 * as workbooks are by its first bytes, whatever its name.
 */
int source_kind(struct input *, enum kind_of_source *);

#endif
