#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "item.h"

#define NUMBER_SIZE 64 /* more than any number takes */

/* One step of a path: NAME, or NAME[MEMBER=TEXT]; member NULL without. */
struct step {
	const char *name, *member, *text;
	size_t name_len, member_len, text_len;
};

/*
 * The text of a value that is no list, or NULL; number is room for those that
 * are no text yet.
 */
static const char *
text_of(const json_t *value, char number[NUMBER_SIZE], size_t *len)
{
	if (json_is_object(value))
		value = json_object_get(value, "#text");
	if (json_is_string(value)) {
		*len = json_string_length(value);
		return json_string_value(value);
	}
	if (!json_is_number(value) && !json_is_boolean(value))
		return NULL;
	*len = json_dumpb(value, number, NUMBER_SIZE,
	    JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
	return number;
}

static void
add_texts(const json_t *value, struct texts *to)
{
	char number[NUMBER_SIZE];
	const char *text;
	size_t i, len;
	json_t *member;

	json_array_foreach (value, i, member)
		add_texts(member, to);
	text = json_is_array(value) ? NULL : text_of(value, number, &len);
	if (text == NULL)
		return;
	texts_add(to, text, len);
}

/* Whether one of the texts of a value is this one. */
static bool
has_text(const json_t *value, const char *wanted, size_t wanted_len)
{
	char number[NUMBER_SIZE];
	const char *text;
	size_t i, len;
	json_t *member;

	json_array_foreach (value, i, member)
		if (has_text(member, wanted, wanted_len))
			return true;
	text = json_is_array(value) ? NULL : text_of(value, number, &len);
	return text != NULL && len == wanted_len &&
	       memcmp(text, wanted, len) == 0;
}

/*
 * Takes the first step of a path apart; returns what is behind it.  TEXT may
 * have anything in it but "]"; a bracket that is no such condition belongs to
 * the name.
 */
static const char *
take_step(const char *path, struct step *step)
{
	const char *bracket, *equals, *end;

	*step = (struct step){.name = path};
	step->name_len = strcspn(path, "/");
	bracket = memchr(path, '[', step->name_len);
	equals = bracket != NULL ? strchr(bracket, '=') : NULL;
	end = equals != NULL ? strchr(equals, ']') : NULL;
	if (end != NULL && (end[1] == '/' || end[1] == '\0')) {
		step->name_len = (size_t)(bracket - path);
		step->member = bracket + 1;
		step->member_len = (size_t)(equals - step->member);
		step->text = equals + 1;
		step->text_len = (size_t)(end - step->text);
		path = end + 1;
	} else {
		path += step->name_len;
	}
	return *path == '/' ? path + 1 : path;
}

/* Appends what stands under a path, where the step that led here holds. */
static void
walk(const json_t *value, const struct step *from, const char *path,
    struct texts *to)
{
	struct step step;
	const char *name, *rest;
	json_t *member;
	size_t i;

	json_array_foreach (value, i, member)
		walk(member, from, path, to);
	if (json_is_array(value) ||
	    (from->member != NULL &&
		!has_text(
		    json_object_getn(value, from->member, from->member_len),
		    from->text, from->text_len)))
		return;
	member = json_object_get(value, path);
	if (*path == '\0' || member != NULL) {
		add_texts(*path == '\0' ? value : member, to);
		return;
	}
	rest = take_step(path, &step);
	if (step.name_len == 1 && *step.name == '*')
		json_object_foreach ((json_t *)value, name, member)
			walk(member, &step, rest, to);
	else
		walk(json_object_getn(value, step.name, step.name_len), &step,
		    rest, to);
}

void
item_texts(const struct item *item, const char *path, struct texts *to)
{
	static const struct step none;
	const json_t *value = item->value;
	size_t above = 0;

	while (strncmp(path, "..", 2) == 0 &&
	       (path[2] == '/' || path[2] == '\0')) {
		if (above == item->n_around)
			return;
		value = item->around[above++];
		path += path[2] == '/' ? 3 : 2;
	}
	walk(value, &none, path, to);
}

void
texts_add(struct texts *to, const char *text, size_t len)
{
	to->of = mem_room(to->of, to->n, sizeof *to->of);
	to->of[to->n++] = mem_text(text, len);
}

void
texts_free(struct texts *texts)
{
	size_t i;

	for (i = 0; i < texts->n; i++)
		free(texts->of[i]);
	free(texts->of);
	*texts = (struct texts){0};
}
