/* Rounds of: what each user draws at the temperature that reaches it; flows; temperatures; until both
   stand still. The change from round to round shrinks by 1 - exp(-U L / (m c)), some hundredths.

   Who holds the pressure: producers with pressure_kpa in the supply; in the return the first of them
   in each part of the network, at return_pressure_kpa, or so high that the consumer with least to
   spare has its dp_min_kpa. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "networks/state.h"

#include <math.h>

#include "networks/fluid.h"

enum { ROUNDS_MAX = 400 };
static const double tolerance_dk = 2e-6, gravity_m_s2 = 9.80665;
static const double exact_dk = 1e-4;            /* a finer tolerance asks for every digit */
static const double settled_at_1k_ratio = 1e-2; /* flows, where temperatures need not be exact */

struct state_work {
    bool *may_hold;
    int *role; /* of nodes, side by side in memory: this, */
    double *drop_dk, *dp_min_kpa;
    int *part; /* node: island it belongs to, by its first holder's node; -1 */
    double *last_out_c, *last_back_c; /* by link: where the water's properties were taken */
    double *ground_c, *cross_ratio;   /* by link: what goes to the other pipe against the ground */
    double nominal_kj_kg;             /* between the settings' supply and return */
    bool begun;                       /* a round was made: temperatures are there */
};

static const struct network_settings *settings(const struct network_state *s) {
    return &s->network->settings;
}
static bool is_pair(const struct network_state *s) { return settings(s)->lines == LINES_PAIR; }

static bool fill_nodes(struct arena *arena, struct network_state *s) {
    int n = s->network->nodes_count;
    double **arrays[] = {&s->heat_kw,      &s->fixed_kg_s, &s->supply_c, &s->return_c,
                         &s->pressure_kpa, &s->taken_kg_s, &s->given_kw, &s->unmet_kw};
    for (int k = 0; k < COUNT(arrays); k++) {
        *arrays[k] = ARENA_TAKE(arena, double, n);
    }
    s->islanded = ARENA_TAKE(arena, bool, n);
    s->work->may_hold = ARENA_TAKE(arena, bool, n);
    s->work->part = ARENA_TAKE(arena, int, n);
    s->work->role = ARENA_TAKE(arena, int, n);
    s->work->drop_dk = ARENA_TAKE(arena, double, n);
    s->work->dp_min_kpa = ARENA_TAKE(arena, double, n);
    if (arena_failed(arena)) {
        return false;
    }
    for (int k = 0; k < n; k++) {
        const struct network_node *node = &s->network->nodes[k];
        s->work->role[k] = node->role;
        s->work->drop_dk[k] = node->drop_dk;
        s->work->dp_min_kpa[k] = node->dp_min_kpa;
        s->heat_kw[k] = node->heat_kw;
        s->fixed_kg_s[k] = node->flow_kg_s;
        s->supply_c[k] = node->supply_c;
        s->return_c[k] = node->return_c;
        s->pressure_kpa[k] = node->role == NODE_PRODUCER || node->role == NODE_TANK
                                 ? node->pressure_kpa
                                 : (double)NAN;
        if (node->role == NODE_TANK) {
            s->pressure_kpa[k] = fluid_density_kg_m3(settings(s), settings(s)->supply_c) *
                                 gravity_m_s2 / 1000.0 * node->level_m;
        }
        s->work->may_hold[k] = !isnan(s->pressure_kpa[k]);
    }
    return true;
}

/* Of a pair each line loses to the ground and, by a share of that, to the other line. */
static void set_losses(struct network_state *s) {
    for (int k = 0; k < s->network->links_count; k++) {
        const struct network_link *link = &s->network->links[k];
        double own = 0.5 * (link->loss_kw_mk + link->across_kw_mk);
        double cross = 0.5 * (link->across_kw_mk - link->loss_kw_mk);
        s->work->ground_c[k] = link->ground_c;
        s->work->cross_ratio[k] = is_pair(s) && own > 0.0 ? cross / own : 0.0;
        s->hot->loss_kw_mk[k] = is_pair(s) ? own : link->loss_kw_mk;
        if (is_pair(s)) {
            s->cold->loss_kw_mk[k] = own;
        }
    }
}

