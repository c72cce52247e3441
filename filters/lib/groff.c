#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "groff.h"

extern char **environ;

static volatile sig_atomic_t caught;

static void
note_signal(int signal)
{
	caught = signal;
}

static const int fatal[GROFF_FATAL] = {SIGHUP, SIGINT, SIGTERM, SIGQUIT,
    SIGALRM, SIGUSR1, SIGUSR2, SIGVTALRM, SIGPROF, SIGXCPU};

/* What a failed write says too; and groff is to be waited for. */
static const int quiet[GROFF_QUIET] = {SIGPIPE, SIGXFSZ};

void
groff_hold_signals(struct groff_signals *old)
{
	struct sigaction action = {.sa_handler = note_signal};
	sigset_t set;
	size_t i;

	caught = 0;
	sigemptyset(&set);
	for (i = 0; i < GROFF_FATAL; i++)
		sigaddset(&set, fatal[i]);
	sigprocmask(SIG_BLOCK, &set, &old->mask);
	for (i = 0; i < GROFF_FATAL; i++) {
		sigaction(fatal[i], NULL, &old->actions[i]);
		if (old->actions[i].sa_handler != SIG_IGN)
			sigaction(fatal[i], &action, NULL);
	}
	action.sa_handler = SIG_IGN;
	for (i = 0; i < GROFF_QUIET; i++)
		sigaction(quiet[i], &action, &old->quiet[i]);
	action.sa_handler = SIG_DFL;
	sigaction(SIGCHLD, &action, &old->child);
}

/* What came in meanwhile comes in again. */
void
groff_release_signals(const struct groff_signals *old)
{
	size_t i;

	for (i = 0; i < GROFF_FATAL; i++)
		sigaction(fatal[i], &old->actions[i], NULL);
	for (i = 0; i < GROFF_QUIET; i++)
		sigaction(quiet[i], &old->quiet[i], NULL);
	sigaction(SIGCHLD, &old->child, NULL);
	if (caught != 0)
		raise(caught);
	sigprocmask(SIG_SETMASK, &old->mask, NULL);
}

bool
groff_was_stopped(void)
{
	return caught != 0;
}

/* One of the pipes to groff. */
struct pipe {
	int ours, theirs;
};

static bool
open_pipe(struct pipe *p, bool to_groff)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return false;
	p->ours = ends[to_groff];
	p->theirs = ends[!to_groff];
	fcntl(p->ours, F_SETFL, O_NONBLOCK);
	return true;
}

static void
close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/*
 * The environment, in which nothing of the user's (~/s.tmac, GROFF_TMAC_PATH)
 * and of the day makes the PDF another.
 */
static const char **
environment(const struct groff *r, struct buf *epoch, struct buf *home)
{
	size_t n = 0, i, j = 0;
	const char **new;

	while (environ[n] != NULL)
		n++;
	new = mem_alloc((n + 4) * sizeof *new);
	for (i = 0; i < n; i++)
		if (!begins(environ[i], "SOURCE_DATE_EPOCH=") &&
		    !begins(environ[i], "LC_ALL=") &&
		    !begins(environ[i], "HOME=") &&
		    !begins(environ[i], "GROFF_"))
			new[j++] = environ[i];
	buf_printf(epoch, "SOURCE_DATE_EPOCH=%s", r->epoch);
	new[j++] = epoch->data;
	buf_printf(home, "HOME=%s", r->folder);
	new[j++] = home->data;
	new[j++] = "LC_ALL=C";
	new[j] = NULL;
	return new;
}

static pid_t
start(const struct groff *r, const sigset_t *mask, const struct pipe pipes[3])
{
	const char *const argv[] = {"groff", "-Kutf8", "-t", "-p", "-ms",
	    "-Tpdf", "-P-e", "-F", r->folder, r->first ? "-Z" : NULL, NULL};
	posix_spawn_file_actions_t files;
	posix_spawnattr_t how;
	struct buf epoch = {0}, home = {0};
	const char **variables = environment(r, &epoch, &home);
	sigset_t defaults;
	pid_t pid;
	int i, error;

	posix_spawn_file_actions_init(&files);
	for (i = 0; i < 3; i++)
		posix_spawn_file_actions_adddup2(&files, pipes[i].theirs, i);
	posix_spawnattr_init(&how);
	sigfillset(&defaults);
	posix_spawnattr_setsigdefault(&how, &defaults);
	posix_spawnattr_setsigmask(&how, mask);
	posix_spawnattr_setpgroup(&how, 0);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGDEF |
					   POSIX_SPAWN_SETSIGMASK |
					   POSIX_SPAWN_SETPGROUP);
	/* Neither is written to; the prototype is older than const. */
	error = posix_spawnp(&pid, "groff", &files, &how,
	    (char *const *)(uintptr_t)argv,
	    (char *const *)(uintptr_t)variables);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	free(variables);
	buf_free(&epoch);
	buf_free(&home);
	errno = error;
	return error == 0 ? pid : -1;
}

