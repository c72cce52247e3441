#include <err.h>
#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "map-private.h"
#include "shape.h"
#include "status.h"

/* A map file that is read: its name for messages, and what it becomes. */
struct reading {
	const char *path;
	struct map *map;
};

_Noreturn static void
wrong(const struct reading *at, const char *what, const char *subject)
{
	errx(TROUBLE, "%s: %s: %s", at->path, subject, what);
}

static const char **
member_strings(const json_t *object, const char *key)
{
	return shape_strings(json_object_get(object, key));
}

/*
 * Of a pattern, and of all of a map: with the repetitions written out, as
 * regcomp(3) has it, which takes a kilobyte or two for each.
 */
#define MOST_WRITTEN_OUT 10000
#define MOST_OF_ALL 50000

static regex_t *
pattern_of(const struct reading *at, const json_t *object)
{
	const char *text =
	    json_string_value(json_object_get(object, "pattern"));
	regex_t *regex;
	char reason[200];
	size_t size;
	int error;

	if (text == NULL)
		return NULL;
	size = pattern_size(text, MOST_WRITTEN_OUT);
	if (size > MOST_WRITTEN_OUT)
		wrong(at, "repeats too much", text);
	at->map->written_out += size;
	if (at->map->written_out > MOST_OF_ALL)
		wrong(at, "with the patterns before, repeats too much", text);
	regex = mem_zero(1, sizeof *regex);
	error = pattern_compile(regex, text, REG_EXTENDED | REG_ICASE);
	if (error == 0)
		return regex;
	regerror(error, regex, reason, sizeof reason);
	wrong(at, reason, text);
}

/* A field of vulnerabilities that comes with the input. */
static const struct field *
field_of(const struct reading *at, const char *name)
{
	const struct field *f =
	    schema_field(schema_find("vulnerability"), name);

	if (f == NULL || f->writer != NULL || strcmp(name, "type") == 0)
		wrong(at, "no field of vulnerabilities", name);
	return f;
}

static void
read_rules(const struct reading *at, json_t *fields)
{
	struct map *m = at->map;
	struct map_rule *r;
	const char *name;
	json_t *from;

	m->rules = mem_zero(json_object_size(fields), sizeof *m->rules);
	json_object_foreach (fields, name, from) {
		r = &m->rules[m->n_rules++];
		r->field = field_of(at, name);
		r->from = member_strings(from, "from");
		r->all = json_is_true(json_object_get(from, "all"));
		r->join = json_string_value(json_object_get(from, "join"));
		r->value = json_string_value(json_object_get(from, "value"));
		r->pattern = pattern_of(at, from);
		r->words = json_object_get(from, "words");
		r->none = member_strings(from, "none");
		if (r->all && r->field->rule.kind != ARRAY)
			wrong(at, "all, and no list", name);
		if (r->join != NULL && r->field->rule.kind == ARRAY)
			wrong(at, "join, and a list", name);
	}
}

static bool
has_rule(const struct map *m, const char *field)
{
	size_t i;

	for (i = 0; i < m->n_rules; i++)
		if (strcmp(m->rules[i].field->name, field) == 0)
			return true;
	return false;
}

static void
check_names(const struct reading *at)
{
	const struct map *m = at->map;
	const char **name;

	for (name = m->id; *name != NULL; name++)
		if (!has_rule(m, *name))
			wrong(at, "in id, and no rule for it", *name);
	for (name = m->merge; *name != NULL; name++)
		if (!has_rule(m, *name) || strcmp(*name, "host") == 0 ||
		    field_of(at, *name)->rule.kind != ARRAY)
			wrong(at, "in merge, and no list of the map but host",
			    *name);
	if (m->form != MAP_CSV && m->items[0] == NULL)
		wrong(at, "missing, and the form is not csv", "items");
	if (has_rule(m, "id"))
		wrong(at, "made of the fields of id", "id");
	if (has_rule(m, "manners") && m->n_manners > 0)
		wrong(at, "in fields and beside them", "manners");
	if (m->n_cvss > 0 &&
	    (has_rule(m, "cvss") || has_rule(m, "cvss_version") ||
		has_rule(m, "cvss_vector")))
		wrong(at, "in fields and beside them", "cvss");
}

