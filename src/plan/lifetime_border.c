/* What joins the stages of a lifetime: columns of what is built, rows of what may be kept of it, and the money of both. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/series.h"
#include "plan/lifetime_window.h"

bool lifetime_lives(const struct stages *stages, double life_year, int s, int k) {
    return s <= k && stages_span_year(stages, k) < stages_span_year(stages, s) + life_year;
}

/* The design column of an asset in a stage; -1: it is not chosen there. */
static int column_of(const struct window *window, const struct lifetime_asset *asset, int k) {
    const struct case_work *work = window->work[k];
    if (!work || !work->result->flow[asset->instance].included ||
        work->scenario->instances[asset->instance].existing) {
        return -1;
    }
    const struct layout *layout = &work->layout[asset->instance];
    switch (asset->part) {
    case PART_CAPACITY:
        return layout->design;
    case PART_SECOND:
        return layout->design2;
    case PART_STEP:
        return layout->built;
    case LIFETIME_PARTS:
        break;
    }
    return -1;
}

bool window_joins(const struct window *window, const struct lifetime_asset *asset, int k) {
    return asset->part != PART_STEP && column_of(window, asset, k) >= 0;
}

/* Of one unit of an asset: what it costs when it is built, and in a year with its upkeep. */
static double invest_money(const struct case_work *work, const struct lifetime_asset *asset) {
    const struct unit_costs *costs = &work->costs[asset->instance];
    return asset->part == PART_CAPACITY ? costs->unit_capex_money
           : asset->part == PART_SECOND ? costs->unit2_capex_money
                                        : costs->step_capex_money;
}

static double yearly_money(const struct case_work *work, const struct lifetime_asset *asset) {
    const struct unit_costs *costs = &work->costs[asset->instance];
    return asset->part == PART_CAPACITY ? costs->unit_money
           : asset->part == PART_SECOND ? costs->unit2_money
                                        : costs->step_money;
}

static double annuity_money(const struct case_work *work, const struct lifetime_asset *asset) {
    return invest_money(work, asset) * case_annuity_frac_year(work, asset->instance);
}

/* Discounted years that what is built in stage s stands, up to stage `last`. */
static double stands_year(const struct window *window, const struct lifetime_asset *asset, int s,
                          int last) {
    double life_year = case_life_year(window->work[s], asset->instance), sum_year = 0.0;
    for (int k = s; k <= last; k++) {
        bool lives = lifetime_lives(window->life->stages, life_year, s, k);
        sum_year += lives ? window->life->weight_year[k] : 0.0;
    }
    return sum_year;
}

static bool lives(const struct window *window, const struct lifetime_asset *asset, int s, int k) {
    const struct case_work *work = window->work[s] ? window->work[s] : window->work[k];
    return lifetime_lives(window->life->stages, case_life_year(work, asset->instance), s, k);
}

static const char *named(const struct window *window, struct arena *arena,
                         const struct lifetime_asset *asset, int k, const char *what) {
    static const char *const parts[LIFETIME_PARTS] = {"capacity", "power", "built"};
    return arena_format(arena, "%d.%s.%s.%s", window->life->stages->year[k],
                        window->work[k]->scenario->instances[asset->instance].name,
                        parts[asset->part], what);
}

/* A column for what is built in each stage, a row for what stands in each. */
static void join(struct window *window, const struct lifetime_asset *asset,
                 struct programme_builder *builder, struct arena *arena,
                 struct window_joint joint[STAGES_MAX]) {
    for (int k = window->first; k <= window->last; k++) {
        int kept = column_of(window, asset, k);
        joint[k] = (struct window_joint){-1, -1};
        if (kept < 0) {
            continue;
        }
        struct programme_design column = {named(window, arena, asset, k, "build"),
                                          annuity_money(window->work[k], asset) *
                                              stands_year(window, asset, k, window->last),
                                          0.0, HUGE_VAL};
        joint[k].build = programme_add_design(builder, column);
        double before = 0.0;
        for (int s = 0; s < window->first; s++) {
            before += lives(window, asset, s, k) ? asset->built_capacity[s] : 0.0;
        }
        struct programme_border_row row = {named(window, arena, asset, k, "stands"), before, before,
                                           false};
        int r = joint[k].stands = programme_add_border_row(builder, row);
        struct programme_border_entry entry = {r, IN_DESIGN, kept, 0, 0, 1.0};
        programme_add_border_entry(builder, entry);
        for (int s = window->first; s <= k; s++) {
            if (joint[s].build >= 0 && lives(window, asset, s, k)) {
                struct programme_border_entry stands = {r, IN_DESIGN, joint[s].build, 0, 0, -1.0};
                programme_add_border_entry(builder, stands);
            }
        }
    }
}

