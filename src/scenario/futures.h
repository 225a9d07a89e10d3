/* Futures: years that may come, each the scenario with some of its numbers otherwise, and each in several years of weather. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_FUTURES_H
#define SCENARIO_FUTURES_H

#include "scenario/scenario.h"

enum { FUTURES_MAX = 60, FUTURE_CHANGES_MAX = 40 };
enum robust_objective { ROBUST_EXPECTED, ROBUST_TAIL, ROBUST_REGRET };

struct future {
    const char *name;
    struct place place;
    double probability_frac;
    int weather_year; /* 0: as the scenario has it */
    int changes_count;
    const struct scenario_change *changes;
};
struct futures {
    struct place place;
    enum robust_objective objective;
    double tail_frac, limit_money_year; /* NaN: no limit */
    int count;                          /* times the weather years; probabilities add up to 1 */
    struct future future[FUTURES_MAX];
};

/* Reads futures and robust; NULL where the scenario has neither, or with a message. */
struct reading;
const struct futures *futures_read(struct reading *r);
/* The scenario of a future. Its own mistakes are told in diag; what is only worth a warning there is not told again. */
enum status futures_scenario(const struct scenario *scenario, int future, struct arena *arena,
                             struct diag *diag, struct scenario **ret) MUST_CHECK;

#endif
