/* A hall and its cooling over the year, by the physics alone: E = hall + heat * (power per heat of the reject mode).
   Costs of measures are assumptions per kW of IT, there to rank, not to buy by. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/cooling.h"

#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "base/text.h"
#include "components/cooling.h"
#include "scenario/money.h"

enum { PARTS_MAX = 2 };

struct part { /* what takes the hall's heat at one of its ports */
    const struct component *kind;
    void *self;
    int port;
};
struct pair { /* a hall with its cooling, as parameters that may be changed */
    const struct component *hall_kind;
    void *hall;
    double it_kw;
    int parts_count; /* the coolant's, then the room's where that has its own */
    struct part part[PARTS_MAX];
};

struct pair_year {
    double hall_kwh_year, cooling_kwh_year, water_m3_year, heat_kwh_year, peak_heat_kw, idle_h;
};

/* Arrays for one evaluation, reused. */
struct bench {
    const struct plan *plan;
    struct arena *arena;
    struct coefficients *hall, *cooling[PARTS_MAX];
    int parts_count;
    double *supply_c, *return_c;
};

static bool bench_make(struct bench *bench, const struct plan *plan, struct arena *arena,
                       const struct pair *pair) {
    int count = plan->hours->count;
    *bench = (struct bench){.plan = plan,
                            .arena = arena,
                            .parts_count = pair->parts_count,
                            .hall = coefficients_new(arena, pair->hall_kind, count),
                            .supply_c = ARENA_TAKE(arena, double, count),
                            .return_c = ARENA_TAKE(arena, double, count)};
    bool good = bench->hall && bench->supply_c && bench->return_c;
    for (int k = 0; k < bench->parts_count; k++) {
        bench->cooling[k] = coefficients_new(arena, pair->part[k].kind, count);
        good = good && bench->cooling[k];
    }
    return good;
}

/* The part's coefficients at the temperatures of the hall's port. */
static void fill_part(const struct bench *bench, const struct pair *pair, int k, double size) {
    const struct part *part = &pair->part[k];
    struct hours hours = *bench->plan->hours;
    pair->hall_kind->temperatures(pair->hall, &hours, part->port, bench->supply_c, bench->return_c);
    for (int p = 0; p < PORTS_MAX; p++) {
        struct port_temperatures none = {NULL, NULL, NULL};
        hours.port[p] = none;
        hours.wired[p] = p < part->kind->ports_count && !part->kind->ports[p].optional;
    }
    hours.port[component_port(part->kind, "heat_in")] =
        (struct port_temperatures){bench->supply_c, bench->return_c, NULL};
    hours.size = size;
    coefficients_reset(bench->cooling[k], part->kind);
    part->kind->coefficients(part->self, &hours, bench->cooling[k]);
}

/* Power and water of a part over the horizon, in kW and m3/h times steps. */
static void add_part(const struct bench *bench, const struct pair *pair, int k,
                     struct pair_year *year) {
    const struct part *part = &pair->part[k];
    const struct mode *reject = &bench->cooling[k]->mode[0];
    const double *heat = bench->hall->mode[0].port[part->port];
    int power = component_port(part->kind, "power_in"),
        water = component_port(part->kind, "water_in");
    double peak_kw = 0.0, step_h = bench->plan->hours->step_h;
    struct sum taken = {0, 0}, cooling = {0, 0}, drunk = {0, 0};
    for (int t = 0; t < bench->plan->hours->count; t++) {
        peak_kw = fmax(peak_kw, pair->it_kw * heat[t]);
    }
    fill_part(bench, pair, k, peak_kw);
    for (int t = 0; t < bench->plan->hours->horizon_count; t++) {
        double heat_kw = pair->it_kw * heat[t];
        bool runs = reject->may_run[t];
        sum_add(&taken, heat_kw);
        sum_add(&cooling, runs ? heat_kw * reject->port[power][t] : 0.0);
        sum_add(&drunk, runs && water >= 0 ? heat_kw * reject->port[water][t] : 0.0);
        year->idle_h += runs || heat_kw <= 0.0 ? 0.0 : step_h / bench->plan->scenario->year_frac;
    }
    double to_year = step_h / bench->plan->scenario->year_frac;
    year->peak_heat_kw += peak_kw;
    year->heat_kwh_year += sum_value(&taken) * to_year;
    year->cooling_kwh_year += sum_value(&cooling) * to_year;
    year->water_m3_year += sum_value(&drunk) * to_year;
}

