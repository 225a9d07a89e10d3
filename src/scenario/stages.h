/* The stages of a lifetime plan: years that stand for those up to the next one, each the scenario with some of its numbers
   changed, by a law of growth or by a table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_STAGES_H
#define SCENARIO_STAGES_H

#include "scenario/scenario.h"

enum { STAGES_MAX = 12, STAGE_CHANGES_MAX = 60 };

struct stage_change {
    const char *path; /* as scenario/change.h has them */
    struct place place;
    const char **text; /* by stage: what stands there; NULL: as it is written */
};
struct stages {
    int count, year[STAGES_MAX],
        until_year; /* the last stage lasts until the begin of until_year */
    struct place place;
    int changes_count;
    struct stage_change *changes;
};

/* Reads stages and stage_changes; NULL where the scenario has none, or with a message. */
struct reading;
const struct stages *stages_read(struct reading *r);
/* The scenario of a stage. Its own mistakes are told in diag; what is only worth a warning there is not told again. */
enum status stages_scenario(const struct scenario *scenario, int stage, struct arena *arena,
                            struct diag *diag, struct scenario **ret) MUST_CHECK;
/* Years from the begin of the first stage to that of a stage; of stage `count` to the end. */
double stages_span_year(const struct stages *stages, int stage);

#endif
