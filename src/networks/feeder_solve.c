/* One state of a feeder: what is connected, which method, what flows in the branches, and how far
   a load can be raised that has no state.

   The power flow is judged by its own branches: the mismatch is what each bus misses when the flows
   computed from the voltages are added up, whichever method found them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "networks/feeder_work.h"

enum { SWEEPS_MAX = 200, NEWTON_MAX = 30, BISECTIONS = 16 };
#define LOWEST_PU 1e-3

struct feeder_pi feeder_branch_pi(const struct feeder_branch *branch) {
    struct phasor one = {1.0, 0.0}, z = {branch->r_pu, branch->x_pu},
                  half = {0.0, 0.5 * branch->b_pu},
                  tap = {branch->tap_ratio * cos(branch->shift_rad),
                         branch->tap_ratio * sin(branch->shift_rad)};
    struct phasor y = phasor_div(one, z), whole = phasor_add(y, half);
    return (struct feeder_pi){phasor_scale(whole, 1.0 / phasor_size2(tap)),
                              phasor_scale(phasor_div(y, phasor_conj(tap)), -1.0),
                              phasor_scale(phasor_div(y, tap), -1.0), whole};
}

/* ---- topology ------------------------------------------------------------------------------- */
/* Branches by bus: those of bus b are link[start[b]] .. link[start[b + 1] - 1]. */
static bool link_branches(struct arena *arena, const struct feeder *feeder, int **ret_start,
                          int **ret_link) {
    int *start = ARENA_TAKE(arena, int, feeder->buses_count + 2),
        *link = ARENA_TAKE(arena, int, 2L * feeder->branches_count);
    if (!start || !link) {
        return false;
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        if (feeder->branch[k].closed) {
            start[feeder->branch[k].from + 2]++;
            start[feeder->branch[k].to + 2]++;
        }
    }
    for (int b = 0; b < feeder->buses_count; b++) {
        start[b + 2] += start[b + 1];
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        if (feeder->branch[k].closed) {
            link[start[feeder->branch[k].from + 1]++] = k;
            link[start[feeder->branch[k].to + 1]++] = k;
        }
    }
    *ret_start = start;
    *ret_link = link;
    return true;
}

static struct feeder_twig twig_of(const struct feeder_branch *branch, int bus, int parent) {
    struct feeder_twig twig = {
        .bus = bus,
        .parent = parent,
        .z = {branch->r_pu, branch->x_pu},
        .tap = {branch->tap_ratio * cos(branch->shift_rad),
                branch->tap_ratio * sin(branch->shift_rad)},
        .half_b_pu = 0.5 * branch->b_pu,
        .tap_at_parent = branch->from == parent,
        .plain = branch->b_pu == 0.0 && branch->tap_ratio == 1.0 && branch->shift_rad == 0.0,
    };
    return twig;
}

/* Breadth first from the source; each bus but the source hangs on the branch by which it was
   reached. A second way to any bus makes the feeder meshed. */
static bool walk(struct arena *arena, const struct feeder *feeder, struct feeder_work *work) {
    int *start = NULL, *link = NULL, *by = ARENA_TAKE(arena, int, feeder->buses_count);
    if (!by || !link_branches(arena, feeder, &start, &link)) {
        return false;
    }
    int ends = 0;
    work->reach[feeder->source] = true;
    work->order[0] = feeder->source;
    work->reached = 1;
    by[feeder->source] = -1;
    for (int k = 0; k < work->reached; k++) {
        int bus = work->order[k];
        ends += start[bus + 1] - start[bus];
        work->radial =
            work->radial && (feeder->bus[bus].kind != FEEDER_HELD || bus == feeder->source);
        for (int n = start[bus]; n < start[bus + 1]; n++) {
            const struct feeder_branch *branch = &feeder->branch[link[n]];
            int other = branch->from == bus ? branch->to : branch->from;
            if (!work->reach[other]) {
                work->reach[other] = true;
                by[other] = link[n];
                work->order[work->reached++] = other;
            }
        }
    }
    work->radial = work->radial && ends == 2 * (work->reached - 1);
    for (int k = 1; k < work->reached; k++) {
        int bus = work->order[k];
        const struct feeder_branch *branch = &feeder->branch[by[bus]];
        work->twig[k - 1] = twig_of(branch, bus, branch->from == bus ? branch->to : branch->from);
    }
    return true;
}

