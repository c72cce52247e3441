#ifndef LINT_H
#define LINT_H

#include "method.h"
#include "record.h"

/*
 * Whether an assessment is complete and consistent (risk-lint(1)): rules over
 * the records of a stream.
 *
 * Memory: of every record that has an id some 24 bytes to know it by; ids of
 * threats and vulnerabilities that make risks, and of risks that are not
 * acceptable, treated without a measure, or lower after treatment; approvals
 * without their lists of parts.
 */
struct lint;

/* Called for each finding: which record, which rule, what is wrong. */
typedef void lint_report(const char *id, const char *rule, const char *what);

/* day is YYYY-MM-DD, by which work is overdue; NULL: the period's end. */
struct lint *lint_open(const struct method *, const char *day, lint_report *);
void lint_take(struct lint *, const struct record *);
/* What only the whole stream shows. */
void lint_end(struct lint *);

#endif
