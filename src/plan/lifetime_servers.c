/* Servers over the life: when to buy them anew, and how long to keep the old.

   A vintage is what is bought in a stage (0: what stood at the begin). A kW of vintage v does gain[v] times the work of a kW
   of the first, by the growth of work per kWh up to the year it is bought in:

     gain[v]  = product over the stages up to v of (1 + growth_frac_year)^(years)
     need[k]  = it_kw of the stage, in kW of the first servers
     work     sum over v of gain[v] stands[v][k] = need[k], and the hall's IT = sum of stands[v][k]: a column of the stage,
            what it is less than need[k]
     power    sum over v of stands[v][k] = need[k]; sum of gain[v] stands[v][k] is worth servers_work_money_kw_year
     stands[v][k] <= stands[v][k-1]; none in a stage at whose end they would be older than keep_year

   Bought servers are paid as the annuity of life_year over that time, or as long as their stage lasts, where it is longer
   and they are renewed within; also where they go before. What is made with them is emitted when they are bought. Who pays
   for carbon by its shadow price pays for that, too. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "components/data_hall.h"
#include "physics/finance.h"
#include "physics/growth.h"
#include "plan/lifetime_window.h"

/* ---- the fleet of a hall ---- */

static double stage_begin_year(const struct stages *stages, int k) {
    return k < stages->count ? stages->year[k] : stages->until_year;
}

/* Discounted years between two spans from the first stage's begin. */
static double discounted_year(double discount_frac, double from_year, double until_year) {
    return finance_present_ratio(discount_frac, until_year) -
           finance_present_ratio(discount_frac, from_year);
}

bool lifetime_servers_may_stand(const struct stages *stages, const struct lifetime_fleet *fleet,
                                int v, int k) {
    double age_year = stage_begin_year(stages, k + 1) - fleet->vintage_year[v];
    bool begun = v == 0 ? fleet->stood_kw > 0.0 : v - 1 <= k;
    return begun && (v - 1 == k || age_year <= fleet->servers[k].keep_year);
}

double lifetime_servers_paid_year(const struct stages *stages, const struct lifetime_fleet *fleet,
                                  double discount_frac, int s, int last) {
    double from_year = stages_span_year(stages, s);
    double stage_year = stages_span_year(stages, s + 1) - from_year;
    double until_year = fmin(from_year + fmax(fleet->servers[s].life_year, stage_year),
                             stages_span_year(stages, last + 1));
    return discounted_year(discount_frac, from_year, until_year);
}

double lifetime_servers_kept_money(const struct stages *stages, const struct lifetime_fleet *fleet,
                                   double discount_frac, int v, int k) {
    const struct hall_servers *now = &fleet->servers[k], *then = &fleet->servers[v > 0 ? v - 1 : 0];
    double begin_year = stages_span_year(stages, k), end_year = stages_span_year(stages, k + 1);
    double paid_year = fleet->vintage_year[v] - stages->year[0] + now->life_year;
    double late_year = v - 1 == k ? end_year : fmin(end_year, fmax(begin_year, paid_year));
    double all_year = discounted_year(discount_frac, begin_year, end_year),
           old_year = discounted_year(discount_frac, late_year, end_year);
    double upkeep_year =
        now->fom_frac_year * (all_year - old_year) + now->late_frac_year * old_year;
    double work_money = now->refresh == HALL_REFRESH_POWER
                            ? now->it_ratio * now->work_money_kw_year * fleet->gain_ratio[v]
                            : 0.0;
    return then->it_ratio * then->capex_money_kw * upkeep_year - work_money * all_year;
}

double lifetime_servers_made_kg(const struct stages *stages, const struct lifetime_fleet *fleet,
                                int s, double bought_kw) {
    double stage_year = stages_span_year(stages, s + 1) - stages_span_year(stages, s);
    double renewed_ratio = fmax(1.0, stage_year / fleet->servers[s].life_year);
    return bought_kw * renewed_ratio * fleet->made_kg_kw[s];
}

