/* The table of built-in places. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATES_H
#define SCENARIO_CLIMATES_H

#include <stdbool.h>

struct normals { /* by month, January first */
    const char *name, *title, *source;
    bool approximate;
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m;
    double dry_c[12];             /* mean dry bulb */
    double deviation_dk[12];      /* standard deviation of daily means within the month */
    double span_dk[12];           /* mean of the day's highest less lowest hour */
    double dew_c[12];             /* mean dew point */
    double global_kwh_m2_day[12]; /* global horizontal irradiation per day */
    double wind_m_s[12];          /* mean wind at 10 m */
    double skew_ratio[12];        /* skewness of daily means */
};

int climates_count(void);
const struct normals *climates_at(int index);

#endif
