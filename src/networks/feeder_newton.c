/* Newton's power flow in polar coordinates for any feeder. Per bus two unknowns, angle and voltage,
   and two balances; the Jacobian has the pattern of the network, in blocks of two by two:

       dP/dangle_j =  Vi Vj (G sin - B cos)      dP/dV_j = Vi (G cos + B sin)
       dQ/dangle_j = -Vi Vj (G cos + B sin)      dQ/dV_j = Vi (G sin - B cos)

   Buses are eliminated by least degree, decided once; where each update falls is written down then,
   so that a factorisation is one run over a tape. A generator that holds a voltage gives its second
   balance for V = set, until its reactive power meets a limit; the source gives both.
   Tinney and Hart 1967, doi 10.1109/TPAS.1967.291823; degree: Tinney and Walker 1967. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "networks/feeder_work.h"

enum { SWITCHES_MAX = 20 };
#define MISMATCH_PU 1e-10
#define STEP_PU 0.2
#define STEP_RAD 0.5
#define LEAST_PU 1e-9 /* no state lies there; only nothing is divided by it */

struct block {
    double a[4]; /* row by row */
};

struct neighbour { /* an entry beside the diagonal of the admittance matrix */
    int bus, rank;
    int at; /* of its block in upper (its rank is higher) or lower */
    struct phasor y;
};

struct feeder_newton {
    int n;           /* buses with a way to the source */
    int *bus, *rank; /* by rank; by bus */
    int *start;      /* of each rank's neighbours */
    struct neighbour *neighbour;
    struct phasor *own;       /* diagonal of the admittance matrix, by rank */
    int *later_start, *later; /* ranks that are eliminated after, with fill */
    int *tape; /* for each rank and each pair of its later ones: where the update falls */
    struct block *upper, *lower, *diagonal; /* lower: of (later, rank) */
    double *balance_pu;                     /* 2 n: the mismatch, then the step */
    double *p_pu, *q_pu;                    /* computed, by rank */
    signed char *limited;                   /* by bus: 1 at most, -1 at least, 0 holds */
};

/* ---- the order, once -------------------------------------------------------------------------- */
struct growing { /* sorted numbers */
    int *at, count, room;
};

static bool insert(struct arena *arena, struct growing *list, int value) {
    int low = 0, high = list->count;
    while (low < high) {
        int middle = (low + high) / 2;
        if (list->at[middle] < value) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < list->count && list->at[low] == value) {
        return true;
    }
    if (list->count == list->room) {
        int room = list->room ? 2 * list->room : 6, *at = ARENA_TAKE(arena, int, room);
        if (!at) {
            return false;
        }
        memcpy(at, list->at ? list->at : at, sizeof(int) * (size_t)list->count);
        list->at = at;
        list->room = room;
    }
    memmove(list->at + low + 1, list->at + low, sizeof(int) * (size_t)(list->count - low));
    list->at[low] = value;
    list->count++;
    return true;
}

static void drop(struct growing *list, int value) {
    for (int k = 0; k < list->count; k++) {
        if (list->at[k] == value) {
            memmove(list->at + k, list->at + k + 1, sizeof(int) * (size_t)(list->count - k - 1));
            list->count--;
            return;
        }
    }
}

static int least_degree(const struct feeder_work *work, const struct growing *near,
                        const int *rank) {
    int best = -1;
    for (int k = 0; k < work->reached; k++) {
        int bus = work->order[k];
        if (rank[bus] < 0 && (best < 0 || near[bus].count < near[best].count)) {
            best = bus;
        }
    }
    return best;
}

/* Eliminates by least degree; near[bus] becomes the buses that are eliminated after it. */
static bool eliminate(struct arena *arena, const struct feeder_work *work, struct growing *near,
                      struct feeder_newton *newton) {
    for (int r = 0; r < newton->n; r++) {
        int bus = least_degree(work, near, newton->rank);
        newton->rank[bus] = r;
        newton->bus[r] = bus;
        for (int a = 0; a < near[bus].count; a++) {
            struct growing *mine = &near[near[bus].at[a]];
            drop(mine, bus);
            for (int b = 0; b < near[bus].count; b++) {
                if (b != a && !insert(arena, mine, near[bus].at[b])) {
                    return false;
                }
            }
        }
    }
    return true;
}

