#include <stdlib.h>
#include <string.h>

#include "heading.h"
#include "index.h"

/*
 * What a name can mean: a field of a type.  Rank 2 is the first title of a
 * language or the field's own name, 4 the second title, and so on.
 */
struct meaning {
	const struct schema *schema;
	size_t field;
	size_t rank;
	bool exactly; /* known by its own name only, as that is written */
};

struct meanings {
	struct meaning *of;
	size_t n;
};

/* All names of all fields, folded. */
static struct index names;
static struct meanings *meanings; /* by number in names */

#define WITHOUT_REMARK 1 /* added to the rank */

static void
add_meaning(const char *name, struct meaning meaning)
{
	struct buf folded = {0};
	size_t count = names.count, i;
	struct meanings *m;

	schema_fold(&folded, name, strlen(name));
	i = index_add(&names, folded.data);
	buf_free(&folded);
	if (names.count > count) {
		meanings = mem_resize(meanings, names.count * sizeof *meanings);
		meanings[i] = (struct meanings){0};
	}
	m = &meanings[i];
	m->of = mem_resize(m->of, (m->n + 1) * sizeof *m->of);
	m->of[m->n++] = meaning;
}

static void
add_field(const struct schema *s, size_t k)
{
	const struct field *f = &s->rule.fields[k];
	struct meaning meaning = {
	    s, k, 2, f->writer != NULL || strcmp(f->name, "type") == 0};
	const char **title;
	int lang;

	add_meaning(f->name, meaning);
	if (meaning.exactly)
		return;
	for (lang = ZH; lang <= EN; lang++) {
		meaning.rank = 2;
		for (title = f->titles.of[lang]; *title != NULL; title++) {
			add_meaning(*title, meaning);
			meaning.rank += 2;
		}
	}
}

static void
learn_names(void)
{
	const char *const *type;
	const struct schema *s;
	size_t k;

	if (names.count > 0)
		return;
	for (type = schema_types(); *type != NULL; type++) {
		s = schema_find(*type);
		for (k = 0; k < s->rule.n_fields; k++)
			add_field(s, k);
	}
}

/* Length of text without a remark in parentheses at its end. */
static size_t
without_remark(const char *text, size_t len)
{
	static const char *const open[] = {"(", "（", "[", "【"};
	static const char *const close[] = {")", "）", "]", "】"};
	size_t i, n, at;

	for (i = 0; i < 4; i++) {
		n = strlen(close[i]);
		if (len > n && memcmp(text + len - n, close[i], n) == 0)
			break;
	}
	if (i == 4)
		return len;
	for (at = len; at-- > 1;)
		for (i = 0; i < 4; i++)
			if (strncmp(text + at, open[i], strlen(open[i])) == 0)
				return at;
	return len;
}

static size_t
find_folded(const char *text, size_t len)
{
	struct buf folded = {0};
	size_t i;

	schema_fold(&folded, text, len);
	i = folded.len > 0 ? index_find(&names, folded.data) : INDEX_NONE;
	buf_free(&folded);
	return i;
}

/* What a heading can mean, and what is to be added to the ranks. */
static const struct meanings *
look_up(const char *text, size_t *added)
{
	size_t len = strlen(text), i;

	learn_names();
	*added = 0;
	i = find_folded(text, len);
	if (i != INDEX_NONE)
		return &meanings[i];
	*added = WITHOUT_REMARK;
	text += strspn(text, "* ");
	len = without_remark(text, strlen(text));
	while (len > 0 && strchr("* ", text[len - 1]) != NULL)
		len--;
	i = find_folded(text, len);
	return i != INDEX_NONE ? &meanings[i] : NULL;
}

/* A column that one meaning fits. */
struct found {
	size_t column;
	const struct meaning *meaning;
	size_t rank;
};

struct all_found {
	struct found *of;
	size_t n;
	size_t width; /* columns up to the last with text */
};

static void
find_all(struct all_found *all, char **cells, size_t n)
{
	const struct meanings *m;
	size_t i, k, added;

	*all = (struct all_found){0};
	for (i = 0; i < n; i++) {
		if (*cells[i] != '\0')
			all->width = i + 1;
		m = look_up(cells[i], &added);
		for (k = 0; m != NULL && k < m->n; k++) {
			if (m->of[k].exactly &&
			    strcmp(m->of[k]
				       .schema->rule.fields[m->of[k].field]
				       .name,
				cells[i]) != 0)
				continue;
			all->of = mem_room(all->of, all->n, sizeof *all->of);
			all->of[all->n++] =
			    (struct found){i, &m->of[k], m->of[k].rank + added};
		}
	}
}

