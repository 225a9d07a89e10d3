/* Break-evens by planning again. A scenario is copied with one number moved and planned as ever, in an arena of its own;
   the search goes outward from where the lever stands until the answer turns, then halves. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/break_even.h"

#include <math.h>
#include <string.h>

#include "plan/internal.h"

static const double pays_ratio = 1e-6;  /* of what apart costs: less is no gain */
static const double built_ratio = 1e-4; /* of the largest capacity of the plan: less is not built */
static const double close_ratio = 1e-3; /* so near the search comes */
static const double nothing_value = 1e-6; /* a lever so near to zero stands there */
static const double nothing_money = 1e-9; /* a unit cost below it is none */

/* ---- one number moved ---- */

static const char *capex_key(const struct component *kind) {
    static const char *const keys[] = {"capex_money_kw", "capex_money_kwh", "capex_money_m2"};
    for (int k = 0; k < COUNT(keys); k++) {
        if (component_param(kind, keys[k])) {
            return keys[k];
        }
    }
    return NULL;
}

static void *member(const struct instance *instance, const char *key) {
    const struct param *param = component_param(instance->kind, key);
    return param ? (char *)instance->self + param->offset : NULL;
}

static bool own_self(struct instance *instance, struct arena *arena) {
    char *copy = arena_take(arena, 1, instance->kind->size);
    if (copy) {
        memcpy(copy, instance->self, instance->kind->size);
        instance->self = copy;
    }
    return copy != NULL;
}

/* A price, constant or by step, times a factor. */
static bool scale_input(struct instance *instance, const char *key, double factor_ratio, int steps,
                        struct arena *arena) {
    if (!own_self(instance, arena)) {
        return false;
    }
    struct input *input = member(instance, key);
    if (!input) {
        return false;
    }
    input->value *= factor_ratio;
    if (input->by_step) {
        double *scaled = ARENA_TAKE(arena, double, steps);
        for (int t = 0; scaled && t < steps; t++) {
            scaled[t] = factor_ratio * input->by_step[t];
        }
        input->by_step = scaled;
    }
    return !arena_failed(arena);
}

static bool set_member(struct instance *instance, const char *key, double value,
                       struct arena *arena) {
    double *at = own_self(instance, arena) ? member(instance, key) : NULL;
    if (at) {
        *at = value;
    }
    return at != NULL;
}

double plan_unit_capex_money(const struct plan *plan, int i) {
    const struct scenario *s = plan->scenario;
    const struct instance *it = &s->instances[i];
    double yearly_frac =
        plan_annuity_frac_year(s->discount_frac,
                               component_number(it->kind, it->self, "life_year", s->life_year)) +
        component_number(it->kind, it->self, "fom_frac_year", 0.0);
    return plan->cases[CASE_TOGETHER].flow[i].unit_money_year / yearly_frac;
}

static double source_c(const struct scenario *s, const struct hall *hall) {
    const struct instance *it = hall->recovery >= 0 ? &s->instances[hall->recovery] : NULL;
    return it ? component_number(it->kind, it->self, "declared_supply_c", (double)NAN)
              : (double)NAN;
}

/* Other racks: what a hall hands over is so much warmer or cooler, and with it the coolant or the condenser that it is
   taken from. */
static bool move_source(const struct scenario *from, const struct hall *hall, double by_dk,
                        struct scenario *s, int i, struct arena *arena) {
    struct instance *it = &s->instances[i];
    double supply_c = source_c(from, hall);
    if (isnan(supply_c)) {
        return true;
    }
    if (i == hall->recovery) {
        return set_member(it, "declared_supply_c", supply_c + by_dk, arena);
    }
    const struct instance *recovery = &s->instances[hall->recovery];
    int bus = recovery->port_bus[component_port(recovery->kind, "heat_in")];
    bool condenser = component_param(it->kind, "take_off_c") != NULL;
    const char *key = condenser ? "take_off_c" : i == hall->instance ? "coolant_c" : NULL;
    if (bus < 0 || s->buses[bus].temperature_instance != i || !key) {
        return true;
    }
    double now_c = component_number(it->kind, it->self, key, (double)NAN);
    return set_member(it, key, now_c + by_dk, arena);
}

