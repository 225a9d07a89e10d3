/* Seeded draws of a component's parameters and of its hours, over the whole range. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_COMPONENTS_DRAW_H
#define TESTS_COMPONENTS_DRAW_H

#include "base/random.h"
#include "components/component.h"
#include "components/hours.h"

enum { DRAW_STEPS = 48 };

/* Fills self with values of each parameter's range; NOT_GIVEN ones stay open half of the time. */
void draw_parameters(struct random *random, const struct component *component, void *self);

/* Weather from -45 to 50 degC, temperatures of ports between 0 and 130 degC (hidden for a tenth of
   the ports), optional ports wired half of the time. Lives in the arena. */
struct hours *draw_hours(struct random *random, struct arena *arena,
                         const struct component *component);

double draw_between(struct random *random, double min, double max);

#endif
