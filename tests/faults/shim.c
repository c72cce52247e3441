/*
 * Stands between a program and the C library, by LD_PRELOAD, and has one call
 * fail.
 *
 *	FAULT_LOG	a file of a struct log, which counts the calls, and
 *names them where none is to fail FAULT_MEMORY	which call for memory fails,
 *counted from 1 FAULT_CALL	which other call fails
 *	FAULT_ERRNO	with what error; 0 where it is only cut short
 *	FAULT_ON	"1": so do all calls of that kind that come after it
 */

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <iconv.h>
#include <poll.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* tests/faults.py reads it. */
static struct log {
	unsigned long memory, calls, failed;
	char name[40];	    /* of the first call that failed */
	char names[131072]; /* of the calls that are not for memory: a line each
			     */
} nothing, *seen = &nothing;

static unsigned long memory_at, call_at;
static int error, goes_on;

void *__libc_malloc(size_t);
void *__libc_calloc(size_t, size_t);
void *__libc_realloc(void *, size_t);

static unsigned long
number(const char *name)
{
	const char *text = getenv(name);

	return text != NULL ? strtoul(text, NULL, 10) : 0;
}

__attribute__((constructor)) static void
begin(void)
{
	const char *path = getenv("FAULT_LOG");
	int fd = path != NULL ? open(path, O_RDWR) : -1;
	void *log;

	if (fd < 0)
		return;
	log =
	    mmap(NULL, sizeof *seen, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	close(fd);
	if (log == MAP_FAILED)
		return;
	error = (int)number("FAULT_ERRNO");
	goes_on = number("FAULT_ON") != 0;
	unsetenv("LD_PRELOAD"); /* groff is to work */
	seen = log;
	memory_at = number("FAULT_MEMORY");
	call_at = number("FAULT_CALL");
}

/*
 * fontconfig goes on without what it lacks, and no one can tell; regcomp(3) of
 * glibc frees twice.  The programs see to it before that there is memory.
 */
static int in_library;

static int
is_now(unsigned long *count, unsigned long at, const char *name)
{
	if (seen == &nothing || in_library || ++*count < at || at == 0 ||
	    (*count > at && !goes_on))
		return 0;
	if (seen->failed++ == 0)
		strncpy(seen->name, name, sizeof seen->name - 1);
	return 1;
}

static int
no_memory(const char *name)
{
	if (!is_now(&seen->memory, memory_at, name))
		return 0;
	errno = ENOMEM;
	return 1;
}

void *
malloc(size_t n)
{
	return no_memory(__func__) ? NULL : __libc_malloc(n);
}

void *
calloc(size_t count, size_t size)
{
	return no_memory(__func__) ? NULL : __libc_calloc(count, size);
}

void *
realloc(void *old, size_t n)
{
	return n > 0 && no_memory(__func__) ? NULL : __libc_realloc(old, n);
}

static void
note(const char *name)
{
	static size_t len;
	size_t n = strlen(name);

	if (seen == &nothing || in_library || call_at > 0 || memory_at > 0 ||
	    len + n + 2 > sizeof seen->names)
		return;
	memcpy(seen->names + len, name, n);
	seen->names[len + n] = '\n';
	len += n + 1;
}

static int
fails(const char *name)
{
	note(name);
	if (!is_now(&seen->calls, call_at, name) || error == 0)
		return 0;
	errno = error;
	return 1;
}

/* A function that gives bad where it is to fail. */
#define MAY_FAIL(type, bad, name, formal, actual)                              \
	type name formal                                                       \
	{                                                                      \
		type(*real) formal = dlsym(RTLD_NEXT, #name);                  \
		return fails(#name) ? bad : real actual;                       \
	}
/* One that does its work in any case: what is closed is closed. */
#define MAY_SAY_SO(bad, name, formal, actual)                                  \
	int name formal                                                        \
	{                                                                      \
		int(*real) formal = dlsym(RTLD_NEXT, #name);                   \
		int result = real actual;                                      \
		return fails(#name) ? bad : result;                            \
	}
/* One that takes or gives so many bytes, less where it is cut short. */
#define MAY_CUT(name, formal, fd, n, actual)                                   \
	ssize_t name formal                                                    \
	{                                                                      \
		ssize_t(*real) formal = dlsym(RTLD_NEXT, #name);               \
		if (fd != STDERR_FILENO && fails(#name))                       \
			return -1;                                             \
		if (call_at > 0 && error == 0 && !in_library && n > 7)         \
			n = 7;                                                 \
		return real actual;                                            \
	}
/* One that says in the stream that it failed. */
#define MAY_MAR(name, formal, actual)                                          \
	size_t name formal                                                     \
	{                                                                      \
		size_t(*real) formal = dlsym(RTLD_NEXT, #name);                \
		if (f == stderr || !fails(#name))                              \
			return real actual;                                    \
		f->_flags |= _IO_ERR_SEEN;                                     \
		return 0;                                                      \
	}

/* One of these: all that it calls works. */
#define WORKS(type, name, formal, actual)                                      \
	type name formal                                                       \
	{                                                                      \
		type(*real) formal = dlsym(RTLD_NEXT, #name);                  \
		type result;                                                   \
		in_library++;                                                  \
		result = real actual;                                          \
		in_library--;                                                  \
		return result;                                                 \
	}

WORKS(int, regcomp, (void *regex, const char *text, int flags),
    (regex, text, flags))
WORKS(int, FcInit, (void), ())
WORKS(void *, FcNameParse, (const void *text), (text))
WORKS(int, FcPatternAddBool, (void *p, const char *name, int b), (p, name, b))
WORKS(int, FcConfigSubstitute, (void *c, void *p, int kind), (c, p, kind))
WORKS(int, FcPatternGetCharSet, (void *p, const char *o, int n, void *to),
    (p, o, n, to))
WORKS(void *, FcFontMatch, (void *c, void *p, void *to), (c, p, to))
WORKS(void *, FcFontSort, (void *c, void *p, int trim, void *s, void *to),
    (c, p, trim, s, to))

void
FcDefaultSubstitute(void *p)
{
	void (*real)(void *) = dlsym(RTLD_NEXT, "FcDefaultSubstitute");

	in_library++;
	real(p);
	in_library--;
}

MAY_FAIL(FILE *, NULL, fopen, (const char *path, const char *how), (path, how))
MAY_FAIL(FILE *, NULL, fdopen, (int fd, const char *how), (fd, how))
MAY_FAIL(int, -1, fseek, (FILE * f, long at, int from), (f, at, from))
MAY_FAIL(int, -1, stat, (const char *path, struct stat *st), (path, st))
MAY_FAIL(int, -1, fstat, (int fd, struct stat *st), (fd, st))
MAY_FAIL(off_t, -1, lseek, (int fd, off_t at, int from), (fd, at, from))
MAY_FAIL(int, -1, mkdir, (const char *path, mode_t mode), (path, mode))
MAY_FAIL(char *, NULL, mkdtemp, (char *path), (path))
MAY_FAIL(int, -1, mkstemp, (char *path), (path))
MAY_FAIL(int, -1, pipe2, (int ends[2], int flags), (ends, flags))
MAY_FAIL(int, -1, munmap, (void *at, size_t n), (at, n))
MAY_FAIL(void *, MAP_FAILED, mmap,
    (void *at, size_t n, int prot, int flags, int fd, off_t from),
    (at, n, prot, flags, fd, from))
MAY_FAIL(iconv_t, (iconv_t)-1, iconv_open, (const char *to, const char *from),
    (to, from))
MAY_FAIL(int, -1, ppoll,
    (struct pollfd * fds, nfds_t n, const struct timespec *t,
	const sigset_t *mask),
    (fds, n, t, mask))
MAY_FAIL(int, error, posix_spawnp,
    (pid_t * pid, const char *file, const posix_spawn_file_actions_t *files,
	const posix_spawnattr_t *how, char *const argv[], char *const envp[]),
    (pid, file, files, how, argv, envp))
MAY_SAY_SO(-1, close, (int fd), (fd))
MAY_SAY_SO(EOF, fclose, (FILE * f), (f))
MAY_SAY_SO(EOF, fflush, (FILE * f), (f))
MAY_CUT(read, (int fd, void *to, size_t n), fd, n, (fd, to, n))
MAY_CUT(write, (int fd, const void *from, size_t n), fd, n, (fd, from, n))
MAY_CUT(pread, (int fd, void *to, size_t n, off_t at), fd, n, (fd, to, n, at))
MAY_MAR(fread, (void *to, size_t size, size_t n, FILE *f), (to, size, n, f))
MAY_MAR(fwrite, (const void *from, size_t size, size_t n, FILE *f),
    (from, size, n, f))

int
open(const char *path, int flags, ...)
{
	int (*real)(const char *, int, ...) = dlsym(RTLD_NEXT, "open");
	mode_t mode = 0;
	va_list ap;

	va_start(ap, flags);
	if ((flags & O_CREAT) != 0)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	return fails(__func__) ? -1 : real(path, flags, mode);
}
