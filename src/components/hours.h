/* The whole year's weather, for laws that scale to the year even when the horizon is a month. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_HOURS_H
#define COMPONENTS_HOURS_H

/* Hourly, 8760 or 8784 entries, local standard time, mean of each hour. */
struct climate_year {
    int count;
    int first_weekday;
    const double *outdoor_c, *dew_point_c, *humidity_kg_kg, *wet_bulb_c, *pressure_kpa, *wind_m_s;
    const double *global_kw_m2, *direct_normal_kw_m2, *diffuse_kw_m2;
    const double *outdoor_weighted_c; /* weighted daily mean (1, .5, .25, .125)/1.875, by hour */
};

#endif
