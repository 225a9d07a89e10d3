/* The days of a synthetic year: what each day is like, before it has hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_CLIMATE_DAYS_H
#define SCENARIO_CLIMATE_DAYS_H

#include <stdint.h>

#include "base/arena.h"
#include "base/status.h"
#include "scenario/climates.h"

enum { CLIMATE_DAYS_MAX = 366 };

struct climate_days {
    int count;
    int month[CLIMATE_DAYS_MAX], first[13]; /* month of a day; first day of a month, and the end */
    double dry_c[CLIMATE_DAYS_MAX];         /* mean dry bulb */
    double dew_c[CLIMATE_DAYS_MAX];         /* mean dew point */
    double high_c[CLIMATE_DAYS_MAX], low_c[CLIMATE_DAYS_MAX]; /* highest and lowest hour */
    double bright_ratio[CLIMATE_DAYS_MAX]; /* irradiation per mean irradiation of the month */
};

/* Deterministic: the seed is the place's name. */
enum status climate_days_make(struct arena *arena, const struct normals *normals, bool leap,
                              struct climate_days *ret) MUST_CHECK;

uint64_t climate_seed(const struct normals *normals, const char *what); /* from the names */

#endif
