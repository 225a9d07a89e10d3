/* A year of the pipes: hour by hour what the plan sends and takes is set at producers and users, the steady state is
   solved from that of the hour before, and what it says is kept for the next round.

   A user sends back what its building sends, an approach warmer, and no less than the network's return_c; unless the
   file says what. What brings heat at a producer of its own name brings what it gives in the plan; the producer that
   holds the pressure brings the rest. Hours without a draw keep the pipes warm: they lose what nominal temperatures
   say. A user that draws next to nothing says nothing about the supply that could reach it, and what was thought of it
   stands. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "plan/internal.h"

static const double settled_dk = 1e-2;     /* what an hour of a plan needs to know */
static const double trickle_frac = 1e-3;   /* of the most that is drawn: too little to learn from */
static const double pump_most_kw_kw = 0.2; /* no plan pumps more for a kW of heat */
static const double short_dk = 0.1;        /* colder than needed by less is not told */
static const double rest_dk = 3.0;         /* the least between supply and return at the plant */
enum { DAMPED_FROM_ROUND = 6 };

struct year {
    struct case_work *work;
    const struct pipes *pipes;
    const struct instance *line;
    struct network_state *state;
    struct arena *scratch;
    double *base_supply_c, *base_return_c; /* of the plant's bus by the network's own curves */
    const double *supply_c;                /* of the plant's bus */
    double *most_kw;                       /* by node: the most it draws */
    double *loss_kw, *pump_kw_kw, *return_c;
    double **arrives_c; /* by instance */
    struct pipes_year *result;
};

static int count_of(const struct year *y) { return y->work->design_days_from; }

static const double *bus_c(const struct case_work *work, int bus, int which) {
    return work->result->temperature_c[which] + (size_t)bus * (size_t)work->hours->count;
}

/* What an instance takes from the network's far side, or gives at the plant's. */
static double through_kw(const struct case_work *work, int i, int bus, int t) {
    const struct instance *instance = &work->scenario->instances[i];
    const struct flow *flow = &work->result->flow[i];
    double kw = 0.0;
    for (int p = 0; p < instance->kind->ports_count; p++) {
        kw += flow->included && flow->port_kw[p] && instance->port_bus[p] == bus
                  ? flow->port_kw[p][t]
                  : 0.0;
    }
    return kw;
}

static double drawn_kw(const struct case_work *work, const struct pipes *pipes, int n, int t) {
    int tap = pipes->tap[n];
    int bus = work->scenario->instances[work->scenario->network].port_bus[1];
    return tap >= 0 ? fmax(0.0, pipes->share_frac[n] * through_kw(work, tap, bus, t)) : 0.0;
}

/* The bus behind an exchanger; -1: a booster, say, takes what comes and sends back what it likes. */
static int bus_behind(const struct scenario *scenario, int tap) {
    if (strcmp(scenario->instances[tap].kind->name, "heat_exchanger") != 0) {
        return -1;
    }
    int out = component_port(scenario->instances[tap].kind, "heat_out");
    return out >= 0 ? scenario->instances[tap].port_bus[out] : -1;
}

static double approach_dk(const struct scenario *scenario, int tap) {
    const struct instance *it = &scenario->instances[tap];
    return component_number(it->kind, it->self, "approach_dk", 0.0);
}

/* The supply that a user's building needs at its node; 0: whatever comes. */
static double needed_c(const struct case_work *work, int tap, int t) {
    int bus = bus_behind(work->scenario, tap);
    double needed = bus >= 0 ? bus_c(work, bus, 0)[t] + approach_dk(work->scenario, tap) : 0.0;
    return isnan(needed) ? 0.0 : needed;
}

static double sent_back_c(const struct case_work *work, int tap, double network_return_c, int t) {
    int bus = bus_behind(work->scenario, tap);
    double own_c = bus >= 0 ? bus_c(work, bus, 1)[t] + approach_dk(work->scenario, tap) : 0.0;
    return isnan(own_c) ? network_return_c : fmax(network_return_c, own_c);
}