static int find_later(const struct feeder_newton *newton, int rank, int later) {
    for (int k = newton->later_start[rank]; k < newton->later_start[rank + 1]; k++) {
        if (newton->later[k] == later) {
            return k;
        }
    }
    return -1;
}

/* Ranks in place of buses, sorted, and the tape. */
static bool write_tape(struct arena *arena, const struct growing *near,
                       struct feeder_newton *newton) {
    long entries = 0, updates = 0;
    for (int r = 0; r < newton->n; r++) {
        long count = near[newton->bus[r]].count;
        entries += count;
        updates += count * count;
    }
    newton->later = ARENA_TAKE(arena, int, entries);
    newton->upper = ARENA_TAKE(arena, struct block, entries);
    newton->lower = ARENA_TAKE(arena, struct block, entries);
    newton->tape = ARENA_TAKE(arena, int, updates);
    if (arena_failed(arena)) {
        return false;
    }
    int at = 0;
    for (int r = 0; r < newton->n; r++) {
        const struct growing *list = &near[newton->bus[r]];
        newton->later_start[r] = at;
        for (int k = 0; k < list->count; k++) {
            int value = newton->rank[list->at[k]], to = at + k;
            for (; to > at && newton->later[to - 1] > value; to--) {
                newton->later[to] = newton->later[to - 1];
            }
            newton->later[to] = value;
        }
        at += list->count;
        newton->later_start[r + 1] = at;
    }
    int *tape = newton->tape;
    for (int r = 0; r < newton->n; r++) {
        for (int a = newton->later_start[r]; a < newton->later_start[r + 1]; a++) {
            for (int b = newton->later_start[r]; b < newton->later_start[r + 1]; b++) {
                int i = newton->later[a], j = newton->later[b];
                *tape++ = i == j ? i : i < j ? find_later(newton, i, j) : find_later(newton, j, i);
            }
        }
    }
    return true;
}

/* ---- the admittance matrix, once -------------------------------------------------------------- */
static void add_end(struct feeder_newton *newton, int from, int to, struct phasor own,
                    struct phasor mutual) {
    int r = newton->rank[from];
    newton->own[r] = phasor_add(newton->own[r], own);
    struct neighbour *list = newton->neighbour + newton->start[r];
    int k = 0;
    for (; list[k].bus >= 0 && list[k].bus != to; k++) {
    }
    if (list[k].bus < 0) {
        int other = newton->rank[to];
        list[k] = (struct neighbour){to,
                                     other,
                                     r < other ? find_later(newton, r, other)
                                               : find_later(newton, other, r),
                                     {0.0, 0.0}};
    }
    list[k].y = phasor_add(list[k].y, mutual);
}

static bool write_admittance(struct arena *arena, const struct feeder *feeder,
                             const struct feeder_work *work, struct feeder_newton *newton) {
    for (int k = 0; k < feeder->branches_count; k++) {
        const struct feeder_branch *branch = &feeder->branch[k];
        if (branch->closed && work->reach[branch->from]) {
            newton->start[newton->rank[branch->from] + 1]++;
            newton->start[newton->rank[branch->to] + 1]++;
        }
    }
    for (int r = 0; r < newton->n; r++) {
        newton->start[r + 1] += newton->start[r] + 1; /* one more ends the list */
    }
    int all = newton->start[newton->n];
    newton->neighbour = ARENA_TAKE(arena, struct neighbour, all);
    if (!newton->neighbour) {
        return false;
    }
    for (int k = 0; k < all; k++) {
        newton->neighbour[k].bus = -1;
    }
    for (int r = 0; r < newton->n; r++) {
        const struct feeder_bus *bus = &feeder->bus[newton->bus[r]];
        newton->own[r] =
            (struct phasor){bus->shunt_kw / feeder->base_kva, bus->shunt_kvar / feeder->base_kva};
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        const struct feeder_branch *branch = &feeder->branch[k];
        if (branch->closed && work->reach[branch->from]) {
            add_end(newton, branch->from, branch->to, work->pi[k].ff, work->pi[k].ft);
            add_end(newton, branch->to, branch->from, work->pi[k].tt, work->pi[k].tf);
        }
    }
    return true;
}

