/* A year of one hall and its cooling: sums over hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/cooling_year.h"

static int bin_of(double t_c) {
    int bin = t_c < 20.0 ? 0 : 1 + (int)((t_c - 20.0) / 10.0);
    return bin < COOLING_BINS ? bin : COOLING_BINS - 1;
}

static void add_parts(const struct cooling_hour *hour, double heat_kwh, struct cooling_year *year) {
    year->fan_kwh += heat_kwh * hour->fan_kw_kw;
    year->pump_kwh += heat_kwh * hour->pump_kw_kw;
    year->compressor_kwh += heat_kwh * hour->compressor_kw_kw;
    year->humidifier_kwh += heat_kwh * hour->humidifier_kw_kw;
    year->evaporation_kg += heat_kwh * hour->evaporation_kg_kwh;
    year->blow_down_kg += heat_kwh * hour->blow_down_kg_kwh;
    year->drift_kg += heat_kwh * hour->drift_kg_kwh;
}

static void add_offer(const struct cooling_hour *hour, double heat_kwh, struct cooling_year *year) {
    if (!isnan(hour->return_c)) {
        year->return_kwh += heat_kwh;
        year->return_mean_c += heat_kwh * hour->return_c;
        year->bin_kwh[bin_of(hour->return_c)] += heat_kwh;
    }
    if (hour->condenser_kw_kw > 0.0) {
        year->condenser_kwh += heat_kwh * hour->condenser_kw_kw;
        year->condenser_mean_c += heat_kwh * hour->condenser_kw_kw * hour->condenser_c;
    }
}

static void add_side(const struct cooling_side *side, const struct hours *hours, int t,
                     double heat_kwh, bool main, struct cooling_year *year,
                     struct cooling_hour *ret) {
    cooling_hour(side->kind, side->self, hours, t, COOLING_REJECT, ret);
    if (ret->stop != COOLING_RUNS) {
        year->stop = year->stopped_count++ == 0 ? ret->stop : year->stop;
        return;
    }
    add_parts(ret, heat_kwh, year);
    if (main) {
        year->free_count += ret->free_frac >= 1.0;
        year->partial_count += ret->free_frac > 0.0 && ret->free_frac < 1.0;
        add_offer(ret, heat_kwh, year);
    }
}

static void add_taken(const struct cooling_side *side, const struct hours *hours, int t,
                      double heat_kwh, double reject_kw_kw, struct cooling_year *year) {
    struct cooling_hour hour;
    cooling_hour(side->kind, side->self, hours, t, COOLING_RECOVER, &hour);
    if (hour.stop == COOLING_RUNS) {
        year->taken_count++;
        year->taken_kwh += heat_kwh * hour.taken_kw_kw;
        year->taken_extra_kwh += heat_kwh * (cooling_power_kw_kw(&hour) - reject_kw_kw);
    }
}

static void finish(const struct cooling_system *system, struct cooling_year *year) {
    double cooling_kwh =
        year->fan_kwh + year->pump_kwh + year->compressor_kwh + year->humidifier_kwh;
    year->it_kwh = system->it_kw * year->hours_count;
    year->chain_kwh = (system->power_kw_kw - 1.0) * year->it_kwh;
    year->pue_ratio = 1.0 + (year->chain_kwh + cooling_kwh) / year->it_kwh;
    year->wue_kg_kwh = (year->evaporation_kg + year->blow_down_kg + year->drift_kg) / year->it_kwh;
    year->return_mean_c =
        year->return_kwh > 0.0 ? year->return_mean_c / year->return_kwh : (double)NAN;
    year->condenser_mean_c =
        year->condenser_kwh > 0.0 ? year->condenser_mean_c / year->condenser_kwh : (double)NAN;
}

/* The weather of one step, and the constant coolant beside it. */
static struct hours step_of(const struct hours *hours, int t, const struct cooling_side *side) {
    struct hours step = {.count = 1,
                         .horizon_count = 1,
                         .step_h = hours->step_h,
                         .altitude_m = hours->altitude_m,
                         .outdoor_c = hours->outdoor_c + t,
                         .wet_bulb_c = hours->wet_bulb_c + t,
                         .humidity_kg_kg = hours->humidity_kg_kg + t,
                         .pressure_kpa = hours->pressure_kpa + t};
    step.port[COOLING_HEAT_IN] = (struct port_temperatures){&side->warm_c, &side->cold_c, NULL};
    step.wired[COOLING_HEAT_IN] = true;
    return step;
}

void cooling_year(const struct cooling_system *system, const struct hours *hours,
                  struct cooling_year *ret) {
    struct cooling_year year = {.hours_count = hours->count};
    double heat_kwh = system->it_kw * system->heat_kw_kw;
    bool takes = !isnan(system->take_off_c) && system->main.kind->ports_count > COOLING_HEAT_OUT;
    double supply_c = system->take_off_c, return_c = supply_c - system->take_off_dt_dk;
    for (int t = 0; t < hours->count; t++) {
        struct cooling_hour hour;
        struct hours step = step_of(hours, t, &system->main);
        add_side(&system->main, &step, 0, system->capture_frac * heat_kwh, true, &year, &hour);
        if (takes && hour.stop == COOLING_RUNS) {
            step.port[COOLING_HEAT_OUT] = (struct port_temperatures){&supply_c, &return_c, NULL};
            step.wired[COOLING_HEAT_OUT] = true;
            add_taken(&system->main, &step, 0, system->capture_frac * heat_kwh,
                      cooling_power_kw_kw(&hour), &year);
        }
        if (system->room.kind && system->capture_frac < 1.0) {
            step = step_of(hours, t, &system->room);
            add_side(&system->room, &step, 0, (1.0 - system->capture_frac) * heat_kwh, false, &year,
                     &hour);
        }
    }
    finish(system, &year);
    *ret = year;
}
