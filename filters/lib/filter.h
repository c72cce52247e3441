#ifndef FILTER_H
#define FILTER_H

/*
 * The map of the whole.
 *
 * A program (filters/NAME.c) is a struct filter: which types it handles, a
 * callback for each, main last.  The loop here reads lines, gives the records
 * of those types to their callbacks, and writes lines; everything else goes
 * through byte for byte.  Below it lie, each knowing only what is below it:
 *
 *	level		the method of a program; risks as records have them
 *	source, source-*	files as people have them, for intake
 *	scan, map	findings of scanners -> vulnerabilities
 *	tree, xml, item	what findings are taken from
 *	tally, hosts	what became of rows; addresses of assets
 *	strangers	hosts that no asset has, for intake -A
 *	sheet, heading, wide	rows of a CSV file -> records
 *	cell, cell-level	a cell -> a value
 *	table, input	bytes -> lines -> rows
 *	encoding, decode	which encoding, and out of it
 *	schema, schema-names, check	what the fields of a type are
 *	pattern		what a text of a field has to match
 *	record, object	one JSON object on one line: read, written
 *	plain, members, value	the short way through a line
 *	refused		what becomes of a record that cannot be used
 *	method		scales, bands, formulas: the arithmetic
 *	dossier, approval	what is signed, and by whom
 *	canonical, digest	a record by its content alone, and its SHA-256
 *	shape		whether a file that is no record is what it should be
 *	cvss		the base score of a vector, for vuln-rate
 *	period		years, quarters, months and weeks of the calendar
 *	index, arena, buf, eight	what these are made of
 *	triple		three numbers to one
 *	spool, shelf	bytes kept in a file; texts, each by its number
 *	utf8, day, data	characters, days, files built in
 *	message		warn(3), showing what could steer a terminal
 *
 * For risk-lint and report:
 *
 *	incident	what the times of an incident come to
 *
 * For risk-lint alone:
 *
 *	lint		the rules
 *
 * For risk-diff alone:
 *
 *	pairing, pairing-*	two streams, and which risk is which
 *	change, change-causes	what became of a risk, and by what
 *
 * For report alone:
 *
 *	context		what a template sees: records joined, counted
 *	summary, lists, view	counts; lists in order; records as read
 *	comparison	counts of changes
 *	template, markdown-escape	Mustache; text made safe for Markdown
 *
 * For report and md-pdf:
 *
 *	document	Markdown -> what is asked for
 *	markdown	Markdown -> a tree, and its tables
 *	markdown-html	the tree -> HTML
 *	markdown-ms, ms-*	the tree -> groff ms: text, tables, charts
 *	font, type1	characters -> small fonts for groff
 *	pdf, groff, folder	ms -> PDF; runs groff, with a folder for it
 *
 * A record that cannot be used is never lost: it is written as a record of
 * type refused, in its place, and the exit status is REFUSED.
 */

#include <stdbool.h>

#include "index.h"
#include "input.h"
#include "record.h"
#include "schema.h"
#include "status.h"

/* What a callback says of its record. */
enum verdict {
	REFUSE = -1, /* after rec_complain(): written as refused */
	PASS = 0,    /* written, with its added fields */
	HELD = 1     /* after filter_hold(): not written now */
};

/* The record was checked against its schema before, if not unchecked. */
typedef int handle_record(struct record *);

struct handler {
	const char *type;
	handle_record *handle;
	bool unchecked; /* it only sees the record go by */
};

enum { FILTER_LINES = 1 };

struct filter {
	const struct handler *handlers; /* a type of NULL ends them */
	void (*end)(void);		/* after the last record; or NULL */
	bool silent;			/* nothing is written: for report */
	/*
	 * For intake, which checks records of every type.  read() gives what is
	 * in a file as records; FILTER_LINES where it is JSON Lines, to be read
	 * here; -1 with errno.  complete() adds what a record lacks, before it
	 * is checked.  settled() is told what became of each.
	 */
	int (*read)(struct input *, void (*give)(struct record *));
	handle_record *complete;
	void (*settled)(const struct record *, bool refused);
	/*
	 * What comes behind a held record is held too, so that the order stays;
	 * else a held record moves behind what it waits for.
	 */
	bool keeps_order;
};

/*
 * Runs over the files, or standard input where there are none, and returns
 * the exit status of the program.  Standard output is flushed and checked.
 */
int filter_run(const struct filter *, char *files[]);
/*
 * The same in steps, for a program whose files are not alike: reads one file,
 * NULL being standard input, by a struct filter; and ends, by the last.
 */
void filter_read(const struct filter *, const char *file);
int filter_finish(void);

/*
 * Writes lines behind the record that is being handled, or at the end; they
 * are dropped where the record is refused after all.
 */
void filter_write(const struct buf *lines);

/* Makes the exit status this one, where it is not worse already. */
void filter_worse(int status);
/* The exit status so far: whether a record has been refused. */
int filter_status(void);

/*
 * Keeps a copy of the record, to be given to later() when filter_release()
 * is called, at the end at the latest.  Returns HELD.
 */
int filter_hold(struct record *, handle_record *later);
void filter_release(void);

/*
 * Refuses a record whose id is in the index: PASS or REFUSE.  The id is entered
 * by index_add() when the record has proved good.
 */
int filter_unique(const struct index *, struct record *);

/*
 * Writes the last of a program's output and closes standard output; what
 * cannot be written ends the program.
 */
void filter_print(const struct buf *);

/* Prints "usage: program synopsis" and ends the program. */
_Noreturn void filter_usage(const char *synopsis);
/* The operand of -D; one that is no day ends the program. */
const char *filter_day(const char *text);

#endif
