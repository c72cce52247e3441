#include <stdlib.h>
#include <string.h>

#include "approval.h"
#include "context-private.h"
#include "lists.h"

/* What the review and approval of a document came to (7.13, 7.14). */

/* What a state is called, by enum approval_state. */
static const char *
state_text(const struct view *v, enum approval_state state)
{
	static const char *const texts[][2] = {
	    [APPROVAL_MISSING] = {"尚无", "none yet"},
	    [APPROVAL_VOID] = {"无效，签署人无权签署",
		"void: the signer may not sign it"},
	    [APPROVAL_STALE] = {"内容已变更，须重新审批",
		"stale: the content has changed since"},
	    [APPROVAL_RETURNED] = {"已退回", "returned"},
	    [APPROVAL_EXPIRED] = {"已过有效期", "expired"},
	    [APPROVAL_VALID] = {"有效", "valid"},
	};

	return view_text(v, texts[state][0], texts[state][1]);
}

/* Why something that was approved counts no more; "" where it does. */
static const char *
lapse_text(const struct view *v, enum approval_state state)
{
	switch (state) {
	case APPROVAL_VOID:
		return view_text(
		    v, "签署人无权签署", "not the signer's to sign");
	case APPROVAL_STALE:
		return view_text(v, "此后内容已变更", "content changed since");
	case APPROVAL_EXPIRED:
		return view_text(v, "已过有效期", "expired");
	case APPROVAL_MISSING:
	case APPROVAL_RETURNED:
	case APPROVAL_VALID:
		break;
	}
	return "";
}

static const char *
or_null(const json_t *object, const char *member)
{
	const char *text = list_text(object, member);

	return *text != '\0' ? text : NULL;
}

static const char *
day_of(const struct context *c)
{
	const json_t *assessment = json_array_get(c->records[ASSESSMENT], 0);

	return c->day != NULL ? c->day : or_null(assessment, "period_to");
}

static enum approval_state
judge(const struct context *c, const json_t *approval, const char *current)
{
	const json_t *assessment = json_array_get(c->records[ASSESSMENT], 0);
	const char *role = list_text(approval, "role_code");

	if (approval_duty(c->document, role) == DUTY_NONE ||
	    approval_is_own(list_text(approval, "name"), role,
		list_text(assessment, "prepared_by")))
		return APPROVAL_VOID;
	return approval_judge(list_text(approval, "decision_code"),
	    list_text(approval, "digest"), or_null(approval, "expires"),
	    current, day_of(c));
}

static void
put_state(const struct context *c, json_t *to, enum approval_state state)
{
	json_object_set_new(
	    to, "state", json_string(state_text(c->view, state)));
	json_object_set_new(to, "valid", json_boolean(state == APPROVAL_VALID));
	json_object_set_new(
	    to, "lapse", json_string(lapse_text(c->view, state)));
}

static const char *
duty_text(const struct context *c, const char *role)
{
	switch (approval_duty(c->document, role)) {
	case DUTY_REVIEW:
		return view_text(c->view, "审核", "review");
	case DUTY_APPROVE:
		return view_text(c->view, "批准", "approval");
	case DUTY_NONE:
		break;
	}
	return view_text(c->view, "无此职责", "no duty of this role");
}

/* The approvals of this document, all of them, as they came. */
static json_t *
list_approvals(const struct context *c, const char *current)
{
	json_t *list = json_array(), *approval, *one;
	size_t i;

	json_array_foreach (c->records[APPROVAL], i, approval) {
		if (strcmp(list_text(approval, "document_code"),
			dossier_document(c->document)) != 0)
			continue;
		one = json_copy(approval);
		put_state(c, one, judge(c, approval, current));
		json_object_set_new(one, "duty",
		    json_string(duty_text(c, list_text(one, "role_code"))));
		json_array_append_new(list, one);
	}
	return list;
}

/* The last approval of a role, borrowed; NULL where there is none. */
static const json_t *
last_of(const json_t *approvals, const char *role)
{
	const json_t *approval, *last = NULL;
	size_t i;

	json_array_foreach (approvals, i, approval)
		if (strcmp(list_text(approval, "role_code"), role) == 0)
			last = approval;
	return last;
}

