/* A page of words in the terminal: 78 columns, with or without colour and UTF-8. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_PAGE_H
#define TELL_PAGE_H

#include <stdbool.h>

#include "base/text.h"

struct page {
    struct text_buffer *out;
    struct arena *arena;
    bool colour, utf8;
};

int page_columns(const char *text);
/* The text as this page can show it. */
const char *page_plain(struct page *page, const char *text);
void page_pad(struct page *page, int columns);
/* Words from a column on, wrapped at the page's width; further lines at the indent. */
void page_wrap(struct page *page, const char *text, int column, int indent);
void page_style(struct page *page, const char *code, const char *text);

#endif
