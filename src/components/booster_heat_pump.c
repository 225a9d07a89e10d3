/* Booster: lifts the heat of a cool network or an ambient loop to what a building needs, in the building.

   lift     heat_out = rate, power_in = rate / COP, heat_in = rate (1 - 1/COP);  COP of When2Heat's machines on water, of
            the loop's supply less approach_dk, in the field (0.85)
   direct   where the loop is warm enough the heat passes by an exchanger, one for one
   It is the substation of an ambient network (heat_network: {substation: booster}). The capacity is that of all machines
   of a class of buildings, each of machine_kw. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/refrigerant.h"
#include "physics/heat_pump.h"

struct booster_heat_pump {
    double capacity_kw, machine_kw, approach_dk, field_ratio, supply_max_c, source_min_c,
        capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
    int refrigerant;
};
enum { HEAT_IN, POWER_IN, HEAT_OUT, PORTS };
enum { LIFT, DIRECT };

static const struct param params[] = {
    PARAM(booster_heat_pump, capacity_kw, REQUIRED, 0.0, 1e6, "user",
          "Heat delivered at full load by all of them."),
    PARAM(booster_heat_pump, machine_kw, 50.0, 3.0, 5000.0, "assumed: a block of flats",
          "Size of one machine, which prices it."),
    PARAM(booster_heat_pump, approach_dk, 2.0, 0.0, 10.0, "recalled, unverified",
          "Lost between the loop and the machine, or the building's circuit."),
    PARAM(booster_heat_pump, field_ratio, 0.85, 0.5, 1.1, "When2Heat field correction [read W2H]",
          "Measured over laboratory performance."),
    PARAM(booster_heat_pump, supply_max_c, 70.0, 40.0, 90.0, "recalled, unverified",
          "Hottest water it makes, if its refrigerant goes as far."),
    PARAM_OF(booster_heat_pump, refrigerant, 0, "bought as it is",
             "How hot a water and how warm a loop it takes, and what a leak does.",
             REFRIGERANT_NOT_NAMED, REFRIGERANT_NAMES),
    PARAM(booster_heat_pump, source_min_c, 5.0, 0.0, 20.0, "water must not freeze, assumed",
          "Coldest loop it works with."),
    PARAM(booster_heat_pump, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(booster_heat_pump, fom_frac_year, 0.02, 0.0, 0.3, "recalled, unverified",
          "Fixed upkeep per year, of the investment."),
    PARAM(booster_heat_pump, vom_money_kwh, 0.0, 0.0, 0.05, "in the fixed upkeep",
          "Running upkeep per kWh of heat."),
    PARAM(booster_heat_pump, life_year, 20.0, 5.0, 40.0, "DEA [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_TOWN,
                 .meaning = "heat taken from the loop"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "electricity of the compressor"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_USER,
                  .meaning = "heat delivered"},
};

static bool cop_at(const struct booster_heat_pump *pump, double loop_c, double needed_c,
                   double *ret_cop) {
    const double lift_most_dk = 80.0; /* end of the fit */
    const struct refrigerant *of = refrigerant_named(pump->refrigerant);
    double most_c = of ? fmin(pump->supply_max_c, of->supply_max_c) : pump->supply_max_c;
    double source_c = loop_c - pump->approach_dk;
    source_c = of ? fmin(source_c, of->source_max_c) : source_c;
    if (loop_c < pump->source_min_c || needed_c > most_c || needed_c <= source_c ||
        needed_c - source_c > lift_most_dk) {
        return false;
    }
    double cop = heat_pump_when2heat_cop(HEAT_PUMP_WATER, needed_c, source_c);
    const double law_ratio = 0.85; /* what the law has taken off already */
    *ret_cop = cop / law_ratio * pump->field_ratio;
    return *ret_cop >= 1.0;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct booster_heat_pump *pump = self;
    const double *loop_c = hours->port[HEAT_IN].supply_c,
                 *needed_c = hours->port[HEAT_OUT].supply_c;
    bool placed = loop_c && needed_c;
    plant_cost(ret, LIFT, pump->vom_money_kwh);
    for (int t = 0; t < hours->count; t++) {
        double cop = 1.0;
        ret->mode[LIFT].may_run[t] = placed && cop_at(pump, loop_c[t], needed_c[t], &cop);
        if (ret->mode[LIFT].may_run[t]) {
            ret->mode[LIFT].port[HEAT_OUT][t] = 1.0;
            ret->mode[LIFT].port[POWER_IN][t] = 1.0 / cop;
            ret->mode[LIFT].port[HEAT_IN][t] = 1.0 - 1.0 / cop;
        }
        ret->mode[DIRECT].may_run[t] =
            placed && loop_c[t] - pump->approach_dk >= needed_c[t] - 1e-9;
        ret->mode[DIRECT].port[HEAT_OUT][t] = 1.0;
        ret->mode[DIRECT].port[HEAT_IN][t] = 1.0;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    refrigerant_check(((const struct booster_heat_pump *)self)->refrigerant, false, diag, place);
}

extern const struct component component_booster_heat_pump;

static double capex_money(const void *self, double size) {
    const struct booster_heat_pump *pump = self;
    return size * cost_curve_at(&component_booster_heat_pump.cost, fmin(size, pump->machine_kw));
}

const struct component component_booster_heat_pump = {
    .name = "booster_heat_pump",
    .title = "Booster heat pump",
    .summary = "Lifts the heat of a cool network to what a building needs.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct booster_heat_pump),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"lift", "direct"},
    .integration = true,
    .cost_payee = "suppliers",
    .maturity = 8,
    .cost = {"EUR",
             2020,
             {{10.0, 1200.0}, {100.0, 800.0}, {1000.0, 600.0}},
             3,
             "water to water without boreholes, recalled, unverified"},
    .validity =
        "Loop of 5 to 45 degC, water to 70 degC; space heat and hot water at one temperature.",
    .references = "Ruhnau et al. 2019, doi 10.1038/s41597-019-0199-y",
    .coefficients = coefficients,
    .check = check,
    .capex_money = capex_money,
};
