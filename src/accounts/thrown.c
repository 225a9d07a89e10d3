/* Heat thrown away while it was needed: step by step, by the narrowest place between the hall and who needs heat. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/thrown.h"

#include <math.h>
#include <string.h>

#include "accounts/internal.h"

static const double full_ratio = 0.999, least_kw = 1e-3;

static const struct {
    const char *name, *words;
} whys[THROWN_WHYS] = {
    [THROWN_NO_PLANT] = {"no_plant", "nothing was built that could bring it"},
    [THROWN_NOT_JOINED] = {"not_joined", "who needed heat is not joined to it"},
    [THROWN_TEMPERATURE] = {"temperature", "it was too cool for what was asked"},
    [THROWN_HAND_OFF_FULL] = {"hand_off_full", "the hand-over at the hall was full"},
    [THROWN_PLANT_FULL] = {"plant_full", "the plant on recovered heat was full"},
    [THROWN_PIPE_FULL] = {"pipe_full", "the pipe or the house station was full"},
    [THROWN_DEARER] = {"dearer", "the other plant gave it for less"},
};

const char *thrown_why_name(enum thrown_why why) { return whys[why].name; }
const char *thrown_why_words(enum thrown_why why) { return whys[why].words; }

static bool is_built(const struct flow *flow) {
    return flow->included && (isnan(flow->capacity) || flow->capacity > least_kw);
}

/* Does a converter, or a line to the town, give all that its capacity allows in this step? */
static bool is_full(const struct flow *flow, int t) {
    double used = 0.0;
    for (int m = 0; m < flow->modes; m++) {
        used += flow->coefficients->mode[m].use[t] * flow->rate_kw[m][t];
    }
    double most = flow->coefficients->availability_frac[t] * flow->capacity;
    return flow->included && isfinite(flow->capacity) && used >= full_ratio * most;
}

static bool may_run(const struct flow *flow, int t) {
    for (int m = 0; m < flow->modes; m++) {
        if (flow->coefficients->mode[m].may_run[t]) {
            return true;
        }
    }
    return false;
}

/* Does it make heat out of fuel or power: boilers, heat producers of a town, heat pumps on air? */
static bool is_other_plant(const struct scenario *s, int i) {
    const struct component *kind = s->instances[i].kind;
    bool makes = account_is_heat_plant(s, i) && component_port(kind, "heat_out") >= 0 &&
                 component_port(kind, "heat_in") < 0 && kind->shape != SHAPE_STORE &&
                 kind->shape != SHAPE_LINE;
    bool buys = strcmp(kind->name, "heat_producer") == 0;
    for (int p = 0; p < kind->ports_count; p++) {
        enum carrier carrier = kind->ports[p].carrier;
        buys = buys || (kind->ports[p].direction == FLOWS_IN &&
                        (carrier == CARRIER_FUEL || carrier == CARRIER_ELECTRICITY));
    }
    bool sun = strstr(kind->name, "solar") != NULL || strstr(kind->name, "geothermal") != NULL;
    return makes && buys && !sun && strcmp(kind->name, "retrofit") != 0;
}

/* What a hall's cooling plant throws away of the heat that its hand-off could have taken: all that it takes from the same
   coolant, or, where the hand-off stands behind its condenser, what it takes in modes that give nothing there. A hall without a
   hand-off throws all away. Heat of the power gear and of the room's air is not within reach. */
static double plant_sky_kw(const struct accounts *accounts, int i, int t) {
    const struct scenario *s = accounts->scenario;
    const struct instance *it = &s->instances[i];
    const struct flow *flow = &accounts->plan->cases[CASE_TOGETHER].flow[i];
    int hand_off = it->hall >= 0 ? s->halls[it->hall].recovery : -1;
    if (it->hall < 0 || it->kind->shape != SHAPE_CONVERTER || i == hand_off || !flow->included) {
        return 0.0;
    }
    int in = component_port(it->kind, "heat_in"), out = component_port(it->kind, "heat_out");
    if (in < 0) {
        return 0.0;
    }
    int from = hand_off >= 0 ? s->instances[hand_off]
                                   .port_bus[component_port(s->instances[hand_off].kind, "heat_in")]
                             : it->port_bus[in];
    bool beside = it->port_bus[in] == from, before = out >= 0 && it->port_bus[out] == from;
    double kw = 0.0;
    for (int m = 0; (beside || before) && m < flow->modes; m++) {
        const struct mode *mode = &flow->coefficients->mode[m];
        bool gives = before && mode->port[out][t] > 0.0;
        kw += gives ? 0.0 : mode->port[in][t] * flow->rate_kw[m][t];
    }
    return kw;
}

static double sky_kw(const struct accounts *accounts, int t) {
    double kw = 0.0;
    for (int i = 0; i < accounts->scenario->instances_count; i++) {
        kw += plant_sky_kw(accounts, i, t);
    }
    return kw;
}

/* What is sized by the optimum is sized for its neighbours, so that several places are full at once: then a size that a person
   fixed is the narrowest, and else the plant, the dearest of them. */
static bool is_given(const struct scenario *s, const struct flow *flow, int i) {
    const struct instance *it = &s->instances[i];
    return !it->capacity.chosen || flow[i].capacity >= full_ratio * it->capacity.max;
}