static bool move_instance(const struct plan *plan, struct lever_at at, struct scenario *s, int i,
                          struct arena *arena) {
    struct instance *it = &s->instances[i];
    /* series have one value per step of the horizon */
    int steps = plan->hours->horizon_count;
    switch (at.lever) {
    case LEVER_POWER:
        return !plan_is_grid(it->kind) ||
               scale_input(it, "energy_money_kwh", at.value, steps, arena);
    case LEVER_FUEL:
        return strcmp(it->kind->name, "fuel_supply") != 0 ||
               scale_input(it, "price_money_kwh", at.value, steps, arena);
    case LEVER_DISTANCE:
        return i != s->network || plan->pipes || set_member(it, "length_m", at.value, arena);
    case LEVER_SOURCE:
        for (int h = 0; h < s->halls_count; h++) {
            if (!move_source(plan->scenario, &plan->scenario->halls[h], at.value, s, i, arena)) {
                return false;
            }
        }
        return true;
    case LEVER_PLANT:
        return i != at.instance || set_member(it, capex_key(it->kind),
                                              at.value * plan_unit_capex_money(plan, i), arena);
    case LEVER_CARBON:
    case LEVERS:
        break;
    }
    return true;
}

static struct scenario *moved_scenario(const struct plan *plan, struct lever_at at,
                                       struct arena *arena) {
    const struct scenario *from = plan->scenario;
    struct scenario *s = ARENA_TAKE(arena, struct scenario, 1);
    struct instance *instances = ARENA_TAKE(arena, struct instance, from->instances_count);
    if (!s || !instances) {
        return NULL;
    }
    *s = *from;
    memcpy(instances, from->instances, (size_t)from->instances_count * sizeof *instances);
    s->instances = instances;
    if (at.lever == LEVER_CARBON) {
        s->carbon_shadow_money_kg = at.value;
    }
    if (at.lever == LEVER_DISTANCE && plan->pipes) {
        s->pipes.trunk_m = at.value;
    }
    for (int i = 0; i < s->instances_count; i++) {
        if (!move_instance(plan, at, s, i, arena)) {
            return NULL;
        }
    }
    return s;
}

/* ---- what it does ---- */

bool lever_moves(const struct plan *plan, enum lever lever, int instance) {
    const struct scenario *s = plan->scenario;
    switch (lever) {
    case LEVER_DISTANCE:
        return s->network >= 0 && plan->cases[CASE_TOGETHER].flow[s->network].included &&
               (!plan->pipes || pipes_trunk(plan->pipes, s) >= 0);
    case LEVER_SOURCE:
        for (int h = 0; h < s->halls_count; h++) {
            if (!isnan(source_c(s, &s->halls[h]))) {
                return true;
            }
        }
        return false;
    case LEVER_PLANT: {
        const struct instance *it = &s->instances[instance];
        const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[instance];
        return flow->included && it->capacity.chosen && !it->existing && it->capacity.min <= 0.0 &&
               !it->kind->built_at_once && capex_key(it->kind) &&
               flow->unit_money_year > nothing_money;
    }
    case LEVER_FUEL:
        for (int i = 0; i < s->instances_count; i++) {
            if (strcmp(s->instances[i].kind->name, "fuel_supply") == 0) {
                return true;
            }
        }
        return false;
    case LEVER_POWER:
    case LEVER_CARBON:
        return true;
    case LEVERS:
        break;
    }
    return false;
}

double lever_now_value(const struct plan *plan, enum lever lever) {
    const struct scenario *scenario = plan->scenario;
    if (lever == LEVER_CARBON) {
        return scenario->carbon_shadow_money_kg;
    }
    if (lever == LEVER_DISTANCE && plan->pipes) {
        int trunk = pipes_trunk(plan->pipes, scenario);
        return trunk >= 0 ? plan->pipes->network->links[trunk].length_m : (double)NAN;
    }
    if (lever == LEVER_DISTANCE && scenario->network >= 0) {
        const struct instance *it = &scenario->instances[scenario->network];
        return component_number(it->kind, it->self, "length_m", (double)NAN);
    }
    return lever == LEVER_SOURCE ? 0.0 : 1.0;
}

