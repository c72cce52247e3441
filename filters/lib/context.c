#include <string.h>

#include "change.h"
#include "context-private.h"
#include "level.h"
#include "lists.h"

static enum type
type_of(const char *name)
{
	size_t i;

	for (i = 0; i < N_TYPES; i++)
		if (strcmp(schema_types()[i], name) == 0)
			break;
	return (enum type)i;
}

/* What a template has tags of, and what is needed to sort and join. */
static const struct index *
want(const struct index *tags)
{
	static const char *const needed[] = {"id", "name", "asset", "threat",
	    "vulnerability", "risk", "threats_list", "manners_list", "measure",
	    "basis_code", "expected_frequency", "expected_severity",
	    "expected_value", "actual_frequency", "actual_severity",
	    "actual_value", "category", "department", "value", "value_level",
	    "assessed_value", "availability_basis", "maximum_level"};
	struct index *wanted = mem_zero(1, sizeof *wanted);
	size_t i;

	for (i = 0; i < tags->count; i++)
		index_add(wanted, tags->keys[i]);
	for (i = 0; i < sizeof needed / sizeof needed[0]; i++)
		index_add(wanted, needed[i]);
	return wanted;
}

/* Whether a template has what is told of approvals, or the digest. */
static bool
wants_approvals(const struct context *c)
{
	static const char *const tags[] = {"approval_count", "approval_roles",
	    "approvals", "changed_since", "digest", "is_approved"};
	size_t i;

	for (i = 0; i < sizeof tags / sizeof tags[0]; i++)
		if (context_wants(c, tags[i]))
			return true;
	return false;
}

struct context *
context_open(const struct view *view, const struct context_options *o)
{
	struct context *c = mem_zero(1, sizeof *c);
	size_t i;

	c->view = view;
	c->lean = *view;
	c->lean.wanted = want(o->wanted);
	c->only = o->only;
	c->mixed = o->mixed;
	c->day = o->day;
	c->compares = strcmp(o->document, "compare") == 0;
	c->has_course =
	    c->compares || index_find(o->wanted, "period") != INDEX_NONE;
	c->said = o->period;
	c->document = dossier_number(o->document);
	if (c->document >= 0 && wants_approvals(c))
		dossier_add(&c->dossier, c->document);
	c->root = json_object();
	for (i = 0; i < N_TYPES; i++)
		c->records[i] = json_array();
	return c;
}

/* Whether a record is of another asset than the one the report is about. */
static bool
is_of_other(const struct context *c, enum type type, const struct record *r)
{
	const char *member = type == ASSET ? "id" : "asset";

	if (c->only == NULL || type == ASSESSMENT || type == THREAT ||
	    type == REFUSED_TYPE || type == INSPECTION || type == APPROVAL ||
	    type == DECISION)
		return false;
	return rec_string(r, member) == NULL ||
	       strcmp(rec_string(r, member), c->only) != 0;
}

/* Whether the levels of a record can be read by the method in force: 0, -1. */
static int
check_method(const struct context *c, struct record *r)
{
	if (!rec_has(r, "method") && !rec_has(r, "before_method") &&
	    !rec_has(r, "after_method"))
		return 0;
	return level_same_method(r, c->view->method, c->mixed);
}

/* Counts a record that another method computed. */
static void
count_other(struct context *c, const char *method)
{
	size_t i, count = c->others.count;

	if (method == NULL || strcmp(method, method_id(c->view->method)) == 0)
		return;
	i = index_add(&c->others, method);
	if (c->others.count > count) {
		c->n_others = mem_resize(
		    c->n_others, c->others.count * sizeof *c->n_others);
		c->n_others[i] = 0;
	}
	c->n_others[i]++;
}

static void
count_others(struct context *c, const struct record *r)
{
	count_other(c, rec_string(r, "method"));
	count_other(c, rec_string(r, "before_method"));
	count_other(c, rec_string(r, "after_method"));
}

/* Enters the key of a record, and a row; false where it is there. */
static bool
enter(struct context *c, enum type type, const struct schema *schema,
    struct record *r)
{
	size_t count = c->ids[type].count;
	struct buf key = {0};
	bool is_new = true, has_key;

	buf_add(&key, "", 0);
	has_key = schema_key(schema, r, &key);
	if (has_key && rows_have(type)) {
		is_new = rows_take(c, type, r, key.data);
	} else if (has_key && type == CHANGE) {
		is_new = rows_take_change(c, key.data);
	} else if (has_key) {
		index_add(&c->ids[type], key.data);
		is_new = c->ids[type].count > count;
	}
	buf_free(&key);
	return is_new;
}

