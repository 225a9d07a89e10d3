/* Indirect evaporative cooling: the hall's air passes an exchanger whose other side is outdoor air, dry or sprayed.

   dry      T_s = T_ra - eff_dry (T_ra - T_db);  wet  T_s = T_ra - eff_wet (T_ra - T_wb), never below the wet bulb
   cycle    dew_point: a named regenerative cycle that takes a part of its own cooled air as the wet side and so reaches
            dew_eff of the way from dry bulb to dew point; it alone may supply below the wet bulb
   part     the scavenger fan slows to what the effectiveness needed asks (cube of speed, with a floor); wet only where
            dry is not enough; water is what the wet side's heat evaporates, and its bleed
   trim     direct expansion carries what is missing, or nothing does and it stops */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_air.h"
#include "physics/air.h"
#include "physics/cooling.h"
#include "physics/water.h"

struct indirect_evaporative {
    struct cooling_cost cost;
    struct {
        double fan_dp_kpa, fan_eff;
        int air_class;
    } air;
    double dry_eff, wet_eff, dew_eff, scavenger_kw_kw, speed_floor_frac, spray_kw_kw,
        evaporation_frac, cycles_ratio, cop_ratio;
    int cycle, trim;
};
enum { CYCLE_WET_BULB, CYCLE_DEW_POINT };
enum { TRIM_NONE, TRIM_DX };

static const struct param params[] = {
    COOLING_CAPACITY_PARAM(indirect_evaporative, cost),
    COOLING_FAN_PARAMS(indirect_evaporative, air),
    COOLING_CLASS_PARAM(indirect_evaporative, air),
    PARAM_OF(indirect_evaporative, cycle, CYCLE_WET_BULB, "assumed", "What the wet side can reach.",
             "wet_bulb", "dew_point"),
    PARAM(indirect_evaporative, dry_eff, 0.575, 0.3, 0.8, ".50-.65, mid, recalled, unverified",
          "Effectiveness of the dry exchanger."),
    PARAM(indirect_evaporative, wet_eff, 0.725, 0.4, 0.9, ".65-.80, mid, recalled, unverified",
          "Effectiveness of the sprayed exchanger."),
    PARAM(indirect_evaporative, dew_eff, 0.8, 0.5, 0.9,
          "Maisotsenko cycle .7-.9, recalled, unverified",
          "Way from dry bulb to dew point that the dew-point cycle goes."),
    PARAM(indirect_evaporative, scavenger_kw_kw, 0.065, 0.0, 0.2,
          ".04-.09, mid, recalled, unverified", "Scavenger fan at full speed per kW of heat."),
    PARAM(indirect_evaporative, speed_floor_frac, 0.25, 0.1, 0.8, ".20-.30, recalled, unverified",
          "Slowest fan speed."),
    PARAM(indirect_evaporative, spray_kw_kw, 0.003, 0.0, 0.02, "recalled, unverified",
          "Spray pump per kW of heat."),
    PARAM(indirect_evaporative, evaporation_frac, 0.8, 0.3, 1.0,
          ".6-1.0, mid, recalled, unverified",
          "Share of the wet side's heat that evaporates water."),
    PARAM(indirect_evaporative, cycles_ratio, 3.5, 1.5, 10.0, "2-5, mid, recalled, unverified",
          "Cycles of concentration."),
    PARAM_OF(indirect_evaporative, trim, TRIM_DX, "assumed", "What carries what is missing.",
             "none", "dx"),
    PARAM(indirect_evaporative, cop_ratio, 1.2, 0.3, 1.8,
          "trim coils see cooled air; .6-1.2 [read LEI22]", "COP of the trim over the curve."),
    COOLING_RACK_PARAM(indirect_evaporative, cost, 60.0),
    COOLING_COST_PARAMS(indirect_evaporative, cost, 0.04, "assumed", 20.0, "recalled, unverified",
                        92.0, "85-95 dB(A) a MW, recalled, unverified"),
};
static const struct port ports[] = {
    COOLING_PORT_ROWS("fans, spray, the trim's compressors", "spray, m3/h"),
};

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret);

static const struct cooling cooling = {.coolant_c = 36.0,
                                       .coolant_dt_dk = 12.0,
                                       .capture_frac = 1.0,
                                       .dew_point = true,
                                       .air = true,
                                       .hour = hour};

