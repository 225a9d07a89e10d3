/* A hall and its cooling over the year, by the physics alone: E = hall + heat * (power per heat of the reject mode).
   Costs of measures are assumptions per kW of IT, there to rank, not to buy by. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/cooling.h"

#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "base/text.h"
#include "scenario/money.h"

struct pair { /* a hall with one cooling, as parameters that may be changed */
    const struct component *hall_kind, *cooling_kind;
    void *hall, *cooling;
    double it_kw;
};

struct pair_year {
    double hall_kwh_year, cooling_kwh_year, water_m3_year, heat_kwh_year, peak_heat_kw, idle_h;
};

/* Arrays for one evaluation, reused. */
struct bench {
    struct arena *arena;
    const struct plan *plan;
    struct coefficients *hall, *cooling;
    double *supply_c, *return_c;
};

static bool bench_make(struct bench *bench, const struct plan *plan, struct arena *arena,
                       const struct component *hall, const struct component *cooling) {
    int count = plan->hours->count;
    *bench = (struct bench){arena,
                            plan,
                            coefficients_new(arena, hall, count),
                            coefficients_new(arena, cooling, count),
                            ARENA_TAKE(arena, double, count),
                            ARENA_TAKE(arena, double, count)};
    return bench->hall && bench->cooling && bench->supply_c && bench->return_c;
}

/* The hall's heat in the port that its cooling takes it from; both streams where one plant takes both. */
static double heat_at(const struct pair *pair, const struct coefficients *c, int t) {
    int coolant = component_port(pair->hall_kind, "heat_out"),
        room = component_port(pair->hall_kind, "room_heat_out");
    return pair->it_kw * (c->mode[0].port[coolant][t] + c->mode[0].port[room][t]);
}

static void fill_cooling(const struct bench *bench, const struct pair *pair, double size) {
    const struct component *kind = pair->cooling_kind;
    struct hours hours = *bench->plan->hours;
    int in = component_port(kind, "heat_in");
    for (int p = 0; p < PORTS_MAX; p++) {
        struct port_temperatures none = {NULL, NULL};
        hours.port[p] = none;
        hours.wired[p] = p < kind->ports_count && !kind->ports[p].optional;
    }
    hours.port[in] = (struct port_temperatures){bench->supply_c, bench->return_c};
    hours.size = size;
    coefficients_reset(bench->cooling, kind);
    kind->coefficients(pair->cooling, &hours, bench->cooling);
}

static struct pair_year year_of(const struct bench *bench, const struct pair *pair) {
    struct hours hours = *bench->plan->hours;
    int horizon = hours.horizon_count, power = component_port(pair->cooling_kind, "power_in"),
        water = component_port(pair->cooling_kind, "water_in"),
        coolant = component_port(pair->hall_kind, "heat_out"),
        from = component_port(pair->hall_kind, "power_in");
    struct sum hall = {0, 0}, cooling = {0, 0}, drunk = {0, 0}, heat = {0, 0};
    struct pair_year ret = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
    hours.size = pair->it_kw;
    coefficients_reset(bench->hall, pair->hall_kind);
    pair->hall_kind->coefficients(pair->hall, &hours, bench->hall);
    pair->hall_kind->temperatures(pair->hall, &hours, coolant, bench->supply_c, bench->return_c);
    for (int t = 0; t < hours.count; t++) {
        ret.peak_heat_kw = fmax(ret.peak_heat_kw, heat_at(pair, bench->hall, t));
    }
    fill_cooling(bench, pair, ret.peak_heat_kw);
    const struct mode *reject = &bench->cooling->mode[0];
    for (int t = 0; t < horizon; t++) {
        double heat_kw = heat_at(pair, bench->hall, t);
        bool runs = reject->may_run[t];
        sum_add(&hall, pair->it_kw * bench->hall->mode[0].port[from][t]);
        sum_add(&heat, heat_kw);
        sum_add(&cooling, runs ? heat_kw * reject->port[power][t] : 0.0);
        sum_add(&drunk, runs && water >= 0 ? heat_kw * reject->port[water][t] : 0.0);
        ret.idle_h += runs ? 0.0 : hours.step_h;
    }
    double to_year = hours.step_h / bench->plan->scenario->year_frac;
    ret.hall_kwh_year = sum_value(&hall) * to_year;
    ret.cooling_kwh_year = sum_value(&cooling) * to_year;
    ret.water_m3_year = sum_value(&drunk) * to_year;
    ret.heat_kwh_year = sum_value(&heat) * to_year;
    ret.idle_h /= bench->plan->scenario->year_frac;
    return ret;
}

/* ---- what things cost here ---- */

struct prices {
    double power_money_kwh, water_money_m3;
};