enum status network_state_new(struct arena *arena, const struct network *network,
                              struct network_state **ret) {
    struct network_state *s = ARENA_TAKE(arena, struct network_state, 1);
    struct state_work *w = ARENA_TAKE(arena, struct state_work, 1);
    int m = network->links_count;
    if (!s || !w) {
        return STATUS_NO_MEMORY;
    }
    s->network = network;
    s->work = w;
    s->tolerance_dk = tolerance_dk;
    w->nominal_kj_kg = fluid_enthalpy_kj_kg(&network->settings, network->settings.supply_c) -
                       fluid_enthalpy_kj_kg(&network->settings, network->settings.return_c);
    w->last_out_c = ARENA_TAKE(arena, double, m);
    w->last_back_c = ARENA_TAKE(arena, double, m);
    w->ground_c = ARENA_TAKE(arena, double, m);
    w->cross_ratio = ARENA_TAKE(arena, double, m);
    if (!fill_nodes(arena, s)) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < m; k++) {
        w->last_out_c[k] = w->last_back_c[k] = NAN;
    }
    TRY(hydraulic_new(arena, network, false, w->may_hold, &s->out));
    TRY(thermal_new(arena, network, false, &s->hot));
    if (is_pair(s)) {
        TRY(hydraulic_new(arena, network, true, w->may_hold, &s->back));
        TRY(thermal_new(arena, network, true, &s->cold));
    }
    set_losses(s);
    *ret = s;
    return STATUS_OK;
}

double network_state_link_c(const struct network_state *state, bool in_return, int link) {
    const struct thermal *t = in_return ? state->cold : state->hot;
    double mean_c = 0.5 * (t->in_c[link] + t->out_c[link]);
    double ground_c = state->work->ground_c[link] + state->ground_change_dk;
    double nominal_c = in_return ? settings(state)->return_c : settings(state)->supply_c;
    double used_c = !isnan(mean_c) ? mean_c : state->work->begun ? ground_c : nominal_c;
    return used_c < FLUID_MIN_C ? FLUID_MIN_C : used_c > FLUID_MAX_C ? FLUID_MAX_C : used_c;
}

double network_state_speed_m_s(const struct network_state *state, bool in_return, int link) {
    const struct hydraulic *h = in_return ? state->back : state->out;
    double inner_m = state->network->links[link].inner_m;
    double density =
        fluid_density_kg_m3(settings(state), network_state_link_c(state, in_return, link));
    return isnan(inner_m)
               ? (double)NAN
               : h->flow_kg_s[link] / (density * 3.14159265358979323846 / 4.0 * inner_m * inner_m);
}

/* Laws of the links at the water's temperature, where that has moved: of those whose flow depends on it, or of the
   others. */
static void set_laws(struct network_state *s, bool in_return, bool others) {
    struct hydraulic *h = in_return ? s->back : s->out;
    double *last_c = in_return ? s->work->last_back_c : s->work->last_out_c;
    double nominal_c = in_return ? settings(s)->return_c : settings(s)->supply_c;
    double column_kg_m3 =
        fluid_density_kg_m3(settings(s), fmin(FLUID_MAX_C, fmax(FLUID_MIN_C, nominal_c)));
    const int *links = others ? h->following : h->deciding;
    for (int e = 0; e < (others ? h->followings_count : h->decidings_count); e++) {
        int k = links[e];
        const struct network_link *link = &s->network->links[k];
        double at_c = network_state_link_c(s, in_return, k);
        if (fabs(at_c - last_c[k]) < 0.1 * s->tolerance_dk) {
            continue;
        }
        double density = fluid_density_kg_m3(settings(s), at_c),
               viscosity = fluid_viscosity_kpas(settings(s), at_c);
        if (isnan(last_c[k])) {
            link_law_set(&h->law[k], s->network, link, in_return, density, viscosity, column_kg_m3);
        } else {
            link_law_water(&h->law[k], s->network, link, density, viscosity);
        }
        last_c[k] = at_c;
    }
}

/* What a pipe's heat goes to: the ground, and a little to the other pipe. */
static void set_surroundings(struct network_state *s, bool in_return) {
    struct thermal *t = in_return ? s->cold : s->hot;
    const struct thermal *other = in_return ? s->hot : s->cold;
    double nominal_c = in_return ? settings(s)->supply_c : settings(s)->return_c;
    for (int k = 0; k < s->network->links_count; k++) {
        double ground_c = s->work->ground_c[k] + s->ground_change_dk, other_c = ground_c;
        if (s->work->cross_ratio[k] != 0.0) {
            double mean_c = 0.5 * (other->in_c[k] + other->out_c[k]);
            other_c = !isnan(mean_c) ? mean_c : s->work->begun ? ground_c : nominal_c;
        }
        t->around_c[k] = ground_c + s->work->cross_ratio[k] * (other_c - ground_c);
    }
}

