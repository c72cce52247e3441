#ifndef MS_PRIVATE_H
#define MS_PRIVATE_H

#include "markdown-private.h"

/* The parts of a document, whose pages are numbered apart. */
enum part { PART_COVER, PART_FRONT, PART_TEXT, PART_BEGUN };

/* How a table is best set. */
enum width { WIDTH_UNKNOWN, WIDTH_UPRIGHT, WIDTH_SIDEWAYS };

/*
 * Markdown as groff ms.  Lengths are thousandths of a point, which is groff's
 * basic unit on -Tpdf ("u"); widths of text are thousandths of its size.
 */
struct ms {
	const struct markdown *m;
	enum lang lang;
	struct fonts *fonts;
	const char *name; /* of the file, for messages */
	struct buf *out;
	uint32_t *missing; /* characters that were complained of */
	size_t n_missing;
	bool sideways;		   /* the page */
	enum width *widths;	   /* of the tables */
	long indent;		   /* of the block that is written */
	const struct table *cover; /* that is on the cover page, or NULL */
	cmark_node *contents;	   /* the place of the contents, or NULL */
	bool on_cover;		   /* the page that is written is the cover */
	enum part part;		   /* that begins with the next block */
	size_t n_headings;	   /* with a bookmark so far */
	int bookmark_level;	   /* of the last */
};

#define POINT 1000L
#define LINE_PORTRAIT (462 * POINT)
#define LINE_LANDSCAPE (693 * POINT)

/*
 * Running text as troff reads it.  A struct set with its role alone set is
 * ready.  It has no line end but around requests, and begins with an escape, so
 * that no line of it is taken for a request.
 */
struct set {
	enum font_role role; /* of what is not marked up */
	bool breaks;	     /* a line break is one; else a space */
	bool stretches;	     /* between Chinese characters, to justify */
	long limit;	     /* more than this is cut; 0: nothing is */
	long limit_lines;    /* that this is about so many lines */
	struct buf text;
	size_t *cuts, n_cuts; /* where it may be cut, bytes of text */
	long width;	      /* of the widest line that is not broken */
	long longest;	      /* of the widest part that cannot be broken */
	size_t lines;	      /* by breaks */

	/* How far it is. */
	bool begun, space, joins;
	bool wide, spaced; /* it has Chinese in it, or a space */
	enum font_role current;
	uint32_t before;
	long line, word, since;
};

/* Sets the inline nodes under a node. */
void set_inlines(struct ms *, struct set *, cmark_node *);
/* Sets text as it is; where is the node it comes from, for messages. */
void set_text(struct ms *, struct set *, const char *text, cmark_node *where);
void set_end(struct set *);
void set_free(struct set *);

/* What set_inlines() is made of: text in a role, a space that was seen before
 * a character (0: any), the role of what follows, a line break. */
void set_string(struct ms *, struct set *, enum font_role, const char *text,
    cmark_node *where);
void set_space(struct ms *, struct set *, uint32_t after);
void set_role(struct set *, enum font_role);
void set_break(struct set *);

/* Whether a line may end between two characters that no space is between. */
bool may_break(uint32_t before, uint32_t after);

/* Writes text as a string of PDF, for a pdfmark: UTF-16BE, in octal. */
void ms_pdf_string(struct buf *, const char *text);

#define CODE_SIZE (9 * POINT)
#define CODE_MARGIN (6 * POINT)

/*
 * Sets the character of code that text begins with, on a new line where it
 * would be wider than most, and returns its bytes.
 */
size_t set_code(struct ms *, struct set *, const char *text, size_t n,
    long most, cmark_node *where);

void ms_table(struct ms *, const struct table *);
/* Whether it is better set on a page that is turned sideways. */
bool ms_is_wide(struct ms *, const struct table *);
/* These return false where a table is not what its comment says. */
bool ms_heatmap(struct ms *, const struct table *);
bool ms_bars(struct ms *, const struct table *);

/* What the charts share: the colour where no risk can be. */
#define MS_NOTHING "#ffffff"
/*
 * The colour of a level, or a paler one, whose name for troff is its digits;
 * whether text on it is white.
 */
bool ms_shade(char shade[8], const struct table *, int level, bool pale);
void ms_define_colours(struct ms *, const struct table *);
struct set ms_set_cell(struct ms *, const struct table *, size_t row,
    size_t column, enum font_role);
long ms_longest(long, long);

/* What a document says of itself: its names, its pages, its cover. */
void ms_begin(struct ms *);
void ms_end(struct ms *);
/* Writes the cover where there is one; title is the first heading. */
bool ms_cover(struct ms *, cmark_node *title);
/* Begins the pages behind the cover. */
void ms_after_cover(struct ms *);
void ms_contents(struct ms *);
void ms_bookmark(struct ms *, const char *text, int level);

#endif
