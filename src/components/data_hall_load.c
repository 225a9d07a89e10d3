/* The computers of a hall and the chain that feeds them, step by step (equations on top of data_hall.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/data_hall_parts.h"
#include "physics/server.h"

/* Amplitude over the day, hour of the peak, level at the weekend. Cloud, enterprise and inference
   after data-centre notes section 1; colocation (many tenants, each small) and edge are assumed; all
   recalled, none measured. Training is flat: its .85-.95 of job power is what occupancy_frac says.
 */
static const struct profile {
    double amplitude_frac, peak_h, weekend_frac;
} profiles[LOADS] = {
    [LOAD_COLOCATION] = {0.03, 15.0, 0.98},
    [LOAD_CLOUD] = {0.085, 15.0, 0.93},
    [LOAD_ENTERPRISE] = {0.085, 15.0, 0.93},
    [LOAD_AI_TRAINING] = {0.0, 0.0, 1.0},
    [LOAD_AI_INFERENCE] = {0.25, 15.0, 0.90},
    [LOAD_EDGE] = {0.03, 19.0, 1.0},
    [LOAD_FLAT] = {0.0, 0.0, 1.0},
};
static const double pi = 3.14159265358979323846;

static double given_value(double value, double fallback) { return isnan(value) ? fallback : value; }

static struct profile profile_of(const struct data_hall *hall) {
    struct profile profile = profiles[hall->load];
    profile.amplitude_frac = given_value(hall->day_amp_frac, profile.amplitude_frac);
    profile.peak_h = given_value(hall->day_peak_h, profile.peak_h);
    profile.weekend_frac = given_value(hall->weekend_frac, profile.weekend_frac);
    return profile;
}

/* A wave of amplitude a whose peak is 1. */
static double wave_ratio(double amplitude_frac, double turn_frac) {
    return amplitude_frac > 0.0
               ? (1.0 + amplitude_frac * cos(2.0 * pi * turn_frac)) / (1.0 + amplitude_frac)
               : 1.0;
}

static double profile_frac(const struct data_hall *hall, const struct profile *profile,
                           const struct hours *hours, int t) {
    double hour_h = hours->hour_h[t] + 0.5 * hours->step_h;
    double day_frac = wave_ratio(profile->amplitude_frac, (hour_h - profile->peak_h) / 24.0);
    double week_frac = hours->weekday[t] >= 5 ? profile->weekend_frac : 1.0;
    double season_frac = wave_ratio(hall->season_amp_frac,
                                    (hours->day_of_year[t] + 0.5 - hall->season_peak_day) / 365.25);
    return day_frac * week_frac * season_frac;
}

/* Share of the installed servers that stand and are let. */
static double occupied_frac(const struct data_hall *hall) {
    return hall->occupancy_frac *
           (isnan(hall->operating_year)
                ? 1.0
                : server_ramp_frac(hall->operating_year, hall->ramp_start_frac, hall->ramp_year));
}

/* A measured step; on the design days, which were not measured, the highest of all. */
static double measured_at(const struct input *input, const struct hours *hours, int t) {
    if (!input->by_step || t < hours->horizon_count) {
        return input_at(input, t);
    }
    double most = 0.0;
    for (int k = 0; k < hours->horizon_count; k++) {
        most = fmax(most, input->by_step[k]);
    }
    return most;
}

static bool is_given(const struct input *input) { return input->by_step || !isnan(input->value); }

/* Power at cool servers and the work they do, both of all that is installed. */
static void demand(const struct data_hall *hall, const struct profile *profile,
                   const struct hours *hours, int t, double *ret_power_frac,
                   double *ret_work_frac) {
    double stand = occupied_frac(hall);
    if (is_given(&hall->measured_kw)) {
        *ret_power_frac = measured_at(&hall->measured_kw, hours, t) / hours->size;
        *ret_work_frac = server_utilisation_frac(*ret_power_frac, hall->idle_frac);
    } else if (is_given(&hall->measured_frac) && hall->measured_is == MEASURED_UTILISATION) {
        double busy = measured_at(&hall->measured_frac, hours, t);
        *ret_power_frac = stand * server_power_frac(busy, hall->idle_frac);
        *ret_work_frac = stand * busy;
    } else if (is_given(&hall->measured_frac)) {
        *ret_power_frac = measured_at(&hall->measured_frac, hours, t);
        *ret_work_frac = server_utilisation_frac(*ret_power_frac, hall->idle_frac);
    } else {
        double level = profile_frac(hall, profile, hours, t);
        *ret_power_frac = stand * level;
        *ret_work_frac = stand * server_utilisation_frac(level, hall->idle_frac);
    }
}

