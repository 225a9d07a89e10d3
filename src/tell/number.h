/* Numbers as people read them: three digits, narrow no-break space for thousands, a true minus.
   Only for texts of tell/. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_NUMBER_H
#define TELL_NUMBER_H

#include <stdbool.h>

#include "base/arena.h"

/* As arena_format and arena_text_n, but an empty text when memory is out, so that sentences can be
   joined without asking each time; the arena remembers (arena_failed). */
const char *number_format(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
const char *number_text(struct arena *arena, const char *text, size_t size);

#define NUMBER_SPACE "\u202f"
#define NUMBER_MINUS "\u2212"

const char *number_digits(struct arena *arena, double value,
                          int digits); /* significant digits; "?" for NaN */
const char *number_fixed(struct arena *arena, double value, int decimals); /* fixed decimals */
const char *number_signed(struct arena *arena, double value, int digits);  /* with + or minus */
/* "$1.2 M", "−34 k€" in the currency of the scenario; sign: always with + or minus. */
const char *number_money(struct arena *arena, const char *currency, double money, bool sign);
/* What changed; 0 where only the last digits of the arithmetic differ. */
double number_change(double now, double before);
const char *number_currency(const char *currency); /* "$", "€", "£", "kr", or the code */
const char *number_power(struct arena *arena, double value); /* "3e-10": for audits only */
/* A text with its numbers set as people read them: a narrow no-break space before a unit, a curly
   apostrophe within a word. */
const char *number_words(struct arena *arena, const char *text);
/* At most so many characters, then "…". */
const char *number_short(struct arena *arena, const char *text, int most);
const char *number_ascii(struct arena *arena, const char *text); /* the same without UTF-8 */

#endif
