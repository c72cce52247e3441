#include <err.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "data.h"
#include "members.h"
#include "schema.h"
#include "shape.h"
#include "status.h"

static const char *const types[] = {"assessment", "asset", "threat", "exposure",
    "incident", "vulnerability", "risk", "decision", "treatment", "residual",
    "approval", "inspection", "change", "finding", "refused", NULL};

#define N_TYPES (sizeof types / sizeof types[0] - 1)

const char *const *
schema_types(void)
{
	return types;
}

static struct names
names_of(const json_t *in_languages)
{
	struct names names;

	names.of[ZH] = shape_strings(json_object_get(in_languages, "zh"));
	names.of[EN] = shape_strings(json_object_get(in_languages, "en"));
	return names;
}

/* Keywords that are read elsewhere, or say nothing of what is valid. */
static bool
is_known(const char *keyword)
{
	static const char *const known[] = {"title", "description", "titles",
	    "labels", "writer", "key", "scale", "score", "decimals", "anyOf",
	    "oneOf", "allOf", "dependentRequired", "joins", "notBefore"};
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (strcmp(known[i], keyword) == 0)
			return true;
	return false;
}

static void read_rule(struct value_rule *, json_t *, const char *where);

static struct {
	const char *scale;
	int highest;
} limits[16];

void
schema_limit(const char *scale, int highest)
{
	size_t i = 0;

	while (limits[i].scale != NULL)
		i++;
	limits[i].scale = scale;
	limits[i].highest = highest;
}

/* A level is none that the method in force lacks. */
static void
limit_level(struct field *field)
{
	size_t i;

	for (i = 0; limits[i].scale != NULL; i++)
		if (field->scale != NULL &&
		    strcmp(limits[i].scale, field->scale) == 0)
			field->rule.maximum = limits[i].highest;
}

static void
read_fields(struct value_rule *rule, json_t *properties)
{
	struct field *field;
	const char *name;
	json_t *property;

	rule->fields =
	    mem_zero(json_object_size(properties), sizeof *rule->fields);
	json_object_foreach (properties, name, property) {
		field = &rule->fields[rule->n_fields++];
		field->name = name;
		field->len = strlen(name);
		field->titles = names_of(json_object_get(property, "titles"));
		field->writer =
		    json_string_value(json_object_get(property, "writer"));
		field->scale =
		    json_string_value(json_object_get(property, "scale"));
		field->score =
		    json_string_value(json_object_get(property, "score"));
		field->decimals = (int)json_integer_value(
		    json_object_get(property, "decimals"));
		read_rule(&field->rule, property, name);
		limit_level(field);
	}
}

static void
read_values(struct value_rule *rule, const json_t *labels)
{
	size_t i;

	for (i = 0; rule->values[i] != NULL; i++)
		;
	rule->n_values = i;
	rule->labels = mem_zero(i, sizeof *rule->labels);
	for (i = 0; i < rule->n_values; i++)
		rule->labels[i] =
		    names_of(json_object_get(labels, rule->values[i]));
}

