#include <string.h>

#include "change.h"

/* What two numbers of a change make of it: 1 where the newer is higher, or -1.
 */
static int
way_of(const struct record *r, const char *before, const char *after)
{
	double old = rec_number(r, before), new = rec_number(r, after);

	return (new > old) - (new < old);
}

static const char *
what_of(const struct record *r)
{
	static const char *const ways[] = {"lowered", "same", "raised"};

	if (!rec_has(r, "before_score"))
		return "added";
	if (!rec_has(r, "after_score"))
		return "removed";
	if (strcmp(rec_string(r, "before_method"),
		rec_string(r, "after_method")) == 0)
		return ways[way_of(r, "before_score", "after_score") + 1];
	return ways[way_of(r, "before_level", "after_level") + 1];
}

int
change_check(struct record *r)
{
	if (!rec_has(r, "before_score") && !rec_has(r, "after_score"))
		return rec_complain(
		    r, "before_score, after_score: neither is there");
	if (strcmp(rec_string(r, "what"), what_of(r)) != 0)
		return rec_complain(r,
		    "what: not what before and after make "
		    "of it, which is %s",
		    what_of(r));
	return 0;
}