struct places { /* from the hall to the network */
    int hand_offs, hand_offs_open, plants, plants_able, plants_spare;
    bool hand_off_given, plant_given;
};

static struct places places_at(const struct accounts *accounts, int t) {
    const struct scenario *s = accounts->scenario;
    const struct flow *flow = accounts->plan->cases[CASE_TOGETHER].flow;
    struct places ret = {0};
    for (int i = 0; i < s->instances_count; i++) {
        if (plan_uses_recovery(s, i) && component_port(s->instances[i].kind, "heat_out") >= 0 &&
            is_built(&flow[i])) {
            ret.plants++;
            ret.plants_able += may_run(&flow[i], t);
            ret.plants_spare += may_run(&flow[i], t) && !is_full(&flow[i], t);
            ret.plant_given |= is_given(s, flow, i);
        }
    }
    for (int h = 0; h < s->halls_count; h++) {
        int i = s->halls[h].recovery;
        if (i >= 0 && is_built(&flow[i])) {
            ret.hand_offs++;
            ret.hand_offs_open += !is_full(&flow[i], t);
            ret.hand_off_given |= is_given(s, flow, i);
        }
    }
    return ret;
}

/* The narrowest place on the way from the hall to a town entry; town -1: to the network. */
static enum thrown_why narrowest(const struct accounts *accounts, const struct places *at, int town,
                                 int t) {
    const struct scenario *s = accounts->scenario;
    const struct flow *flow = accounts->plan->cases[CASE_TOGETHER].flow;
    int station = town >= 0 ? s->towns[town].substation : -1, pipe = s->network;
    if (at->plants == 0 || at->hand_offs == 0) {
        return THROWN_NO_PLANT;
    }
    if (station >= 0 && !is_built(&flow[station])) {
        return THROWN_NOT_JOINED;
    }
    if (at->plants_able == 0) {
        return THROWN_TEMPERATURE;
    }
    bool hand_off_full = at->hand_offs_open == 0, plant_full = at->plants_spare == 0;
    bool pipe_full = pipe >= 0 && flow[pipe].included && isfinite(flow[pipe].capacity) &&
                     flow[pipe].rate_kw[0][t] >= full_ratio * flow[pipe].capacity;
    bool station_full = station >= 0 && is_full(&flow[station], t);
    bool pipe_given =
        (pipe_full && is_given(s, flow, pipe)) || (station_full && is_given(s, flow, station));
    if (hand_off_full && at->hand_off_given) {
        return THROWN_HAND_OFF_FULL;
    }
    if (plant_full && (at->plant_given || !pipe_given)) {
        return THROWN_PLANT_FULL;
    }
    return pipe_full || station_full ? THROWN_PIPE_FULL
           : hand_off_full           ? THROWN_HAND_OFF_FULL
                                     : THROWN_DEARER;
}

/* Heat made or missed at an instance in a step, and whether it is missed. */
static double wanted_kw(const struct accounts *accounts, int i, int t, bool *ret_missed) {
    const struct scenario *s = accounts->scenario;
    const struct flow *flow = &accounts->plan->cases[CASE_TOGETHER].flow[i];
    *ret_missed = s->instances[i].kind->shape == SHAPE_LOAD;
    if (!flow->included) {
        return 0.0;
    }
    if (*ret_missed) {
        return flow->modes > 0 && !isnan(plan_unserved_money_kwh(s, i)) ? flow->rate_kw[0][t] : 0.0;
    }
    int out = is_other_plant(s, i) ? component_port(s->instances[i].kind, "heat_out") : -1;
    return out >= 0 && flow->port_kw[out] ? flow->port_kw[out][t] : 0.0;
}

static void add_step(const struct accounts *accounts, int t, double to_year, struct thrown *ret) {
    const struct scenario *s = accounts->scenario;
    double sky = sky_kw(accounts, t), why_kw[THROWN_WHYS] = {0}, all_kw = 0.0, missed_kw = 0.0;
    const struct places at = places_at(accounts, t);
    for (int i = 0; i < s->instances_count; i++) {
        bool missed = false;
        double kw = wanted_kw(accounts, i, t, &missed);
        if (kw > least_kw) {
            why_kw[narrowest(accounts, &at, s->instances[i].town, t)] += kw;
            all_kw += kw;
            missed_kw += missed ? kw : 0.0;
        }
    }
    double thrown_kw = fmin(sky, all_kw);
    ret->missed_kwh_year += missed_kw * to_year;
    ret->missed_hours_year += missed_kw > 0.0 ? to_year : 0.0;
    ret->missed_while_hours_year += missed_kw > 0.0 && thrown_kw > least_kw ? to_year : 0.0;
    if (thrown_kw > least_kw) {
        ret->hours_year += to_year;
        ret->kwh_year += thrown_kw * to_year;
        for (int k = 0; k < THROWN_WHYS; k++) {
            ret->why_kwh_year[k] += thrown_kw * why_kw[k] / all_kw * to_year;
        }
    }
}

struct thrown account_thrown(const struct accounts *accounts) {
    struct thrown ret = {0};
    double to_year = accounts->plan->hours->step_h / accounts->scenario->year_frac;
    for (int t = 0; t < accounts->plan->hours->horizon_count; t++) {
        add_step(accounts, t, plan_weight_ratio(accounts->plan, t) * to_year, &ret);
    }
    return ret;
}
