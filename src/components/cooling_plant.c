/* Plants that cool a water loop.

   tower    water at T_wb + approach; free share through the economiser's exchanger, 1 where T_wb + approaches <= supply,
            0 where >= return, linear between; compressor carries the rest at COP(T_wb + approach, part load), shifted for
            warm chilled water; the tower rejects heat and compressor alike, all of it by evaporation
   loop     a tower whose air leaves saturated at the water's mean temperature: in the cold a part of the heat warms the air
   dry      free share by outdoor temperature + approach; pads cool the outdoor air towards its wet bulb where that is
            needed and evaporate what their air takes up; an air-cooled chiller carries the rest
   A plant without a compressor that the weather leaves short stops, and says what it could supply.
   Sources: Lei and Masanet 2022, doi 10.1016/j.resconrec.2022.106323 (chillers, tower, economiser). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_plant.h"

#include "physics/cooling.h"
#include "physics/water.h"

/* ---- tower ----------------------------------------------------------------------------------- */
static void add_tower_water(double rejected_kw_kw, double water_c, double range_dk,
                            double drift_frac, double cycles_ratio, struct cooling_hour *ret) {
    struct cooling_makeup makeup = cooling_tower_makeup(fmax(5.0, water_c + 0.5 * range_dk),
                                                        range_dk, drift_frac, cycles_ratio);
    ret->evaporation_kg_kwh += rejected_kw_kw * makeup.evaporation_kg_kwh;
    ret->drift_kg_kwh += rejected_kw_kw * makeup.drift_kg_kwh;
    ret->blow_down_kg_kwh += rejected_kw_kw * makeup.blow_down_kg_kwh;
}

void cooling_tower_reject(const struct cooling_tower *tower, const struct hours *hours, int t,
                          double heat_kw_kw, double supply_c, double return_c, bool economiser,
                          struct cooling_hour *ret) {
    double tower_c = hours->wet_bulb_c[t] + tower->tower_approach_dk;
    ret->free_frac =
        economiser ? cooling_free_frac(tower_c, tower->exchanger_approach_dk, supply_c, return_c)
                   : 0.0;
    double cop =
        tower->cop_ratio * cooling_water_chiller_cop(tower_c, tower->part_load_frac, supply_c);
    double compressor = heat_kw_kw * (1.0 - ret->free_frac) / cop;
    double rejected = heat_kw_kw + compressor;
    ret->supplied_c = supply_c;
    ret->return_c = return_c;
    ret->compressor_kw_kw += compressor;
    ret->pump_kw_kw += rejected * tower->condenser_pump_kw_kw;
    ret->fan_kw_kw += rejected * tower->tower_fan_kw_kw;
    if (ret->free_frac < 1.0) {
        ret->condenser_kw_kw = heat_kw_kw * (1.0 - ret->free_frac) + compressor;
        ret->condenser_c = tower_c + tower->range_dk;
    }
    add_tower_water(rejected, tower_c, tower->range_dk, tower->drift_frac, tower->cycles_ratio,
                    ret);
}

void cooling_tower_recover(const struct cooling_tower *tower, const struct hours *hours, int t,
                           double heat_kw_kw, double supply_c, double return_c, bool economiser,
                           struct cooling_hour *ret) {
    double warm_c = hours->port[COOLING_HEAT_OUT].supply_c[t],
           cold_c = hours->port[COOLING_HEAT_OUT].return_c[t];
    double entering_c = warm_c - tower->range_dk;
    ret->supplied_c = supply_c;
    ret->return_c = return_c;
    if (!cooling_water_chiller_runs(entering_c, supply_c)) {
        ret->stop = COOLING_LIFT;
        return;
    }
    ret->free_frac =
        economiser && warm_c <= return_c - tower->exchanger_approach_dk
            ? cooling_free_frac(cold_c, tower->exchanger_approach_dk, supply_c, return_c)
            : 0.0;
    double cop =
        tower->cop_ratio * cooling_water_chiller_cop(entering_c, tower->part_load_frac, supply_c);
    double compressor = heat_kw_kw * (1.0 - ret->free_frac) / cop;
    ret->taken_kw_kw = heat_kw_kw + compressor;
    ret->compressor_kw_kw += compressor;
    ret->pump_kw_kw += ret->taken_kw_kw * tower->condenser_pump_kw_kw;
    if (ret->free_frac < 1.0) {
        ret->condenser_kw_kw = heat_kw_kw * (1.0 - ret->free_frac) + compressor;
        ret->condenser_c = warm_c;
    }
}

