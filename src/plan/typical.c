/* The scenario of a year of typical weeks: every input of a step is that of the step it is like. The calendar stays, since
   months are what bills are made by. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "plan/internal.h"

static const double fills_slowly_h =
    48.0; /* stores that need so long to fill carry from week to week */

int typical_like(const struct typical_year *year, int step) {
    return year ? typical_step(&year->shape, year->given->calendar.steps_per_day, step) : step;
}

static enum status turn_numbers(const struct typical_year *year, int count, struct arena *arena,
                                const double **value) {
    double *turned = *value ? ARENA_TAKE(arena, double, count) : NULL;
    if (*value && !turned) {
        return STATUS_NO_MEMORY;
    }
    for (int t = 0; turned && t < count; t++) {
        turned[t] = (*value)[typical_like(year, t)];
    }
    *value = turned;
    return STATUS_OK;
}

static enum status turn_ints(const struct typical_year *year, int count, struct arena *arena,
                             const int **numbers) {
    int *turned = ARENA_TAKE(arena, int, count);
    if (!turned) {
        return STATUS_NO_MEMORY;
    }
    for (int t = 0; t < count; t++) {
        turned[t] = (*numbers)[typical_like(year, t)];
    }
    *numbers = turned;
    return STATUS_OK;
}

static enum status turn_hours(struct typical_year *year, struct arena *arena) {
    struct hours *h = year->hours;
    const double **const values[] = {&h->outdoor_c,           &h->wet_bulb_c,    &h->humidity_kg_kg,
                                     &h->pressure_kpa,        &h->wind_m_s,      &h->global_kw_m2,
                                     &h->direct_normal_kw_m2, &h->diffuse_kw_m2, &h->outdoor_day_c,
                                     &h->outdoor_weighted_c,  &h->ground_c};
    for (int k = 0; k < COUNT(values); k++) {
        TRY(turn_numbers(year, h->count, arena, values[k]));
    }
    year->month_like = h->month;
    TRY(turn_ints(year, h->count, arena, &year->month_like));
    TRY(turn_ints(year, h->count, arena, &h->weekday));
    return turn_ints(year, h->count, arena, &h->day_of_year);
}

/* The parameters of an instance, where one of them is a series. */
static enum status turn_instance(const struct typical_year *year, struct instance *instance,
                                 struct arena *arena) {
    char *self = NULL;
    for (int k = 0; k < instance->kind->params_count; k++) {
        const struct param *param = &instance->kind->params[k];
        struct input input = {0.0, NULL};
        if (param->kind != PARAM_INPUT) {
            continue;
        }
        memcpy(&input, (const char *)instance->self + param->offset, sizeof input);
        if (!input.by_step) {
            continue;
        }
        if (!self) {
            self = arena_take(arena, 1, instance->kind->size);
            if (!self) {
                return STATUS_NO_MEMORY;
            }
            memcpy(self, instance->self, instance->kind->size);
        }
        TRY(turn_numbers(year, year->hours->horizon_count, arena, &input.by_step));
        memcpy(self + param->offset, &input, sizeof input);
    }
    instance->self = self ? self : instance->self;
    return STATUS_OK;
}

enum status typical_year_make(const struct scenario *scenario, int weeks_asked, struct arena *arena,
                              struct typical_year **ret) {
    struct typical_year *year = ARENA_TAKE(arena, struct typical_year, 1);
    struct instance *instances = ARENA_TAKE(arena, struct instance, scenario->instances_count);
    int days = scenario->calendar.days;
    *ret = NULL;
    if (!year || !instances) {
        return STATUS_NO_MEMORY;
    }
    if (days / TYPICAL_WEEK_DAYS <= weeks_asked) {
        return STATUS_OK;
    }
    year->given = scenario;
    year->scenario = ARENA_TAKE(arena, struct scenario, 1);
    if (!year->scenario) {
        return STATUS_NO_MEMORY;
    }
    TRY(scenario_hours(scenario, arena, &year->hours));
    TRY(typical_weeks(scenario, year->hours, year, weeks_asked, arena));
    year->shape = (struct typical){.horizon_segments = days,
                                   .week_segments = TYPICAL_WEEK_DAYS,
                                   .weeks_count = year->weeks_count,
                                   .week_like = year->week_like};
    TRY(turn_hours(year, arena));
    *year->scenario = *scenario;
    memcpy(instances, scenario->instances, (size_t)scenario->instances_count * sizeof *instances);
    year->scenario->instances = instances;
    for (int i = 0; i < scenario->instances_count; i++) {
        TRY(turn_instance(year, &instances[i], arena));
    }
    *ret = year;
    return STATUS_OK;
}

/* ---- a case of it ---- */

static int week_steps(const struct typical_year *year) {
    return TYPICAL_WEEK_DAYS * year->given->calendar.steps_per_day;
}

bool typical_carries_on(const struct case_work *work, int i) {
    const struct coefficients *c = work->result->flow[i].coefficients;
    return work->scenario->instances[i].kind->shape == SHAPE_STORE &&
           c->charge_per_h_ratio * fills_slowly_h <= 1.0;
}

int plan_step_before(const struct case_work *work, int i, int step) {
    const struct typical_year *year = work->typical;
    if (year && step % week_steps(year) == 0 && !typical_carries_on(work, i)) {
        return (year->week_like[step / week_steps(year)] + 1) * week_steps(year) - 1;
    }
    return step == 0 ? work->design_days_from - 1 : step - 1;
}

int typical_step_of_week(const struct case_work *work, int step) {
    return work->typical ? step % week_steps(work->typical) : step;
}

bool typical_ends_week(const struct case_work *work, int step) {
    return work->typical && (step + 1) % week_steps(work->typical) == 0;
}

enum status typical_reduced_programme(const struct case_work *work,
                                      const struct programme *programme, struct arena *arena,
                                      struct typical_programme **ret) {
    struct typical shape = work->typical->shape;
    bool *visits = ARENA_TAKE(arena, bool, programme->blocks[0].states_count);
    if (!visits) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < work->scenario->instances_count; i++) {
        int state = work->layout[i].state;
        if (work->result->flow[i].included && state >= 0) {
            visits[state] = typical_carries_on(work, i);
        }
    }
    shape.visits = visits;
    return typical_reduce(programme, &shape, arena, ret);
}