/* ---- users ---- */
static double local_c(const struct thermal *t, int node, double nominal_c) {
    return t && !isnan(t->node_c[node]) ? t->node_c[node] : nominal_c;
}

static bool is_holder(const struct network_state *s, int node) {
    return !isnan(s->out->held_kpa[node]);
}

/* The temperatures between which a node's water changes when it draws from the supply (or brings to
   it): what comes in and what it makes of it. */
static double made_c(const struct network_state *s, int n, double supply_here_c) {
    double drop_dk = s->work->drop_dk[n];
    return isnan(drop_dk) || !isnan(s->return_c[n])
               ? (isnan(s->return_c[n]) ? settings(s)->return_c : s->return_c[n])
               : supply_here_c - drop_dk;
}

/* Flow from supply to return that carries heat_kw out of the network; what it cannot carry is
   unmet. */
static double drawn_kg_s(struct network_state *s, int n, double heat_kw) {
    const struct network_settings *set = settings(s);
    double nominal_kj_kg = s->work->nominal_kj_kg;
    bool draws = heat_kw * nominal_kj_kg >= 0.0;
    double supply_c = draws ? local_c(s->hot, n, set->supply_c)
                            : (isnan(s->supply_c[n]) ? set->supply_c : s->supply_c[n]);
    double back_c = draws ? made_c(s, n, supply_c) : local_c(s->cold, n, set->return_c);
    double spread_kj_kg = fluid_enthalpy_kj_kg(set, supply_c) - fluid_enthalpy_kj_kg(set, back_c);
    double sign = nominal_kj_kg < 0.0 ? -1.0 : 1.0;
    double least_kj_kg = 0.1 * fabs(nominal_kj_kg);
    double used_kj_kg = sign * spread_kj_kg > least_kj_kg ? spread_kj_kg : sign * least_kj_kg;
    return used_kj_kg != 0.0 ? heat_kw / used_kj_kg : 0.0;
}

static double flow_of(struct network_state *s, int n) {
    int role = s->work->role[n];
    if (role != NODE_PRODUCER && role != NODE_CONSUMER) {
        return isnan(s->fixed_kg_s[n]) ? 0.0 : s->fixed_kg_s[n];
    }
    double sign = role == NODE_CONSUMER ? 1.0 : -1.0;
    if (!isnan(s->fixed_kg_s[n])) {
        return sign * s->fixed_kg_s[n];
    }
    return isnan(s->heat_kw[n]) ? 0.0 : drawn_kg_s(s, n, sign * s->heat_kw[n]);
}

/* The hottest water that is put into the supply (of cold: the coldest). */
static double sent_c(const struct network_state *s) {
    double sign = s->work->nominal_kj_kg < 0.0 ? -1.0 : 1.0, most_c = -sign * 1e3;
    for (int n = 0; n < s->network->nodes_count; n++) {
        double put_c = s->hot->put_kg_s[n] > 0.0 ? s->hot->put_c[n] : (double)NAN;
        most_c = sign * put_c > sign * most_c ? put_c : most_c;
    }
    return most_c;
}

/* More flow arrives warmer, so that less of it is needed: of a change that a user's supply asks for, what the way to it
   loses against what it cools the water is taken back by the next round. Taking it back at once saves a round or two. */
static double kept_frac(const struct network_state *s, int n, double from_c) {
    double here_c = s->hot->node_c[n], back_c = s->cold ? s->cold->put_c[n] : (double)NAN;
    double share = (from_c - here_c) / (here_c - back_c);
    return share > 0.0 && share < 1.0 ? 1.0 / (1.0 + share) : 1.0;
}

