#include <err.h>
#include <stdbool.h>
#include <string.h>

#include "pattern.h"
#include "shape.h"
#include "status.h"
#include "utf8.h"

/* A check under way: the whole schema, where the value stands, what is wrong.
 */
struct shape {
	const json_t *root;
	struct buf place;
	struct buf *error;
};

static int check(struct shape *, const json_t *schema, const json_t *value);

static int
wrong(struct shape *s, const char *what, const char *subject)
{
	if (s->place.len > 0)
		utf8_visible(s->error, s->place.data, s->place.len);
	buf_printf(s->error, "%s%s", s->place.len > 0 ? ": " : "", what);
	/* Schemas have names alone there. */
	utf8_visible(s->error, subject, strlen(subject)); /* NOLINT */
	return -1;
}

/* Checks a part, whose place is added to that of the whole. */
static int
check_part(struct shape *s, const json_t *schema, const json_t *value,
    const char *key, size_t number)
{
	size_t place = s->place.len;
	int status;

	if (key != NULL)
		buf_printf(&s->place, "%s%s", place > 0 ? "." : "", key);
	else
		buf_printf(&s->place, "[%zu]", number);
	status = check(s, schema, value);
	s->place.len = place;
	s->place.data[place] = '\0';
	return status;
}

static int
check_type(struct shape *s, const char *type, const json_t *value)
{
	const struct {
		const char *name, *what;
		bool is;
	} types[] = {{"object", "not an object", json_is_object(value)},
	    {"array", "not a list", json_is_array(value)},
	    {"string", "not a string", json_is_string(value)},
	    {"boolean", "not true or false", json_is_boolean(value)},
	    {"integer", "not a whole number", json_is_integer(value)}};
	size_t i;

	for (i = 0; i < sizeof types / sizeof types[0]; i++)
		if (strcmp(types[i].name, type) == 0)
			return types[i].is ? 0 : wrong(s, types[i].what, "");
	errx(TROUBLE, "type %s is not known", type);
}

static int
check_enum(struct shape *s, const json_t *allowed, const json_t *value)
{
	struct buf list = {0};
	const json_t *one;
	size_t i;

	json_array_foreach (allowed, i, one) {
		if (json_equal(one, value)) {
			buf_free(&list);
			return 0;
		}
		buf_printf(
		    &list, "%s%s", i > 0 ? ", " : "", json_string_value(one));
	}
	wrong(s, "not one of ", list.data);
	buf_free(&list);
	return -1;
}

static int
check_pattern(struct shape *s, const char *pattern, const json_t *value)
{
	struct pattern *p = pattern_make(pattern);
	bool matches = pattern_matches(p, json_string_value(value));

	pattern_free(p);
	return matches ? 0 : wrong(s, "not of the form ", pattern);
}

static int
check_required(struct shape *s, const json_t *names, const json_t *value)
{
	const json_t *name;
	size_t i;

	json_array_foreach (names, i, name)
		if (json_object_get(value, json_string_value(name)) == NULL)
			return wrong(s, "missing: ", json_string_value(name));
	return 0;
}

/* The members that properties names, and what there is besides. */
static int
check_members(struct shape *s, const json_t *schema, const json_t *value)
{
	const json_t *properties = json_object_get(schema, "properties");
	const json_t *others = json_object_get(schema, "additionalProperties");
	const json_t *rule;
	const char *key;
	json_t *member;

	json_object_foreach ((json_t *)value, key, member) {
		rule = json_object_get(properties, key);
		if (rule == NULL)
			rule = others;
		if (json_is_false(rule))
			return wrong(s, "unknown key, ", key);
		if (rule != NULL && check_part(s, rule, member, key, 0) < 0)
			return -1;
	}
	return 0;
}

/* A limit that a keyword sets, where n is on its wrong side. */
static int
check_size(struct shape *s, const char *keyword, json_int_t limit, size_t n)
{
	if (strncmp(keyword, "min", 3) == 0)
		return (json_int_t)n >= limit ? 0 : wrong(s, "too short", "");
	return (json_int_t)n <= limit ? 0 : wrong(s, "too long", "");
}

static int
check_keyword(struct shape *s, const json_t *schema, const char *keyword,
    json_t *argument, const json_t *value)
{
	static const char *const notes[] = {
	    "$schema", "$id", "$defs", "title", "description", "properties"};
	const char *text = json_string_value(argument), *key;
	json_t *item;
	size_t i;

	if (strcmp(keyword, "$ref") == 0)
		return check(s,
		    json_object_get(json_object_get(s->root, "$defs"),
			text + strlen("#/$defs/")),
		    value);
	if (strcmp(keyword, "type") == 0)
		return check_type(s, text, value);
	if (strcmp(keyword, "enum") == 0)
		return check_enum(s, argument, value);
	if (strcmp(keyword, "pattern") == 0)
		return check_pattern(s, text, value);
	if (strcmp(keyword, "required") == 0)
		return check_required(s, argument, value);
	if (strcmp(keyword, "additionalProperties") == 0)
		return check_members(s, schema, value);
	if (strcmp(keyword, "dependentRequired") == 0) {
		json_object_foreach (argument, key, item)
			if (json_object_get(value, key) != NULL &&
			    check_required(s, item, value) < 0)
				return -1;
		return 0;
	}
	if (strcmp(keyword, "items") == 0) {
		json_array_foreach (value, i, item)
			if (check_part(s, argument, item, NULL, i + 1) < 0)
				return -1;
		return 0;
	}
	if (strcmp(keyword + 3, "Items") == 0)
		return check_size(s, keyword, json_integer_value(argument),
		    json_array_size(value));
	if (strcmp(keyword + 3, "Properties") == 0)
		return check_size(s, keyword, json_integer_value(argument),
		    json_object_size(value));
	if (strcmp(keyword + 3, "Length") == 0)
		return check_size(s, keyword, json_integer_value(argument),
		    utf8_count(
			json_string_value(value), json_string_length(value)));
	for (i = 0; i < sizeof notes / sizeof notes[0]; i++)
		if (strcmp(notes[i], keyword) == 0)
			return 0;
	errx(TROUBLE, "keyword %s is not known", keyword);
}

static int
check(struct shape *s, const json_t *schema, const json_t *value)
{
	const char *type = json_string_value(json_object_get(schema, "type"));
	const char *keyword;
	json_t *argument;

	/* The other keywords are only of values of the type. */
	if (type != NULL && check_type(s, type, value) < 0)
		return -1;
	json_object_foreach ((json_t *)schema, keyword, argument)
		if (check_keyword(s, schema, keyword, argument, value) < 0)
			return -1;
	return 0;
}

const char **
shape_strings(const json_t *list)
{
	size_t i, n = json_array_size(list);
	const char **strings = mem_zero(n + 1, sizeof *strings);

	for (i = 0; i < n; i++)
		strings[i] = json_string_value(json_array_get(list, i));
	return strings;
}

int
shape_check(const json_t *schema, const json_t *value, struct buf *error)
{
	struct shape s = {.root = schema, .error = error};
	int status;

	buf_add(&s.place, "", 0);
	status = check(&s, schema, value);
	buf_free(&s.place);
	return status;
}
