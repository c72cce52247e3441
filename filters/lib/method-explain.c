#include "method-private.h"

/* Languages, as in every pair of texts here. */
enum { ZH, EN, LANGUAGES };

/* What the steps call the scales. */
static const char *const called[N_SCALES][LANGUAGES] = {
    [CONFIDENTIALITY] = {"机密性", "confidentiality"},
    [INTEGRITY] = {"完整性", "integrity"},
    [AVAILABILITY] = {"可用性", "availability"},
    [VALUE] = {"资产价值", "asset value"},
    [FREQUENCY] = {"威胁频率", "threat frequency"},
    [SEVERITY] = {"脆弱性严重程度", "vulnerability severity"},
    [LIKELIHOOD] = {"可能性", "likelihood"},
    [LOSS] = {"损失", "loss"},
    [RISK] = {"风险", "risk"},
};

static const char
    *const plus[] = {"＋", " + "},
	   *const times[] = {"×", " × "}, *const equals[] = {"＝", " = "},
	   *const nearly[] = {"≈", " ≈ "}, *const comma[] = {"，", ", "},
	   *const open[] = {"（", "("}, *const close[] = {"）", ")"};

/* What a scale is called, and a number: 威胁频率4. */
static void
put_named(struct buf *b, int lang, enum scale s, int n, int decimals)
{
	buf_printf(b, "%s%s", called[s][lang], lang == EN ? " " : "");
	buf_decimal(b, n, decimals);
}

static const char *
label_of(const struct method *m, enum scale s, int level, int lang)
{
	const json_t *rows = json_object_get(
	    json_object_get(m->document, "scales"), method_scale_names[s]);
	const json_t *label =
	    json_object_get(json_array_get(rows, (size_t)level - 1), "label");

	return json_string_value(
	    json_object_get(label, lang == ZH ? "zh" : "en"));
}

/* "→4级（高，16～20）" */
static void
put_grade(
    const struct method *m, struct buf *b, int lang, enum scale s, int level)
{
	buf_printf(b, lang == ZH ? "→%d级（%s，" : " → level %d (%s, ", level,
	    label_of(m, s, level, lang));
	method_put_band(b, m, s, level, lang == ZH ? "～" : "–");
	buf_text(b, close[lang]);
}

/* An exact score as it is written: whole, a decimal, or under a root sign. */
static void
put_exact(struct buf *b, const struct exact *e)
{
	int decimals = e->unit == TENTHS ? 1 : 0;
	uint64_t root = method_root(e->radicand), n = e->radicand;

	if (root * root == n) {
		n = root;
	} else {
		buf_text(b, "√");
		decimals *= 2;
	}
	for (; decimals > 0 && n % 10 == 0; decimals--)
		n /= 10;
	buf_decimal(b, (long)n, decimals);
}

/*
 * "＝√20≈4.47": the exact score, and the rounded one where it differs.  The
 * value of an asset by itself stands there already.
 */
static void
put_score(struct buf *b, int lang, const struct exact *e,
    const struct formula *f, int score)
{
	uint64_t rounded = (uint64_t)score * e->unit;
	uint64_t power = f->decimals == 2 ? 10000 : f->decimals == 1 ? 100 : 1;

	if (f->kind != ASSET_VALUE) {
		buf_text(b, equals[lang]);
		put_exact(b, e);
	}
	if (rounded * rounded == e->radicand * power)
		return;
	buf_text(b, nearly[lang]);
	buf_decimal(b, score, f->decimals);
}

/* A cell of the matrix of a scale by two levels, with what they are called. */
static void
put_cell(struct buf *b, int lang, enum scale of, enum scale row, int i,
    enum scale column, int k)
{
	if (lang == ZH)
		buf_printf(b, "%s矩阵第%d行第%d列（%s%d级，%s%d级）",
		    called[of][ZH], i, k, called[row][ZH], i,
		    called[column][ZH], k);
	else
		buf_printf(b,
		    "row %d, column %d of the %s matrix (%s level %d, "
		    "%s level %d)",
		    i, k, called[of][EN], called[row][EN], i,
		    called[column][EN], k);
}

