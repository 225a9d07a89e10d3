/* A commented starter scenario. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/text.h"
#include "scenario/scenario.h"

static void add_number(struct text_buffer *out, double value, double fallback) {
    text_add_number(out, isnan(value) ? fallback : value);
}

const char *scenario_starter(struct arena *arena, const char *name, const char *climate,
                             double it_kw, double floor_m2, double length_m) {
    struct text_buffer out;
    int place = climate_find(climate ? climate : "seattle");
    if (place < 0) {
        return NULL;
    }
    text_buffer_init(&out, arena);
    text_add(
        &out,
        "# A data centre and its neighbours. Every number not written here has a default with a "
        "source:\n"
        "# `hearth explain heat_pump` prints them, `hearth check --yaml` writes them all out.\n"
        "hearth: 1\nname: ");
    text_add(&out, name ? name : "My data centre and its town");
    text_add(&out, "\nplace: {climate: ");
    text_add(&out, climate_name_at(place));
    text_add(&out,
             "}                 # or  weather: SITE.epw\n"
             "horizon: {from: 2024-01-01, days: 31}     # delete this line to plan the whole year\n"
             "money: {currency: EUR, year: 2024, discount_frac: 0.05, life_year: 25}\n"
             "fuel: {gas_money_kwh: 0.05}               # per kWh of lower heating value\n"
             "electricity:                              # one line per meter\n"
             "  data_centre: {energy_money_kwh: 0.09, demand_money_kw_month: 5}\n"
             "  town: {energy_money_kwh: 0.12}\n"
             "  carbon: {average_kgco2_kwh: 0.25, marginal_kgco2_kwh: 0.40}\n"
             "data_centre:\n  - {name: hall, it_kw: ");
    add_number(&out, it_kw, 5000.0);
    text_add(&out, ", load: cloud, cooling: chilled_water_economiser,\n"
                   "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: ");
    add_number(&out, isnan(it_kw) ? (double)NAN : it_kw, 5000.0);
    text_add(&out, "}}\ntown:\n  - {name: neighbours, building: office, floor_m2: ");
    add_number(&out, floor_m2, 100000.0);
    text_add(&out,
             ", emitter: low_temperature, hot_water: local_electric,\n     heated_by: gas_boiler}\n"
             "heat_network: {supply_c: {at -5: 60, at 15: 48}, return_c: 38, length_m: ");
    add_number(&out, length_m, 500.0);
    text_add(&out, "}\nplant:\n  heat_pump: {capacity_kw: choose}\n  tank: {capacity_kwh: {choose: "
                   "{max: 100000}}}\n"
                   "heat_contract: {model: shared_savings, share_frac: 0.5}\n");
    return out.failed ? NULL : out.data;
}
