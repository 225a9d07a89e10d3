/* Growing texts in an arena, and small questions about texts. Numbers are in text_number.c. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void text_buffer_init(struct text_buffer *buffer, struct arena *arena) {
    *buffer = (struct text_buffer){.arena = arena};
}

/* Room for size more bytes and the ending NUL. The old piece stays in the arena until the arena
   goes. */
static bool grow(struct text_buffer *buffer, size_t size) {
    if (buffer->failed || size > (size_t)INT64_MAX / 4 - buffer->size) {
        buffer->failed = true;
        return false;
    }
    size_t need = buffer->size + size + 1;
    if (need <= buffer->capacity) {
        return true;
    }
    size_t capacity = buffer->capacity ? 2 * buffer->capacity : FIRST_CAPACITY;
    while (capacity < need) {
        capacity *= 2;
    }
    char *data = arena_take(buffer->arena, (long)capacity, 1);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    if (buffer->size) {
        memcpy(data, buffer->data, buffer->size);
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void text_add_n(struct text_buffer *buffer, const char *text, size_t size) {
    if (!grow(buffer, size)) {
        return;
    }
    if (size) {
        memcpy(buffer->data + buffer->size, text, size);
    }
    buffer->size += size;
    buffer->data[buffer->size] = '\0';
}

void text_add(struct text_buffer *buffer, const char *text) {
    text_add_n(buffer, text, strlen(text));
}

void text_add_number(struct text_buffer *buffer, double value) {
    char number[TEXT_NUMBER_SIZE];
    int size = text_from_number(number, value);
    text_add_n(buffer, number, (size_t)size);
}

void text_add_fixed(struct text_buffer *buffer, double value, int decimals) {
    char number[352]; /* 309 digits, sign, point, 15 decimals */
    int size = text_from_number_fixed(number, sizeof number, value, decimals);
    text_add_n(buffer, number, (size_t)size);
}

__attribute__((format(printf, 2, 0))) static void add_list(struct text_buffer *buffer,
                                                           const char *format, va_list args) {
    va_list again;
    va_copy(again, args);
    int size = vsnprintf(NULL, 0, format, args);
    if (grow(buffer, size < 0 ? SIZE_MAX : (size_t)size)) { /* a text beyond INT_MAX is too large */
        (void)vsnprintf(buffer->data + buffer->size, (size_t)size + 1, format, again);
        buffer->size += (size_t)size;
    }
    va_end(again);
}

void text_add_format(struct text_buffer *buffer, const char *format, ...) {
    va_list args;
    va_start(args, format);
    add_list(buffer, format, args);
    va_end(args);
}

bool text_buffer_failed(const struct text_buffer *buffer) { return buffer->failed; }

/* The length of the UTF-8 character at text (RFC 3629: no overlong forms, no surrogates, at most
   U+10FFFF), or 0. */
int text_utf8_length(const char *text, size_t size) {
    if (size == 0) {
        return 0;
    }
    unsigned char first = (unsigned char)text[0];
    if (first < 0x80) {
        return 1;
    }
    int length = first >= 0xc2 && first <= 0xdf   ? 2
                 : (first & 0xf0) == 0xe0         ? 3
                 : first >= 0xf0 && first <= 0xf4 ? 4
                                                  : 0;
    if (length == 0 || (size_t)length > size) {
        return 0;
    }
    for (int i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80) {
            return 0;
        }
    }
    unsigned char second = (unsigned char)text[1];
    bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
    bool outside = (first == 0xed && second > 0x9f) || (first == 0xf4 && second > 0x8f);
    return overlong || outside ? 0 : length;
}

bool text_is_utf8(const char *text, size_t size) {
    for (size_t i = 0; i < size;) {
        int length = text_utf8_length(text + i, size - i);
        if (length == 0) {
            return false;
        }
        i += (size_t)length;
    }
    return true;
}

bool text_equal(const char *a, const char *b) { return a && b ? strcmp(a, b) == 0 : a == b; }

bool text_ends_with(const char *text, const char *end) {
    size_t size = text ? strlen(text) : 0;
    size_t end_size = end ? strlen(end) : 0;
    return text && end && size >= end_size && memcmp(text + size - end_size, end, end_size) == 0;
}
