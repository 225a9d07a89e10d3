/* Tariffs of meters: what a meter draws at least and at most, convex functions below its charges, prices by step, and
   the bill of a dispatch. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/tariff.h"

#include <math.h>
#include <string.h>

#include "base/series.h"
#include "base/units.h"

static const double at_kink_ratio = 1e-6; /* this close to a kink, both slopes support the plan */
static const double least_apart_ratio =
    1e-9; /* less is no charge that is not convex, but rounding */

const struct tariff *case_meter_tariff(const struct scenario *scenario, int i) {
    for (int m = 0; m < scenario->meters_count; m++) {
        if (scenario->meters[m].grid == i) {
            return scenario->meters[m].tariff;
        }
    }
    return NULL;
}

/* ---- what a meter draws at least ---- */

static double most_capacity(const struct instance *instance) {
    const struct capacity *capacity = &instance->capacity;
    double most = capacity->chosen ? capacity->max : capacity->fixed;
    return isnan(most) ? HUGE_VAL : most;
}

static double store_power_kw(const struct instance *instance, double per_h_ratio) {
    const struct capacity *second = &instance->capacity2;
    double power_kw = second->chosen ? second->max : second->fixed;
    if (!isnan(power_kw)) {
        return power_kw;
    }
    return isfinite(per_h_ratio) ? per_h_ratio * most_capacity(instance) : HUGE_VAL;
}

/* The most a machine can move at a port, out of it or into it; a machine need not run. */
static double moved_most_kw(const struct instance *instance, const struct coefficients *c, int p,
                            int t, enum direction way) {
    double sign = instance->kind->ports[p].direction == way ? 1.0 : -1.0, most_kw = 0.0;
    for (int m = 0; m < c->modes; m++) {
        double moves = sign * c->mode[m].port[p][t];
        if (!(moves > 0.0) || !c->mode[m].may_run[t]) {
            continue;
        }
        double use = c->mode[m].use[t];
        most_kw = fmax(most_kw,
                       use > 0.0 ? moves / use * c->availability_frac[t] * most_capacity(instance)
                                 : HUGE_VAL);
    }
    return most_kw;
}

static double drawn_by_load_kw(const struct instance *instance, const struct coefficients *c, int p,
                               int t) {
    double sign = instance->kind->ports[p].direction == FLOWS_IN ? 1.0 : -1.0;
    return sign * (instance->kind->capacity ? instance->capacity.fixed : 1.0) *
           c->mode[0].port[p][t];
}

static double drawn_least_kw(const struct instance *instance, const struct coefficients *c, int p,
                             int t) {
    switch (instance->kind->shape) {
    case SHAPE_LOAD:
        return (instance->capacity.chosen ? instance->capacity.min / instance->capacity.max : 1.0) *
               drawn_by_load_kw(instance, c, p, t);
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        return -moved_most_kw(instance, c, p, t, FLOWS_OUT);
    case SHAPE_STORE:
        return -store_power_kw(instance, c->discharge_per_h_ratio);
    case SHAPE_LINE:
    case SHAPE_SHIFTABLE:
    case SHAPES:
        break;
    }
    return 0.0;
}

/* The most that all but one instance give to a bus or take from it. */
static double others_most_kw(const struct case_work *work, int bus, int but, int t,
                             enum direction way) {
    const struct scenario *scenario = work->scenario;
    double most_kw = 0.0;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct coefficients *c = work->result->flow[i].coefficients;
        for (int p = 0; i != but && c && p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] != bus || !work->result->flow[i].included) {
                continue;
            }
            double load_kw = 0.0;
            switch (instance->kind->shape) {
            case SHAPE_LOAD:
                load_kw = drawn_by_load_kw(instance, c, p, t);
                most_kw += fmax(0.0, way == FLOWS_IN ? load_kw : -load_kw);
                break;
            case SHAPE_SOURCE:
            case SHAPE_CONVERTER:
                most_kw += moved_most_kw(instance, c, p, t, way);
                break;
            case SHAPE_STORE:
                most_kw += store_power_kw(instance, way == FLOWS_IN ? c->charge_per_h_ratio
                                                                    : c->discharge_per_h_ratio);
                break;
            case SHAPE_LINE:
            case SHAPE_SHIFTABLE:
            case SHAPES:
                return HUGE_VAL;
            }
        }
    }
    return most_kw;
}

