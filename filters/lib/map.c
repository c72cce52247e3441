#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cell.h"
#include "digest.h"
#include "index.h"
#include "map-private.h"
#include "object.h"

#define LONGEST_ID 190	 /* bytes: room for " (2)" to the 200 of the schema */
#define KEPT_OF_LONG 170 /* of them, before a digest of the whole */

const char *
map_name(const struct map *m)
{
	return m->name;
}

enum map_form
map_form(const struct map *m)
{
	return m->form;
}

const char *const *
map_items(const struct map *m)
{
	return m->items;
}

const char *const *
map_merged(const struct map *m)
{
	return m->merge;
}

static bool
is_one_of(const char *text, const char **words)
{
	for (; *words != NULL; words++)
		if (strcasecmp(*words, text) == 0)
			return true;
	return false;
}

/* The texts under a name, trimmed, without those that mean there is none. */
static void
find_texts(const struct map *m, const struct item *item, const char *name,
    const char **none, struct texts *to)
{
	size_t i = to->n, kept = to->n;
	char *text;

	item_texts(item, name, to);
	for (; i < to->n; i++) {
		text = cell_trim(to->of[i], strlen(to->of[i]));
		free(to->of[i]);
		if (*text == '\0' || is_one_of(text, m->none) ||
		    (none != NULL && is_one_of(text, none)))
			free(text);
		else
			to->of[kept++] = text;
	}
	to->n = kept;
}

/* The texts under the first of the names that has any. */
static void
first_texts(const struct map *m, const struct item *item, const char **names,
    struct texts *to)
{
	for (; *names != NULL && to->n == 0; names++)
		find_texts(m, item, *names, NULL, to);
}

/* What a pattern finds in a text: its first group, or all of the match. */
static void
add_matches(
    struct texts *to, const regex_t *pattern, const char *text, bool every)
{
	regmatch_t found[2];
	const regmatch_t *what;
	regoff_t at = 0, end = (regoff_t)strlen(text);

	while (at < end) {
		found[0].rm_so = at;
		found[0].rm_eo = end;
		if (!pattern_meets(pattern, text, 2, found,
			REG_STARTEND | (at > 0 ? REG_NOTBOL : 0)))
			break;
		what = found[1].rm_so >= 0 ? &found[1] : &found[0];
		if (what->rm_eo > what->rm_so)
			texts_add(to, text + what->rm_so,
			    (size_t)(what->rm_eo - what->rm_so));
		if (!every)
			break;
		at = found[0].rm_eo > at ? found[0].rm_eo : at + 1;
	}
}

static const char *
in_words(const json_t *words, const char *text)
{
	const char *word;
	json_t *value;

	json_object_foreach ((json_t *)words, word, value)
		if (strcasecmp(word, text) == 0)
			return json_string_value(value);
	return text;
}

/* The texts that a rule makes of those under one name. */
static void
texts_of(const struct map *m, const struct map_rule *r, const struct item *item,
    const char *name, struct texts *to)
{
	bool list = r->field->rule.kind == ARRAY;
	struct texts found = {0}, matched = {0};
	const char *text;
	size_t i;

	find_texts(m, item, name, r->none, &found);
	for (i = 0; i < found.n; i++)
		if (r->pattern != NULL)
			add_matches(&matched, r->pattern, found.of[i], list);
		else
			texts_add(&matched, found.of[i], strlen(found.of[i]));
	for (i = 0; i < matched.n; i++) {
		text = in_words(r->words, matched.of[i]);
		if (*text != '\0')
			texts_add(to, text, strlen(text));
	}
	texts_free(&found);
	texts_free(&matched);
}

/* All that the names of a rule have, or the first that has any. */
static void
apply_rule(const struct map *m, const struct map_rule *r,
    const struct item *item, struct texts *to)
{
	const char **name;
	struct buf joined = {0};
	size_t i, before;

	for (name = r->from; *name != NULL; name++) {
		before = to->n;
		texts_of(m, r, item, *name, to);
		if (r->join != NULL && to->n == 0)
			break; /* the first has none */
		if (r->join == NULL && !r->all && to->n > 0)
			break;
		if (r->join == NULL)
			continue;
		for (i = before; i < to->n; i++)
			buf_printf(
			    &joined, "%s%s", i > 0 ? r->join : "", to->of[i]);
	}
	if (joined.len > 0) {
		texts_free(to);
		texts_add(to, joined.data, joined.len);
	}
	if (to->n == 0 && r->value != NULL)
		texts_add(to, r->value, strlen(r->value));
	buf_free(&joined);
}

