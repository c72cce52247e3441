/*
 * Runs a command and writes what it took.
 *
 *     measure [-i input] [-n runs] -o result command [argument ...]
 *
 * A line is added to result for each run: when it began and ended, in
 * nanoseconds of the monotonic clock, the user and system time of it and its
 * children in microseconds, and the most memory that one of these held, in
 * KiB.  It is small, since a process begins with the memory of its parent.
 * Its exit status is the highest of the command's.
 */

#include <err.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int64_t
microseconds(struct timeval t)
{
	return (int64_t)t.tv_sec * 1000000 + t.tv_usec;
}

/* Returns the exit status of the command. */
static int
run(const char *input, FILE *result, char *command[])
{
	posix_spawn_file_actions_t files;
	struct rusage use;
	int64_t begin, end;
	int status;
	pid_t pid;

	posix_spawn_file_actions_init(&files);
	if (input != NULL)
		posix_spawn_file_actions_addopen(&files, 0, input, O_RDONLY, 0);
	begin = now();
	if (posix_spawnp(&pid, command[0], &files, NULL, command, environ) != 0)
		errx(EXIT_FAILURE, "%s: cannot be run", command[0]);
	if (wait4(pid, &status, 0, &use) < 0)
		err(EXIT_FAILURE, "%s", command[0]);
	end = now();
	posix_spawn_file_actions_destroy(&files);
	fprintf(result, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %ld\n",
	    begin, end, microseconds(use.ru_utime), microseconds(use.ru_stime),
	    use.ru_maxrss);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static void
usage(void)
{
	fputs("usage: measure [-i input] [-n runs] -o result command "
	      "[argument ...]\n",
	    stderr);
	exit(EXIT_FAILURE);
}

int
main(int argc, char *argv[])
{
	const char *input = NULL, *path = NULL;
	int option, runs = 1, status, worst = 0;
	FILE *result;

	while ((option = getopt(argc, argv, "+i:n:o:")) != -1)
		if (option == 'i')
			input = optarg;
		else if (option == 'n')
			runs = atoi(optarg);
		else if (option == 'o')
			path = optarg;
		else
			usage();
	if (path == NULL || optind == argc)
		usage();
	result = fopen(path, "ae");
	if (result == NULL)
		err(EXIT_FAILURE, "%s", path);
	while (runs-- > 0) {
		status = run(input, result, argv + optind);
		worst = status > worst ? status : worst;
	}
	if (fclose(result) != 0)
		err(EXIT_FAILURE, "%s", path);
	return worst;
}