/* What a machine can take at port p for what one other port can move at all: the cooling of a hall takes no more power
   than its heat needs, however large it is. */
static double taken_for_port_kw(const struct case_work *work, int i, int p, int q, int t) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    bool in = instance->kind->ports[q].direction == FLOWS_IN;
    double ratio = 0.0;
    for (int m = 0; m < c->modes; m++) {
        if (!c->mode[m].may_run[t] || !(c->mode[m].port[p][t] > 0.0)) {
            continue;
        }
        if (!(c->mode[m].port[q][t] > 0.0)) {
            return HUGE_VAL;
        }
        ratio = fmax(ratio, c->mode[m].port[p][t] / c->mode[m].port[q][t]);
    }
    return ratio > 0.0 ? ratio * others_most_kw(work, instance->port_bus[q], i, t,
                                                in ? FLOWS_OUT : FLOWS_IN)
                       : 0.0;
}

static double taken_by_machine_kw(const struct case_work *work, int i, int p, int t) {
    const struct instance *instance = &work->scenario->instances[i];
    double most_kw = moved_most_kw(instance, work->result->flow[i].coefficients, p, t, FLOWS_IN);
    for (int q = 0; isinf(most_kw) && q < instance->kind->ports_count; q++) {
        if (q != p && instance->port_bus[q] >= 0 &&
            instance->kind->ports[p].direction == FLOWS_IN) {
            most_kw = fmin(most_kw, taken_for_port_kw(work, i, p, q, t));
        }
    }
    return most_kw;
}

static double drawn_most_kw(const struct case_work *work, int i, int p, int t) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    switch (instance->kind->shape) {
    case SHAPE_LOAD:
        return drawn_by_load_kw(instance, c, p, t);
    case SHAPE_SOURCE:
    case SHAPE_CONVERTER:
        return taken_by_machine_kw(work, i, p, t);
    case SHAPE_STORE:
        return store_power_kw(instance, c->charge_per_h_ratio);
    case SHAPE_LINE:
    case SHAPE_SHIFTABLE:
    case SHAPES:
        break;
    }
    return HUGE_VAL;
}

static bool tiers_fall(const struct tariff_period *period, int count) {
    for (int p = 0; p < count; p++) {
        for (int k = 0; k + 1 < period[p].tiers_count; k++) {
            if (period[p].tier[k + 1].price_value < period[p].tier[k].price_value) {
                return true;
            }
        }
    }
    return false;
}

static bool tariff_falls(const struct tariff *t) {
    return tiers_fall(t->energy.period, t->energy.periods_count) ||
           tiers_fall(t->demand.period, t->demand.periods_count) ||
           tiers_fall(t->flat, t->flat_periods_count);
}

/* What the meter draws at least and, as long as nothing is bought to be sold at once, at most. */
static void set_reach(struct case_work *work, int grid, struct meter_tariff *mt) {
    const struct scenario *scenario = work->scenario;
    const struct instance *meter = &scenario->instances[grid];
    int bus = meter->port_bus[meter->kind->reference_port], steps = work->design_days_from;
    memset(mt->least_kw, 0, (size_t)steps * sizeof *mt->least_kw);
    /* an export that is sold may be bought before */
    bool bounded = tariff_falls(&mt->tariff) && mt->tariff.export_rule != TARIFF_SELL;
    memset(mt->taken_most_kw, 0, (size_t)steps * sizeof *mt->taken_most_kw);
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = &work->result->flow[i];
        for (int p = 0; i != grid && flow->included && p < instance->kind->ports_count; p++) {
            for (int t = 0; instance->port_bus[p] == bus && t < steps; t++) {
                mt->least_kw[t] += drawn_least_kw(instance, flow->coefficients, p, t);
                mt->taken_most_kw[t] += bounded ? drawn_most_kw(work, i, p, t) : HUGE_VAL;
            }
        }
    }
    mt->most_kw = most_capacity(meter);
    for (int t = 0; t < steps; t++) {
        bool net = mt->tariff.export_rule == TARIFF_NET;
        mt->least_kw[t] = net ? mt->least_kw[t] : fmax(mt->least_kw[t], 0.0);
        mt->taken_most_kw[t] = fmin(fmax(mt->taken_most_kw[t], 0.0), mt->most_kw);
    }
}

