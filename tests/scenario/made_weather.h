/* A year of weather as an EPW text, made by formula for tests: no station's, but complete, ordered
   and within every range. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SCENARIO_MADE_WEATHER_H
#define TESTS_SCENARIO_MADE_WEATHER_H

#include <math.h>

#include "base/calendar.h"
#include "base/text.h"

enum { MADE_WEATHER_HEADER = 8 };

static inline void made_weather_head(struct text_buffer *out) {
    text_add(out, "LOCATION,Made Town,-,MDE,made,000000,47.5,-122.3,-8.0,130.0\n"
                  "DESIGN CONDITIONS,0\nTYPICAL/EXTREME PERIODS,0\nGROUND TEMPERATURES,0\n"
                  "HOLIDAYS/DAYLIGHT SAVINGS,No,0,0,0\nCOMMENTS 1,made\nCOMMENTS 2,made\n"
                  "DATA PERIODS,1,1,Data,Sunday, 1/ 1,12/31\n");
}

/* The hours that month, day and hour of a row say, in order from 1 January. */
static inline void made_weather_row(struct text_buffer *out, int hour, bool leap) {
    struct calendar year;
    if (calendar_whole_year(&year, leap ? 2024 : 2023, 1.0) != STATUS_OK) {
        return;
    }
    struct calendar_moment at = calendar_at(&year, hour);
    double day_ratio = cos(6.2831853 * (at.day_of_year - 200) / 365.0),
           hour_ratio = cos(6.2831853 * (at.hour_h - 15.0) / 24.0);
    double dry_c = 10.0 + 9.0 * day_ratio + 4.0 * hour_ratio,
           sun_ratio = fmax(0.0, cos(6.2831853 * (at.hour_h - 12.5) / 24.0));
    text_add_format(out, "2001,%d,%d,%d,0,?9,", at.month + 1, at.day, (int)at.hour_h + 1);
    text_add_fixed(out, dry_c, 1);
    text_add(out, ",");
    text_add_fixed(out, dry_c - 4.0, 1);
    text_add(out, ",75,100000,0,0,300,");
    text_add_fixed(out, 500.0 * sun_ratio, 0);
    text_add(out, ",");
    text_add_fixed(out, 400.0 * sun_ratio, 0);
    text_add(out, ",");
    text_add_fixed(out, 200.0 * sun_ratio, 0);
    text_add(out, ",0,0,0,0,180,");
    text_add_fixed(out, 3.0 + hour_ratio, 1);
    text_add(out, ",5,5,20,77777,9,999999999,0,0.1,0,0,0.2,0,0\n");
}

static inline void made_weather(struct text_buffer *out, bool leap) {
    made_weather_head(out);
    for (int hour = 0; hour < (leap ? 8784 : 8760); hour++) {
        made_weather_row(out, hour, leap);
    }
}

#endif
