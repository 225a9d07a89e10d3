/* The search of one price. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/reach.h"

#include <math.h>

#include "plan/chord.h"
#include "plan/held_internal.h"

static const double close_ratio = 1e-6;      /* of the scale: bound and plan are as good as one */
static const double long_close_ratio = 1e-4; /* the same of a horizon of more than a month */
static const int month_steps = 744 + 48;     /* with its design days */
static const double away_ratio = 1e-4;       /* of a plant: the same of a direction */
static const double room_ratio = 1e-9;       /* of the budget: nothing to spend */
static const double gain_ratio = 0.25;       /* of the gap: a step that leaves more gained little */
static const double edges_ratio = 6.0;       /* an exponent: see between_money() */
static const double steepest_ratio = 16.0;   /* from one first price to the next */
static const double little_ratio = 0.05;     /* of the gap: a plan that moved less hardly moved */
static const double hardly_ratio = 1.05;     /* of a price: so little more is no step */
static const double cap_ratio = 0.1;         /* of what is not known: so far beyond the bound */
static const double shorter_ratio = 0.5;     /* of a price at which the solver stalled */
static const double below_ray_ratio = 0.9;   /* of the price from which on there is no end */
static const double first_ratio = 6.0;       /* see first_price_money() */
static const double beside_ratio = 0.3;      /* of the nearer end's distance: see between_money() */
static const double near_ratio = 0.02;       /* of the scale: nearly as far */
static const double nothing_ratio = 1e-9;    /* of a price: a ray that costs less is free */
enum { SOLVES_MOST = 40, STALLS_MOST = 3, HALVINGS = 60 };

/* A plan at a price, u counted so that more is further. */
struct end {
    bool known;
    double price_money, money, u_value;
    struct held_point point;
    struct arena *arena; /* of the point; NULL: the caller's */
};

struct search {
    const struct held *held;
    struct held_question question;
    double sign, scale_value, close_value, budget_money, room_money;
    struct end in, out;                /* within the budget, beyond it */
    double bound_value, natural_value; /* of u: proven; by the bounds of columns alone */
    bool free;                         /* without end, at no cost */
    bool has_column;                   /* of its aim: to be held below what nothing exceeds */
    double *cap_value;                 /* of the most investment, instead: by measure */
    bool chord_next, moves_little;
    double stalled_money; /* a price without an answer */
    int stuck_in_a_row;   /* steps that moved nothing */
    struct reach *found;
};

/* How far from the one end to the other the budget is spent. */
static double part_frac(const struct search *s) {
    return s->out.known ? (s->budget_money - s->in.money) / (s->out.money - s->in.money) : 0.0;
}

static double reached_value(const struct search *s) {
    double part = part_frac(s);
    return !s->in.known
               ? -HUGE_VAL
               : s->in.u_value + (part > 0.0 ? part * (s->out.u_value - s->in.u_value) : 0.0);
}

static double gap_value(const struct search *s) { return s->bound_value - reached_value(s); }

static bool is_close(const struct search *s) {
    return s->in.known && gap_value(s) <= s->close_value;
}

static void take_end(struct end *end, double price_money, double u_value,
                     const struct held_point *point, struct arena *arena) {
    arena_free(end->arena);
    *end = (struct end){true, price_money, point->money, u_value, *point, arena};
}

/* What the optimum at a price, or with so much of the aim (price 0), says. */
static void take_point(struct search *s, double price_money, const struct held_point *point,
                       struct arena *arena) {
    double u_value = s->sign * point->value;
    bool within = point->money <= s->budget_money;
    struct end *end = within ? &s->in : &s->out;
    double nearer_money =
        within ? fmax(end->price_money, price_money) : fmin(end->price_money, price_money);
    if (!end->known || (within ? u_value >= end->u_value : u_value <= end->u_value)) {
        take_end(end, price_money, u_value, point, arena);
    } else { /* the same corner but for rounding: it is one of both prices */
        end->price_money = nearer_money;
        arena_free(arena);
    }
}

/* One solve, begun at the nearest point known. *ret_arena: the point's, where it is proven; else NULL. */
static enum status solve(struct search *s, double price_money, struct held_point *ret,
                         struct arena **ret_arena) {
    struct arena *arena = arena_new(0);
    TRY(arena ? STATUS_OK : STATUS_NO_MEMORY);
    s->found->solves_count++;
    s->question.aim_price_money = price_money;
    const struct held_point *warm = s->out.known ? &s->out.point : &s->in.point;
    enum status status =
        held_point(s->held, &s->question, s->in.known || s->out.known ? warm : NULL, arena, ret);
    *ret_arena = ret->proven ? arena : NULL;
    if (status != STATUS_OK || !ret->proven) {
        arena_free(arena);
    }
    return status;
}

