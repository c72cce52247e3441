#ifndef TREE_H
#define TREE_H

#include <stdbool.h>

#include "item.h"

/*
 * Findings in a document of JSON.  A path is names separated by "/", from the
 * root; a list stands for each of its members, wherever it is.
 */

/* Whether there is a value under a path, be it empty or null. */
bool tree_has(const json_t *root, const char *path);

/*
 * Gives every value under a path that is not null, in order, each with its
 * place, "Results[3]/Vulnerabilities[1]", counted from 1.
 */
void tree_items(const json_t *root, const char *path, const char *source,
    take_item *give, void *arg);

#endif