/* Likelihood or loss: a formula of a level or value, and the severity. */
static void
put_first(const struct method *m, struct buf *b, int lang, enum scale s,
    enum scale first, int n, int decimals, const struct risk_inputs *in)
{
	const struct formula *f = &m->formulas[s - LIKELIHOOD];

	buf_printf(b, "%s%s", called[s][lang], equals[lang]);
	if (f->kind == MATRIX) {
		put_cell(b, lang, s, first, n, SEVERITY, in->severity);
		return;
	}
	if (f->kind == ROOT_PRODUCT)
		buf_printf(b, "√%s", open[lang]);
	put_named(b, lang, first, n, decimals);
	if (f->kind != ASSET_VALUE) {
		buf_text(b, times[lang]);
		put_named(b, lang, SEVERITY, in->severity, 0);
	}
	if (f->kind == ROOT_PRODUCT)
		buf_text(b, close[lang]);
}

static void
put_risk(const struct method *m, struct buf *b, int lang,
    const struct exact *likelihood, const struct exact *loss,
    const struct risk_steps *s)
{
	buf_printf(b, "%s%s", called[RISK][lang], equals[lang]);
	if (m->formulas[2].kind == MATRIX) {
		put_cell(b, lang, RISK, LOSS, s->loss_level, LIKELIHOOD,
		    s->likelihood_level);
	} else if (m->of_scores) {
		buf_printf(
		    b, "%s%s", called[LIKELIHOOD][lang], lang == EN ? " " : "");
		put_exact(b, likelihood);
		buf_printf(b, "%s%s%s", times[lang], called[LOSS][lang],
		    lang == EN ? " " : "");
		put_exact(b, loss);
	} else {
		buf_printf(b,
		    lang == ZH ? "可能性等级%d×损失等级%d"
			       : "likelihood level %d × loss level %d",
		    s->likelihood_level, s->loss_level);
	}
}

void
method_explain_risk(const struct method *m, const struct risk_inputs *in,
    struct buf steps[3][2])
{
	struct exact likelihood = method_exact_likelihood(m, in);
	struct exact loss = method_exact_loss(m, in), risk;
	int n = m->value_score ? in->score : in->value, lang, i;
	struct risk_steps s;

	method_risk(m, in, &s);
	risk = method_exact_risk(m, in, &s);
	for (lang = 0; lang < LANGUAGES; lang++) {
		const struct exact *const exact[] = {&likelihood, &loss, &risk};
		const int scores[] = {
		    s.likelihood_score, s.loss_score, s.score};
		const int levels[] = {
		    s.likelihood_level, s.loss_level, s.level};

		put_first(m, &steps[0][lang], lang, LIKELIHOOD, FREQUENCY,
		    in->frequency, 0, in);
		put_first(m, &steps[1][lang], lang, LOSS, VALUE, n,
		    m->value_score ? 1 : 0, in);
		put_risk(m, &steps[2][lang], lang, &likelihood, &loss, &s);
		for (i = 0; i < 3; i++) {
			put_score(&steps[i][lang], lang, exact[i],
			    &m->formulas[i], scores[i]);
			put_grade(m, &steps[i][lang], lang,
			    LIKELIHOOD + (enum scale)i, levels[i]);
		}
	}
}

/* "（机密性5＋完整性4＋可用性4）÷3" */
static void
put_mean(const struct method *m, struct buf *b, int lang, const int levels[3])
{
	const int *w = m->weights;
	bool weighted = w[0] != w[1] || w[1] != w[2];
	int i, sum = 0;

	buf_text(b, open[lang]);
	for (i = 0; i < 3; i++) {
		if (i > 0)
			buf_text(b, plus[lang]);
		if (weighted)
			buf_printf(b, "%d%s", w[i], times[lang]);
		put_named(b, lang, (enum scale)i, levels[i], 0);
		sum += weighted ? w[i] : 1;
	}
	buf_printf(b, "%s%s%d", close[lang], lang == ZH ? "÷" : " ÷ ", sum);
}

