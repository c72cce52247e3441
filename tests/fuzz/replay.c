/*
 * Gives the bytes of each file to a target, without libFuzzer: replay file...
 * Writes how many there were; ends as the target does where one is a find,
 * having named it.
 */

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data.h"
#include "fuzz.h"
#include "status.h"

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST ((size_t)16 << 20)

int
main(int argc, char *argv[])
{
	char *text, *exact;
	size_t len;
	int i;

	LLVMFuzzerInitialize(&argc, &argv);
	for (i = 1; i < argc; i++) {
		text = data_slurp(argv[i], MOST, &len);
		if (text == NULL) {
			fprintf(fuzz_say, "%s: cannot be read\n", argv[i]);
			return TROUBLE;
		}
		/* Without the NUL byte behind it. */
		exact = malloc(len);
		if (len > 0)
			memcpy(exact, text, len);
		free(text);
		fprintf(fuzz_say, "%s\n", argv[i]);
		LLVMFuzzerTestOneInput((const uint8_t *)exact, len);
		free(exact);
	}
	printf("%d\n", argc - 1);
	return DONE;
}
