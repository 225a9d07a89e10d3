/* Carbon and water by the books of others.

   scope 1     fuel burnt in a party's plant, heat producers' own factors, leaked refrigerant
   scope 2     power it buys, by the grid's average of each step (location) and by contracts, certificates and, of what
               these leave, market factor (market)
   scope 3     what was made with plant, servers and building, spread over their years (servers that a roadmap refreshes:
               over refresh_year); of generators that say so the
               life cycle by what they generate
   boundary    of the data centre's own lines those that the scenario's switch takes in: itself, networks, devices
   avoided     heat supply alone: fuel and power of everything that makes or moves the town's heat, apart less together

   The columns stay apart (GHG Protocol, scope 2 guidance; no netting of avoided emissions into scopes). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/inventory.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "accounts/agreement.h"
#include "accounts/internal.h"
#include "components/data_hall.h"
#include "components/refrigerant.h"
#include "scenario/keys.h"

static const double plant_life_year = 20.0;
static const int half_year = 2030; /* half of the base year's carbon by then */

struct carbon {
    double fuel_kg, power_kg, power_marginal_kg, fuel_marginal_kg, power_kwh;
    double market_kg; /* of power, by contracts and residual mix */
};

/* What is bought and has no certificate is of the residual mix; where that is not known, of the grid's average. */
static double market_kg(const struct accounts *accounts, enum plan_case kind, int bus,
                        const struct purchase *bought) {
    double market_kgco2_kwh = inventory_value(accounts->scenario, "market_kgco2_kwh");
    if (bought->grid_kwh_year == 0.0) {
        return 0.0;
    }
    int grid = accounts->pools[kind][bus].seller;
    double left_frac = 1.0 - account_certified_frac(accounts, kind, grid);
    return left_frac * (isnan(market_kgco2_kwh) ? bought->carbon_kg_year
                                                : market_kgco2_kwh * bought->grid_kwh_year);
}

/* What one instance emits and buys in a year. */
static struct carbon carbon_of(const struct accounts *accounts, enum plan_case kind, int i) {
    const struct scenario *s = accounts->scenario;
    const struct component *of = s->instances[i].kind;
    const struct flow *flow = &accounts->plan->cases[kind].flow[i];
    struct carbon ret = {0};
    if (!flow->included || account_sells(of)) {
        return ret;
    }
    ret.fuel_kg = flow->carbon_kg / s->year_frac; /* a producer's own factor */
    ret.fuel_marginal_kg = flow->carbon_marginal_kg / s->year_frac;
    for (int p = 0; p < of->ports_count; p++) {
        struct purchase bought = account_purchase(accounts, kind, i, p);
        bool power = of->ports[p].carrier == CARRIER_ELECTRICITY;
        *(power ? &ret.power_kg : &ret.fuel_kg) += bought.carbon_kg_year;
        *(power ? &ret.power_marginal_kg : &ret.fuel_marginal_kg) += bought.carbon_marginal_kg_year;
        ret.power_kwh += power ? bought.quantity_year : 0.0;
        ret.market_kg +=
            power ? market_kg(accounts, kind, s->instances[i].port_bus[p], &bought) : 0.0;
    }
    return ret;
}

static bool compresses(const struct component *kind) {
    static const char *const words[] = {"heat_pump", "chiller", "dx", "chilled_water"};
    for (int k = 0; k < COUNT(words); k++) {
        if (strstr(kind->name, words[k])) {
            return true;
        }
    }
    return false;
}

/* Of its refrigerant; where the kind does not say which, the scenario's. */
static double gwp_of(const struct accounts *accounts, enum plan_case kind, int i) {
    const struct instance *it = &accounts->scenario->instances[i];
    const struct hours *hours = accounts->plan->hours;
    int out = component_port(it->kind, "heat_out"), bus = out >= 0 ? it->port_bus[out] : -1;
    double hottest_c = -HUGE_VAL;
    for (int t = 0; bus >= 0 && t < hours->count; t++) {
        size_t at = (size_t)bus * (size_t)hours->count + (size_t)t;
        hottest_c = fmax(hottest_c, accounts->plan->cases[kind].temperature_c[0][at]);
    }
    const struct refrigerant *of = refrigerant_of(it->kind, it->self, hottest_c);
    return of ? of->gwp_ratio : inventory_value(accounts->scenario, "refrigerant_gwp_ratio");
}