static struct pair_year year_of(const struct bench *bench, const struct pair *pair) {
    struct hours hours = *bench->plan->hours;
    int from = component_port(pair->hall_kind, "power_in");
    struct sum hall = {0, 0};
    struct pair_year ret = {0.0, 0.0, 0.0, 0.0, 0.0, 0.0};
    hours.size = pair->it_kw;
    coefficients_reset(bench->hall, pair->hall_kind);
    pair->hall_kind->coefficients(pair->hall, &hours, bench->hall);
    for (int t = 0; t < hours.horizon_count; t++) {
        sum_add(&hall, pair->it_kw * bench->hall->mode[0].port[from][t]);
    }
    ret.hall_kwh_year = sum_value(&hall) * hours.step_h / bench->plan->scenario->year_frac;
    for (int k = 0; k < bench->parts_count; k++) {
        add_part(bench, pair, k, &ret);
    }
    return ret;
}

static double all_kwh(const struct pair_year *year) {
    return year->hall_kwh_year + year->cooling_kwh_year;
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
    return factor_ratio * size * component_unit_capex_money(kind, size, s->calendar.year);
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

static void *copy_of(struct arena *arena, const void *self, size_t size) {
    void *copy = self ? arena_take(arena, 1, size) : NULL;
    if (copy) {
        memcpy(copy, self, size);
    }
    return copy;
}

static bool pair_of(const struct accounts *accounts, int h, struct arena *arena, struct pair *ret) {
    const struct scenario *s = accounts->scenario;
    const struct hall *hall = &s->halls[h];
    const struct instance *it = &s->instances[hall->instance];
    const int plants[PARTS_MAX] = {hall->cooling, hall->room_cooling};
    static const char *const ports[PARTS_MAX] = {"heat_out", "room_heat_out"};
    if (!accounts->plan->cases[CASE_APART].flow[hall->instance].included) {
        return false;
    }
    *ret = (struct pair){.hall_kind = it->kind,
                         .hall = copy_of(arena, it->self, it->kind->size),
                         .it_kw = accounts->plan->cases[CASE_APART].flow[hall->instance].capacity};
    const struct param *supply = component_param(it->kind, "supply_c");
    if (ret->hall) { /* coolant_c says the same, and is what others change */
        *(double *)(void *)((char *)ret->hall + supply->offset) = NOT_GIVEN;
    }
    for (int k = 0; k < PARTS_MAX && plants[k] >= 0; k++) {
        const struct instance *cooling = &s->instances[plants[k]];
        if (!cools_halls(cooling->kind)) {
            return false;
        }
        ret->part[ret->parts_count++] =
            (struct part){cooling->kind, copy_of(arena, cooling->self, cooling->kind->size),
                          component_port(it->kind, ports[k])};
    }
    return ret->parts_count > 0 && !arena_failed(arena);
}

/* ---- methods ---- */

/* Sets a number of the hall that the scenario did not give. */
static void suit(struct pair *pair, const struct instance *it, const char *key, double value) {
    const struct param *param = component_param(pair->hall_kind, key);
    if (param && it->given[param - pair->hall_kind->params] != GIVEN_SCENARIO) {
        *(double *)(void *)((char *)pair->hall + param->offset) = value;
    }
}

static bool add_part_of(struct pair *pair, const struct component *kind, const char *port,
                        struct arena *arena) {
    void *self = arena_take(arena, 1, kind->size);
    if (self) {
        component_defaults(kind, self);
        pair->part[pair->parts_count++] =
            (struct part){kind, self, component_port(pair->hall_kind, port)};
    }
    return self != NULL;
}

/* The hall as another method is made for: its coolant, the air or liquid of its servers, what cools the rest
   (scenario/hall_cooling.c does the same for a scenario that names it). */
static bool pair_for(const struct pair *own, const struct instance *it,
                     const struct component *kind, struct arena *arena, struct pair *ret) {
    const struct cooling *made = kind->cooling;
    *ret = *own;
    ret->parts_count = 0;
    ret->hall = copy_of(arena, own->hall, own->hall_kind->size);
    if (!ret->hall || !add_part_of(ret, kind, "heat_out", arena)) {
        return false;
    }
    if (!made) {
        return true;
    }
    suit(ret, it, "coolant_dt_dk", made->coolant_dt_dk);
    suit(ret, it, "coolant_c", made->coolant_c);
    suit(ret, it, "capture_frac", made->capture_frac);
    double capture_frac = component_number(ret->hall_kind, ret->hall, "capture_frac", 1.0);
    double cold_c = component_number(ret->hall_kind, ret->hall, "coolant_c", 24.0) -
                    component_number(ret->hall_kind, ret->hall, "coolant_dt_dk", 8.0);
    suit(ret, it, "liquid_frac", made->at_chip ? capture_frac : 0.0);
    suit(ret, it, "inlet_c", made->air ? fmin(45.0, fmax(10.0, cold_c)) : 23.0);
    const struct component *room = made->room ? component_find(made->room) : kind;
    if (capture_frac >= 1.0 || !room) {
        return true;
    }
    if (room->cooling && room->cooling->air) {
        suit(ret, it, "room_dt_dk", room->cooling->coolant_dt_dk);
        suit(ret, it, "room_c", room->cooling->coolant_c);
    }
    return add_part_of(ret, room, "room_heat_out", arena);
}

static bool add_method(const struct accounts *accounts, const struct pair *own,
                       const struct instance *it, const struct component *kind, struct arena *arena,
                       const struct prices *prices, struct cooling_method *ret) {
    const struct scenario *s = accounts->scenario;
    bool in_plan = kind == own->part[0].kind;
    struct pair pair = *own;
    struct bench bench;
    if ((!in_plan && !pair_for(own, it, kind, arena, &pair)) ||
        !bench_make(&bench, accounts->plan, arena, &pair)) {
        return false;
    }
    struct pair_year year = year_of(&bench, &pair);
    double invest_money = 0.0, kept_money = 0.0, all_kw = 0.0, sound_ratio = 0.0;
    for (int k = 0; k < pair.parts_count; k++) {
        const struct part *part = &pair.part[k];
        double peak_kw = 0.0;
        for (int t = 0; t < accounts->plan->hours->count; t++) {
            peak_kw = fmax(peak_kw, pair.it_kw * bench.hall->mode[0].port[part->port][t]);
        }
        double money = invest_of(s, part->kind, part->self, peak_kw);
        double life_year = component_number(part->kind, part->self, "life_year", s->life_year);
        invest_money += money;
        kept_money += money * (plan_annuity_frac_year(s->discount_frac, life_year) +
                               component_number(part->kind, part->self, "fom_frac_year", 0.0));
        sound_ratio +=
            pow(10.0, component_number(part->kind, part->self, "sound_db", (double)NAN) / 10.0) *
            peak_kw / 1000.0;
        all_kw += peak_kw;
    }
    *ret = (struct cooling_method){
        .kind = kind,
        .in_plan = in_plan,
        .power_kwh_year = year.cooling_kwh_year,
        .all_kwh_year = all_kwh(&year),
        .water_m3_year = year.water_m3_year,
        .heat_kwh_year = year.heat_kwh_year,
        .idle_h = year.idle_h,
        .take_off_c = component_number(pair.hall_kind, pair.hall, "coolant_c", (double)NAN),
        .condenser = component_port(kind, "heat_out") >= 0,
        .invest_money = invest_money,
        .cost_money_year = kept_money + prices->power_money_kwh * all_kwh(&year) +
                           prices->water_money_m3 * year.water_m3_year,
        .sound_db = all_kw > 0.0 ? 10.0 * log10(sound_ratio) : (double)NAN};
    return true;
}

int account_cooling_methods(const struct accounts *accounts, int h, struct arena *arena,
                            struct cooling_method ret[METHODS_MAX]) {
    struct pair own;
    int count = 0;
    if (!pair_of(accounts, h, arena, &own)) {
        return arena_failed(arena) ? -1 : 0;
    }
    const struct hall *hall = &accounts->scenario->halls[h];
    const struct instance *it = &accounts->scenario->instances[hall->instance];
    struct prices prices = prices_of(accounts, hall);
    for (int k = 0; k < component_count() && count < METHODS_MAX; k++) {
        const struct component *kind = component_at(k);
        if (!cools_halls(kind) || (needs_more(kind) && kind != own.part[0].kind)) {
            continue;
        }
        struct arena *scratch = arena_new(0);
        bool good = scratch && add_method(accounts, &own, it, kind, scratch, &prices, &ret[count]);
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

/* False where the first change cannot be made, or the kind's own check refuses what comes out. Cooling is that of the
   coolant. */
static bool apply(const struct measure *measure, struct pair *pair, struct arena *arena) {
    struct part *part = &pair->part[0];
    for (int k = 0; k < CHANGES && measure->change[k].key; k++) {
        bool hall = measure->change[k].where == HALL;
        bool done = change(hall ? pair->hall_kind : part->kind, hall ? pair->hall : part->self,
                           measure->change[k].how, measure->change[k].key, measure->change[k].value,
                           measure->change[k].word);
        if (k == 0 && !done) {
            return false;
        }
    }
    return accepted(pair->hall_kind, pair->hall, arena) && accepted(part->kind, part->self, arena);
}

static void copy_pair(struct pair *to, const struct pair *from) {
    memcpy(to->hall, from->hall, from->hall_kind->size);
    for (int k = 0; k < from->parts_count; k++) {
        memcpy(to->part[k].self, from->part[k].self, from->part[k].kind->size);
    }
}

struct ranking {
    const struct accounts *accounts;
    struct bench bench;
    struct pair now, tried;
    double now_kwh_year, now_idle_h, currency_ratio, price_money_kwh;
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
        if (year.idle_h > r->now_idle_h || /* a saving by not cooling is none */
            !(saved_kwh_year > 1e-6 * r->now_kwh_year)) {
            continue;
        }
        double invest_money = measures[k].invest_usd_kw * r->currency_ratio * r->now.it_kw;
        double yearly =
            invest_money * plan_annuity_frac_year(s->discount_frac, measures[k].life_year);
        double cost_money_kwh = yearly / saved_kwh_year;
        if (best < 0 || cost_money_kwh < ret->cost_money_kwh) {
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
    if (!bench_make(&r.bench, accounts->plan, arena, &r.now)) {
        return -1;
    }
    struct pair_year before = year_of(&r.bench, &r.now);
    r.now_kwh_year = *ret_before_kwh_year = all_kwh(&before);
    r.now_idle_h = before.idle_h;
    r.price_money_kwh = *ret_price_money_kwh = prices_of(accounts, &s->halls[h]).power_money_kwh;
    while (count < MEASURES_MAX && next_measure(&r, &ret[count])) {
        count++;
    }
    return count;
}

/* ---- both ---- */

/* The cheapest first; those without a catalogue cost last, by the power they draw. */
static bool comes_before(const struct cooling_method *a, const struct cooling_method *b) {
    if (isnan(a->cost_money_year) || isnan(b->cost_money_year)) {
        return isnan(a->cost_money_year) == isnan(b->cost_money_year)
                   ? a->all_kwh_year < b->all_kwh_year
                   : isnan(b->cost_money_year);
    }
    return a->cost_money_year < b->cost_money_year;
}

static void sort_methods(struct hall_cooling *found) {
    for (int n = 1; n < found->methods_count; n++) {
        struct cooling_method one = found->methods[n];
        int k = n;
        for (; k > 0 && comes_before(&one, &found->methods[k - 1]); k--) {
            found->methods[k] = found->methods[k - 1];
        }
        found->methods[k] = one;
    }
}

const struct hall_cooling *account_cooling(const struct accounts *accounts, int hall,
                                           struct arena *arena) {
    struct hall_cooling *found = &accounts->cooling[hall];
    if (!found->known) {
        found->methods_count = account_cooling_methods(accounts, hall, arena, found->methods);
        found->measures_count =
            account_cooling_measures(accounts, hall, arena, found->measures,
                                     &found->before_kwh_year, &found->price_money_kwh);
        found->known = found->methods_count >= 0 && found->measures_count >= 0;
        sort_methods(found);
    }
    return found->known ? found : NULL;
}