/* ---- envelopes and prices of a case ---- */

struct reach {                                        /* of a period in a month */
    double least_value, most_value, taken_most_value; /* kWh, or kW of a peak */
    bool any;
};

/* Over what can be reached of the range that the charge is held to; where nothing can, the programme says so. Of a
   charge that is not convex the nearer end is worth its while. */
static void set_envelope(const struct case_work *work, int i, const struct charge *c,
                         const struct reach *reach, struct envelope *ret) {
    double low_value =
        c->kind == CHARGE_ENERGY ? fmax(reach->least_value, 0.0) : reach->least_value;
    double high_value = reach->most_value;
    const struct tariff_range *held = NULL;
    for (int k = 0; k < work->held_count; k++) {
        const struct tariff_range *range = &work->held[k];
        bool here = range->instance == i && range->kind == c->kind && range->month == c->month &&
                    range->period == c->period;
        held = here ? range : held;
    }
    if (held) {
        low_value = fmax(low_value, held->from_value);
        high_value = fmax(low_value, fmin(high_value, held->to_value));
    }
    envelope_make(c, low_value, high_value, c->kind != CHARGE_ENERGY, ret);
    double money = charge_money(c, isfinite(high_value) ? high_value : low_value);
    if (!isnan(envelope_worst_break_value(c, ret, least_apart_ratio * (1.0 + fabs(money))))) {
        high_value = fmax(low_value, fmin(high_value, reach->taken_most_value));
        envelope_make(c, low_value, high_value, c->kind != CHARGE_ENERGY, ret);
    }
    if (held) {
        ret->held = true;
        ret->from_value = held->from_value;
        ret->to_value = held->to_value;
    }
}

static void raise_peak(struct reach *reach, const struct meter_tariff *mt, int step) {
    reach->least_value = fmax(reach->least_value, mt->least_kw[step]);
    reach->taken_most_value = fmax(reach->taken_most_value, mt->taken_most_kw[step]);
}

static void set_envelopes(struct case_work *work, int i, struct meter_tariff *mt) {
    struct tariff *t = &mt->tariff;
    double step_h = work->hours->step_h;
    int energies = tariff_energy_periods(t);
    for (int m = 0; m < 12; m++) {
        struct reach energy[TARIFF_PERIODS_MAX] = {{0}}, demand[TARIFF_PERIODS_MAX] = {{0}};
        struct reach peak = {0.0, mt->most_kw, 0.0, true};
        for (int s = 0; s < work->design_days_from; s++) {
            if (work->hours->month[s] != m) {
                continue;
            }
            struct reach *e = &energy[mt->energy_period[s]], *d = &demand[mt->demand_period[s]];
            e->least_value += units_energy_kwh(mt->least_kw[s], step_h, 1.0);
            e->most_value += units_energy_kwh(mt->most_kw, step_h, 1.0);
            e->taken_most_value += units_energy_kwh(mt->taken_most_kw[s], step_h, 1.0);
            d->any = true;
            d->most_value = mt->most_kw;
            raise_peak(d, mt, s);
            raise_peak(&peak, mt, s);
        }
        for (int p = 0; p < energies; p++) {
            struct charge charge = {mt, m, p, CHARGE_ENERGY};
            struct envelope *envelope = &mt->energy[m][p];
            set_envelope(work, i, &charge, &energy[p], envelope);
            bool below =
                !(energy[p].least_value >= 0.0) && !(envelope->held && envelope->from_value >= 0.0);
            envelope->foot_money = below ? fmax(envelope->slope, 0.0) : 0.0;
        }
        for (int p = 0; p < t->demand.periods_count; p++) {
            struct charge charge = {mt, m, p, CHARGE_DEMAND};
            mt->demand_holds[m][p] = demand[p].any;
            set_envelope(work, i, &charge, &demand[p], &mt->demand[m][p]);
        }
        struct charge charge = {mt, m, 0, CHARGE_MONTH_PEAK};
        set_envelope(work, i, &charge, &peak, &mt->flat[m]);
    }
}

