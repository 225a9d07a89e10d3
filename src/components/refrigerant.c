/* The table of refrigerants.

   Critical temperatures: R134a 101.1, R1234ze(E) 109.4, R290 96.7, R600a 134.7, R245fa 154.0, R1233zd(E) 166.5 degC
   [recalled, unverified]; less 15 K. Held against: R134a to 85 degC (Mantsala), R1234ze(E) to 85 degC
   (Stockholm Data Parks; both reported by decarbheat.eu), hot machines to 150 degC [read DEA]. R717: 60 bar compressors to 90 degC
   [recalled, unverified]. Sources: conventional machines to 60, very hot ones to 110 degC [read JESPER]. GWP: economy notes
   [recalled], AR4 of R134a; R245fa and R1233zd recalled, unverified. Building machines: critical temperatures of R32 78.1, R410A
   71.3 degC, GWP 675 and 2088 (AR4) [recalled, unverified].

   Carbon dioxide gives its heat above its critical point of 31.0 degC and takes it below: to 90 degC from sources to 25 degC
   [recalled, unverified]. Its COP hangs on how cool the water comes back to its gas cooler, which no law here knows: it is
   taken where its maker's own share of the ideal is given, else refused. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/refrigerant.h"

#include <assert.h>
#include <string.h>

static const struct refrigerant table[] = {
    {"R717", "B2L", 90.0, 60.0, 0.0},     {"R134a", "A1", 86.0, 60.0, 1430.0},
    {"R1234ze", "A2L", 94.0, 60.0, 7.0},  {"R290", "A3", 81.0, 60.0, 3.0},
    {"R600a", "A3", 119.0, 110.0, 3.0},   {"R245fa", "B1", 139.0, 110.0, 1030.0},
    {"R1233zd", "A1", 151.0, 110.0, 1.0}, {"R32", "A2L", 63.0, 60.0, 675.0},
    {"R410A", "A1", 56.0, 60.0, 2088.0},  {"R744", "A1", 90.0, 25.0, 1.0},
};
static_assert(COUNT(((const char *[]){REFRIGERANT_WORDS})) == COUNT(table) + 1,
              "a word for each refrigerant, and the choice");

const struct refrigerant *refrigerant_of_word(int word, double hottest_c) {
    static const int by_heat[] = {0, 4, 6};
    if (word > REFRIGERANT_BY_TEMPERATURE) {
        return &table[word - 1];
    }
    int k = 0;
    while (k + 1 < COUNT(by_heat) && hottest_c > table[by_heat[k]].supply_max_c) {
        k++;
    }
    return &table[by_heat[k]];
}

const struct refrigerant *refrigerant_named(int word) {
    return word > REFRIGERANT_BY_TEMPERATURE ? &table[word - 1] : NULL;
}

const struct refrigerant *refrigerant_of(const struct component *kind, const void *self,
                                         double hottest_c) {
    const struct param *param = component_param(kind, "refrigerant");
    if (!param) {
        return NULL;
    }
    int word = *(const int *)(const void *)((const char *)self + param->offset);
    return strcmp(param->words[0], REFRIGERANT_NOT_NAMED) == 0
               ? refrigerant_named(word)
               : refrigerant_of_word(word, hottest_c);
}

double refrigerant_supply_max_c(const struct component *kind, const void *self, double hottest_c) {
    const struct refrigerant *refrigerant = refrigerant_of(kind, self, hottest_c);
    const struct param *maker = component_param(kind, "supply_max_c");
    double own_c = refrigerant ? refrigerant->supply_max_c : HUGE_VAL;
    double maker_c = component_number(kind, self, "supply_max_c", own_c);
    return maker && isnan(maker->fallback) ? maker_c : fmin(maker_c, own_c);
}

void refrigerant_check(int word, bool own_quality, struct diag *diag, struct place place) {
    if (word == REFRIGERANT_R744 && !own_quality) {
        diag_error(
            diag, place,
            "R744 (carbon dioxide) gives its heat above its critical point of 31 degC: its COP "
            "hangs on how cool the water comes back, which no law here knows");
        diag_remedy(diag, "choose another refrigerant; or a heat_pump with model: quality and its "
                          "maker's quality_frac");
    }
}

double refrigerant_hottest_c(const struct hours *hours, int port) {
    const double *supply_c = hours->port[port].supply_c;
    double hottest_c = -HUGE_VAL;
    for (int t = 0; supply_c && t < hours->count; t++) {
        hottest_c = fmax(hottest_c, supply_c[t]);
    }
    return hottest_c;
}