/* One hour's inputs; the heat that users draw. */
static double set_step(const struct case_work *work, const struct pipes *pipes,
                       struct network_state *state, double network_return_c, int t) {
    const struct scenario *scenario = work->scenario;
    const struct instance *line = &scenario->instances[scenario->network];
    double drawn = 0.0, supply_c = bus_c(work, line->port_bus[0], 0)[t];
    state->ground_change_dk = work->hours->ground_c[t] - pipes->network->settings.ground_c;
    for (int n = 0; n < pipes->network->nodes_count; n++) {
        const struct network_node *node = &pipes->network->nodes[n];
        if (node->role == NODE_PRODUCER) {
            state->supply_c[n] = supply_c;
            state->heat_kw[n] = n == pipes->holder ? (double)NAN : 0.0;
        } else if (node->role == NODE_CONSUMER) {
            state->heat_kw[n] = drawn_kw(work, pipes, n, t);
            drawn += state->heat_kw[n];
            if (!pipes->own_return[n]) {
                state->return_c[n] = sent_back_c(work, pipes->tap[n], network_return_c, t);
            }
        }
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        int n = pipes->feeds[i];
        if (n >= 0 && n != pipes->holder) {
            state->heat_kw[n] += through_kw(work, i, line->port_bus[0], t);
        }
    }
    return drawn;
}

void pipes_close_unused(const bool *used, struct network_state *state) {
    for (int k = 0; k < state->network->links_count; k++) {
        if (!used[k]) {
            state->out->state[k] = state->back->state[k] = LINK_CLOSED;
        }
    }
    hydraulic_changed(state->out);
    hydraulic_changed(state->back);
}

/* ---- what an hour says ---- */

static void keep_users(struct year *y, int t) {
    struct pipes_year *r = y->result;
    double step_h = y->work->hours->step_h;
    for (int n = 0; n < y->pipes->network->nodes_count; n++) {
        int tap = y->pipes->tap[n];
        double heat_kw = tap >= 0 ? y->state->given_kw[n] : 0.0;
        double here_c = y->state->hot->node_c[n];
        if (tap < 0 || isnan(here_c) || !(heat_kw > trickle_frac * y->most_kw[n])) {
            continue;
        }
        double *arrives_c = &y->arrives_c[tap][t];
        *arrives_c = isnan(*arrives_c) ? here_c : fmin(*arrives_c, here_c);
        r->node_least_c[n] = fmin(r->node_least_c[n], here_c);
        r->node_mean_c[n] += here_c * heat_kw * step_h;
        r->node_heat_kwh[n] += heat_kw * step_h;
        r->node_short_h[n] += here_c < needed_c(y->work, tap, t) - short_dk ? step_h : 0.0;
    }
}

static void keep_links(struct year *y) {
    struct pipes_year *r = y->result;
    for (int k = 0; k < y->pipes->network->links_count; k++) {
        r->link_loss_kwh[k] +=
            (y->state->hot->loss_kw[k] + y->state->cold->loss_kw[k]) * y->work->hours->step_h;
        r->link_most_kg_s[k] = fmax(r->link_most_kg_s[k], fabs(y->state->out->flow_kg_s[k]));
    }
}

static void keep_plant(struct year *y, double there_kw, int t) {
    const struct network_sums *sums = &y->state->sums;
    struct pipes_year *r = y->result;
    double step_h = y->work->hours->step_h;
    int holder = y->pipes->holder;
    double back_c = y->state->cold->node_c[holder],
           loss_kw = sums->loss_supply_kw + sums->loss_return_kw;
    y->loss_kw[t] = loss_kw;
    y->pump_kw_kw[t] = there_kw > 0.0 ? fmin(pump_most_kw_kw, sums->pump_kw / there_kw) : 0.0;
    if (!isnan(back_c)) {
        y->return_c[t] = fmin(back_c, y->supply_c[t] - rest_dk);
    }
    r->pump_kwh += sums->pump_kw * step_h;
    r->consumed_kwh += sums->consumed_kw * step_h;
    r->unmet_kwh += sums->unmet_kw * step_h;
    r->lift_most_kpa = fmax(r->lift_most_kpa, y->state->out->pressure_kpa[holder] -
                                                  y->state->back->pressure_kpa[holder] +
                                                  y->pipes->network->nodes[holder].station_kpa);
}

