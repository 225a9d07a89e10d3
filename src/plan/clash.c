/* Why there is no plan. The elastic re-solve lets every requirement and every limit be missed and finds the nearest
   plan: what it misses is named with the amount. Its prices prove the clash: the requirements and limits with a price
   cannot hold together. Each of them that can be left out of the proof is left out, by a re-solve each, so that those
   named clash all together and no fewer of them do. Where even the elastic re-solve finds nothing, the buses are let
   go too: then something has no supplier, and bus, time and amount are named. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "optimise/elastic.h"
#include "plan/internal.h"

enum { CLASH_MAX = 12 };
static const double price_floor_ratio = 1e-6; /* of the largest price in the proof */

struct search {
    struct case_work *work;
    const struct plan_options *plan;
    struct solve_options options;
    struct diag *diag;
    struct arena *arena; /* scratch */
};

static const char *amount_words(struct arena *arena, double amount_ratio) {
    char text[48];
    double size = fabs(amount_ratio);
    int decimals = size >= 1000.0 ? 0 : size >= 10.0 ? 1 : size >= 0.1 ? 3 : 6;
    (void)text_from_number_fixed(text, sizeof text, amount_ratio, decimals);
    return arena_text(arena, text);
}

/* ---- the families that the elastic re-solve may miss, as they stand in a programme ---- */

struct family {
    const char *name;
    double *lower, *upper; /* border row; else NULL */
    struct programme_row *row;
    bool *elastic;
    long first, count; /* global rows */
};

static enum status families_of(struct programme *p, struct arena *arena, struct family **ret,
                               int *ret_count) {
    struct programme_block *b = &p->blocks[0];
    int count = 0;
    struct family *families = ARENA_TAKE(
        arena, struct family, p->border_rows_count + (long)b->rows_count + (long)b->sums_count);
    if (!families) {
        return STATUS_NO_MEMORY;
    }
    for (int r = 0; r < p->border_rows_count; r++) {
        struct programme_border_row *row = &p->border_rows[r];
        if (row->elastic) {
            families[count++] = (struct family){row->name, &row->lower,   &row->upper,
                                                NULL,      &row->elastic, programme_at_border(p, r),
                                                1};
        }
    }
    for (int r = 0; r < b->rows_count + b->sums_count; r++) {
        bool sum = r >= b->rows_count;
        int at = sum ? r - b->rows_count : r;
        struct programme_row *row = sum ? &b->sums[at] : &b->rows[at];
        if (row->elastic) {
            families[count++] =
                (struct family){row->name,
                                NULL,
                                NULL,
                                row,
                                &row->elastic,
                                sum ? programme_at_sum(p, 0, at, 0) : programme_at_row(p, 0, at, 0),
                                sum ? b->maps[row->map].periods : programme_steps(b)};
        }
    }
    *ret = families;
    *ret_count = count;
    return STATUS_OK;
}

static const double lowest_ratio = -HUGE_VAL, highest_ratio = HUGE_VAL;

static void drop(struct family *family) {
    *family->elastic = false;
    if (family->row) {
        family->row->lower = (struct numbers){&lowest_ratio, 0};
        family->row->upper = (struct numbers){&highest_ratio, 0};
    } else {
        *family->lower = -HUGE_VAL;
        *family->upper = HUGE_VAL;
    }
}

/* ---- words ---- */

static const struct requirement *requirement_of(const struct scenario *scenario, const char *name) {
    for (int r = 0; r < scenario->requirements_count; r++) {
        if (strcmp(name, scenario->requirements[r].key) == 0) {
            return &scenario->requirements[r];
        }
    }
    return NULL;
}

/* The instance that a family "name.part" belongs to; part follows the dot. */
static int instance_of(const struct scenario *scenario, const char *name, const char **ret_part) {
    for (int i = 0; i < scenario->instances_count; i++) {
        size_t size = strlen(scenario->instances[i].name);
        if (strncmp(name, scenario->instances[i].name, size) == 0 && name[size] == '.') {
            *ret_part = name + size + 1;
            return i;
        }
    }
    return -1;
}

