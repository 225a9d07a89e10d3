/* A store: level from step to step, charge and discharge, each within its capacity. On design days it rests. The level
   is cyclic over the horizon, or begins at start_frac of the capacity: then nothing is kept of the horizon's end, and
   what the store holds at the begin stands with its capacity; it ends at end_frac or above. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "plan/assembly.h"

double plan_store_begin_kwh(const struct case_work *work, int i, int t) {
    const struct flow *flow = &work->result->flow[i];
    if (t == 0 && !isnan(flow->coefficients->start_frac)) {
        return flow->coefficients->start_frac * flow->capacity;
    }
    return flow->level_kwh[plan_step_before(work, i, t)];
}

static struct numbers store_power_upper(struct assembly *a, const struct capacity *power) {
    struct case_work *work = a->work;
    double *upper = ARENA_TAKE(a->arena, double, work->hours->count);
    if (!upper) {
        return a->infinity;
    }
    for (int t = 0; t < work->design_days_from; t++) {
        upper[t] = power && !power->chosen && isfinite(power->fixed) ? power->fixed : HUGE_VAL;
    }
    return numbers_by_step(upper);
}

/* factor * energy capacity - column >= 0 on the horizon's steps: a power or level limit of a
   store. The factor of the last step may be one of its own. */
static void store_limit_row(struct assembly *a, int i, const char *part, enum programme_where where,
                            int index, int design, double fixed, double share_ratio,
                            double last_ratio, bool upper) {
    struct case_work *work = a->work;
    if (!isfinite(share_ratio) || (!upper && share_ratio <= 0.0 && last_ratio <= 0.0)) {
        return;
    }
    int count = work->hours->count;
    double *lower = ARENA_TAKE(a->arena, double, count),
           *high = ARENA_TAKE(a->arena, double, count),
           *share = ARENA_TAKE(a->arena, double, count);
    if (!lower || !high || !share) {
        return;
    }
    for (int t = 0; t < count; t++) {
        share[t] = t == work->design_days_from - 1 ? last_ratio : share_ratio;
        double limit = design < 0 ? share[t] * fixed : 0.0;
        share[t] = -share[t];
        bool rests = plan_is_design_step(work, t);
        lower[t] = upper || rests ? -HUGE_VAL : limit;
        high[t] = !upper || rests ? HUGE_VAL : limit;
    }
    struct programme_row row = {assembly_name(a, i, part), numbers_by_step(lower),
                                numbers_by_step(high), 0, false};
    int r = programme_add_row(a->builder, a->work->block, row);
    programme_add_entry(a->builder, a->work->block, r, where, index,
                        programme_constant(a->builder, 1.0));
    if (design >= 0) {
        programme_add_entry(a->builder, a->work->block, r, IN_DESIGN, design,
                            numbers_by_step(share));
    }
}

static void store_balance(struct assembly *a, int i, double fixed) {
    struct case_work *work = a->work;
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    int count = work->hours->count;
    double step_h = work->hours->step_h;
    double *kept = ARENA_TAKE(a->arena, double, count), *in = ARENA_TAKE(a->arena, double, count);
    double *out = ARENA_TAKE(a->arena, double, count),
           *standing = ARENA_TAKE(a->arena, double, count);
    double *level = ARENA_TAKE(a->arena, double, count);
    if (!kept || !in || !out || !standing || !level) {
        return;
    }
    for (int t = 0; t < count;
         t++) { /* end - kept * begin - in + out (+ standing * capacity) = 0 */
        bool rests = plan_is_design_step(work, t), starts = t == 0 && !isnan(c->start_frac);
        kept[t] = rests || starts ? 0.0 : -c->kept_frac[t];
        in[t] = -c->charge_eff[t] * step_h;
        out[t] = step_h / c->discharge_eff[t];
        standing[t] = rests ? 0.0 : c->standing_kw_kwh[t] * step_h;
        standing[t] -= starts ? c->kept_frac[t] * c->start_frac : 0.0;
        level[t] = layout->design < 0 ? -standing[t] * fixed : 0.0;
    }
    struct programme_row row = {assembly_name(a, i, "level"), numbers_by_step(level),
                                numbers_by_step(level), 0, false};
    int r = programme_add_row(a->builder, a->work->block, row);
    programme_add_entry(a->builder, a->work->block, r, IN_END, layout->state,
                        programme_constant(a->builder, 1.0));
    programme_add_entry(a->builder, a->work->block, r, IN_BEGIN, layout->state,
                        numbers_by_step(kept));
    programme_add_entry(a->builder, a->work->block, r, IN_STEP, layout->column[0],
                        numbers_by_step(in));
    programme_add_entry(a->builder, a->work->block, r, IN_STEP, layout->column[1],
                        numbers_by_step(out));
    if (layout->design >= 0 && !assembly_all_equal(standing, count, 0.0)) {
        programme_add_entry(a->builder, a->work->block, r, IN_DESIGN, layout->design,
                            numbers_by_step(standing));
    }
}

void assembly_add_store(struct assembly *a, int i) {
    struct case_work *work = a->work;
    const struct instance *instance = &work->scenario->instances[i];
    const struct coefficients *c = work->result->flow[i].coefficients;
    struct layout *layout = &work->layout[i];
    const struct capacity *power = instance->kind->capacity2 ? &instance->capacity2 : NULL;
    bool power_given = power && (power->chosen || isfinite(power->fixed));
    layout->design = assembly_capacity(a, i, HUGE_VAL);
    layout->design2 =
        power_given ? assembly_design(a, i, power, work->costs[i].unit2_money, "power", HUGE_VAL)
                    : -1;
    struct programme_column in = {assembly_name(a, i, "charge"),
                                  assembly_mode_cost(a, i, 0),
                                  a->zero,
                                  store_power_upper(a, power),
                                  0,
                                  0.0};
    struct programme_column out = in;
    out.name = assembly_name(a, i, "discharge");
    struct programme_column state = {
        assembly_name(a, i, "content"), a->zero, a->zero, a->infinity, 0, 0.0};
    layout->column[0] = programme_add_column(a->builder, a->work->block, in);
    layout->column[1] = programme_add_column(a->builder, a->work->block, out);
    layout->state = programme_add_state(a->builder, a->work->block, state);
    assembly_on_bus_constant(a, i, 0, layout->column[0], -1.0);
    assembly_on_bus_constant(a, i, 0, layout->column[1], 1.0);
    double fixed = instance->capacity.fixed;
    store_balance(a, i, fixed);
    store_limit_row(a, i, "full", IN_END, layout->state, layout->design, fixed, c->level_max_frac,
                    c->level_max_frac, true);
    store_limit_row(a, i, "empty", IN_END, layout->state, layout->design, fixed, c->level_min_frac,
                    fmax(c->level_min_frac, c->end_frac), false);
    if (layout->design2 >= 0) {
        store_limit_row(a, i, "charge_limit", IN_STEP, layout->column[0], layout->design2, 0.0, 1.0,
                        1.0, true);
        store_limit_row(a, i, "discharge_limit", IN_STEP, layout->column[1], layout->design2, 0.0,
                        1.0, 1.0, true);
    } else if (!power_given) {
        store_limit_row(a, i, "charge_limit", IN_STEP, layout->column[0], layout->design, fixed,
                        c->charge_per_h_ratio, c->charge_per_h_ratio, true);
        store_limit_row(a, i, "discharge_limit", IN_STEP, layout->column[1], layout->design, fixed,
                        c->discharge_per_h_ratio, c->discharge_per_h_ratio, true);
    }
}