/* Largest change of a flow against the largest flow. */
static double set_demands_ratio(struct network_state *s) {
    double from_c = sent_c(s);
    double change_kg_s = 0.0, largest_kg_s = 1e-9;
    for (int n = 0; n < s->network->nodes_count; n++) {
        double flow_kg_s = flow_of(s, n);
        if (is_holder(s, n)) {
            s->out->demand_kg_s[n] =
                isnan(s->fixed_kg_s[n]) && isnan(s->heat_kw[n]) ? 0.0 : flow_kg_s;
            continue;
        }
        double before_kg_s = s->out->demand_kg_s[n];
        if (s->work->role[n] == NODE_CONSUMER && isnan(s->fixed_kg_s[n])) {
            flow_kg_s = before_kg_s + kept_frac(s, n, from_c) * (flow_kg_s - before_kg_s);
        }
        double moved_kg_s = fabs(flow_kg_s - before_kg_s);
        change_kg_s = moved_kg_s > change_kg_s ? moved_kg_s : change_kg_s;
        largest_kg_s = fabs(flow_kg_s) > largest_kg_s ? fabs(flow_kg_s) : largest_kg_s;
        s->out->demand_kg_s[n] = flow_kg_s;
    }
    return change_kg_s / largest_kg_s;
}

/* What passes from supply to return at each node, after the supply is solved. */
static void set_taken(struct network_state *s) {
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->taken_kg_s[n] = is_holder(s, n)      ? -hydraulic_entering_kg_s(s->out, n)
                           : s->out->reached[n] ? s->out->demand_kg_s[n]
                                                : 0.0;
    }
}

static void put_supply(struct network_state *s) {
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->hot->put_kg_s[n] = s->taken_kg_s[n] < 0.0 ? -s->taken_kg_s[n] : 0.0;
        s->hot->put_c[n] = isnan(s->supply_c[n]) ? settings(s)->supply_c : s->supply_c[n];
    }
}

static void put_return(struct network_state *s) {
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->back->demand_kg_s[n] = -s->taken_kg_s[n];
        s->cold->put_kg_s[n] = s->taken_kg_s[n] > 0.0 ? s->taken_kg_s[n] : 0.0;
        s->cold->put_c[n] = made_c(s, n, local_c(s->hot, n, settings(s)->supply_c));
    }
}

/* The holders of the supply, and the first of each part for the return. */
static void set_holders(struct network_state *s) {
    for (int n = 0; n < s->network->nodes_count; n++) {
        bool held = s->work->may_hold[n] && !isnan(s->pressure_kpa[n]);
        double kpa = held ? s->pressure_kpa[n] : (double)NAN;
        if (isnan(kpa) != isnan(s->out->held_kpa[n])) {
            hydraulic_changed(s->out);
            if (is_pair(s)) {
                hydraulic_changed(s->back);
            }
        }
        s->out->held_kpa[n] = kpa;
    }
}

static int find(int *part, int n) {
    while (part[n] != n) {
        part[n] = part[part[n]];
        n = part[n];
    }
    return n;
}

static void hold_return(struct network_state *s) {
    int *part = s->work->part;
    for (int n = 0; n < s->network->nodes_count; n++) {
        part[n] = n;
    }
    for (int k = 0; k < s->network->links_count; k++) {
        const struct network_link *link = &s->network->links[k];
        int a = find(part, link->from), b = find(part, link->to);
        if (s->back->state[k] != LINK_CLOSED && a != b) {
            part[a > b ? a : b] = a > b ? b : a;
        }
    }
    for (int n = 0; n < s->network->nodes_count; n++) {
        s->back->held_kpa[n] = NAN;
    }
    for (int n = s->network->nodes_count - 1; n >= 0; n--) {
        if (is_holder(s, n)) {
            for (int other = n + 1; other < s->network->nodes_count; other++) {
                if (is_holder(s, other) && find(part, other) == find(part, n)) {
                    s->back->held_kpa[other] = NAN;
                }
            }
            double kpa = s->network->nodes[n].return_pressure_kpa;
            s->back->held_kpa[n] = isnan(kpa) ? 0.0 : kpa;
        }
    }
}

/* ---- after the last round ---- */
/* The return is lifted so that the consumer with least to spare has just enough. */
static void lift_return(struct network_state *s) {
    for (int n = 0; n < s->network->nodes_count; n++) {
        if (isnan(s->back->held_kpa[n]) || !isnan(s->network->nodes[n].return_pressure_kpa)) {
            continue;
        }
        double spare_kpa = HUGE_VAL;
        int root = find(s->work->part, n);
        for (int c = 0; c < s->network->nodes_count; c++) {
            if (s->work->role[c] == NODE_CONSUMER && s->taken_kg_s[c] != 0.0 &&
                find(s->work->part, c) == root) {
                double own_kpa =
                    s->out->pressure_kpa[c] - s->back->pressure_kpa[c] - s->work->dp_min_kpa[c];
                spare_kpa = own_kpa < spare_kpa ? own_kpa : spare_kpa;
            }
        }
        for (int c = 0; c < s->network->nodes_count && spare_kpa < HUGE_VAL; c++) {
            if (find(s->work->part, c) == root) {
                s->back->pressure_kpa[c] += spare_kpa;
            }
        }
    }
}

