/* The scenario of a year of typical weeks: every input of a step is that of the step it is like. The calendar stays, since
   months are what bills are made by. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/series.h"
#include "plan/internal.h"

static const double fills_slowly_h =
    48.0; /* stores that need so long to fill carry from week to week */

int typical_like(const struct typical_year *year, int step) {
    return year ? typical_step(&year->shape, year->given->calendar.steps_per_day, step) : step;
}

static int week_steps(const struct typical_year *year) {
    return TYPICAL_WEEK_DAYS * year->given->calendar.steps_per_day;
}

/* ---- its steps ---- */

/* Every step of the year, as the one it is like. */
static enum status take_every_step(struct typical_year *year, struct arena *arena) {
    int *source = ARENA_TAKE(arena, int, year->hours->count);
    for (int t = 0; source && t < year->hours->count; t++) {
        source[t] = typical_like(year, t);
    }
    year->source = source;
    return source ? STATUS_OK : STATUS_NO_MEMORY;
}

/* The steps of the typical weeks alone, then the design days. */
static enum status take_few_steps(struct typical_year *year, struct arena *arena) {
    int horizon = year->hours->horizon_count, design = year->hours->count - horizon;
    int week = week_steps(year), held = year->typical_count * week, few = held + design;
    struct plan_calendar *ret = ARENA_TAKE(arena, struct plan_calendar, 1);
    int *source = ARENA_TAKE(arena, int, few), *like = ARENA_TAKE(arena, int, horizon);
    int *place = ARENA_TAKE(arena, int, year->weeks_count);
    double *weight = ARENA_TAKE(arena, double, held);
    TRY(arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK);
    for (int k = 0; k < year->typical_count; k++) {
        place[year->typical[k]] = k * week;
    }
    for (int t = 0; t < few; t++) {
        source[t] = t < held ? year->typical[t / week] * week + t % week : horizon + t - held;
    }
    for (int s = 0; s < horizon; s++) {
        like[s] = place[year->week_like[s / week]] + s % week;
        weight[like[s]] += 1.0;
    }
    *ret = (struct plan_calendar){horizon, year->hours->month, like};
    year->few = ret;
    year->source = source;
    year->hours->count = few;
    year->hours->horizon_count = held;
    year->hours->weight_ratio = weight;
    return STATUS_OK;
}

static enum status turn_numbers(const struct typical_year *year, int count, struct arena *arena,
                                const double **value) {
    double *turned = *value ? ARENA_TAKE(arena, double, count) : NULL;
    if (*value && !turned) {
        return STATUS_NO_MEMORY;
    }
    for (int t = 0; turned && t < count; t++) {
        turned[t] = (*value)[year->source[t]];
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
        turned[t] = (*numbers)[year->source[t]];
    }
    *numbers = turned;
    return STATUS_OK;
}

