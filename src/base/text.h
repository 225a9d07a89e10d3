/* Text: strict numbers independent of the locale, and a growing buffer for what is written. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/arena.h"

/* Reads a whole text as a finite decimal number: [+-]digits[.digits][e[+-]digits]. No blanks, no
   hex, no "inf" or "nan", no thousands separators, nothing left over. Correctly rounded, whatever
   the locale. */
bool text_number(const char *text, size_t size, double *ret_value);
bool text_integer(const char *text, size_t size, long *ret_value);

/* Shortest digits that read back exactly, in the style of "%.17g" with a point: "0.1", "1e+300",
   "-0" as "0"; "nan", "inf" and "-inf" for what is no number (no reader of ours takes them). buffer
   has at least TEXT_NUMBER_SIZE bytes; returns the length. */
enum { TEXT_NUMBER_SIZE = 32 };
int text_from_number(char *buffer, double value);
/* Fixed decimals 0..15, rounded half to even by the exact value, independent of the locale; "-0.00"
   as "0.00". Returns the length; 0 and an empty text when it does not fit. */
int text_from_number_fixed(char *buffer, size_t buffer_size, double value, int decimals);

/* A growing text in an arena. After a failed allocation it stays valid and text_buffer_failed() is
   true. */
struct text_buffer {
    struct arena *arena;
    char *data; /* ended by NUL once anything was added */
    size_t size, capacity;
    bool failed;
};
void text_buffer_init(struct text_buffer *buffer, struct arena *arena);
void text_add(struct text_buffer *buffer, const char *text);
void text_add_n(struct text_buffer *buffer, const char *text, size_t size);
void text_add_number(struct text_buffer *buffer, double value); /* shortest exact digits */
void text_add_fixed(struct text_buffer *buffer, double value, int decimals); /* fixed decimals */
void text_add_format(struct text_buffer *buffer, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* text_add_format must not be used for floating point: printf follows the locale. */

bool text_buffer_failed(const struct text_buffer *buffer);

/* Bytes of the UTF-8 character at text, 1..4; 0 when size is 0 or the bytes are no valid
   character. */
int text_utf8_length(const char *text, size_t size);
bool text_is_utf8(const char *text, size_t size);
bool text_equal(const char *a, const char *b); /* NULL equals NULL only */
bool text_ends_with(const char *text, const char *end);

#endif
