/*
 * Compares the short way through a line with jansson's: plain [-n number]
 * [-s seed] file...  Takes every line of the files, and so many lines made of
 * them by changing a few bytes, and where a line is plain has both ways say
 * what is in it: its members, what rec_copy() makes of them, what digests are
 * of, what the schemas say.  Writes how many lines there were, were plain, and
 * were refused by jansson.  Status 1 where they do not agree, with the line.
 */

#include <err.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data.h"
#include "schema.h"
#include "status.h"
#include "ways.h"

static uint64_t state;
static struct buf *lines;
static size_t n_lines;
static struct ways_counts counts;

/* xorshift64*: the same numbers everywhere. */
static size_t
below(size_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)(state * UINT64_C(2685821657736338717) >> 33) % n;
}

/* Pieces that are near the edges of what is plain. */
static const struct {
	const char *text;
	size_t len;
} pieces[] = {
#define PIECE(text)                                                            \
	{                                                                      \
		text, sizeof(text) - 1                                         \
	}
    PIECE("\\u0000"),
    PIECE("\\ud800"),
    PIECE("\\ud83d\\ude00"),
    PIECE("\\n"),
    PIECE("\\\""),
    PIECE("\\x"),
    PIECE("\xef\xbb\xbf"),
    PIECE("\0"),
    PIECE("\x1f"),
    PIECE("\x7f"),
    PIECE("\xc0\x80"),
    PIECE("\xc2\x80"),
    PIECE("\xdf\xbf"),
    PIECE("\xe0\x9f\xbf"),
    PIECE("\xe0\xa0\x80"),
    PIECE("\xed\x9f\xbf"),
    PIECE("\xed\xa0\x80"),
    PIECE("\xee\x80\x80"),
    PIECE("\xef\xbf\xbf"),
    PIECE("\xf0\x8f\xbf\xbf"),
    PIECE("\xf0\x90\x80\x80"),
    PIECE("\xf4\x8f\xbf\xbf"),
    PIECE("\xf4\x90\x80\x80"),
    PIECE("\xe5\x8c"),
    PIECE("资产"),
    PIECE("{"),
    PIECE("}"),
    PIECE("["),
    PIECE("]"),
    PIECE(","),
    PIECE(":"),
    PIECE("\""),
    PIECE("\"\""),
    PIECE("[]"),
    PIECE("{}"),
    PIECE("[\"a\"]"),
    PIECE("[\"a\", \"b\"]"),
    PIECE("[[\"a\"]]"),
    PIECE("[1]"),
    PIECE("{\"a\":1}"),
    PIECE("[[[[[[[[[[[[[[[["),
    PIECE("]]]]]]]]]]]]]]]]"),
    PIECE("null"),
    PIECE("true"),
    PIECE("false"),
    PIECE("nul"),
    PIECE("True"),
    PIECE("0"),
    PIECE("-0"),
    PIECE("-0.0"),
    PIECE("00"),
    PIECE("1"),
    PIECE("-1"),
    PIECE("5"),
    PIECE("1.0"),
    PIECE("1.50"),
    PIECE("0.1"),
    PIECE("0.00001"),
    PIECE("2.5"),
    PIECE("1."),
    PIECE(".5"),
    PIECE("1e2"),
    PIECE("1E+2"),
    PIECE("1e400"),
    PIECE("+1"),
    PIECE("999999999999999"),
    PIECE("1000000000000000"),
    PIECE("9007199254740993"),
    PIECE("18446744073709551616"),
    PIECE("123456789.123456"),
    PIECE("0.30000000000000004"),
    PIECE("99999999999999999999999999999999"),
    PIECE("NaN"),
    PIECE("Infinity"),
    PIECE(" "),
    PIECE("\t"),
    PIECE("\r"),
    PIECE("\v"),
    PIECE("\f"),
    PIECE("\xc2\xa0"),
    PIECE("//"),
    PIECE("'a'"),
    PIECE(",\"id\":\"x\""),
    PIECE(",\"type\":\"asset\""),
    PIECE(",\"\":\"\""),
    PIECE("\"level\":3,"),
    PIECE("\"score\":2.5,"),
    PIECE("\"acceptable\":1,"),
    PIECE("\"threats\":[],"),
    PIECE("\"threats\":[\"a/b\",\"\"],"),
    PIECE("\"due\":\"2025-02-29\","),
};

