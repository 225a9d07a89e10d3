/* Commented starter scenarios: a data centre beside a town, and pilots in public buildings. One text each; what differs
   between the pilots is a row of the table. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "scenario/scenario.h"

struct pilot {
    const char *name, *title, *building, *emitter, *hot_water, *note;
    double it_kw, floor_m2;
};

static const struct pilot pilots[] = {
    {"city_hall", "city hall", "office", "radiator", "local_electric",
     "Offices: heat by day, little hot water, empty at the weekend.", 60.0, 8000.0},
    {"hospital", "hospital", "hospital", "low_temperature", "local_electric",
     "Heat by day and night. Its hot water too: hot_water: network.", 250.0, 40000.0},
    {"school", "school", "school", "low_temperature", "local_electric",
     "Heat in term alone: look at what goes to the sky in summer.", 40.0, 6000.0},
};

const char *scenario_template_name(int index) {
    return index < 0 || index > COUNT(pilots) ? NULL : index == 0 ? "town" : pilots[index - 1].name;
}

static const struct pilot *pilot_find(const char *name) {
    for (int k = 0; k < COUNT(pilots); k++) {
        if (strcmp(pilots[k].name, name) == 0) {
            return &pilots[k];
        }
    }
    return NULL;
}

static void add_number(struct text_buffer *out, double value, double fallback) {
    text_add_number(out, isnan(value) ? fallback : value);
}

static void add_head(struct text_buffer *out, const struct starter *starter, const char *title,
                     int place) {
    text_add(
        out,
        "# Every number not written here has a default with a source: `hearth explain heat_pump` "
        "prints\n# them, `hearth check --yaml` writes them all out.\nhearth: 1\nname: ");
    text_add(out, starter->name ? starter->name : title);
    text_add_format(out, "\nplace: {climate: %s}", climate_name_at(place));
    text_add(out,
             "                 # or  weather: SITE.epw\n"
             "horizon: {from: 2024-01-01, days: 31}     # delete this line to plan the whole year\n"
             "money: {currency: EUR, year: 2024, discount_frac: 0.05, life_year: 25}\n"
             "fuel: {gas_money_kwh: 0.05}               # per kWh of lower heating value\n"
             "electricity:                              # one line per meter\n");
}

static void add_town(struct text_buffer *out, const struct starter *starter) {
    text_add(out, "  data_centre: {energy_money_kwh: 0.09, demand_money_kw_month: 5}\n"
                  "  town: {energy_money_kwh: 0.12}\n"
                  "  carbon: {average_kgco2_kwh: 0.25, marginal_kgco2_kwh: 0.40}\n"
                  "data_centre:\n  - {name: hall, it_kw: ");
    add_number(out, starter->it_kw, 5000.0);
    text_add(out, ", load: cloud, cooling: chilled_water_economiser,\n"
                  "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: ");
    add_number(out, starter->it_kw, 5000.0);
    text_add(out, "}}\ntown:\n  - {name: neighbours, building: office, floor_m2: ");
    add_number(out, starter->floor_m2, 100000.0);
    text_add(out,
             ", emitter: low_temperature, hot_water: local_electric,\n     heated_by: gas_boiler}\n"
             "heat_network: {supply_c: {at -5: 60, at 15: 48}, return_c: 38, length_m: ");
    add_number(out, starter->length_m, 500.0);
    text_add(out, "}\nplant:\n  heat_pump: {capacity_kw: choose}\n  tank: {capacity_kwh: {choose: "
                  "{max: 100000}}}\n"
                  "heat_contract: {model: shared_savings, share_frac: 0.5}\n");
}

/* Computers in oil in the cellar: quiet, and warm enough for much of the building's heat without a heat pump. */
static void add_pilot(struct text_buffer *out, const struct starter *starter,
                      const struct pilot *pilot) {
    double it_kw = isnan(starter->it_kw) ? pilot->it_kw : starter->it_kw;
    text_add(
        out,
        "  data_centre: {energy_money_kwh: 0.16, party: operator}\n"
        "  building: {energy_money_kwh: 0.18, party: heat_customers}\n"
        "  carbon: {average_kgco2_kwh: 0.25, marginal_kgco2_kwh: 0.40}\n"
        "data_centre:                              # in the cellar, in a bath of oil: no fans, "
        "no noise\n  - {name: cellar, it_kw: ");
    text_add_number(out, it_kw);
    text_add(out, ", load: edge, redundancy: n, coolant_c: 60, meter: data_centre,\n"
                  "     cooling: immersion_one_phase, heat_recovery: {from: coolant_return, "
                  "max_kw: ");
    text_add_number(out, it_kw);
    text_add_format(out,
                    "}}\ntown:                                     # %s\n  - {name: %s, building: "
                    "%s, floor_m2: ",
                    pilot->note, pilot->name, pilot->building);
    add_number(out, starter->floor_m2, pilot->floor_m2);
    text_add_format(out,
                    ", emitter: %s, hot_water: %s,\n     heated_by: gas_boiler, meter: "
                    "building}\n",
                    pilot->emitter, pilot->hot_water);
    text_add(
        out,
        "plant:                                    # each is built only where it pays\n"
        "  heat_exchanger: {capacity_kw: choose, owner: heat_customers, meter: building}\n"
        "  heat_pump: {capacity_kw: choose, owner: heat_customers, meter: building}\n"
        "  tank: {capacity_kwh: {choose: {max: 2000}}, owner: heat_customers}\n"
        "heat_contract: {model: free}              # the building gives the room, the computers "
        "the warmth\n"
        "commitments:                              # who guarantees what\n"
        "  - {what: the room is given back as it was, by: operator, to: heat_customers, if: "
        "operator_leaves,\n     money: 20000, until_year: 10}\n"
        "neighbours: {distance_m: 20, unit_kw: 50, unit_db: 65, height_m: 1}   # one quiet dry "
        "cooler on the roof\n"
        "rules: [local-noise]\n");
}

const char *scenario_starter(struct arena *arena, const struct starter *starter) {
    struct text_buffer out;
    int place = climate_find(starter->climate ? starter->climate : "seattle");
    bool town = !starter->template || strcmp(starter->template, scenario_template_name(0)) == 0;
    const struct pilot *pilot = town ? NULL : pilot_find(starter->template);
    if (place < 0 || (!town && !pilot)) {
        return NULL;
    }
    text_buffer_init(&out, arena);
    text_add(&out, pilot ? arena_format(arena,
                                        "# A pilot in a public building: computers in the cellar "
                                        "of a %s, their heat in its pipes.\n",
                                        pilot->title)
                         : "# A data centre and its neighbours.\n");
    add_head(&out, starter,
             pilot ? arena_format(arena, "Pilot in a %s", pilot->title)
                   : "My data centre and its town",
             place);
    if (pilot) {
        add_pilot(&out, starter, pilot);
    } else {
        add_town(&out, starter);
    }
    return out.failed ? NULL : out.data;
}