/* One hour; flows at the line's ends after it. */
static void one_step(struct year *y, int t, double *highest_kw) {
    struct flow *flow = &y->work->result->flow[y->work->scenario->network];
    double drawn = set_step(y->work, y->pipes, y->state, y->base_return_c[t], t);
    double unmet_kw = 0.0, pump_kw = 0.0, there_kw = flow->port_kw[0][t];
    bool settled = drawn > 0.0 && network_state_solve(y->state) == STATUS_OK;
    y->result->unsettled_count += drawn > 0.0 && !settled;
    if (settled) {
        keep_plant(y, there_kw, t);
        keep_users(y, t);
        keep_links(y);
        unmet_kw = y->state->sums.unmet_kw;
        pump_kw = y->state->sums.pump_kw;
    } else if (drawn > 0.0) {
        y->loss_kw[t] = flow->port_kw[0][t] - flow->port_kw[1][t];
        pump_kw = y->pump_kw_kw[t] * there_kw;
    }
    y->result->loss_kwh += y->loss_kw[t] * y->work->hours->step_h;
    if (drawn > *highest_kw) {
        *highest_kw = drawn;
        y->result->highest_step = t;
    }
    flow->simulated_kw[1][t] = flow->port_kw[1][t] - unmet_kw;
    flow->simulated_kw[0][t] = flow->simulated_kw[1][t] + y->loss_kw[t];
    if (flow->simulated_kw[2]) {
        flow->simulated_kw[2][t] = pump_kw;
    }
}

/* ---- a year ---- */

static enum status take_year(struct year *y) {
    struct arena *arena = y->work->arena;
    const struct network *network = y->pipes->network;
    int nodes = network->nodes_count, links = network->links_count, steps = count_of(y);
    struct pipes_year *r = y->result = ARENA_TAKE(arena, struct pipes_year, 1);
    TRY(r ? STATUS_OK : STATUS_NO_MEMORY);
    r->link_used = ARENA_TAKE(arena, bool, links);
    r->link_loss_kwh = ARENA_TAKE(arena, double, links);
    r->link_most_kg_s = ARENA_TAKE(arena, double, links);
    r->node_heat_kwh = ARENA_TAKE(arena, double, nodes);
    r->node_least_c = ARENA_TAKE(arena, double, nodes);
    r->node_mean_c = ARENA_TAKE(arena, double, nodes);
    r->node_short_h = ARENA_TAKE(arena, double, nodes);
    r->node_beyond_h = ARENA_TAKE(arena, double, nodes);
    y->loss_kw = ARENA_TAKE(arena, double, steps);
    y->pump_kw_kw = ARENA_TAKE(arena, double, steps);
    y->return_c = ARENA_TAKE(arena, double, steps);
    y->arrives_c = ARENA_TAKE(y->scratch, double *, y->work->scenario->instances_count);
    y->most_kw = ARENA_TAKE(y->scratch, double, nodes);
    y->base_supply_c = ARENA_TAKE(y->scratch, double, y->work->hours->count);
    y->base_return_c = ARENA_TAKE(y->scratch, double, y->work->hours->count);
    TRY(arena_failed(arena) || arena_failed(y->scratch) ? STATUS_NO_MEMORY : STATUS_OK);
    for (int n = 0; n < nodes; n++) {
        int tap = y->pipes->tap[n];
        r->node_least_c[n] = HUGE_VAL;
        if (tap >= 0 && !y->arrives_c[tap]) {
            y->arrives_c[tap] = ARENA_TAKE(arena, double, steps);
            TRY(y->arrives_c[tap] ? STATUS_OK : STATUS_NO_MEMORY);
            for (int t = 0; t < steps; t++) {
                y->arrives_c[tap][t] = NAN;
            }
        }
        for (int t = 0; tap >= 0 && t < steps; t++) {
            y->most_kw[n] = fmax(y->most_kw[n], drawn_kw(y->work, y->pipes, n, t));
        }
    }
    return network_state_new(y->scratch, network, &y->state);
}

/* Before the first hour: what the round was made with, so that an hour that says nothing changes nothing. */
static void begin(struct year *y) {
    const struct case_work *work = y->work;
    const struct flow *flow = &work->result->flow[work->scenario->network];
    const double *return_c = bus_c(work, y->line->port_bus[0], 1);
    for (int t = 0; t < count_of(y); t++) {
        y->loss_kw[t] = pipes_nominal_loss_kw(&work->laid, y->supply_c[t], return_c[t],
                                              work->hours->ground_c[t]);
        y->pump_kw_kw[t] = flow->coefficients->pump_kw_kw[t];
        y->return_c[t] = return_c[t];
    }
    y->line->kind->temperatures(y->line->self, work->hours, 0, y->base_supply_c, y->base_return_c);
}

