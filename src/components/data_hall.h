/* What others need to know of a data hall: the power of its IT alone, where it goes before and behind it, what a type
   of facility stands for. self is a struct data_hall throughout. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_DATA_HALL_H
#define COMPONENTS_DATA_HALL_H

#include "components/component.h"

/* kW of IT per kW installed, by step. */
void data_hall_it_frac(const void *self, const struct hours *hours, double *ret_it_frac);

/* The chain of one step, kW per kW installed, from the plug to the grid. */
struct hall_power {
    double it_kw_kw;
    double warm_kw_kw;   /* of it: drawn only because the servers' air or water is warm */
    double work_kw_kw;   /* of it: what reaches the chips, behind power supplies and fans */
    double busy_frac;    /* work done, of what all installed servers could do */
    double pdu_kw_kw;    /* at the outlet of the PDU */
    double ups_kw_kw;    /* at the outlet of the UPS */
    double inside_kw_kw; /* all that becomes heat in the hall: with the UPS's loss and lighting */
    double input_kw_kw;  /* at the transformer's primary side */
};
/* One entry per step of hours. */
void data_hall_power(const void *self, const struct hours *hours, struct hall_power *ret_power);

/* What stands in the hall, for the sheet of indicators. */
struct hall_facts {
    double it_kw; /* installed, with the what-if's ratio */
    double racks_count, rack_kw;
    double ups_kw, battery_kwh, generator_kw; /* installed, with redundancy */
    double generator_test_kwh_year;
    double room_m2;
    double inlet_c, coolant_c;
    double work_ratio; /* work per kWh over that of the first year's servers */
    const char *facility, *load, *redundancy;
};
void data_hall_facts(const void *self, struct hall_facts *ret);

/* Servers that a roadmap refreshes: as few as do the work, or as many as there is power. */
enum hall_refresh { HALL_REFRESH_NONE, HALL_REFRESH_WORK, HALL_REFRESH_POWER };
struct hall_servers {
    enum hall_refresh refresh;
    double it_ratio;             /* kW that stand per kW of it_kw: the what-if's */
    double life_year, keep_year; /* in which they are paid; which they never outlive */
    double from_year;            /* of those that stand at the begin; NaN: none do */
    double growth_frac_year;     /* of work per kWh, from one year's servers to the next's */
    double capex_money_kw;
    double fom_frac_year, late_frac_year; /* upkeep, of the price; once paid */
    double work_money_kw_year;            /* of a kW of the first servers */
};
void data_hall_servers(const void *self, struct hall_servers *ret);

/* Presets: sets every parameter that a facility type or a rack class stands for and that was not given; ret_set (by
   parameter) says which. */
void data_hall_preset(void *self, const bool *given, bool *ret_set);

/* What a type of facility (by its word's index) sets: the key of the index-th parameter, NULL behind the last. */
const char *data_hall_facility_key(int facility, int index, double *ret_value);
/* The power a rack of the hall's class draws; false where it has no class. */
bool data_hall_rack_limits(const void *self, double *ret_low_kw, double *ret_high_kw);

#endif