/* A list of each text once. */
static void
write_list(struct buf *b, const struct map_rule *r, const struct texts *texts)
{
	struct index once = {0};
	size_t i;

	for (i = 0; i < texts->n; i++)
		index_add(&once, texts->of[i]);
	buf_char(b, '[');
	for (i = 0; i < once.count; i++) {
		if (i > 0)
			buf_char(b, ',');
		cell_write(b, r->field->rule.items, once.keys[i]);
	}
	buf_char(b, ']');
	index_free(&once);
}

static void
write_field(struct buf *b, const struct map_rule *r, const struct texts *texts)
{
	if (texts->n == 0)
		return;
	obj_name(b, r->field->name);
	if (r->field->rule.kind == ARRAY)
		write_list(b, r, texts);
	else
		cell_write(b, &r->field->rule, texts->of[0]);
}

/*
 * Takes a vector off a score that has one behind it, "8.1 (AV:N/AC:H/...)", or
 * stands alone in parentheses.  Returns a copy, NULL where there is none.
 */
static char *
split_vector(char *score)
{
	size_t len = strcspn(score, "("), n;
	const char *vector = score + len;
	char *copy;

	n = strlen(vector);
	if (n < 3 || vector[n - 1] != ')' || strchr(vector, ':') == NULL)
		return NULL;
	copy = mem_text(vector + 1, n - 2);
	while (len > 0 && score[len - 1] == ' ')
		len--;
	score[len] = '\0';
	return copy;
}

/* The version that a vector begins with, or the one that the map says. */
static const char *
version_of(const char *vector, const char *version)
{
	static const char *const versions[] = {"3.0", "3.1", "4.0"};
	size_t i;

	if (vector == NULL || strncasecmp(vector, "CVSS:", 5) != 0)
		return version;
	for (i = 0; i < sizeof versions / sizeof versions[0]; i++)
		if (strncmp(vector + 5, versions[i], 3) == 0)
			return versions[i];
	return version;
}

/*
 * Score and vector of the first version that has either.  A score that is no
 * number is written as text, for schema_check() to refuse.
 */
static void
write_cvss(struct buf *b, const struct map *m, const struct item *item)
{
	const struct schema *schema = schema_find("vulnerability");
	struct texts score = {0}, vector = {0};
	const char *text;
	char *behind;
	size_t i;

	for (i = 0; i < m->n_cvss && score.n + vector.n == 0; i++) {
		first_texts(m, item, m->cvss[i].score, &score);
		first_texts(m, item, m->cvss[i].vector, &vector);
	}
	if (score.n + vector.n == 0) {
		texts_free(&score);
		texts_free(&vector);
		return;
	}
	behind = score.n > 0 ? split_vector(score.of[0]) : NULL;
	text = vector.n > 0 ? vector.of[0] : behind;
	if (score.n > 0 && *score.of[0] != '\0') {
		obj_name(b, "cvss");
		cell_write(b, &schema_field(schema, "cvss")->rule, score.of[0]);
	}
	obj_string(b, "cvss_version", version_of(text, m->cvss[i - 1].version));
	if (text != NULL)
		obj_string(b, "cvss_vector", text);
	free(behind);
	texts_free(&score);
	texts_free(&vector);
}

/* Whether a pattern is in one of the texts that a rule looks at. */
static bool
is_met(
    const struct map *m, const struct map_manners *r, const struct item *item)
{
	struct texts texts = {0};
	const char **name;
	bool met = false;
	size_t i;

	for (name = r->from; *name != NULL; name++)
		find_texts(m, item, *name, NULL, &texts);
	for (i = 0; i < texts.n && !met; i++)
		met = pattern_meets(r->pattern, texts.of[i], 0, NULL, 0);
	texts_free(&texts);
	return met;
}