static bool is_machine(const struct instance *it) {
    return it->kind->shape == SHAPE_CONVERTER && !account_sells(it->kind);
}

/* What was made with a plant, of one year: by what it generates, or by its size. */
static double plant_kg(const struct accounts *accounts, enum plan_case kind, int i) {
    const struct scenario *s = accounts->scenario;
    const struct instance *it = &s->instances[i];
    const struct flow *flow = &accounts->plan->cases[kind].flow[i];
    double life_cycle_kgco2_kwh =
        component_number(it->kind, it->self, "life_cycle_kgco2_kwh", (double)NAN);
    if (!isnan(life_cycle_kgco2_kwh)) {
        return life_cycle_kgco2_kwh * account_named_port_year(accounts->plan, kind, i, "power_out");
    }
    return is_machine(it) && isfinite(flow->capacity)
               ? flow->capacity * inventory_value(s, "plant_kgco2_kw") / plant_life_year
               : 0.0;
}

static void add_instance(const struct accounts *accounts, enum plan_case kind, int i,
                         struct inventory *inventory) {
    const struct scenario *s = accounts->scenario;
    const struct instance *it = &s->instances[i];
    const struct flow *flow = &accounts->plan->cases[kind].flow[i];
    struct scopes *scopes = &inventory->scopes[kind][it->owner];
    if (!flow->included) {
        return;
    }
    struct carbon carbon = carbon_of(accounts, kind, i);
    scopes->scope1_kg += carbon.fuel_kg;
    scopes->scope2_location_kg += carbon.power_kg;
    scopes->scope2_market_kg += carbon.market_kg;
    scopes->scope3_plant_kg += plant_kg(accounts, kind, i);
    if (compresses(it->kind) && isfinite(flow->capacity)) {
        double leaks_kg = flow->capacity * inventory_value(s, "refrigerant_kg_kw") *
                          inventory_value(s, "leak_frac_year") * gwp_of(accounts, kind, i);
        scopes->refrigerant_kg += leaks_kg;
        scopes->scope1_kg += leaks_kg;
    }
}

static void add_hall(const struct accounts *accounts, enum plan_case kind, const struct hall *hall,
                     struct inventory *inventory) {
    const struct scenario *s = accounts->scenario;
    const struct flow *flow = &accounts->plan->cases[kind].flow[hall->instance];
    struct scopes *scopes = &inventory->scopes[kind][PARTY_OPERATOR];
    struct hall_servers servers;
    data_hall_servers(s->instances[hall->instance].self, &servers);
    double life_year = servers.refresh == HALL_REFRESH_NONE ? inventory_value(s, "server_life_year")
                                                            : servers.life_year;
    if (flow->included && isfinite(flow->capacity)) {
        scopes->scope3_servers_kg += servers.it_ratio * flow->capacity /
                                     inventory_value(s, "server_kw") *
                                     inventory_value(s, "server_kgco2") / life_year;
    }
}

/* A building that stood empty is fitted out, and not made anew. */
static void add_building(const struct accounts *accounts, enum plan_case kind,
                         struct inventory *inventory) {
    const struct scenario *s = accounts->scenario;
    double floor_m2 = site_fact_value(s, keys_find("site", "floor_m2"));
    if (accounts->metrics[kind].it_kwh_year > 0.0 && isfinite(floor_m2)) {
        double reused_frac = site_fact_value(s, keys_find("site", "reused_floor_frac"));
        double made_frac = 1.0 - (isnan(reused_frac) ? 0.0 : reused_frac) *
                                     (1.0 - inventory_value(s, "refit_frac"));
        inventory->scopes[kind][PARTY_OPERATOR].scope3_building_kg =
            floor_m2 * made_frac * inventory_value(s, "building_kgco2_m2") /
            inventory_value(s, "building_life_year");
    }
}

