#ifndef RECORD_H
#define RECORD_H

#include <stdbool.h>

#include "buf.h"
#include "members.h"

/*
 * A record is one JSON object on one line, and where it came from.
 *
 * The loop of filter.c owns every record; a callback borrows it for one call
 * and frees nothing; what must be kept is copied.
 *
 * The text of a record is never edited: fields that a program adds are
 * written after the ones that are there, so that what it does not know
 * stays as it was, byte for byte.
 */
#define MOST_ERRORS 20 /* that are kept of one record; all are printed */

struct record {
	const char *source; /* name of the file, "<stdin>" */
	unsigned long line; /* in that file, counted from 1 */
	const char *place;  /* in a file that has no lines; NULL elsewhere */
	const char *text;   /* the object, without a newline */
	size_t len;
	const char *came; /* what stood in the file: text, or a CSV row */
	size_t came_len;
	size_t came_bytes; /* in the file: more than came_len if it was cut */
	const char *type;  /* "" until rec_parse() has found it */
	struct parsed *parsed; /* what rec_parse() has found; or NULL */
	struct buf added;      /* fields to be written after the others */
	struct buf errors;     /* the first complaints, or empty */
	size_t n_errors;       /* all of them */
};

/*
 * Prints "program: source:line: what" on stderr and keeps what is wrong for
 * the refused record.  Returns -1, so that a callback can end with it.
 * What could steer a terminal is shown as \xNN or \uNNNN.
 */
int rec_complain(struct record *, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Complaints are kept from now on and not printed: they are said elsewhere. */
void rec_hush(void);

/*
 * Parses the text.  Returns -1 after a complaint where it is no JSON object,
 * has a key twice, or has no type that is a string.
 */
int rec_parse(struct record *);
void rec_free(struct record *);

/*
 * The record as jansson has it, with the fields that were added: made when it
 * is first asked for, owned by the record, valid until a field is added.
 */
const struct json_t *rec_object(const struct record *);

/* The fields in their order, those that were added last. */
const struct members *rec_members(const struct record *);

/*
 * The fields of a record that was checked against its schema.  A field that
 * is absent, or of another kind, is NULL, 0, false or of size 0.
 */
bool rec_has(const struct record *, const char *name);
const char *rec_string(const struct record *, const char *name);
long rec_integer(const struct record *, const char *name);
double rec_number(const struct record *, const char *name);
bool rec_boolean(const struct record *, const char *name);
/* The i-th string of a field that is a list of them. */
size_t rec_size(const struct record *, const char *name);
const char *rec_item(const struct record *, const char *name, size_t i);

/*
 * Adds a field, which the record has from then on.  Where it stands there
 * already with the same value nothing is added, so that running a program twice
 * is running it once; with another value it returns -1 after a complaint.  The
 * name must outlive the record; the value is copied.
 */
int rec_add_string(struct record *, const char *name, const char *value);
int rec_add_integer(struct record *, const char *name, long value);
int rec_add_tenths(struct record *, const char *name, long tenths);

/* Writes the record with its added fields, and a newline. */
void rec_write(struct buf *, const struct record *);
/*
 * Copies a field as it stands to a new object, under its name or as another;
 * nothing where it is absent.
 */
void rec_copy(struct buf *, const struct record *, const char *name);
void rec_copy_as(
    struct buf *, const char *as, const struct record *, const char *name);

#endif
