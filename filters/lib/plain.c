#include <stdint.h>
#include <string.h>

#include "eight.h"
#include "plain.h"
#include "utf8.h"

#define MOST_MEMBERS 64
#define MOST_ITEMS 256
#define MOST_DIGITS 15 /* every whole number of so many is a double */
#define ROOM 16	       /* NUL bytes behind the line: eight are read at once */

/* The keys of the line that is gone through: a bit for each hash there was. */
struct keys {
	uint64_t seen[4];
};

/*
 * What follows goes through a text that ends in NUL bytes, from where it is
 * told to; each returns where it ends, NULL where the line is not plain.
 */
static inline char *
skip_space(char *at)
{
	while (*at == ' ' || *at == '\t' || *at == '\r')
		at++;
	return at;
}

/* A character that must be there next, and space around it. */
static inline char *
take(char *at, char c)
{
	at = skip_space(at);
	return *at == c ? skip_space(at + 1) : NULL;
}

/* The bytes of a string that do not stand for themselves, or are not ASCII. */
static inline uint64_t
marks_of(uint64_t eight)
{
	return eight_below(eight, 0x20) | eight_equal(eight, '"') |
	       eight_equal(eight, '\\') | eight_beyond(eight);
}

/* A string, whose closing quote becomes its NUL byte. */
static inline char *
take_string(char *at, struct span *string)
{
	uint64_t marks;
	size_t len;

	if (*at++ != '"')
		return NULL;
	string->text = at;
	for (;;) {
		marks = marks_of(eight_read(at));
		if (marks == 0) {
			at += 8;
			continue;
		}
		at += eight_first(marks);
		if (*at == '"')
			break;
		if ((unsigned char)*at < 0x80)
			return NULL;
		do {
			len = utf8_length(at, 4);
			if (len == 0)
				return NULL;
			at += len;
		} while ((unsigned char)*at >= 0x80);
	}
	string->len = (size_t)(at - string->text);
	*at = '\0';
	return at + 1;
}

static inline bool
is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static char *
take_number(char *at, struct value *v)
{
	static const double powers[] = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
	char *begin = at, *digits, *point;
	uint64_t n = 0;

	at += *at == '-';
	digits = at;
	for (; is_digit(*at); at++)
		n = 10 * n + (uint64_t)(*at - '0');
	/* No digit, a zero before others, and -0, which jansson takes as 0. */
	if (at == digits ||
	    (*digits == '0' && (at > digits + 1 || digits > begin)))
		return NULL;
	point = at;
	if (*at == '.')
		for (at++; is_digit(*at); at++)
			n = 10 * n + (uint64_t)(*at - '0');
	if (at == point + 1 || at - digits > MOST_DIGITS || *at == 'e' ||
	    *at == 'E')
		return NULL;
	v->kind = VALUE_NUMBER;
	v->text = begin;
	v->len = (size_t)(at - begin);
	v->number = (double)n;
	/* Dividing makes the double nearest to the decimal. */
	if (at > point)
		v->number /= powers[at - point - 1];
	if (digits > begin)
		v->number = -v->number;
	return at;
}

static char *
take_list(char *at, struct members *m, struct value *v)
{
	char *next;

	v->kind = VALUE_LIST;
	v->items = &m->items[m->n_items];
	at = skip_space(at + 1);
	if (*at == ']')
		return at + 1;
	for (next = at; next != NULL; next = take(at, ',')) {
		if (m->n_items == MOST_ITEMS)
			return NULL;
		at = take_string(next, &m->items[m->n_items]);
		if (at == NULL)
			return NULL;
		m->n_items++;
		v->len++;
	}
	return take(at, ']');
}

static char *
take_word(char *at, const char *word, enum value_kind kind, struct value *v)
{
	size_t len = strlen(word);

	v->kind = kind;
	return strncmp(at, word, len) == 0 ? at + len : NULL;
}

static inline char *
take_value(char *at, struct members *m, struct value *v)
{
	struct span string = {NULL, 0};

	*v = (struct value){.kind = VALUE_NONE};
	switch (*at) {
	case '"':
		at = take_string(at, &string);
		v->kind = VALUE_STRING;
		v->text = string.text;
		v->len = string.len;
		return at;
	case '[':
		return take_list(at, m, v);
	case 't':
		return take_word(at, "true", VALUE_TRUE, v);
	case 'f':
		return take_word(at, "false", VALUE_FALSE, v);
	case 'n':
		return take_word(at, "null", VALUE_NULL, v);
	default:
		return take_number(at, v);
	}
}

/* Enters a key; false where it was there before. */
static inline bool
is_new(struct keys *keys, const struct members *m, const struct span *key,
    unsigned char hash)
{
	uint64_t *seen = &keys->seen[hash / 64], bit = UINT64_C(1) << hash % 64;

	if ((*seen & bit) != 0 &&
	    members_find(m, key->text, key->len, hash) != NULL)
		return false;
	*seen |= bit;
	return true;
}

static char *
take_members(char *at, struct members *m)
{
	struct keys keys = {{0}};
	struct span key = {NULL, 0};
	unsigned char hash;
	char *next;

	for (next = at; next != NULL; next = take(at, ',')) {
		if (m->n == MOST_MEMBERS ||
		    (at = take_string(next, &key)) == NULL)
			return NULL;
		hash = members_hash(key.text, key.len);
		if (!is_new(&keys, m, &key, hash) ||
		    (at = take(at, ':')) == NULL)
			return NULL;
		at = take_value(at, m, members_add(m, key.text, key.len, hash));
		if (at == NULL)
			return NULL;
	}
	return take(at, '}');
}

bool
plain_scan(struct members *m, const char *line, size_t len)
{
	char *at;

	if (m->text_size < len + ROOM) {
		m->text_size = 2 * len + ROOM;
		m->text = mem_resize(m->text, m->text_size);
	}
	if (m->items == NULL)
		m->items = mem_alloc(MOST_ITEMS * sizeof *m->items);
	memcpy(m->text, line, len);
	memset(m->text + len, '\0', ROOM);
	m->n = m->n_items = 0;
	at = take(m->text, '{');
	if (at != NULL)
		at = *at == '}' ? skip_space(at + 1) : take_members(at, m);
	return at == m->text + len;
}