void lifetime_fleet_set(const struct stages *stages, const struct scenario *scenario, int k,
                        struct lifetime_fleet *fleet) {
    const struct instance *hall = &scenario->instances[fleet->instance];
    struct hall_servers *servers = &fleet->servers[k];
    data_hall_servers(hall->self, servers);
    double made_kg_kw = inventory_value(scenario, "server_kgco2") /
                        inventory_value(scenario, "server_kw") * servers->it_ratio;
    fleet->need_kw[k] = hall->capacity.fixed;
    fleet->made_kg_kw[k] = made_kg_kw;
    fleet->price_money_kw[k] =
        servers->it_ratio * servers->capex_money_kw + scenario->carbon_shadow_money_kg * made_kg_kw;
    fleet->vintage_year[k + 1] = stages->year[k];
    if (k == 0) {
        bool stood = !isnan(servers->from_year);
        fleet->stood_kw = stood ? fleet->need_kw[0] : 0.0;
        fleet->vintage_year[0] = stood ? servers->from_year : stages->year[0];
        fleet->gain_ratio[0] = 1.0;
    }
    double span_year = fleet->vintage_year[k + 1] - fleet->vintage_year[k];
    fleet->gain_ratio[k + 1] =
        fleet->gain_ratio[k] * growth_compound_ratio(servers->growth_frac_year, span_year);
}

enum status lifetime_fleets_begin(struct lifetime *life, struct arena *arena) {
    const struct scenario *first = life->plan[0]->scenario;
    life->fleets = ARENA_TAKE(arena, struct lifetime_fleet, first->halls_count);
    if (!life->fleets) {
        return STATUS_NO_MEMORY;
    }
    for (int h = 0; h < first->halls_count; h++) {
        struct hall_servers servers;
        data_hall_servers(first->instances[first->halls[h].instance].self, &servers);
        if (servers.refresh != HALL_REFRESH_NONE) {
            life->fleets[life->fleets_count++].instance = first->halls[h].instance;
        }
    }
    return STATUS_OK;
}

enum status lifetime_fleets_stage(struct lifetime *life, int k, struct scenario *scenario,
                                  struct diag *diag) {
    for (int f = 0; f < life->fleets_count; f++) {
        struct lifetime_fleet *fleet = &life->fleets[f];
        struct instance *hall = &scenario->instances[fleet->instance];
        lifetime_fleet_set(life->stages, scenario, k, fleet);
        const struct hall_servers *servers = &fleet->servers[k];
        bool later = fleet->vintage_year[0] > life->stages->year[0];
        if (later || servers->refresh != fleet->servers[0].refresh) {
            diag_error(diag, hall->place,
                       later ? "servers_from_year: %s stands before the first stage"
                             : "refresh: %s is decided another way than in the first stage",
                       hall->name);
            diag_remedy(diag, later ? "give the year in which the servers were bought, or nothing"
                                    : "leave refresh as it is over the years");
            return STATUS_BAD_SCENARIO;
        }
        /* before there are better ones, so much work is so much IT */
        if (servers->refresh == HALL_REFRESH_WORK && fleet->gain_ratio[k + 1] != 1.0) {
            hall->capacity.chosen = true;
            hall->capacity.min = hall->capacity.fixed / fleet->gain_ratio[k + 1];
            hall->capacity.max = hall->capacity.fixed;
        }
    }
    return STATUS_OK;
}

/* ---- in a window ---- */

enum status window_take_servers(struct window *window) {
    struct lifetime_case *result = window->result;
    const struct lifetime *life = window->life;
    result->servers = ARENA_TAKE(window->arena, struct lifetime_servers, life->fleets_count);
    for (int f = 0; result->servers && f < life->fleets_count; f++) {
        if (life->plan[0]->scenario->instances[life->fleets[f].instance].in_case[window->kind]) {
            result->servers[result->servers_count++].fleet = &life->fleets[f];
        }
    }
    return result->servers ? STATUS_OK : STATUS_NO_MEMORY;
}

static bool is_here(const struct window *window, const struct lifetime_servers *servers, int k) {
    const struct case_work *work = window->work[k];
    return work && work->result->flow[servers->fleet->instance].included;
}