/* What the hall pays for a kWh on average, all charges in; water at its price, or the catalogue's. */
static struct prices prices_of(const struct accounts *accounts, const struct hall *hall) {
    const struct scenario *s = accounts->scenario;
    const struct component *supply = component_find("water_supply");
    int port = component_port(s->instances[hall->instance].kind, "power_in"),
        water = scenario_instance(s, "supply_water");
    struct purchase power = account_purchase(accounts, CASE_APART, hall->instance, port);
    const struct param *price = component_param(supply, "price_money_m3");
    struct prices ret = {
        power.quantity_year > 0.0 ? account_purchase_money_year(&power) / power.quantity_year : 0.0,
        water >= 0 ? component_number(supply, s->instances[water].self, "price_money_m3", 0.0)
        : price && isfinite(price->fallback) ? price->fallback
                                             : 0.0};
    return ret;
}

static double invest_of(const struct scenario *s, const struct component *kind, const void *self,
                        double size) {
    double factor_ratio = 1.0;
    double given = component_number(kind, self, "capex_money_kw", (double)NAN);
    if (!isnan(given)) {
        return given * size;
    }
    if (!kind->cost.currency || !money_factor(kind->cost.currency, kind->cost.year, s->currency,
                                              s->money_year, &factor_ratio)) {
        return (double)NAN;
    }
    return factor_ratio * size * cost_curve_at(&kind->cost, size);
}

static bool needs_more(const struct component *kind) {
    for (int k = 0; k < kind->params_count; k++) {
        if (kind->params[k].fallback == REQUIRED &&
            strcmp(kind->params[k].key, kind->capacity) != 0) {
            return true;
        }
    }
    return false;
}

static bool cools_halls(const struct component *kind) {
    int in = component_port(kind, "heat_in");
    return in >= 0 && kind->ports[in].side == SIDE_HALL && kind->ports[in].direction == FLOWS_IN &&
           component_port(kind, "power_in") >= 0 && kind->coefficients;
}

static bool pair_of(const struct accounts *accounts, int h, struct arena *arena, struct pair *ret) {
    const struct scenario *s = accounts->scenario;
    const struct hall *hall = &s->halls[h];
    if (hall->cooling < 0 || !accounts->plan->cases[CASE_APART].flow[hall->instance].included) {
        return false;
    }
    const struct instance *it = &s->instances[hall->instance],
                          *cooling = &s->instances[hall->cooling];
    *ret = (struct pair){it->kind, cooling->kind, arena_take(arena, 1, it->kind->size),
                         arena_take(arena, 1, cooling->kind->size),
                         accounts->plan->cases[CASE_APART].flow[hall->instance].capacity};
    if (!ret->hall || !ret->cooling || !cools_halls(cooling->kind)) {
        return false;
    }
    memcpy(ret->hall, it->self, it->kind->size);
    memcpy(ret->cooling, cooling->self, cooling->kind->size);
    return true;
}

/* ---- methods ---- */

static bool add_method(const struct accounts *accounts, const struct pair *own,
                       const struct component *kind, struct arena *arena,
                       const struct prices *prices, struct cooling_method *ret) {
    const struct scenario *s = accounts->scenario;
    struct pair pair = *own;
    struct bench bench;
    pair.cooling_kind = kind;
    if (kind != own->cooling_kind) {
        pair.cooling = arena_take(arena, 1, kind->size);
        if (!pair.cooling) {
            return false;
        }
        component_defaults(kind, pair.cooling);
    }
    if (!bench_make(&bench, accounts->plan, arena, pair.hall_kind, kind)) {
        return false;
    }
    struct pair_year year = year_of(&bench, &pair);
    double life_year = component_number(kind, pair.cooling, "life_year", s->life_year);
    double keep_frac = plan_annuity_frac_year(s->discount_frac, life_year) +
                       component_number(kind, pair.cooling, "fom_frac_year", 0.0);
    double per_mw_db = component_number(kind, pair.cooling, "sound_db", (double)NAN);
    double invest_money = invest_of(s, kind, pair.cooling, year.peak_heat_kw);
    *ret = (struct cooling_method){
        .kind = kind,
        .in_plan = kind == own->cooling_kind,
        .power_kwh_year = year.cooling_kwh_year,
        .water_m3_year = year.water_m3_year,
        .heat_kwh_year = year.heat_kwh_year,
        .idle_h = year.idle_h,
        .take_off_c = component_number(own->hall_kind, own->hall, "coolant_c", (double)NAN),
        .condenser = component_port(kind, "heat_out") >= 0,
        .invest_money = invest_money,
        .cost_money_year = invest_money * keep_frac +
                           prices->power_money_kwh * year.cooling_kwh_year +
                           prices->water_money_m3 * year.water_m3_year,
        .sound_db = per_mw_db + 10.0 * log10(fmax(1e-3, year.peak_heat_kw / 1000.0))};
    return true;
}

