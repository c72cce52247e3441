#ifndef SPOOL_H
#define SPOOL_H

#include <stddef.h>

#include "buf.h"

/*
 * Bytes that are kept outside of memory for a second reading: in a file
 * without a name in TMPDIR, which is gone when the program is.  What fails
 * ends the program with status 2.
 */
struct spool;

struct spool *spool_open(void);
/* Such a file by itself: its descriptor. */
int spool_file(void);
void spool_write(struct spool *, const void *bytes, size_t n);
/* Back to the start, for reading. */
void spool_rewind(struct spool *);
/* Reads so many bytes; 0 at the end. */
int spool_read(struct spool *, void *bytes, size_t n);
/* Appends so many bytes, which must be there, to a buffer. */
void spool_read_text(struct spool *, struct buf *, size_t n);
void spool_close(struct spool *);

#endif