static double priced_money(const struct window *window, const struct lifetime_servers *servers,
                           int s, int last) {
    const struct lifetime_fleet *fleet = servers->fleet;
    double discount_frac = window->life->scenario->discount_frac;
    return fleet->price_money_kw[s] *
           finance_annuity_frac_year(discount_frac, fleet->servers[s].life_year) *
           lifetime_servers_paid_year(window->life->stages, fleet, discount_frac, s, last);
}

/* What is left of a vintage from the stage before. */
static double left_kw(const struct lifetime_servers *servers, int v, int k) {
    return k > 0 ? servers->stands_kw[v][k - 1] : v == 0 ? servers->fleet->stood_kw : HUGE_VAL;
}

static const char *named(const struct window *window, struct arena *arena,
                         const struct lifetime_servers *servers, int k, const char *what, int v) {
    const struct lifetime *life = window->life;
    return arena_format(arena, "%d.%s.%s.%d", life->stages->year[k],
                        life->plan[0]->scenario->instances[servers->fleet->instance].name, what,
                        (int)servers->fleet->vintage_year[v]);
}

static void add_entry(struct programme_builder *builder, int row, int design, double value) {
    struct programme_border_entry entry = {row, IN_DESIGN, design, 0, 0, value};
    programme_add_border_entry(builder, entry);
}

/* The column of a vintage in a stage, and that there are no more of it than before. */
static void add_vintage(const struct window *window, const struct lifetime_servers *servers,
                        struct programme_builder *builder, struct arena *arena,
                        struct window_servers *joint, int v, int k) {
    bool bought = v - 1 == k, follows = !bought && k > window->first;
    double cost_money = lifetime_servers_kept_money(window->life->stages, servers->fleet,
                                                    window->life->scenario->discount_frac, v, k);
    cost_money += bought ? priced_money(window, servers, k, window->last) : 0.0;
    const struct lifetime_fleet *fleet = servers->fleet;
    bool work = fleet->servers[k].refresh == HALL_REFRESH_WORK;
    /* twice what does all the work: no plan comes near, and no direction is without end */
    double most_kw = 2.0 * fleet->need_kw[k] / (work ? fleet->gain_ratio[v] : 1.0);
    struct programme_design column = {
        named(window, arena, servers, k, "servers", v), cost_money, 0.0,
        bought || follows ? most_kw : fmax(0.0, left_kw(servers, v, k))};
    joint->column[v][k] = programme_add_design(builder, column);
    if (follows && joint->column[v][k - 1] >= 0) {
        struct programme_border_row row = {named(window, arena, servers, k, "left", v), -HUGE_VAL,
                                           0.0, false};
        int r = programme_add_border_row(builder, row);
        add_entry(builder, r, joint->column[v][k], 1.0);
        add_entry(builder, r, joint->column[v][k - 1], -1.0);
    }
}

static void add_stage(const struct window *window, const struct lifetime_servers *servers,
                      struct programme_builder *builder, struct arena *arena,
                      struct window_servers *joint, int k) {
    const struct lifetime_fleet *fleet = servers->fleet;
    bool work = fleet->servers[k].refresh == HALL_REFRESH_WORK;
    struct programme_border_row need = {named(window, arena, servers, k, "need", 0),
                                        fleet->need_kw[k], fleet->need_kw[k], false};
    const struct case_work *here = window->work[k];
    int need_row = programme_add_border_row(builder, need);
    const struct capacity *it = &here->scenario->instances[fleet->instance].capacity;
    joint->power_row[k] = -1;
    if (it->chosen) { /* the block's column is what is spared */
        struct programme_border_row power = {named(window, arena, servers, k, "power", 0),
                                             -it->fixed, -it->fixed, false};
        joint->power_row[k] = programme_add_border_row(builder, power);
        add_entry(builder, joint->power_row[k], here->layout[fleet->instance].design, 1.0);
    }
    for (int v = 0; v <= k + 1; v++) {
        if (!lifetime_servers_may_stand(window->life->stages, fleet, v, k)) {
            continue;
        }
        add_vintage(window, servers, builder, arena, joint, v, k);
        add_entry(builder, need_row, joint->column[v][k], work ? fleet->gain_ratio[v] : 1.0);
        if (it->chosen) {
            add_entry(builder, joint->power_row[k], joint->column[v][k], -1.0);
        }
    }
}

