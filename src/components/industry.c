/* Industrial heat: kilograms an hour of a product, while the plant runs.

   pasteurisation   c (T_to - T_from)(1 - regenerated)                 kJ/kg
   drying           water out (x1 - x2)/(1 - x2) times water_kwh_kg    kJ/kg
   chemical         specific_kj_kg
   Running from open_h to close_h on the first run_day of the week, at standby_frac else. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/units.h"
#include "components/plant.h"
#include "components/user.h"
#include "physics/process.h"

enum { PASTEURISATION, DRYING, CHEMICAL };

struct industry {
    double product_kg_h, specific_kj_kg, heat_kj_kgk, from_c, to_c, regenerated_frac, moist_frac,
        dry_frac, water_kj_kg, open_h, close_h, run_day, standby_frac, unserved_money_kwh;
    struct curve supply_c, return_c;
    int process;
};
enum { HEAT_IN, PORTS };

static const struct param params[] = {
    PARAM(industry, product_kg_h, REQUIRED, 0.001, 1e8, "user",
          "What goes in per hour while the plant runs."),
    PARAM_OF(industry, process, PASTEURISATION, "user", "What the heat does.", "pasteurisation",
             "drying", "chemical"),
    PARAM(industry, specific_kj_kg, NOT_GIVEN, 0.0, 50e3,
          "by process; chemical: paper 5.4 MJ/kg, recalled, unverified",
          "Heat per kg that goes in, in place of the process's own law."),
    PARAM(industry, heat_kj_kgk, 3.93, 1.0, 5.0, "milk, recalled",
          "Heat capacity of what is pasteurised."),
    PARAM(industry, from_c, 4.0, 0.0, 60.0, "chilled raw milk, recalled", "Before pasteurising."),
    PARAM(industry, to_c, 72.0, 40.0, 150.0, "72 degC for 15 s [recalled heat notes]",
          "Pasteurised at."),
    PARAM(industry, regenerated_frac, 0.90, 0.0, 0.98, ".85-.95, recalled, unverified",
          "Heat that the pasteurised gives to the raw."),
    PARAM(industry, moist_frac, 0.45, 0.0, 0.98, "wood chips, recalled, unverified",
          "Water of the wet goods, of their mass."),
    PARAM(industry, dry_frac, 0.20, 0.0, 0.9, "wood chips, recalled, unverified",
          "Water of the dried goods, of their mass."),
    PARAM(industry, water_kj_kg, 4320.0, 2400.0, 10000.0,
          "1.0-1.4 kWh per kg of water, mid, recalled, unverified",
          "Heat per kg of water dried away."),
    PARAM(industry, open_h, 6.0, 0.0, 24.0, "two shifts, assumed", "Begin of the first shift."),
    PARAM(industry, close_h, 22.0, 0.0, 24.0, "two shifts, assumed", "End of the last shift."),
    PARAM(industry, run_day, 5.0, 1.0, 7.0, "Monday to Friday, assumed",
          "Days of the week it runs, from Monday on."),
    PARAM(industry, standby_frac, 0.05, 0.0, 1.0, "tanks and pipes kept warm, assumed",
          "Heat while it does not run, of that while it runs."),
    USER_PARAMS(industry, 85.0, "60-90 degC for drying and cleaning [recalled heat notes]", 60.0,
                "assumed"),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = USER_HEAT_PORT("process heat"),
};

static double specific_kj_kg(const struct industry *plant) {
    const double paper_kj_kg = 5400.0;
    if (!isnan(plant->specific_kj_kg)) {
        return plant->specific_kj_kg;
    }
    switch (plant->process) {
    case PASTEURISATION:
        return process_pasteurise_kj_kg(plant->heat_kj_kgk, plant->from_c, plant->to_c,
                                        plant->regenerated_frac);
    case DRYING:
        return plant->water_kj_kg * process_dried_kg_kg(plant->moist_frac, plant->dry_frac);
    default:
        return paper_kj_kg;
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct industry *plant = self;
    double running_kwh_kg_ratio = specific_kj_kg(plant) / UNITS_KJ_PER_KWH;
    for (int t = 0; t < hours->count; t++) {
        bool runs = hours->weekday[t] < (int)(plant->run_day + 0.5) &&
                    user_open(hours->hour_h[t], plant->open_h, plant->close_h);
        ret->mode[0].port[HEAT_IN][t] = running_kwh_kg_ratio * (runs ? 1.0 : plant->standby_frac);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct industry *plant = self;
    (void)port;
    plant_supply(hours, &plant->supply_c, &plant->return_c, ret_supply_c, ret_return_c);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct industry *plant = self;
    bool pasteurises = plant->process == PASTEURISATION;
    user_check(&plant->supply_c, &plant->return_c, 2.0, "freezing", diag, place);
    if (pasteurises && curve_at(&plant->supply_c, 0.0) < plant->to_c + 1.0) {
        diag_error(diag, place, "supply_c is not 1 K above to_c: nothing would be pasteurised");
        diag_remedy(diag, "raise supply_c");
    }
    if (pasteurises && plant->to_c <= plant->from_c) {
        diag_error(diag, place, "to_c is not above from_c: nothing is warmed");
        diag_remedy(diag, "give the temperatures before and after pasteurising");
    }
    if (plant->process == DRYING && plant->moist_frac <= plant->dry_frac) {
        diag_error(diag, place, "moist_frac is not above dry_frac: nothing dries");
        diag_remedy(diag, "give the share of water before and after drying");
    }
}

const struct component component_industry = {
    .name = "industry",
    .title = "Industrial heat",
    .summary = "Heat of pasteurising, drying or a chemical process.",
    .shape = SHAPE_LOAD,
    .reference_port = HEAT_IN,
    .size = sizeof(struct industry),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "product_kg_h",
    .maturity = 9,
    .validity = "Hot water and steam to 150 degC; shifts of equal days.",
    .references = "heat notes section 9",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
};