/* A step is a yes or no that is known before the programme: it is paid when it is built, and again when its life is over. As
   columns, between bounds that leave no room, it would only hinder the solver. Returns what it costs. */
static double place_steps_money(const struct window *window, struct lifetime_asset *asset) {
    double paid_money = 0.0;
    for (int k = window->first; k <= window->last; k++) {
        bool yes = column_of(window, asset, k) >= 0 &&
                   window->work[k]->build[asset->instance] == BUILD_YES;
        bool stands = false;
        for (int s = 0; s < k; s++) {
            stands = stands || (asset->built_capacity[s] > 0.0 && lives(window, asset, s, k));
        }
        asset->built_capacity[k] = yes && !stands ? 1.0 : 0.0;
        paid_money += yes && !stands ? annuity_money(window->work[k], asset) *
                                           stands_year(window, asset, k, window->last)
                                     : 0.0;
    }
    return paid_money;
}

double window_steps_money(struct window *window) {
    double paid_money = 0.0;
    for (int a = 0; a < window->result->assets_count; a++) {
        struct lifetime_asset *asset = &window->result->assets[a];
        paid_money += asset->part == PART_STEP ? place_steps_money(window, asset) : 0.0;
    }
    return paid_money;
}

/* What is kept costs its upkeep alone: capital is paid by what is built. More than a stage needs may stand there. */
static void set_kept(const struct window *window, const struct lifetime_asset *asset, int k,
                     struct programme *programme) {
    int kept = column_of(window, asset, k);
    if (kept < 0) {
        return;
    }
    const struct case_work *work = window->work[k];
    const struct instance *instance = &work->scenario->instances[asset->instance];
    struct programme_design *design = &programme->designs[kept];
    bool yes = work->build[asset->instance] != BUILD_NO;
    design->cost =
        (yearly_money(work, asset) - annuity_money(work, asset)) * window->life->weight_year[k];
    if (asset->part != PART_STEP && yes) {
        design->upper =
            asset->part == PART_SECOND ? instance->capacity2.max : instance->capacity.max;
    }
}

static void set_upkeep(const struct window *window, const struct lifetime_asset *asset,
                       const struct window_joint joint[STAGES_MAX], struct programme *programme) {
    double most = 0.0;
    for (int k = window->first; k <= window->last; k++) {
        int kept = column_of(window, asset, k);
        most = kept < 0 ? most : fmax(most, programme->designs[kept].upper);
        set_kept(window, asset, k, programme);
    }
    for (int k = window->first; asset->part != PART_STEP && k <= window->last; k++) {
        if (joint[k].build >= 0) {
            programme->designs[joint[k].build].upper = most; /* more is of no use in any */
        }
    }
}

