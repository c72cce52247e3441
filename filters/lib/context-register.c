#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"
#include "summary.h"

/* by_assessor, by_table or by_history: what a frequency rests on. */
static void
put_basis(json_t *object)
{
	const char *basis = list_text(object, "frequency_basis_code");
	struct buf member = {0};

	if (*basis == '\0')
		return;
	buf_printf(&member, "by_%s", basis);
	json_object_set_new(object, member.data, json_true());
	buf_free(&member);
}

static const char *
unclassified(const struct context *c)
{
	return view_text(c->view, "未分类", "unclassified");
}

static json_t *
grouped(struct context *c, const json_t *list, const char *type,
    const char *field, const char *rest, const char *plural)
{
	const char **labels = context_labels_of(c->view, type, field);
	json_t *groups = list_groups(list, field, labels, rest, plural);

	free(labels);
	return groups;
}

static bool
is_key_asset(const json_t *asset, const void *context)
{
	const struct context *c = context;

	return list_number(asset, "value_level") >=
	       method_levels(c->view->method, VALUE) - 1;
}

static bool
is_assessed(const json_t *asset, const void *context)
{
	(void)context;
	return list_number(asset, "assessed_value") > 0;
}

static bool
has_service_level(const json_t *asset, const void *context)
{
	(void)context;
	return *list_text(asset, "availability_basis") != '\0';
}

static bool
is_unvalued(const json_t *asset, const void *context)
{
	(void)context;
	return list_number(asset, "value_level") == 0;
}

static bool
has_limit(const json_t *asset, const void *context)
{
	(void)context;
	return list_number(asset, "maximum_level") > 0;
}

/* The asset of -a, of which there may be changes alone: it is gone. */
static json_t *
single_asset(const struct context *c)
{
	json_t *asset = json_array_get(c->records[ASSET], 0);
	const char *name;

	if (asset != NULL)
		return json_incref(asset);
	name = list_text(json_array_get(c->records[CHANGE], 0), "asset_name");
	return json_pack("{s:s, s:s}", "id", c->only, "name",
	    *name != '\0' ? name : c->only);
}

/* Puts the assets that are so, for a template that lists them, or how many. */
static void
put_such(struct context *c, const char *name, const json_t *assets,
    bool (*so)(const json_t *, const void *))
{
	struct buf count = {0};
	json_t *some;

	if (context_wants(c, name)) {
		context_put_where(c, name, assets, so);
		return;
	}
	some = list_where(assets, so, c);
	buf_printf(&count, "%s_count", name);
	context_put_size(c, count.data, some);
	json_decref(some);
	buf_free(&count);
}

void
context_assets(struct context *c)
{
	static const struct list_order by_value[] = {
	    {"value_level", true}, {"value", true}, {NULL, false}};
	json_t *assets = c->records[ASSET], *sorted;

	context_put_size(c, "asset_count", assets);
	context_put(c, "categories",
	    grouped(c, assets, "asset", "category", unclassified(c), "assets"));
	context_put(c, "value_levels",
	    summary_levels(c->view, "value", assets, "value_level"));
	sorted = list_sorted(assets, by_value);
	put_such(c, "key_assets", sorted, is_key_asset);
	json_decref(sorted);
	put_such(c, "assessed_assets", assets, is_assessed);
	put_such(c, "service_assets", assets, has_service_level);
	put_such(c, "limited_assets", assets, has_limit);
	put_such(c, "unvalued_assets", assets, is_unvalued);
	context_put(c, "assets", json_incref(assets));
	context_put(c, "single_asset",
	    c->only != NULL ? single_asset(c) : json_false());
}

static bool
rests_on_history(const json_t *threat, const void *arg)
{
	(void)arg;
	return json_is_true(json_object_get(threat, "by_history"));
}

/* With one asset alone, the threats that its risks name. */
static bool
is_named(const json_t *threat, const void *context)
{
	const struct context *c = context;

	return index_find(&c->rows.threats, list_text(threat, "id")) !=
	       INDEX_NONE;
}

/*
 * The window of what incidents rated, where it is another than the period of
 * the assessment; false where there is none or they differ, which is said.
 */
static void
put_window(struct context *c)
{
	const json_t *assessment = json_array_get(c->records[ASSESSMENT], 0);
	const json_t *item, *window = NULL;
	const enum type rated[] = {THREAT, EXPOSURE};
	bool differ = false, is_period;
	json_t *put;
	size_t i, k;

	for (k = 0; k < 2; k++)
		json_array_foreach (c->records[rated[k]], i, item) {
			if (*list_text(item, "window_from") == '\0')
				continue;
			if (window == NULL)
				window = item;
			differ = differ ||
				 strcmp(list_text(item, "window_from"),
				     list_text(window, "window_from")) != 0 ||
				 strcmp(list_text(item, "window_to"),
				     list_text(window, "window_to")) != 0;
		}
	is_period = strcmp(list_text(window, "window_from"),
			list_text(assessment, "period_from")) == 0 &&
		    strcmp(list_text(window, "window_to"),
			list_text(assessment, "period_to")) == 0;
	put = json_false();
	if (window != NULL && !differ && !is_period)
		put = json_pack("{s:O, s:O}", "from",
		    json_object_get(window, "window_from"), "to",
		    json_object_get(window, "window_to"));
	context_put(c, "history_window", put);
	context_put(c, "history_windows_differ", json_boolean(differ));
}

static bool
is_unrated_threat(const json_t *threat, const void *context)
{
	(void)context;
	return list_number(threat, "frequency_level") == 0;
}

void
context_threats(struct context *c)
{
	static const struct list_order by_frequency[] = {
	    {"frequency_level", true}, {NULL, false}};
	json_t *all = c->records[THREAT], *shown, *sorted, *item, *one, *list;
	size_t i;

	shown =
	    c->only != NULL ? list_where(all, is_named, c) : json_incref(all);
	json_array_foreach (shown, i, item)
		put_basis(item);
	context_put_size(c, "threat_count", shown);
	put_window(c);
	context_put_where(c, "unrated_threats", shown, is_unrated_threat);
	sorted = list_sorted(shown, by_frequency);
	json_decref(shown);
	context_put(c, "sources",
	    grouped(c, sorted, "threat", "source", unclassified(c), "threats"));
	context_put(c, "threats", sorted);
	shown = list_where(sorted, rests_on_history, NULL);
	list = json_array();
	json_array_foreach (shown, i, item) {
		one = json_object();
		json_object_set(one, "threat", item);
		json_object_set(
		    one, "count", json_object_get(item, "incident_count"));
		json_array_append_new(list, one);
	}
	json_decref(shown);
	context_put(c, "incidents_by_threat", list);
	json_array_foreach (c->records[EXPOSURE], i, item) {
		put_basis(item);
		context_join(c, item, "asset", ASSET);
		context_join(c, item, "threat", THREAT);
	}
	context_put(c, "exposures", json_incref(c->records[EXPOSURE]));
	context_put_size(c, "exposure_count", c->records[EXPOSURE]);
}
