#include <stdlib.h>

#include <fontconfig/fontconfig.h>

#include "buf.h"
#include "font-private.h"

/* The only file that knows fontconfig. */

/* Which fonts a role asks fontconfig for.  The Latin ones name a language,
 * or that of the locale would be asked for. */
static const struct {
	const char *latin, *chinese;
	int italic;
} asked[FONT_ROLES] = {
    [FONT_TEXT] = {"Times New Roman,serif:lang=en", "serif:lang=zh-cn", 0},
    [FONT_BOLD] = {"Times New Roman,serif:lang=en:bold",
	"sans-serif:lang=zh-cn:bold", 0},
    [FONT_ITALIC] = {"Times New Roman,serif:lang=en:italic",
	"sans-serif:lang=zh-cn", 1},
    [FONT_BOLD_ITALIC] = {"Times New Roman,serif:lang=en:bold:italic",
	"sans-serif:lang=zh-cn:bold", 1},
    [FONT_HEADING] = {"Arial,sans-serif:lang=en:bold",
	"sans-serif:lang=zh-cn:bold", 0},
    [FONT_CODE] = {"monospace:lang=zh-cn", "monospace:lang=zh-cn", 0}};

struct faces {
	struct outlines *outlines;
	struct choice {
		size_t latin, chinese; /* of outlines_find() */
		int shear;
		FcFontSet *others; /* NULL where nothing asked for them yet */
		int is_made;
	} choices[FONT_ROLES];
};

/*
 * Where fontconfig has not the memory it needs it leaves fonts out, hangs or
 * crashes; so it is seen to before that there is enough.
 */
static void
see_to_memory(void)
{
	free(mem_alloc((size_t)64 << 20));
}

static FcPattern *
substitute(const char *pattern)
{
	FcPattern *p;

	see_to_memory();
	p = FcNameParse((const FcChar8 *)pattern);
	if (p == NULL)
		return NULL;
	FcPatternAddBool(p, FC_OUTLINE, FcTrue);
	FcConfigSubstitute(NULL, p, FcMatchPattern);
	FcDefaultSubstitute(p);
	return p;
}

/* The place in the outlines of a font that fontconfig found, or 0. */
static size_t
find(struct faces *f, FcPattern *p)
{
	FcChar8 *file, *variations = NULL;
	int index = 0;

	if (FcPatternGetString(p, FC_FILE, 0, &file) != FcResultMatch)
		return 0;
	FcPatternGetInteger(p, FC_INDEX, 0, &index);
	FcPatternGetString(p, FC_FONT_VARIATIONS, 0, &variations);
	return outlines_find(
	    f->outlines, (char *)file, index, (char *)variations);
}

/* What fontconfig thinks nearest; *slant is how it leans. */
static size_t
match(struct faces *f, const char *pattern, int *slant)
{
	FcPattern *p = substitute(pattern), *found = NULL;
	FcResult result;
	size_t place = 0;

	if (p != NULL)
		found = FcFontMatch(NULL, p, &result);
	if (found != NULL) {
		*slant = FC_SLANT_ROMAN;
		FcPatternGetInteger(found, FC_SLANT, 0, slant);
		place = find(f, found);
		FcPatternDestroy(found);
	}
	if (p != NULL)
		FcPatternDestroy(p);
	return place;
}

static struct choice *
choose(struct faces *f, enum font_role role)
{
	struct choice *choice = &f->choices[role];
	int slant = FC_SLANT_ROMAN, any;

	if (choice->is_made)
		return choice;
	choice->is_made = 1;
	choice->latin = match(f, asked[role].latin, &slant);
	choice->shear = asked[role].italic && slant == FC_SLANT_ROMAN;
	choice->chinese = match(f, asked[role].chinese, &any);
	return choice;
}

/* All other fonts of the system, the most like the role's first. */
static FcFontSet *
others(struct choice *choice, enum font_role role)
{
	FcPattern *p;
	FcResult result;

	if (choice->others == NULL && (p = substitute(asked[role].latin))) {
		choice->others = FcFontSort(NULL, p, FcFalse, NULL, &result);
		FcPatternDestroy(p);
	}
	return choice->others;
}

int
faces_draw(struct faces *f, enum font_role role, uint32_t c, int chinese_first,
    struct type1_glyph *g)
{
	struct outlines *o = f->outlines;
	struct choice *choice = choose(f, role);
	enum drawn latin = DRAWN_AS_IT_IS, chinese = DRAWN_AS_IT_IS;
	FcFontSet *set;
	FcCharSet *has;
	int i;

	if (choice->shear && !font_is_wide(c))
		latin = DRAWN_SLANTED;
	/* A Chinese dash is two of these, without a gap. */
	if (chinese_first && c == 0x2014)
		chinese = DRAWN_FULL;
	if (chinese_first &&
	    outlines_draw(o, choice->chinese, c, chinese, g) == 0)
		return 0;
	if (outlines_draw(o, choice->latin, c, latin, g) == 0 ||
	    outlines_draw(o, choice->chinese, c, chinese, g) == 0)
		return 0;
	set = others(choice, role);
	for (i = 0; set != NULL && i < set->nfont; i++)
		if (FcPatternGetCharSet(set->fonts[i], FC_CHARSET, 0, &has) ==
			FcResultMatch &&
		    FcCharSetHasChar(has, c) &&
		    outlines_draw(
			o, find(f, set->fonts[i]), c, DRAWN_AS_IT_IS, g) == 0)
			return 0;
	return -1;
}

struct faces *
faces_open(void)
{
	struct faces *f = mem_zero(1, sizeof *f);
	struct choice *text;

	see_to_memory();
	f->outlines = outlines_open();
	if (f->outlines == NULL || !FcInit()) {
		if (f->outlines != NULL)
			outlines_close(f->outlines);
		free(f);
		return NULL;
	}
	text = choose(f, FONT_TEXT);
	if (text->latin == 0 && text->chinese == 0) {
		faces_close(f);
		return NULL;
	}
	return f;
}

void
faces_close(struct faces *f)
{
	size_t i;

	for (i = 0; i < FONT_ROLES; i++)
		if (f->choices[i].others != NULL)
			FcFontSetDestroy(f->choices[i].others);
	outlines_close(f->outlines);
	free(f);
	FcFini();
}
