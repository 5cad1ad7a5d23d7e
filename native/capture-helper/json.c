#include "json.h"

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* Bytes of the well-formed UTF-8 sequence of two or more bytes at `at` (RFC 3629: nothing overlong, no surrogates), else 0. */
static size_t sequence_length(const unsigned char *at, size_t left) {
  static const struct {
    unsigned char lead, second_low, second_high, length;
  } forms[] = {
      {0xc2, 0x80, 0xbf, 2}, {0xe0, 0xa0, 0xbf, 3}, {0xe1, 0x80, 0xbf, 3}, {0xed, 0x80, 0x9f, 3},
      {0xee, 0x80, 0xbf, 3}, {0xf0, 0x90, 0xbf, 4}, {0xf1, 0x80, 0xbf, 4}, {0xf4, 0x80, 0x8f, 4},
  };
  if (at[0] < 0xc2 || at[0] > 0xf4) return 0;
  size_t form = sizeof forms / sizeof forms[0] - 1;
  while (forms[form].lead > at[0]) form--;
  const size_t length = forms[form].length;
  if (left < length || at[1] < forms[form].second_low || at[1] > forms[form].second_high) return 0;
  for (size_t i = 2; i < length; i++) {
    if ((at[i] & 0xc0) != 0x80) return 0;
  }
  return length;
}

void json_string(FILE *out, const char *text) {
  if (text == NULL) {
    fputs("null", out);
    return;
  }
  const unsigned char *at = (const unsigned char *)text;
  size_t left = strlen(text);
  fputc('"', out);
  while (left > 0) {
    size_t taken = 1;
    if (*at == '"' || *at == '\\') {
      fprintf(out, "\\%c", *at);
    } else if (*at < 0x20 || *at == 0x7f) {
      fprintf(out, "\\u%04x", *at);
    } else if (*at < 0x80) {
      fputc(*at, out);
    } else if ((taken = sequence_length(at, left)) > 0) {
      fwrite(at, 1, taken, out);
    } else {
      fputs("\\ufffd", out);
      taken = 1;
    }
    at += taken;
    left -= taken;
  }
  fputc('"', out);
}
