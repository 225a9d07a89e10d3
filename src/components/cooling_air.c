/* Halls cooled by outdoor air.

   fan      m v dp/eff for the flow that carries the heat with the aisles' difference; its work warms the air, so the
            outdoors has to be that much colder than the cold aisle
   cold     outdoor air is mixed with return air; the hall gives no moisture, so its humidity ratio is the outdoors'; with
            pads for humidifying it is raised to the least the class allows, and the water counts for the outdoor share
   warm     pads cool at constant enthalpy, no further than asked and never below the wet bulb; where the air is still too
            warm a backup carries what is missing; warmer than the hot aisle, or outside the class's humidity, the hall is
            closed and the backup carries all
   Classes: ASHRAE TC 9.9 2021: recommended 18-27 degC [quoted LBNL24]; allowable limits, dew points and the derating by
   altitude [recalled, unverified]. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_air.h"

#include "physics/air.h"
#include "physics/cooling.h"

/* supply max, dew point min and max, relative humidity min and max, metres per kelvin above 900 m */
static const struct {
    double supply_max_c, dew_min_c, dew_max_c, rh_min_frac, rh_max_frac, derate_m;
} classes[] = {
    {27.0, -9.0, 15.0, 0.00, 0.60, 300.0},  {32.0, -12.0, 17.0, 0.08, 0.80, 300.0},
    {35.0, -12.0, 21.0, 0.08, 0.80, 300.0}, {40.0, -12.0, 24.0, 0.08, 0.85, 175.0},
    {45.0, -12.0, 24.0, 0.08, 0.90, 125.0}, {25.0, -12.0, 17.0, 0.08, 0.80, 500.0},
};
static const double derate_from_m = 900.0;

static double supply_max_c(int air_class, double altitude_m) {
    return classes[air_class].supply_max_c -
           fmax(0.0, altitude_m - derate_from_m) / classes[air_class].derate_m;
}

void cooling_envelope(int air_class, double altitude_m, double p_kpa,
                      struct cooling_envelope *ret) {
    ret->supply_max_c = supply_max_c(air_class, altitude_m);
    ret->w_min_kg_kg = air_saturated_humidity_kg_kg(classes[air_class].dew_min_c, p_kpa);
    ret->w_max_kg_kg = air_saturated_humidity_kg_kg(classes[air_class].dew_max_c, p_kpa);
    ret->rh_min_frac = classes[air_class].rh_min_frac;
    ret->rh_max_frac = classes[air_class].rh_max_frac;
}

bool cooling_class_allows(int air_class, const struct hours *hours, double supply_c,
                          struct cooling_hour *ret) {
    double most_c = supply_max_c(air_class, hours->altitude_m);
    if (supply_c > most_c + 1e-9) {
        ret->stop = COOLING_CLASS;
        ret->supplied_c = most_c;
        return false;
    }
    return true;
}

double cooling_air_take_off_c(double warm_c) {
    const double coil_dk = 10.0; /* [recalled, unverified] */
    return warm_c - coil_dk;
}

/* ---- the stream ------------------------------------------------------------------------------ */
static void add_backup(const struct cooling_stream *stream, const struct hours *hours, int t,
                       double load_kw_kw, struct cooling_hour *ret) {
    if (load_kw_kw <= 0.0) {
        return;
    }
    double latent = load_kw_kw * cooling_latent_kw_kw(stream->sensible_frac);
    if (latent > 0.0) {
        cooling_humidify(0, latent, ret);
    }
    double pump_kw_kw = load_kw_kw * stream->chilled_pump_kw_kw, heat = load_kw_kw + pump_kw_kw;
    ret->pump_kw_kw += pump_kw_kw;
    if (stream->backup == BACKUP_WATER_CHILLER) {
        double free_frac = ret->free_frac, supplied_c = ret->supplied_c, return_c = ret->return_c;
        cooling_tower_reject(&stream->tower, hours, t, heat, stream->chilled_c,
                             stream->chilled_c + 6.0, false, ret);
        ret->free_frac = free_frac;
        ret->supplied_c = supplied_c;
        ret->return_c = return_c;
        return;
    }
    double cop = stream->tower.cop_ratio * cooling_air_chiller_cop(hours->outdoor_c[t],
                                                                   stream->tower.part_load_frac,
                                                                   stream->chilled_c);
    ret->compressor_kw_kw += heat / cop;
    ret->condenser_kw_kw = heat * (1.0 + 1.0 / cop);
    ret->condenser_c = hours->outdoor_c[t] + 10.0;
}

static enum cooling_stop humidity(const struct cooling_envelope *envelope, double w_kg_kg,
                                  double cold_c, double p_kpa) {
    if (w_kg_kg < envelope->w_min_kg_kg * (1.0 - 1e-9)) {
        return COOLING_TOO_DRY;
    }
    bool humid = w_kg_kg > envelope->w_max_kg_kg ||
                 air_relative_humidity_frac(cold_c, w_kg_kg, p_kpa) > envelope->rh_max_frac;
    return humid ? COOLING_TOO_HUMID : COOLING_RUNS;
}

