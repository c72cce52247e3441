#ifndef CONTEXT_H
#define CONTEXT_H

#include "period.h"
#include "record.h"
#include "view.h"

/*
 * What the template of a report sees (report(1), TEMPLATES): the records of
 * a stream by type, joined by id, counted, grouped and put in order.
 *
 * Memory: every record of the stream but vulnerabilities, risks, treatments and
 * residual risks; of these what context-rows.h has.
 */
struct context;

/* What the report is of. */
struct context_options {
	const char *document;	     /* the template's name */
	const char *only;	     /* id of the one asset, or NULL */
	bool mixed;		     /* lets in what other methods computed */
	const char *day;	     /* by which approvals expire, or NULL */
	const struct period *period; /* or NULL: the assessment's */
	const struct index *wanted;  /* what the template has tags of */
};

struct context *context_open(
    const struct view *, const struct context_options *);

/*
 * Takes a record that was checked.  Returns -1 after a complaint where its id
 * is there already, a level is none of the method's, or another method
 * computed it and that is not let in.
 */
int context_take(struct context *, struct record *);

/* The whole: a new reference.  NULL where nothing is there of asset only. */
json_t *context_build(struct context *);

/*
 * What it has that is made when a template comes to it: see struct
 * template_options, arg being the context.
 */
size_t context_count_items(const json_t *value, void *context);
json_t *context_item(const json_t *value, size_t i, void *context);
json_t *context_make(const json_t *value, void *context);

#endif