static double heat_of(const struct network_state *s, int n) {
    const struct network_settings *set = settings(s);
    double taken = s->taken_kg_s[n];
    if (taken == 0.0 || !is_pair(s)) {
        return 0.0;
    }
    double up_c = taken > 0.0 ? s->hot->node_c[n] : s->hot->put_c[n];
    double down_c = taken > 0.0 ? s->cold->put_c[n] : s->cold->node_c[n];
    if (isnan(up_c) || isnan(down_c)) {
        return 0.0;
    }
    return taken * (fluid_enthalpy_kj_kg(set, up_c) - fluid_enthalpy_kj_kg(set, down_c));
}

/* What the pump of a producer that sends gives; NaN: none that sends. */
static double head_kpa(const struct network_state *s, int n) {
    return s->work->role[n] == NODE_PRODUCER && s->taken_kg_s[n] < 0.0 && is_pair(s)
               ? s->out->pressure_kpa[n] - s->back->pressure_kpa[n] +
                     s->network->nodes[n].station_kpa
               : (double)NAN;
}

static double pump_kw(const struct network_state *s, int n) {
    double head = head_kpa(s, n);
    if (!(head > 0.0)) {
        return 0.0;
    }
    double density = fluid_density_kg_m3(settings(s), local_c(s->hot, n, settings(s)->supply_c));
    return head * -s->taken_kg_s[n] / density / settings(s)->pump_eff;
}

static void add_nodes(struct network_state *s) {
    struct network_sums *sums = &s->sums;
    double nothing_ratio = fmax(1e-6, 0.1 * s->tolerance_dk); /* the rounds' tolerance */
    for (int n = 0; n < s->network->nodes_count; n++) {
        double out_kw = heat_of(s, n), asked_kw = s->heat_kw[n];
        bool user = s->work->role[n] == NODE_CONSUMER;
        s->given_kw[n] = user ? out_kw : -out_kw;
        s->islanded[n] = (user || s->work->role[n] == NODE_PRODUCER) && !s->out->reached[n] &&
                         flow_of(s, n) != 0.0;
        s->unmet_kw[n] = is_pair(s) && user && isnan(s->fixed_kg_s[n]) && !isnan(asked_kw)
                             ? asked_kw - out_kw
                             : 0.0;
        if (fabs(s->unmet_kw[n]) < nothing_ratio * fabs(asked_kw) + 1e-9) {
            s->unmet_kw[n] = 0.0;
        }
        sums->unmet_kw += s->unmet_kw[n];
        *(user ? &sums->consumed_kw : &sums->produced_kw) += s->given_kw[n];
        sums->pump_kw += pump_kw(s, n);
        if (head_kpa(s, n) > (sums->pump < 0 ? -HUGE_VAL : sums->head_kpa)) {
            sums->pump = n;
            sums->head_kpa = head_kpa(s, n);
        }
        double dp_kpa =
            is_pair(s) ? s->out->pressure_kpa[n] - s->back->pressure_kpa[n] : (double)NAN;
        if (user && s->taken_kg_s[n] != 0.0 &&
            (sums->worst < 0 || dp_kpa - s->work->dp_min_kpa[n] <
                                    sums->dp_worst_kpa - s->work->dp_min_kpa[sums->worst])) {
            sums->worst = n;
            sums->dp_worst_kpa = dp_kpa;
            sums->dp_needed_kpa = s->work->dp_min_kpa[n];
        }
    }
    sums->head_needed_kpa = sums->head_kpa - (sums->dp_worst_kpa - sums->dp_needed_kpa);
}

