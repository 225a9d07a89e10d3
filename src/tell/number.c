/* Numbers as people read them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/number.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/text.h"

const char *number_format(struct arena *arena, const char *format, ...) {
    va_list args;
    va_start(args, format);
    const char *text = arena_format_list(arena, format, args);
    va_end(args);
    return text ? text : "";
}

const char *number_text(struct arena *arena, const char *text, size_t size) {
    const char *copy = arena_text_n(arena, text, size);
    return copy ? copy : "";
}

/* Digits with thousands apart and a true minus. */
static const char *dress(struct arena *arena, const char *plain, bool sign, double value) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    bool negative = *plain == '-';
    plain += negative;
    if (negative) {
        text_add(&out, NUMBER_MINUS);
    } else if (sign && value > 0.0) {
        text_add(&out, "+");
    }
    size_t whole = strcspn(plain, ".");
    for (size_t k = 0; k < whole; k++) {
        if (k > 0 && (whole - k) % 3 == 0) {
            text_add(&out, NUMBER_SPACE);
        }
        text_add_n(&out, plain + k, 1);
    }
    text_add(&out, plain + whole);
    return out.data ? out.data : "";
}

static const char *fixed(struct arena *arena, double value, int decimals, bool sign) {
    char buffer[80];
    if (!isfinite(value)) {
        return "?";
    }
    (void)text_from_number_fixed(buffer, sizeof buffer, value, decimals);
    if (buffer[0] == '-' && strspn(buffer + 1, "0.") == strlen(buffer + 1)) {
        return dress(arena, buffer + 1, false, 0.0); /* no minus before a zero */
    }
    return dress(arena, buffer, sign, value);
}

static int decimals_for(double *value, int digits) {
    double size = fabs(*value);
    int decimals = size < 5e-9 ? 0 : digits - 1 - (int)floor(log10(size) + 1e-12);
    if (decimals > 0 && decimals <= 8 && round(size * pow(10.0, decimals)) >= pow(10.0, digits)) {
        decimals--; /* 9.996 is 10.0, not 10.00 */
    }
    if (decimals < 0) {
        double step = pow(10.0, -decimals);
        *value = round(*value / step) * step;
        return 0;
    }
    return decimals > 8 ? 8 : decimals;
}

const char *number_fixed(struct arena *arena, double value, int decimals) {
    return fixed(arena, value, decimals, false);
}

const char *number_digits(struct arena *arena, double value, int digits) {
    int decimals = isfinite(value) ? decimals_for(&value, digits) : 0;
    return fixed(arena, value, decimals, false);
}

const char *number_signed(struct arena *arena, double value, int digits) {
    int decimals = isfinite(value) ? decimals_for(&value, digits) : 0;
    return fixed(arena, value, decimals, true);
}

double number_change(double now, double before) {
    double change = now - before;
    return fabs(change) <= 1e-9 * fmax(fabs(now), fabs(before)) ? 0.0 : change;
}

const char *number_currency(const char *currency) {
    static const char *const signs[][2] = {
        {"USD", "$"}, {"EUR", "€"}, {"GBP", "£"}, {"DKK", "kr"}, {"SEK", "kr"}};
    for (int k = 0; k < COUNT(signs); k++) {
        if (strcmp(signs[k][0], currency) == 0) {
            return signs[k][1];
        }
    }
    return currency;
}

const char *number_money(struct arena *arena, const char *currency, double money, bool sign) {
    money = fabs(money) < 0.005 ? 0.0 : money; /* less than half a cent is none */
    double size = fabs(money), unit = size >= 999.5e3 ? 1e6 : size >= 999.5 ? 1e3 : 1.0;
    const char *scale = unit > 1e3 ? NUMBER_SPACE "M" : unit > 1.0 ? NUMBER_SPACE "k" : "";
    const char *mark = money < 0.0 ? NUMBER_MINUS : sign && money > 0.0 ? "+" : "";
    if (!isfinite(money)) {
        return "?";
    }
    const char *name = number_currency(currency);
    bool letters = (*name | 0x20) >= 'a' && (*name | 0x20) <= 'z'; /* "kr 12", but "$12" */
    return number_format(arena, "%s%s%s%s%s", mark, name, letters ? NUMBER_SPACE : "",
                         number_digits(arena, size / unit, 3), scale);
}

