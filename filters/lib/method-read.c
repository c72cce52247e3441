#include <err.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "method-private.h"
#include "status.h"
#include "utf8.h"

size_t
method_enter(struct reading *at, const char *key, size_t number)
{
	size_t place = at->place.len;

	if (key == NULL)
		buf_printf(&at->place, "[%zu]", number);
	else
		buf_printf(&at->place, "%s%s", place > 0 ? "." : "", key);
	return place;
}

void
method_leave(struct reading *at, size_t place)
{
	at->place.len = place;
	at->place.data[place] = '\0';
}

int
method_wrong(struct reading *at, const char *fmt, ...)
{
	va_list arguments;

	if (at->error->len > 0)
		return -1;
	if (at->place.len > 0)
		buf_printf(at->error, "%s: ", at->place.data);
	va_start(arguments, fmt);
	buf_vprintf(at->error, fmt, arguments);
	va_end(arguments);
	return -1;
}

bool
method_only(struct reading *at, const json_t *object, const char *const *keys)
{
	const char *const *known;
	const char *key;
	struct buf name = {0};
	json_t *value;

	json_object_foreach ((json_t *)object, key, value) {
		for (known = keys; *known != NULL; known++)
			if (strcmp(*known, key) == 0)
				break;
		if (*known != NULL)
			continue;
		utf8_visible(&name, key, strlen(key));
		method_wrong(at, "unknown key, %s", name.data);
		buf_free(&name);
		return false;
	}
	return true;
}

/* The member that must be there; NULL after saying that it is not. */
static const json_t *
member_of(struct reading *at, const json_t *object, const char *key)
{
	const json_t *member = json_object_get(object, key);

	if (member == NULL)
		method_wrong(at, "%s is missing", key);
	return member;
}

const json_t *
method_object(struct reading *at, const json_t *object, const char *key,
    const char *const *keys)
{
	const json_t *member = member_of(at, object, key);
	size_t place = method_enter(at, key, 0);
	bool fine = member != NULL;

	if (fine && !json_is_object(member))
		fine = method_wrong(at, "not an object") == 0;
	fine = fine && method_only(at, member, keys);
	method_leave(at, place);
	return fine ? member : NULL;
}

const json_t *
method_list(struct reading *at, const json_t *object, const char *key,
    size_t low, size_t high)
{
	const json_t *member = member_of(at, object, key);
	size_t place = method_enter(at, key, 0), n = json_array_size(member);
	bool fine = json_is_array(member) && n >= low && n <= high;

	if (!fine && low < high)
		method_wrong(at, "not a list of %zu to %zu", low, high);
	else if (!fine)
		method_wrong(at, "not a list of %zu", low);
	method_leave(at, place);
	return fine ? member : NULL;
}

int
method_integer(struct reading *at, const json_t *object, const char *key,
    int low, int high)
{
	const json_t *member = member_of(at, object, key);
	size_t place;

	if (json_is_integer(member) && json_integer_value(member) >= low &&
	    json_integer_value(member) <= high)
		return (int)json_integer_value(member);
	place = method_enter(at, key, 0);
	if (low < high)
		method_wrong(at, "not a whole number in %d..%d", low, high);
	else
		method_wrong(at, "not %d", low);
	method_leave(at, place);
	return -1;
}

int
method_word(struct reading *at, const json_t *object, const char *key,
    const char *const *words, bool may_be_absent)
{
	const json_t *member = json_object_get(object, key);
	const char *text = json_string_value(member);
	struct buf list = {0};
	size_t place;
	int i;

	if (member == NULL && may_be_absent)
		return 0;
	if (member_of(at, object, key) == NULL)
		return -1;
	for (i = 0; words[i] != NULL; i++) {
		if (text != NULL && strcmp(words[i], text) == 0)
			break;
		buf_printf(&list, "%s%s", i > 0 ? ", " : "", words[i]);
	}
	if (words[i] == NULL) {
		place = method_enter(at, key, 0);
		method_wrong(at, "not one of %s", list.data);
		method_leave(at, place);
		i = -1;
	}
	buf_free(&list);
	return i;
}

/* Whether a text can be shown: no control characters, not blank. */
static bool
is_plain(const char *text)
{
	size_t n = strlen(text), len;
	bool blank = true;
	uint32_t c;

	for (; n > 0; text += len, n -= len) {
		len = utf8_decode(text, n, &c);
		if (len == 0 || c < 0x20 || (c >= 0x7f && c < 0xa0) ||
		    (c >= 0x202a && c <= 0x202e) ||
		    (c >= 0x2066 && c <= 0x2069))
			return false;
		blank = blank && (c == ' ' || c == 0xa0 || c == 0x3000);
	}
	return !blank;
}

int
method_text(
    struct reading *at, const json_t *object, const char *key, size_t most)
{
	static const char *const languages[] = {"zh", "en", NULL};
	const json_t *text = method_object(at, object, key, languages);
	const json_t *in;
	const char *value;
	size_t place;
	int i, status = 0;

	if (text == NULL)
		return -1;
	place = method_enter(at, key, 0);
	for (i = 0; i < 2 && status == 0; i++) {
		in = member_of(at, text, languages[i]);
		value = json_string_value(in);
		if (in == NULL)
			status = -1;
		else if (value == NULL || !is_plain(value))
			status = method_wrong(at,
			    "%s is not a text, is blank, or has control "
			    "characters",
			    languages[i]);
		else if (utf8_count(value, strlen(value)) > most)
			status =
			    method_wrong(at, "%s has more than %zu characters",
				languages[i], most);
	}
	method_leave(at, place);
	return status;
}