int account_cooling_methods(const struct accounts *accounts, int h, struct arena *arena,
                            struct cooling_method ret[METHODS_MAX]) {
    struct pair own;
    int count = 0;
    if (!pair_of(accounts, h, arena, &own)) {
        return arena_failed(arena) ? -1 : 0;
    }
    struct prices prices = prices_of(accounts, &accounts->scenario->halls[h]);
    for (int k = 0; k < component_count() && count < METHODS_MAX; k++) {
        const struct component *kind = component_at(k);
        if (!cools_halls(kind) || (needs_more(kind) && kind != own.cooling_kind)) {
            continue;
        }
        struct arena *scratch = arena_new(0);
        bool good = scratch && add_method(accounts, &own, kind, scratch, &prices, &ret[count]);
        arena_free(scratch);
        if (!good) {
            return -1;
        }
        count++;
    }
    return count;
}

/* ---- measures ---- */

enum where { HALL, COOLING };
enum how { SET_WORD, SET_AT_MOST, ADD, TIMES };
enum { CHANGES = 2 };

static const struct measure {
    const char *title;
    double invest_usd_kw, life_year; /* per kW of IT, USD of 2024 */
    struct {
        enum where where;
        enum how how;
        const char *key;
        double value;
        const char *word;
    } change[CHANGES];
    const char *source;
} measures[] = {
    {"Blanking panels and closed aisles: room fans at 0.7",
     60.0,
     15.0,
     {{COOLING, TIMES, "fan_kw_kw", 0.7, NULL}},
     "assumed; less bypass air"},
    {"Speed control of room fans: at 0.75",
     90.0,
     12.0,
     {{COOLING, TIMES, "fan_kw_kw", 0.75, NULL}},
     "assumed; cube law at N+1 units"},
    {"Fans of a dry-cooled hall's rooms at 0.75",
     90.0,
     12.0,
     {{COOLING, TIMES, "room_fan_kw_kw", 0.75, NULL}},
     "assumed; cube law at N+1 units"},
    {"Air and water 4 K warmer, servers' extra power counted",
     15.0,
     15.0,
     {{HALL, ADD, "coolant_c", 4.0, NULL}, {HALL, ADD, "inlet_c", 4.0, NULL}},
     "assumed; controls and proof"},
    {"Speed control of chilled-water pumps: at 0.7",
     25.0,
     12.0,
     {{COOLING, TIMES, "chilled_pump_kw_kw", 0.7, NULL}},
     "assumed; cube law above a floor"},
    {"Cooling tower 1.5 K nearer to the wet bulb",
     45.0,
     20.0,
     {{COOLING, ADD, "tower_approach_dk", -1.5, NULL}},
     "assumed; larger fill"},
    {"Economiser exchanger 1 K nearer",
     20.0,
     20.0,
     {{COOLING, ADD, "exchanger_approach_dk", -1.0, NULL}},
     "assumed; more plates"},
    {"Dry coolers 2 K nearer to the air",
     60.0,
     20.0,
     {{COOLING, ADD, "approach_dk", -2.0, NULL}},
     "assumed; more coil"},
    {"Chillers a fifth better",
     130.0,
     20.0,
     {{COOLING, TIMES, "cop_ratio", 1.2, NULL}},
     "assumed; magnetic bearings, low-load control"},
    {"UPS on its bypass while the grid is good",
     10.0,
     10.0,
     {{HALL, SET_WORD, "ups", 0.0, "eco"}},
     "assumed; control and proof"},
    {"A modern UPS",
     220.0,
     15.0,
     {{HALL, SET_WORD, "ups", 0.0, "modern"}},
     "assumed; recalled price, unverified"},
    {"Distribution at a higher voltage: 1 % lost",
     110.0,
     25.0,
     {{HALL, SET_AT_MOST, "distribution_loss_frac", 0.01, NULL}},
     "assumed"},
    {"Light by presence: at 0.4",
     3.0,
     12.0,
     {{HALL, TIMES, "lighting_frac", 0.4, NULL}},
     "assumed"},
};

/* Makes one change; false where the kind has no such parameter, the range ends or nothing changes. */
static bool change(const struct component *kind, void *self, enum how how, const char *key,
                   double value, const char *word) {
    const struct param *param = component_param(kind, key);
    if (!param) {
        return false;
    }
    void *at = (char *)self + param->offset;
    if (how == SET_WORD) {
        int *now = at, wanted = 0;
        while (wanted < WORDS_MAX && param->words[wanted] &&
               strcmp(param->words[wanted], word) != 0) {
            wanted++;
        }
        bool changes = *now != wanted && wanted < WORDS_MAX && param->words[wanted];
        *now = changes ? wanted : *now;
        return changes;
    }
    double *now = at, before = *now;
    double after = how == ADD     ? before + value
                   : how == TIMES ? before * value
                                  : fmin(before, value);
    bool good = after >= param->min && after <= param->max && after != before;
    *now = good ? after : before;
    return good;
}