void window_join_servers(const struct window *window, struct programme_builder *builder,
                         struct arena *arena, struct window_servers *joint) {
    for (int f = 0; f < window->result->servers_count; f++) {
        const struct lifetime_servers *servers = &window->result->servers[f];
        memset(&joint[f], -1, sizeof joint[f]);
        for (int k = window->first; k <= window->last; k++) {
            if (is_here(window, servers, k)) {
                add_stage(window, servers, builder, arena, &joint[f], k);
            }
        }
    }
}

void window_take_servers_bought(struct window *window, const struct window_servers *joint) {
    const double *x = window->outcome.x, *y = window->outcome.y;
    for (int f = 0; f < window->result->servers_count; f++) {
        struct lifetime_servers *servers = &window->result->servers[f];
        for (int k = window->first; k <= window->last; k++) {
            int row = joint[f].power_row[k];
            servers->power_money[k] = row < 0 ? 0.0 : -y[row];
            for (int v = 0; v <= k + 1; v++) {
                int column = joint[f].column[v][k];
                servers->stands_kw[v][k] = column < 0 ? 0.0 : x[column];
            }
        }
    }
}

/* ---- money and work ---- */

double window_settle_servers_money(struct window *window, int k) {
    const struct stages *stages = window->life->stages;
    double sum_money = 0.0;
    for (int f = 0; f < window->result->servers_count; f++) {
        struct lifetime_servers *servers = &window->result->servers[f];
        double bought_kw = servers->stands_kw[k + 1][k];
        servers->capital_money[k] = bought_kw * priced_money(window, servers, k, stages->count - 1);
        servers->kept_money[k] = servers->served_kw[k] = 0.0;
        for (int v = 0; v <= k + 1; v++) {
            double stands_kw = servers->stands_kw[v][k];
            servers->served_kw[k] += servers->fleet->gain_ratio[v] * stands_kw;
            servers->kept_money[k] += stands_kw * lifetime_servers_kept_money(
                                                      stages, servers->fleet,
                                                      window->life->scenario->discount_frac, v, k);
        }
        servers->made_kg[k] = lifetime_servers_made_kg(stages, servers->fleet, k, bought_kw);
        sum_money += servers->capital_money[k] + servers->kept_money[k];
    }
    return sum_money;
}

void window_price_servers(const struct window *window, int k, struct programme *programme) {
    for (int f = 0; f < window->result->servers_count; f++) {
        const struct lifetime_servers *servers = &window->result->servers[f];
        int design = is_here(window, servers, k)
                         ? window->work[k]->layout[servers->fleet->instance].design
                         : -1;
        if (design >= 0) {
            programme->designs[design].cost += servers->power_money[k];
        }
    }
}

double window_priced_servers_money(const struct window *window, int k) {
    double sum_money = 0.0;
    for (int f = 0; f < window->result->servers_count; f++) {
        const struct lifetime_servers *servers = &window->result->servers[f];
        if (is_here(window, servers, k)) {
            const struct case_work *work = window->work[k];
            int i = servers->fleet->instance;
            sum_money += servers->power_money[k] * (work->result->flow[i].capacity -
                                                    work->scenario->instances[i].capacity.fixed);
        }
    }
    return sum_money;
}

/* ---- what the screening says, once it is known how much IT stands ---- */

enum status window_screen_again(const struct window *window, int k) {
    struct plan *plan = window->life->plan[k];
    struct case_plan kept = plan->cases[window->kind],
                     *fresh = ARENA_TAKE(window->arena, struct case_plan, 1);
    struct case_work *work = NULL;
    if (!fresh) {
        return STATUS_NO_MEMORY;
    }
    TRY(case_begin(plan->scenario, plan->pipes, plan->hours, window->kind, window->arena, fresh,
                   &work));
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        fresh->flow[i].capacity = kept.flow[i].capacity;
    }
    plan->cases[window->kind] = *fresh;
    enum status status = plan_screen(plan, window->arena);
    plan->cases[window->kind] = kept;
    return status;
}
