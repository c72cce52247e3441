#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "digest.h"
#include "method-private.h"
#include "status.h"
#include "utf8.h"

/* The five options of 7.13, by name and in words, for reports. */
static int
read_options(struct reading *at, const json_t *root)
{
	static const char *const names[] = {
	    "retain", "control", "accept", "avoid", "transfer"};
	static const char *const keys[] = {
	    "option", "label", "definition", NULL};
	const json_t *rows = method_list(at, root, "options", 5, 5), *row;
	const char *name;
	size_t place, item, i;

	if (rows == NULL)
		return -1;
	place = method_enter(at, "options", 0);
	for (i = 0; i < 5; i++) {
		row = json_array_get(rows, i);
		item = method_enter(at, NULL, i + 1);
		if (!json_is_object(row))
			return method_wrong(at, "not an object");
		name = json_string_value(json_object_get(row, "option"));
		if (name == NULL || strcmp(name, names[i]) != 0)
			return method_wrong(at, "option is not %s", names[i]);
		if (!method_only(at, row, keys) ||
		    method_text(at, row, "label", MOST_LABEL) < 0 ||
		    method_text(at, row, "definition", MOST_DEFINITION) < 0)
			return -1;
		method_leave(at, item);
	}
	method_leave(at, place);
	return 0;
}

/* The highest acceptable level by category of asset (7.5), where it is set. */
static int
read_maximum(struct reading *at, const json_t *root)
{
	static const char *const categories[] = {"network-device",
	    "security-device", "terminal", "server", "database", "application",
	    "data", NULL};
	const json_t *object, *value;
	const char *key;
	size_t place;

	if (json_object_get(root, "maximum_level") == NULL)
		return 0;
	object = method_object(at, root, "maximum_level", categories);
	if (object == NULL)
		return -1;
	place = method_enter(at, "maximum_level", 0);
	json_object_foreach ((json_t *)object, key, value)
		if (method_integer(at, object, key, 1, at->m->levels[RISK]) < 0)
			return -1;
	method_leave(at, place);
	return 0;
}

static int
read_name(struct reading *at, const json_t *root)
{
	const char *name = json_string_value(json_object_get(root, "name"));

	if (name == NULL || *name == '\0' || *name == '-' ||
	    strlen(name) > 100 ||
	    name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-")] != '\0')
		return method_wrong(at, "name: not 1 to 100 of a-z, 0-9 and -, "
					"or it begins with -");
	return 0;
}

static int
read_all(struct reading *at, const json_t *root)
{
	static const char *const keys[] = {"name", "title", "source", "scales",
	    "options", "asset_value", "likelihood", "loss", "risk",
	    "maximum_level", "history", "unseen", "threat_table", "cvss",
	    "words", "measures", NULL};

	if (!json_is_object(root))
		return method_wrong(at, "not an object");
	if (!method_only(at, root, keys))
		return -1;
	if (read_name(at, root) < 0 ||
	    method_text(at, root, "title", MOST_TITLE) < 0 ||
	    method_text(at, root, "source", MOST_DEFINITION) < 0 ||
	    method_read_scales(at, root) < 0 || read_options(at, root) < 0 ||
	    method_read_asset_value(at, root) < 0 ||
	    method_read_formulas(at, root) < 0 || read_maximum(at, root) < 0 ||
	    method_read_history(at, root) < 0 ||
	    method_read_threat_table(at, root) < 0 ||
	    method_read_severity(at, root) < 0)
		return -1;
	return method_read_reach(at);
}

static char *
identify(const json_t *root)
{
	char *canonical = json_dumps(root, JSON_SORT_KEYS | JSON_COMPACT);
	char digest[DIGEST_SIZE];
	struct buf id = {0};

	if (canonical == NULL)
		errx(TROUBLE, "out of memory");
	digest_text(canonical, strlen(canonical), digest);
	free(canonical);
	buf_printf(&id, "%s@%.8s",
	    json_string_value(json_object_get(root, "name")), digest);
	return id.data;
}

const char *
method_id(const struct method *m)
{
	struct method *own = (struct method *)m;

	if (m->id == NULL) /* few programs ask for it */
		own->id = identify(m->document);
	return m->id;
}

struct method *
method_read(const char *text, size_t len, struct buf *error)
{
	struct reading at = {.error = error};
	json_error_t trouble;
	struct method *m = mem_zero(1, sizeof *m);

	at.m = m;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3; /* a byte order mark, as some editors put there */
		len -= 3;
	}
	m->document = json_loadb(text, len, JSON_REJECT_DUPLICATES, &trouble);
	if (m->document == NULL) {
		buf_printf(error, "line %d: ", trouble.line);
		utf8_visible(error, trouble.text, strlen(trouble.text));
	} else if (read_all(&at, m->document) < 0) {
		json_decref(m->document);
		m->document = NULL;
	}
	buf_free(&at.place);
	if (m->document != NULL)
		return m;
	free(m);
	return NULL;
}

const struct method *
method_load(const char *name)
{
	const struct method *m;
	struct buf error = {0};
	char *text;
	size_t len;

	if (name == NULL)
		name = "tfdl-1508";
	text = data_read("schemas/methods", name, ".json", &len);
	m = method_read(text, len, &error);
	free(text);
	if (m == NULL)
		errx(TROUBLE, "method %s: %s", name, error.data);
	return m;
}