static struct moved result_of(const struct plan *plan, int instance) {
    const struct scenario *s = plan->scenario;
    const struct case_plan *apart = &plan->cases[CASE_APART],
                           *together = &plan->cases[CASE_TOGETHER];
    struct moved ret = {(apart->objective_money + apart->gap_money) / s->year_frac,
                        (together->objective_money + together->gap_money) / s->year_frac,
                        instance >= 0 ? together->flow[instance].capacity : (double)NAN, 0.0};
    for (int h = 0; h < s->halls_count; h++) {
        int i = s->halls[h].recovery;
        int out = i >= 0 ? component_port(s->instances[i].kind, "heat_out") : -1;
        const double *heat_kw =
            out >= 0 && together->flow[i].included ? together->flow[i].port_kw[out] : NULL;
        for (int t = 0; heat_kw && t < plan->hours->horizon_count; t++) {
            ret.reused_kwh_year += heat_kw[t] * plan->hours->step_h / s->year_frac;
        }
    }
    return ret;
}

enum status plan_moved_plan(const struct plan *plan, struct lever_at at,
                            const struct plan_options *options, struct arena *arena,
                            struct plan **ret) {
    struct diag *diag = arena ? diag_new(arena) : NULL; /* warnings of trials are nobody's */
    struct scenario *s = diag ? moved_scenario(plan, at, arena) : NULL;
    return s ? plan_solve(s, options, arena, diag, ret) : STATUS_NO_MEMORY;
}

enum status plan_moved(const struct plan *plan, struct lever_at at,
                       const struct plan_options *options, struct moved *ret) {
    struct arena *arena = arena_new(0);
    struct plan *moved = NULL;
    enum status status = plan_moved_plan(plan, at, options, arena, &moved);
    if (status == STATUS_OK) {
        *ret = result_of(moved, at.instance);
    }
    arena_free(arena);
    return status;
}

/* ---- where it turns ---- */

static double largest_capacity(const struct plan *plan) {
    double largest = 0.0;
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        const struct flow *flow = &plan->cases[CASE_TOGETHER].flow[i];
        bool plant = flow->included && plan->scenario->instances[i].capacity.chosen;
        largest = plant && isfinite(flow->capacity) ? fmax(largest, flow->capacity) : largest;
    }
    return largest;
}

static bool answer(const struct plan *plan, enum lever lever, const struct moved *moved) {
    if (lever == LEVER_PLANT) {
        return moved->capacity > built_ratio * largest_capacity(plan);
    }
    return moved->apart_money_year - moved->together_money_year >
           pays_ratio * fabs(moved->apart_money_year);
}

static enum status ask(const struct plan *plan, struct lever_at at,
                       const struct plan_options *options, struct break_even *search, bool *ret) {
    struct moved moved;
    enum status status = plan_moved(plan, at, options, &moved);
    search->plans++;
    if (status == STATUS_INFEASIBLE) { /* what cannot be does not pay */
        *ret = false;
        return STATUS_OK;
    }
    TRY(status);
    *ret = answer(plan, at.lever, &moved);
    return STATUS_OK;
}

/* Outward from now; 0 ends a lever's list. */
static const double *steps_of(enum lever lever, bool pays, int *ret_count) {
    static const double up[] = {1.25, 1.6, 2.5, 5.0, 10.0}, down[] = {0.8, 0.6, 0.35, 0.15, 0.01};
    static const double carbon[] = {0.03, 0.1, 0.25, 0.5, 1.0};
    static const double further[] = {1.5, 2.5, 5.0, 10.0, 20.0}, nearer[] = {0.5, 0.2, 0.05, 0.01};
    /* what is not built has the unit price of a very small one, where price follows size */
    static const double cheaper[] = {0.8, 0.6, 0.35, 0.15, 0.01, 1e-4, 1e-6};
    if (lever == LEVER_PLANT && !pays) {
        *ret_count = COUNT(cheaper);
        return cheaper;
    }
    *ret_count = 5;
    if (lever == LEVER_CARBON) {
        return carbon;
    }
    if (lever == LEVER_DISTANCE) {
        *ret_count = pays ? 5 : 4;
        return pays ? further : nearer;
    }
    /* dear power, dear plant and cheap fuel speak against heat that is lifted */
    return (lever == LEVER_FUEL) == pays ? down : up;
}

