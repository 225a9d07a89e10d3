/* A year of typical weeks: a scenario like another one, in which each week has weather and series of the week that it is
   like. It is planned as any year is; only its programme is solved on the typical weeks alone (optimise/typical.h). */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_TYPICAL_H
#define PLAN_TYPICAL_H

#include "optimise/typical.h"
#include "plan/plan.h"

enum { TYPICAL_WEEKS = 4, TYPICAL_WEEKS_MOST = 26, TYPICAL_WEEK_DAYS = 7 };

struct typical_year {
    const struct scenario *given; /* the real one */
    struct scenario *scenario;
    struct hours *hours;
    const int *
        month_like; /* by step: of the typical week; hours->month is the calendar's, by which bills are made */
    const int *source;               /* by step: the given scenario's step that it is */
    const struct plan_calendar *few; /* NULL: every step of the year is written out */
    int weeks_count, typical_count;
    int *week_like;       /* by week */
    int *typical, *days;  /* by typical week: which week of the year, days of the year like it */
    struct typical shape; /* without visits, which are the programme's */
};

/* *ret NULL: the horizon has no more whole weeks than asked for, and is planned as it is. */
enum status typical_year_make(const struct scenario *scenario, int weeks_asked, struct arena *arena,
                              struct typical_year **ret) MUST_CHECK;

/* The same with the steps of the typical weeks alone, where everything can be added up from them; else as above. */
enum status typical_year_few(const struct scenario *scenario, int weeks_asked, struct arena *arena,
                             struct typical_year **ret) MUST_CHECK;

/* weeks.c: which weeks stand for all: the coldest, and medoids of weather and series. Deterministic. */
enum status typical_weeks(const struct scenario *scenario, const struct hours *hours,
                          struct typical_year *year, int weeks_asked,
                          struct arena *arena) MUST_CHECK;

#endif