static void add_up(struct network_state *s) {
    s->sums = (struct network_sums){.worst = -1,
                                    .pump = -1,
                                    .dp_worst_kpa = NAN,
                                    .dp_needed_kpa = NAN,
                                    .head_kpa = NAN,
                                    .head_needed_kpa = NAN};
    add_nodes(s);
    for (int k = 0; k < s->network->links_count; k++) {
        const struct network_link *link = &s->network->links[k];
        s->sums.loss_supply_kw += s->hot->loss_kw[k];
        s->sums.loss_return_kw += is_pair(s) ? s->cold->loss_kw[k] : 0.0;
        for (int line = 0; line < (is_pair(s) ? 2 : 1) && link->kind == LINK_PUMP; line++) {
            const struct hydraulic *h = line ? s->back : s->out;
            double slope = 0.0, q = h->flow_kg_s[k];
            double density = fluid_density_kg_m3(settings(s), network_state_link_c(s, line, k));
            s->sums.pump_kw += fmax(0.0, -link_law_kpa(&h->law[k], q, &slope)) * fmax(0.0, q) /
                               density / settings(s)->pump_eff;
        }
    }
    s->sums.balance_kw =
        s->sums.produced_kw - s->sums.consumed_kw - s->sums.loss_supply_kw - s->sums.loss_return_kw;
}

/* One round; ret_dk: how far temperatures moved. */
static enum status go_round(struct network_state *s, double *ret_dk, double *ret_flow_ratio) {
    *ret_flow_ratio = set_demands_ratio(s);
    s->out->roughly = s->rounds_count == 0 && s->tolerance_dk >= exact_dk;
    set_laws(s, false, false);
    TRY(hydraulic_solve(s->out, false));
    set_taken(s);
    put_supply(s);
    set_surroundings(s, false);
    *ret_dk = thermal_sweep_dk(s->hot, s->out->flow_kg_s);
    if (is_pair(s)) {
        put_return(s);
        set_laws(s, true, false);
        s->back->roughly = s->out->roughly;
        TRY(hydraulic_solve(s->back, false));
        set_surroundings(s, true);
        *ret_dk = fmax(*ret_dk, thermal_sweep_dk(s->cold, s->back->flow_kg_s));
    }
    s->rounds_count++;
    s->work->begun = true;
    return STATUS_OK;
}

static enum status finish(struct network_state *s) {
    set_laws(s, false, true);
    hydraulic_pressures(s->out);
    thermal_losses(s->hot, s->out->flow_kg_s);
    if (is_pair(s)) {
        set_laws(s, true, true);
        hydraulic_pressures(s->back);
        thermal_losses(s->cold, s->back->flow_kg_s);
        lift_return(s);
    }
    add_up(s);
    return STATUS_OK;
}

static void begin(struct network_state *s) {
    s->rounds_count = 0;

    set_holders(s);
    s->out->settled_ratio =
        fmax(s->out->settled_ratio, settled_at_1k_ratio * s->tolerance_dk * s->tolerance_dk);
    if (is_pair(s)) {
        s->back->settled_ratio = s->out->settled_ratio;
        if (hydraulic_is_changed(s->back)) {
            hold_return(s);
        }
    }
}

/* What moves from round to round (temperatures, or flows over the largest) shrinks by a factor: once two rounds have
   shown it, all that is still to come is moved * factor / (1 - factor); three times as much, to be sure. Who wants the
   last digits waits for them. */
static double still_to_come_ratio(const struct network_state *s, double moved_ratio,
                                  double before_ratio) {
    bool shown = s->tolerance_dk >= exact_dk && s->rounds_count > 1 && moved_ratio < before_ratio;
    return shown ? fmin(moved_ratio, 3.0 * moved_ratio * moved_ratio / (before_ratio - moved_ratio))
                 : moved_ratio;
}

static bool is_settled(const struct network_state *s) {
    return s->out->settled && (!is_pair(s) || s->back->settled);
}

enum status network_state_solve(struct network_state *state) {
    double moved_dk = HUGE_VAL, flow_ratio = HUGE_VAL, before_dk = HUGE_VAL,
           before_ratio = HUGE_VAL;
    begin(state);
    while (!(is_settled(state) &&
             still_to_come_ratio(state, moved_dk, before_dk) < state->tolerance_dk &&
             still_to_come_ratio(state, flow_ratio, before_ratio) < 0.5 * state->tolerance_dk)) {
        if (state->rounds_count >= ROUNDS_MAX) {
            return STATUS_STALLED;
        }
        before_dk = moved_dk;
        before_ratio = flow_ratio;
        TRY(go_round(state, &moved_dk, &flow_ratio));
    }
    return finish(state);
}

enum status network_state_step(struct network_state *state) {
    double moved_dk = 0.0, flow_ratio = 0.0;
    begin(state);
    TRY(go_round(state, &moved_dk, &flow_ratio));
    return finish(state);
}
