/* Numbers to text and back, correctly rounded, without asking the locale.

   A number read is D * 10^E with D an integer. For at most 19 digits and |E| <= 27 the exact value
   fits a product or quotient of 128 bits, since 5^27 < 2^63; it is rounded once, half to even.
   Everything else takes the slow way through integers of 90 words: 768 digits are kept and any
   further ones only break ties, because no midpoint of two doubles has more than 767 digits.

   A number written is scaled exactly in the same way to 17 digits; 15, 16 and 17 of them are tried
   in turn and the first that reads back is taken. Far exponents take snprintf, from which only the
   digits are used. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/text.h"

#include <assert.h>
#include <float.h>
#include <limits.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

__extension__ typedef unsigned __int128 wide;

enum { POWER_MAX = 27, DIGITS_KEPT = 768, LIMBS = 96 };

static uint64_t power_of_5(int exponent) {
    uint64_t power = 1;
    for (int i = 0; i < exponent; i++) {
        power *= 5;
    }
    return power;
}

static int bits_of(wide number) {
    uint64_t high = (uint64_t)(number >> 64), low = (uint64_t)number;
    return high ? 128 - __builtin_clzll(high) : low ? 64 - __builtin_clzll(low) : 0;
}

/* number * 2^exponent, rounded half to even. The lowest bit of a number of more than 64 bits may
   stand for "and something more"; number has at most 120 bits. */
static double rounded(wide number, int exponent) {
    int bits = bits_of(number);
    int lowest = exponent + bits - DBL_MANT_DIG; /* of the result's last bit */
    if (lowest < DBL_MIN_EXP - DBL_MANT_DIG) {
        lowest = DBL_MIN_EXP - DBL_MANT_DIG;
    }
    int drop = lowest - exponent;
    assert(drop > 0); /* every caller brings more bits than a double has */
    if (drop > bits) {
        return 0.0;
    }
    assert(drop <= 120);
    wide half = (wide)1 << (drop - 1);
    wide rest = number & ((half << 1) - 1);
    uint64_t kept = (uint64_t)(number >> drop);
    if (rest > half || (rest == half && (kept & 1))) {
        kept++;
    }
    return ldexp((double)kept, lowest);
}