/* The rank of the column that fits each field best, 0 where none does. */
static size_t *
best_ranks(
    const struct schema *s, const struct all_found *all, const char **twice)
{
	size_t *best = mem_zero(s->rule.n_fields + 1, sizeof *best);
	size_t *last = mem_zero(s->rule.n_fields + 1, sizeof *last);
	bool *several = mem_zero(s->rule.n_fields + 1, sizeof *several);
	const struct found *f;
	size_t i, k;

	for (i = 0; i < all->n; i++) {
		f = &all->of[i];
		if (f->meaning->schema != s)
			continue;
		k = f->meaning->field;
		if (best[k] == 0 || f->rank < best[k]) {
			best[k] = f->rank;
			several[k] = false;
			last[k] = f->column;
		} else if (f->rank == best[k] && f->column != last[k]) {
			several[k] = true;
		}
	}
	*twice = NULL;
	for (k = s->rule.n_fields; k-- > 0;) {
		if (!several[k])
			continue;
		if (best[k] % 2 == WITHOUT_REMARK)
			best[k] =
			    0; /* it is the remarks that tell them apart */
		else
			*twice = s->rule.fields[k].name;
	}
	free(last);
	free(several);
	return best;
}

/* Assigns fields to columns; returns how many columns have one. */
static size_t
assign(const struct schema *s, const struct all_found *all,
    const struct field **fields, size_t n, const char **twice)
{
	size_t *best = best_ranks(s, all, twice), count = 0, i, k;
	const struct field *known = s->rule.fields;
	const struct found *f;

	memset(fields, 0, n * sizeof *fields);
	for (i = 0; i < all->n; i++) {
		f = &all->of[i];
		if (f->meaning->schema != s)
			continue;
		k = f->meaning->field;
		if (f->rank != best[k])
			continue;
		count += fields[f->column] == NULL;
		if (fields[f->column] == NULL ||
		    best[k] < best[fields[f->column] - known])
			fields[f->column] = &known[k];
	}
	free(best);
	return count;
}

struct fields {
	const struct field **of;
	size_t n;
};

static bool
has_column(const char *name, void *arg)
{
	const struct fields *fields = arg;
	size_t i;

	if (strcmp(name, "type") == 0)
		return true;
	for (i = 0; i < fields->n; i++)
		if (fields->of[i] != NULL &&
		    strcmp(fields->of[i]->name, name) == 0)
			return true;
	return false;
}

/* Finds the type whose fields the headings name, the most of them. */
static void
recognise(struct heading *h, const struct all_found *all, struct fields *fields)
{
	const char *const *type;
	const char *twice;
	const struct schema *s, *nearest = NULL;
	size_t near = 0, count;

	for (type = schema_types(); *type != NULL; type++) {
		s = schema_find(*type);
		if (s->writer != NULL)
			continue;
		count = assign(s, all, fields->of, fields->n, &twice);
		if (count > near) {
			near = count;
			nearest = s;
		}
		if (count < h->known || count == 0 ||
		    !schema_complete(s, has_column, fields))
			continue;
		h->other = count == h->known ? s : NULL;
		if (h->other == NULL)
			h->schema = s;
		h->known = count;
	}
	h->complete = h->schema != NULL && near == h->known;
	if (!h->complete) { /* none, or it means more to another type */
		h->schema = nearest;
		h->other = NULL;
		h->known = near;
	}
}

void
heading_judge(
    struct heading *h, const struct schema *wanted, char **cells, size_t n)
{
	struct fields fields = {mem_zero(n + 1, sizeof *fields.of), n};
	struct all_found all;
	const char *twice;

	*h = (struct heading){.schema = wanted};
	find_all(&all, cells, n);
	if (wanted != NULL) {
		h->known = assign(wanted, &all, fields.of, n, &twice);
		h->complete = h->known > 0 &&
			      schema_complete(wanted, has_column, &fields);
	} else {
		recognise(h, &all, &fields);
	}
	h->sure = h->complete && h->known >= 2 && 2 * h->known > all.width;
	free(all.of);
	free(fields.of);
}

const char *
heading_fields(
    const struct schema *s, char **cells, size_t n, const struct field **fields)
{
	struct all_found all;
	const char *twice;

	find_all(&all, cells, n);
	assign(s, &all, fields, n, &twice);
	free(all.of);
	return twice;
}

const struct field *
heading_field(const struct schema *s, const char *text)
{
	const struct field *field;
	char *cell = mem_text(text, strlen(text));

	heading_fields(s, &cell, 1, &field);
	free(cell);
	return field;
}

int
heading_complain(
    struct record *r, const struct heading *h, char **cells, size_t n)
{
	struct fields fields = {mem_zero(n + 1, sizeof *fields.of), n};
	const char **name;
	struct buf lacks = {0};
	const struct field *f;

	if (h->schema == NULL) {
		free(fields.of);
		return rec_complain(r, "headings of no record type");
	}
	heading_fields(h->schema, cells, n, fields.of);
	for (name = h->schema->rule.required; *name != NULL; name++) {
		f = schema_field(h->schema, *name);
		if (!has_column(*name, &fields))
			buf_printf(&lacks, "%s %s (%s)",
			    lacks.len > 0 ? "," : "", *name,
			    f->titles.of[ZH][0]);
	}
	rec_complain(r, "headings of no record type; nearest is %s%s%s",
	    h->schema->type, lacks.len > 0 ? ", which lacks" : "",
	    lacks.len > 0 ? lacks.data : "");
	buf_free(&lacks);
	free(fields.of);
	return -1;
}