/* "energy_reuse_factor at least 0.99", "campus_heater.capacity_kw at most 300" */
static const char *family_words(struct search *search, const char *name) {
    const struct scenario *scenario = search->work->scenario;
    const struct requirement *requirement = requirement_of(scenario, name);
    char value[TEXT_NUMBER_SIZE];
    if (requirement) {
        (void)text_from_number(value, requirement->value);
        return arena_format(search->work->arena, "%s %s %s", name,
                            plan_requirement_is_limit(name) ? "at most" : "at least", value);
    }
    const char *part = NULL;
    int i = instance_of(scenario, name, &part);
    if (i < 0) {
        return name;
    }
    const struct instance *instance = &scenario->instances[i];
    if (strcmp(part, "firm") == 0) {
        return arena_format(search->work->arena, "%s for all of the IT", instance->name);
    }
    bool second = strcmp(part, "power") == 0;
    const struct capacity *capacity = second ? &instance->capacity2 : &instance->capacity;
    (void)text_from_number(value, capacity->chosen ? capacity->max : capacity->fixed);
    return arena_format(search->work->arena, "%s.%s at most %s", instance->name,
                        second ? instance->kind->capacity2 : instance->kind->capacity, value);
}

static struct place family_place(struct search *search, const char *name) {
    const struct scenario *scenario = search->work->scenario;
    const struct requirement *requirement = requirement_of(scenario, name);
    const char *part = NULL;
    int i = instance_of(scenario, name, &part);
    struct place file = {scenario->file, 0, 0};
    return requirement ? requirement->place : i >= 0 ? scenario->instances[i].place : file;
}

static void add_miss(struct search *search, const char *text, struct place place) {
    struct case_plan *result = search->work->result;
    if (text && result->misses_count < CLASH_MAX) {
        result->misses[result->misses_count++] = (struct requirement_miss){text, place};
    }
}

/* The nearest plan's value of a requirement, or how much more of a limit it takes. */
static void add_missed(struct search *search, const struct elastic_miss *miss) {
    struct case_work *work = search->work;
    const char *what = family_words(search, miss->name);
    struct place place = family_place(search, miss->name);
    const struct requirement *requirement = requirement_of(work->scenario, miss->name);
    if (requirement) {
        double value =
            plan_requirement_value(work->scenario, work->hours, work->result, requirement->key);
        add_miss(search,
                 arena_format(work->arena,
                              "require %s cannot be met: the nearest plan reaches %s and misses it "
                              "by %s",
                              what, amount_words(work->arena, value),
                              amount_words(work->arena, fabs(value - requirement->value))),
                 place);
        return;
    }
    if (strncmp(miss->name, "bus.", 4) == 0) {
        char stamp[32] = "a design day";
        if (!plan_is_design_step(work, miss->first)) {
            calendar_stamp(&work->scenario->calendar, miss->first, stamp);
        }
        add_miss(search,
                 arena_format(work->arena,
                              "%s: in %d of %d steps nothing can supply what is needed, or take "
                              "what comes, first at %s; %s kW at most",
                              miss->name + 4, miss->rows_count, work->hours->count, stamp,
                              amount_words(work->arena, miss->amount_ratio)),
                 place);
        return;
    }
    add_miss(search,
             arena_format(work->arena, "%s is too small by %s", what,
                          amount_words(work->arena, miss->amount_ratio)),
             place);
}

/* By the plan's solver; where that stalls, by Clp, for a month or where the caller said so. */
static enum status solve_elastic(struct search *search, const struct programme *programme,
                                 struct arena *arena, struct elastic *ret) {
    TRY(elastic_solve(programme, plan_solver(search->plan), &search->options, arena, ret));
    bool again =
        ret->outcome.kind == OUTCOME_STALLED && plan_may_fall_back(programme, search->plan);
    return again ? elastic_solve(programme, &solver_clp, &search->options, arena, ret) : STATUS_OK;
}

