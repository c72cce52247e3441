#include <sha2.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "digest.h"

struct digest {
	SHA2_CTX context;
};

void
digest_bytes(const char *text, size_t len, unsigned char bytes[DIGEST_BYTES])
{
	SHA2_CTX context;

	SHA256Init(&context);
	SHA256Update(&context, (const uint8_t *)text, len);
	SHA256Final(bytes, &context);
}

void
digest_hex(const unsigned char bytes[DIGEST_BYTES], char hex[DIGEST_SIZE])
{
	static const char digits[] = "0123456789abcdef";
	size_t i;

	for (i = 0; i < DIGEST_BYTES; i++) {
		hex[2 * i] = digits[bytes[i] >> 4];
		hex[2 * i + 1] = digits[bytes[i] & 15];
	}
	hex[DIGEST_SIZE - 1] = '\0';
}

struct digest *
digest_begin(void)
{
	struct digest *d = mem_alloc(sizeof *d);

	SHA256Init(&d->context);
	return d;
}

void
digest_add(struct digest *d, const char *text, size_t len)
{
	SHA256Update(&d->context, (const uint8_t *)text, len);
}

void
digest_end(struct digest *d, char hex[DIGEST_SIZE])
{
	unsigned char bytes[DIGEST_BYTES];

	SHA256Final(bytes, &d->context);
	digest_hex(bytes, hex);
	free(d);
}

struct triple
digest_short(const char *text, size_t len)
{
	unsigned char bytes[DIGEST_BYTES];
	struct triple first;

	digest_bytes(text, len, bytes);
	memcpy(&first, bytes, sizeof first);
	return first;
}

void
digest_text(const char *text, size_t len, char hex[DIGEST_SIZE])
{
	unsigned char bytes[DIGEST_BYTES];

	digest_bytes(text, len, bytes);
	digest_hex(bytes, hex);
}