struct feeder_newton *feeder_newton_new(struct arena *arena, const struct feeder *feeder,
                                        const struct feeder_work *work) {
    struct feeder_newton *newton = ARENA_TAKE(arena, struct feeder_newton, 1);
    struct growing *near = ARENA_TAKE(arena, struct growing, feeder->buses_count);
    int n = work->reached;
    if (!newton || !near) {
        return NULL;
    }
    *newton =
        (struct feeder_newton){.n = n,
                               .bus = ARENA_TAKE(arena, int, n),
                               .rank = ARENA_TAKE(arena, int, feeder->buses_count),
                               .start = ARENA_TAKE(arena, int, n + 1),
                               .own = ARENA_TAKE(arena, struct phasor, n),
                               .later_start = ARENA_TAKE(arena, int, n + 1),
                               .diagonal = ARENA_TAKE(arena, struct block, n),
                               .balance_pu = ARENA_TAKE(arena, double, 2L * n),
                               .p_pu = ARENA_TAKE(arena, double, n),
                               .q_pu = ARENA_TAKE(arena, double, n),
                               .limited = ARENA_TAKE(arena, signed char, feeder->buses_count)};
    if (arena_failed(arena)) {
        return NULL;
    }
    for (int b = 0; b < feeder->buses_count; b++) {
        newton->rank[b] = -1;
    }
    for (int k = 0; k < feeder->branches_count; k++) {
        const struct feeder_branch *branch = &feeder->branch[k];
        if (branch->closed && work->reach[branch->from] &&
            (!insert(arena, &near[branch->from], branch->to) ||
             !insert(arena, &near[branch->to], branch->from))) {
            return NULL;
        }
    }
    bool good = eliminate(arena, work, near, newton) && write_tape(arena, near, newton) &&
                write_admittance(arena, feeder, work, newton);
    return good ? newton : NULL;
}

/* ---- one iteration ---------------------------------------------------------------------------- */
static bool holds(const struct feeder *feeder, const struct feeder_newton *newton, int bus) {
    return feeder->bus[bus].kind == FEEDER_HELD && newton->limited[bus] == 0;
}

/* What a bus may take of reactive power: a generator at its limit is a load. */
static double asked_kvar_pu(const struct feeder *feeder, const struct feeder_work *work, int b) {
    const struct feeder_bus *bus = &feeder->bus[b];
    signed char limited = work->newton->limited[b];
    double most = limited > 0 ? bus->most_kvar : bus->least_kvar;
    return work->s[b].y - (limited ? (most - bus->made_kvar) / feeder->base_kva : 0.0);
}

/* Powers into the network from the voltages; the mismatch goes to balance_pu. Returns the largest. */
static double mismatch_pu(const struct feeder *feeder, const struct feeder_work *work) {
    struct feeder_newton *newton = work->newton;
    double largest = 0.0;
    for (int r = 0; r < newton->n; r++) {
        int b = newton->bus[r];
        struct phasor i = phasor_mul(newton->own[r], work->v[b]);
        for (const struct neighbour *at = newton->neighbour + newton->start[r]; at->bus >= 0;
             at++) {
            i = phasor_add(i, phasor_mul(at->y, work->v[at->bus]));
        }
        struct phasor s = phasor_mul(work->v[b], phasor_conj(i));
        newton->p_pu[r] = s.x;
        newton->q_pu[r] = s.y;
        double *right = newton->balance_pu + 2 * (size_t)r;
        bool source = b == feeder->source;
        right[0] = source ? 0.0 : -work->s[b].x - s.x;
        right[1] = source || holds(feeder, newton, b) ? 0.0 : -asked_kvar_pu(feeder, work, b) - s.y;
        largest = fmax(largest, fmax(fabs(right[0]), fabs(right[1])));
        if (!isfinite(s.x) || !isfinite(s.y)) {
            return (double)INFINITY;
        }
    }
    return largest;
}