static bool
is_for_now(int error)
{
	return error == EAGAIN || error == EINTR;
}

/* Reads what is there; closes the pipe at its end. */
static int
take(struct pipe *p, struct buf *b)
{
	char block[65536];
	ssize_t n = read(p->ours, block, sizeof block);

	if (n < 0)
		return is_for_now(errno) ? 0 : -1;
	if (n == 0)
		close_end(&p->ours);
	else if (b != NULL)
		buf_add(b, block, (size_t)n);
	return 0;
}

/*
 * Gives groff more of the input; closes the pipe where that is all.  Where
 * groff reads no further it says why, or ends with a status of its own.
 */
static int
give(struct groff *r, struct pipe *p, size_t *given)
{
	const struct buf *b = r->in[0];
	size_t at = *given;
	ssize_t n = 0;

	if (at >= b->len) {
		at -= b->len;
		b = r->in[1];
	}
	if (at < b->len)
		n = write(p->ours, b->data + at, b->len - at);
	if (n > 0)
		*given += (size_t)n;
	if (n < 0 && is_for_now(errno))
		return 0;
	if (n < 0 && errno != EPIPE)
		return -1;
	if (n < 0 || *given == r->in[0]->len + r->in[1]->len)
		close_end(&p->ours);
	return 0;
}

/*
 * Carries bytes to and fro until groff is done or a signal comes.  Returns -1
 * with errno where that cannot be done.
 */
static int
carry(struct groff *r, struct pipe pipes[3], const sigset_t *mask)
{
	struct pollfd fds[3];
	size_t given = 0;
	int i;

	while ((pipes[1].ours >= 0 || pipes[2].ours >= 0) && caught == 0) {
		for (i = 0; i < 3; i++)
			fds[i] = (struct pollfd){
			    pipes[i].ours, i == 0 ? POLLOUT : POLLIN, 0};
		if (ppoll(fds, 3, NULL, mask) < 0) {
			if (errno != EINTR)
				return -1;
			continue;
		}
		if ((fds[0].revents != 0 && give(r, &pipes[0], &given) < 0) ||
		    (fds[1].revents != 0 &&
			take(&pipes[1], r->first ? NULL : r->out) < 0) ||
		    (fds[2].revents != 0 && take(&pipes[2], &r->messages) < 0))
			return -1;
	}
	return 0;
}

/* Ends groff, which has a second to do so by itself. */
static void
end_groff(pid_t pid)
{
	const struct timespec pause = {0, 20000000};
	siginfo_t info = {0};
	int i;

	kill(-pid, SIGTERM);
	for (i = 0; i < 50; i++) {
		if (waitid(P_PID, (id_t)pid, &info,
			WEXITED | WNOHANG | WNOWAIT) == 0 &&
		    info.si_pid == pid)
			return;
		nanosleep(&pause, NULL);
	}
	kill(-pid, SIGKILL);
}

int
groff_run(struct groff *r, const struct groff_signals *held)
{
	struct pipe pipes[3] = {{-1, -1}, {-1, -1}, {-1, -1}};
	int status = -1, carried = -1, i;
	pid_t pid = -1;

	for (i = 0; i < 3; i++)
		if (!open_pipe(&pipes[i], i == 0))
			break;
	if (i == 3)
		pid = start(r, &held->mask, pipes);
	for (i = 0; i < 3 && pid > 0; i++)
		close_end(&pipes[i].theirs);
	if (pid > 0)
		carried = carry(r, pipes, &held->mask);
	if (carried < 0)
		warn("groff");
	if (pid > 0 && (caught != 0 || carried < 0))
		end_groff(pid);
	for (i = 0; i < 3; i++) {
		close_end(&pipes[i].theirs);
		close_end(&pipes[i].ours);
	}
	while (pid > 0 && waitpid(pid, &status, 0) < 0)
		if (errno != EINTR) {
			warn("groff");
			return -1;
		}
	return carried == 0 ? status : -1;
}
