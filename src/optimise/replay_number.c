/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/replay_number.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { FRACTION_BITS = 52, FRACTION_DIGITS = 13, BIAS = 1023, EXPONENT_MASK = 0x7ff };
static const char digits[] = "0123456789abcdef";

static int add_exponent(char *buffer, int exponent) {
    char reversed[8];
    int at = 0, count = 0;
    unsigned left = (unsigned)(exponent < 0 ? -exponent : exponent);
    buffer[at++] = 'p';
    buffer[at++] = exponent < 0 ? '-' : '+';
    do {
        reversed[count++] = digits[left % 10];
        left /= 10;
    } while (left);
    while (count > 0) {
        buffer[at++] = reversed[--count];
    }
    return at;
}

int replay_number_text(char *buffer, double value) {
    uint64_t bits;
    int at = 0;
    memcpy(&bits, &value, sizeof bits);
    int exponent = (int)(bits >> FRACTION_BITS) & EXPONENT_MASK;
    uint64_t fraction = bits & (((uint64_t)1 << FRACTION_BITS) - 1);
    if (bits >> 63) {
        buffer[at++] = '-';
    }
    if (exponent == EXPONENT_MASK) {
        memcpy(buffer + at, fraction ? "nan" : "inf", 4);
        return at + 3;
    }
    buffer[at++] = '0';
    buffer[at++] = 'x';
    buffer[at++] = exponent ? '1' : '0';
    if (fraction) {
        buffer[at++] = '.';
    }
    for (int shift = FRACTION_BITS - 4; fraction && shift >= 0; shift -= 4) {
        buffer[at++] = digits[fraction >> shift & 15];
        fraction &= ((uint64_t)1 << shift) - 1;
    }
    bool zero = exponent == 0 && (bits << 12) == 0;
    at += add_exponent(buffer + at, zero ? 0 : exponent ? exponent - BIAS : 1 - BIAS);
    buffer[at] = '\0';
    return at;
}

/* The digits between '.' and 'p', left-aligned in FRACTION_BITS; moves *at behind them. */
static bool read_fraction(const char *text, size_t size, size_t *at, uint64_t *ret) {
    uint64_t fraction = 0;
    int count = 0;
    for (; *at < size && text[*at] != 'p'; ++*at) {
        const char *digit = memchr(digits, text[*at], sizeof digits - 1);
        if (!digit || count == FRACTION_DIGITS) {
            return false;
        }
        fraction = fraction << 4 | (uint64_t)(digit - digits);
        count++;
    }
    *ret = fraction << 4 * (FRACTION_DIGITS - count);
    return true;
}

static bool read_exponent(const char *text, size_t size, int *ret) {
    int value = 0;
    if (size < 3 || size > 6 || text[0] != 'p' || (text[1] != '+' && text[1] != '-')) {
        return false;
    }
    for (size_t i = 2; i < size; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        value = 10 * value + (text[i] - '0');
    }
    *ret = text[1] == '-' ? -value : value;
    return true;
}

static bool read_finite(const char *text, size_t size, bool negative, double *ret) {
    uint64_t fraction = 0;
    int exponent = 0;
    size_t at = 3;
    if (size < 6 || text[0] != '0' || text[1] != 'x' || (text[2] != '0' && text[2] != '1')) {
        return false;
    }
    if (text[at] == '.') {
        at++;
        if (!read_fraction(text, size, &at, &fraction)) {
            return false;
        }
    }
    if (!read_exponent(text + at, size - at, &exponent) || exponent < 1 - BIAS || exponent > BIAS) {
        return false;
    }
    uint64_t bits = fraction | (uint64_t)(text[2] == '1' ? exponent + BIAS : 0) << FRACTION_BITS;
    bits |= (uint64_t)negative << 63;
    memcpy(ret, &bits, sizeof bits);
    return true;
}

bool replay_number_value(const char *text, size_t size, double *ret_value) {
    bool negative = size > 0 && text[0] == '-';
    const char *unsigned_text = text + negative;
    size_t left = size - negative;
    double value = negative ? -HUGE_VAL : HUGE_VAL;
    bool infinite = left == 3 && memcmp(unsigned_text, "inf", 3) == 0;
    if (!infinite && !read_finite(unsigned_text, left, negative, &value)) {
        return false;
    }
    char again[REPLAY_NUMBER_SIZE]; /* one spelling only */
    if ((size_t)replay_number_text(again, value) != size || memcmp(again, text, size) != 0) {
        return false;
    }
    *ret_value = value;
    return true;
}