/* digits * 10^exponent for digits != 0 and |exponent| <= POWER_MAX. */
static double scaled(uint64_t digits, int exponent) {
    if (digits <= ((uint64_t)1 << 53) && exponent >= -22 && exponent <= 22) {
        static const double power[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                         1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                         1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
        return exponent < 0 ? (double)digits / power[-exponent] : (double)digits * power[exponent];
    }
    if (exponent >= 0) {
        wide product = (wide)digits * power_of_5(exponent);
        if (bits_of(product) > 120) { /* keep a bit that says whether anything was cut off */
            product = (product >> 8) | ((product & 255) != 0);
            exponent += 8;
        }
        return rounded(product, exponent);
    }
    int shift = __builtin_clzll(digits);
    wide dividend = (wide)(digits << shift) << 55;
    uint64_t divisor = power_of_5(-exponent);
    wide quotient = dividend / divisor;
    bool more = quotient * divisor != dividend;
    return rounded(quotient << 1 | more, exponent - shift - 56);
}

/* A natural number; limb[0] is the lowest and limb[count - 1] is not 0. */
struct big {
    int count;
    uint32_t limb[LIMBS];
};

static void big_multiply_add(struct big *big, uint32_t factor, uint32_t addend) {
    uint64_t carry = addend;
    for (int i = 0; i < big->count; i++) {
        carry += (uint64_t)big->limb[i] * factor;
        big->limb[i] = (uint32_t)carry;
        carry >>= 32;
    }
    if (carry) {
        assert(big->count < LIMBS);
        big->limb[big->count++] = (uint32_t)carry;
    }
}

static void big_multiply_power_of_5(struct big *big, int exponent) {
    for (; exponent >= 13; exponent -= 13) {
        big_multiply_add(big, 1220703125, 0); /* 5^13 */
    }
    big_multiply_add(big, (uint32_t)power_of_5(exponent), 0);
}

static int big_bits(const struct big *big) {
    return big->count ? 32 * big->count - __builtin_clz(big->limb[big->count - 1]) : 0;
}

static void big_shift_left(struct big *big, int by) {
    int limbs = by / 32;
    assert(big->count + limbs + 1 <= LIMBS);
    memmove(big->limb + limbs, big->limb, (size_t)big->count * sizeof big->limb[0]);
    memset(big->limb, 0, (size_t)limbs * sizeof big->limb[0]);
    big->count += limbs;
    big_multiply_add(big, (uint32_t)1 << (by % 32), 0);
}

static int big_compare(const struct big *a, const struct big *b) {
    if (a->count != b->count) {
        return a->count < b->count ? -1 : 1;
    }
    for (int i = a->count - 1; i >= 0; i--) {
        if (a->limb[i] != b->limb[i]) {
            return a->limb[i] < b->limb[i] ? -1 : 1;
        }
    }
    return 0;
}

/* a -= b for a >= b. */
static void big_subtract(struct big *a, const struct big *b) {
    uint64_t borrow = 0;
    for (int i = 0; i < a->count; i++) {
        uint64_t less = borrow + (i < b->count ? b->limb[i] : 0);
        borrow = a->limb[i] < less;
        a->limb[i] = (uint32_t)(a->limb[i] - less);
    }
    while (a->count > 0 && a->limb[a->count - 1] == 0) {
        a->count--;
    }
}

/* number * 2^exponent from the three highest words and the knowledge whether lower ones hold
   anything. */
static double big_rounded(const struct big *number, int exponent) {
    wide top = 0;
    int i = number->count - 1;
    for (; i >= 0 && i >= number->count - 3; i--) {
        top = top << 32 | number->limb[i];
    }
    exponent += 32 * (i + 1);
    bool more = false;
    for (; i >= 0; i--) {
        more = more || number->limb[i] != 0;
    }
    return rounded(top << 1 | more, exponent - 1);
}

/* number / 5^power * 2^-power: 65 bits of the quotient by long division, then rounded with the
   rest. */
static double big_divided(struct big *number, int power) {
    struct big divisor = {.count = 1, .limb = {1}};
    big_multiply_power_of_5(&divisor, power);
    int lift = big_bits(&divisor) - big_bits(number);
    big_shift_left(lift > 0 ? number : &divisor, lift > 0 ? lift : -lift);
    wide quotient = 0;
    for (int i = 0; i < 65; i++) {
        quotient <<= 1;
        if (big_compare(number, &divisor) >= 0) {
            big_subtract(number, &divisor);
            quotient |= 1;
        }
        big_multiply_add(number, 2, 0);
    }
    return rounded(quotient << 1 | (number->count > 0), -65 - lift - power);
}

/* What was read: digits without leading zeros, value = 0.d1d2d3... * 10^point. */
struct decimal {
    bool negative;
    bool more; /* digits other than 0 were cut off */
    int count;
    long point;
    unsigned char digit[DIGITS_KEPT + 1];
};

static bool is_digit(char c) { return c >= '0' && c <= '9'; }

static void take_digit(struct decimal *decimal, char c, bool before_point) {
    unsigned char digit = (unsigned char)(c - '0');
    if (decimal->count == 0 && digit == 0) {
        decimal->point -= before_point ? 0 : 1;
        return;
    }
    if (decimal->count < DIGITS_KEPT) {
        decimal->digit[decimal->count++] = digit;
    } else {
        decimal->more = decimal->more || digit != 0;
    }
    decimal->point += before_point ? 1 : 0;
}

static bool read_exponent(const char *text, size_t size, size_t *at, long *ret_exponent) {
    size_t i = *at;
    bool negative = i < size && text[i] == '-';
    i += i < size && (text[i] == '-' || text[i] == '+') ? 1 : 0;
    if (i >= size || !is_digit(text[i])) {
        return false;
    }
    long exponent = 0;
    for (; i < size && is_digit(text[i]); i++) {
        exponent = exponent < LONG_MAX / 32 ? exponent * 10 + (text[i] - '0') : exponent;
    }
    *at = i;
    *ret_exponent = negative ? -exponent : exponent;
    return true;
}

static bool read_decimal(const char *text, size_t size, struct decimal *ret) {
    size_t i = 0;
    ret->negative = size > 0 && text[0] == '-';
    i += size > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    size_t first = i;
    for (; i < size && is_digit(text[i]); i++) {
        take_digit(ret, text[i], true);
    }
    if (i == first) {
        return false;
    }
    if (i < size && text[i] == '.') {
        first = ++i;
        for (; i < size && is_digit(text[i]); i++) {
            take_digit(ret, text[i], false);
        }
        if (i == first) {
            return false;
        }
    }
    if (i < size && (text[i] == 'e' || text[i] == 'E')) {
        long exponent;
        i++;
        if (!read_exponent(text, size, &i, &exponent)) {
            return false;
        }
        ret->point += exponent;
    }
    return i == size;
}

static double slow_value(struct decimal *decimal) {
    struct big number = {0};
    if (decimal->more) {
        decimal->digit[decimal->count++] = 1;
    }
    for (int i = 0; i < decimal->count; i++) {
        big_multiply_add(&number, 10, decimal->digit[i]);
    }
    int exponent = (int)decimal->point - decimal->count;
    if (exponent < 0) {
        return big_divided(&number, -exponent);
    }
    big_multiply_power_of_5(&number, exponent);
    return big_rounded(&number, exponent);
}

/* The absolute value; infinity when it is beyond the doubles. */
static double value_of(struct decimal *decimal) {
    while (decimal->count > 0 && decimal->digit[decimal->count - 1] == 0 && !decimal->more) {
        decimal->count--;
    }
    if (decimal->count == 0 || decimal->point < -330) {
        return 0.0;
    }
    if (decimal->point > 310) {
        return (double)INFINITY;
    }
    int exponent = (int)decimal->point - decimal->count;
    if (decimal->count > 19 || exponent < -POWER_MAX || exponent > POWER_MAX) {
        return slow_value(decimal);
    }
    uint64_t digits = 0;
    for (int i = 0; i < decimal->count; i++) {
        digits = digits * 10 + decimal->digit[i];
    }
    return scaled(digits, exponent);
}

bool text_number(const char *text, size_t size, double *ret_value) {
    struct decimal decimal;
    decimal.more = false;
    decimal.count = 0;
    decimal.point = 0;
    if (!read_decimal(text, size, &decimal)) {
        return false;
    }
    double value = value_of(&decimal);
    if (isinf(value)) {
        return false;
    }
    *ret_value = decimal.negative ? -value : value;
    return true;
}

bool text_integer(const char *text, size_t size, long *ret_value) {
    size_t i = size > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    bool negative = size > 0 && text[0] == '-';
    long value = 0; /* kept negative: there is one more of those */
    if (i == size) {
        return false;
    }
    for (; i < size; i++) {
        if (!is_digit(text[i]) || __builtin_mul_overflow(value, 10L, &value) ||
            __builtin_sub_overflow(value, (long)(text[i] - '0'), &value)) {
            return false;
        }
    }
    if (!negative && value == LONG_MIN) {
        return false;
    }
    *ret_value = negative ? value : -value;
    return true;
}

/* The 17 digits of a value (cut, not rounded) and how the rest compares with half a unit of the
   last one. */
struct digits {
    uint64_t whole;
    int rest;     /* 0 none, 1 below half, 2 half, 3 above half */
    int exponent; /* value = (whole + rest) * 10^exponent */
};

static int rest_of(wide rest, wide unit) {
    wide twice = rest << 1;
    return rest == 0 ? 0 : twice < unit ? 1 : twice == unit ? 2 : 3;
}

/* mantissa * 2^binary * 10^power as whole and rest, for 0 <= power <= 27 or -25 <= power < 0. */
static void split(uint64_t mantissa, int binary, int power, struct digits *ret) {
    ret->exponent = -power;
    int shift = binary + power;
    if (power >= 0) {
        wide product = (wide)mantissa * power_of_5(power);
        wide unit = shift < 0 ? (wide)1 << -shift : 1;
        ret->whole = (uint64_t)(shift < 0 ? product >> -shift : product << shift);
        ret->rest = shift < 0 ? rest_of(product & (unit - 1), unit) : 0;
        return;
    }
    wide dividend = (wide)mantissa << shift;
    uint64_t divisor = power_of_5(-power);
    ret->whole = (uint64_t)(dividend / divisor);
    ret->rest = rest_of(dividend % divisor, divisor);
}

/* value > 0 with a decimal exponent that the 128 bits hold; false otherwise. */
static bool split_near(double value, struct digits *ret) {
    if (value < 1e-10 || value > 1e40) {
        return false;
    }
    int binary;
    uint64_t mantissa = (uint64_t)ldexp(frexp(value, &binary), DBL_MANT_DIG);
    binary -= DBL_MANT_DIG;
    int power = 16 - (int)floor(log10(value));
    split(mantissa, binary, power, ret);
    if (ret->whole >= 100000000000000000U ||
        ret->whole < 10000000000000000U) { /* log10 was off by one */
        split(mantissa, binary, ret->whole < 10000000000000000U ? power + 1 : power - 1, ret);
    }
    return true;
}

/* The first count (15..17) digits, rounded half to even. */
static uint64_t round_digits(const struct digits *digits, int count) {
    if (count == 17) {
        return digits->whole + (digits->rest == 3 || (digits->rest == 2 && (digits->whole & 1)));
    }
    uint64_t unit = count == 16 ? 10 : 100;
    uint64_t kept = digits->whole / unit, cut = digits->whole % unit;
    bool up = cut > unit / 2 || (cut == unit / 2 && (digits->rest > 0 || (kept & 1)));
    return kept + up;
}

/* Writes digits * 10^exponent in the style of "%.17g". */
static int write_general(char *buffer, bool negative, uint64_t digits, int exponent) {
    char reversed[24] = {0}, *at = buffer;
    int count = 0;
    for (; digits % 10 == 0; digits /= 10) {
        exponent++;
    }
    for (; digits > 0; digits /= 10) {
        reversed[count++] = (char)('0' + digits % 10);
    }
    int leading = exponent + count - 1; /* the decimal exponent of the first digit */
    bool far = leading < -4 || leading > 16;
    int before =
        far ? 1 : leading + 1; /* digits before the point; below 1 there are zeros instead */
    if (negative) {
        *at++ = '-';
    }
    if (before <= 0) {
        memcpy(at, "0.00000", 7);
        at += 2 - before;
    }
    for (int i = 0; i < count; i++) {
        if (i == before && i > 0) {
            *at++ = '.';
        }
        *at++ = reversed[count - 1 - i];
    }
    for (int i = count; i < before; i++) {
        *at++ = '0';
    }
    *at = '\0';
    return (int)(at - buffer) + (far ? snprintf(at, 8, "e%c%02d", leading < 0 ? '-' : '+',
                                                leading < 0 ? -leading : leading)
                                     : 0);
}

/* The far exponents: count digits from snprintf, read without its point. */
static void digits_by_print(double value, int count, uint64_t *ret_digits, int *ret_exponent) {
    char text[64];
    (void)snprintf(text, sizeof text, "%.*e", count - 1, value);
    uint64_t digits = 0;
    const char *at = text;
    for (; *at != 'e'; at++) {
        digits = is_digit(*at) ? digits * 10 + (uint64_t)(*at - '0') : digits;
    }
    long exponent = 0;
    (void)text_integer(at + 1, strlen(at + 1), &exponent);
    *ret_digits = digits;
    *ret_exponent = (int)exponent - (count - 1);
}

static int write_far(char *buffer, bool negative, double value) {
    int count = value < 1e-300 ? 1 : 15; /* near the subnormals fewer digits may do */
    for (;; count++) {
        uint64_t digits;
        int exponent;
        double back;
        digits_by_print(value, count, &digits, &exponent);
        int size = write_general(buffer, negative, digits, exponent);
        if (count >= 17 || (text_number(buffer, (size_t)size, &back) && fabs(back) == value)) {
            return size;
        }
    }
}

int text_from_number(char *buffer, double value) {
    if (!isfinite(value)) {
        const char *word = isnan(value) ? "nan" : value > 0 ? "inf" : "-inf";
        size_t size = strlen(word);
        memcpy(buffer, word, size + 1);
        return (int)size;
    }
    if (value == 0.0) {
        memcpy(buffer, "0", 2);
        return 1;
    }
    struct digits digits;
    double size = fabs(value);
    if (!split_near(size, &digits)) {
        return write_far(buffer, value < 0, size);
    }
    for (int count = 15;; count++) {
        uint64_t kept = round_digits(&digits, count);
        int exponent = digits.exponent + 17 - count;
        if (count == 17 || scaled(kept, exponent) == size) {
            return write_general(buffer, value < 0, kept, exponent);
        }
    }
}

int text_from_number_fixed(char *buffer, size_t buffer_size, double value, int decimals) {
    char text[352];
    if (buffer_size == 0) {
        return 0;
    }
    buffer[0] = '\0';
    decimals = decimals < 0 ? 0 : decimals > 15 ? 15 : decimals;
    if (!isfinite(value)) {
        int size = text_from_number(text, value);
        memcpy(buffer, text, buffer_size > (size_t)size ? (size_t)size + 1 : 0);
        return buffer_size > (size_t)size ? size : 0;
    }
    int printed = snprintf(text, sizeof text, "%.*f", decimals, fabs(value));
    bool zero = true; /* after rounding: then there is no sign */
    for (int i = 0; i < printed; i++) {
        zero = zero && (text[i] == '0' || !is_digit(text[i]));
    }
    size_t size = 0, need = (size_t)printed + 2;
    if (buffer_size < need) {
        return 0;
    }
    if (value < 0 && !zero) {
        buffer[size++] = '-';
    }
    for (int i = 0; i < printed; i++) {
        if (is_digit(text[i])) {
            buffer[size++] = text[i];
        } else if (is_digit(text[i - 1])) { /* the locale's point, of one or more bytes */
            buffer[size++] = '.';
        }
    }
    buffer[size] = '\0';
    return (int)size;
}