/* Power over that of air-cooled servers at 23 degC: warm air, warm chips, fans that liquid cooling takes away. */
static double warm_ratio(const struct data_hall *hall, double *ret_cool_ratio) {
    double cold_c = data_hall_warm_c(hall) - hall->coolant_dt_dk;
    double air_frac = 1.0 - hall->liquid_frac;
    double liquid_frac = hall->liquid_frac * (1.0 - hall->server_fan_frac * hall->fan_removed_frac);
    *ret_cool_ratio = air_frac + liquid_frac;
    return air_frac * server_warm_air_ratio(hall->inlet_c, hall->inlet_frac_k) +
           liquid_frac * server_warm_linear_ratio(fmax(cold_c, hall->chip_reference_c),
                                                  hall->chip_reference_c, hall->chip_frac_k);
}

/* Losses at a load share, over what passes. */
static double lost_ratio(double loss_frac, double load_frac) { return loss_frac / load_frac; }

static double transformer_ratio(const struct data_hall *hall, double load_frac) {
    if (isnan(hall->transformer_noload_frac) || isnan(hall->transformer_full_load_frac)) {
        return hall->transformer_frac;
    }
    return lost_ratio(power_transformer_loss_frac(load_frac, hall->transformer_noload_frac,
                                                  hall->transformer_full_load_frac),
                      load_frac);
}

static void chain(const struct data_hall *hall, double it_frac, struct hall_power *ret) {
    static const double least_load_frac = 1e-3, overload_frac = 1.25; /* of a module's rating */
    double load_frac = power_module_load_frac(it_frac, (enum power_redundancy)hall->redundancy,
                                              hall->needed_count);
    load_frac = fmin(overload_frac, fmax(least_load_frac, load_frac));
    double ups_ratio =
        hall->ups_scale_ratio *
        lost_ratio(power_ups_loss_frac((enum power_ups)hall->ups, load_frac), load_frac);
    ret->pdu_kw_kw = it_frac * (1.0 + hall->wiring_loss_frac);
    ret->ups_kw_kw = ret->pdu_kw_kw * (1.0 + hall->distribution_loss_frac);
    ret->inside_kw_kw = ret->ups_kw_kw * (1.0 + ups_ratio) + hall->lighting_frac * it_frac;
    ret->input_kw_kw = ret->inside_kw_kw * (1.0 + transformer_ratio(hall, load_frac));
}

static void scale(struct hall_power *power, double ratio) {
    power->it_kw_kw *= ratio;
    power->warm_kw_kw *= ratio;
    power->work_kw_kw *= ratio;
    power->pdu_kw_kw *= ratio;
    power->ups_kw_kw *= ratio;
    power->inside_kw_kw *= ratio;
    power->input_kw_kw *= ratio;
}

static struct hall_power power_at(const struct data_hall *hall, const struct profile *profile,
                                  const struct hours *hours, int t) {
    struct hall_power ret;
    double cool_ratio = 1.0, cool = 0.0;
    double warm = warm_ratio(hall, &cool_ratio);
    double fans_frac = hall->server_fan_frac * (1.0 - hall->liquid_frac * hall->fan_removed_frac);
    demand(hall, profile, hours, t, &cool, &ret.busy_frac);
    ret.it_kw_kw = cool * warm;
    ret.warm_kw_kw = cool * (warm - cool_ratio);
    ret.work_kw_kw = cool * (cool_ratio - fans_frac) * hall->psu_eff;
    chain(hall, ret.it_kw_kw, &ret);
    scale(&ret, hall->it_load_ratio);
    return ret;
}

struct hall_power data_hall_power_at(const struct data_hall *hall, const struct hours *hours,
                                     int t) {
    struct profile profile = profile_of(hall);
    return power_at(hall, &profile, hours, t);
}

void data_hall_power(const void *self, const struct hours *hours, struct hall_power *ret_power) {
    for (int t = 0; t < hours->count; t++) {
        ret_power[t] = data_hall_power_at(self, hours, t);
    }
}

void data_hall_it_frac(const void *self, const struct hours *hours, double *ret_it_frac) {
    for (int t = 0; t < hours->count; t++) {
        ret_it_frac[t] = data_hall_power_at(self, hours, t).it_kw_kw;
    }
}
