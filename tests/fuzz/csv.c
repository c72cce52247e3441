/* Registers in CSV, by their headings, in the encoding that they show. */

#include <errno.h>
#include <string.h>

#include "fuzz.h"
#include "sheet.h"

static void
take(struct record *r)
{
	fuzz_take(r);
	rec_free(r);
}

void
fuzz_one(const char *text, size_t len)
{
	struct input in = fuzz_input("register.csv", text, len);

	if (sheet_read(&in, NULL, NULL, take) < 0)
		fuzz_wrong("sheet_read: %s", strerror(errno));
	input_close(&in);
}
