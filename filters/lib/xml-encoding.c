#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "decode.h"
#include "xml-encoding.h"

#define DECLARATION 256 /* bytes in which a file says its encoding */
#define NAME_SIZE 64	/* of an encoding */
#define WHITE " \t\r\n"
#define LETTERS "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

/*
 * The encoding that an XML declaration names; empty where it names none, or
 * one that cannot be a name, of which the parser complains.
 */
static void
declared_encoding(const char *text, size_t len, char name[NAME_SIZE])
{
	char *copy = mem_text(text, len), *s, *end;

	*name = '\0';
	end = strstr(copy, "?>");
	s = end != NULL && strncmp(copy, "<?xml", 5) == 0
		? strstr(copy, "encoding")
		: NULL;
	if (s != NULL && s < end) {
		s += strlen("encoding");
		s += strspn(s, WHITE "=");
		len = strspn(s + 1, LETTERS "0123456789._-");
		if ((*s == '"' || *s == '\'') && s[len + 1] == *s)
			snprintf(name, NAME_SIZE, "%.*s", (int)len, s + 1);
	}
	free(copy);
}

/* Which encoding a file is in, by how it begins; empty for UTF-8. */
static void
find_encoding(const char *text, size_t len, char name[NAME_SIZE])
{
	*name = '\0';
	if (len >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0)
		return;
	if (len >= 2 && (memcmp(text, "\xff\xfe", 2) == 0 ||
			    memcmp(text, "\xfe\xff", 2) == 0))
		strcpy(name, "UTF-16");
	else if (len >= 2 && memcmp(text, "<\0", 2) == 0)
		strcpy(name, "UTF-16LE");
	else if (len >= 2 && memcmp(text, "\0<", 2) == 0)
		strcpy(name, "UTF-16BE");
	else
		declared_encoding(text, len, name);
}

int
xml_decode(struct input *in, char **error)
{
	char name[NAME_SIZE];
	struct buf what = {0};
	const char *text;
	size_t len;
	int more = 1;

	if (in->decoder != NULL)
		return 0;
	while (input_ahead(in, &text, &len), len < DECLARATION && more > 0)
		if ((more = input_more(in)) < 0)
			return -1;
	find_encoding(text, len < DECLARATION ? len : DECLARATION, name);
	/* Files that say so have characters that only the larger ones have. */
	if (strcasecmp(name, "GB2312") == 0 || strcasecmp(name, "GBK") == 0)
		strcpy(name, "GB18030");
	if (*name == '\0' || strcasecmp(name, "UTF-8") == 0)
		return 0;
	if (!decode_knows(name))
		buf_printf(&what, "line 1: encoding '%s', unknown", name);
	else if (*text == '<' && text[1] != '\0' && !decode_by_line(name))
		buf_printf(&what, "line 1: encoding '%s', but not in it", name);
	if (what.len == 0)
		return input_decode(in, name);
	*error = what.data;
	return -1;
}