struct feeder_work *feeder_work_new(struct arena *arena, const struct feeder *feeder) {
    struct feeder_work *work = ARENA_TAKE(arena, struct feeder_work, 1);
    if (!work) {
        return NULL;
    }
    int buses = feeder->buses_count;
    *work = (struct feeder_work){.arena = arena,
                                 .radial = true,
                                 .order = ARENA_TAKE(arena, int, buses),
                                 .reach = ARENA_TAKE(arena, bool, buses),
                                 .twig = ARENA_TAKE(arena, struct feeder_twig, buses),
                                 .v = ARENA_TAKE(arena, struct phasor, buses),
                                 .i = ARENA_TAKE(arena, struct phasor, buses),
                                 .s = ARENA_TAKE(arena, struct phasor, buses),
                                 .pi = ARENA_TAKE(arena, struct feeder_pi, feeder->branches_count)};
    if (arena_failed(arena) || !walk(arena, feeder, work)) {
        return NULL;
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        work->pi[k] = feeder_branch_pi(&feeder->branch[k]);
    }
    work->newton = feeder_newton_new(arena, feeder, work);
    return work->newton ? work : NULL;
}

bool feeder_work_radial(const struct feeder_work *work) { return work->radial; }
bool feeder_work_reaches(const struct feeder_work *work, int bus) { return work->reach[bus]; }

struct feeder_state *feeder_state_new(struct arena *arena, const struct feeder *feeder) {
    struct feeder_state *state = ARENA_TAKE(arena, struct feeder_state, 1);
    if (!state) {
        return NULL;
    }
    int buses = feeder->buses_count, branches = feeder->branches_count;
    *state = (struct feeder_state){.v_pu = ARENA_TAKE(arena, double, buses),
                                   .v_rad = ARENA_TAKE(arena, double, buses),
                                   .from_kw = ARENA_TAKE(arena, double, branches),
                                   .from_kvar = ARENA_TAKE(arena, double, branches),
                                   .to_kw = ARENA_TAKE(arena, double, branches),
                                   .to_kvar = ARENA_TAKE(arena, double, branches),
                                   .load_ratio = ARENA_TAKE(arena, double, branches),
                                   .made_kvar = ARENA_TAKE(arena, double, buses)};
    return arena_failed(arena) ? NULL : state;
}

/* ---- a state from its voltages ---------------------------------------------------------------- */
static void branch_flow(const struct feeder *feeder, const struct feeder_work *work, int k,
                        struct feeder_state *state) {
    const struct feeder_branch *branch = &feeder->branch[k];
    state->from_kw[k] = state->from_kvar[k] = state->to_kw[k] = state->to_kvar[k] = 0.0;
    state->load_ratio[k] = 0.0;
    if (!branch->closed || !work->reach[branch->from]) {
        return;
    }
    const struct feeder_pi *pi = &work->pi[k];
    struct phasor vf = work->v[branch->from], vt = work->v[branch->to];
    struct phasor in = phasor_add(phasor_mul(pi->ff, vf), phasor_mul(pi->ft, vt)),
                  out = phasor_add(phasor_mul(pi->tf, vf), phasor_mul(pi->tt, vt));
    struct phasor sf = phasor_mul(vf, phasor_conj(in)), st = phasor_mul(vt, phasor_conj(out));
    state->from_kw[k] = sf.x * feeder->base_kva;
    state->from_kvar[k] = sf.y * feeder->base_kva;
    state->to_kw[k] = st.x * feeder->base_kva;
    state->to_kvar[k] = st.y * feeder->base_kva;
    double current_pu = sqrt(fmax(phasor_size2(in), phasor_size2(out)));
    state->load_ratio[k] = current_pu * feeder->base_kva / branch->rating_kva;
    if (state->load_ratio[k] > state->loading_ratio) {
        state->loading_ratio = state->load_ratio[k];
        state->loaded_branch = k;
    }
}