static bool accepted(const struct component *kind, const void *self, struct arena *arena) {
    struct diag *diag = kind->check ? diag_new(arena) : NULL;
    if (diag) {
        kind->check(self, diag, (struct place){NULL, 0, 0});
    }
    return !diag || diag_errors(diag) == 0;
}

/* False where the first change cannot be made, or the kind's own check refuses what comes out. */
static bool apply(const struct measure *measure, struct pair *pair, struct arena *arena) {
    bool any = false;
    for (int k = 0; k < CHANGES && measure->change[k].key; k++) {
        bool hall = measure->change[k].where == HALL;
        bool done =
            change(hall ? pair->hall_kind : pair->cooling_kind, hall ? pair->hall : pair->cooling,
                   measure->change[k].how, measure->change[k].key, measure->change[k].value,
                   measure->change[k].word);
        if (k == 0 && !done) {
            return false;
        }
        any = any || done;
    }
    return any && accepted(pair->hall_kind, pair->hall, arena) &&
           accepted(pair->cooling_kind, pair->cooling, arena);
}

static void copy_pair(struct pair *to, const struct pair *from) {
    memcpy(to->hall, from->hall, from->hall_kind->size);
    memcpy(to->cooling, from->cooling, from->cooling_kind->size);
}

static double all_kwh(const struct pair_year *year) {
    return year->hall_kwh_year + year->cooling_kwh_year;
}

struct ranking {
    const struct accounts *accounts;
    struct bench bench;
    struct pair now, tried;
    double now_kwh_year, currency_ratio, price_money_kwh;
    bool taken[COUNT(measures)];
};

/* The cheapest saving that is left; false where nothing saves. */
static bool next_measure(struct ranking *r, struct cooling_measure *ret) {
    const struct scenario *s = r->accounts->scenario;
    int best = -1;
    for (int k = 0; k < COUNT(measures); k++) {
        copy_pair(&r->tried, &r->now);
        if (r->taken[k] || !apply(&measures[k], &r->tried, r->bench.arena)) {
            continue;
        }
        struct pair_year year = year_of(&r->bench, &r->tried);
        double saved_kwh_year = r->now_kwh_year - all_kwh(&year);
        double invest_money = measures[k].invest_usd_kw * r->currency_ratio * r->now.it_kw;
        double yearly =
            invest_money * plan_annuity_frac_year(s->discount_frac, measures[k].life_year);
        double cost_money_kwh = yearly / saved_kwh_year;
        if (saved_kwh_year > 1e-6 * r->now_kwh_year &&
            (best < 0 || cost_money_kwh < ret->cost_money_kwh)) {
            best = k;
            *ret = (struct cooling_measure){measures[k].title,
                                            measures[k].source,
                                            saved_kwh_year,
                                            invest_money,
                                            cost_money_kwh,
                                            r->now_kwh_year - saved_kwh_year,
                                            cost_money_kwh < r->price_money_kwh};
        }
    }
    if (best >= 0) {
        r->taken[best] = true;
        (void)apply(&measures[best], &r->now, r->bench.arena);
        r->now_kwh_year = ret->left_kwh_year;
    }
    return best >= 0;
}

int account_cooling_measures(const struct accounts *accounts, int h, struct arena *arena,
                             struct cooling_measure ret[MEASURES_MAX], double *ret_before_kwh_year,
                             double *ret_price_money_kwh) {
    const struct scenario *s = accounts->scenario;
    struct ranking r = {.accounts = accounts, .currency_ratio = 1.0};
    int count = 0;
    *ret_before_kwh_year = *ret_price_money_kwh = 0.0;
    if (!pair_of(accounts, h, arena, &r.now) || !pair_of(accounts, h, arena, &r.tried) ||
        !money_factor("USD", 2024, s->currency, s->money_year, &r.currency_ratio)) {
        return arena_failed(arena) ? -1 : 0;
    }
    if (!bench_make(&r.bench, accounts->plan, arena, r.now.hall_kind, r.now.cooling_kind)) {
        return -1;
    }
    struct pair_year before = year_of(&r.bench, &r.now);
    r.now_kwh_year = *ret_before_kwh_year = all_kwh(&before);
    r.price_money_kwh = *ret_price_money_kwh = prices_of(accounts, &s->halls[h]).power_money_kwh;
    while (count < MEASURES_MAX && next_measure(&r, &ret[count])) {
        count++;
    }
    return count;
}
