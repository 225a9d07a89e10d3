/* Heat demand by the German standard load profile method (BDEW/BGW sigmoid) and hourly shares. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_DEMAND_H
#define PHYSICS_DEMAND_H

enum demand_class {
    DEMAND_SINGLE_FAMILY, /* EFH 11 */
    DEMAND_MULTI_FAMILY,  /* MFH 11 */
    DEMAND_COMMERCE,      /* GHD */
    DEMAND_OFFICE,        /* GKO: office, public, school */
    DEMAND_RETAIL,        /* GHA */
    DEMAND_LODGING,       /* GBH: hotel, hospital */
    DEMAND_CLASSES
};

/* h(T) = A / (1 + (B/(T - 40))^C) + D; T the weighted day temperature. With hot water. */
double demand_sigmoid_ratio(enum demand_class demand_class, double day_c);
/* Space-heat part: the sigmoid without its constant (hot water), at least 0. */
double demand_space_ratio(enum demand_class demand_class, double day_c);
double demand_weekday_ratio(enum demand_class demand_class, int weekday); /* 0 Monday */
/* Share of the mean hour of the day, mean 1: space heat and hot water. hour 0..23. */
double demand_space_hour_ratio(enum demand_class demand_class, int hour, int weekday);
double demand_water_hour_ratio(enum demand_class demand_class, int hour);
/* Kelvin below a balance temperature, or above one; else 0: degree hours, hour by hour. */
double demand_heating_dk(double outdoor_c, double balance_c);
double demand_cooling_dk(double outdoor_c, double balance_c);

#endif