static void set_boundary(const struct accounts *accounts, struct inventory *inventory) {
    static const struct boundary_line lines[] = {
#define LINE(key, boundary, scope, value, what)                                                    \
    {#key, what, BOUNDARY_##boundary, scope, false, {0}},
#include "accounts/inventory.def"
#undef LINE
    };
    static_assert(COUNT(lines) == BOUNDARY_LINES, "inventory.h says how many there are");
    const struct scenario *s = accounts->scenario;
    memcpy(inventory->line, lines, sizeof lines);
    for (int k = 0; k < CASES; k++) {
        const struct scopes *p = &inventory->scopes[k][PARTY_OPERATOR];
        bool stands = accounts->metrics[k].it_kwh_year > 0.0;
        const double kg[] = {
#define LINE(key, boundary, scope, value, what) value,
#include "accounts/inventory.def"
#undef LINE
        };
        for (int n = 0; n < BOUNDARY_LINES; n++) {
            struct boundary_line *line = &inventory->line[n];
            line->counted = line->boundary <= s->carbon_boundary;
            line->kg[k] = stands ? kg[n] : 0.0;
            inventory->boundary_kg[k] += line->counted ? line->kg[k] : 0.0;
        }
    }
}

/* Heat supply alone: everything that makes or moves the town's heat. */
static void set_avoided(const struct accounts *accounts, struct inventory *inventory) {
    const struct scenario *s = accounts->scenario;
    double fuel_saved_kg = 0.0, power_added_kwh = 0.0;
    inventory->avoided_average_kg = inventory->avoided_marginal_kg = 0.0;
    for (int i = 0; i < s->instances_count; i++) {
        if (!account_is_heat_plant(s, i)) {
            continue;
        }
        struct carbon apart = carbon_of(accounts, CASE_APART, i);
        struct carbon together = carbon_of(accounts, CASE_TOGETHER, i);
        inventory->avoided_average_kg +=
            apart.fuel_kg + apart.power_kg - together.fuel_kg - together.power_kg;
        inventory->avoided_marginal_kg += apart.fuel_marginal_kg + apart.power_marginal_kg -
                                          together.fuel_marginal_kg - together.power_marginal_kg;
        fuel_saved_kg += apart.fuel_kg - together.fuel_kg;
        power_added_kwh += together.power_kwh - apart.power_kwh;
    }
    bool lifted = power_added_kwh > 1.0 && fuel_saved_kg > 0.0;
    inventory->break_even_kgco2_kwh = lifted ? fuel_saved_kg / power_added_kwh : (double)NAN;
}

/* Everybody's scopes 1 and 2 by location: no kWh stands with two parties. */
static double all_kg(const struct inventory *inventory, enum plan_case kind) {
    double kg = 0.0;
    for (int party = 0; party < PARTY_COUNT; party++) {
        const struct scopes *scopes = &inventory->scopes[kind][party];
        kg += scopes->scope1_kg + scopes->scope2_location_kg;
    }
    return kg;
}

static void set_path(const struct accounts *accounts, struct inventory *inventory) {
    const struct scenario *s = accounts->scenario;
    double base_kg = inventory_value(s, "base_kg_year"),
           base_year = inventory_value(s, "base_year");
    double years = s->calendar.year - base_year, span_year = half_year - base_year;
    for (int k = 0; k < CASES; k++) {
        inventory->path_kg[k] = all_kg(inventory, (enum plan_case)k);
    }
    inventory->path_year_kg = base_kg * pow(0.5, fmin(1.0, fmax(0.0, years / span_year)));
    inventory->target_gap_kg =
        inventory->path_kg[CASE_TOGETHER] - inventory_value(s, "target_kg_year");
}

static void set_water(const struct accounts *accounts, struct inventory *inventory) {
    const struct scenario *s = accounts->scenario;
    for (int k = 0; k < CASES; k++) {
        const struct metrics *m = &accounts->metrics[k];
        inventory->water_direct_m3[k] = m->data_centre_water_m3_year;
        inventory->water_power_m3[k] = m->indirect_water_m3_year;
    }
    inventory->water_stressed_m3 =
        inventory->water_direct_m3[CASE_TOGETHER] * inventory_value(s, "water_stress_score") / 5.0;
}

enum status account_inventory(struct accounts *accounts, struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    struct inventory *inventory = ARENA_TAKE(arena, struct inventory, 1);
    if (!inventory) {
        return STATUS_NO_MEMORY;
    }
    accounts->inventory = inventory;
    for (int k = 0; k < CASES; k++) {
        for (int i = 0; i < s->instances_count; i++) {
            add_instance(accounts, (enum plan_case)k, i, inventory);
        }
        for (int h = 0; h < s->halls_count; h++) {
            add_hall(accounts, (enum plan_case)k, &s->halls[h], inventory);
        }
        add_building(accounts, (enum plan_case)k, inventory);
    }
    set_boundary(accounts, inventory);
    set_avoided(accounts, inventory);
    set_path(accounts, inventory);
    set_water(accounts, inventory);
    return STATUS_OK;
}
