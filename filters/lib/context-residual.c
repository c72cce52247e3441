#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"
#include "summary.h"

static bool
is_treated(const json_t *risk, const void *arg)
{
	(void)arg;
	if (!json_is_object(json_object_get(risk, "residual")))
		return false;
	return context_is_unacceptable(risk, NULL) ||
	       (context_is_decided(risk, NULL) &&
		   !context_is_treated_by(risk, "retain"));
}

static bool
is_to_close(const json_t *risk, const void *arg)
{
	(void)arg;
	return strcmp(list_text(risk, "residual.next_code"), "close") == 0;
}

static bool
is_to_verify(const json_t *risk, const void *arg)
{
	(void)arg;
	return strcmp(list_text(risk, "residual.next_code"), "verify") == 0;
}

static bool
is_open(const json_t *risk, const void *arg)
{
	(void)arg;
	return json_is_false(list_member(risk, "residual.acceptable"));
}

static bool
has_problems(const json_t *risk, const void *arg)
{
	(void)arg;
	return *list_text(risk, "residual.problems") != '\0';
}

static void
put_before_after(struct context *c, const json_t *residuals)
{
	json_t *level;
	json_t *before =
	    summary_levels(c->view, "risk", residuals, "before_level");
	json_t *after =
	    summary_levels(c->view, "risk", residuals, "after_level");
	long remaining = 0;
	size_t i;

	json_array_foreach (before, i, level) {
		json_object_set(
		    level, "before", json_object_get(level, "count"));
		json_object_set(level, "after",
		    json_object_get(json_array_get(after, i), "count"));
		remaining += list_number(level, "after");
	}
	context_put(c, "none_after",
	    json_integer((json_int_t)json_array_size(residuals) - remaining));
	context_put(c, "residual_levels", before);
	json_decref(after);
}

void
context_residuals(struct context *c)
{
	static const struct list_order worst[] = {
	    {"residual.after_level", true}, {"treatment.priority", false},
	    {NULL, false}};
	const char **labels = context_labels_of(c->view, "residual", "next");
	json_t *sorted = list_sorted(c->records[RISK_TYPE], worst);
	json_t *treated, *of_risks;

	of_risks = context_joined(c, "residual");
	context_put(
	    c, "has_residuals", json_boolean(json_array_size(of_risks) > 0));
	context_put_orphans(c, "orphan_residuals", RESIDUAL, of_risks);
	put_before_after(c, of_risks);
	context_put(c, "residual_matrix", summary_matrix(c->view, of_risks));
	json_decref(of_risks);
	treated = context_put_where(c, "residuals", sorted, is_treated);
	context_put_where(c, "residual_open", treated, is_open);
	context_put_where(c, "residual_problems", treated, has_problems);
	context_put_where(c, "residual_close", treated, is_to_close);
	context_put_where(c, "residual_verify", treated, is_to_verify);
	context_put(
	    c, "next_counts", summary_labels(treated, "residual.next", labels));
	free(labels);
	json_decref(sorted);
}
