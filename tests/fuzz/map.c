/*
 * Maps of the user's: one that does not hold ends the program, so what is done
 * is an attempt.  One that does is given findings.
 */

#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "fuzz.h"
#include "map.h"

/* Of each form a finding with names that the maps built in have. */
static const char finding[] =
    "{\"Plugin ID\":\"10\",\"CVE\":\"CVE-2024-1\",\"Risk\":\"High\","
    "\"Host\":\"192.0.2.1\",\"Protocol\":\"tcp\",\"Port\":\"443\","
    "\"Name\":\"x\",\"CVSS\":\"7.5\",\"@pluginID\":\"5\",\"@port\":\"80\","
    "\"cve\":[\"CVE-2024-2\",\"CVE-2024-3\"],\"risk_factor\":\"Low\","
    "\"VulnerabilityID\":\"CVE-2024-4\",\"Severity\":\"HIGH\",\"Title\":\"t\","
    "\"vulnerability\":{\"id\":\"CVE-2024-5\",\"severity\":\"Medium\","
    "\"cvss\":[{\"version\":\"3.1\",\"metrics\":{\"baseScore\":9.8}}]}}";

static void
apply(const struct map *map)
{
	json_error_t error;
	const json_t *around[1];
	struct item item = {.source = "x", .line = 1, .n_around = 1};
	struct buf line = {0};
	json_t *made;

	item.value = around[0] = json_loads(finding, 0, &error);
	item.around = around;
	map_leaves(map, &item);
	map_apply(map, &item, &line);
	made = json_loadb(line.data, line.len, JSON_REJECT_DUPLICATES, &error);
	if (made == NULL)
		fuzz_wrong("%s: %s", error.text, line.data);
	json_decref(made);
	json_decref((json_t *)item.value);
	buf_free(&line);
}

/* All that the library reads once and keeps is read by maps that hold. */
static void
warm_up(void)
{
	static const char folder[] = "schemas/maps/";
	static const struct map *maps[100]; /* which nothing frees */
	const struct data_file *f;
	size_t n = 0;

	for (f = data_files; f->path != NULL; f++)
		if (strncmp(f->path, folder, strlen(folder)) == 0) {
			maps[n] = map_read(
			    fuzz_file(f->text, (size_t)(f->end - f->text)));
			apply(maps[n++]);
		}
}

static void
attempt(const char *text, size_t len)
{
	apply(map_read(fuzz_file(text, len)));
	fuzz_leave();
}

void
fuzz_one(const char *text, size_t len)
{
	static bool warm;

	if (!warm)
		warm_up();
	warm = true;
	fuzz_attempt(attempt, text, len);
}
