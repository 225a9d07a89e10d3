/* Outages.

     unit       availability (1 - fail to start) (1 - 1/MTTF)^h                  no repair
     tail       P(K >= n of N) = sum of C(N, k) p^k (1 - p)^(N - k)
     expected   f sum over h of step P(outage > h) (1 - S(h)),  P(outage > h) = e^(-h / mean)

   Simulator and defaults as REopt has them (backup_reliability.jl, outage_simulator.jl): each step
   begins an outage, what is there is dispatched hour by hour until the load is not met. The order of
   dispatch, generators before battery, is REopt's. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/outage.h"

#include <math.h>
#include <string.h>

#define DUST_KW 1e-9

/* No number is missing here: comparisons in place of fmin and fmax, which are calls. */
static inline double lesser_kw(double a_kw, double b_kw) { return a_kw < b_kw ? a_kw : b_kw; }
static inline double greater_kw(double a_kw, double b_kw) { return a_kw > b_kw ? a_kw : b_kw; }

double outage_unit_frac(double hours_h, double availability_frac, double fail_to_start_frac,
                        double mean_to_failure_h) {
    return availability_frac * (1.0 - fail_to_start_frac) *
           pow(1.0 - 1.0 / mean_to_failure_h, hours_h);
}

static double binomial_frac(int units, int k, double p_frac) {
    double logarithm = lgamma(units + 1.0) - lgamma(k + 1.0) - lgamma(units - k + 1.0);
    return exp(logarithm) * pow(p_frac, k) * pow(1.0 - p_frac, units - k);
}

double outage_units_frac(int needed_count, int units_count, double one_frac) {
    double sum = 0.0;
    for (int k = needed_count > 0 ? needed_count : 0; k <= units_count; k++) {
        sum += binomial_frac(units_count, k, one_frac);
    }
    return fmin(sum, 1.0);
}

double outage_loss_frac(double load_kw, double unit_kw, int units_count, double forced_out_frac) {
    int needed = (int)ceil(load_kw / unit_kw - 1e-12);
    return needed > units_count
               ? 1.0
               : 1.0 - outage_units_frac(needed, units_count, 1.0 - forced_out_frac);
}

struct outage_plant outage_plant_none(void) {
    return (struct outage_plant){.availability_frac = 0.995,
                                 .fail_to_start_frac = 0.0094,
                                 .mean_to_failure_h = 1100.0,
                                 .fuel_kwh = (double)INFINITY,
                                 .generator_eff = 0.322,
                                 .firm_availability_frac = 0.99,
                                 .battery_least_frac = 0.2,
                                 .battery_start_frac = 1.0,
                                 .battery_in_eff = 0.975,
                                 .battery_out_eff = 0.975,
                                 .battery_availability_frac = 0.97,
                                 .sun_availability_frac = 0.98};
}

struct stock {
    double fuel_kwh, level_kwh;
};

/* Generators for a residual load: their number and power; less than the residual when they or the
   fuel do not suffice. More than it where the least load of the last one asks for it. */
static double generators_kw(const struct outage_plant *plant, double residual_kw, double step_h,
                            struct stock *stock, int *ret_running) {
    *ret_running = 0;
    if (residual_kw <= DUST_KW || plant->generators_count == 0 || !(plant->generator_kw > 0.0)) {
        return 0.0;
    }
    double wanted_ratio = residual_kw / plant->generator_kw - 1e-9; /* rounded up */
    int wanted =
        wanted_ratio < plant->generators_count ? (int)wanted_ratio + 1 : plant->generators_count;
    double base_kwh = wanted * plant->fuel_base_kw * step_h;
    double made_kw =
        lesser_kw(greater_kw(residual_kw, wanted * plant->least_frac * plant->generator_kw),
                  wanted * plant->generator_kw);
    double most_kw = greater_kw(stock->fuel_kwh - base_kwh, 0.0) * plant->generator_eff / step_h;
    made_kw = lesser_kw(made_kw, most_kw);
    if (made_kw <= DUST_KW) {
        return 0.0;
    }
    stock->fuel_kwh -= base_kwh + made_kw * step_h / plant->generator_eff;
    *ret_running = wanted;
    return made_kw;
}

/* Discharges for what is missing, charges with what is over; true when the load is met. */
static bool use_battery(const struct outage_plant *plant, double missing_kw, double step_h,
                        struct stock *stock) {
    double least_kwh = plant->battery_least_frac * plant->battery_kwh;
    if (missing_kw > 0.0) {
        double can_kw = lesser_kw(plant->battery_kw, greater_kw(stock->level_kwh - least_kwh, 0.0) *
                                                         plant->battery_out_eff / step_h);
        double out_kw = lesser_kw(missing_kw, can_kw);
        stock->level_kwh -=
            plant->battery_kwh > 0.0 ? out_kw * step_h / plant->battery_out_eff : 0.0;
        return missing_kw - out_kw <= 1e-6 * missing_kw + DUST_KW;
    }
    double in_kw = lesser_kw(-missing_kw, plant->battery_kw);
    stock->level_kwh =
        lesser_kw(plant->battery_kwh, stock->level_kwh + in_kw * step_h * plant->battery_in_eff);
    return true;
}

