/* The reduced programme of a year of typical weeks: the year in which every week does what the typical week does that it
   is like.

   A step column of the year is that of its typical step, so that costs add up, rows by step are those of the typical
   steps, and sums over a period count each typical step as often as the period has steps like it. A period column that
   bounds steps (a month's peak) holds for every typical step that the period has.

   States: a level closes on itself within its typical week, or (visits) goes on from week to week of the year. Then the
   reduced state is what the level differs by from what is kept of the level at the week's begin; a design column per
   visit is that level; with what a week keeps and adds, border rows lead from visit to visit and around the year. The
   highest and the lowest begin of all visits of a week (period columns) take the level's place in the rows that limit it.
   Visits that follow each other in the same week only need the first and the last: levels between lie between. So the
   year that is written out again keeps every level within its limits, and its levels follow each other exactly. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_TYPICAL_H
#define OPTIMISE_TYPICAL_H

#include "optimise/outcome.h"

/* Of the programme's one block: horizon_segments segments in weeks of week_segments (the last week may be shorter), each
   following the one before; segments behind the horizon stand alone and are kept as they are. */
struct typical {
    int horizon_segments, week_segments, weeks_count;
    const int
        *week_like; /* by week: the typical week it is like; that one is like itself, and whole */
    const bool *visits; /* by state; NULL: none */
    /* The programme holds the typical weeks alone, one after the other, then what stands alone. Its numbers and its columns
       are theirs; maps of steps are still those of the year. */
    bool few;
};

/* The step that a step does as. */
int typical_step(const struct typical *typical, int segment_steps, int step);

struct typical_programme;
/* INTERNAL: not one block, or two rows of different kind on one visited level (programme_mistake's business else). */
enum status typical_reduce(const struct programme *programme, const struct typical *typical,
                           struct arena *arena, struct typical_programme **ret) MUST_CHECK;
const struct programme *typical_reduced(const struct typical_programme *typical);
/* x and y of the whole programme from those of the reduced one; of y the rows by step, per step like the typical one. */
enum status typical_expand(const struct typical_programme *typical, const struct outcome *reduced,
                           struct arena *arena, struct outcome *ret) MUST_CHECK;

#endif