static enum status new_meter(struct case_work *work, int i, const struct tariff *tariff,
                             struct meter_tariff **ret) {
    const struct scenario *scenario = work->scenario;
    const struct calendar *calendar = &scenario->calendar;
    struct meter_tariff *mt = ARENA_TAKE(work->arena, struct meter_tariff, 1);
    int steps = work->design_days_from;
    if (!mt) {
        return STATUS_NO_MEMORY;
    }
    mt->tariff = *tariff;
    mt->energy_period = ARENA_TAKE(work->arena, int, steps);
    mt->demand_period = ARENA_TAKE(work->arena, int, steps);
    mt->least_kw = ARENA_TAKE(work->arena, double, steps);
    mt->taken_most_kw = ARENA_TAKE(work->arena, double, steps);
    mt->coincides = ARENA_TAKE(work->arena, bool, steps);
    double *supply = ARENA_TAKE(work->arena, double, steps);
    if (arena_failed(work->arena)) {
        return STATUS_NO_MEMORY;
    }
    for (int s = 0; s < steps; s++) {
        struct calendar_moment at = calendar_at(calendar, s);
        const struct tariff *t = &mt->tariff;
        mt->energy_period[s] = t->energy.periods_count ? tariff_period_at(&t->energy, &at) : 0;
        mt->demand_period[s] = t->demand.periods_count ? tariff_period_at(&t->demand, &at) : 0;
        mt->share_frac[at.month] += s % calendar->steps_per_day == 0 ? 1.0 : 0.0;
        for (int c = 0; c < t->coincident_count; c++) {
            for (int k = 0; k < t->coincident[c].hours_count; k++) {
                bool here = t->coincident[c].hour[k] == tariff_hour_of_year(&at);
                mt->coincides[s] = mt->coincides[s] || here;
            }
        }
        supply[s] = work->result->flow[i].coefficients->mode[0].cost_money_kwh[s];
    }
    for (int m = 0; m < 12; m++) {
        mt->share_frac[m] /= calendar_days_in_month(m, calendar->leap);
    }
    mt->tariff.step_money_kwh = supply;
    *ret = mt;
    return STATUS_OK;
}

/* The price of a step: supply, by the hour, and the straight part of its period's envelope. */
static void set_prices(struct case_work *work, int i, const struct meter_tariff *mt) {
    struct coefficients *c = work->result->flow[i].coefficients;
    const struct tariff *t = &mt->tariff;
    for (int s = 0; s < work->design_days_from; s++) {
        struct calendar_moment at = calendar_at(&work->scenario->calendar, s);
        double slope = mt->energy[at.month][mt->energy_period[s]].slope;
        double sell = t->export_rule == TARIFF_NET ? slope : tariff_sell_money_kwh(t, &at);
        c->mode[0].cost_money_kwh[s] = tariff_plain_money_kwh(t, &at, s) + slope;
        c->mode[1].cost_money_kwh[s] = -sell;
        c->mode[1].may_run[s] = t->export_rule != TARIFF_NO_EXPORT;
    }
}

enum status case_tariffs(struct case_work *work) {
    const struct scenario *scenario = work->scenario;
    if (!work->meters) {
        work->meters = ARENA_TAKE(work->arena, struct meter_tariff *, scenario->instances_count);
    }
    for (int i = 0; work->meters && i < scenario->instances_count; i++) {
        const struct tariff *tariff = case_meter_tariff(scenario, i);
        if (!work->result->flow[i].included || !tariff) {
            continue;
        }
        if (!work->meters[i]) {
            TRY(new_meter(work, i, tariff, &work->meters[i]));
        }
        set_reach(work, i, work->meters[i]);
        set_envelopes(work, i, work->meters[i]);
        set_prices(work, i, work->meters[i]);
    }
    return work->meters ? STATUS_OK : STATUS_NO_MEMORY;
}

/* ---- the bill of a dispatch ---- */

double meter_tariff_month_money(const struct meter_tariff *mt, const struct tariff_month *month,
                                int m) {
    const struct tariff *t = &mt->tariff;
    double money = month->coincident_money + envelope_at(&mt->flat[m], month->flat_kw);
    for (int p = 0; p < tariff_energy_periods(t); p++) {
        money += envelope_at(&mt->energy[m][p], month->energy_kwh[p]);
    }
    for (int p = 0; p < t->demand.periods_count; p++) {
        money += mt->demand_holds[m][p] ? envelope_at(&mt->demand[m][p], month->billed_kw[p]) : 0.0;
    }
    return money;
}

static double at_least_money(double money, double least_money) {
    return least_money > 0.0 ? fmax(money, least_money) : money;
}