static void
write_manners(struct buf *b, const struct map *m, const struct item *item)
{
	struct texts all = {0};
	const struct map_rule as = {
	    .field = schema_field(schema_find("vulnerability"), "manners")};
	const char **manner;
	size_t i;
	int last;

	for (last = 0; last < 2 && all.n == 0; last++)
		for (i = 0; i < m->n_manners; i++) {
			if (last ? m->manners[i].pattern != NULL
				 : m->manners[i].pattern == NULL ||
				       !is_met(m, &m->manners[i], item))
				continue;
			for (manner = m->manners[i].manners; *manner != NULL;
			     manner++)
				texts_add(&all, *manner, strlen(*manner));
		}
	write_field(b, &as, &all);
	texts_free(&all);
}

/* The texts of a field that the map has a rule for. */
static const struct texts *
texts_named(const struct map *m, const struct texts *texts, const char *field)
{
	size_t i = 0;

	while (strcmp(m->rules[i].field->name, field) != 0)
		i++;
	return &texts[i];
}

/*
 * The id: the first text of each of its fields.  One that is too long keeps
 * its beginning, with 16 digits of the SHA-256 of the whole behind it.
 */
static void
write_id(struct buf *b, const struct map *m, const struct texts *texts)
{
	struct buf id = {0};
	char digest[DIGEST_SIZE];
	const struct texts *of;
	const char **name;
	size_t i;

	for (name = m->id; *name != NULL; name++) {
		of = texts_named(m, texts, *name);
		if (of->n > 0)
			buf_printf(
			    &id, "%s%s", id.len > 0 ? ":" : "", of->of[0]);
	}
	for (i = 0; i < id.len; i++)
		if ((unsigned char)id.data[i] < 0x20 || id.data[i] == 0x7f)
			id.data[i] = ' ';
	if (id.len > LONGEST_ID) {
		digest_text(id.data, id.len, digest);
		for (i = KEPT_OF_LONG;
		     ((unsigned char)id.data[i] & 0xc0) == 0x80;)
			i--;
		id.len = i;
		buf_printf(&id, ":%.16s", digest);
	}
	if (id.len > 0)
		obj_string(b, "id", id.data);
	buf_free(&id);
}

/* Whether a text that such a rule looks at is one of its words. */
static bool
is_said(const struct map *m, const struct map_left *r, const struct item *item)
{
	struct texts texts = {0};
	bool said = false;
	size_t i;

	first_texts(m, item, r->from, &texts);
	for (i = 0; i < texts.n && !said; i++)
		said = is_one_of(texts.of[i], r->words);
	texts_free(&texts);
	return said;
}

bool
map_leaves(const struct map *m, const struct item *item)
{
	size_t i;

	for (i = 0; i < m->n_left; i++)
		if (is_said(m, &m->left[i], item))
			return true;
	for (i = 0; i < m->n_only; i++)
		if (!is_said(m, &m->only[i], item))
			return true;
	return false;
}

void
map_apply(const struct map *m, const struct item *item, struct buf *record)
{
	struct texts *texts = mem_zero(m->n_rules, sizeof *texts);
	size_t i;

	for (i = 0; i < m->n_rules; i++)
		apply_rule(m, &m->rules[i], item, &texts[i]);
	obj_begin(record, "vulnerability");
	write_id(record, m, texts);
	for (i = 0; i < m->n_rules; i++)
		write_field(record, &m->rules[i], &texts[i]);
	write_cvss(record, m, item);
	write_manners(record, m, item);
	buf_char(record, '}');
	for (i = 0; i < m->n_rules; i++)
		texts_free(&texts[i]);
	free(texts);
}

/* The one of the names that a heading is, or NULL. */
static const char *
among(const char *heading, const char **names)
{
	for (; *names != NULL; names++)
		if (schema_same_name(*names, heading))
			return *names;
	return NULL;
}

const char *
map_spelling(const struct map *m, const char *heading)
{
	const char *name = NULL;
	size_t i;

	for (i = 0; i < m->n_rules && name == NULL; i++)
		name = among(heading, m->rules[i].from);
	for (i = 0; i < m->n_left && name == NULL; i++)
		name = among(heading, m->left[i].from);
	for (i = 0; i < m->n_only && name == NULL; i++)
		name = among(heading, m->only[i].from);
	for (i = 0; i < m->n_manners && name == NULL; i++)
		name = among(heading, m->manners[i].from);
	for (i = 0; i < m->n_cvss && name == NULL; i++) {
		name = among(heading, m->cvss[i].score);
		if (name == NULL)
			name = among(heading, m->cvss[i].vector);
	}
	return name;
}
