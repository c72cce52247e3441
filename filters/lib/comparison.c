#include <string.h>

#include "buf.h"
#include "comparison.h"
#include "lists.h"

static const char *const sides[] = {"before", "after"};

/* A field of one side of a change, until the next call. */
static const char *
of_side(int side, const char *name)
{
	static struct buf full;

	buf_clear(&full);
	buf_printf(&full, "%s_%s", sides[side], name);
	return full.data;
}

size_t
comparison_number(const struct value_rule *rule, const char *value)
{
	size_t i;

	for (i = 0; i < rule->n_values; i++)
		if (strcmp(rule->values[i], value) == 0)
			break;
	return i;
}

const struct value_rule *
comparison_causes(void)
{
	const struct field *causes =
	    schema_field(schema_find("change"), "causes");

	return &causes->rule.items->fields[0].rule;
}

static void
count_side(struct comparison *n, const struct record *r, int side)
{
	long level = rec_integer(r, of_side(side, "level"));

	n->levels[side][level]++;
	if (level == 0)
		return;
	n->unacceptable[side] += !rec_boolean(r, of_side(side, "acceptable"));
	n->cells[side][rec_integer(r, of_side(side, "loss_level"))]
		[rec_integer(r, of_side(side, "likelihood_level"))]++;
}

static void
count_causes(struct comparison *n, const struct record *r, enum what what)
{
	const json_t *causes = json_object_get(rec_object(r), "causes"), *cause;
	size_t i;

	json_array_foreach (causes, i, cause)
		n->causes[comparison_number(
		    comparison_causes(), list_text(cause, "cause"))][what]++;
}

enum what
comparison_what(const struct record *r)
{
	return (enum what)comparison_number(
	    &schema_field(schema_find("change"), "what")->rule,
	    rec_string(r, "what"));
}

void
comparison_take(struct comparison *n, const struct record *r)
{
	enum what what = comparison_what(r);
	long before = rec_integer(r, "before_level");
	long after = rec_integer(r, "after_level");

	n->new_score =
	    mem_room(n->new_score, (size_t)n->total, sizeof *n->new_score);
	n->new_score[n->total++] = rec_number(r, "after_score");
	n->decided += rec_has(r, "before_option");
	n->what[what]++;
	n->level_raised += what == RAISED && after > before;
	n->level_lowered += what == LOWERED && after < before;
	n->renumbered += rec_has(r, "former_risk");
	n->mixed += before > 0 && after > 0 && rec_has(r, "before_method") &&
		    rec_has(r, "after_method") &&
		    strcmp(rec_string(r, "before_method"),
			rec_string(r, "after_method")) != 0;
	n->moves[before][after]++;
	count_side(n, r, 0);
	count_side(n, r, 1);
	count_causes(n, r, what);
}
