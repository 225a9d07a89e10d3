/* What drives an instance: the hours' weather, prices and carbon, drawn from a seed. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BENCH_SOLVER_DRIVES_H
#define BENCH_SOLVER_DRIVES_H

#include "base/random.h"
#include "instance.h"

struct drives {
    int hours;
    double *hour_of_day; /* 0..23 */
    double *temperature_c, *sun_ratio, *wind_ratio, *price, *carbon_ratio;
    int *month; /* index among the months that occur */
    int months;
    struct random random; /* goes on to the places */
};

/* False when memory is out. */
bool drives_draw(struct arena *arena, const struct instance_options *options, struct drives *ret);

/* A first order autoregressive series: v = keep * v + normal * deviation. NULL when memory is out. */
double *drives_wander(struct arena *arena, struct random *random, int count, double keep,
                      double deviation);

/* sin(2 pi (at - shift) / period) */
double drives_wave(double at, double shift, double period);
double drives_clip(double value, double lower, double upper);

#endif