/* ---- the proof ---- */

/* These families alone, all others dropped: is nothing missed? */
static bool feasible_with(struct search *search, const char *const *hard, int count,
                          enum status *ret) {
    struct programme *programme = NULL;
    struct elastic elastic = {0};
    struct family *families = NULL;
    int all = 0;
    struct arena *scratch = arena_new(0);
    *ret = scratch ? case_assemble(search->work, scratch, true, &programme) : STATUS_NO_MEMORY;
    if (*ret == STATUS_OK) {
        *ret = families_of(programme, scratch, &families, &all);
    }
    if (*ret == STATUS_OK) {
        for (int f = 0; f < all; f++) {
            bool kept = false;
            for (int k = 0; k < count; k++) {
                kept = kept || strcmp(hard[k], families[f].name) == 0;
            }
            if (!kept) {
                drop(&families[f]);
            }
        }
        *ret = solve_elastic(search, programme, scratch, &elastic);
    }
    bool feasible = *ret == STATUS_OK && elastic.solvable && elastic.misses_count == 0;
    arena_free(scratch);
    return feasible;
}

/* Names of the families with a price at the elastic optimum, requirements first and in the scenario's order. */
static enum status priced(struct search *search, struct programme *programme, const double *y,
                          const char **ret, int *ret_count) {
    const struct scenario *scenario = search->work->scenario;
    struct family *families = NULL;
    int count = 0, named = 0;
    TRY(families_of(programme, search->arena, &families, &count));
    double *price = ARENA_TAKE(search->arena, double, count), largest = 0.0;
    for (int f = 0; price && f < count; f++) {
        for (long row = families[f].first; row < families[f].first + families[f].count; row++) {
            price[f] = fmax(price[f], fabs(y[row]));
        }
        largest = fmax(largest, price[f]);
    }
    for (int r = 0; r <= scenario->requirements_count; r++) {
        bool limits = r == scenario->requirements_count;
        for (int f = 0; price && f < count && named < CLASH_MAX; f++) {
            bool here = limits ? !requirement_of(scenario, families[f].name)
                               : strcmp(families[f].name, scenario->requirements[r].key) == 0;
            if (here && price[f] > price_floor_ratio * largest) {
                ret[named++] = families[f].name;
            }
        }
    }
    *ret_count = named;
    return price ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Those that clash only all together. */
static enum status name_clash(struct search *search, struct programme *programme, const double *y) {
    const char *names[CLASH_MAX];
    int count = 0;
    TRY(priced(search, programme, y, names, &count));
    for (int k = 0; count > 1 && k < count;
         k++) { /* one that cannot be met alone clashes with none */
        enum status status = STATUS_OK;
        if (!requirement_of(search->work->scenario, names[k])) {
            continue;
        }
        bool alone = feasible_with(search, &names[k], 1, &status);
        TRY(status);
        count = alone ? count : 1;
    }
    for (int k = 0; count > 1 && k < count;) {
        const char *without[CLASH_MAX];
        enum status status = STATUS_OK;
        for (int n = 0, into = 0; n < count; n++) {
            if (n != k) {
                without[into++] = names[n];
            }
        }
        bool needed = feasible_with(search, without, count - 1, &status);
        TRY(status);
        if (needed) {
            k++;
        } else {
            count--;
            memcpy(names, without, (size_t)count * sizeof *names);
        }
    }
    if (count < 2) {
        return STATUS_OK;
    }
    struct text_buffer words;
    text_buffer_init(&words, search->work->arena);
    for (int k = 0; k < count; k++) {
        text_add(&words, k == 0 ? "" : k == count - 1 ? " and " : ", ");
        text_add(&words, family_words(search, names[k]));
    }
    text_add(&words, count == 2 ? " clash: each can be met without the other"
                                : " clash: without any one of them there is a plan");
    add_miss(search, words.data, family_place(search, names[0]));
    return words.failed ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status nearest(struct search *search, bool buses, bool *ret_feasible) {
    struct case_work *work = search->work;
    struct programme *programme = NULL;
    struct elastic elastic = {0};
    TRY(case_assemble(work, search->arena, true, &programme));
    for (int r = 0; buses && r < programme->blocks[0].rows_count; r++) {
        struct programme_row *row = &programme->blocks[0].rows[r];
        row->elastic = row->elastic || strncmp(row->name, "bus.", 4) == 0;
    }
    TRY(solve_elastic(search, programme, search->arena, &elastic));
    *ret_feasible = elastic.solvable && elastic.misses_count == 0;
    if (!elastic.solvable || *ret_feasible) {
        return STATUS_OK;
    }
    struct outcome before = work->result->outcome;
    work->result->outcome.x = elastic.outcome.x;
    work->result->outcome.y = elastic.outcome.y;
    work->result->outcome.objective_ratio = elastic.outcome.objective_ratio;
    enum status status = case_extract(work, programme);
    work->result->outcome = before;
    TRY(status);
    for (int k = 0; k < elastic.misses_count && k < CLASH_MAX - 1; k++) {
        add_missed(search, &elastic.misses[k]);
    }
    return elastic.misses_count > 0 && !buses ? name_clash(search, programme, elastic.outcome.y)
                                              : STATUS_OK;
}

static enum status explain(struct search *search) {
    struct case_work *work = search->work;
    struct case_plan *result = work->result;
    result->misses = ARENA_TAKE(work->arena, struct requirement_miss, CLASH_MAX);
    if (!result->misses) {
        return STATUS_NO_MEMORY;
    }
    bool feasible = false;
    TRY(nearest(search, false, &feasible));
    if (feasible) {
        return STATUS_STALLED; /* there is a plan: it is the solver that failed */
    }
    if (result->misses_count == 0) {
        TRY(nearest(search, true, &feasible));
    }
    for (int k = 0; k < result->misses_count; k++) {
        diag_error(search->diag, result->misses[k].place, "%s: %s", case_name(work->kind),
                   result->misses[k].text);
        diag_remedy(search->diag,
                    "relax this requirement or limit, or allow more plant (capacity: choose)");
    }
    if (result->misses_count == 0) {
        struct place place = {work->scenario->file, 0, 0};
        diag_error(search->diag, place,
                   "%s: there is no plan, and no nearest plan was found that says why",
                   case_name(work->kind));
        diag_remedy(search->diag, "export the programme and try another solver");
        return STATUS_STALLED;
    }
    return STATUS_INFEASIBLE;
}

enum status case_explain_infeasible(struct case_work *work, const struct plan_options *options,
                                    bool (*progress)(void *data, long iterations_count,
                                                     double objective_ratio),
                                    void *data, struct diag *diag) {
    struct search search = {
        work, options, {.progress = progress, .data = data}, diag, arena_new(0)};
    enum status status = search.arena ? explain(&search) : STATUS_NO_MEMORY;
    arena_free(search.arena);
    return status;
}

enum status case_misses(struct case_work *work, const struct plan_options *options,
                        bool (*progress)(void *data, long iterations_count, double objective_ratio),
                        void *data, bool *ret) {
    struct search search = {
        work, options, {.progress = progress, .data = data}, NULL, arena_new(0)};
    struct programme *programme = NULL;
    struct elastic elastic = {0};
    enum status status =
        search.arena ? case_assemble(work, search.arena, true, &programme) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        status = solve_elastic(&search, programme, search.arena, &elastic);
    }
    *ret = status == STATUS_OK && elastic.solvable && elastic.misses_count > 0;
    arena_free(search.arena);
    return status;
}
