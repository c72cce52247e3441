#include <string.h>

#include "schema.h"
#include "utf8.h"

/*
 * The next character of a name as it counts, which stands at *at; 0 at the end.
 */
static uint32_t
next_of_name(const char **s, const char *end, const char **at)
{
	uint32_t c;
	size_t len;

	while (*s < end) {
		*at = *s;
		len = utf8_decode(*s, (size_t)(end - *s), &c);
		if (len == 0) {
			c = (unsigned char)**s;
			len = 1;
		}
		*s += len;
		if (c >= 0xff01 && c <= 0xff5e)
			c -= 0xfee0; /* full-width forms of ! to ~ */
		if (c >= 'A' && c <= 'Z')
			c += 'a' - 'A';
		if (c > ' ' && c != '_' && c != '-' && c != 0x3000 && c != 0xa0)
			return c;
	}
	return 0;
}

void
schema_fold(struct buf *b, const char *name, size_t len)
{
	const char *end = name + len, *at;
	uint32_t c;

	buf_text(b, "");
	while ((c = next_of_name(&name, end, &at)) != 0)
		if (c < 0x80)
			buf_char(b, (char)c);
		else
			buf_add(b, at, (size_t)(name - at));
}

bool
schema_same_name(const char *a, const char *b)
{
	const char *a_end = a + strlen(a), *b_end = b + strlen(b), *at;
	uint32_t c, d;

	do {
		c = next_of_name(&a, a_end, &at);
		d = next_of_name(&b, b_end, &at);
	} while (c == d && c != 0);
	return c == d;
}

const char *
schema_label(const struct field *field, const char *value, enum lang lang)
{
	const struct value_rule *rule = &field->rule;
	size_t i;

	if (rule->kind == ARRAY)
		rule = rule->items;
	for (i = 0; i < rule->n_values; i++)
		if (strcmp(rule->values[i], value) == 0 &&
		    rule->labels[i].of[lang][0] != NULL)
			return rule->labels[i].of[lang][0];
	return value;
}

const char *
schema_value(const struct value_rule *rule, const char *text)
{
	const char **label;
	size_t i;
	int lang;

	for (i = 0; i < rule->n_values; i++)
		if (strcmp(rule->values[i], text) == 0)
			return rule->values[i]; /* as programs write it */
	for (i = 0; i < rule->n_values; i++) {
		if (schema_same_name(rule->values[i], text))
			return rule->values[i];
		for (lang = ZH; lang <= EN; lang++)
			for (label = rule->labels[i].of[lang]; *label != NULL;
			     label++)
				if (schema_same_name(*label, text))
					return rule->values[i];
	}
	return NULL;
}
