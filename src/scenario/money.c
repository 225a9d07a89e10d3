/* Annual average exchange rates (units of currency per EUR: ECB reference rates) and consumer price
   levels (2015 = 100: HICP of the euro area, CPI-U of the USA, CPIH of the UK, CPI of Denmark and
   Sweden, yearly means). Figures recalled from the statistical offices and rounded; they move
   catalogue costs by at most a few per cent. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/money.h"

#include <string.h>

#include "base/status.h"

enum { FIRST_YEAR = 2015, YEARS = 11 };

static const struct currency {
    const char *name;
    double per_eur_ratio[YEARS], price_level_ratio[YEARS];
} currencies[] = {
    {"EUR",
     {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1},
     {100.0, 100.2, 101.8, 103.6, 104.8, 105.1, 107.8, 116.8, 123.2, 126.1, 128.8}},
    {"USD",
     {1.1095, 1.1069, 1.1297, 1.1810, 1.1195, 1.1422, 1.1827, 1.0530, 1.0813, 1.0824, 1.13},
     {100.0, 101.3, 103.4, 105.9, 107.9, 109.2, 114.3, 123.5, 128.6, 132.4, 136.0}},
    {"GBP",
     {0.7258, 0.8195, 0.8767, 0.8847, 0.8778, 0.8897, 0.8596, 0.8528, 0.8698, 0.8466, 0.856},
     {100.0, 101.0, 103.6, 106.0, 107.8, 108.9, 111.6, 120.5, 128.6, 132.9, 137.9}},
    {"DKK",
     {7.4587, 7.4452, 7.4386, 7.4532, 7.4661, 7.4542, 7.4370, 7.4396, 7.4509, 7.4589, 7.462},
     {100.0, 100.3, 101.4, 102.2, 102.9, 103.4, 105.3, 113.4, 117.1, 118.7, 120.9}},
    {"SEK",
     {9.3535, 9.4689, 9.6351, 10.2583, 10.5891, 10.4848, 10.1465, 10.6296, 11.4788, 11.4325, 11.07},
     {100.0, 101.0, 102.8, 104.8, 106.7, 107.2, 109.5, 118.7, 128.8, 132.5, 133.4}},
};

const char *money_source(void) {
    return "ECB annual average reference rates; HICP, CPI-U, CPIH, CPI yearly means (recalled, "
           "rounded; 2025 provisional)";
}

const char *money_currencies(void) { return "DKK EUR GBP SEK USD"; }

static const struct currency *find(const char *name) {
    for (int k = 0; k < COUNT(currencies); k++) {
        if (strcmp(currencies[k].name, name) == 0) {
            return &currencies[k];
        }
    }
    return NULL;
}

bool money_currency_known(const char *currency) { return find(currency) != NULL; }

bool money_factor(const char *from_currency, int from_year, const char *to_currency, int to_year,
                  double *ret_ratio) {
    const struct currency *from = find(from_currency), *to = find(to_currency);
    int a = from_year - FIRST_YEAR, b = to_year - FIRST_YEAR;
    if (!from || !to || a < 0 || b < 0 || a >= YEARS || b >= YEARS) {
        return false;
    }
    *ret_ratio = from->price_level_ratio[b] / from->price_level_ratio[a] * to->per_eur_ratio[b] /
                 from->per_eur_ratio[b];
    return true;
}