static void fill_jacobian(const struct feeder *feeder, const struct feeder_work *work) {
    struct feeder_newton *newton = work->newton;
    size_t entries = (size_t)newton->later_start[newton->n];
    memset(newton->upper, 0, entries * sizeof(struct block));
    memset(newton->lower, 0, entries * sizeof(struct block));
    for (int r = 0; r < newton->n; r++) {
        int b = newton->bus[r];
        struct phasor vi = work->v[b];
        double square = phasor_size2(vi), v = fmax(sqrt(square), LEAST_PU);
        bool source = b == feeder->source, held = source || holds(feeder, newton, b);
        struct phasor y = newton->own[r];
        double p = newton->p_pu[r], q = newton->q_pu[r];
        newton->diagonal[r] =
            source ? (struct block){{1.0, 0.0, 0.0, 1.0}}
                   : (struct block){{-q - y.y * square, p / v + y.x * v,
                                     held ? 0.0 : p - y.x * square, held ? 1.0 : q / v - y.y * v}};
        if (source) {
            continue;
        }
        for (const struct neighbour *at = newton->neighbour + newton->start[r]; at->bus >= 0;
             at++) {
            struct phasor vj = work->v[at->bus];
            double both_cos = vi.x * vj.x + vi.y * vj.y, both_sin = vi.y * vj.x - vi.x * vj.y;
            double real = at->y.x * both_cos + at->y.y * both_sin,
                   imaginary = at->y.x * both_sin - at->y.y * both_cos,
                   vj_pu = fmax(sqrt(phasor_size2(vj)), LEAST_PU);
            struct block block = {
                {imaginary, real / vj_pu, held ? 0.0 : -real, held ? 0.0 : imaginary / vj_pu}};
            if (at->rank > r) {
                newton->upper[at->at] = block;
            } else {
                newton->lower[at->at] = block;
            }
        }
    }
}

static struct block times(const struct block *a, const struct block *b) {
    return (struct block){
        {a->a[0] * b->a[0] + a->a[1] * b->a[2], a->a[0] * b->a[1] + a->a[1] * b->a[3],
         a->a[2] * b->a[0] + a->a[3] * b->a[2], a->a[2] * b->a[1] + a->a[3] * b->a[3]}};
}

static bool inverse(struct block *block) {
    double *a = block->a, determinant = a[0] * a[3] - a[1] * a[2];
    if (!(fabs(determinant) > 1e-14 * (fabs(a[0] * a[3]) + fabs(a[1] * a[2])))) {
        return false;
    }
    *block = (struct block){
        {a[3] / determinant, -a[1] / determinant, -a[2] / determinant, a[0] / determinant}};
    return true;
}

/* Diagonal blocks become their inverses, lower ones are multiplied by them. */
static bool factorise(struct feeder_newton *newton) {
    const int *tape = newton->tape;
    for (int r = 0; r < newton->n; r++) {
        if (!inverse(&newton->diagonal[r])) {
            return false;
        }
        int from = newton->later_start[r], to = newton->later_start[r + 1];
        for (int a = from; a < to; a++) {
            newton->lower[a] = times(&newton->lower[a], &newton->diagonal[r]);
            for (int b = from; b < to; b++, tape++) {
                struct block less = times(&newton->lower[a], &newton->upper[b]);
                double *into = newton->later[a] == newton->later[b]  ? newton->diagonal[*tape].a
                               : newton->later[a] < newton->later[b] ? newton->upper[*tape].a
                                                                     : newton->lower[*tape].a;
                for (int k = 0; k < 4; k++) {
                    into[k] -= less.a[k];
                }
            }
        }
    }
    return true;
}

