#ifndef PDF_H
#define PDF_H

#include "buf.h"
#include "font.h"

/*
 * Runs groff over ms and appends the PDF to out.  groff works in safer mode, on
 * pipes; the fonts lie in a folder of their own under TMPDIR, which is removed
 * also where groff fails or a signal comes.  day, YYYY-MM-DD, is the date of
 * the PDF where SOURCE_DATE_EPOCH is not set; without either it is 1980-01-01,
 * so that the same text makes the same bytes.  Returns 0, or -1 after a
 * message: what groff said of the document, name being that of its file.
 */
int pdf_make(struct buf *out, const struct buf *ms, struct fonts *,
    const char *day, const char *name);

#endif
