#include <string.h>
#include <unistd.h>

#include "source-private.h"

/* Whether a line is a record: an object that has a type. */
static bool
is_record(const char *line, size_t len)
{
	json_error_t error;
	json_t *object = json_loadb(line, len, JSON_DECODE_INT_AS_REAL, &error);
	bool is = json_is_string(json_object_get(object, "type"));

	json_decref(object);
	return is;
}

/*
 * What text that begins with a brace is: JSON Lines where its first line is a
 * record, or the next begins with a brace as well; else a document.
 */
static enum kind_of_source
kind_of_json(const char *text, size_t len, bool ended)
{
	const char *end = memchr(text, '\n', len), *next;

	if (end == NULL && len > LINE_LIMIT)
		return IS_JSON; /* too long for a record */
	if (end == NULL && !ended)
		return NOT_YET;
	if (end == NULL)
		end = text + len;
	if (is_record(text, (size_t)(end - text)))
		return IS_LINES;
	for (next = end; next < text + len; next++)
		if (strchr(" \t\r\n", *next) == NULL)
			return *next == '{' && next[-1] == '\n' ? IS_LINES
								: IS_JSON;
	return ended ? IS_JSON : NOT_YET;
}

/* What a file is by how it begins, a byte order mark and white space apart. */
static enum kind_of_source
kind_of_text(const char *text, size_t len, bool ended)
{
	if (len < 3 && !ended)
		return NOT_YET;
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	for (; len > 0 && strchr(" \t\r\n", *text) != NULL; text++)
		len--;
	if (len == 0)
		return ended ? IS_EMPTY : NOT_YET;
	if (*text == '{')
		return kind_of_json(text, len, ended);
	return *text == '<' ? IS_XML : *text == '[' ? IS_JSON : IS_CSV;
}

/* Whether a file begins as workbooks do: as a ZIP archive, or with OLE. */
static bool
is_packed(const char *text, size_t len)
{
	return len >= 4 && (memcmp(text, "PK\x03\x04", 4) == 0 ||
			       memcmp(text, "\xd0\xcf\x11\xe0", 4) == 0);
}

int
source_kind(struct input *in, enum kind_of_source *kind)
{
	static const char *const csv[] = {".csv", ".tsv", NULL};
	static const char *const lines[] = {".jsonl", ".ndjson", NULL};
	static const char *const json[] = {".json", NULL};
	static const char *const xml[] = {".xml", ".nessus", NULL};
	const char *text;
	size_t len;
	int got = 1;

	for (input_ahead(in, &text, &len); len < 4 && got > 0;
	     input_ahead(in, &text, &len))
		if ((got = input_more(in)) < 0)
			return -1;
	if (is_packed(text, len)) {
		*kind = IS_PACKED;
		return 0;
	}
	got = 1;
	*kind = input_has_ending(in, csv)     ? IS_CSV
		: input_has_ending(in, lines) ? IS_LINES
		: input_has_ending(in, xml)   ? IS_XML
					      : NOT_YET;
	while (*kind == NOT_YET) {
		input_ahead(in, &text, &len);
		*kind = kind_of_text(text, len, got == 0);
		if (*kind == NOT_YET && (got = input_more(in)) < 0)
			return -1;
	}
	if (*kind == IS_EMPTY) /* of a pipe, that no record came */
		*kind = in->fd == STDIN_FILENO	     ? IS_LINES
			: input_has_ending(in, json) ? IS_JSON
						     : IS_CSV;
	else if (*kind == IS_CSV && input_has_ending(in, json))
		*kind = len >= 4 && memcmp(text, "null", 4) == 0 ? IS_JSON
								 : IS_LINES;
	return 0;
}
