/* What facility types and classes of racks stand for, and what stands in a hall. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "components/data_hall_parts.h"
#include "physics/server.h"

enum { VALUES = 8 };
static const double rack_floor_m2 = 2.6; /* with its share of the aisles [recalled, unverified] */

/* Keys of numbers and of words (by their index). UPS by space type after LBNL24 table 4.3 [quoted]; distribution and
   lighting by size, middle of LEI22's ranges [read]: large .01 and .001, mid .035, small .03; profile, racks and
   redundancy assumed. */
struct preset {
    struct {
        const char *key;
        double value;
    } value[VALUES];
};
#define CHAIN(ups_, redundancy_, distribution_, lighting_)                                         \
    {"ups", ups_}, {"redundancy", redundancy_}, {"distribution_loss_frac", distribution_}, {       \
        "lighting_frac", lighting_                                                                 \
    }
static const struct preset facilities[FACILITIES] = {
    [FACILITY_EDGE] = {{{"load", LOAD_EDGE},
                        {"rack_kw", 5.0},
                        CHAIN(POWER_UPS_DC_PRO_50, POWER_N, 0.03, 0.03),
                        {"occupancy_frac", 0.7}}},
    [FACILITY_HOSPITAL] = {{{"load", LOAD_ENTERPRISE},
                            {"weekend_frac", 0.98},
                            {"rack_kw", 5.0},
                            CHAIN(POWER_UPS_DC_PRO_225, POWER_2N, 0.035, 0.035),
                            {"occupancy_frac", 0.6}}},
    [FACILITY_FACTORY] = {{{"load", LOAD_ENTERPRISE},
                           {"rack_kw", 5.0},
                           CHAIN(POWER_UPS_DC_PRO_50, POWER_N_PLUS_1, 0.03, 0.03),
                           {"occupancy_frac", 0.6}}},
    [FACILITY_AIRPORT] = {{{"load", LOAD_FLAT},
                           {"rack_kw", 5.0},
                           CHAIN(POWER_UPS_DC_PRO_225, POWER_2N, 0.035, 0.035),
                           {"occupancy_frac", 0.6}}},
    [FACILITY_PUBLIC] = {{{"load", LOAD_ENTERPRISE},
                          {"rack_kw", 5.0},
                          CHAIN(POWER_UPS_DC_PRO_225, POWER_N_PLUS_1, 0.035, 0.035),
                          {"occupancy_frac", 0.6}}},
    [FACILITY_ENTERPRISE] = {{{"load", LOAD_ENTERPRISE},
                              {"rack_kw", 5.0},
                              CHAIN(POWER_UPS_DC_PRO_225, POWER_N_PLUS_1, 0.035, 0.035),
                              {"occupancy_frac", 0.6}}},
    [FACILITY_COLOCATION] = {{{"load", LOAD_COLOCATION},
                              {"rack_kw", 8.0},
                              CHAIN(POWER_UPS_DC_PRO_1000, POWER_N_PLUS_1, 0.02, 0.001),
                              {"occupancy_frac", 0.75}}},
    [FACILITY_HYPERSCALE] = {{{"load", LOAD_CLOUD},
                              {"rack_kw", 12.0},
                              CHAIN(POWER_UPS_MODERN, POWER_N_PLUS_1, 0.01, 0.001),
                              {"occupancy_frac", 0.85}}},
    [FACILITY_AI] = {{{"load", LOAD_AI_TRAINING},
                      {"rack_kw", 50.0},
                      CHAIN(POWER_UPS_MODERN, POWER_N_PLUS_1, 0.01, 0.001),
                      {"occupancy_frac", 0.9}}},
};

/* Danfoss 2024 for the first three; 120-142 kW are racks of 2025 [quoted]. */
static const struct {
    double low_kw, typical_kw, high_kw;
} racks[RACK_CLASSES] = {
    [RACK_LEGACY] = {4.0, 5.0, 6.0},
    [RACK_CLOUD] = {10.0, 12.0, 14.0},
    [RACK_AI] = {40.0, 50.0, 60.0},
    [RACK_AI_LIQUID] = {100.0, 130.0, 300.0},
};