/* ---- dry ------------------------------------------------------------------------------------- */
/* Air passes as the fans' speed has it, at full speed as much as the coolant in heat capacity; what evaporates leaves its
   salts, which are bled. */
static void add_pad_water(const struct cooling_dry *dry, double cooled_dk, double wet_bulb_c,
                          double flow_ratio, double heat_kw_kw, struct cooling_hour *ret) {
    double evaporation_kg =
        heat_kw_kw * flow_ratio * cooled_dk / water_latent_kj_kg(wet_bulb_c) * 3600.0;
    ret->evaporation_kg_kwh += evaporation_kg;
    ret->blow_down_kg_kwh += evaporation_kg / (dry->cycles_ratio - 1.0);
}

void cooling_dry_reject(const struct cooling_dry *dry, const struct hours *hours, int t,
                        double heat_kw_kw, double supply_c, double return_c,
                        struct cooling_hour *ret) {
    double outdoor_c = hours->outdoor_c[t], air_c = outdoor_c, wet_bulb_c = hours->wet_bulb_c[t];
    bool pads = dry->trim == DRY_TRIM_ADIABATIC || dry->trim == DRY_TRIM_ADIABATIC_CHILLER;
    bool chiller = dry->trim == DRY_TRIM_CHILLER || dry->trim == DRY_TRIM_ADIABATIC_CHILLER;
    bool wet = pads && outdoor_c + dry->approach_dk > supply_c;
    if (wet) {
        air_c = cooling_pad_c(outdoor_c, wet_bulb_c, dry->pad_eff);
    }
    ret->free_frac = cooling_free_frac(air_c, dry->approach_dk, supply_c, return_c);
    double range_dk = return_c - supply_c;
    double fan_ratio = ret->free_frac > 0.0
                           ? cooling_dry_fan_ratio(return_c - air_c, range_dk + dry->approach_dk,
                                                   dry->speed_floor_frac)
                           : 0.0;
    ret->fan_kw_kw += heat_kw_kw * dry->fan_kw_kw * fan_ratio;
    ret->supplied_c = supply_c;
    ret->return_c = return_c;
    if (wet && ret->free_frac > 0.0) {
        add_pad_water(dry, outdoor_c - air_c, wet_bulb_c, cbrt(fan_ratio) / range_dk, heat_kw_kw,
                      ret);
    }
    if (ret->free_frac >= 1.0) {
        return;
    }
    if (!chiller) {
        ret->stop = COOLING_TOO_WARM;
        ret->supplied_c = air_c + dry->approach_dk;
        return;
    }
    double cop = dry->cop_ratio * cooling_air_chiller_cop(outdoor_c, 0.67, supply_c);
    double compressor = heat_kw_kw * (1.0 - ret->free_frac) / cop;
    ret->compressor_kw_kw += compressor;
    ret->condenser_kw_kw = heat_kw_kw * (1.0 - ret->free_frac) + compressor;
    ret->condenser_c = outdoor_c + 10.0; /* condensing above the air; nothing takes heat there */
}

