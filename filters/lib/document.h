#ifndef DOCUMENT_H
#define DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "schema.h"

/* What a document is written as. */
enum format { FORMAT_MD, FORMAT_HTML, FORMAT_MS, FORMAT_PDF, FORMATS };

/* The format of that name, "md", "html", "ms" or "pdf"; else FORMATS. */
enum format format_named(const char *name);

/* The language of that name, "zh" or "en"; false where it is neither. */
bool language_named(const char *name, enum lang *);

/* Longest text that HTML, ms and PDF are made of, in bytes. */
#define DOCUMENT_MOST ((size_t)64 << 20)

/*
 * Makes of a document in Markdown the format.  name is that of its file, for
 * messages; boxes: a character that cannot be set is a box (PDF and ms).
 * lang is that of what the page says by itself, and of its typography.
 * Returns 0, or -1 after a message where the text cannot be set: then
 * nothing was written to out.
 */
int document_make(struct buf *out, enum format, const char *text, size_t len,
    enum lang lang, const char *name, bool boxes);

#endif