static void
add_piece(struct buf *line)
{
	size_t i = below(sizeof pieces / sizeof pieces[0]);

	buf_add(line, pieces[i].text, pieces[i].len);
}

/* Passes over a colon, and perhaps over the value behind it. */
static size_t
take_value(struct buf *line, const struct buf *rest)
{
	size_t n = 0;

	while (n < rest->len && rest->data[n] != ':')
		n++;
	n += n < rest->len;
	buf_add(line, rest->data, n);
	while (n < rest->len && rest->data[n] != ',' && rest->data[n] != '}')
		n++;
	return n;
}

/* Changes something somewhere: what is before it stays, and what is behind. */
static void
change(struct buf *line)
{
	static struct buf rest;
	size_t at = below(line->len + 1), n = below(12);

	buf_clear(&rest);
	buf_add(&rest, line->data + at, line->len - at);
	line->len = at;
	n = n < rest.len ? n : rest.len;
	switch (below(10)) {
	case 0: /* any byte */
		buf_char(line, (char)below(256));
		n = rest.len > 0;
		break;
	case 1: /* bytes that are not there */
		break;
	case 2: /* bytes that are there again */
		buf_add(line, rest.data, n);
		n = 0;
		break;
	case 3:
		add_piece(line);
		n = 0;
		break;
	case 4: /* letters, digits and their neighbours */
		buf_char(line, (char)(0x20 + below(0x60)));
		n = rest.len > 0;
		break;
	case 5: /* another string */
		n = take_value(line, &rest);
		buf_char(line, '"');
		add_piece(line);
		buf_char(line, '"');
		break;
	case 6: /* a list of strings */
		n = take_value(line, &rest);
		buf_text(line, "[\"");
		add_piece(line);
		buf_text(line, "\", \"x\"]");
		break;
	default: /* another value */
		n = take_value(line, &rest);
		add_piece(line);
	}
	buf_add(line, rest.data + n, rest.len - n);
}

static void
compare(const struct buf *line)
{
	ways_compare(line, schema_types()[below(15)], &counts);
}

static void
read_lines(const char *path)
{
	size_t len, n;
	char *text = data_slurp(path, DATA_MOST, &len), *at = text, *nl;

	if (text == NULL)
		err(TROUBLE, "%s", path);
	for (; at < text + len; at += n + 1) {
		nl = memchr(at, '\n', (size_t)(text + len - at));
		n = (size_t)((nl != NULL ? nl : text + len) - at);
		lines = mem_room(lines, n_lines, sizeof *lines);
		lines[n_lines] = (struct buf){0};
		buf_add(&lines[n_lines++], at, n);
	}
	free(text);
}

int
main(int argc, char *argv[])
{
	unsigned long number = 0, i;
	struct buf line = {0};
	const struct buf *from;
	size_t changes;
	int option;

	state = 1;
	while ((option = getopt(argc, argv, "n:s:")) != -1) {
		if (option == 'n')
			number = strtoul(optarg, NULL, 10);
		else if (option == 's')
			state = strtoul(optarg, NULL, 10) + 1;
		else
			return TROUBLE;
	}
	ways_say = fdopen(dup(STDERR_FILENO), "w");
	if (ways_say == NULL || freopen("/dev/null", "w", stderr) == NULL)
		return TROUBLE;
	for (argv += optind; *argv != NULL; argv++)
		read_lines(*argv);
	for (i = 0; i < n_lines; i++)
		compare(&lines[i]);
	printf("%zu %zu %zu\n", counts.taken, counts.plain, counts.refused);
	for (i = 0; i < number && n_lines > 0; i++) {
		from = &lines[below(n_lines)];
		buf_clear(&line);
		buf_add(&line, from->data, from->len);
		for (changes = below(3) > 0 ? 1 : below(4); changes > 0;
		     changes--)
			change(&line);
		compare(&line);
	}
	if (number > 0)
		printf("%zu %zu %zu\n", counts.taken, counts.plain,
		    counts.refused);
	buf_free(&line);
	return DONE;
}
