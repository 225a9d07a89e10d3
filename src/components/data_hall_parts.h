/* What the files of the data hall share: its parameters. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_DATA_HALL_PARTS_H
#define COMPONENTS_DATA_HALL_PARTS_H

#include "components/data_hall.h"
#include "physics/power.h"

enum {
    LOAD_COLOCATION,
    LOAD_CLOUD,
    LOAD_ENTERPRISE,
    LOAD_AI_TRAINING,
    LOAD_AI_INFERENCE,
    LOAD_EDGE,
    LOAD_FLAT,
    LOADS
};
enum {
    FACILITY_UNSPECIFIED,
    FACILITY_EDGE,
    FACILITY_HOSPITAL,
    FACILITY_FACTORY,
    FACILITY_AIRPORT,
    FACILITY_PUBLIC,
    FACILITY_ENTERPRISE,
    FACILITY_COLOCATION,
    FACILITY_HYPERSCALE,
    FACILITY_AI,
    FACILITIES
};
enum { MEASURED_POWER, MEASURED_UTILISATION };
enum { RACK_BY_KW, RACK_LEGACY, RACK_CLOUD, RACK_AI, RACK_AI_LIQUID, RACK_CLASSES };

struct data_hall {
    /* computers */
    double it_kw, it_load_ratio, occupancy_frac, rack_kw, idle_frac, day_amp_frac, day_peak_h,
        weekend_frac, season_amp_frac, season_peak_day, inlet_c, inlet_frac_k, liquid_frac,
        chip_frac_k, chip_reference_c, server_fan_frac, fan_removed_frac, psu_eff;
    struct input measured_frac, measured_kw;
    int facility, rack_class, load, measured_is;
    /* years */
    double operating_year, ramp_start_frac, ramp_year, refresh_year, growth_frac_year;
    int refresh;
    double servers_capex_money_kw, servers_fom_frac_year, servers_late_frac_year, servers_keep_year,
        servers_from_year, servers_work_money_kw_year;
    /* power chain */
    double needed_count, ups_scale_ratio, distribution_loss_frac, wiring_loss_frac, lighting_frac,
        transformer_frac, transformer_noload_frac, transformer_full_load_frac, battery_h,
        generator_kw_kw, generator_test_h, power_capex_money_kw, battery_capex_money_kwh,
        generator_capex_money_kw, fom_frac_year, life_year;
    int ups, redundancy;
    /* room */
    double capture_frac, coolant_c, coolant_dt_dk, supply_c, room_c, room_dt_dk, room_m2, ua_kw_k,
        infiltration_m3_s, hall_air_c;
};

/* Warm side of the coolant. */
static inline double data_hall_warm_c(const struct data_hall *hall) {
    return isnan(hall->supply_c) ? hall->coolant_c : hall->supply_c + hall->coolant_dt_dk;
}

struct hall_power data_hall_power_at(const struct data_hall *hall, const struct hours *hours,
                                     int t);

#endif
