#include <stdlib.h>
#include <string.h>

#include "context-private.h"
#include "lists.h"
#include "summary.h"

/* What remains of the risks once they are treated (7.14). */

static bool
is_treated(const struct context *c, uint32_t risk)
{
	if (residual_row(c, risk) == NULL)
		return false;
	return risk_is_unacceptable(c, risk) ||
	       (risk_is_decided(c, risk) &&
		   !risk_is_treated_by(c, risk, "retain"));
}

static bool
is_next(const struct context *c, uint32_t risk, const char *next)
{
	const struct field *f = schema_field(schema_find("residual"), "next");
	const struct residual_row *r = residual_row(c, risk);

	return r->next > 0 && strcmp(f->rule.values[r->next - 1], next) == 0;
}

static bool
is_to_close(const struct context *c, uint32_t risk)
{
	return is_next(c, risk, "close");
}

static bool
is_to_verify(const struct context *c, uint32_t risk)
{
	return is_next(c, risk, "verify");
}

static bool
is_open(const struct context *c, uint32_t risk)
{
	return residual_row(c, risk)->unacceptable;
}

static bool
has_problems(const struct context *c, uint32_t risk)
{
	return residual_row(c, risk)->has_problems;
}

static uint32_t
next_of(const struct context *c, uint32_t risk)
{
	const struct residual_row *r = residual_row(c, risk);

	return r->next > 0 ? r->next : NOWHERE;
}

static const char *
next_label(const struct context *c, uint32_t next)
{
	return context_label(c, "residual", "next", next);
}

static void
put_before_after(struct context *c, const long before[METHOD_LEVELS + 1],
    const long after[METHOD_LEVELS + 1], long total)
{
	json_t *levels = summary_counts(c->view, "risk", before, total);
	json_t *level;
	long n, remaining = 0;
	size_t i;

	json_array_foreach (levels, i, level) {
		n = after[list_number(level, "level")];
		json_object_set(
		    level, "before", json_object_get(level, "count"));
		json_object_set_new(level, "after", json_integer(n));
		remaining += n;
	}
	context_put(c, "none_after", json_integer(total - remaining));
	context_put(c, "residual_levels", levels);
}

static void
put_counts(struct context *c)
{
	long cells[METHOD_LEVELS + 1][METHOD_LEVELS + 1] = {{0}};
	long before[METHOD_LEVELS + 1] = {0}, after[METHOD_LEVELS + 1] = {0};
	const struct residual_row *r;
	long total = 0;
	size_t i;

	for (i = 0; i < rows_count(c, RISK_TYPE); i++) {
		r = residual_row(c, (uint32_t)i);
		if (r == NULL)
			continue;
		total++;
		before[r->before]++;
		after[r->after]++;
		cells[r->loss][r->likelihood]++;
	}
	context_put(c, "has_residuals", json_boolean(total > 0));
	context_put(c, "orphan_residuals",
	    json_integer((json_int_t)rows_count(c, RESIDUAL) - total));
	put_before_after(c, before, after, total);
	context_put(c, "residual_matrix", summary_cells(c->view, cells));
}

/* What has no level left, and no treatment, comes last. */
static int
by_worst(const struct context *c, uint32_t one, uint32_t other)
{
	const struct residual_row *a = residual_row(c, one);
	const struct residual_row *b = residual_row(c, other);
	int level_a = a != NULL ? a->after : 0,
	    level_b = b != NULL ? b->after : 0;
	int32_t priority_a = treatment_priority(c, one);
	int32_t priority_b = treatment_priority(c, other);

	if (level_a != level_b)
		return level_b - level_a;
	return (priority_a > priority_b) - (priority_a < priority_b);
}

void
context_residuals(struct context *c)
{
	struct list *treated;
	struct division d;

	put_counts(c);
	treated = list_ordered(c, list_all(c, RISK_TYPE), is_treated, by_worst);
	context_put_counted(c, "residuals", treated);
	context_put_such(c, "residual_open", treated, is_open);
	context_put_such(c, "residual_problems", treated, has_problems);
	context_put_such(c, "residual_close", treated, is_to_close);
	context_put_such(c, "residual_verify", treated, is_to_verify);
	d = list_divided(c, treated, next_of, true);
	context_put(
	    c, "next_counts", context_groups(c, &d, next_label, "—", "items"));
	division_free(&d);
}
