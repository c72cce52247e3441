#include <sha256.h>
#include <stdint.h>

#include "digest.h"

void
digest_text(const char *text, size_t len, char hex[DIGEST_SIZE])
{
	SHA256Data((const uint8_t *)text, len, hex);
}