enum status window_assemble(struct window *window, struct arena *scratch, struct programme **ret,
                            const struct window_joints *ret_joints) {
    struct programme_builder *builder = programme_builder_new(scratch, case_name(window->kind));
    struct lifetime_case *result = window->result;
    double constant_money = 0.0;
    if (!builder) {
        return STATUS_NO_MEMORY;
    }
    for (int k = window->first; k <= window->last; k++) {
        if (window->work[k]) {
            TRY(case_add_block(window->work[k], builder, scratch, false));
            constant_money += window->work[k]->weight_ratio * case_constant_money(window->work[k]);
        }
    }
    for (int a = 0; a < result->assets_count; a++) {
        if (result->assets[a].part == PART_STEP) {
            constant_money += place_steps_money(window, &result->assets[a]);
        } else {
            join(window, &result->assets[a], builder, scratch, ret_joints->asset[a]);
        }
    }
    window_join_servers(window, builder, scratch, ret_joints->servers);
    struct programme *programme = programme_finish(builder);
    if (!programme || arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (int a = 0; a < result->assets_count; a++) {
        set_upkeep(window, &result->assets[a], ret_joints->asset[a], programme);
    }
    programme->objective_constant = constant_money;
    *ret = programme;
    return STATUS_OK;
}

enum status window_assemble_priced(const struct window *window, int k, struct arena *scratch,
                                   struct programme **ret) {
    struct programme_builder *builder = programme_builder_new(scratch, case_name(window->kind));
    if (!builder) {
        return STATUS_NO_MEMORY;
    }
    TRY(case_add_block(window->work[k], builder, scratch, false));
    struct programme *programme = programme_finish(builder);
    if (!programme || arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    for (int a = 0; a < window->result->assets_count; a++) {
        const struct lifetime_asset *asset = &window->result->assets[a];
        int kept = column_of(window, asset, k);
        set_kept(window, asset, k, programme);
        if (kept >= 0 && asset->part != PART_STEP) {
            programme->designs[kept].cost += asset->stands_money[k];
        }
    }
    window_price_servers(window, k, programme);
    programme->objective_constant =
        window->work[k]->weight_ratio * case_constant_money(window->work[k]);
    *ret = programme;
    return STATUS_OK;
}

void window_take_built(struct window *window, const struct window_joints *joints) {
    const double *x = window->outcome.x, *y = window->outcome.y;
    for (int a = 0; a < window->result->assets_count; a++) {
        struct lifetime_asset *asset = &window->result->assets[a];
        for (int k = window->first; k <= window->last; k++) {
            int kept = column_of(window, asset, k);
            asset->kept_capacity[k] = kept < 0 ? 0.0 : x[kept];
            if (asset->part != PART_STEP) {
                const struct window_joint *at = &joints->asset[a][k];
                asset->built_capacity[k] = at->build < 0 ? 0.0 : x[at->build];
                asset->stands_money[k] = at->stands < 0 ? 0.0 : -y[at->stands];
            }
            asset->standing_capacity[k] = 0.0;
            for (int s = 0; s <= k; s++) {
                asset->standing_capacity[k] +=
                    lives(window, asset, s, k) ? asset->built_capacity[s] : 0.0;
            }
        }
    }
    window_take_servers_bought(window, joints->servers);
}

/* Of a stage: what leaves the parties in its years, but for the capital of assets. */
static double operation_money(const struct window *window, int k) {
    struct case_work *work = window->work[k];
    double weight_year = window->life->weight_year[k];
    double money = case_tallied_money(work) * work->weight_ratio;
    for (int a = 0; a < window->result->assets_count; a++) {
        const struct lifetime_asset *asset = &window->result->assets[a];
        money -= column_of(window, asset, k) < 0
                     ? 0.0
                     : annuity_money(work, asset) * asset->kept_capacity[k] * weight_year;
    }
    return money;
}

double window_priced_money(const struct window *window, int k) {
    double money = operation_money(window, k) -
                   window->work[k]->weight_ratio * case_relaxed_money(window->work[k]);
    for (int a = 0; a < window->result->assets_count; a++) {
        const struct lifetime_asset *asset = &window->result->assets[a];
        money += asset->part == PART_STEP ? 0.0 : asset->stands_money[k] * asset->kept_capacity[k];
    }
    return money + window_priced_servers_money(window, k);
}

void window_settle_money(struct window *window) {
    struct lifetime_case *result = window->result;
    struct sum all = {0, 0};
    for (int k = window->first; k <= window->last; k++) {
        const struct case_work *work = window->work[k];
        result->operation_money[k] = work ? operation_money(window, k) : 0.0;
        result->carbon_kg[k] = 0.0;
        for (int i = 0; work && i < work->scenario->instances_count; i++) {
            const struct flow *flow = &work->result->flow[i];
            result->carbon_kg[k] +=
                flow->included ? flow->carbon_kg / work->scenario->year_frac : 0.0;
        }
        sum_add(&all, result->operation_money[k]);
        for (int a = 0; work && a < result->assets_count; a++) {
            struct lifetime_asset *asset = &result->assets[a];
            bool here = column_of(window, asset, k) >= 0;
            asset->invest_money[k] = here ? invest_money(work, asset) : 0.0;
            asset->capital_money[k] =
                asset->built_capacity[k] * annuity_money(work, asset) *
                stands_year(window, asset, k, window->life->stages->count - 1);
            sum_add(&all, asset->capital_money[k]);
        }
        sum_add(&all, work ? window_settle_servers_money(window, k) : 0.0);
    }
    result->present_money = sum_value(&all);
}
