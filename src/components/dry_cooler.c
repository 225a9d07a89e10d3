/* Dry cooler: fans blow outdoor air over the coolant; what the air cannot do, a trim does.

   design    outdoor temperature design_c, approach approach_dk to the coolant's cold side
   fans      speed = (design difference / difference)^1.4 between floor and 1, power ~ speed^3
   trim      where outdoor + approach > cold side: none (does not run), adiabatic (outdoor falls by
   eff (T - T_wb), water evaporates and is bled), or chiller (air-cooled, for the share the air
   cannot cool; fans rest where that is all of it) */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "physics/cooling.h"
#include "physics/water.h"

enum { TRIM_NONE, TRIM_ADIABATIC, TRIM_CHILLER };

struct dry_cooler {
    double capacity_kw, approach_dk, fan_kw_kw, speed_floor_frac, pump_kw_kw, pad_eff, cycles_ratio,
        room_fan_kw_kw, cop_ratio, capex_money_kw, fom_frac_year, life_year, sound_db;
    int trim;
};
enum { HEAT_IN, POWER_IN, WATER_IN, PORTS };

static const struct param params[] = {
    PARAM(dry_cooler, capacity_kw, REQUIRED, 0.0, 1e7, "user", "Heat removed at full load."),
    PARAM(dry_cooler, approach_dk, 8.0, 3.0, 20.0,
          "6-10 K, recalled; catalogue median 10 K [read IER]",
          "Coolant's cold side above the air."),
    PARAM(dry_cooler, fan_kw_kw, 0.0225, 0.005, 0.1,
          ".015-.03, recalled; .0275 in another planning tool [read TAMOS]",
          "Fans at design, per kW of heat."),
    PARAM(dry_cooler, speed_floor_frac, 0.25, 0.1, 0.8, ".20-.30, recalled, unverified",
          "Slowest fan speed."),
    PARAM(dry_cooler, pump_kw_kw, 0.015, 0.0, 0.1, "DC Pro chilled-water pump [quoted]",
          "Pumping per kW of heat."),
    PARAM(dry_cooler, pad_eff, 0.8, 0.5, 0.95, ".7-.9, recalled, unverified",
          "Effectiveness of adiabatic pads."),
    PARAM(dry_cooler, cycles_ratio, 5.0, 1.5, 15.0, "2-5, recalled, unverified; as a tower's",
          "Cycles of concentration of the pads' water."),
    PARAM(dry_cooler, room_fan_kw_kw, 0.02, 0.0, 0.2,
          "liquid-cooled halls move little air, assumed", "Fans in the hall per kW of heat."),
    PARAM(dry_cooler, cop_ratio, 0.9, 0.3, 1.3, "large +-.11 [read LEI22]",
          "COP of the trim chiller over the table."),
    PARAM_OF(dry_cooler, trim, TRIM_CHILLER, "assumed", "What helps when the air is too warm.",
             "none", "adiabatic", "chiller"),
    PARAM(dry_cooler, sound_db, 90.0, 60.0, 120.0, "85-95 dB(A) a MW, recalled, unverified",
          "Sound power outdoors per MW of heat, dB(A)."),
    PARAM(dry_cooler, capex_money_kw, NOT_GIVEN, 0.0, 20000.0, "catalogue",
          "Investment per kW of heat."),
    PARAM(dry_cooler, fom_frac_year, 0.02, 0.0, 0.2, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(dry_cooler, life_year, 20.0, 5.0, 40.0, "recalled, unverified", "Technical life."),
};
static const struct port ports[PORTS] = {
    [HEAT_IN] = {.name = "heat_in",
                 .carrier = CARRIER_HEAT,
                 .direction = FLOWS_IN,
                 .side = SIDE_HALL,
                 .meaning = "heat removed from the hall"},
    [POWER_IN] = {.name = "power_in",
                  .carrier = CARRIER_ELECTRICITY,
                  .direction = FLOWS_IN,
                  .side = SIDE_METER,
                  .meaning = "fans, pumps, trim chiller"},
    [WATER_IN] = {.name = "water_in",
                  .carrier = CARRIER_WATER,
                  .direction = FLOWS_IN,
                  .side = SIDE_WATER,
                  .meaning = "evaporated on the pads, m3/h"},
};

static void hour(const struct dry_cooler *cooler, double outdoor_c, double wet_bulb_c,
                 double warm_c, double cold_c, struct mode *mode, int t) {
    double air_c = outdoor_c, water_m3_h = 0.0;
    if (cooler->trim == TRIM_ADIABATIC && outdoor_c + cooler->approach_dk > cold_c) {
        air_c = outdoor_c - cooler->pad_eff * (outdoor_c - wet_bulb_c);
        /* so much air passes per kW as would warm from outdoors to the coolant's warm side: more
           than the cooled air needs, so the water is rather too much; what evaporates leaves its
           salts, which are bled */
        double cooled_ratio = (outdoor_c - air_c) / fmax(4.0, warm_c - outdoor_c);
        water_m3_h = cooled_ratio / water_latent_kj_kg(wet_bulb_c) * 3.6 * cooler->cycles_ratio /
                     (cooler->cycles_ratio - 1.0);
    }
    double free_frac = cooling_free_frac(air_c, cooler->approach_dk, cold_c, warm_c);
    double fan_ratio =
        free_frac > 0.0
            ? cooling_dry_fan_ratio(warm_c - air_c, (warm_c - cold_c) + cooler->approach_dk,
                                    cooler->speed_floor_frac)
            : 0.0;
    double cop = cooler->cop_ratio * cooling_air_chiller_cop(outdoor_c, 0.67, cold_c);
    double heat = 1.0 + cooler->room_fan_kw_kw; /* the hall's fans warm the coolant */
    bool chiller = cooler->trim == TRIM_CHILLER;
    mode->may_run[t] = free_frac >= 1.0 || chiller;
    mode->port[HEAT_IN][t] = 1.0;
    mode->port[POWER_IN][t] = cooler->room_fan_kw_kw +
                              heat * (cooler->pump_kw_kw + cooler->fan_kw_kw * fan_ratio) +
                              (chiller ? heat * (1.0 - free_frac) / cop : 0.0);
    mode->port[WATER_IN][t] = heat * water_m3_h;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct dry_cooler *cooler = self;
    const double *warm_c = hours->port[HEAT_IN].supply_c, *cold_c = hours->port[HEAT_IN].return_c;
    for (int t = 0; t < hours->count; t++) {
        hour(cooler, hours->outdoor_c[t], hours->wet_bulb_c[t], warm_c ? warm_c[t] : 40.0,
             cold_c ? cold_c[t] : 30.0, &ret->mode[0], t);
    }
}

const struct component component_dry_cooler = {
    .name = "dry_cooler",
    .title = "Dry cooler",
    .summary = "Outdoor air cools a warm coolant; a trim helps in heat.",
    .shape = SHAPE_CONVERTER,
    .reference_port = HEAT_IN,
    .size = sizeof(struct dry_cooler),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD",
             2022,
             {{1.0, 250.0}},
             1,
             "assumed, unverified: coolers, pumps and trim; no open catalogue found"},
    .validity = "Coolant 25 to 60 degC, outdoor -30 to 45 degC.",
    .references = "Lei and Masanet 2022 (chiller); IER: Energies 2023 16:3661; TAMOS DryCooler",
    .coefficients = coefficients,
};