/* Whether the score is what C, I and A give before it is rounded. */
static bool
is_exact(const struct method *m, const struct asset_value *v)
{
	const int *w = m->weights;
	int sum = (1 << v->c) + (1 << v->i) + (1 << v->a);

	switch (m->combine) {
	case COMBINE_MEAN:
		return TENTHS * (w[0] * v->c + w[1] * v->i + w[2] * v->a) ==
		       v->score * (w[0] + w[1] + w[2]);
	case COMBINE_MAX:
		break;
	case COMBINE_LOG2: /* rational where sum / 3 is a power of two */
		return v->score % TENTHS == 0 && sum == 3 << v->score / TENTHS;
	}
	return true;
}

static void
put_combination(const struct method *m, struct buf *b, int lang,
    const struct asset_value *v)
{
	const int levels[] = {v->c, v->i, v->a};
	int i;

	switch (m->combine) {
	case COMBINE_MEAN:
		put_mean(m, b, lang, levels);
		break;
	case COMBINE_MAX:
		buf_text(b, lang == ZH ? "最大值（" : "max(");
		for (i = 0; i < 3; i++) {
			if (i > 0)
				buf_text(b, comma[lang]);
			put_named(b, lang, (enum scale)i, levels[i], 0);
		}
		buf_text(b, close[lang]);
		break;
	case COMBINE_LOG2:
		buf_printf(b,
		    lang == ZH
			? "log2（（2^机密性%d＋2^完整性%d＋2^可用性%d）÷3）"
			: "log2((2^confidentiality %d + 2^integrity %d "
			  "+ 2^availability %d) ÷ 3)",
		    v->c, v->i, v->a);
		break;
	}
}

void
method_explain_value(
    const struct method *m, const struct asset_value *v, struct buf step[2])
{
	bool computed = method_value(m, v->c, v->i, v->a) == v->score;
	int graded = method_grade(m, VALUE, v->score), entering, lang;

	for (lang = 0; lang < LANGUAGES; lang++) {
		buf_printf(
		    &step[lang], "%s%s", called[VALUE][lang], equals[lang]);
		if (computed) {
			put_combination(m, &step[lang], lang, v);
			buf_text(&step[lang],
			    is_exact(m, v) ? equals[lang] : nearly[lang]);
		}
		buf_decimal(&step[lang], v->score, 1);
		if (graded > 0)
			put_grade(m, &step[lang], lang, VALUE, graded);
		if (!v->assessed)
			continue;
		buf_printf(&step[lang],
		    lang == ZH ? "；专家评定为%d级（%s）"
			       : "; assessed by an expert as level %d (%s)",
		    v->level, label_of(m, VALUE, v->level, lang));
		entering = method_score_within(m, v->level, v->score);
		if (!m->value_score || entering == v->score)
			continue;
		buf_text(&step[lang],
		    lang == ZH ? "，以该级最接近的得分" : ", which enters as ");
		buf_decimal(&step[lang], entering, 1);
		buf_text(
		    &step[lang], lang == ZH ? "计算" : ", its nearest score");
	}
}

void
method_explain_acceptance(const struct method *m, int level, enum limit limit,
    int maximum, struct buf step[2])
{
	static const char *const whose[][LANGUAGES] = {
	    [BY_SCALE] = {"方法规定的", "by the method"},
	    [BY_CATEGORY] = {"方法对该类资产规定的",
		"by the method for this category of assets"},
	    [BY_ASSET] = {"对该资产规定的", "set for this asset"},
	};
	bool acceptable =
	    method_acceptable(m, level, limit == BY_SCALE ? 0 : maximum);

	if (limit == BY_SCALE)
		for (maximum = m->levels[RISK]; maximum > 0; maximum--)
			if (m->acceptable[maximum])
				break;
	if (maximum == 0) {
		buf_printf(&step[ZH],
		    "方法规定任何等级均不可接受，%d级不可接受", level);
		buf_printf(&step[EN],
		    "the method has no acceptable level: level %d is not "
		    "acceptable",
		    level);
		return;
	}
	buf_printf(&step[ZH], "%d级%s%s可接受最高等级%d级，%s", level,
	    acceptable ? "不高于" : "高于", whose[limit][ZH], maximum,
	    acceptable ? "可接受" : "不可接受");
	buf_printf(&step[EN],
	    "level %d is %s level %d, the highest acceptable %s: %s", level,
	    acceptable ? "not above" : "above", maximum, whose[limit][EN],
	    acceptable ? "acceptable" : "not acceptable");
}
