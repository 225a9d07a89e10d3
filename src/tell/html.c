/* Escaping, coordinates and step charts. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/html.h"

#include <string.h>

#include "tell/number.h"

/* What no reader may meet in a page: control characters (no XML either), and the signs that turn the
   direction of the text behind a name (U+202A..202E, U+2066..2069). */
static bool is_forbidden(const unsigned char *at, int length) {
    if (length == 1) {
        return (*at < 0x20 && *at != '\t' && *at != '\n') || *at == 0x7F;
    }
    if (length == 2) {
        return at[0] == 0xC2 && at[1] < 0xA0; /* U+0080..009F */
    }
    bool turns = length == 3 && at[0] == 0xE2 &&
                 ((at[1] == 0x80 && at[2] >= 0xAA && at[2] <= 0xAE) ||
                  (at[1] == 0x81 && at[2] >= 0xA6 && at[2] <= 0xA9));
    bool none = length == 3 && at[0] == 0xEF && at[1] == 0xBF && at[2] >= 0xBE; /* U+FFFE, FFFF */
    return length == 0 || turns || none;
}

void html_text(struct text_buffer *out, const char *text) {
    size_t left = text ? strlen(text) : 0;
    while (left > 0) {
        int length = text_utf8_length(text, left);
        size_t step = length > 0 ? (size_t)length : 1;
        if (is_forbidden((const unsigned char *)text, length)) {
            text_add(out, "\uFFFD");
        } else if (*text == '&') {
            text_add(out, "&amp;");
        } else if (*text == '<') {
            text_add(out, "&lt;");
        } else if (*text == '>') {
            text_add(out, "&gt;");
        } else if (*text == '"') {
            text_add(out, "&quot;");
        } else {
            text_add_n(out, text, step);
        }
        text += step;
        left -= step;
    }
}

void html_words(struct text_buffer *out, const char *text) {
    html_text(out, number_words(out->arena, text));
}

void html_row(struct text_buffer *out, const char *name, const char *const *cell, int count) {
    text_add(out, "<tr><th scope=\"row\">");
    html_words(out, name);
    text_add(out, "</th>");
    for (int k = 0; k < count; k++) {
        text_add(out, "<td>");
        html_words(out, cell[k]);
        text_add(out, "</td>");
    }
    text_add(out, "</tr>\n");
}

void html_cell(struct text_buffer *out, const char *head) {
    text_add(out, "<td class=\"v\" data-h=\"");
    html_words(out, head);
    text_add(out, "\">");
}

void html_sentence(struct text_buffer *out, const char *sentence) {
    text_add(out, " aria-label=\"");
    html_words(out, sentence);
    text_add(out, "\"><desc>");
    html_words(out, sentence);
    text_add(out, "</desc>");
}

void html_number(struct text_buffer *out, double value) {
    char buffer[48];
    int size = text_from_number_fixed(buffer, sizeof buffer, value, 2);
    while (size > 1 && buffer[size - 1] == '0') {
        buffer[--size] = '\0';
    }
    if (size > 1 && buffer[size - 1] == '.') {
        buffer[size - 1] = '\0';
    }
    text_add(out, buffer);
}

static double height_at(double value, double low, double high) {
    double share = high > low ? (value - low) / (high - low) : 0.0;
    return 100.0 - 100.0 * (share < 0.0 ? 0.0 : share > 1.0 ? 1.0 : share);
}

void html_steps(struct text_buffer *out, const double *base, const double *top, int count,
                double low, double high, const char *style) {
    text_add(out, "<path d=\"M0,");
    html_number(out, height_at(top[0], low, high));
    for (int k = 0; k < count; k++) {
        if (k > 0) {
            text_add(out, "V");
            html_number(out, height_at(top[k], low, high));
        }
        text_add_format(out, "H%d", k + 1);
    }
    for (int k = count - 1; base && k >= 0; k--) {
        text_add(out, "V");
        html_number(out, height_at(base[k], low, high));
        text_add_format(out, "H%d", k);
    }
    text_add_format(out, "%s\" vector-effect=\"non-scaling-stroke\" style=\"%s\"/>",
                    base ? "Z" : "", style);
}