static enum kind
kind_of(const char *type, const char *where)
{
	static const char *const kinds[] = {
	    "string", "integer", "number", "boolean", "array", "object"};
	size_t i;

	for (i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
		if (type != NULL && strcmp(kinds[i], type) == 0)
			return (enum kind)i;
	errx(TROUBLE, "schema of %s: type is not known here", where);
}

static void
read_rule(struct value_rule *rule, json_t *from, const char *where)
{
	static const char *const yes_no[] = {"true", "false", NULL};
	const char *key;
	json_t *value;
	bool closed = false;

	rule->max_length = SIZE_MAX;
	json_object_foreach (from, key, value) {
		if (strcmp(key, "type") == 0) {
			rule->kind = kind_of(json_string_value(value), where);
		} else if (strcmp(key, "const") == 0) {
			rule->values = mem_zero(2, sizeof *rule->values);
			rule->values[0] = json_string_value(value);
			closed = true;
		} else if (strcmp(key, "enum") == 0) {
			rule->values = shape_strings(value);
			closed = true;
		} else if (strcmp(key, "minimum") == 0) {
			rule->has_minimum = true;
			rule->minimum = json_number_value(value);
		} else if (strcmp(key, "maximum") == 0) {
			rule->has_maximum = true;
			rule->maximum = json_number_value(value);
		} else if (strcmp(key, "minLength") == 0 ||
			   strcmp(key, "minItems") == 0) {
			rule->min_length = (size_t)json_integer_value(value);
		} else if (strcmp(key, "maxLength") == 0 ||
			   strcmp(key, "maxItems") == 0) {
			rule->max_length = (size_t)json_integer_value(value);
		} else if (strcmp(key, "pattern") == 0) {
			rule->pattern = json_string_value(value);
			if (rule->form == NULL)
				rule->form = rule->pattern;
		} else if (strcmp(key, "form") == 0) {
			rule->form = json_string_value(value);
		} else if (strcmp(key, "format") == 0 &&
			   strcmp(json_string_value(value), "date") == 0) {
			rule->is_date = true;
		} else if (strcmp(key, "format") == 0 &&
			   strcmp(json_string_value(value),
			       "local-date-time") == 0) {
			rule->is_moment = true;
		} else if (strcmp(key, "items") == 0) {
			rule->items = mem_zero(1, sizeof *rule->items);
			read_rule(rule->items, value, where);
		} else if (strcmp(key, "properties") == 0) {
			read_fields(rule, value);
		} else if (strcmp(key, "required") == 0) {
			rule->required = shape_strings(value);
		} else if (*key != '$' && !is_known(key)) {
			errx(TROUBLE, "schema of %s: keyword %s is not known",
			    where, key);
		}
	}
	if (rule->kind == BOOLEAN) {
		rule->values = (const char **)yes_no;
		closed = true;
	}
	if (closed)
		read_values(rule, json_object_get(from, "labels"));
}

/* Enters the names of the fields by their hash. */
static void
hash_fields(struct schema *s)
{
	size_t i;
	unsigned char slot;

	if (s->rule.n_fields > SCHEMA_FIELDS)
		errx(TROUBLE, "schema of %s: more than %d fields", s->type,
		    SCHEMA_FIELDS);
	for (i = 0; i < s->rule.n_fields; i++) {
		slot =
		    members_hash(s->rule.fields[i].name, s->rule.fields[i].len);
		while (s->slots[slot] != 0)
			slot++;
		s->slots[slot] = (unsigned char)(i + 1);
	}
}

const struct field *
schema_field_of(
    const struct schema *s, const char *name, size_t len, unsigned char slot)
{
	const struct field *f;

	for (; s->slots[slot] != 0; slot++) {
		f = &s->rule.fields[s->slots[slot] - 1];
		if (f->len == len && memcmp(f->name, name, len) == 0)
			return f;
	}
	return NULL;
}

const struct field *
schema_field(const struct schema *s, const char *name)
{
	size_t len = strlen(name);

	return schema_field_of(s, name, len, members_hash(name, len));
}

/* The set of the fields in a list, which ends in NULL. */
static uint64_t
set_of(const struct schema *s, const char **list)
{
	const struct field *f;
	uint64_t set = 0;

	for (; *list != NULL; list++) {
		f = schema_field(s, *list);
		if (f == NULL)
			errx(TROUBLE, "schema of %s: %s is no field", s->type,
			    *list);
		set |= UINT64_C(1) << (f - s->rule.fields);
	}
	return set;
}

static void
read_choice(struct schema *s, const json_t *branches, bool one)
{
	struct choice *c;
	size_t i;

	s->choices =
	    mem_resize(s->choices, (s->n_choices + 1) * sizeof *s->choices);
	c = &s->choices[s->n_choices++];
	c->one = one;
	c->n = json_array_size(branches);
	c->lists = mem_zero(c->n, sizeof *c->lists);
	c->sets = mem_zero(c->n, sizeof *c->sets);
	for (i = 0; i < c->n; i++) {
		c->lists[i] = shape_strings(
		    json_object_get(json_array_get(branches, i), "required"));
		c->sets[i] = set_of(s, c->lists[i]);
	}
}

static void
read_choices(struct schema *s, json_t *from)
{
	json_t *branches, *part;
	size_t i;

	if ((branches = json_object_get(from, "anyOf")) != NULL)
		read_choice(s, branches, false);
	if ((branches = json_object_get(from, "oneOf")) != NULL)
		read_choice(s, branches, true);
	json_array_foreach (json_object_get(from, "allOf"), i, part)
		read_choices(s, part);
}

/* Lists of a field and those that an object has for it. */
static const char ***
read_lists(json_t *from, size_t *n)
{
	const char *key, **list, ***lists;
	json_t *names;
	size_t i, count;

	*n = 0;
	lists = mem_zero(json_object_size(from), sizeof *lists);
	json_object_foreach (from, key, names) {
		count = json_array_size(names);
		list = mem_zero(count + 2, sizeof *list);
		list[0] = key;
		for (i = 0; i < count; i++)
			list[i + 1] =
			    json_string_value(json_array_get(names, i));
		lists[(*n)++] = list;
	}
	return lists;
}

static void
read_dependent(struct schema *s, json_t *from)
{
	size_t i;

	s->dependent = read_lists(from, &s->n_dependent);
	s->needed = mem_zero(s->n_dependent, sizeof *s->needed);
	for (i = 0; i < s->n_dependent; i++)
		s->needed[i] = set_of(s, s->dependent[i]);
}

static struct schema *
read_schema(const char *type)
{
	const struct data_file *file;
	struct buf path = {0};
	struct schema *s = mem_zero(1, sizeof *s);
	json_error_t error;
	json_t *root, *titles;

	buf_printf(&path, "schemas/%s.json", type);
	file = data_embedded(path.data);
	if (file == NULL)
		errx(TROUBLE, "%s: not built in", path.data);
	root = json_loadb(file->text, (size_t)(file->end - file->text),
	    JSON_REJECT_DUPLICATES, &error);
	if (root == NULL)
		errx(TROUBLE, "%s:%d: %s", path.data, error.line, error.text);
	buf_free(&path);
	s->type = type;
	s->root = root;
	titles = json_object_get(root, "titles");
	s->title[ZH] =
	    json_string_value(json_array_get(json_object_get(titles, "zh"), 0));
	s->title[EN] =
	    json_string_value(json_array_get(json_object_get(titles, "en"), 0));
	s->writer = json_string_value(json_object_get(root, "writer"));
	if (json_object_get(root, "key") != NULL)
		s->key = shape_strings(json_object_get(root, "key"));
	read_rule(&s->rule, root, type);
	hash_fields(s);
	s->required = set_of(s, s->rule.required);
	read_choices(s, root);
	read_dependent(s, json_object_get(root, "dependentRequired"));
	s->joined = read_lists(json_object_get(root, "joins"), &s->n_joined);
	s->ordered =
	    read_lists(json_object_get(root, "notBefore"), &s->n_ordered);
	return s;
}

const struct schema *
schema_find(const char *type)
{
	static struct schema *read[N_TYPES], *last;
	size_t i;

	/* Most records come behind another of their type. */
	if (last != NULL && strcmp(last->type, type) == 0)
		return last;
	for (i = 0; i < N_TYPES; i++) {
		if (strcmp(types[i], type) != 0)
			continue;
		if (read[i] == NULL)
			read[i] = read_schema(types[i]);
		return last = read[i];
	}
	return NULL;
}

bool
schema_key(const struct schema *s, const struct record *r, struct buf *key)
{
	size_t i;

	if (s == NULL || s->key == NULL)
		return false;
	for (i = 0; s->key[i] != NULL; i++)
		buf_printf(
		    key, "%s%s", i > 0 ? "/" : "", rec_string(r, s->key[i]));
	return true;
}

int
schema_complain_twice(const struct schema *s, struct record *r)
{
	return rec_complain(r, "another %s%s is there already", r->type,
	    s->key[0] == NULL ? "" : " of the same id");
}