static enum status turn_hours(struct typical_year *year, struct arena *arena) {
    struct hours *h = year->hours;
    const double **const values[] = {&h->outdoor_c,           &h->wet_bulb_c,    &h->humidity_kg_kg,
                                     &h->pressure_kpa,        &h->wind_m_s,      &h->global_kw_m2,
                                     &h->direct_normal_kw_m2, &h->diffuse_kw_m2, &h->outdoor_day_c,
                                     &h->outdoor_weighted_c,  &h->ground_c,      &h->hour_h};
    for (int k = 0; k < COUNT(values); k++) {
        TRY(turn_numbers(year, h->count, arena, values[k]));
    }
    year->month_like = h->month;
    TRY(turn_ints(year, h->count, arena, &year->month_like));
    h->month = year->few ? year->month_like : h->month;
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

/* A year whose weeks are chosen, and nothing turned; *ret NULL: nothing to choose. */
static enum status choose_weeks(const struct scenario *scenario, int weeks_asked,
                                struct arena *arena, struct typical_year **ret) {
    struct typical_year *year = ARENA_TAKE(arena, struct typical_year, 1);
    int days = scenario->calendar.days;
    *ret = NULL;
    if (!year) {
        return STATUS_NO_MEMORY;
    }
    if (days / TYPICAL_WEEK_DAYS <= weeks_asked) {
        return STATUS_OK;
    }
    year->given = scenario;
    TRY(scenario_hours(scenario, arena, &year->hours));
    TRY(typical_weeks(scenario, year->hours, year, weeks_asked, arena));
    year->shape = (struct typical){.horizon_segments = days,
                                   .week_segments = TYPICAL_WEEK_DAYS,
                                   .weeks_count = year->weeks_count,
                                   .week_like = year->week_like};
    *ret = year;
    return STATUS_OK;
}

static enum status turn(struct typical_year *year, struct arena *arena) {
    const struct scenario *given = year->given;
    struct instance *instances = ARENA_TAKE(arena, struct instance, given->instances_count);
    year->scenario = ARENA_TAKE(arena, struct scenario, 1);
    if (!year->scenario || !instances) {
        return STATUS_NO_MEMORY;
    }
    TRY(turn_hours(year, arena));
    *year->scenario = *given;
    memcpy(instances, given->instances, (size_t)given->instances_count * sizeof *instances);
    year->scenario->instances = instances;
    for (int i = 0; i < given->instances_count; i++) {
        TRY(turn_instance(year, &instances[i], arena));
    }
    return STATUS_OK;
}

enum status typical_year_make(const struct scenario *scenario, int weeks_asked, struct arena *arena,
                              struct typical_year **ret) {
    struct typical_year *year = NULL;
    TRY(choose_weeks(scenario, weeks_asked, arena, &year));
    if (year) {
        TRY(take_every_step(year, arena));
        TRY(turn(year, arena));
    }
    *ret = year;
    return STATUS_OK;
}

static bool stores_power(const struct instance *instance) {
    return instance->kind->shape == SHAPE_STORE &&
           instance->kind->ports[0].carrier == CARRIER_ELECTRICITY;
}

/* Is everything a sum over steps, or a month's peak, but for levels? Tariffs and seasons of a contract look at the calendar;
   a utility calls in so many hours of the year, and what a battery holds or the water of a long pipe remembers goes from
   hour to hour. */
static bool may_be_few(const struct scenario *scenario) {
    bool may = scenario->contract != CONTRACT_SEASONAL && !scenario->pipes.text;
    for (int m = 0; m < scenario->meters_count; m++) {
        may = may && !case_meter_tariff(scenario, scenario->meters[m].grid) &&
              !scenario->meters[m].transformer;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        double called_h = component_number(instance->kind, instance->self, "curtail_h_year", 0.0);
        may = may && !stores_power(instance) && !(called_h > 0.0);
    }
    return may;
}

enum status typical_year_few(const struct scenario *scenario, int weeks_asked, struct arena *arena,
                             struct typical_year **ret) {
    struct typical_year *year = NULL;
    if (!may_be_few(scenario)) {
        return typical_year_make(scenario, weeks_asked, arena, ret);
    }
    TRY(choose_weeks(scenario, weeks_asked, arena, &year));
    if (year) {
        TRY(take_few_steps(year, arena));
        TRY(turn(year, arena));
    }
    *ret = year;
    return STATUS_OK;
}

double plan_sum_kw(const struct hours *hours, const double *flow_kw) {
    struct sum sum = {0.0, 0.0};
    for (int t = 0; t < hours->horizon_count; t++) {
        sum_add(&sum, hours_weight_ratio(hours, t) * flow_kw[t]);
    }
    return sum_value(&sum);
}

/* ---- a case of it ---- */

bool typical_carries_on(const struct case_work *work, int i) {
    const struct coefficients *c = work->result->flow[i].coefficients;
    return work->scenario->instances[i].kind->shape == SHAPE_STORE &&
           c->charge_per_h_ratio * fills_slowly_h <= 1.0;
}

int plan_step_before(const struct case_work *work, int i, int step) {
    const struct typical_year *year = work->typical;
    if (year && year->few && step % week_steps(year) == 0) {
        return step + week_steps(year) -
               1; /* what goes on does so from week to week of the year, not here */
    }
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

const int *case_month_map(const struct case_work *work, bool whole, struct arena *arena) {
    const struct plan_calendar calendar = case_calendar(work);
    int design = work->hours->count - work->design_days_from;
    int *month = ARENA_TAKE(arena, int, calendar.steps + design);
    for (int s = 0; month && s < calendar.steps + design; s++) {
        month[s] = s >= calendar.steps ? PROGRAMME_NO_PERIOD : whole ? 0 : calendar.month[s];
    }
    return month;
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
    shape.few = work->few != NULL;
    return typical_reduce(programme, &shape, arena, ret);
}
