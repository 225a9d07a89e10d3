/* Pieces of JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/json.h"

#include <math.h>

void json_add_text(struct text_buffer *out, const char *text) {
    if (!text) {
        text_add(out, "null");
        return;
    }
    text_add(out, "\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            text_add(out, "\\");
        }
        if (c >= 0x20) {
            text_add_n(out, text, 1);
        }
    }
    text_add(out, "\"");
}

void json_add_number(struct text_buffer *out, double value) {
    if (isfinite(value)) {
        text_add_number(out, value);
    } else {
        text_add(out, "null");
    }
}
