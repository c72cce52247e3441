/*
 * Compares the short way through a line with jansson's: plain [-n number]
 * [-s seed] file...  Takes every line of the files, and so many lines made of
 * them by changing a few bytes, and where a line is plain has both ways say
 * what is in it: its members, what rec_copy() makes of them, what the schemas
 * say.  Writes how many lines there were, were plain, and were refused by
 * jansson.  Status 1 where they do not agree, with the line.
 */

#include <err.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data.h"
#include "plain.h"
#include "record.h"
#include "schema.h"
#include "status.h"
#include "utf8.h"

static uint64_t state;
static struct buf *lines;
static size_t n_lines, n_taken, n_plain, n_refused;
static FILE *say; /* standard error, which is closed to the records */

/* xorshift64*: the same numbers everywhere. */
static size_t
below(size_t n)
{
	state ^= state >> 12;
	state ^= state << 25;
	state ^= state >> 27;
	return (size_t)(state * UINT64_C(2685821657736338717) >> 33) % n;
}

static void
differ(const char *what, const char *line, size_t len)
{
	fprintf(say, "%s differs: ", what);
	fwrite(line, 1, len, say);
	fputc('\n', say);
	exit(REFUSED);
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
compare_value(const struct value *v, const json_t *json, const struct buf *line)
{
	struct value other = value_of_json(json), item, other_item;
	struct buf a = {0}, b = {0};
	json_t *back = value_json(v);
	size_t i;

	if (v->kind != other.kind || v->number != other.number ||
	    v->len != (v->kind == VALUE_NUMBER ? v->len : other.len))
		differ("value", line->data, line->len);
	if (v->kind == VALUE_STRING &&
	    (strlen(v->text) != v->len || !value_same(v, &other)))
		differ("string", line->data, line->len);
	for (i = 0; v->kind == VALUE_LIST && i <= v->len; i++) {
		item = value_item(v, i);
		other_item = value_item(&other, i);
		if (item.kind != other_item.kind ||
		    (i < v->len && !value_same(&item, &other_item)))
			differ("item", line->data, line->len);
	}
	value_write(&a, v);
	value_write(&b, &other);
	if (a.len != b.len || memcmp(a.data, b.data, a.len) != 0)
		differ("copy", line->data, line->len);
	if (!json_equal(back, json))
		differ("json", line->data, line->len);
	json_decref(back);
	buf_free(&a);
	buf_free(&b);
}

/* The members found against those of jansson, in their order. */
static void
compare_members(const struct members *m, json_t *object, const struct buf *line)
{
	const char *name;
	json_t *value;
	size_t i = 0;

	if (m->n != json_object_size(object))
		differ("number of members", line->data, line->len);
	json_object_foreach (object, name, value) {
		if (strcmp(m->of[i].name, name) != 0 ||
		    m->of[i].len != strlen(name))
			differ("name", line->data, line->len);
		compare_value(&m->of[i++].value, value, line);
	}
}

static void
check_by(const char *type, struct record *r)
{
	const struct schema *s = schema_find(type);

	if (s != NULL)
		schema_check(s, r);
}

/* What records say of a line, and of the same line with an escape in it. */
static void
compare_records(const struct buf *line)
{
	const char *other = schema_types()[below(15)];
	struct buf escaped = {0};
	struct record a = {.source = "a"}, b = {.source = "a"};
	const char *brace = memchr(line->data, '{', line->len);
	int status;

	buf_add(&escaped, line->data, (size_t)(brace + 1 - line->data));
	buf_text(&escaped, "\"\\u0001\":0");
	if (brace[1 + strspn(brace + 1, " \t\r")] != '}')
		buf_char(&escaped, ',');
	buf_text(&escaped, brace + 1);
	a.text = line->data;
	a.len = line->len;
	b.text = escaped.data;
	b.len = escaped.len;
	status = rec_parse(&a);
	if (rec_parse(&b) != status)
		differ("status", line->data, line->len);
	if (status == 0) {
		check_by(a.type, &a);
		check_by(b.type, &b);
		check_by(other, &a);
		check_by(other, &b);
		if (rec_add_integer(&a, "level", 3) !=
			rec_add_integer(&b, "level", 3) ||
		    rec_add_tenths(&a, "score", 25) !=
			rec_add_tenths(&b, "score", 25) ||
		    rec_add_string(&a, "id", "\"x") !=
			rec_add_string(&b, "id", "\"x"))
			differ("adding", line->data, line->len);
		if (json_object_size(rec_object(&a)) + 1 !=
			json_object_size(rec_object(&b)) ||
		    rec_members(&a)->n + 1 != rec_members(&b)->n)
			differ("what was added", line->data, line->len);
	}
	if (a.n_errors != b.n_errors || a.errors.len != b.errors.len ||
	    (a.errors.len > 0 && strcmp(a.errors.data, b.errors.data) != 0) ||
	    strcmp(a.type, b.type) != 0)
		differ("complaint", line->data, line->len);
	rec_free(&a);
	rec_free(&b);
	buf_free(&escaped);
}

static void
compare(const struct buf *line)
{
	static struct members found;
	json_error_t error;
	json_t *object =
	    json_loadb(line->data, line->len, JSON_REJECT_DUPLICATES, &error);
	bool plain = plain_scan(&found, line->data, line->len);

	n_taken++;
	n_refused += object == NULL;
	n_plain += plain;
	if (plain && (!json_is_object(object) ||
			 utf8_valid(line->data, line->len) < line->len ||
			 memchr(line->data, '\0', line->len) != NULL))
		differ("whether it is an object", line->data, line->len);
	if (plain) {
		compare_members(&found, object, line);
		compare_records(line);
	}
	json_decref(object);
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
	say = fdopen(dup(STDERR_FILENO), "w");
	if (say == NULL || freopen("/dev/null", "w", stderr) == NULL)
		return TROUBLE;
	for (argv += optind; *argv != NULL; argv++)
		read_lines(*argv);
	for (i = 0; i < n_lines; i++)
		compare(&lines[i]);
	printf("%zu %zu %zu\n", n_taken, n_plain, n_refused);
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
		printf("%zu %zu %zu\n", n_taken, n_plain, n_refused);
	buf_free(&line);
	return DONE;
}