static void
read_manners(const struct reading *at, const json_t *list)
{
	struct map *m = at->map;
	const struct field *f = field_of(at, "manners");
	struct map_manners *to;
	const char **manner, *value;
	const json_t *from;
	size_t i;

	m->manners = mem_zero(json_array_size(list), sizeof *m->manners);
	json_array_foreach (list, i, from) {
		to = &m->manners[m->n_manners++];
		to->from = member_strings(from, "from");
		to->pattern = pattern_of(at, from);
		to->manners = member_strings(from, "manners");
		for (manner = to->manners; *manner != NULL; manner++) {
			value = schema_value(f->rule.items, *manner);
			if (value == NULL)
				wrong(at, "no manner of threats", *manner);
			*manner = value;
		}
	}
}

/* Rules of what is left out, or of what alone is not. */
static struct map_left *
read_left(const struct map *m, const char *key, size_t *n)
{
	const json_t *list = json_object_get(m->document, key), *from;
	struct map_left *to = mem_zero(json_array_size(list), sizeof *to);
	size_t i;

	json_array_foreach (list, i, from) {
		to[i].from = member_strings(from, "from");
		to[i].words = member_strings(from, "words");
	}
	*n = i;
	return to;
}

static void
read_lists(const struct reading *at)
{
	struct map *m = at->map;
	const json_t *list, *from;
	size_t i;

	m->left = read_left(m, "left", &m->n_left);
	m->only = read_left(m, "only", &m->n_only);
	list = json_object_get(m->document, "cvss");
	m->cvss = mem_zero(json_array_size(list), sizeof *m->cvss);
	json_array_foreach (list, i, from) {
		m->cvss[i].version =
		    json_string_value(json_object_get(from, "version"));
		m->cvss[i].score = member_strings(from, "score");
		m->cvss[i].vector = member_strings(from, "vector");
		m->n_cvss++;
	}
	read_manners(at, json_object_get(m->document, "manners"));
}

static void
spell(const struct map *m, const char **names)
{
	for (; *names != NULL; names++)
		*names = map_spelling(m, *names);
}

/* Headings that are the same in one spelling, whichever rule they stand in. */
static void
spell_alike(struct map *m)
{
	size_t i;

	for (i = 0; i < m->n_rules; i++)
		spell(m, m->rules[i].from);
	for (i = 0; i < m->n_left; i++)
		spell(m, m->left[i].from);
	for (i = 0; i < m->n_only; i++)
		spell(m, m->only[i].from);
	for (i = 0; i < m->n_manners; i++)
		spell(m, m->manners[i].from);
	for (i = 0; i < m->n_cvss; i++) {
		spell(m, m->cvss[i].score);
		spell(m, m->cvss[i].vector);
	}
}

static json_t *
load(const char *path, const char *text, size_t len)
{
	json_error_t error;
	json_t *document =
	    json_loadb(text, len, JSON_REJECT_DUPLICATES, &error);

	if (document == NULL)
		errx(TROUBLE, "%s:%d: %s", path, error.line, error.text);
	return document;
}

/* Begins to read a map: what it is called, and which files it fits. */
static struct map *
open_map(const char *path, const char *text, size_t len)
{
	static const char *const forms[] = {"csv", "json", "xml", NULL};
	static struct map *m; /* static, as schema: held where reading ends */
	const json_t *list, *names;
	const char *form;
	size_t i;

	m = mem_zero(1, sizeof *m);
	m->path = path;
	m->document = load(path, text, len);
	m->name = json_string_value(json_object_get(m->document, "name"));
	form = json_string_value(json_object_get(m->document, "form"));
	while (form != NULL && forms[m->form] != NULL &&
	       strcmp(forms[m->form], form) != 0)
		m->form++;
	list = json_object_get(m->document, "layout");
	m->layouts = mem_zero(json_array_size(list) + 1, sizeof *m->layouts);
	json_array_foreach (list, i, names)
		m->layouts[i] = shape_strings(names);
	return m;
}