/* Each role that the document needs, with its last word. */
static void
put_roles(struct context *c, const json_t *approvals)
{
	json_t *roles = json_array(), *one;
	const json_t *last;
	const char *role;
	bool all = true;
	size_t i;

	for (i = 0; (role = approval_role(c->document, i)) != NULL; i++) {
		last = last_of(approvals, role);
		one = last != NULL ? json_copy((json_t *)last) : json_object();
		json_object_set_new(one, "role",
		    json_string(view_label(c->view, "approval", "role", role)));
		json_object_set_new(
		    one, "duty", json_string(duty_text(c, role)));
		if (last == NULL)
			put_state(c, one, APPROVAL_MISSING);
		all = all && json_is_true(json_object_get(one, "valid"));
		json_array_append_new(roles, one);
	}
	json_object_set_new(json_array_get(roles, json_array_size(roles) - 1),
	    "last", json_true());
	context_put(c, "approval_roles", roles);
	context_put(c, "is_approved", json_boolean(all));
}

/* The id of a record; of a risk's, what it is the risk of as well. */
static void
write_part_id(struct context *c, struct buf *b, const char *key, size_t len)
{
	char *id = mem_text(key, len);
	uint32_t number = rows_find(c, RISK_TYPE, id);
	json_t *risk = NULL, *weakness;

	buf_printf(b, "%s%s", view_text(c->view, "", " "), id);
	if (number != NOWHERE) {
		risk = context_risk(c, number);
		weakness =
		    context_make(json_object_get(risk, "vulnerability"), c);
		if (weakness == NULL) /* it stands there */
			weakness =
			    json_incref(json_object_get(risk, "vulnerability"));
		buf_printf(b, "%s%s%s%s%s", view_text(c->view, "（", " ("),
		    list_text(risk, "asset.name"),
		    view_text(c->view, "：", ": "), list_text(weakness, "name"),
		    view_text(c->view, "）", ")"));
		json_decref(weakness);
	}
	json_decref(risk);
	free(id);
}

/* "type id" as a reader knows it: the type by its title. */
static json_t *
part_name(struct context *c, const char *key, size_t len)
{
	size_t n = strcspn(key, " ");
	char *type = mem_text(key, n < len ? n : len);
	const struct schema *schema = schema_find(type);
	struct buf name = {0};
	json_t *text;

	buf_text(&name, schema != NULL ? schema->title[c->view->lang] : type);
	if (n < len)
		write_part_id(c, &name, key + n + 1, len - n - 1);
	text = json_string(name.data);
	buf_free(&name);
	free(type);
	return text;
}

#define MOST_CHANGES 20 /* that are listed; all are counted */

static void
add_change(struct context *c, json_t *one, const char *what, const char *key,
    size_t len)
{
	json_t *changes = json_object_get(one, "changes"), *change;

	json_object_set_new(
	    one, "count", json_integer(list_number(one, "count") + 1));
	if (json_array_size(changes) == MOST_CHANGES)
		return;
	change = json_object();
	json_object_set_new(change, "what", json_string(what));
	json_object_set_new(change, "name", part_name(c, key, len));
	json_array_append_new(changes, change);
}

/* The key in a part, "key digits". */
static size_t
key_len(const char *part)
{
	const char *digits = strrchr(part, ' ');

	return digits != NULL ? (size_t)(digits - part) : strlen(part);
}

enum part_state { PART_GONE, PART_SAME, PART_CHANGED };

/* Enters the keys of an approval's parts, and the parts as they are. */
static void
enter_parts(const json_t *parts, struct index *keys, struct index *whole)
{
	const json_t *part;
	struct buf key = {0};
	const char *text;
	size_t i;

	json_array_foreach (parts, i, part) {
		text = json_string_value(part);
		buf_clear(&key);
		buf_add(&key, text, key_len(text));
		index_add(keys, key.data);
		index_add(whole, text);
	}
	buf_free(&key);
}

