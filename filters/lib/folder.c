#include <dirent.h>
#include <err.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "folder.h"
#include "status.h"

static struct buf path, inner; /* of the folder, and of devpdf in it */
static DIR *files;	       /* in devpdf; NULL: there is no folder */

static int
empty(void)
{
	struct dirent *entry;
	int result = 0;

	rewinddir(files);
	while ((entry = readdir(files)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0 &&
		    unlinkat(dirfd(files), entry->d_name, 0) != 0)
			result = -1;
	closedir(files);
	files = NULL;
	return result;
}

int
folder_remove(void)
{
	int result;

	if (files == NULL)
		return 0;
	result = empty();
	if (rmdir(inner.data) != 0 || rmdir(path.data) != 0)
		result = -1;
	if (result < 0)
		warn("%s", path.data);
	return result;
}

static void
remove_at_exit(void)
{
	folder_remove();
}

const char *
folder_make(void)
{
	static bool is_registered;
	const char *tmp = getenv("TMPDIR");

	/* groff takes what is behind a colon for another folder. */
	if (tmp == NULL || *tmp == '\0' || strchr(tmp, ':') != NULL)
		tmp = "/tmp";
	buf_clear(&path);
	buf_clear(&inner);
	buf_printf(&path, "%s/riskline-XXXXXX", tmp);
	buf_reserve(&inner, path.len + sizeof "/devpdf");
	if (!is_registered && atexit(remove_at_exit) != 0)
		errx(TROUBLE, "out of memory");
	is_registered = true;
	if (mkdtemp(path.data) == NULL) {
		warn("%s", path.data);
		return NULL;
	}
	buf_printf(&inner, "%s/devpdf", path.data);
	if (mkdir(inner.data, 0777) != 0 ||
	    (files = opendir(inner.data)) == NULL) {
		warn("%s", path.data);
		rmdir(inner.data);
		rmdir(path.data);
		return NULL;
	}
	return path.data;
}
