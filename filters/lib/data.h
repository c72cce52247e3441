#ifndef DATA_H
#define DATA_H

#include <stddef.h>
#include <stdio.h>

/*
 * The files of schemas/ and templates/ that were built into the programs,
 * by their path in the source tree: "schemas/asset.json".
 */
struct data_file {
	const char *path; /* NULL ends the list */
	const char *text; /* followed by a NUL byte */
	const char *end;
};

/* Puts a file into the program, under a name and name_end, at build. */
#define DATA_EMBED(name, path)                                                 \
	__asm__(".section .rodata\n.globl " #name ", " #name "_end\n" #name    \
		": .incbin \"" path "\"\n" #name "_end: .byte 0\n.previous");  \
	extern const char name[], name##_end[];

extern const struct data_file data_files[];

/* Returns the embedded file of that path, or NULL. */
const struct data_file *data_embedded(const char *path);

/*
 * Returns the text of dir/name followed by the suffix, and its length: in the
 * folder that the environment variable RISKLINE_DATA names if it is there,
 * else embedded, else NULL.  A file there that cannot be read ends the
 * program with status 2.  The text is to be freed.
 */
char *data_find(
    const char *dir, const char *name, const char *suffix, size_t *len);

/*
 * The same, but a name with a slash, or with the suffix, is a file of the
 * user's; and where there is none the program ends with status 2, saying the
 * names that there are.
 */
char *data_read(
    const char *dir, const char *name, const char *suffix, size_t *len);

/* Longest file of those above, and of a template, in bytes. */
#define DATA_MOST ((size_t)8 << 20)

/*
 * The text of a file, to be freed; NULL with errno where it is not read.  One
 * of more bytes than most, a number of MiB, ends the program.
 */
char *data_slurp(const char *path, size_t most, size_t *len);
char *data_slurp_file(FILE *, const char *name, size_t most, size_t *len);

#endif
