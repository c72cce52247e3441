#include <stdbool.h>
#include <stdint.h>

#include "cvss-private.h"

#define E9 INT64_C(1000000000)
#define E13 (10000 * E9)
#define E14 (100000 * E9)

/* A Complete Guide to CVSS 2.0, 3.2.1; weights in thousandths, AC's in
 * hundredths. */
int
cvss_base_20(const int values[METRICS2])
{
	static const int vector[] = {395, 646, 1000};
	static const int complexity[] = {35, 61, 71};
	static const int authentication[] = {450, 560, 704};
	static const int impact[] = {0, 275, 660};
	int64_t kept = 1, e11, e8, e12;

	for (int i = C2; i <= A2; i++)
		kept *= 1000 - impact[values[i]];
	if (kept == E9)
		return 0;
	e11 = 1041 * (E9 - kept);
	e8 = INT64_C(20) * vector[values[AV2]] * complexity[values[AC2]] *
	     authentication[values[AU2]];
	e12 = 6 * e11 + 4000 * e8 - 1500 * E9;
	return (int)((1176 * e12 + E14 / 2) / E14);
}

/*
 * The base score of 3.0 and 3.1 in units of 10^-14, before it is rounded up
 * (3.0, 8.1; 3.1, 7.1).  Exact but for the power, which is off by less than
 * 10^-7; and no score that has it is nearer than 4 * 10^-6 to where rounding
 * turns, at a tenth or 0.000005 above.
 */
static int64_t
score3(const int values[METRICS3])
{
	static const int vector[] = {85, 62, 55, 20};
	static const int complexity[] = {77, 44};
	static const int privileges[][3] = {{85, 62, 27}, {85, 68, 50}};
	static const int interaction[] = {85, 62};
	static const int impact[] = {56, 22, 0};
	int changed = values[S3];
	int64_t iss = 1, power, x, e12;

	for (int i = C3; i <= A3; i++)
		iss *= 100 - impact[values[i]];
	iss = 1000000 - iss;
	if (changed) {
		x = power = 1000 * (iss - 20000);
		for (int i = 1; i < 15; i++)
			power = power * x / E9;
		e12 = INT64_C(10000) * 752 * (iss - 29000) -
		      INT64_C(10) * 325 * power;
	} else
		e12 = INT64_C(10000) * 642 * iss;
	if (e12 <= 0)
		return 0;
	e12 += INT64_C(100) * 822 * vector[values[AV3]] *
	       complexity[values[AC3]] * privileges[changed][values[PR3]] *
	       interaction[values[UI3]];
	e12 *= changed ? 108 : 100;
	return e12 < 10 * E14 ? e12 : 10 * E14;
}

/* The smallest tenth that is not below the score (3.0, 8.1). */
int
cvss_base_30(const int values[METRICS3])
{
	return (int)((score3(values) + E13 - 1) / E13);
}

/* The same, of the score rounded to five decimals (3.1, appendix A). */
int
cvss_base_31(const int values[METRICS3])
{
	int64_t e5 = (score3(values) + E9 / 2) / E9;

	return (int)((e5 + 9999) / 10000);
}

/*
 * Scores of MacroVectors in tenths, the figures of FIRST's calculator for 4.0
 * (cvss_lookup.js, to which 8.3 of the specification refers): those of the 270
 * that a vector without threat and environmental metrics is, or is measured
 * against.  By EQ1, EQ2, EQ3 with EQ6, EQ4 from 1 on; EQ5 is 0.
 */
enum { EQ36_00, EQ36_01, EQ36_10, EQ36_11, EQ36_21, EQ36 };

static const int macro[3][2][EQ36][2] = {
    {
	{{100, 93}, {96, 90}, {93, 88}, {92, 80}, {79, 69}},
	{{95, 92}, {91, 81}, {92, 84}, {82, 70}, {71, 63}},
    },
    {
	{{94, 87}, {89, 75}, {86, 72}, {76, 57}, {65, 53}},
	{{90, 77}, {77, 66}, {74, 61}, {59, 52}, {58, 23}},
    },
    {
	{{86, 70}, {74, 54}, {72, 53}, {57, 36}, {47, 24}},
	{{73, 54}, {55, 43}, {61, 46}, {51, 18}, {24, 10}},
    },
};