/* Hours in which the programme knew that nothing warm enough arrives. */
static void count_beyond(struct year *y) {
    const struct case_work *work = y->work;
    for (int n = 0; n < y->pipes->network->nodes_count; n++) {
        int tap = y->pipes->tap[n];
        const struct flow *flow = tap >= 0 ? &work->result->flow[tap] : NULL;
        bool joined = flow && flow->coefficients && flow->capacity > 0.0;
        for (int t = 0; joined && t < count_of(y); t++) {
            y->result->node_beyond_h[n] +=
                flow->coefficients->mode[0].may_run[t] ? 0.0 : work->hours->step_h;
        }
        y->result->node_mean_c[n] /= fmax(1e-9, y->result->node_heat_kwh[n]);
    }
}

/* Late rounds go half way only, whatever the unit of what they found. */
static double damped_ratio(bool damped, const double *before_ratio, double found_ratio, int t) {
    return damped && before_ratio ? 0.5 * (before_ratio[t] + found_ratio) : found_ratio;
}

/* The year into the feedback of the line and of those who tap it. */
static void send_back(struct year *y) {
    struct case_work *work = y->work;
    const struct scenario *scenario = work->scenario;
    struct feedback *feedback = &work->feedback[scenario->network];
    const struct flow *flow = &work->result->flow[scenario->network];
    bool damped = work->result->rounds_count >= DAMPED_FROM_ROUND;
    struct sum loss = {0, 0}, nominal = {0, 0}, pump = {0, 0}, sent = {0, 0};
    for (int t = 0; t < count_of(y); t++) {
        sum_add(&loss, y->loss_kw[t]);
        sum_add(&nominal, pipes_nominal_loss_kw(&work->laid, y->base_supply_c[t],
                                                y->base_return_c[t], work->hours->ground_c[t]));
        sum_add(&pump, y->pump_kw_kw[t] * flow->port_kw[0][t]);
        sum_add(&sent, flow->port_kw[0][t]);
        y->loss_kw[t] = damped_ratio(damped, feedback->pipes.loss_kw, y->loss_kw[t], t);
        y->pump_kw_kw[t] = damped_ratio(damped, feedback->pipes.pump_kw_kw, y->pump_kw_kw[t], t);
    }
    feedback->standing_ratio =
        sum_value(&nominal) > 0.0 ? sum_value(&loss) / sum_value(&nominal) : 1.0;
    feedback->pump_ratio = sum_value(&sent) > 0.0 ? sum_value(&pump) / sum_value(&sent) : 1.0;
    feedback->pipes.loss_kw = y->loss_kw;
    feedback->pipes.pump_kw_kw = y->pump_kw_kw;
    feedback->pipes.return_c = y->return_c;
    for (int i = 0; i < scenario->instances_count; i++) {
        const double *before_c = work->feedback[i].pipes.arrives_c;
        int in = component_port(scenario->instances[i].kind, "heat_in");
        for (int t = 0; y->arrives_c[i] && t < count_of(y); t++) {
            double *here_c = &y->arrives_c[i][t];
            double thought_c =
                before_c ? before_c[t] : bus_c(work, scenario->instances[i].port_bus[in], 0)[t];
            *here_c = isnan(*here_c) ? thought_c : damped_ratio(damped, before_c, *here_c, t);
        }
        work->feedback[i].pipes.arrives_c = y->arrives_c[i] ? y->arrives_c[i] : before_c;
    }
}

enum status pipes_simulate(struct case_work *work, int line, struct arena *scratch) {
    struct year y = {.work = work,
                     .pipes = work->laid.pipes,
                     .line = &work->scenario->instances[line],
                     .scratch = scratch};
    double highest_kw = -1.0;
    y.supply_c = bus_c(work, y.line->port_bus[0], 0);
    TRY(take_year(&y));
    begin(&y);
    y.state->tolerance_dk = settled_dk;
    pipes_close_unused(work->laid.used, y.state);
    for (int t = 0; t < count_of(&y); t++) {
        one_step(&y, t, &highest_kw);
    }
    count_beyond(&y);
    memcpy(y.result->link_used, work->laid.used,
           (size_t)y.pipes->network->links_count * sizeof(bool));
    y.result->produced_kwh = y.result->consumed_kwh + y.result->loss_kwh;
    send_back(&y);
    work->result->pipes = y.result;
    return STATUS_OK;
}

