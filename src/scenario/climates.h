/* The table of built-in places: monthly normals, and the shape of the days behind them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATES_H
#define SCENARIO_CLIMATES_H

#include <stdbool.h>

/* How the days of a month lie around its normals; by month, January first. Derived from a weather
   file by tools/climate_normals.py. Correlations are of the month's daily values. */
enum { DAY_RANKS = 7 }; /* lowest day, tenth, quarter, half, three quarters, nine tenths, highest */
struct climate_shape {
    double persistence_ratio; /* of daily means less their 31-day running mean: correlation with the
                                 next day */
    /* daily value less the month's mean, per deviation: mean dry bulb, mean dew point, irradiation,
       highest and lowest hour */
    double dry_ratio[12][DAY_RANKS], dew_ratio[12][DAY_RANKS], bright_ratio[12][DAY_RANKS];
    double high_ratio[12][DAY_RANKS], low_ratio[12][DAY_RANKS];
    /* deviation of daily values per deviation of daily means; irradiation: per its mean */
    double dew_deviation_ratio[12], high_deviation_ratio[12], low_deviation_ratio[12];
    double bright_deviation_ratio[12];
    /* correlations */
    double dry_dew_ratio[12], dry_bright_ratio[12], dry_high_ratio[12], dry_low_ratio[12];
    double bright_dew_ratio[12], bright_high_ratio[12], bright_low_ratio[12];
    double dew_high_ratio[12], dew_low_ratio[12], high_low_ratio[12];
};

struct normals { /* by month, January first */
    const char *name, *title, *source;
    bool approximate;
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m;
    double dry_c[12];             /* mean dry bulb */
    double deviation_dk[12];      /* standard deviation of daily means within the month */
    double high_c[12], low_c[12]; /* mean of the day's highest and lowest hour */
    double dew_c[12];             /* mean dew point */
    double global_kwh_m2_day[12]; /* global horizontal irradiation per day */
    double wind_m_s[12];          /* mean wind at 10 m */
    const struct climate_shape *shape;
};

int climates_count(void); /* alphabetical */
const struct normals *climates_at(int index);

#endif
