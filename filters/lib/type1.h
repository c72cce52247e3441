#ifndef TYPE1_H
#define TYPE1_H

#include "buf.h"

/*
 * Font programs in Type 1, as PFB files (Adobe Type 1 Font Format, 1990;
 * the segments: Adobe Technical Note 5040).  No hints, no subroutines: the
 * fonts are for the page of a PDF file.
 */

/*
 * One glyph, drawn in units of a thousandth of the size.  A struct of zeros
 * with a name is ready for type1_start(); type1_free() frees what it holds.
 */
struct type1_glyph {
	char name[16];
	int width;
	int left, bottom, right, top; /* of its points, also of curves */
	struct buf path;	      /* the charstring, not encrypted */
	double exact_x, exact_y;      /* the pen */
	int x, y;		      /* and where rounding put it */
	int has_path;
};

/*
 * A glyph is type1_start(), contours that are each type1_move(), lines and
 * curves and type1_close(), and type1_end().  Points are absolute; they are
 * rounded one by one, so that the rounding does not add up.
 */
void type1_start(struct type1_glyph *, int width);
void type1_move(struct type1_glyph *, double x, double y);
void type1_line(struct type1_glyph *, double x, double y);
/* A curve of the second degree, with one control point, as in TrueType. */
void type1_conic(
    struct type1_glyph *, double x1, double y1, double x, double y);
void type1_cubic(struct type1_glyph *, double x1, double y1, double x2,
    double y2, double x, double y);
void type1_close(struct type1_glyph *);
void type1_end(struct type1_glyph *);
void type1_free(struct type1_glyph *);

/*
 * Writes the font program of these glyphs: each is where its code is, NULL is
 * no glyph.  A glyph may have several codes.  name is of ASCII letters,
 * digits, + and -.
 */
void type1_write(struct buf *pfb, const char *name,
    const struct type1_glyph *const glyphs[256]);

#endif
