#include <math.h>
#include <string.h>
#include <unistd.h>

#include "filter.h"
#include "level.h"
#include "object.h"

long
level_score(const struct record *r, const char *name, const struct method *m,
    enum scale scale)
{
	static const int units[] = {1, 10, 100};

	return lround(rec_number(r, name) * units[method_decimals(m, scale)]);
}

void
level_write_risk(struct buf *b, const struct method *m,
    const struct risk_inputs *in, const struct risk_steps *steps,
    const char *score, const char *level)
{
	obj_integer(b, "asset_level", in->value);
	if (method_takes_score(m))
		obj_decimal(b, "asset_value", in->score, 1);
	obj_integer(b, "frequency_level", in->frequency);
	obj_integer(b, "severity_level", in->severity);
	obj_decimal(b, "likelihood_score", steps->likelihood_score,
	    method_decimals(m, LIKELIHOOD));
	obj_integer(b, "likelihood_level", steps->likelihood_level);
	obj_decimal(
	    b, "loss_score", steps->loss_score, method_decimals(m, LOSS));
	obj_integer(b, "loss_level", steps->loss_level);
	obj_decimal(b, score, steps->score, method_decimals(m, RISK));
	obj_integer(b, level, steps->level);
}

static void
write_step(struct buf *b, struct buf step[2], bool *first)
{
	buf_text(b, *first ? "{" : ",{");
	*first = false;
	obj_quote(b, "zh", 2);
	buf_char(b, ':');
	obj_quote(b, step[0].data, step[0].len);
	obj_name(b, "en");
	obj_quote(b, step[1].data, step[1].len);
	buf_char(b, '}');
	buf_clear(&step[0]);
	buf_clear(&step[1]);
}

void
level_write_explanation(struct buf *b, const struct method *method,
    const struct asset_value *value, const struct risk_inputs *in, int level,
    enum limit limit, int maximum)
{
	static struct buf steps[3][2];
	bool first = true;
	int i;

	obj_name(b, "explanation");
	buf_char(b, '[');
	if (value->c > 0 && value->i > 0 && value->a > 0 && value->score > 0) {
		method_explain_value(method, value, steps[0]);
		write_step(b, steps[0], &first);
	}
	method_explain_risk(method, in, steps);
	for (i = 0; i < 3; i++)
		write_step(b, steps[i], &first);
	method_explain_acceptance(method, level, limit, maximum, steps[0]);
	write_step(b, steps[0], &first);
	buf_char(b, ']');
}

/* Where a record has a method and scores; a change has two of each. */
static const char *const methods[] = {
    "method", "before_method", "after_method"};
static const char *const scores[] = {"score", "before_score", "after_score"};

/* Whether a score of a change is that of another method. */
static bool
is_foreign(const struct record *r, size_t i, const struct method *m)
{
	const char *id = rec_string(r, methods[i]);

	return i > 0 && id != NULL && strcmp(id, method_id(m)) != 0;
}

int
level_same_method(struct record *r, const struct method *m, bool any)
{
	const char *id, *last = NULL;
	size_t i;

	for (i = 0; i < sizeof methods / sizeof methods[0]; i++) {
		id = rec_string(r, methods[i]);
		last = id != NULL ? id : last;
		if (!any && id != NULL && strcmp(id, method_id(m)) != 0)
			return rec_complain(r, "%s: %s is not %s", methods[i],
			    id, method_id(m));
	}
	if (!any && last == NULL)
		return rec_complain(r, "method: none is not %s", method_id(m));
	for (i = 0; i < sizeof scores / sizeof scores[0]; i++)
		if (!is_foreign(r, i, m) && level_score(r, scores[i], m, RISK) >
						method_highest_score(m))
			return rec_complain(r, "%s: above the highest of %s",
			    scores[i], method_id(m));
	return 0;
}

struct asset_value
level_read_value(const struct record *r, const struct method *method)
{
	const char *basis = rec_string(r, "value_basis");
	struct asset_value v = {
	    .level = (int)rec_integer(r, "value_level"),
	    .score = (int)level_score(r, "value", method, VALUE),
	    .assessed = basis != NULL && strcmp(basis, "assessor") == 0,
	};

	v.c = (int)rec_integer(r, "confidentiality");
	v.i = (int)rec_integer(r, "integrity");
	v.a = (int)rec_integer(r, "availability");
	return v;
}

int
level_check_value(
    struct record *r, const struct method *method, const struct asset_value *v)
{
	const char *basis = rec_string(r, "value_basis");
	int c = v->c, i = v->i, a = v->a;

	if (basis == NULL || c == 0 || i == 0 || a == 0)
		return 0;
	if (method_value(method, c, i, a) != v->score ||
	    (!v->assessed && method_grade(method, VALUE, v->score) != v->level))
		return rec_complain(r,
		    "value: not what %s makes of confidentiality, integrity "
		    "and availability: asset-value had another method",
		    method_id(method));
	return 0;
}

bool
level_is_own(const struct record *r, const struct method *m)
{
	const char *id = rec_string(r, "method");

	return id != NULL && strcmp(id, method_id(m)) == 0;
}

const struct method *
level_method(const char *name)
{
	static const char *const questions[] = {
	    "attractiveness", "capability", "exploitability"};
	const struct method *m = method_load(name);
	enum scale s;
	int i;

	for (s = 0; s < N_SCALES; s++)
		schema_limit(method_scale_name(s), method_levels(m, s));
	for (i = 0; i < 3; i++)
		schema_limit(questions[i], method_answers(m, i));
	return m;
}

const struct method *
level_options(int argc, char *argv[], char flag, bool *is_set, const char **day)
{
	const char *name = NULL;
	struct buf letters = {0}, synopsis = {0};
	int option;

	buf_text(&letters, day != NULL ? "m:D:" : "m:");
	if (flag != '\0') {
		buf_char(&letters, flag);
		buf_printf(&synopsis, "[-%c] ", flag);
	}
	buf_printf(&synopsis, "%s[-m method] [file ...]",
	    day != NULL ? "[-D date] " : "");
	while ((option = getopt(argc, argv, letters.data)) != -1) {
		if (option == 'm')
			name = optarg;
		else if (option == 'D' && day != NULL)
			*day = filter_day(optarg);
		else if (option == flag)
			*is_set = true;
		else
			filter_usage(synopsis.data);
	}
	buf_free(&letters);
	buf_free(&synopsis);
	return level_method(name);
}
