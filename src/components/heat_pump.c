/* Heat pump: lifts heat from a source circuit to a hotter one, with the hourly COP of both
   circuits' temperatures.

   heat_out = rate,  power_in = rate / COP,  heat_in = rate (1 - 1/COP)
   COP: model jensen (Jensen/Pieper, ammonia's coefficients for R717, isobutane's for any other refrigerant; pinch and
   efficiency by size), jesper (conservative market fit), or quality (share of the ideal). It does not run below 10 K of lift
   (an exchanger's work), above lift_max_dk, hotter than its refrigerant goes or its maker says (supply_max_c), or where COP < 1;
   a source warmer than its refrigerant takes is mixed down. The COP is capped
   at 10. Part load: COP PLR/(Cc PLR + 1 - Cc) of EN 14825, in the simulation. Mode lift: the same machine on water that exchangers have preheated; its sink begins there.
   Two stages: cascade, one machine on top of the other, met at the geometric mean of source and sink, lift_max_dk for
   each; series, two machines in counterflow, each for half of both glides. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/heat_pump.h"
#include "base/units.h"
#include "components/plant.h"
#include "components/refrigerant.h"

enum { MODEL_JENSEN, MODEL_JESPER, MODEL_QUALITY };
enum { STAGES_ONE, STAGES_CASCADE, STAGES_SERIES };

struct heat_pump {
    double capacity_kw, quality_frac, source_approach_dk, lift_max_dk, supply_max_c, cycling_ratio,
        capex_money_kw, fom_frac_year, vom_money_kwh, life_year;
    int model, refrigerant, stages;
};
enum { HEAT_IN, POWER_IN, HEAT_OUT, PORTS };

static const struct param params[] = {
    PARAM(heat_pump, capacity_kw, REQUIRED, 0.0, 5e5, "user", "Heat delivered at full load."),
    PARAM_OF(heat_pump, model, MODEL_JENSEN, "JENSEN [read PYPSA]", "Law of the COP.", "jensen",
             "jesper", "quality"),
    PARAM_OF(heat_pump, refrigerant, REFRIGERANT_BY_TEMPERATURE,
             "R717 to 90 degC, R600a to 119, R1233zd above, assumed",
             "How hot a water and how warm a source it takes.", REFRIGERANT_WORDS),
    PARAM_OF(heat_pump, stages, STAGES_ONE, "assumed",
             "One machine, two on top of each other, or two in counterflow.", "one", "cascade",
             "series"),
    PARAM(heat_pump, quality_frac, 0.50, 0.3, 0.7,
          "observed .48-.59, machines of 1 to 3 MW [computed]",
          "Share of the ideal COP (model quality)."),
    PARAM(heat_pump, source_approach_dk, 0.0, 0.0, 10.0, "the hand-over exchanger has its own",
          "Lost between source bus and machine."),
    PARAM(heat_pump, lift_max_dk, 75.0, 20.0, 120.0, "DHSIM lift cap 75 K [read DHSIM]",
          "Largest lift of a stage."),
    PARAM(heat_pump, supply_max_c, NOT_GIVEN, 40.0, 160.0, "by the refrigerant",
          "Hottest water it makes."),
    PARAM(heat_pump, cycling_ratio, 1.0, 0.5, 1.0,
          "DEA: the COP of large machines does not fall [read DEA]; EN 14825: .9 on and off",
          "Part load: of the COP, 1 - Cc is lost to each switching on and off."),
    PARAM(heat_pump, capex_money_kw, NOT_GIVEN, 0.0, 10000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(heat_pump, fom_frac_year, 0.0022, 0.0, 0.3, "DEA 2 kEUR/MW of 900 [read TECHDATA]",
          "Fixed upkeep per year, of the investment."),
    PARAM(heat_pump, vom_money_kwh, 0.0024, 0.0, 0.05,
          "DEA 2.2-2.5 EUR/MWh at 3 MW [read TECHDATA]", "Running upkeep per kWh of heat."),
    PARAM(heat_pump, life_year, 25.0, 5.0, 60.0, "DEA [read TECHDATA]", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_RECOVERY,
                 .meaning = "heat taken from the source"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "electricity of compressor and auxiliaries"},
    [HEAT_OUT] = {.name = "heat_out",
                  .carrier = CARRIER_HEAT,
                  .direction = FLOWS_OUT,
                  .side = SIDE_PLANT,
                  .lifts_preheated = true,
                  .meaning = "heat delivered"},
};

/* The four temperatures of one stage, and what its size gives. */
struct stage {
    double sink_out_c, sink_in_c, source_in_c, source_out_c, pinch_dk, eta_is_frac;
    const struct heat_pump_fluid *fluid;
};

static bool stage_cop(const struct heat_pump *pump, const struct stage *at, double *ret_cop) {
    if (at->sink_out_c - at->source_in_c > pump->lift_max_dk) {
        return false;
    }
    switch (pump->model) {
    case MODEL_JESPER:
        return heat_pump_cop_jesper(at->sink_out_c, at->source_in_c, ret_cop);
    case MODEL_QUALITY:
        return heat_pump_cop_quality(at->sink_out_c, at->source_in_c, pump->quality_frac, ret_cop);
    default:
        return heat_pump_cop_jensen(at->sink_out_c, at->sink_in_c, at->source_in_c,
                                    at->source_out_c, at->pinch_dk, at->eta_is_frac, at->fluid,
                                    ret_cop);
    }
}

