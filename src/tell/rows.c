/* One row as a table's, as JSON's or as CSV's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/rows.h"

#include <math.h>
#include <string.h>

static void add_spaces(struct text_buffer *out, int count) {
    for (int k = 0; k < count; k++) {
        text_add(out, " ");
    }
}

static void add_padded(struct text_buffer *out, const char *text, int width) {
    int room = (width < 0 ? -width : width) - (int)strlen(text);
    if (width > 0) {
        add_spaces(out, room);
    }
    text_add(out, text);
    if (width < 0) {
        add_spaces(out, room);
    }
    text_add(out, "  ");
}

void rows_begin(struct rows *rows, const struct column *columns, int count, const char *name) {
    if (rows->format == TELL_JSON) {
        text_add_format(&rows->out, ",\n  \"%s\": [", name);
        return;
    }
    for (int k = 0; k < count; k++) {
        if (rows->format == TELL_CSV) {
            text_add_format(&rows->out, k ? ",%s" : "%s", columns[k].key);
        } else {
            add_padded(&rows->out, columns[k].title, columns[k].width);
        }
    }
    text_add(&rows->out, "\n");
}

static void add_json_text(struct text_buffer *out, const char *text) {
    text_add(out, "\"");
    for (; *text; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') {
            text_add_format(out, "\\%c", c);
        } else if (c < 0x20) {
            text_add_format(out, "\\u%04x", c);
        } else {
            text_add_n(out, text, 1);
        }
    }
    text_add(out, "\"");
}

static void add_csv_text(struct text_buffer *out, const char *text) {
    bool quote = strpbrk(text, ",;\"\n\t") != NULL;
    text_add(out, quote ? "\"" : "");
    for (; *text; text++) {
        text_add(out, *text == '"' ? "\"" : "");
        text_add_n(out, text, 1);
    }
    text_add(out, quote ? "\"" : "");
}

void rows_add(struct rows *rows, const struct column *columns, int count, const struct cell *cells,
              bool first) {
    struct text_buffer *out = &rows->out;
    if (rows->format == TELL_JSON) {
        text_add(out, first ? "\n    {" : ",\n    {");
    }
    for (int k = 0; k < count; k++) {
        bool is_number = cells[k].text == NULL, finite = isfinite(cells[k].value);
        if (rows->format == TELL_JSON) {
            text_add_format(out, k ? ", \"%s\": " : "\"%s\": ", columns[k].key);
        } else if (rows->format == TELL_CSV && k) {
            text_add(out, ",");
        }
        if (rows->format == TELL_TEXT) {
            char number[64] = "-";
            if (is_number && finite) {
                (void)text_from_number_fixed(number, sizeof number, cells[k].value,
                                             columns[k].decimals);
            }
            add_padded(out, is_number ? number : cells[k].text, columns[k].width);
        } else if (!is_number && rows->format == TELL_JSON) {
            add_json_text(out, cells[k].text);
        } else if (!is_number) {
            add_csv_text(out, cells[k].text);
        } else if (finite) {
            text_add_number(out, cells[k].value);
        } else {
            text_add(out, rows->format == TELL_JSON ? "null" : "");
        }
    }
    text_add(out, rows->format == TELL_JSON ? "}" : "\n");
}

void rows_end(struct rows *rows) { text_add(&rows->out, rows->format == TELL_JSON ? "\n  ]" : ""); }

void rows_figure(struct rows *rows, const char *key, const char *words, double value,
                 int decimals) {
    if (rows->format == TELL_JSON) {
        text_add_format(&rows->out, ",\n  \"%s\": ", key);
        if (isfinite(value)) {
            text_add_number(&rows->out, value);
        } else {
            text_add(&rows->out, "null");
        }
    } else if (rows->format == TELL_TEXT) {
        text_add_format(&rows->out, "%-34s ", words);
        text_add_fixed(&rows->out, value, decimals);
        text_add(&rows->out, "\n");
    }
}

void rows_word(struct rows *rows, const char *key, const char *words, const char *value) {
    if (rows->format == TELL_JSON) {
        text_add_format(&rows->out, ",\n  \"%s\": ", key);
        add_json_text(&rows->out, value);
    } else if (rows->format == TELL_TEXT) {
        text_add_format(&rows->out, "%-34s %s\n", words, value);
    }
}

void rows_heading(struct rows *rows, const char *words) {
    text_add(&rows->out, rows->format == TELL_TEXT ? words : "");
}