/* What the outdoor air becomes before the fans. */
struct treated {
    double t_c, water_kg_kg; /* water per kg of the hall's air */
    enum cooling_stop stop;  /* the air is not fit */
};

static struct treated treat(const struct cooling_stream *stream,
                            const struct cooling_envelope *envelope, double outdoor_c, double wet_c,
                            double w_kg_kg, double p_kpa, double warm_c, double need_c,
                            double cold_c) {
    struct treated treated = {outdoor_c, 0.0, COOLING_RUNS};
    if (outdoor_c <= need_c) {
        double share = (warm_c - need_c) / (warm_c - outdoor_c), w = w_kg_kg;
        if (stream->pads != PADS_NONE && w < envelope->w_min_kg_kg) {
            treated.water_kg_kg = share * (envelope->w_min_kg_kg - w);
            w = envelope->w_min_kg_kg;
        }
        treated.t_c = need_c;
        treated.stop = humidity(envelope, w, cold_c, p_kpa);
        return treated;
    }
    if (stream->pads == PADS_COOL) {
        double padded_c = fmax(need_c, cooling_pad_c(outdoor_c, wet_c, stream->pad_eff));
        double water_kg_kg = cooling_pad_water_kg_kg(outdoor_c, w_kg_kg, padded_c);
        if (humidity(envelope, w_kg_kg + water_kg_kg, cold_c, p_kpa) == COOLING_RUNS) {
            treated.t_c = padded_c;
            treated.water_kg_kg = water_kg_kg;
            return treated;
        }
    }
    if (stream->pads != PADS_NONE && w_kg_kg < envelope->w_min_kg_kg) {
        treated.water_kg_kg = envelope->w_min_kg_kg - w_kg_kg;
        w_kg_kg = envelope->w_min_kg_kg;
    }
    treated.stop =
        outdoor_c >= warm_c ? COOLING_TOO_WARM : humidity(envelope, w_kg_kg, cold_c, p_kpa);
    return treated;
}

void cooling_stream_reject(const struct cooling_stream *stream, const struct hours *hours, int t,
                           double warm_c, double cold_c, struct cooling_hour *ret) {
    const double p_kpa = hours->pressure_kpa[t], w_kg_kg = hours->humidity_kg_kg[t];
    double rise_dk = warm_c - cold_c, outdoor_c = hours->outdoor_c[t];
    struct cooling_envelope envelope;
    if (!cooling_class_allows(stream->air_class, hours, cold_c, ret)) {
        return;
    }
    cooling_envelope(stream->air_class, hours->altitude_m, p_kpa, &envelope);
    double rh_min_frac = isnan(stream->rh_min_frac) ? envelope.rh_min_frac : stream->rh_min_frac;
    if (rh_min_frac > 0.0) {
        double dry_kg_kg = air_humidity_kg_kg(cold_c, rh_min_frac, p_kpa);
        envelope.w_min_kg_kg = fmax(envelope.w_min_kg_kg, dry_kg_kg);
    }
    double dp_kpa = stream->fan_dp_kpa + (stream->pads == PADS_COOL ? stream->pad_dp_kpa : 0.0);
    double fan = cooling_air_fan_kw_kw(rise_dk, w_kg_kg, air_volume_m3_kg(cold_c, w_kg_kg, p_kpa),
                                       dp_kpa, stream->fan_eff);
    double need_c = cold_c - fan * rise_dk; /* the fans warm it by this */
    struct treated air = treat(stream, &envelope, outdoor_c, hours->wet_bulb_c[t], w_kg_kg, p_kpa,
                               warm_c, need_c, cold_c);
    bool alone = stream->economiser == ECONOMISER_ALONE && stream->backup != BACKUP_NONE;
    if (air.stop == COOLING_RUNS && alone && air.t_c > need_c + 1e-9) {
        air.stop = COOLING_TOO_WARM;
    }
    ret->fan_kw_kw = fan;
    ret->supplied_c = cold_c;
    ret->return_c = cooling_air_take_off_c(warm_c);
    ret->free_frac = air.stop == COOLING_RUNS
                         ? fmin(1.0, fmax(0.0, (warm_c - air.t_c) / (warm_c - need_c)))
                         : 0.0;
    if (air.stop == COOLING_RUNS && air.water_kg_kg > 0.0) {
        double flow_kg_s = cooling_flow_kg_s(1.0, air_heat_kj_kgk(w_kg_kg), rise_dk);
        ret->evaporation_kg_kwh = flow_kg_s * air.water_kg_kg * 3600.0;
        ret->blow_down_kg_kwh = ret->evaporation_kg_kwh / (stream->tower.cycles_ratio - 1.0);
        ret->pump_kw_kw += stream->pad_pump_kw_kw;
    }
    if (ret->free_frac < 1.0 && stream->backup == BACKUP_NONE) {
        ret->stop = air.stop == COOLING_RUNS ? COOLING_TOO_WARM : air.stop;
        ret->supplied_c = air.t_c + fan * rise_dk;
        return;
    }
    add_backup(stream, hours, t, (1.0 - ret->free_frac) * (1.0 + fan), ret);
}