/*
 * Whether a record is another assessment, for a document that looks back: the
 * later one stays the first, and the last of those before it is kept.
 */
static bool
is_former(struct context *c, enum type type, const struct record *r)
{
	json_t *first = json_array_get(c->records[ASSESSMENT], 0), *other;
	const char *to = rec_string(r, "period_to");
	int way;

	if (type != ASSESSMENT || !c->has_course || first == NULL)
		return false;
	way = strcmp(to != NULL ? to : "", list_text(first, "period_to"));
	if (way == 0)
		return false;
	other = view_record(c->view, schema_find("assessment"), rec_members(r));
	if (way > 0) {
		json_incref(first);
		json_array_set_new(c->records[ASSESSMENT], 0, other);
		other = first;
	}
	if (c->former == NULL || strcmp(list_text(other, "period_to"),
				     list_text(c->former, "period_to")) > 0) {
		json_decref(c->former);
		c->former = json_incref(other);
	}
	json_decref(other);
	return true;
}

/*
 * Whether a refused record is one that is there: risk-diff passes on those of
 * the streams it compared, which the document may be given as well.
 */
static bool
is_repeated(struct context *c, enum type type, const struct record *r)
{
	size_t count = c->ids[type].count;
	struct buf line = {0};

	if (type != REFUSED_TYPE || !c->compares)
		return false;
	rec_write(&line, r);
	index_add(&c->ids[type], line.data);
	buf_free(&line);
	return c->ids[type].count == count;
}

int
context_take(struct context *c, struct record *r)
{
	enum type type = type_of(r->type);
	const struct schema *schema = schema_find(r->type);
	bool is_other, is_new;

	if (check_method(c, r) < 0 || (type == CHANGE && change_check(r) < 0))
		return -1;
	if (type == ASSESSMENT)
		context_note_assessment(c, rec_object(r));
	if (is_former(c, type, r) || is_repeated(c, type, r))
		return 0;
	is_other = is_of_other(c, type, r);
	is_new = is_other ? dossier_enter(&c->dossier, r)
			  : enter(c, type, schema, r);
	dossier_take(&c->dossier, r, is_new);
	if (!is_new)
		return schema_complain_twice(schema, r);
	if (type == INCIDENT)
		context_note_incident(c, rec_object(r));
	if (is_other)
		return 0;
	count_others(c, r);
	if (type == CHANGE && !context_take_change(c, r))
		return 0;
	if (!rows_have(type))
		json_array_append_new(c->records[type],
		    view_record(type == ASSET ? &c->lean : c->view, schema,
			rec_members(r)));
	return 0;
}

/* The other methods that records were computed by, {id, count}. */
static void
build_others(struct context *c)
{
	json_t *list = json_array(), *other;
	size_t i;

	for (i = 0; i < c->others.count; i++) {
		other = json_object();
		json_object_set_new(
		    other, "id", json_string(c->others.keys[i]));
		json_object_set_new(
		    other, "count", json_integer(c->n_others[i]));
		json_array_append_new(list, other);
	}
	context_put(c, "other_methods", list);
	context_put_size(c, "other_methods_count", list);
}

/* The text of a refused record, cut between characters where it is long. */
static void
build_refused(struct context *c)
{
	json_t *item;
	size_t i, len, most = 200;
	const char *text;
	struct buf cut = {0};

	json_array_foreach (c->records[REFUSED_TYPE], i, item) {
		text = list_text(item, "record");
		len = strlen(text);
		if (len <= most)
			continue;
		for (len = most; ((unsigned char)text[len] & 0xc0) == 0x80;)
			len--;
		buf_clear(&cut);
		buf_add(&cut, text, len);
		buf_text(&cut, "…");
		json_object_set_new(item, "record", json_string(cut.data));
	}
	buf_free(&cut);
	context_put(c, "refused", json_incref(c->records[REFUSED_TYPE]));
	context_put_size(c, "refused_count", c->records[REFUSED_TYPE]);
}

json_t *
context_build(struct context *c)
{
	if (c->only != NULL && json_array_size(c->records[ASSET]) == 0 &&
	    c->comparison == NULL)
		return NULL;
	context_put(c, "method", view_method(c->view));
	context_put(c, "assessment",
	    json_array_size(c->records[ASSESSMENT]) > 0
		? json_incref(json_array_get(c->records[ASSESSMENT], 0))
		: json_false());
	context_approvals(c);
	context_choose_period(c);
	context_assets(c);
	context_threats(c);
	context_incidents(c);
	context_kpi(c);
	context_vulnerabilities(c);
	context_risks(c);
	context_plan(c);
	context_residuals(c);
	context_compare(c);
	build_refused(c);
	build_others(c);
	return c->root;
}