bool data_hall_rack_limits(const void *self, double *ret_low_kw, double *ret_high_kw) {
    const struct data_hall *hall = self;
    *ret_low_kw = racks[hall->rack_class].low_kw;
    *ret_high_kw = racks[hall->rack_class].high_kw;
    return hall->rack_class != RACK_BY_KW;
}

static void set(struct data_hall *hall, const char *key, double value, const bool *given,
                bool *ret_set) {
    const struct param *param = component_param(component_find("data_hall"), key);
    long k = param - component_find("data_hall")->params;
    void *at = (char *)hall + param->offset;
    if (given[k] || ret_set[k]) {
        return;
    }
    if (param->kind == PARAM_WORD) {
        *(int *)at = (int)value;
    } else {
        *(double *)at = value;
    }
    ret_set[k] = true;
}

void data_hall_preset(void *self, const bool *given, bool *ret_set) {
    struct data_hall *hall = self;
    const struct preset *facility = &facilities[hall->facility];
    if (hall->rack_class != RACK_BY_KW) {
        set(hall, "rack_kw", racks[hall->rack_class].typical_kw, given, ret_set);
    }
    for (int k = 0; k < VALUES && facility->value[k].key; k++) {
        set(hall, facility->value[k].key, facility->value[k].value, given, ret_set);
    }
}

const char *data_hall_facility_key(int facility, int index, double *ret_value) {
    if (facility < 0 || facility >= FACILITIES || index < 0 || index >= VALUES) {
        return NULL;
    }
    *ret_value = facilities[facility].value[index].value;
    return facilities[facility].value[index].key;
}

static const char *word_of(const struct data_hall *hall, const char *key) {
    const struct param *param = component_param(component_find("data_hall"), key);
    return param->words[*(const int *)(const void *)((const char *)hall + param->offset)];
}

void data_hall_facts(const void *self, struct hall_facts *ret) {
    const struct data_hall *hall = self;
    double it_kw = hall->it_kw * hall->it_load_ratio;
    double installed_ratio =
        power_installed_ratio((enum power_redundancy)hall->redundancy, hall->needed_count);
    double racks_count = ceil(it_kw / hall->rack_kw);
    bool ups = hall->ups != POWER_UPS_NONE;
    *ret = (struct hall_facts){
        .it_kw = it_kw,
        .racks_count = racks_count,
        .rack_kw = hall->rack_kw,
        .ups_kw = ups ? it_kw * installed_ratio : 0.0,
        .battery_kwh = ups ? it_kw * installed_ratio * hall->battery_h : 0.0,
        .generator_kw = it_kw * hall->generator_kw_kw * installed_ratio,
        .generator_test_kwh_year =
            it_kw * hall->generator_kw_kw * installed_ratio * hall->generator_test_h,
        .room_m2 = isnan(hall->room_m2) ? rack_floor_m2 * racks_count : hall->room_m2,
        .inlet_c = hall->inlet_c,
        .coolant_c = data_hall_warm_c(hall),
        .work_ratio = isnan(hall->operating_year)
                          ? 1.0
                          : server_refresh_ratio(hall->operating_year, hall->refresh_year,
                                                 hall->growth_frac_year),
        .facility = word_of(hall, "facility"),
        .load = word_of(hall, "load"),
        .redundancy = word_of(hall, "redundancy"),
    };
}

void data_hall_servers(const void *self, struct hall_servers *ret) {
    const struct data_hall *hall = self;
    *ret = (struct hall_servers){
        .refresh = (enum hall_refresh)hall->refresh,
        .it_ratio = hall->it_load_ratio,
        .life_year = hall->refresh_year,
        .keep_year = isnan(hall->servers_keep_year) ? hall->refresh_year : hall->servers_keep_year,
        .from_year = hall->servers_from_year,
        .growth_frac_year = hall->growth_frac_year,
        .capex_money_kw = hall->servers_capex_money_kw,
        .fom_frac_year = hall->servers_fom_frac_year,
        .late_frac_year = isnan(hall->servers_late_frac_year) ? hall->servers_fom_frac_year
                                                              : hall->servers_late_frac_year,
        .work_money_kw_year = hall->servers_work_money_kw_year,
    };
}
