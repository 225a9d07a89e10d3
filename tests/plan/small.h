/* A small joint scenario of a few days, for tests of plan/ and accounts/. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PLAN_SMALL_H
#define TESTS_PLAN_SMALL_H

#include "plan/plan.h"
#include "shared_data.h"

#define SMALL_HEAD                                                                                 \
    "hearth: 1\nname: small\nplace: {climate: seattle, ground_c: 11}\nhorizon: {from: "            \
    "2024-01-08, days: 2}\n"                                                                       \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\nfuel: "               \
    "{gas_money_kwh: 0.04}\n"
#define SMALL_POWER                                                                                \
    "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n  campus: {energy_money_kwh: 0.10}\n"
#define SMALL_HALL                                                                                 \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: flat, cooling: chilled_water_economiser,\n" \
    "     heat_recovery: {from: condenser_water, temperature_c: 20, max_kw: 900}}\n"
#define SMALL_TOWN                                                                                 \
    "town:\n  - {name: campus, building: office, floor_m2: 20000, emitter: low_temperature, "      \
    "hot_water: local_electric,\n"                                                                 \
    "     heated_by: gas_boiler}\n"
#define SMALL_NETWORK                                                                              \
    "heat_network: {supply_c: {at -4: 55, at 15: 45}, return_c: 38, length_m: 200}\n"
#define SMALL_PLANT "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"

struct small {
    struct arena *arena;
    struct diag *diag;
    struct scenario *scenario;
    struct plan *plan;
};

static inline void small_tell(const struct small *small) {
    for (int k = 0; k < diag_count(small->diag); k++) {
        print_message("%s", diag_render(small->arena, diag_at(small->diag, k)));
    }
}

static inline struct small small_read(const char *text) {
    struct small small = {arena_new(0), NULL, NULL, NULL};
    small.diag = diag_new(small.arena);
    enum status status =
        scenario_parse(small.arena, small.diag, "small.yaml", text, strlen(text), &small.scenario);
    if (status != STATUS_OK) {
        small_tell(&small);
    }
    assert_int_equal(status, STATUS_OK);
    return small;
}

static inline struct small small_solve(const char *text) {
    struct small small = small_read(text);
    enum status status = plan_solve(small.scenario, NULL, small.arena, small.diag, &small.plan);
    if (status != STATUS_OK) {
        small_tell(&small);
    }
    assert_int_equal(status, STATUS_OK);
    return small;
}

static inline void small_free(struct small *small) { arena_free(small->arena); }

#endif