static enum status solve_at(struct search *s, double price_money, struct held_point *ret) {
    struct arena *arena = NULL;
    double beyond = HUGE_VAL;
    if (isfinite(s->bound_value)) {
        beyond =
            s->bound_value + cap_ratio * fmax(fmin(gap_value(s), s->scale_value), s->close_value);
    }
    if (s->has_column) {
        s->question.aim_high_value = s->sign > 0.0 ? beyond : HUGE_VAL;
        s->question.aim_low_value = s->sign > 0.0 ? -HUGE_VAL : -beyond;
    } else if (s->cap_value) {
        held_cap_investment(s->held, beyond, s->cap_value);
    }
    s->question.no_reason = isfinite(s->bound_value);
    TRY(solve(s, price_money, ret, &arena));
    s->question.no_reason = false;
    if (ret->proven) {
        if (price_money > 0.0) {
            s->bound_value = fmin(s->bound_value,
                                  (s->budget_money - ret->certificate.bound_ratio) / price_money);
        }
        take_point(s, price_money, ret, arena);
    }
    return STATUS_OK;
}

/* Least cost with so much of the aim: more than the budget, or no plan at all, and nothing within it has as much. */
static enum status solve_with(struct search *s, double u_value) {
    struct arena *arena = NULL;
    struct held_point point;
    s->question.aim_low_value = s->sign > 0.0 ? u_value : -HUGE_VAL;
    s->question.aim_high_value = s->sign > 0.0 ? HUGE_VAL : -u_value;
    TRY(solve(s, 0.0, &point, &arena));
    s->question.aim_low_value = -HUGE_VAL;
    s->question.aim_high_value = HUGE_VAL;
    bool none = point.outcome == OUTCOME_INFEASIBLE;
    if (none || (point.proven && point.certificate.bound_ratio > s->budget_money)) {
        s->bound_value = fmin(s->bound_value, u_value);
    }
    if (point.proven) {
        bool within = point.money <= s->budget_money;
        take_point(s,
                   within         ? s->in.price_money
                   : s->out.known ? s->out.price_money
                                  : HUGE_VAL,
                   &point, arena);
    } else {
        s->found->stalls_count += !none;
    }
    return STATUS_OK;
}

/* ---- the next price ---- */

/* Beyond the budget nothing is known yet. Cost beyond the least is thought to rise with the square of the price; where dearer
   twice moved nothing, the price is that at which nothing is left to move. */
static double further_money(const struct search *s) {
    double spent_money = s->in.money - (s->budget_money - s->room_money);
    double ratio = spent_money > 0.0 ? 1.5 * sqrt(s->room_money / spent_money) : steepest_ratio;
    ratio = s->moves_little ? steepest_ratio : fmin(fmax(ratio, 2.0), steepest_ratio);
    double price_money = ratio * s->in.price_money;
    if (s->stuck_in_a_row > 1) {
        price_money = fmax(price_money, 2.0 * s->room_money / s->close_value);
    }
    return fmin(price_money, sqrt(s->in.price_money * s->stalled_money));
}

/* The slope of the curve where it spends the budget, were it from end to end  slope(t) = a + (b - a) t^k  with both ends'
   slopes and, by k, both ends' cost; a little to the other side of the nearer end, so that both come near. With a k far from
   one the curve is hardly more than two edges: then the chord's. */
static double between_money(const struct search *s) {
    const struct end *in = &s->in, *out = &s->out;
    double chord_money = chord_price_money(in->u_value, in->money, out->u_value, out->money);
    double a = in->price_money, b = out->price_money;
    double k = (b - a) / (chord_money - a) - 1.0, from = 0.0, to = 1.0;
    if (s->chord_next || !(k < edges_ratio) || !(k > 1.0 / edges_ratio)) {
        return chord_money;
    }
    double span = out->u_value - in->u_value;
    double over_money = out->money - s->budget_money, left_money = s->budget_money - in->money;
    double aim_money =
        s->budget_money + beside_ratio * (over_money < left_money ? -over_money : left_money);
    for (int n = 0; n < HALVINGS; n++) {
        double t = 0.5 * (from + to);
        double money = in->money + span * (a * t + (b - a) * pow(t, k + 1.0) / (k + 1.0));
        *(money < aim_money ? &from : &to) = t;
    }
    return a + (b - a) * pow(0.5 * (from + to), k);
}

static double next_price_money(const struct search *s) {
    return s->out.known ? between_money(s) : further_money(s);
}

