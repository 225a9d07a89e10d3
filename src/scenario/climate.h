/* A year of weather: from a built-in climate (monthly normals -> a deterministic synthetic year) or
   an EPW file. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATE_H
#define SCENARIO_CLIMATE_H

#include "base/calendar.h"
#include "base/diag.h"
#include "components/hours.h"

struct climate {
    const char *name, *title; /* "seattle", "Seattle, Washington, USA" */
    const char *source;       /* where the figures come from */
    bool approximate; /* figures could not be checked against an open file: the report says so */
    bool synthetic;   /* built from normals; false: read from a file */
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m;
    struct climate_year year; /* 8760 or 8784 hours */
    int coldest_day,
        hottest_day; /* a design day beside the year: day of the year it is modelled on */
    double coldest_day_c[24], hottest_day_c[24]; /* hourly outdoor temperature of the design days */
    double hottest_day_wet_bulb_c[24];
    const char *warning; /* replaced missing values and the like, or NULL */
};

int climate_count(void);                /* built-in places */
const char *climate_name_at(int index); /* alphabetical */
/* Index of a place, however its name is written ("Zürich", "N. Virginia"); -1 when unknown. */
int climate_find(const char *name);

/* The synthetic year of a built-in place; warming_dk is added to every temperature (absolute
   humidity follows at equal relative humidity). BAD_SCENARIO with a "did you mean" for an unknown
   name. */
enum status climate_builtin(struct arena *arena, struct diag *diag, struct place place,
                            const char *name, int year, double warming_dk,
                            struct climate *ret) MUST_CHECK;

/* All of it, in another arena. */
enum status climate_copy(struct arena *arena, const struct climate *from,
                         struct climate *ret) MUST_CHECK;

/* Another year out of a climate's own, seeded by its number (climate_draw.c). */
enum status climate_draw(struct arena *arena, int number, int year,
                         struct climate *climate) MUST_CHECK;

struct normals;
/* The same of normals that are not in the table. */
enum status climate_from_normals(struct arena *arena, const struct normals *normals, int year,
                                 double warming_dk, struct climate *ret) MUST_CHECK;

/* An EPW file's text. Every bad row is named (file:line:column); at most 20 messages, then a count.
   Missing-value codes are filled by interpolation where the gap is at most 6 hours and refused
   above; more than 1 % missing is refused. A leap scenario year with 8,760 rows repeats 28
   February, a common year drops 29 February; both with a warning. */
enum status climate_epw(struct arena *arena, struct diag *diag, const char *file, const char *text,
                        size_t size, int year, double warming_dk, struct climate *ret) MUST_CHECK;

#endif
