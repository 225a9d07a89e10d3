/* From the parts of a way of cooling to the coefficients of its ports. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling.h"

#include <math.h>

const char *cooling_stop_words(enum cooling_stop stop) {
    switch (stop) {
    case COOLING_RUNS:
        return "it runs";
    case COOLING_TOO_WARM:
        return "the weather is too warm for it";
    case COOLING_TOO_HUMID:
        return "the air would be too humid for the equipment's class";
    case COOLING_TOO_DRY:
        return "the air would be too dry for the equipment's class";
    case COOLING_LIFT:
        return "its compressor does not reach that temperature";
    case COOLING_CLASS:
        return "the coolant is warmer than the equipment's class allows";
    }
    return "";
}

double cooling_warm_c(const struct cooling *cooling, const struct hours *hours, int t) {
    const double *warm_c = hours->port[COOLING_HEAT_IN].supply_c;
    return warm_c ? warm_c[t] : cooling->coolant_c;
}

double cooling_cold_c(const struct cooling *cooling, const struct hours *hours, int t) {
    const double *cold_c = hours->port[COOLING_HEAT_IN].return_c;
    return cold_c ? cold_c[t] : cooling->coolant_c - cooling->coolant_dt_dk;
}

static void ask(cooling_hour_of *hour, const void *self, const struct hours *hours, int t, int mode,
                struct cooling_hour *ret) {
    *ret = (struct cooling_hour){
        .supplied_c = (double)NAN, .return_c = (double)NAN, .condenser_c = (double)NAN};
    hour(self, hours, t, mode, ret);
}

void cooling_hour(const struct component *kind, const void *self, const struct hours *hours, int t,
                  int mode, struct cooling_hour *ret) {
    ask(kind->cooling->hour, self, hours, t, mode, ret);
}

const char *cooling_sound_class(double sound_db) {
    static const double quiet_db = 90.0, loud_db = 100.0;
    return isnan(sound_db)       ? "not known"
           : sound_db < quiet_db ? "quiet"
           : sound_db < loud_db  ? "moderate"
                                 : "loud";
}

double cooling_power_kw_kw(const struct cooling_hour *hour) {
    return hour->fan_kw_kw + hour->pump_kw_kw + hour->compressor_kw_kw + hour->humidifier_kw_kw;
}

double cooling_water_kg_kwh(const struct cooling_hour *hour) {
    return hour->evaporation_kg_kwh + hour->blow_down_kg_kwh + hour->drift_kg_kwh;
}

void cooling_coefficients(const struct cooling *cooling, const void *self,
                          const struct hours *hours, struct coefficients *ret) {
    for (int m = 0; m < ret->modes; m++) {
        struct mode *mode = &ret->mode[m];
        bool wired = m == COOLING_REJECT || (hours->wired[COOLING_HEAT_OUT] &&
                                             hours->port[COOLING_HEAT_OUT].supply_c != NULL);
        for (int t = 0; t < hours->count; t++) {
            struct cooling_hour hour = {.stop = COOLING_LIFT};
            if (wired &&
                (m == COOLING_REJECT || !isnan(hours->port[COOLING_HEAT_OUT].supply_c[t]))) {
                ask(cooling->hour, self, hours, t, m, &hour);
            }
            mode->may_run[t] = hour.stop == COOLING_RUNS;
            if (!mode->may_run[t]) {
                continue;
            }
            mode->port[COOLING_HEAT_IN][t] = 1.0;
            mode->port[COOLING_POWER_IN][t] = cooling_power_kw_kw(&hour);
            mode->port[COOLING_WATER_IN][t] = cooling_water_kg_kwh(&hour) / 1000.0;
            if (m == COOLING_RECOVER) {
                mode->port[COOLING_HEAT_OUT][t] = hour.taken_kw_kw;
            }
        }
    }
}

void cooling_take_off(double take_off_c, double take_off_dt_dk, const struct hours *hours,
                      double *ret_supply_c, double *ret_return_c) {
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = take_off_c;
        ret_return_c[t] = take_off_c - take_off_dt_dk;
    }
}

bool cooling_refused(const struct component *kind, const void *self, const struct hours *hours,
                     struct cooling_refusal *ret) {
    struct cooling_refusal refusal = {.step = -1, .nearest_c = -HUGE_VAL};
    for (int t = 0; t < hours->count; t++) {
        struct cooling_hour hour;
        cooling_hour(kind, self, hours, t, COOLING_REJECT, &hour);
        if (hour.stop == COOLING_RUNS) {
            continue;
        }
        if (refusal.count++ == 0) {
            refusal.step = t;
            refusal.stop = hour.stop;
            refusal.asked_c = cooling_cold_c(kind->cooling, hours, t);
        }
        bool helps = hour.stop == COOLING_TOO_WARM || hour.stop == COOLING_CLASS;
        refusal.nearest_c = fmax(refusal.nearest_c, helps ? hour.supplied_c : HUGE_VAL);
    }
    if (refusal.count == 0) {
        return false;
    }
    if (!isfinite(refusal.nearest_c)) {
        refusal.nearest_c = (double)NAN;
    }
    *ret = refusal;
    return true;
}
