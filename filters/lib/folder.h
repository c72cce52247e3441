#ifndef FOLDER_H
#define FOLDER_H

/*
 * Makes a folder of our own under TMPDIR, with a folder devpdf in it, of
 * which it returns the path; NULL after a message.  At the end of the program
 * it is gone, however that comes, but for a signal.  There is one at a time.
 */
const char *folder_make(void);
/*
 * Removes it, with the files in devpdf; this takes no memory.  -1 after a
 * message.
 */
int folder_remove(void);

#endif