/* Proportional distances added up, in tenths by COMMON, and how many. */
struct distances {
	int sum, n;
};

#define COMMON 280 /* a multiple of every depth */

static void
add_distance(struct distances *d, int to_lower, int distance, int depth)
{
	d->sum += to_lower * distance * (COMMON / depth);
	d->n++;
}

/* EQ3 and EQ6: requirements not defined are high (CR, IR, AR). */
static int
impact_set(const int v[METRICS4])
{
	if (v[VC4] == 0 && v[VI4] == 0)
		return EQ36_00;
	return v[VC4] == 0 || v[VI4] == 0 || v[VA4] == 0 ? EQ36_10 : EQ36_21;
}

/*
 * 4.0, 8.2.  A value's place in its list is its severity level in steps.  The
 * highest severity vectors of an equivalence set are all as many steps from the
 * highest of all (top), so that the distance to any of them is the steps of the
 * vector less theirs.  A depth is the greatest distance in a set, and one, as
 * FIRST's calculator has it, so that none is 0.  Exploits not defined are
 * attacks (E): EQ5 is 0.
 */
int
cvss_base_40(const int v[METRICS4])
{
	static const int top1[] = {0, 1, 3}, depth1[] = {1, 4, 5};
	static const int top2[] = {0, 1}, depth2[] = {1, 2};
	static const int top36[EQ36] = {[EQ36_10] = 1, [EQ36_21] = 3};
	static const int depth36[EQ36] = {
	    [EQ36_00] = 7, [EQ36_10] = 8, [EQ36_21] = 10};
	static const int top4[] = {0, 3}, depth4[] = {5, 4};
	int steps1 = v[AV4] + v[PR4] + v[UI4], steps2 = v[AC4] + v[AT4];
	int steps36 = v[VC4] + v[VI4] + v[VA4];
	int steps4 = v[SC4] + v[SI4] + v[SA4];
	bool none = v[AV4] > 0 && v[PR4] > 0 && v[UI4] > 0;
	int eq1 = steps1 == 0 ? 0 : v[AV4] < 3 && !none ? 1 : 2;
	int eq2 = steps2 > 0;
	int eq36 = impact_set(v);
	int eq4 = v[SC4] > 0 && v[SI4] > 0 && v[SA4] > 0;
	int here = macro[eq1][eq2][eq36][eq4], lower, whole;
	struct distances d = {0, 1}; /* EQ5 has a lower set, and distance 0 */

	if (steps36 + steps4 == 12)
		return 0;
	if (eq1 < 2)
		add_distance(&d, here - macro[eq1 + 1][eq2][eq36][eq4],
		    steps1 - top1[eq1], depth1[eq1]);
	if (eq2 < 1)
		add_distance(&d, here - macro[eq1][eq2 + 1][eq36][eq4],
		    steps2 - top2[eq2], depth2[eq2]);
	if (eq36 != EQ36_21) {
		/* From 00 on there are two ways down: the higher counts. */
		lower = macro[eq1][eq2][eq36 + 1][eq4];
		if (eq36 == EQ36_00 && lower < macro[eq1][eq2][EQ36_10][eq4])
			lower = macro[eq1][eq2][EQ36_10][eq4];
		add_distance(
		    &d, here - lower, steps36 - top36[eq36], depth36[eq36]);
	}
	if (eq4 < 1)
		add_distance(&d, here - macro[eq1][eq2][eq36][eq4 + 1],
		    steps4 - top4[eq4], depth4[eq4]);
	whole = COMMON * d.n;
	return (2 * (here * whole - d.sum) + whole) / (2 * whole);
}
