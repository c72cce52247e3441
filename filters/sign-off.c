/*
 * Signs a document of a stream: writes an approval bound to the digest of the
 * records that make the document (7.13, 7.14).
 *
 * Memory: of each record that has an id some 24 bytes to know it by.
 */

#include <err.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/approval.h"
#include "lib/dossier.h"
#include "lib/filter.h"
#include "lib/object.h"

static struct dossier dossier;
static int document; /* by number in dossier.h */
static const char *role, *name, *comment, *date, *expires;
static bool returned;	  /* -R */
static bool any_refused;  /* the stream has records of that type */
static size_t incomplete; /* treatments with problems */
static char *first_incomplete;

static int
take(struct record *r)
{
	const char *by = rec_string(r, "prepared_by");
	bool is_new;

	if (strcmp(r->type, "refused") == 0)
		any_refused = true;
	if (strcmp(r->type, "assessment") == 0 && by != NULL &&
	    approval_is_own(name, role, by))
		errx(REFUSED, "%s: who prepared a document does not sign it",
		    by);
	if (strcmp(r->type, "treatment") == 0 &&
	    strcmp(dossier_document(document), "plan") == 0 &&
	    rec_size(r, "problems") > 0 && incomplete++ == 0)
		first_incomplete = mem_text(
		    rec_string(r, "risk"), strlen(rec_string(r, "risk")));
	is_new = dossier_enter(&dossier, r);
	dossier_take(&dossier, r, is_new);
	if (!is_new)
		return schema_complain_twice(schema_find(r->type), r);
	return PASS;
}

/* Says which values there are. */
_Noreturn static void
refuse_value(const struct field *f, const char *text)
{
	struct buf all = {0};
	size_t i;

	for (i = 0; i < f->rule.n_values; i++)
		buf_printf(&all, "%s %s (%s)", i > 0 ? "," : "",
		    f->rule.values[i], schema_label(f, f->rule.values[i], ZH));
	errx(TROUBLE, "%s: no such %s; there are%s", text, f->name, all.data);
}

/* The value of an enumeration in the schema of approvals, by any name. */
static const char *
value_of(const char *field, const char *text, const char *synopsis)
{
	const struct schema *s = schema_find("approval");
	const char *value =
	    text != NULL ? schema_value(&schema_field(s, field)->rule, text)
			 : NULL;

	if (text == NULL)
		filter_usage(synopsis);
	if (value == NULL)
		refuse_value(schema_field(s, field), text);
	return value;
}

static void
put(struct buf *line, const char *field, const char *value)
{
	if (value != NULL)
		obj_string(line, field, value);
}

static void
sign(void)
{
	struct record r = {.source = "<options>", .line = 1};
	char digest[DIGEST_SIZE];
	struct buf line = {0};

	if (filter_status() == TROUBLE)
		errx(TROUBLE, "nothing is signed where a file is not read");
	if (!dossier_has_core(&dossier, document))
		errx(REFUSED, "no record of type %s: there is no %s to sign",
		    dossier_core(document), dossier_document(document));
	if (!returned && (any_refused || filter_status() != DONE))
		errx(REFUSED,
		    "records were refused: what lacks records is not approved, "
		    "only returned");
	if (!returned && incomplete > 0)
		warnx("treatments that lack something: %zu, the first of %s",
		    incomplete, first_incomplete);
	dossier_digest(&dossier, document, digest);
	obj_begin(&line, "approval");
	obj_string(&line, "document", dossier_document(document));
	obj_string(&line, "digest", digest);
	obj_string(&line, "role", role);
	obj_string(&line, "name", name);
	obj_string(&line, "decision", returned ? "returned" : "approved");
	put(&line, "comment", comment);
	put(&line, "date", date);
	put(&line, "expires", expires);
	if (dossier_size(&dossier, document) <= DOSSIER_PARTS) {
		obj_name(&line, "parts");
		dossier_write_parts(&line, &dossier, document);
	} else {
		warnx("more than %d records: it can be told that the document "
		      "changed, not where",
		    DOSSIER_PARTS);
	}
	obj_end(&line);
	r.text = line.data;
	r.len = line.len - 1;
	if (rec_parse(&r) < 0 || schema_check(schema_find("approval"), &r) < 0)
		exit(TROUBLE);
	filter_write(&line);
	rec_free(&r);
	buf_free(&line);
}

int
main(int argc, char *argv[])
{
	static struct handler handlers[32];
	static const struct filter sign_off = {
	    .handlers = handlers, .end = sign, .silent = true};
	static const char *const synopsis =
	    "[-R] [-c comment] [-D date] [-x expires] -d document -n name "
	    "-r role [file ...]";
	const char *const *type, *named = NULL;
	struct handler *h = handlers;
	int option;

	while ((option = getopt(argc, argv, "Rc:D:d:n:r:x:")) != -1) {
		switch (option) {
		case 'R':
			returned = true;
			break;
		case 'c':
			comment = optarg;
			break;
		case 'D':
			date = optarg;
			break;
		case 'd':
			named = optarg;
			break;
		case 'n':
			name = optarg;
			break;
		case 'r':
			role = optarg;
			break;
		case 'x':
			expires = optarg;
			break;
		default:
			filter_usage(synopsis);
		}
	}
	if (name == NULL)
		filter_usage(synopsis);
	if (returned && (comment == NULL || expires != NULL))
		errx(TROUBLE, "-R takes a comment, -c, and no -x");
	document = dossier_number(value_of("document", named, synopsis));
	dossier_add(&dossier, document);
	role = value_of("role", role, synopsis);
	if (approval_duty(document, role) == DUTY_NONE)
		errx(TROUBLE, "%s does not sign the document %s", role,
		    dossier_document(document));
	if (date != NULL && expires != NULL && strcmp(expires, date) < 0)
		errx(TROUBLE, "%s: before the day of signing, %s", expires,
		    date);
	for (type = schema_types(); *type != NULL; type++)
		*h++ = (struct handler){*type, take, false};
	return filter_run(&sign_off, argv + optind);
}
