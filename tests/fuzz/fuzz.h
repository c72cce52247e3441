#ifndef FUZZ_H
#define FUZZ_H

#include <stddef.h>
#include <stdio.h>

#include "input.h"
#include "record.h"

/*
 * A target is a file of this folder with fuzz_one(), linked with fuzz.c, and
 * either with libFuzzer, which makes inputs up, or with replay.c, which reads
 * them from files.
 *
 * What the library refuses is no find: it says so and goes on.  A find is what
 * the sanitizers stop at, fuzz_wrong(), and a call of exit(3), which ends a
 * program only for what no input should bring about: the linker has exit()
 * called as __wrap_exit() here (--wrap=exit), also out of err(3), which is the
 * library's own.
 */

/*
 * One input, of len bytes and not one more that may be read.  What it takes of
 * memory must be free again.
 */
void fuzz_one(const char *text, size_t len);

/* Ends with what a property says that does not hold. */
_Noreturn void fuzz_wrong(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

/* Messages of the library are dropped, those of targets come here. */
extern FILE *fuzz_say;

/* The input as a file of that name, to be closed. */
struct input fuzz_input(const char *name, const char *text, size_t len);
/* The input as a file; returns its path, valid until the next is made. */
const char *fuzz_file(const char *text, size_t len);

/*
 * Does with a record what the loop of filter.c does, and sees that what would
 * be written is a record that holds.
 */
bool fuzz_take(struct record *);

/*
 * For what ends the program on bad input by its own right: runs it, and comes
 * back where it calls exit(3) or fuzz_leave().  Then all memory that it took
 * and still has is freed; what the library keeps for good must have been made
 * before.
 */
void fuzz_attempt(
    void (*run)(const char *text, size_t len), const char *text, size_t len);
_Noreturn void fuzz_leave(void);

#endif