/* The same bill with the envelopes in place of the charges. */
static double relaxed_money(const struct case_work *work, const struct meter_tariff *mt,
                            const struct tariff_bill *bill) {
    const struct tariff *t = &mt->tariff;
    struct sum total = {0.0, 0.0};
    for (int m = 0; m < 12; m++) {
        const struct tariff_month *month = &bill->month[m];
        if (!(month->share_frac > 0.0)) {
            continue;
        }
        double plain_money = month->energy_money;
        for (int p = 0; p < tariff_energy_periods(t); p++) {
            plain_money -= tariff_energy_money(t, p, m, month->energy_kwh[p], month->share_frac);
        }
        double money = month->fixed_money + plain_money + meter_tariff_month_money(mt, month, m);
        sum_add(&total, at_least_money(money, t->least_money_month * month->share_frac) -
                            month->export_money);
    }
    return at_least_money(sum_value(&total), t->least_money_year * work->scenario->year_frac);
}

static enum status take_bill(struct case_work *work, struct flow *flow) {
    flow->bill = flow->bill ? flow->bill : ARENA_TAKE(work->arena, struct tariff_bill, 1);
    flow->peak_kw = flow->peak_kw ? flow->peak_kw : ARENA_TAKE(work->arena, double, 12);
    flow->peak_money = flow->peak_money ? flow->peak_money : ARENA_TAKE(work->arena, double, 12);
    return flow->bill && flow->peak_kw && flow->peak_money ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Money by the prices of the steps, a month. */
static void step_money(const struct case_work *work, int i, double ret_money[12]) {
    const struct flow *flow = &work->result->flow[i];
    struct sum sums[12] = {{0.0, 0.0}};
    for (int t = 0; t < work->design_days_from; t++) {
        for (int m = 0; m < flow->modes; m++) {
            double energy_kwh = units_energy_kwh(flow->rate_kw[m][t], work->hours->step_h, 1.0);
            sum_add(&sums[work->hours->month[t]],
                    flow->coefficients->mode[m].cost_money_kwh[t] * energy_kwh);
        }
    }
    for (int m = 0; m < 12; m++) {
        ret_money[m] = sum_value(&sums[m]);
    }
}

enum status case_tariff_money(struct case_work *work, int i) {
    const struct meter_tariff *mt = work->meters[i];
    struct flow *flow = &work->result->flow[i];
    double energy_money[12];
    int last = 0;
    TRY(take_bill(work, flow));
    struct tariff_bill *bill = flow->bill;
    tariff_bill_of(&mt->tariff, &work->scenario->calendar, flow->rate_kw[0], flow->rate_kw[1],
                   bill);
    flow->relaxed_money = relaxed_money(work, mt, bill);
    step_money(work, i, energy_money);
    flow->demand_money = 0.0;
    for (int m = 0; m < 12; m++) {
        const struct tariff_month *month = &bill->month[m];
        last = month->share_frac > 0.0 ? m : last;
        flow->peak_kw[m] = month->peak_kw;
        flow->peak_money[m] = month->total_money - month->fixed_money - energy_money[m];
    }
    flow->peak_money[last] += bill->least_money;
    for (int m = 0; m < 12; m++) {
        flow->demand_money += flow->peak_money[m];
        flow->fixed_money += bill->month[m].fixed_money;
    }
    return STATUS_OK;
}

double plan_least_money(const struct flow *grid) {
    double money = grid->bill ? grid->bill->least_money : 0.0;
    for (int m = 0; grid->bill && m < 12; m++) {
        money += grid->bill->month[m].least_money + grid->bill->month[m].shortfall_money;
    }
    return money;
}

double case_relaxed_money(const struct case_work *work) {
    double money = 0.0;
    for (int i = 0; i < work->scenario->instances_count; i++) {
        const struct flow *flow = &work->result->flow[i];
        if (flow->included && flow->bill) {
            money +=
                case_demand_cost_ratio(work, i) * (flow->bill->total_money - flow->relaxed_money);
        }
    }
    return money;
}

/* ---- what prices are held against ---- */

double case_tariff_marginal_money_kwh(const struct case_work *work, int i, int t) {
    const struct meter_tariff *mt = work->meters[i];
    const struct flow *flow = &work->result->flow[i];
    int m = work->hours->month[t], p = mt->energy_period[t];
    const struct tariff_month *month = &flow->bill->month[m];
    double price_money_kwh = flow->coefficients->mode[0].cost_money_kwh[t];
    double ratio = case_demand_cost_ratio(work, i);
    bool month_least = mt->tariff.least_money_month > 0.0,
         year_least = mt->tariff.least_money_year > 0.0;
    double bill_money = month->total_money + month->export_money;
    if ((month_least && month->least_money > at_kink_ratio * bill_money) ||
        (year_least && flow->bill->least_money > at_kink_ratio * flow->bill->total_money)) {
        return -ratio * price_money_kwh; /* the top-up falls by as much */
    }
    bool near = (month_least && bill_money < (1.0 + at_kink_ratio) * mt->tariff.least_money_month *
                                                 month->share_frac) ||
                (year_least && flow->bill->total_money < (1.0 + at_kink_ratio) *
                                                             mt->tariff.least_money_year *
                                                             work->scenario->year_frac);
    return near ? (double)NAN
                : ratio * (envelope_slope(&mt->energy[m][p], month->energy_kwh[p],
                                          month->import_kwh + month->export_kwh) -
                           mt->energy[m][p].slope);
}

double case_tariff_room_frac(const struct case_work *work, int i, int t) {
    const struct meter_tariff *mt = work->meters[i];
    const struct tariff *tariff = &mt->tariff;
    const struct flow *flow = &work->result->flow[i];
    int m = work->hours->month[t], p = mt->demand_period[t];
    double rate_kw = flow->rate_kw[0][t], peak_kw = HUGE_VAL;
    if (tariff->lookback_frac > 0.0 || envelope_costs(&mt->flat[m])) {
        peak_kw = flow->peak_kw[m];
    }
    if (tariff->demand.periods_count && envelope_costs(&mt->demand[m][p])) {
        peak_kw = fmin(peak_kw, flow->bill->month[m].period_kw[p]);
    }
    if (mt->coincides[t] || !(peak_kw > 0.0)) {
        return 0.0;
    }
    return isfinite(peak_kw) ? fmax(0.0, 1.0 - rate_kw / peak_kw) : 1.0;
}

static bool is_straight(const struct envelope *e, double amount_value) {
    return e->kinks_count == 0 && e->base_money == 0.0 &&
           !envelope_at_end(e, amount_value, amount_value);
}

double case_tariff_peaks_money(const struct case_work *work, int i) {
    const struct meter_tariff *mt = work->meters[i];
    const struct tariff *t = &mt->tariff;
    const struct flow *flow = &work->result->flow[i];
    double money = 0.0;
    if (t->least_money_month > 0.0 || t->least_money_year > 0.0) {
        return (double)NAN;
    }
    for (int m = 0; m < 12; m++) {
        const struct tariff_month *month = &flow->bill->month[m];
        if (!(month->share_frac > 0.0)) {
            continue;
        }
        bool straight = is_straight(&mt->flat[m], month->flat_kw);
        money += month->coincident_money + envelope_at(&mt->flat[m], month->flat_kw);
        for (int p = 0; p < t->demand.periods_count; p++) {
            const struct envelope *e = &mt->demand[m][p];
            straight = straight && is_straight(e, month->billed_kw[p]);
            money += mt->demand_holds[m][p] ? envelope_at(e, month->billed_kw[p]) : 0.0;
        }
        if (!straight) {
            return (double)NAN;
        }
    }
    return money * case_demand_cost_ratio(work, i);
}

double case_tariff_constant_money(const struct case_work *work, int i) {
    const struct meter_tariff *mt = work->meters ? work->meters[i] : NULL;
    double money = 0.0;
    for (int m = 0; mt && m < 12; m++) {
        if (!(mt->share_frac[m] > 0.0)) {
            continue;
        }
        int days_count = calendar_days_in_month(m, work->scenario->calendar.leap);
        const struct tariff *t = &mt->tariff;
        money += mt->share_frac[m] * (t->fixed_money_month + t->fixed_money_day * days_count) +
                 mt->flat[m].base_money;
        for (int p = 0; p < tariff_energy_periods(t); p++) {
            money += mt->energy[m][p].base_money;
        }
        for (int p = 0; p < t->demand.periods_count; p++) {
            money += mt->demand_holds[m][p] ? mt->demand[m][p].base_money : 0.0;
        }
    }
    return money;
}
