/* A page of words in the terminal. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/page.h"

#include <string.h>

#include "tell/number.h"

enum { WIDTH = 78 };

int page_columns(const char *text) {
    int columns = 0;
    for (; *text; text++) {
        columns += ((unsigned char)*text & 0xC0) != 0x80;
    }
    return columns;
}

const char *page_plain(struct page *page, const char *text) {
    return page->utf8 ? number_words(page->arena, text) : number_ascii(page->arena, text);
}

void page_pad(struct page *page, int columns) {
    for (int k = 0; k < columns; k++) {
        text_add(page->out, " ");
    }
}

/* Bytes of the next word that fit into room columns; a word that is longer is cut. */
static size_t word_size(const char *text, int room) {
    size_t size = strcspn(text, " "), at = 0;
    for (int column = 0; at < size && column < room; column++) {
        int length = text_utf8_length(text + at, size - at);
        at += length > 0 ? (size_t)length : 1;
    }
    return at;
}

void page_wrap(struct page *page, const char *text, int column, int indent) {
    bool first = true;
    while (*text) {
        size_t size = word_size(text, WIDTH - indent);
        int wide = page_columns(number_text(page->arena, text, size));
        if (!first && column + 1 + wide > WIDTH) {
            text_add(page->out, "\n");
            page_pad(page, indent);
            column = indent;
        } else if (!first) {
            text_add(page->out, " ");
            column++;
        }
        text_add_n(page->out, text, size);
        column += wide;
        first = false;
        text += size + (text[size] == ' ');
    }
    text_add(page->out, "\n");
}

void page_style(struct page *page, const char *code, const char *text) {
    text_add_format(page->out, "%s%s%s", page->colour ? code : "", text,
                    page->colour ? "\x1b[0m" : "");
}
