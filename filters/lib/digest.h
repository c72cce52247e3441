#ifndef DIGEST_H
#define DIGEST_H

#include <stddef.h>

#include "triple.h"

#define DIGEST_SIZE 65 /* 64 hex digits and a NUL byte */

/* The SHA-256 of a text (FIPS 180-4) in 32 bytes; such bytes in hex digits. */
#define DIGEST_BYTES 32
void digest_bytes(
    const char *text, size_t len, unsigned char bytes[DIGEST_BYTES]);
void digest_hex(const unsigned char bytes[DIGEST_BYTES], char hex[DIGEST_SIZE]);

/* That of a text which comes piece by piece. */
struct digest;
struct digest *digest_begin(void);
void digest_add(struct digest *, const char *text, size_t len);
/* Frees it. */
void digest_end(struct digest *, char hex[DIGEST_SIZE]);

/* Its first 96 bits: two texts by chance never have the same. */
struct triple digest_short(const char *text, size_t len);
/* The whole in small hex digits. */
void digest_text(const char *text, size_t len, char hex[DIGEST_SIZE]);

#endif
