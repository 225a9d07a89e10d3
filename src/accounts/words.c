/* Numbers as words for the sentences of a finding. Field units proper are tell/'s; these are the
   few that sentences need, so that a reason reads the same in the terminal, the report and the
   summary. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/text.h"

/* Decimals that show a number with so many significant digits; negative: places before the point. */
static int decimals_of(double value, int digits) {
    double size = fabs(value);
    return size < 1e-6 ? 0 : digits - 1 - (int)floor(log10(size));
}

/* Significant digits, thousands kept whole. */
const char *words_number(struct arena *arena, double value, int digits) {
    char buffer[64];
    int decimals = decimals_of(value, digits);
    double step = pow(10.0, -decimals);
    if (fabs(value) >= 1e-6) {
        value = round(value / step) * step; /* 9.996 becomes 10.0, which has one decimal fewer */
        decimals = decimals_of(value, digits);
    }
    decimals = decimals < 0 ? 0 : decimals;
    (void)text_from_number_fixed(buffer, sizeof buffer, value, decimals > 9 ? 9 : decimals);
    return arena_text(arena, buffer);
}

static const char *currency_sign(const char *currency) {
    if (strcmp(currency, "USD") == 0) {
        return "$";
    }
    if (strcmp(currency, "EUR") == 0) {
        return "€";
    }
    return strcmp(currency, "GBP") == 0 ? "£" : NULL;
}

const char *words_money(struct arena *arena, const struct scenario *scenario, double money) {
    double size = fabs(money);
    const char *scale = size >= 999.5e3 ? " M" : size >= 999.5 ? " k" : "";
    double unit = size >= 999.5e3 ? 1e6 : size >= 999.5 ? 1e3 : 1.0;
    const char *number = words_number(arena, size / unit, 3);
    const char *sign = currency_sign(scenario->currency);
    if (sign) {
        return arena_format(arena, "%s%s%s%s", money < 0.0 ? "−" : "", sign, number, scale);
    }
    return arena_format(arena, "%s%s%s %s", money < 0.0 ? "−" : "", number, scale,
                        scenario->currency);
}

const char *words_power(struct arena *arena, double power_kw) {
    if (power_kw >= 999.5) {
        return arena_format(arena, "%s MW", words_number(arena, power_kw / 1000.0, 2));
    }
    return arena_format(arena, "%s kW", words_number(arena, power_kw, 2));
}

const char *words_share(struct arena *arena, double share_frac) {
    static const struct {
        double low_frac, high_frac;
        const char *words;
    } shares[] = {{0.985, 1.0001, "all"},         {0.88, 0.985, "nine tenths"},
                  {0.72, 0.78, "three quarters"}, {0.64, 0.69, "two thirds"},
                  {0.48, 0.52, "half"},           {0.31, 0.355, "a third"},
                  {0.235, 0.265, "a quarter"}};
    for (int k = 0; k < COUNT(shares); k++) {
        if (share_frac >= shares[k].low_frac && share_frac <= shares[k].high_frac) {
            return shares[k].words;
        }
    }
    return arena_format(arena, "%s %%", words_number(arena, 100.0 * share_frac, 2));
}