/* ---- all of it ---- */

/* Where a price has no answer: either it has no end, or the solver went nowhere. Then it is asked with so much of the aim. */
static enum status step_aside(struct search *s, const struct held_point *point, double *price_money,
                              bool *ret_done) {
    bool unbounded = point->outcome == OUTCOME_UNBOUNDED;
    s->free = unbounded && point->ray_money <= nothing_ratio * *price_money;
    *ret_done = s->free || point->outcome == OUTCOME_INFEASIBLE ||
                point->outcome == OUTCOME_LIMIT || s->found->stalls_count >= STALLS_MOST;
    if (*ret_done) {
        return STATUS_OK;
    }
    s->has_column = s->has_column || (isfinite(s->bound_value) && !s->cap_value);
    if (unbounded && !isfinite(s->bound_value)) {
        *price_money = below_ray_ratio * point->ray_money;
        return STATUS_OK;
    }
    s->found->stalls_count += !unbounded;
    s->stalled_money = fmin(s->stalled_money, *price_money);
    if (!s->in.known || !isfinite(s->bound_value)) {
        *price_money *= shorter_ratio;
        return STATUS_OK;
    }
    double known = reached_value(s);
    TRY(solve_with(s, s->stuck_in_a_row > 0 ? known + 0.5 * s->close_value
                                            : 0.5 * (known + s->bound_value)));
    *price_money = next_price_money(s);
    return STATUS_OK;
}

/* One price; then *price_money is the next. */
static enum status step(struct search *s, double *price_money, bool *ret_done) {
    struct end before = s->in;
    bool out_known = s->out.known;
    double gap_before = gap_value(s);
    struct held_point point;
    *ret_done = false;
    TRY(solve_at(s, *price_money, &point));
    if (!point.proven) {
        return step_aside(s, &point, price_money, ret_done);
    }
    bool gains_little = !s->chord_next && gap_value(s) > gain_ratio * gap_before;
    s->chord_next = s->out.known && (!out_known || gains_little);
    double moved = s->in.u_value - before.u_value;
    s->stuck_in_a_row = before.known && moved <= s->close_value ? s->stuck_in_a_row + 1 : 0;
    s->moves_little = before.known && moved <= little_ratio * gap_value(s);
    *price_money = next_price_money(s);
    /* what is found where plant is used in full is proven no furthest: enough that more moves nothing */
    bool enough = s->question.in_full && s->stuck_in_a_row > 1;
    *ret_done = !s->out.known && s->in.known &&
                (enough || *price_money <= hardly_ratio * s->in.price_money);
    return STATUS_OK;
}

static enum status search(struct search *s, double price_money) {
    bool done = false;
    while (!done && !is_close(s) && s->found->solves_count < SOLVES_MOST) {
        TRY(step(s, &price_money, &done));
    }
    return STATUS_OK;
}

static enum status tell(struct search *s, struct arena *arena) {
    struct reach *found = s->found;
    double part = part_frac(s);
    TRY(held_mix(s->held, &s->in.point, part > 0.0 ? &s->out.point : NULL, part, arena,
                 &found->answer));
    found->outcome = OUTCOME_OPTIMAL;
    found->value = s->sign * reached_value(s) + 0.0; /* no -0 */
    found->bound_value = s->sign * s->bound_value + 0.0;
    found->price_money =
        s->out.known ? chord_price_money(s->in.u_value, s->in.money, s->out.u_value, s->out.money)
                     : s->in.price_money;
    found->natural_value = s->sign * s->natural_value;
    found->close_value = s->close_value;
    found->scale_value = s->scale_value;
    found->within_value = s->sign * s->in.u_value;
    found->within_price_money = s->in.price_money;
    return STATUS_OK;
}

/* A capacity is bought to stand idle from the price on that it costs, any amount of it; investment from its cheapest. */
static double idle_price_money(const struct search *s) {
    const struct held_question *q = &s->question;
    const struct programme_design *designs = s->held->programme->designs;
    double price_money = HUGE_VAL;
    if (s->cap_value) {
        for (int m = 1; m < s->held->measures_count; m++) {
            double money = held_investment_money(s->held, m);
            double unit_money = money > 0.0 ? designs[s->held->measures[m].column].cost : 0.0;
            price_money = unit_money > 0.0 ? fmin(price_money, unit_money / money) : price_money;
        }
    } else if (q->aim > HELD_COST && q->most && !q->in_full &&
               s->held->measures[q->aim].kind == MEASURE_CAPACITY) {
        double unit_money = designs[s->held->measures[q->aim].column].cost;
        price_money = unit_money > 0.0 ? unit_money : price_money;
    }
    return price_money;
}

