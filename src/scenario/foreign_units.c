/* Factors: SI prefixes; 1 lb = 0.45359237 kg and 1 Btu (IT) = 1055.05585262 J exactly (NIST SP 811,
   Appendix B); 1 therm = 100,000 Btu, 1 MMBtu = 1,000,000 Btu. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/foreign_units.h"

#include <string.h>

#include "base/text.h"
#include "base/units.h"

#define KWH_PER_MMBTU (1055.05585262e6 / 3.6e6)

static const struct foreign_unit same = {"", "", 1.0, 0.0};

static const struct foreign_unit units[] = {
    {"w", "kw", 0.001, 0.0},
    {"mw", "kw", 1000.0, 0.0},
    {"gw", "kw", 1e6, 0.0},
    {"wh", "kwh", 0.001, 0.0},
    {"mwh", "kwh", 1000.0, 0.0},
    {"gj", "kwh", 1000.0 / 3.6, 0.0},
    {"f", "c", 1.0 / 1.8, -32.0 / 1.8},
    {"k", "c", 1.0, -273.15},
    {"percent", "frac", 0.01, 0.0},
    {"w_m2", "kw_m2", 0.001, 0.0},
    {"pa", "kpa", 0.001, 0.0},
    {"hpa", "kpa", 0.1, 0.0},
    {"bar", "kpa", 100.0, 0.0},
    {"l_kwh", "m3_kwh", 0.001, 0.0},
    {"gco2_kwh", "kgco2_kwh", 0.001, 0.0},
    {"kgco2_mwh", "kgco2_kwh", 0.001, 0.0},
    {"tco2_mwh", "kgco2_kwh", 1.0, 0.0},
    {"lbco2_mwh", "kgco2_kwh", 0.00045359237, 0.0},
    {"cent_kwh", "money_kwh", 0.01, 0.0},
    {"money_mwh", "money_kwh", 0.001, 0.0},
    {"money_gj", "money_kwh", 0.0036, 0.0},
    {"money_therm", "money_kwh", 10.0 / KWH_PER_MMBTU, 0.0},
    {"money_mmbtu", "money_kwh", 1.0 / KWH_PER_MMBTU, 0.0},
    {"money_t", "money_kg", 0.001, 0.0},
};

const struct foreign_unit *foreign_unit_find(const char *name, const char *own) {
    if (strcmp(name, own) == 0) {
        return &same;
    }
    for (int k = 0; k < COUNT(units); k++) {
        if (strcmp(units[k].name, name) == 0 && strcmp(units[k].own, own) == 0) {
            return &units[k];
        }
    }
    return NULL;
}

const char *foreign_unit_list(struct arena *arena, const char *own) {
    struct text_buffer list;
    text_buffer_init(&list, arena);
    text_add(&list, own);
    for (int k = 0; k < COUNT(units); k++) {
        if (strcmp(units[k].own, own) == 0) {
            text_add_format(&list, ", %s", units[k].name);
        }
    }
    return text_buffer_failed(&list) ? own : list.data;
}