/* ---- loop ------------------------------------------------------------------------------------ */
/* Fans and flow of a tower that has more than it needs slow down like a dry cooler's. */
static void by_tower(const struct cooling_loop *loop, const struct hours *hours, int t,
                     double heat_kw_kw, double supply_c, double return_c,
                     struct cooling_hour *ret) {
    double tower_c = hours->wet_bulb_c[t] + loop->tower_approach_dk;
    bool chiller =
        loop->dry.trim == DRY_TRIM_CHILLER || loop->dry.trim == DRY_TRIM_ADIABATIC_CHILLER;
    ret->free_frac = cooling_free_frac(tower_c, 0.0, supply_c, return_c);
    ret->supplied_c = supply_c;
    ret->return_c = return_c;
    double compressor = 0.0;
    if (ret->free_frac < 1.0) {
        if (!chiller) {
            ret->stop = COOLING_TOO_WARM;
            ret->supplied_c = tower_c;
            return;
        }
        double cop = loop->dry.cop_ratio * cooling_water_chiller_cop(tower_c, 0.63, supply_c);
        compressor = heat_kw_kw * (1.0 - ret->free_frac) / cop;
        ret->condenser_kw_kw = heat_kw_kw * (1.0 - ret->free_frac) + compressor;
        ret->condenser_c = tower_c + (return_c - supply_c);
    }
    double rejected = heat_kw_kw + compressor, range_dk = return_c - supply_c;
    double fan_ratio =
        cooling_dry_fan_ratio(return_c - hours->wet_bulb_c[t], range_dk + loop->tower_approach_dk,
                              loop->dry.speed_floor_frac);
    ret->compressor_kw_kw += compressor;
    ret->fan_kw_kw += rejected * loop->tower_fan_kw_kw * fan_ratio;
    double leaving_c = fmax(5.0, fmin(60.0, fmax(tower_c, supply_c) + 0.5 * range_dk));
    double evaporation_kg =
        rejected * cooling_tower_evaporation_kg_kwh(hours->outdoor_c[t], hours->humidity_kg_kg[t],
                                                    hours->pressure_kpa[t], leaving_c);
    double drift_kg = rejected * loop->drift_frac * 3600.0 / (4.186 * fmax(2.0, range_dk));
    ret->evaporation_kg_kwh += evaporation_kg;
    ret->drift_kg_kwh += drift_kg;
    ret->blow_down_kg_kwh +=
        fmax(0.0, evaporation_kg / (fmax(1.5, loop->dry.cycles_ratio) - 1.0) - drift_kg);
}

void cooling_loop_reject(const struct cooling_loop *loop, const struct hours *hours, int t,
                         double heat_kw_kw, double supply_c, double return_c,
                         struct cooling_hour *ret) {
    ret->pump_kw_kw += heat_kw_kw * loop->loop_pump_kw_kw;
    if (loop->rejection == LOOP_TOWER) {
        by_tower(loop, hours, t, heat_kw_kw, supply_c, return_c, ret);
    } else {
        cooling_dry_reject(&loop->dry, hours, t, heat_kw_kw, supply_c, return_c, ret);
    }
}

/* ---- room units ------------------------------------------------------------------------------ */
void cooling_humidify(int humidifier, double latent_kw_kw, struct cooling_hour *ret) {
    static const double vapour_kj_kg = 2266.0; /* as Lei and Masanet charge it */
    static const double nozzle_kpa = 7000.0, nozzle_eff = 0.6;
    double water_kg_kwh = latent_kw_kw * 3600.0 / vapour_kj_kg;
    ret->evaporation_kg_kwh += water_kg_kwh;
    ret->humidifier_kw_kw +=
        humidifier == 1 ? latent_kw_kw
                        : cooling_mover_kw(water_kg_kwh / 3600.0, 1000.0, nozzle_kpa, nozzle_eff);
}

double cooling_room_heat_kw_kw(const struct cooling_room *room, struct cooling_hour *ret) {
    double latent_kw_kw = cooling_latent_kw_kw(room->sensible_frac);
    if (latent_kw_kw > 0.0) {
        cooling_humidify(room->humidifier, latent_kw_kw, ret);
    }
    /* water sprayed cools the room as it evaporates by what the coils give up when it condenses; steam does not */
    double at_coil_kw_kw = 1.0 + room->fan_kw_kw + ret->humidifier_kw_kw;
    double pump_kw_kw = room->chilled_pump_kw_kw * at_coil_kw_kw;
    ret->fan_kw_kw += room->fan_kw_kw;
    ret->pump_kw_kw += pump_kw_kw;
    return at_coil_kw_kw + pump_kw_kw;
}
