#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "summary.h"

/* The vulnerabilities of a report, by domain and by their measures (7.3, 7.7).
 */

/* The names of the threats, by id and by manner, that can use it. */
static void
put_threat_names(struct context *c, json_t *vulnerability)
{
	json_t *names = json_array(), *threat, *id;
	size_t i;

	json_array_foreach (
	    json_object_get(vulnerability, "threats_list"), i, id) {
		threat = context_record_of(
		    c, THREAT, json_string_value(id), json_string_value(id));
		json_array_append(names, json_object_get(threat, "name"));
		json_decref(threat);
	}
	json_array_extend(
	    names, json_object_get(vulnerability, "manners_list"));
	json_object_set_new(
	    vulnerability, "threat_names", view_joined(c->view, names));
	json_decref(names);
}

json_t *
context_weakness(struct context *c, uint32_t number)
{
	json_t *v = rows_read(c, VULNERABILITY, number);

	put_threat_names(c, v);
	context_join(c, v, "asset", ASSET);
	return v;
}

static const struct weakness_row *
row_of(const struct context *c, uint32_t number)
{
	return &c->rows.weaknesses[number];
}

/* The methods used in a row of the table of 7.3, each once, joined. */
static json_t *
methods_of(struct context *c, const struct list *l)
{
	const char **labels =
	    context_labels_of(c->view, "vulnerability", "methods");
	json_t *names = json_array(), *text;
	unsigned used = 0;
	size_t i;

	for (i = 0; i < l->n; i++)
		used |= row_of(c, list_at(l, i))->methods;
	for (i = 0; labels[i] != NULL; i++)
		if ((used & 1U << i) != 0)
			json_array_append_new(names, json_string(labels[i]));
	text = view_joined(c->view, names);
	json_decref(names);
	free(labels);
	return text;
}

static bool
has_measures(const struct context *c, uint32_t number)
{
	return row_of(c, number)->has_measures;
}

static bool
is_unrated(const struct context *c, uint32_t number)
{
	return row_of(c, number)->severity == 0;
}

static uint32_t
or_nowhere(uint8_t code)
{
	return code > 0 ? code : NOWHERE;
}

static uint32_t
domain_of(const struct context *c, uint32_t number)
{
	return or_nowhere(row_of(c, number)->domain);
}

static uint32_t
effect_of(const struct context *c, uint32_t number)
{
	return or_nowhere(row_of(c, number)->effect);
}

static const char *
domain_label(const struct context *c, uint32_t domain)
{
	return context_label(c, "vulnerability", "domain", domain);
}

static const char *
effect_label(const struct context *c, uint32_t effect)
{
	return context_label(
	    c, "vulnerability", "measure_effectiveness", effect);
}

static void
put_domains(struct context *c, const struct list *all)
{
	struct division d = list_divided(c, all, domain_of, true);
	json_t *domains = context_groups(c, &d, domain_label,
	    view_text(c->view, "未分类", "unclassified"), "vulnerabilities");
	size_t i;

	for (i = 0; i < d.n; i++)
		json_object_set_new(json_array_get(domains, i), "methods",
		    methods_of(c, d.groups[i]));
	division_free(&d);
	context_put(c, "domains", domains);
}

void
context_vulnerabilities(struct context *c)
{
	struct list *all = list_all(c, VULNERABILITY), *measures;
	long severities[METHOD_LEVELS + 1] = {0};
	struct division effects;
	size_t i;

	for (i = 0; i < all->n; i++)
		severities[row_of(c, list_at(all, i))->severity]++;
	measures = list_such(c, all, has_measures);
	measures->numbered = false;
	context_put(c, "vulnerability_count", json_integer((json_int_t)all->n));
	context_put_such(c, "unrated_vulnerabilities", all, is_unrated);
	context_put(c, "measure_count", json_integer((json_int_t)measures->n));
	context_put_list(c, "vulnerabilities", all);
	put_domains(c, all);
	context_put(c, "severity_levels",
	    summary_counts(c->view, "severity", severities, (long)all->n));
	effects = list_divided(c, measures, effect_of, true);
	context_put(c, "measure_effects",
	    context_groups(c, &effects, effect_label,
		view_text(c->view, "未评价", "not assessed"), "items"));
	division_free(&effects);
	context_put_list(c, "measures", measures);
}
