/* Years that might have been: a climate's own days in another order. Blocks of five days are taken from wherever a draw moves
   them, at most ten days earlier or later (beyond the turn of the year from its other end), so that season and sun stay
   where they are and what follows from day to day within a block stays together: a moving-block bootstrap (Kuensch 1989,
   doi:10.1214/aos/1176347265) of the year.

   Such years differ in when a cold spell comes and how often, less than real years do: a year that is cold as a whole is
   never drawn from one that was not. The coldest and the hottest day stay where they are: what is designed for is the
   place's climate, the same in all its years. The sun's path is that of the day on which a
   drawn day stands: near the equinoxes up to three quarters of an hour off its own. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/random.h"
#include "scenario/climate_build.h"

enum { BLOCK_DAYS = 5, SHIFT_DAYS_MAX = 10 };
static const uint64_t seed_of_all = 0x48656172746859ULL; /* the numbers of years seed beside it */

static void copy_day(const struct climate_year *from, int from_day, struct climate_arrays *to,
                     int day) {
    const struct {
        const double *from_value;
        double *to_value;
    } series[] = {{from->outdoor_c, to->outdoor_c},
                  {from->dew_point_c, to->dew_point_c},
                  {from->pressure_kpa, to->pressure_kpa},
                  {from->wind_m_s, to->wind_m_s},
                  {from->global_kw_m2, to->global_kw_m2},
                  {from->direct_normal_kw_m2, to->direct_normal_kw_m2},
                  {from->diffuse_kw_m2, to->diffuse_kw_m2}};
    for (int k = 0; k < COUNT(series); k++) {
        memcpy(&series[k].to_value[24 * day], &series[k].from_value[24 * from_day],
               24 * sizeof(double));
    }
}

/* A block with a design day, and the one before, whose days weigh in its mean. */
static bool stays(int from_day, int design_day) {
    return design_day >= from_day && design_day < from_day + 2 * BLOCK_DAYS;
}

enum status climate_draw(struct arena *arena, int number, int year, struct climate *climate) {
    struct climate_arrays arrays;
    struct random random;
    int days = climate->year.count / 24, shift = 0;
    TRY(climate_arrays_take(arena, climate->year.count, &arrays));
    random_seed(&random, seed_of_all + (uint64_t)number);
    for (int d = 0; d < days; d++) {
        if (d % BLOCK_DAYS == 0) {
            shift = (int)floor(random_uniform(&random) * (2 * SHIFT_DAYS_MAX + 1)) - SHIFT_DAYS_MAX;
            shift = stays(d, climate->coldest_day) || stays(d, climate->hottest_day) ? 0 : shift;
        }
        copy_day(&climate->year, (d + shift + days) % days, &arrays, d);
    }
    climate_finish(&arrays, year, 0.0, climate);
    return STATUS_OK;
}