static bool cascade_cop(const struct heat_pump *pump, const struct stage *at, double *ret_cop) {
    double middle_c = sqrt(units_k_from_c(at->sink_out_c) * units_k_from_c(at->source_in_c));
    struct stage lower = *at, upper = *at;
    double lower_cop = 0.0, upper_cop = 0.0;
    middle_c = units_c_from_k(middle_c);
    lower.sink_out_c = lower.sink_in_c = middle_c;
    upper.source_in_c = upper.source_out_c = middle_c;
    if (!stage_cop(pump, &lower, &lower_cop) || !stage_cop(pump, &upper, &upper_cop)) {
        return false;
    }
    *ret_cop = heat_pump_cascade_cop(lower_cop, upper_cop);
    return true;
}

static bool series_cop(const struct heat_pump *pump, const struct stage *at, double *ret_cop) {
    struct stage warm = *at, cool = *at;
    double warm_cop = 0.0, cool_cop = 0.0;
    warm.sink_in_c = cool.sink_out_c = 0.5 * (at->sink_out_c + at->sink_in_c);
    warm.source_out_c = cool.source_in_c = 0.5 * (at->source_in_c + at->source_out_c);
    if (!stage_cop(pump, &warm, &warm_cop) || !stage_cop(pump, &cool, &cool_cop)) {
        return false;
    }
    *ret_cop = heat_pump_series_cop(warm_cop, cool_cop);
    return true;
}

/* What holds of a machine in every hour: its size's pinch and efficiency, and where its mode's sink begins. */
struct machine {
    double pinch_dk, eta_is_frac, supply_max_c, source_max_c;
    const struct heat_pump_fluid *fluid;
    const double *sink_in_c;
};

static bool cop_at(const struct heat_pump *pump, const struct hours *hours,
                   const struct machine *machine, int t, double *ret_cop) {
    const struct port_temperatures *sink = &hours->port[HEAT_OUT], *source = &hours->port[HEAT_IN];
    double over_dk = fmax(0.0, source->supply_c[t] - machine->source_max_c);
    double lost_dk = fmax(over_dk, pump->source_approach_dk);
    struct stage whole = {sink->supply_c[t],
                          machine->sink_in_c[t],
                          source->supply_c[t] - lost_dk,
                          source->return_c[t] - lost_dk,
                          machine->pinch_dk,
                          machine->eta_is_frac,
                          machine->fluid};
    if (isnan(whole.sink_in_c) || whole.sink_out_c > machine->supply_max_c ||
        whole.sink_out_c - source->supply_c[t] + pump->source_approach_dk < heat_pump_lift_min_dk) {
        return false;
    }
    switch (pump->stages) {
    case STAGES_CASCADE:
        return cascade_cop(pump, &whole, ret_cop);
    case STAGES_SERIES:
        return series_cop(pump, &whole, ret_cop);
    default:
        return stage_cop(pump, &whole, ret_cop);
    }
}

static struct machine machine_of(const struct heat_pump *pump, const struct hours *hours,
                                 const double *sink_in_c) {
    double hottest_c = refrigerant_hottest_c(hours, HEAT_OUT);
    const struct refrigerant *of = refrigerant_of_word(pump->refrigerant, hottest_c);
    bool ammonia = of == refrigerant_of_word(REFRIGERANT_R717, hottest_c);
    struct machine ret = {.supply_max_c =
                              isnan(pump->supply_max_c) ? of->supply_max_c : pump->supply_max_c,
                          .source_max_c = of->source_max_c,
                          .fluid = ammonia ? &heat_pump_ammonia : &heat_pump_isobutane,
                          .sink_in_c = sink_in_c};
    heat_pump_size(hours->size, &ret.pinch_dk, &ret.eta_is_frac);
    return ret;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct heat_pump *pump = self;
    const struct port_temperatures *sink = &hours->port[HEAT_OUT];
    bool placed = hours->port[HEAT_IN].supply_c && sink->supply_c;
    ret->modes = sink->preheat_c ? 2 : 1;
    for (int m = 0; m < ret->modes; m++) {
        const double *sink_in_c = m == 0 ? sink->return_c : sink->preheat_c;
        struct machine machine = machine_of(pump, hours, sink_in_c);
        struct mode *mode = &ret->mode[m];
        plant_cost(ret, m, pump->vom_money_kwh);
        for (int t = 0; t < hours->count; t++) {
            double cop = 0.0;
            mode->may_run[t] = placed && cop_at(pump, hours, &machine, t, &cop);
            if (!mode->may_run[t]) {
                continue;
            }
            mode->port[HEAT_OUT][t] = 1.0;
            mode->port[POWER_IN][t] = 1.0 / cop;
            mode->port[HEAT_IN][t] = 1.0 - 1.0 / cop;
            mode->lifts_kw_kw[t] = m == 0 ? 0.0 : 1.0;
        }
    }
}

static double part_load_ratio(const void *self, double load_frac) {
    const struct heat_pump *pump = self;
    return heat_pump_part_load_ratio(load_frac, pump->cycling_ratio);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct heat_pump *pump = self;
    refrigerant_check(pump->refrigerant, pump->model == MODEL_QUALITY, diag, place);
}

const struct component component_heat_pump = {
    .name = "heat_pump",
    .title = "Heat pump",
    .summary = "Lifts recovered heat to the temperature the network needs.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_OUT,
    .size = sizeof(struct heat_pump),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"heat", "lift"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"EUR",
             2020,
             {{1000.0, 1300.0}, {3000.0, 900.0}, {10000.0, 700.0}},
             3,
             "DEA excess-heat heat pump 1/3/10 MW, 2020/25 [read TECHDATA]"},
    .validity = "Sink to 90 to 151 degC by refrigerant, lift 10 to 75 K, 50 kW to 50 MW.",
    .references = "JENSEN, JESPER, DEA",
    .coefficients = coefficients,
    .part_load_ratio = part_load_ratio,
    .check = check,
};
