#ifndef ITEM_H
#define ITEM_H

#include <jansson.h>
#include <stddef.h>

/*
 * A finding as a scanner wrote it, whatever its file is: an object of JSON.
 *
 * A row of CSV has the headings for names, as the map spells them, and texts.
 * An element of XML is the string that stands in it, where it has neither
 * attributes nor elements; else an object: its attributes as "@name", its own
 * text, if there is more of it than white space, as "#text", its elements by
 * their names, as a list where there are several of a name.
 */
struct item {
	const char *source; /* name of the file */
	unsigned long line; /* on which it begins; 0 where that is not known */
	const char *place;  /* for messages: "Results[3]"; NULL where line is */
	const json_t *value;	     /* mostly an object */
	const json_t *const *around; /* what it stands in, the nearest first */
	size_t n_around;
};

/* Texts that stand under a path. */
struct texts {
	char **of;
	size_t n;
};

/*
 * Appends every text under a path: names separated by "/".  Of a list each of
 * its members; "*" is any name; NAME[MEMBER=TEXT] those of NAME one of whose
 * texts under MEMBER is TEXT, which has no "]" in it; ".." what the finding
 * stands in, at the beginning of a path only.  Numbers and booleans are texts
 * as JSON writes them; null is none; an object is its "#text".  The empty path
 * is the finding itself.
 *
 * Where all that is left of a path is the name of a member it means that one,
 * whatever is in it: "Affected Software/OS".
 */
void item_texts(const struct item *, const char *path, struct texts *);
/* Appends a copy of a text. */
void texts_add(struct texts *, const char *text, size_t len);
void texts_free(struct texts *);

/* Takes a finding; what it points to is valid during the call. */
typedef void take_item(const struct item *, void *arg);

#endif
