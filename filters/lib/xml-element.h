#ifndef XML_ELEMENT_H
#define XML_ELEMENT_H

#include "buf.h"
#include "item.h"

/*
 * An element of XML on its way to a value as item.h describes it.  One of zeros
 * has nothing in it; out of memory ends the program.
 */
struct xml_element {
	json_t *value; /* its attributes and elements; NULL: none yet */
	struct buf text;
};

void xml_attribute(struct xml_element *, const char *name, const char *text);
/* Puts in an element that is closed, whose value goes with it. */
void xml_put(struct xml_element *, const char *name, json_t *value);
/* What is in it so far but for its text, as an object that it keeps. */
const json_t *xml_object(struct xml_element *);
/* Its value, the caller's now; the element has nothing in it then. */
json_t *xml_close(struct xml_element *);
void xml_forget(struct xml_element *);

#endif