/* What the sprayed side is as good as. */
static double wet_side_c(const struct indirect_evaporative *unit, const struct hours *hours,
                         int t) {
    double wet_c = hours->wet_bulb_c[t];
    if (unit->cycle == CYCLE_WET_BULB) {
        return wet_c;
    }
    double dew_c = air_dew_point_c(hours->humidity_kg_kg[t], hours->pressure_kpa[t]);
    double reached_c = hours->outdoor_c[t] - unit->dew_eff * (hours->outdoor_c[t] - dew_c);
    return fmin(wet_c, fmax(dew_c, reached_c));
}

static void add_water(const struct indirect_evaporative *unit, double wet_kw_kw, double water_c,
                      struct cooling_hour *ret) {
    ret->evaporation_kg_kwh = wet_kw_kw * unit->evaporation_frac * 3600.0 /
                              water_latent_kj_kg(fmax(0.0, fmin(60.0, water_c)));
    ret->blow_down_kg_kwh = ret->evaporation_kg_kwh / (unit->cycles_ratio - 1.0);
    ret->pump_kw_kw += unit->spray_kw_kw;
}

static void hour(const void *self, const struct hours *hours, int t, int mode,
                 struct cooling_hour *ret) {
    const struct indirect_evaporative *unit = self;
    double warm_c = cooling_warm_c(&cooling, hours, t), cold_c = cooling_cold_c(&cooling, hours, t);
    (void)mode;
    if (!cooling_class_allows(unit->air.air_class, hours, cold_c, ret)) {
        return;
    }
    const double w_kg_kg = 0.008; /* the hall's own air, which stays inside */
    double fan = cooling_air_fan_kw_kw(warm_c - cold_c, w_kg_kg,
                                       air_volume_m3_kg(cold_c, w_kg_kg, hours->pressure_kpa[t]),
                                       unit->air.fan_dp_kpa, unit->air.fan_eff);
    double need_c = cold_c - fan * (warm_c - cold_c), asked_dk = warm_c - need_c;
    double dry_dk = fmax(0.0, unit->dry_eff * (warm_c - hours->outdoor_c[t]));
    double side_c = wet_side_c(unit, hours, t);
    double wet_dk = fmax(dry_dk, fmax(0.0, unit->wet_eff * (warm_c - side_c)));
    bool wet = dry_dk < asked_dk && wet_dk > dry_dk;
    double reached_dk = wet ? wet_dk : dry_dk;
    double speed_frac =
        reached_dk > 0.0 ? fmin(1.0, fmax(unit->speed_floor_frac, asked_dk / reached_dk)) : 0.0;
    ret->free_frac = fmin(1.0, reached_dk / asked_dk);
    ret->fan_kw_kw = fan + unit->scavenger_kw_kw * speed_frac * speed_frac * speed_frac;
    ret->supplied_c = cold_c;
    ret->return_c = cooling_air_take_off_c(warm_c);
    if (wet) {
        add_water(unit, ret->free_frac * (1.0 + fan), side_c, ret);
    }
    if (ret->free_frac >= 1.0) {
        return;
    }
    if (unit->trim == TRIM_NONE) {
        ret->stop = COOLING_TOO_WARM;
        ret->supplied_c = fmax(warm_c - reached_dk, side_c) + fan * (warm_c - cold_c);
        return;
    }
    double cop = fmax(0.5, unit->cop_ratio * cooling_dx_cop(hours->outdoor_c[t]));
    double trimmed = (1.0 - ret->free_frac) * (1.0 + fan);
    ret->compressor_kw_kw = trimmed / cop;
    ret->condenser_kw_kw = trimmed * (1.0 + 1.0 / cop);
    ret->condenser_c = hours->outdoor_c[t] + 10.0;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    cooling_coefficients(&cooling, self, hours, ret);
}

const struct component component_indirect_evaporative = {
    .name = "indirect_evaporative",
    .title = "Indirect evaporative cooling",
    .summary = "The hall's air meets outdoor air, dry or sprayed, in an exchanger; a trim helps.",
    .shape = SHAPE_CONVERTER,
    .reference_port = COOLING_HEAT_IN,
    .size = sizeof(struct indirect_evaporative),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = COUNT(ports),
    .capacity = "capacity_kw",
    .mode_names = {"reject"},
    .cost_payee = "suppliers",
    .maturity = 9,
    .cost = {"USD", 2022, {{1.0, 450.0}}, 1, "assumed, unverified: units with exchanger and trim"},
    .validity = "Supply air 18 to 32 degC, outdoor -30 to 50 degC; the spray rests below what dry "
                "air carries.",
    .references = "data-centre notes section 7; Lei and Masanet 2022 (trim)",
    .cooling = &cooling,
    .coefficients = coefficients,
};