/* What each bus gives to its branches and its shunt, against what it was asked to take. */
static void judge(const struct feeder *feeder, struct feeder_work *work,
                  struct feeder_state *state) {
    struct phasor *given = work->i; /* free once the voltages stand */
    for (int b = 0; b < feeder->buses_count; b++) {
        double square = phasor_size2(work->v[b]);
        given[b] =
            (struct phasor){feeder->bus[b].shunt_kw * square, -feeder->bus[b].shunt_kvar * square};
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        const struct feeder_branch *branch = &feeder->branch[k];
        given[branch->from].x += state->from_kw[k];
        given[branch->from].y += state->from_kvar[k];
        given[branch->to].x += state->to_kw[k];
        given[branch->to].y += state->to_kvar[k];
    }
    for (int k = 0; k < work->reached; k++) {
        int b = work->order[k];
        double p_kw = given[b].x + work->s[b].x * feeder->base_kva,
               q_kvar = given[b].y + work->s[b].y * feeder->base_kva;
        if (b == feeder->source) {
            state->source_kw = p_kw;
            state->source_kvar = q_kvar;
            continue;
        }
        state->mismatch_kw = fmax(state->mismatch_kw, fabs(p_kw));
        if (feeder->bus[b].kind == FEEDER_HELD) {
            state->made_kvar[b] = q_kvar + feeder->bus[b].made_kvar;
        } else {
            state->mismatch_kw = fmax(state->mismatch_kw, fabs(q_kvar));
        }
    }
}

static void fill_state(const struct feeder *feeder, struct feeder_work *work,
                       struct feeder_state *state) {
    state->mismatch_kw = state->loss_kw = state->loss_kvar = state->loading_ratio = 0.0;
    state->lowest_pu = (double)INFINITY;
    state->highest_pu = -(double)INFINITY;
    state->loaded_branch = -1;
    for (int b = 0; b < feeder->buses_count; b++) {
        state->v_pu[b] = work->reach[b] ? sqrt(phasor_size2(work->v[b])) : (double)NAN;
        state->v_rad[b] = work->reach[b] ? atan2(work->v[b].y, work->v[b].x) : (double)NAN;
        state->made_kvar[b] = feeder->bus[b].made_kvar;
        if (state->v_pu[b] < state->lowest_pu) {
            state->lowest_pu = state->v_pu[b];
            state->lowest_bus = b;
        }
        if (state->v_pu[b] > state->highest_pu) {
            state->highest_pu = state->v_pu[b];
            state->highest_bus = b;
        }
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        branch_flow(feeder, work, k, state);
        state->loss_kw += state->from_kw[k] + state->to_kw[k];
        state->loss_kvar += state->from_kvar[k] + state->to_kvar[k];
    }
    judge(feeder, work, state);
}

/* ---- the solve -------------------------------------------------------------------------------- */
static void set_loads(const struct feeder *feeder, struct feeder_work *work,
                      const struct feeder_ask *ask) {
    for (int b = 0; b < feeder->buses_count; b++) {
        const struct feeder_bus *bus = &feeder->bus[b];
        double extra = b == ask->extra_bus ? 1.0 : 0.0;
        work->s[b].x = (bus->load_kw * ask->load_ratio - bus->made_kw + extra * ask->extra_kw) /
                       feeder->base_kva;
        work->s[b].y =
            (bus->load_kvar * ask->load_ratio - bus->made_kvar + extra * ask->extra_kvar) /
            feeder->base_kva;
    }
}

/* Flat, but turned by the phase shifts on the way: from behind a 150 degree transformer Newton would
   find another, low state. */