static void solve_factors(struct feeder_newton *newton) {
    for (int r = 0; r < newton->n; r++) {
        const double *y = newton->balance_pu + 2 * (size_t)r;
        for (int k = newton->later_start[r]; k < newton->later_start[r + 1]; k++) {
            double *into = newton->balance_pu + 2 * (size_t)newton->later[k];
            const double *l = newton->lower[k].a;
            into[0] -= l[0] * y[0] + l[1] * y[1];
            into[1] -= l[2] * y[0] + l[3] * y[1];
        }
    }
    for (int r = newton->n - 1; r >= 0; r--) {
        double *x = newton->balance_pu + 2 * (size_t)r, y[2] = {x[0], x[1]};
        for (int k = newton->later_start[r]; k < newton->later_start[r + 1]; k++) {
            const double *later = newton->balance_pu + 2 * (size_t)newton->later[k],
                         *u = newton->upper[k].a;
            y[0] -= u[0] * later[0] + u[1] * later[1];
            y[1] -= u[2] * later[0] + u[3] * later[1];
        }
        const double *d = newton->diagonal[r].a;
        x[0] = d[0] * y[0] + d[1] * y[1];
        x[1] = d[2] * y[0] + d[3] * y[1];
    }
}

/* The step, shortened when it is longer than a linear model can be trusted. */
static void move(struct feeder_work *work) {
    struct feeder_newton *newton = work->newton;
    double shorten = 1.0;
    for (int r = 0; r < newton->n; r++) {
        const double *x = newton->balance_pu + 2 * (size_t)r;
        shorten = fmin(shorten, STEP_RAD / fmax(fabs(x[0]), STEP_RAD));
        shorten = fmin(shorten, STEP_PU / fmax(fabs(x[1]), STEP_PU));
    }
    for (int r = 0; r < newton->n; r++) {
        const double *x = newton->balance_pu + 2 * (size_t)r;
        struct phasor *v = &work->v[newton->bus[r]];
        double v_pu = sqrt(phasor_size2(*v));
        struct phasor turn = {cos(shorten * x[0]), sin(shorten * x[0])};
        *v = phasor_scale(phasor_mul(*v, turn), (v_pu + shorten * x[1]) / v_pu);
    }
}

static bool iterate(const struct feeder *feeder, struct feeder_work *work, int most_iterations,
                    struct feeder_state *state) {
    double before = (double)INFINITY;
    for (int n = 0; n <= most_iterations; n++) {
        double now = mismatch_pu(feeder, work);
        /* at the bottom rounding decides: what no longer falls below 1e-8 has arrived */
        if (now < MISMATCH_PU || (now < 1e-8 && now > 0.5 * before)) {
            return true;
        }
        if (!isfinite(now)) {
            return false;
        }
        before = now;
        fill_jacobian(feeder, work);
        if (!factorise(work->newton)) {
            return false;
        }
        solve_factors(work->newton);
        move(work);
        state->iterations_count++;
    }
    return false;
}

/* Generators beyond their reactive limits stop holding, those that could again do; true when any
   changed. */
static bool switch_limits(const struct feeder *feeder, struct feeder_work *work) {
    struct feeder_newton *newton = work->newton;
    bool changed = false;
    for (int r = 0; r < newton->n; r++) {
        int b = newton->bus[r];
        const struct feeder_bus *bus = &feeder->bus[b];
        if (bus->kind != FEEDER_HELD) {
            continue;
        }
        double made = (newton->q_pu[r] + work->s[b].y) * feeder->base_kva + bus->made_kvar,
               v_pu = sqrt(phasor_size2(work->v[b])), dust = 1e-6 * feeder->base_kva;
        signed char now = newton->limited[b];
        if (now == 0) {
            now = made > bus->most_kvar + dust ? 1 : made < bus->least_kvar - dust ? -1 : 0;
        } else if ((now > 0 && v_pu > bus->set_pu) || (now < 0 && v_pu < bus->set_pu)) {
            now = 0;
            work->v[b] = phasor_scale(work->v[b], bus->set_pu / v_pu);
        }
        changed = changed || now != newton->limited[b];
        newton->limited[b] = now;
    }
    return changed;
}

bool feeder_newton_solve(const struct feeder *feeder, struct feeder_work *work, int most_iterations,
                         struct feeder_state *state) {
    memset(work->newton->limited, 0, (size_t)feeder->buses_count);
    for (int k = 0; k < SWITCHES_MAX; k++) {
        if (!iterate(feeder, work, most_iterations, state)) {
            return false;
        }
        if (!switch_limits(feeder, work)) {
            return true;
        }
    }
    return false; /* limits that chase each other have no state here */
}