int outage_survived(const struct outage_plant *plant, const struct outage_ask *ask, int begin,
                    int *ret_running) {
    struct stock stock = {plant->fuel_kwh, plant->battery_start_kwh
                                               ? plant->battery_start_kwh[begin]
                                               : plant->battery_start_frac * plant->battery_kwh};
    int step = begin;
    for (int n = 0; n < ask->most_count; n++) {
        double sun_kw = plant->sun_kw ? plant->sun_kw[step] : 0.0;
        double residual_kw = ask->load_kw[step] - plant->firm_kw - sun_kw;
        int running = 0;
        double made_kw = generators_kw(plant, residual_kw, ask->step_h, &stock, &running);
        if (!use_battery(plant, residual_kw - made_kw, ask->step_h, &stock)) {
            return n;
        }
        if (ret_running) {
            ret_running[n] = running;
        }
        step = step + 1 == ask->count ? 0 : step + 1;
    }
    return ask->most_count;
}

/* ---- the curve ---------------------------------------------------------------------------------- */
struct chain { /* probability of k units running and nothing lost yet */
    int units;
    double state_frac[OUTAGE_UNITS_MAX + 1], start_frac[OUTAGE_UNITS_MAX + 1];
    double step_frac[OUTAGE_UNITS_MAX + 1][OUTAGE_UNITS_MAX + 1]; /* from k to j <= k */
};

static void chain_init(struct chain *chain, const struct outage_plant *plant, double step_h) {
    double starts = plant->availability_frac * (1.0 - plant->fail_to_start_frac),
           stays = pow(1.0 - 1.0 / plant->mean_to_failure_h, step_h);
    memset(chain, 0, sizeof *chain);
    chain->units =
        plant->generators_count < OUTAGE_UNITS_MAX ? plant->generators_count : OUTAGE_UNITS_MAX;
    for (int k = 0; k <= chain->units; k++) {
        chain->start_frac[k] = binomial_frac(chain->units, k, starts);
        for (int j = 0; j <= k; j++) {
            chain->step_frac[k][j] = binomial_frac(k, j, stays);
        }
    }
}

/* One step in which so many must run; returns what is left of the probability. */
static double chain_step(struct chain *chain, int needed) {
    double now_frac[OUTAGE_UNITS_MAX + 1] = {0.0}, left = 0.0;
    for (int k = needed; k <= chain->units; k++) {
        double from = chain->state_frac[k];
        for (int j = needed; j <= k && from > 0.0; j++) {
            now_frac[j] += from * chain->step_frac[k][j];
        }
    }
    for (int j = 0; j <= chain->units; j++) {
        chain->state_frac[j] = now_frac[j];
        left += now_frac[j];
    }
    return left;
}

static void add_starts(const struct outage_plant *plant, const struct outage_ask *ask,
                       double weight_frac, int *running, struct chain *chain,
                       struct outage_curve *ret, bool perfect) {
    for (int begin = 0; begin < ask->count; begin++) {
        int survived = outage_survived(plant, ask, begin, running);
        memcpy(chain->state_frac, chain->start_frac, sizeof chain->state_frac);
        double left = 1.0;
        for (int n = 0; n < survived; n++) {
            left = chain->units ? chain_step(chain, running[n]) : 1.0;
            ret->survive_frac[n] += weight_frac * left / ask->count;
            ret->perfect_frac[n] += perfect ? 1.0 : 0.0; /* counted, divided at the end */
        }
        if (perfect && survived * ask->step_h < ret->least_h) {
            ret->least_h = survived * ask->step_h;
            ret->worst_begin = begin;
        }
    }
}

void outage_curve(const struct outage_plant *plant, const struct outage_ask *ask, int *running,
                  struct outage_curve *ret) {
    struct chain chain;
    chain_init(&chain, plant, ask->step_h);
    memset(ret->survive_frac, 0, sizeof(double) * (size_t)ask->most_count);
    memset(ret->perfect_frac, 0, sizeof(double) * (size_t)ask->most_count);
    ret->least_h = ask->most_count * ask->step_h;
    ret->worst_begin = 0;
    for (int there = 7; there >= 0; there--) { /* battery, firm unit, sun: there or not */
        struct outage_plant now = *plant;
        bool has[3] = {plant->battery_kwh > 0.0, plant->firm_kw > 0.0, plant->sun_kw != NULL};
        double there_frac[3] = {plant->battery_availability_frac, plant->firm_availability_frac,
                                plant->sun_availability_frac};
        double weight = 1.0;
        bool counts = true;
        for (int k = 0; k < 3; k++) {
            bool is = (there >> k) & 1;
            weight *= has[k] ? (is ? there_frac[k] : 1.0 - there_frac[k]) : 1.0;
            counts = counts && (has[k] || is); /* what is not installed is counted once */
        }
        now.battery_kwh = there & 1 ? now.battery_kwh : 0.0;
        now.battery_kw = there & 1 ? now.battery_kw : 0.0;
        now.battery_start_kwh = there & 1 ? now.battery_start_kwh : NULL;
        now.firm_kw = there & 2 ? now.firm_kw : 0.0;
        now.sun_kw = there & 4 ? now.sun_kw : NULL;
        if (counts && (weight > 0.0 || there == 7)) {
            add_starts(&now, ask, weight, running, &chain, ret, there == 7);
        }
    }
    ret->mean_h = 0.0;
    for (int n = 0; n < ask->most_count; n++) {
        ret->perfect_frac[n] /= ask->count;
        ret->mean_h += ret->survive_frac[n] * ask->step_h;
    }
}

double outage_expected_h(const double *survive_frac, int most_count, double step_h,
                         double outages_year_count, double mean_outage_h) {
    double sum_h = 0.0;
    for (int n = 0; n < most_count; n++) {
        sum_h += step_h * exp(-(n + 0.5) * step_h / mean_outage_h) * (1.0 - survive_frac[n]);
    }
    /* beyond the longest outage looked at nothing is known to survive */
    sum_h += mean_outage_h * exp(-most_count * step_h / mean_outage_h);
    return outages_year_count * sum_h;
}