/* Reads the rest of a map, once it has proved to be of the right shape. */
static const struct map *
read_rest(struct map *m)
{
	static const char shape_file[] = "schemas/map.json";
	const struct data_file *shape = data_embedded(shape_file);
	static json_t *schema;
	struct reading at = {m->path, m};
	struct buf error = {0};

	if (m->is_read)
		return m;
	if (schema == NULL)
		schema = load(shape_file, shape->text,
		    (size_t)(shape->end - shape->text));
	if (shape_check(schema, m->document, &error) < 0)
		errx(TROUBLE, "%s: %s", m->path, error.data);
	m->items = member_strings(m->document, "items");
	m->none = member_strings(m->document, "none");
	m->id = member_strings(m->document, "id");
	m->merge = member_strings(m->document, "merge");
	read_rules(&at, json_object_get(m->document, "fields"));
	read_lists(&at);
	if (m->form == MAP_CSV)
		spell_alike(m);
	check_names(&at);
	m->is_read = true;
	return m;
}

const struct map *
map_read(const char *name)
{
	const struct map *m;
	size_t len;
	char *text = data_read("schemas/maps", name, ".json", &len);

	m = read_rest(open_map(name, text, len));
	free(text);
	return m;
}

/* Every map that is built in; few are ever needed whole. */
static struct map **
all_maps(void)
{
	static const char folder[] = "schemas/maps/";
	static struct map **maps;
	const struct data_file *f;
	size_t n = 0;

	if (maps != NULL)
		return maps;
	for (f = data_files; f->path != NULL; f++)
		n += strncmp(f->path, folder, strlen(folder)) == 0;
	maps = mem_zero(n + 1, sizeof *maps);
	for (n = 0, f = data_files; f->path != NULL; f++)
		if (strncmp(f->path, folder, strlen(folder)) == 0)
			maps[n++] = open_map(
			    f->path, f->text, (size_t)(f->end - f->text));
	return maps;
}

/* How many names of a layout there are; 0 where one of them is not there. */
static size_t
names_there(const char **layout, bool (*has)(const char *, void *), void *arg)
{
	size_t n;

	for (n = 0; layout[n] != NULL; n++)
		if (!has(layout[n], arg))
			return 0;
	return n;
}

static size_t
best_layout(const struct map *m, bool (*has)(const char *, void *), void *arg)
{
	size_t i, n, best = 0;

	for (i = 0; m->layouts[i] != NULL; i++) {
		n = names_there(m->layouts[i], has, arg);
		if (n > best)
			best = n;
	}
	return best;
}

/* Appends the names of a layout that are not there; returns their number. */
static size_t
names_missing(const char **layout, bool (*has)(const char *, void *), void *arg,
    struct buf *names)
{
	size_t n = 0;

	for (; *layout != NULL; layout++)
		if (!has(*layout, arg))
			buf_printf(names, "%s%s", n++ > 0 ? ", " : "", *layout);
	return n;
}

size_t
map_lacks(const struct map *m, bool (*has)(const char *, void *), void *arg,
    struct buf *names)
{
	struct buf missing = {0};
	size_t i, n, fewest = 0;

	for (i = 0; m->layouts[i] != NULL; i++) {
		buf_clear(&missing);
		n = names_missing(m->layouts[i], has, arg, &missing);
		if (i > 0 && n >= fewest)
			continue;
		fewest = n;
		buf_clear(names);
		buf_add(names, missing.data, missing.len);
	}
	buf_free(&missing);
	return fewest;
}

const struct map *
map_recognise(enum map_form form, bool (*has)(const char *, void *), void *arg,
    struct buf *both)
{
	struct map **m, *found = NULL;
	size_t n, most = 0;

	for (m = all_maps(); *m != NULL; m++) {
		n = (*m)->form == form ? best_layout(*m, has, arg) : 0;
		if (n == 0 || n < most)
			continue;
		buf_clear(both);
		if (n == most)
			buf_printf(both, "%s and %s", found->name, (*m)->name);
		found = *m;
		most = n;
	}
	return both->len == 0 && found != NULL ? read_rest(found) : NULL;
}