/* How far a scenario may say so: a plant's price has its range. */
static double most_value(const struct plan *plan, struct lever_at at) {
    if (at.lever != LEVER_PLANT) {
        return HUGE_VAL;
    }
    const struct component *kind = plan->scenario->instances[at.instance].kind;
    return component_param(kind, capex_key(kind))->max / plan_unit_capex_money(plan, at.instance);
}

/* Power: whether heat pumps want it dear or cheap depends on what it heats instead of, so that both ways are looked at. */
static enum status outward(const struct plan *plan, struct lever_at at, const double *step,
                           int count, const struct plan_options *options,
                           struct break_even *search) {
    double now = lever_now_value(plan, at.lever), inside = now;
    double most = most_value(plan, at);
    search->to_value = now;
    for (int k = 0; k < count && !search->found; k++) {
        bool pays = search->pays_now;
        at.value = at.lever == LEVER_CARBON ? now + step[k] : now * step[k];
        at.value = fmin(at.value, most);
        if (at.value == inside) {
            continue; /* no scenario may go on */
        }
        enum status status = ask(plan, at, options, search, &pays);
        if (status ==
            STATUS_UNBOUNDED) { /* power sold without end: beyond it nothing can be said */
            search->cut = true;
            return STATUS_OK;
        }
        TRY(status);
        search->to_value = at.value;
        if (pays != search->pays_now) {
            search->found = true;
            search->at_value = inside;
            search->beyond_value = at.value;
        }
        inside = at.value;
    }
    return STATUS_OK;
}

static enum status halve(const struct plan *plan, struct lever_at at,
                         const struct plan_options *options, struct break_even *search) {
    for (double scale = HUGE_VAL;;
         scale = fmax(fabs(search->at_value), fabs(search->beyond_value))) {
        bool pays = false;
        if (isfinite(scale) && fabs(search->at_value - search->beyond_value) <=
                                   fmax(close_ratio * scale, nothing_value)) {
            return STATUS_OK;
        }
        at.value = 0.5 * (search->at_value + search->beyond_value);
        TRY(ask(plan, at, options, search, &pays));
        *(pays == search->pays_now ? &search->at_value : &search->beyond_value) = at.value;
    }
}

enum status plan_break_even(const struct plan *plan, enum lever lever, int instance,
                            const struct plan_options *options, struct break_even *ret) {
    struct break_even search = {0};
    struct moved now = result_of(plan, instance);
    struct lever_at at = {lever, instance, lever_now_value(plan, lever)};
    int count = 0;
    bool turned = false;
    search.pays_now = answer(plan, lever, &now);
    if (lever == LEVER_PLANT && !search.pays_now) {
        /* at its price whatever its size: the plan knows prices that fall with size, and may rest beside it */
        bool pays = false;
        at.value = fmin(at.value, most_value(plan, at));
        TRY(ask(plan, at, options, &search, &pays));
        search.pays_now = pays;
        turned = pays;
    }
    const double *steps = steps_of(lever, search.pays_now, &count);
    TRY(outward(plan, at, steps, count, options, &search));
    if (!search.found && lever == LEVER_POWER) {
        steps = steps_of(lever, !search.pays_now, &count);
        TRY(outward(plan, at, steps, count, options, &search));
    }
    if (search.found) {
        TRY(halve(plan, at, options, &search));
    }
    if (turned) {
        search.pays_now = false;
    }
    if (turned && !search.found) {
        search.cut = true; /* built at any price that may be written: nothing turns */
    } else if (turned) {   /* built up to a price above now's: told from the side that is not */
        double built_value = search.at_value;
        search.at_value = search.beyond_value;
        search.beyond_value = built_value;
    }
    *ret = search;
    return STATUS_OK;
}
