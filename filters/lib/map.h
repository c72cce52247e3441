#ifndef MAP_H
#define MAP_H

#include <stdbool.h>

#include "buf.h"
#include "item.h"

/*
 * How the findings of a scanner's file become vulnerabilities: a map, read from
 * schemas/maps/NAME.json as built in, or from a file of the user's
 * (risk-map(5)).
 */
struct map;

enum map_form { MAP_CSV, MAP_JSON, MAP_XML };

/*
 * A map by its name, or by the path of its file.  One that there is not, or
 * that does not hold, ends the program with status 2, naming the place.
 */
const struct map *map_read(const char *name);

const char *map_name(const struct map *);
enum map_form map_form(const struct map *);
/* JSON and XML: the paths of the findings, from the root; NULL ends them. */
const char *const *map_items(const struct map *);

/*
 * The map of a form, of those built in, whose layout is there with the most
 * names; has() says whether a name is.  NULL where none is there whole, or
 * where two fit equally well, which both then names.
 */
const struct map *map_recognise(enum map_form,
    bool (*has)(const char *name, void *arg), void *arg, struct buf *both);
/*
 * How many names of a layout are not there, 0 where the map fits; of several
 * layouts that of which the fewest are missing, which names then lists.
 */
size_t map_lacks(const struct map *, bool (*has)(const char *name, void *arg),
    void *arg, struct buf *names);

/* A heading as the map spells it; NULL where it takes nothing from it. */
const char *map_spelling(const struct map *, const char *heading);

/* Whether a finding is no weakness by the map, and left out. */
bool map_leaves(const struct map *, const struct item *);

/*
 * Appends the vulnerability that a finding makes: an object of JSON, id first,
 * for schema_check() to judge.
 */
void map_apply(const struct map *, const struct item *, struct buf *record);
/* The fields that are put together where findings are the same but for them. */
const char *const *map_merged(const struct map *);

#endif