const char *number_power(struct arena *arena, double value) {
    if (!(value > 0.0)) {
        return "0";
    }
    int power = (int)floor(log10(value));
    double digit = round(value / pow(10.0, power));
    bool ten = digit >= 10.0; /* 9.6e-17 rounds to 1e-16 */
    return number_format(arena, "%de%d", ten ? 1 : (int)digit, power + ten);
}

/* Length of a unit's sign at text when it ends there, else 0. */
static size_t unit_at(const char *text) {
    static const char *const units[] = {"%",  "°C", "kWh", "MWh", "GWh", "TWh", "kW", "MW", "GW",
                                        "m³", "t",  "kg",  "m",   "k",   "M",   "h",  "L",  "d"};
    for (int k = 0; k < COUNT(units); k++) {
        size_t size = strlen(units[k]);
        unsigned char next = (unsigned char)text[strncmp(text, units[k], size) == 0 ? size : 0];
        bool word = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
        if (strncmp(text, units[k], size) == 0 && !word && next < 0x80 && next != '_' &&
            !(next >= '0' && next <= '9')) {
            return size;
        }
    }
    return 0;
}

static bool is_letter(char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

const char *number_words(struct arena *arena, const char *text) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    for (size_t k = 0; text && text[k]; k++) {
        char before = k > 0 ? text[k - 1] : '\0';
        if (text[k] == ' ' && is_digit(before) && unit_at(text + k + 1) > 0) {
            text_add(&out, NUMBER_SPACE);
        } else if (text[k] == '\'' && is_letter(before) && is_letter(text[k + 1])) {
            text_add(&out, "’");
        } else {
            text_add_n(&out, text + k, 1);
        }
    }
    return out.data ? out.data : "";
}

const char *number_short(struct arena *arena, const char *text, int most) {
    size_t size = strlen(text), at = 0;
    int count = 0;
    for (int length = 0; at < size && count < most; at += (size_t)length, count++) {
        length = text_utf8_length(text + at, size - at);
        length = length > 0 ? length : 1;
    }
    return at < size ? number_format(arena, "%s…", number_text(arena, text, at)) : text;
}

const char *number_ascii(struct arena *arena, const char *text) {
    static const char *const swaps[][2] = {
        {NUMBER_SPACE, " "}, {NUMBER_MINUS, "-"}, {"€", "EUR "}, {"£", "GBP "}, {"₂", "2"},
        {"·", "*"},          {"≥", ">="},         {"≤", "<="},   {"°", "deg "}, {"³", "3"},
        {"–", "-"},          {"’", "'"},          {"→", "->"},   {"≈", "~"},    {"…", "..."},
        {"✓", "ok"},         {"✗", "no"},         {"²", "2"}};
    struct text_buffer out;
    text_buffer_init(&out, arena);
    while (*text) {
        size_t used = 1;
        const char *instead = NULL;
        for (int k = 0; k < COUNT(swaps); k++) {
            if (strncmp(text, swaps[k][0], strlen(swaps[k][0])) == 0) {
                instead = swaps[k][1];
                used = strlen(swaps[k][0]);
            }
        }
        if (!instead && (unsigned char)*text >= 0x80) { /* a letter of a name: one sign for one */
            int length = text_utf8_length(text, strlen(text));
            used = length > 0 ? (size_t)length : 1;
            instead = "?";
        }
        if (instead) {
            text_add(&out, instead);
        } else {
            text_add_n(&out, text, 1);
        }
        text += used;
    }
    return out.data ? out.data : "";
}
