#ifndef XML_ENCODING_H
#define XML_ENCODING_H

#include "input.h"

/*
 * Has a file of XML come as UTF-8, so that its parser, which knows few
 * encodings, need know only that: from the one that its byte order mark or its
 * declaration names, GB2312 and GBK being read as GB18030; not where
 * input_decode() was asked for another before.  Nothing of it is taken.
 * Returns 0, or -1 with *error saying what is wrong, to be freed, or with
 * *error NULL and errno set.
 */
int xml_decode(struct input *, char **error);

#endif