/* Some times what the room is worth on the measure's scale. */
static double first_price_money(const struct search *s) {
    return fmin(first_ratio * s->room_money / s->scale_value,
                below_ray_ratio * idle_price_money(s));
}

/* Until a plan within the budget is known. */
static enum status begin(struct search *s, const struct held_point *cheapest, double *price_money) {
    bool done = false;
    if (cheapest) {
        double u_value = s->sign * held_point_value(s->held, &s->question, cheapest);
        s->in = (struct end){true, 0.0, cheapest->money, u_value, *cheapest, NULL};
        return STATUS_OK;
    }
    TRY(step(s, price_money, &done));
    if (!s->in.known && !done) {
        *price_money = 0.0;
        TRY(step(s, price_money, &done));
    }
    return STATUS_OK;
}

/* Has the question's programme a column that is the aim? Of figures that add up steps a row more is spared. */
static bool has_column(const struct held *held, int aim) {
    return aim == HELD_DIRECTION || held->measures[aim].kind == MEASURE_CAPACITY ||
           held->measures[aim].index == FIGURE_PEAK;
}

static enum status set_up(struct search *s, const struct held_answer *least, struct arena *arena) {
    int aim = s->question.aim;
    bool direction = aim == HELD_DIRECTION;
    s->sign = s->question.most ? 1.0 : -1.0;
    s->budget_money = s->question.budget_money;
    s->room_money = s->budget_money - least->value[HELD_COST];
    s->question.budget_money = HUGE_VAL;
    s->scale_value = direction ? 1.0 : held_scale_value(s->held, aim, least->value);
    bool is_long = s->held->work->hours->count > month_steps;
    s->close_value =
        direction ? away_ratio : (is_long ? long_close_ratio : close_ratio) * s->scale_value;
    s->natural_value =
        direction ? HUGE_VAL : s->sign * held_natural_value(s->held, aim, s->question.most);
    s->bound_value = s->natural_value;
    s->stalled_money = HUGE_VAL;
    s->has_column = has_column(s->held, aim);
    if (!s->has_column && s->question.most && s->held->measures[aim].index == FIGURE_INVESTMENT) {
        s->cap_value = ARENA_TAKE(arena, double, s->held->measures_count);
        s->question.cap_value = s->cap_value;
        TRY(s->cap_value ? STATUS_OK : STATUS_NO_MEMORY);
    }
    return STATUS_OK;
}

static enum status answer(struct search *s, const struct held_point *cheapest,
                          struct arena *arena) {
    double price_money = first_price_money(s);
    TRY(begin(s, cheapest, &price_money));
    if (!s->in.known) {
        s->found->outcome = s->out.known ? OUTCOME_INFEASIBLE : OUTCOME_STALLED;
        return STATUS_OK;
    }
    if (s->room_money > room_ratio * fabs(s->budget_money)) {
        TRY(search(s, price_money));
    }
    s->found->outcome = OUTCOME_UNBOUNDED;
    return s->free ? STATUS_OK : tell(s, arena);
}

enum status reach_ask(const struct held *held, const struct held_question *question,
                      const struct held_point *cheapest, const struct held_answer *least,
                      struct arena *arena, struct reach *ret) {
    struct search s = {.held = held, .question = *question, .found = ret};
    *ret = (struct reach){.outcome = OUTCOME_STALLED, .bound_value = (double)NAN};
    TRY(set_up(&s, least, arena));
    enum status status = answer(&s, cheapest, arena);
    arena_free(s.in.arena);
    arena_free(s.out.arena);
    return status;
}

struct held_question reach_near(const struct held_question *question, const struct reach *reach) {
    struct held_question near = *question;
    near.budget_money = HUGE_VAL;
    near.aim_price_money = reach->within_price_money;
    return near;
}

struct held_question reach_whole(const struct held *held, const struct held_question *question,
                                 const struct reach *reach) {
    struct held_question whole = *question;
    bool figure = question->aim > HELD_COST && held->measures[question->aim].kind == MEASURE_FIGURE;
    bool at_natural = fabs(reach->value - reach->natural_value) <= reach->close_value;
    if (figure && fabs(reach->value - reach->within_value) <= near_ratio * reach->scale_value) {
        return reach_near(question, reach);
    }
    whole.budget_money = HUGE_VAL;
    whole.aim_price_money = 0.0;
    if (question->most) {
        whole.aim_low_value = at_natural ? reach->natural_value : reach->value - reach->close_value;
    } else {
        whole.aim_high_value =
            at_natural ? reach->natural_value : reach->value + reach->close_value;
    }
    return whole;
}
