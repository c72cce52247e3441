#ifndef DIGEST_H
#define DIGEST_H

#include <stddef.h>

#define DIGEST_SIZE 65 /* 64 hex digits and a NUL byte */

/* The SHA-256 of a text (FIPS 180-4), in small hex digits. */
void digest_text(const char *text, size_t len, char hex[DIGEST_SIZE]);

#endif