/* What has become of each key; those that are not there now stay PART_GONE. */
static enum part_state *
find_states(const struct context *c, const struct index *keys,
    const struct index *whole)
{
	enum part_state *states = mem_zero(keys->count + 1, sizeof *states);
	char digits[PART_DIGITS + 1];
	struct buf part = {0};
	const char *key;
	size_t i, k;

	for (i = 0; i < dossier_count(&c->dossier); i++) {
		key = dossier_part(&c->dossier, c->document, i, digits);
		if (key == NULL || (k = index_find(keys, key)) == INDEX_NONE)
			continue;
		buf_clear(&part);
		buf_printf(&part, "%s %s", key, digits);
		states[k] = index_find(whole, part.data) != INDEX_NONE
				? PART_SAME
				: PART_CHANGED;
	}
	buf_free(&part);
	return states;
}

/* Puts what has changed since an approval, {what, name}, and how much. */
static void
put_changes(struct context *c, json_t *one, const json_t *approval)
{
	struct index keys = {0}, whole = {0};
	char digits[PART_DIGITS + 1];
	enum part_state *states;
	struct buf copy = {0};
	const char *key;
	size_t i;

	json_object_set_new(one, "changes", json_array());
	json_object_set_new(one, "count", json_integer(0));
	enter_parts(json_object_get(approval, "parts_list"), &keys, &whole);
	states = find_states(c, &keys, &whole);
	for (i = 0; i < keys.count; i++)
		if (states[i] != PART_SAME)
			add_change(c, one,
			    states[i] == PART_CHANGED
				? view_text(c->view, "修改", "changed")
				: view_text(c->view, "删除", "removed"),
			    keys.keys[i], strlen(keys.keys[i]));
	for (i = 0; i < dossier_count(&c->dossier); i++) {
		key = dossier_part(&c->dossier, c->document, i, digits);
		if (key == NULL || index_find(&keys, key) != INDEX_NONE)
			continue;
		buf_clear(&copy);
		buf_text(&copy, key);
		add_change(c, one, view_text(c->view, "新增", "added"),
		    copy.data, copy.len);
	}
	buf_free(&copy);
	free(states);
	index_free(&keys);
	index_free(&whole);
}

/* Adds a role to those who signed the same; false where nobody did. */
static bool
join_signers(const struct context *c, json_t *since, const json_t *role)
{
	const char *digest = list_text(role, "digest");
	struct buf signers = {0};
	json_t *one;
	size_t i;

	json_array_foreach (since, i, one) {
		if (strcmp(list_text(one, "digest"), digest) != 0)
			continue;
		buf_printf(&signers, "%s%s%s", list_text(one, "signers"),
		    view_text(c->view, "和", " and "), list_text(role, "role"));
		json_object_set_new(one, "signers", json_string(signers.data));
		buf_free(&signers);
		return true;
	}
	return false;
}

/*
 * What has changed since the last word of each role, where that was of another
 * content and says which: {signers, digest, count, changes}.
 */
static json_t *
list_since(struct context *c, const json_t *roles, const char *current)
{
	json_t *since = json_array(), *one;
	const json_t *role;
	size_t i;

	json_array_foreach (roles, i, role) {
		if (strcmp(list_text(role, "digest"), current) == 0 ||
		    !json_is_array(json_object_get(role, "parts_list")) ||
		    join_signers(c, since, role))
			continue;
		one = json_object();
		json_object_set(one, "signers", json_object_get(role, "role"));
		json_object_set(one, "digest", json_object_get(role, "digest"));
		put_changes(c, one, role);
		json_array_append_new(since, one);
	}
	return since;
}

void
context_approvals(struct context *c)
{
	json_t *approvals;
	char current[DIGEST_SIZE];

	if (c->dossier.documents == 0)
		return;
	dossier_digest(&c->dossier, c->document, current);
	approvals = list_approvals(c, current);
	put_roles(c, approvals);
	context_put(c, "changed_since",
	    list_since(c, context_get(c, "approval_roles"), current));
	context_put(c, "digest", json_string(current));
	context_put_size(c, "approval_count", approvals);
	context_put(c, "approvals", approvals);
}
