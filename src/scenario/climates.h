/* The table of built-in places: monthly normals, and the shape of the days behind them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATES_H
#define SCENARIO_CLIMATES_H

#include <stdbool.h>

/* How the days of a month lie around its normals; by month, January first. Derived from a weather
   file by tools/climate_normals.py. Correlations are of the month's daily values. */
enum { DAY_RANKS = 11 }; /* the lowest day, nine deciles, the highest day */
struct climate_shape {
    double persistence_ratio; /* of daily means less their 31-day running mean: correlation with the
                                 next day */
    double dry_ratio[12][DAY_RANKS];    /* daily mean less the month's mean, per deviation */
    double dew_ratio[12][DAY_RANKS];    /* the same of the dew point */
    double span_ratio[12][DAY_RANKS];   /* the same of the day's highest less lowest hour */
    double bright_ratio[12][DAY_RANKS]; /* the same of the day's irradiation */
    double dew_deviation_ratio[12]; /* deviation of daily dew points per deviation of daily means */
    double span_deviation_ratio[12];   /* deviation of the days' spans per mean span */
    double bright_deviation_ratio[12]; /* the same of the irradiation */
    double dry_dew_ratio[12], dry_bright_ratio[12], dry_span_ratio[12]; /* correlations */
    double bright_dew_ratio[12], bright_span_ratio[12], dew_span_ratio[12];
};

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
    const struct climate_shape *shape;
};

int climates_count(void); /* alphabetical */
const struct normals *climates_at(int index);

#endif
