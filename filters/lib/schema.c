#include <err.h>
#include <jansson.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "data.h"
#include "schema.h"
#include "shape.h"
#include "status.h"
#include "utf8.h"

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
	    "oneOf", "allOf", "dependentRequired"};
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
	for (i = 0; i < c->n; i++)
		c->lists[i] = shape_strings(
		    json_object_get(json_array_get(branches, i), "required"));
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

static void
read_dependent(struct schema *s, json_t *from)
{
	const char *key, **list;
	json_t *needs;
	size_t i, n;

	s->dependent = mem_zero(json_object_size(from), sizeof *s->dependent);
	json_object_foreach (from, key, needs) {
		n = json_array_size(needs);
		list = mem_zero(n + 2, sizeof *list);
		list[0] = key;
		for (i = 0; i < n; i++)
			list[i + 1] =
			    json_string_value(json_array_get(needs, i));
		s->dependent[s->n_dependent++] = list;
	}
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
	read_choices(s, root);
	read_dependent(s, json_object_get(root, "dependentRequired"));
	return s;
}

const struct schema *
schema_find(const char *type)
{
	static struct schema *read[N_TYPES];
	size_t i;

	for (i = 0; i < N_TYPES; i++) {
		if (strcmp(types[i], type) != 0)
			continue;
		if (read[i] == NULL)
			read[i] = read_schema(types[i]);
		return read[i];
	}
	return NULL;
}

const struct field *
schema_field(const struct schema *s, const char *name)
{
	size_t i;

	for (i = 0; i < s->rule.n_fields; i++)
		if (strcmp(s->rule.fields[i].name, name) == 0)
			return &s->rule.fields[i];
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

/*
 * The next character of a name as it counts, which stands at *at; 0 at the end.
 */
static uint32_t
next_of_name(const char **s, const char *end, const char **at)
{
	uint32_t c;
	size_t len;

	while (*s < end) {
		*at = *s;
		len = utf8_decode(*s, (size_t)(end - *s), &c);
		if (len == 0) {
			c = (unsigned char)**s;
			len = 1;
		}
		*s += len;
		if (c >= 0xff01 && c <= 0xff5e)
			c -= 0xfee0; /* full-width forms of ! to ~ */
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c > ' ' && c != '_' && c != '-' && c != 0x3000 && c != 0xa0)
			return c;
	}
	return 0;
}

void
schema_fold(struct buf *b, const char *name, size_t len)
{
	const char *end = name + len, *at;
	uint32_t c;

	buf_text(b, "");
	while ((c = next_of_name(&name, end, &at)) != 0)
		if (c < 0x80)
			buf_char(b, (char)c);
		else
			buf_add(b, at, (size_t)(name - at));
}

bool
schema_same_name(const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b), *at;
	uint32_t c, d;

	do {
		c = next_of_name(&a, a_end, &at);
		d = next_of_name(&b, b_end, &at);
	} while (c == d && c != 0);
	return c == d;
}

const char *
schema_label(const struct field *field, const char *value, enum lang lang)
{
	const struct value_rule *rule = &field->rule;
	size_t i;

	if (rule->kind == ARRAY)
		rule = rule->items;
	for (i = 0; i < rule->n_values; i++)
		if (strcmp(rule->values[i], value) == 0 &&
		    rule->labels[i].of[lang][0] != NULL)
			return rule->labels[i].of[lang][0];
	return value;
}

const char *
schema_value(const struct value_rule *rule, const char *text)
{
	const char **label;
	size_t i;
	int lang;

	for (i = 0; i < rule->n_values; i++) {
		if (schema_same_name(rule->values[i], text))
			return rule->values[i];
		for (lang = ZH; lang <= EN; lang++)
			for (label = rule->labels[i].of[lang]; *label != NULL;
			     label++)
				if (schema_same_name(*label, text))
					return rule->values[i];
	}
	return NULL;
}