/* ---- what is told ---- */

static const double pressure_short_kpa = 0.1;   /* less is not told */
static const double pressure_most_kpa = 1600.0; /* PN 16: what pipes and stations are made for */

/* Where the pressures are held that users are left with. */
static void judge_design(const struct plan *plan, enum plan_case kind, struct diag *diag) {
    struct arena *scratch = arena_new(0);
    struct network_state *state = NULL;
    const struct network *network = plan->pipes->network;
    if (scratch && plan_pipes_design(plan, kind, scratch, &state) == STATUS_OK &&
        state->sums.worst >= 0 &&
        state->sums.dp_worst_kpa < state->sums.dp_needed_kpa - pressure_short_kpa) {
        const struct network_sums *sums = &state->sums;
        diag_warning(diag, network->nodes[sums->worst].place,
                     "consumer \"%s\": %.0f kPa between supply and return at the design hour, "
                     "needed are %.0f",
                     network->nodes[sums->worst].name, sums->dp_worst_kpa, sums->dp_needed_kpa);
        diag_remedy(diag, "raise the producer's pressure_kpa by %.0f, or widen the way",
                    sums->dp_needed_kpa - sums->dp_worst_kpa);
    }
    arena_free(scratch);
}

void pipes_judge(const struct plan *plan, const struct case_plan *result, struct diag *diag) {
    const struct pipes_year *year = result->pipes;
    const struct network *network = plan->pipes->network;
    double steps_h = plan->hours->horizon_count * plan->hours->step_h;
    for (int n = 0; n < network->nodes_count; n++) {
        double lacks_h = year->node_beyond_h[n] + year->node_short_h[n];
        if (plan->pipes->tap[n] >= 0 && lacks_h > 0.0) {
            diag_warning(diag, network->nodes[n].place,
                         "consumer \"%s\": in %.0f of %.0f hours what arrives is too cold for it",
                         network->nodes[n].name, lacks_h, steps_h);
            diag_remedy(diag, "its own plant heats it then; raise supply_c, insulate the way, or "
                              "give it a booster");
        }
    }
    judge_design(plan, result->kind, diag);
    if (year->unsettled_count > 0) {
        diag_warning(diag, (struct place){network->file, 0, 0},
                     "in %d hours the flows did not settle; they count as planned",
                     year->unsettled_count);
        diag_remedy(diag, "look for pumps and check valves that work against each other");
    }
    if (year->lift_most_kpa > pressure_most_kpa) {
        diag_warning(diag, (struct place){network->file, 0, 0},
                     "the pumps would have to lift %.0f kPa: pipes are too narrow for the heat",
                     year->lift_most_kpa);
        diag_remedy(diag, "give wider nominal_mm, or leave the sizes out to have them chosen");
    }
}

enum status plan_pipes_state(const struct plan *plan, enum plan_case kind, int step,
                             struct arena *arena, struct network_state **ret) {
    const struct scenario *scenario = plan->scenario;
    const struct instance *line = &scenario->instances[scenario->network];
    struct case_plan result = plan->cases[kind];
    struct case_work work = {.scenario = scenario, .hours = plan->hours, .result = &result};
    double *supply_c = ARENA_TAKE(arena, double, plan->hours->count);
    double *return_c = ARENA_TAKE(arena, double, plan->hours->count);
    TRY(supply_c && return_c ? STATUS_OK : STATUS_NO_MEMORY);
    work.laid.pipes = plan->pipes;
    work.laid.used = result.pipes->link_used;
    line->kind->temperatures(line->self, plan->hours, 0, supply_c, return_c);
    TRY(network_state_new(arena, plan->pipes->network, ret));
    pipes_close_unused(work.laid.used, *ret);
    (void)set_step(&work, plan->pipes, *ret, return_c[step], step);
    return network_state_solve(*ret);
}
