#ifndef LISTS_H
#define LISTS_H

#include <jansson.h>
#include <stdbool.h>

/*
 * Lists of objects, for the sections of a report.  A member may be dotted:
 * "treatment.due".  What is returned is a new reference; items are shared.
 */

/* The value of a member, borrowed; NULL where it is not there. */
json_t *list_member(const json_t *object, const char *member);
/* The same as a number, 0 where it is none; as text, "" where it is none. */
long list_number(const json_t *object, const char *member);
const char *list_text(const json_t *object, const char *member);

/* Keys to sort by; a NULL member ends them.  Absent values come last. */
struct list_order {
	const char *member;
	bool descending;
};

/* The same items in order; those that are equal stay as they were. */
json_t *list_sorted(const json_t *list, const struct list_order *);

/* The items that keep() says; arg goes to it. */
json_t *list_where(const json_t *list,
    bool (*keep)(const json_t *item, const void *arg), const void *arg);

/*
 * The items grouped by the text of a member: {label, count, PLURAL: [items]}
 * for each, in the order of labels, then others in their order; those
 * without go under rest, last.  NULL ends labels.
 */
json_t *list_groups(const json_t *list, const char *member,
    const char *const *labels, const char *rest, const char *plural);

/* Its first items, n at most. */
json_t *list_first(const json_t *list, size_t n);

/* A list like it with each object copied and given its number, from 1. */
json_t *list_numbered(const json_t *list);

#endif