static void start_flat(const struct feeder *feeder, struct feeder_work *work) {
    const struct feeder_bus *source = &feeder->bus[feeder->source];
    memset(work->v, 0, sizeof *work->v * (size_t)feeder->buses_count);
    work->v[feeder->source] = (struct phasor){source->set_pu * cos(source->set_rad),
                                              source->set_pu * sin(source->set_rad)};
    for (int k = 0; k < work->reached - 1; k++) {
        const struct feeder_twig *twig = &work->twig[k];
        struct phasor from = work->v[twig->parent],
                      turned = twig->tap_at_parent ? phasor_mul(from, phasor_conj(twig->tap))
                                                   : phasor_mul(from, twig->tap);
        const struct feeder_bus *bus = &feeder->bus[twig->bus];
        double v_pu = bus->kind == FEEDER_LOAD ? source->set_pu : bus->set_pu;
        work->v[twig->bus] = phasor_scale(turned, v_pu / sqrt(phasor_size2(turned)));
    }
}

/* A cut bus that takes or gives something has no state at all. */
static bool is_islanded(const struct feeder *feeder, const struct feeder_work *work) {
    if (work->reached == feeder->buses_count) {
        return false;
    }
    for (int b = 0; b < feeder->buses_count; b++) {
        if (!work->reach[b] && (work->s[b].x != 0.0 || work->s[b].y != 0.0)) {
            return true;
        }
    }
    return false;
}

int feeder_work_cut(const struct feeder *feeder, const struct feeder_work *work, int *ret_bus) {
    for (int b = feeder->buses_count - 1; b >= 0; b--) {
        if (!work->reach[b]) {
            *ret_bus = b;
        }
    }
    return feeder->buses_count - work->reached;
}

static bool is_sound(const struct feeder_work *work) {
    for (int k = 0; k < work->reached; k++) {
        double square = phasor_size2(work->v[work->order[k]]);
        if (!(square > LOWEST_PU * LOWEST_PU) || !(square < 100.0)) {
            return false;
        }
    }
    return true;
}

static void solve(const struct feeder *feeder, struct feeder_work *work, bool sweep, bool newton,
                  struct feeder_state *state) {
    state->outcome = FEEDER_DIVERGED;
    state->iterations_count = 0;
    if (is_islanded(feeder, work)) {
        state->outcome = FEEDER_ISLANDED;
        return;
    }
    state->method = FEEDER_SWEEP;
    start_flat(feeder, work);
    bool good = sweep && feeder_sweep_solve(feeder, work, SWEEPS_MAX, state) && is_sound(work);
    if (!good && newton) {
        state->method = FEEDER_NEWTON;
        state->iterations_count = 0;
        start_flat(feeder, work);
        good = feeder_newton_solve(feeder, work, NEWTON_MAX, state) && is_sound(work);
    }
    if (good) {
        state->outcome = FEEDER_SOLVED;
        fill_state(feeder, work, state);
    }
}

void feeder_solve(const struct feeder *feeder, struct feeder_work *work,
                  const struct feeder_ask *ask, struct feeder_state *state) {
    set_loads(feeder, work, ask);
    solve(feeder, work, work->radial, true, state);
}

void feeder_solve_by(const struct feeder *feeder, struct feeder_work *work,
                     const struct feeder_ask *ask, enum feeder_method method,
                     struct feeder_state *state) {
    set_loads(feeder, work, ask);
    solve(feeder, work, work->radial && method == FEEDER_SWEEP, method == FEEDER_NEWTON, state);
}

double feeder_nearest_ratio(const struct feeder *feeder, struct feeder_work *work,
                            const struct feeder_ask *ask, struct feeder_state *state) {
    double low = 0.0, high = 1.0;
    for (int k = 0; k < BISECTIONS; k++) {
        double middle = 0.5 * (low + high);
        struct feeder_ask part = {ask->load_ratio * middle, ask->extra_bus, ask->extra_kw * middle,
                                  ask->extra_kvar * middle};
        feeder_solve(feeder, work, &part, state);
        if (state->outcome == FEEDER_SOLVED) {
            low = middle;
        } else {
            high = middle;
        }
    }
    struct feeder_ask part = {ask->load_ratio * low, ask->extra_bus, ask->extra_kw * low,
                              ask->extra_kvar * low};
    feeder_solve(feeder, work, &part, state);
    return low;
}
