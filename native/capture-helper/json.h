#ifndef PORTLIGHT_JSON_H
#define PORTLIGHT_JSON_H

#include <stdio.h>

/* Writes `text` as a JSON string with its quotes, "null" for NULL. Whatever the bytes are, the output is plain printable ASCII and valid
 * UTF-8 beyond it: control characters are escaped, bytes that are no UTF-8 become U+FFFD. */
void json_string(FILE *out, const char *text);

#endif
