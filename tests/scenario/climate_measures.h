/* What a year is judged by: the demands on a synthetic year beside the real one. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_SCENARIO_CLIMATE_MEASURES_H
#define TESTS_SCENARIO_CLIMATE_MEASURES_H

#include <stdbool.h>

#include "components/hours.h"

enum { MEASURES = 13 };

struct measure {
    const char *name;
    double tolerance;
    bool relative;
    bool dry_bulb_alone; /* can be judged by a file of temperatures alone */
};

extern const struct measure measures[MEASURES];

void measures_take(const struct climate_year *year, double ret[MEASURES]);
double measures_difference(int index, double real, double made); /* K, or a share */

#endif
