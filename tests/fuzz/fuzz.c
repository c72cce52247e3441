#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "fuzz.h"
#include "refused.h"
#include "schema.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
/* Of the sanitizers; gcc has no header for it. */
int __sanitizer_install_malloc_and_free_hooks(
    void (*taken)(const volatile void *, size_t),
    void (*given_back)(const volatile void *));
_Noreturn void __wrap_exit(int status);
_Noreturn void __real_exit(int status);

FILE *fuzz_say;
static bool running;
static bool may_leave; /* in fuzz_attempt() */
static jmp_buf door;

_Noreturn void
fuzz_wrong(const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	vfprintf(fuzz_say, fmt, ap);
	va_end(ap);
	fputc('\n', fuzz_say);
	fflush(fuzz_say);
	abort();
}

_Noreturn void
fuzz_leave(void)
{
	longjmp(door, 1);
}

_Noreturn void
__wrap_exit(int status)
{
	if (may_leave)
		fuzz_leave();
	if (running)
		fuzz_wrong("exit(%d)", status);
	__real_exit(status);
}

/* What is taken in an attempt and not given back yet. */
static const volatile void *taken[1 << 20];
static size_t n_taken;

static void
note_taken(const volatile void *block, size_t size)
{
	(void)size;
	if (!may_leave || block == NULL)
		return;
	if (n_taken == sizeof taken / sizeof taken[0]) {
		may_leave = false;
		fuzz_wrong("too much memory is taken to be given back");
	}
	taken[n_taken++] = block;
}

/* Mostly it is one of the last. */
static void
note_given_back(const volatile void *block)
{
	size_t i = n_taken;

	while (may_leave && i > 0)
		if (taken[--i] == block) {
			taken[i] = taken[--n_taken];
			break;
		}
}

void
fuzz_attempt(void (*run)(const char *, size_t), const char *text, size_t len)
{
	static bool hooked;

	if (!hooked && __sanitizer_install_malloc_and_free_hooks(
			   note_taken, note_given_back) == 0)
		abort();
	hooked = true;
	n_taken = 0;
	if (setjmp(door) == 0) {
		may_leave = true;
		run(text, len);
		may_leave = false;
		return;
	}
	may_leave = false;
	while (n_taken > 0)
		free((void *)taken[--n_taken]);
}

/* The file of an input: one, which each takes in turn. */
static int
fill_file(const char *text, size_t len)
{
	static int fd = -1;

	if (fd < 0)
		fd = memfd_create("input", MFD_CLOEXEC);
	if (fd < 0 || ftruncate(fd, 0) < 0 ||
	    pwrite(fd, text, len, 0) != (ssize_t)len || lseek(fd, 0, SEEK_SET))
		abort();
	return fd;
}

const char *
fuzz_file(const char *text, size_t len)
{
	static char path[40];

	snprintf(path, sizeof path, "/dev/fd/%d", fill_file(text, len));
	return path;
}

struct input
fuzz_input(const char *name, const char *text, size_t len)
{
	struct input in = {.name = name};

	in.fd = dup(fill_file(text, len));
	return in;
}

/* Sees that a line is a record that holds. */
static void
check_line(const struct buf *line)
{
	struct record r = {.source = "again", .text = line->data};
	const struct schema *s;

	if (line->len == 0 ||
	    memchr(line->data, '\n', line->len) != line->data + line->len - 1)
		fuzz_wrong("not a line: %s", line->data);
	r.len = line->len - 1;
	if (rec_parse(&r) < 0 ||
	    ((s = schema_find(r.type)) != NULL && schema_check(s, &r) < 0))
		fuzz_wrong("%s: %s", r.errors.data, line->data);
	rec_free(&r);
}

bool
fuzz_take(struct record *r)
{
	const struct schema *s;
	struct buf line = {0};
	bool refused =
	    r->n_errors > 0 || rec_parse(r) < 0 ||
	    ((s = schema_find(r->type)) != NULL && schema_check(s, r) < 0);

	if (refused)
		refused_write(&line, r);
	else
		rec_write(&line, r);
	check_line(&line);
	buf_free(&line);
	return refused;
}

int
LLVMFuzzerInitialize(int *argc, char ***argv)
{
	/* Not of memory that is taken in an attempt, and given back behind it.
	 */
	static char buffer[BUFSIZ];

	(void)argc;
	(void)argv;
	fuzz_say = stderr;
	stderr = fopen("/dev/null", "w");
	return stderr == NULL ||
	       setvbuf(stderr, buffer, _IOFBF, sizeof buffer) != 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	running = true;
	fuzz_one((const char *)data, size);
	running = false;
	return 0;
}
