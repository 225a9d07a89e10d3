/* Plans the rows of a study: first every row's scenario is resolved and named by its hash, so that rows that mean the
   same are planned once and what an earlier run has kept is taken; then the rest is planned and kept one by one. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/accounts.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/workers.h"
#include "studies/store.h"
#include "studies/study.h"

struct named_row { /* of the first pass */
    enum status status;
    char id[HASH_HEX_SIZE];
};

struct running {
    const struct study *study;
    const struct study_options *options;
    const char *version;
    struct study_results *results;
    struct store *store;
    struct diag *diag;
    struct named_row *rows;
    long *todo, todo_count; /* rows that are planned: one of each scenario */
    long done, failed, all; /* rows: planned or kept, without a plan, of this part */
    enum status trouble;
    bool stopped;
};

/* ---- figures ---- */

static int names_most(const struct scenario *scenario) {
    return CASES * metrics_count() + 2 + PARTY_COUNT + scenario->instances_count;
}

static enum status make_names(const struct scenario *scenario, struct arena *arena,
                              struct study_results *ret) {
    ret->names = ARENA_TAKE(arena, const char *, names_most(scenario));
    if (!ret->names) {
        return STATUS_NO_MEMORY;
    }
    int count = 0;
    ret->names[count++] = "npv_money";
    ret->names[count++] = "npv_society_money";
    for (int k = 0; k < CASES; k++) {
        for (int m = 0; m < metrics_count(); m++) {
            ret->names[count++] =
                arena_format(arena, "%s.%s", case_name((enum plan_case)k), metrics_key(m));
        }
    }
    for (int p = 0; p < PARTY_COUNT; p++) {
        ret->names[count++] = arena_format(arena, "gain_money_year.%s", party_name((enum party)p));
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        if (scenario->instances[i].capacity.chosen) {
            ret->names[count++] = arena_format(arena, "capacity.%s", scenario->instances[i].name);
        }
    }
    ret->names_count = count;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* In the order of make_names; capacities by name, for a row may have chosen other plant. */
static void fill_values(const struct accounts *accounts, const struct study_results *results,
                        double *value) {
    static const char capacity[] = "capacity.";
    int count = 0;
    value[count++] = accounts->npv_money;
    value[count++] = accounts->npv_society_money;
    for (int k = 0; k < CASES; k++) {
        for (int m = 0; m < metrics_count(); m++) {
            value[count++] = metrics_value(&accounts->metrics[k], m);
        }
    }
    for (int p = 0; p < PARTY_COUNT; p++) {
        value[count++] = accounts->annual_party_money[p];
    }
    for (; count < results->names_count; count++) {
        int i = scenario_instance(accounts->scenario, results->names[count] + sizeof capacity - 1);
        const struct flow *flow = i < 0 ? NULL : &accounts->plan->cases[CASE_TOGETHER].flow[i];
        value[count] = flow && flow->included ? flow->capacity : (double)NAN;
    }
}

/* ---- in the worker's process ---- */

static enum status row_scenario(const struct study *study, long row, struct arena *arena,
                                struct scenario **ret) {
    struct scenario_change *changes =
        ARENA_TAKE(arena, struct scenario_change, study->changes_most);
    struct diag *diag = diag_new(arena);
    int count = 0;
    if (!changes || !diag) {
        return STATUS_NO_MEMORY;
    }
    TRY(study_changes(study, row, arena, changes, &count));
    return scenario_parse_changed(arena, diag, study->scenario_file, study->scenario_text,
                                  study->scenario_size, changes, count, ret);
}

/* The hash of version, resolved scenario and what was read, but for the scenario's own file: its meaning counts. */
static enum status hash_row(const struct running *run, long row, struct arena *arena,
                            char ret_id[HASH_HEX_SIZE]) {
    struct scenario *scenario = NULL;
    const char *text = NULL;
    size_t size = 0;
    struct hash hash;
    TRY(row_scenario(run->study, row, arena, &scenario));
    TRY(scenario_write(scenario, arena, &text, &size));
    hash_init(&hash);
    hash_add(&hash, run->version, strlen(run->version) + 1);
    hash_add(&hash, text, size);
    for (int k = 1; k < scenario->files_count; k++) {
        hash_add(&hash, scenario->files[k].sha256, sizeof scenario->files[k].sha256);
    }
    hash_hex(&hash, ret_id);
    return STATUS_OK;
}

static void name_row(void *data, long row, void *result) {
    struct named_row *named = result;
    struct arena *arena = arena_new(0);
    named->status = arena ? hash_row(data, row, arena, named->id) : STATUS_NO_MEMORY;
    arena_free(arena);
}

/* A result: the status, and behind it the figures. */
static void plan_row(void *data, long row, void *result) {
    const struct running *run = data;
    double *value = (double *)result + 1;
    struct arena *arena = arena_new(0);
    struct scenario *scenario = NULL;
    struct plan *plan = NULL;
    struct accounts *accounts = NULL;
    struct diag *diag = arena ? diag_new(arena) : NULL;
    enum status status = STATUS_NO_MEMORY;
    if (diag) {
        status = row_scenario(run->study, row, arena, &scenario);
    }
    if (status == STATUS_OK) {
        status = plan_solve(scenario, NULL, arena, diag, &plan);
    }
    if (status == STATUS_OK) {
        status = accounts_make(plan, arena, &accounts);
    }
    for (int k = 0; k < run->results->names_count; k++) {
        value[k] = (double)NAN;
    }
    if (status == STATUS_OK) {
        fill_values(accounts, run->results, value);
    }
    *(double *)result = (double)status;
    arena_free(arena);
}

/* ---- in the caller's ---- */

static bool keep_going(struct running *run) {
    if (run->options->progress &&
        run->options->progress(run->options->data, run->done, run->all, run->failed)) {
        run->stopped = true;
    }
    return !run->stopped && run->trouble == STATUS_OK;
}

static bool take_name(void *data, long row, const void *result) {
    struct running *run = data;
    const struct named_row died = {.status = STATUS_INTERNAL};
    run->rows[row] = result ? *(const struct named_row *)result : died;
    return !(run->options->progress &&
             run->options->progress(run->options->data, 0, run->study->rows, 0));
}

static void set_row(struct running *run, long row, enum status status, const double *value) {
    int count = run->results->names_count;
    assert(run->results->value); /* since study_run */
    run->results->status[row] = status;
    for (int k = 0; k < count; k++) {
        run->results->value[row * count + k] = value ? value[k] : (double)NAN;
    }
    run->done++;
    run->failed += status != STATUS_OK;
}

static bool take_plan(void *data, long row, const void *result) {
    struct running *run = data;
    int count = run->results->names_count;
    const double *value = result ? (const double *)result + 1 : NULL;
    enum status status = result ? (enum status)(int)*(const double *)result : STATUS_INTERNAL;
    set_row(run, row, status, value);
    bool lasting = status != STATUS_NO_MEMORY && status != STATUS_INTERNAL; /* else: try again */
    if (lasting && run->trouble == STATUS_OK) { /* else it was told, and the run ends */
        run->trouble = store_add(run->store, run->diag, run->rows[row].id, status, count,
                                 run->results->names, &run->results->value[row * count]);
    }
    run->results->planned++;
    return keep_going(run);
}

struct by_id {
    const char *id;
    long row;
};

static int compare_ids(const void *a, const void *b) {
    const struct by_id *one = a, *two = b;
    int order = strcmp(one->id, two->id);
    return order ? order : one->row < two->row ? -1 : one->row > two->row;
}

static bool is_mine(const struct running *run, long scenario) {
    int parts = run->options->parts;
    return parts == 0 || (scenario - 1) % parts == run->options->part - 1;
}

/* Which rows are left to plan; the rows of one scenario lie together in order, and go to the parts in turn. */
static void find_work(struct running *run, struct by_id *order, double *value) {
    long rows = run->study->rows;
    for (long n = 0; n < rows; n++) {
        order[n] = (struct by_id){run->rows[n].id, n};
    }
    qsort(order, (size_t)rows, sizeof *order, compare_ids);
    long scenarios = 0;
    for (long n = 0; n < rows; n++) {
        long row = order[n].row;
        enum status kept = STATUS_OK;
        bool twin = n > 0 && strcmp(order[n - 1].id, order[n].id) == 0;
        scenarios += !twin;
        if (run->rows[row].status != STATUS_OK) {
            run->all++;
            set_row(run, row, run->rows[row].status, NULL);
            continue;
        }
        run->all += is_mine(run, scenarios);
        if (twin || !is_mine(run, scenarios)) {
            continue; /* as the row before, which copy_twins sees to; or of another part */
        }
        if (store_find(run->store, run->rows[row].id, run->results->names_count,
                       run->results->names, &kept, value)) {
            set_row(run, row, kept, value);
            run->results->kept++;
        } else {
            run->todo[run->todo_count++] = row;
        }
    }
}

static int by_row(const void *a, const void *b) {
    long one = *(const long *)a, two = *(const long *)b;
    return one < two ? -1 : one > two;
}

static void copy_twins(struct running *run, const struct by_id *order) {
    int count = run->results->names_count;
    long scenarios = 1;
    for (long n = 1; n < run->study->rows; n++) {
        long row = order[n].row, twin = order[n - 1].row;
        scenarios += strcmp(order[n - 1].id, order[n].id) != 0;
        if (run->rows[row].status == STATUS_OK && strcmp(order[n - 1].id, order[n].id) == 0 &&
            is_mine(run, scenarios)) {
            set_row(run, row, run->results->status[twin], &run->results->value[twin * count]);
        }
    }
}

/* ---- both passes ---- */

static enum status share_out(const struct running *run, const struct workers *workers) {
    return run->options->ranks ? ranks_run(run->options->ranks, workers) : workers_run(workers);
}

static enum status name_rows(struct running *run) {
    const struct workers naming = {.processes = run->options->processes,
                                   .count = run->study->rows,
                                   .result_size = sizeof(struct named_row),
                                   .work = name_row,
                                   .done = take_name,
                                   .data = run};
    return share_out(run, &naming);
}

static enum status plan_todo(struct running *run) {
    const struct workers planning = {.processes = run->options->processes,
                                     .count = run->todo_count,
                                     .pieces = run->todo,
                                     .result_size =
                                         sizeof(double) * (size_t)(1 + run->results->names_count),
                                     .work = plan_row,
                                     .done = take_plan,
                                     .data = run};
    return share_out(run, &planning);
}

static enum status plan_rows(struct running *run, struct arena *arena) {
    long rows = run->study->rows;
    struct by_id *order = ARENA_TAKE(arena, struct by_id, rows);
    double *value = ARENA_TAKE(arena, double, run->results->names_count);
    run->rows = ARENA_TAKE(arena, struct named_row, rows);
    run->todo = ARENA_TAKE(arena, long, rows);
    if (!order || !value || !run->rows || !run->todo) {
        return STATUS_NO_MEMORY;
    }
    TRY(name_rows(run));
    find_work(run, order, value);
    qsort(run->todo, (size_t)run->todo_count, sizeof *run->todo, by_row);
    if (keep_going(run)) {
        TRY(plan_todo(run));
    }
    TRY(run->trouble);
    copy_twins(run, order);
    return run->stopped ? STATUS_CANCELLED : STATUS_OK;
}

static bool is_known(const struct study_results *results, const char *key, const char *name,
                     struct arena *arena, struct diag *diag) {
    if (!name || study_name(results, name) >= 0) {
        return true;
    }
    struct place place = {results->study->file, 0, 0};
    const char *near = diag_nearest(name, results->names, results->names_count);
    diag_error(diag, place, "%s: nothing is called %s", key, name);
    diag_remedy(diag,
                "%s%s`hearth explain figures` lists them; write CASE.FIGURE, "
                "npv_money, gain_money_year.PARTY or capacity.PLANT",
                near ? "did you mean " : "", near ? arena_format(arena, "%s? ", near) : "");
    return false;
}

static enum status check_names(const struct study_results *results, struct arena *arena,
                               struct diag *diag) {
    const struct study *study = results->study;
    bool known = is_known(results, "regret", study->choice.regret_figure, arena, diag);
    for (int k = 0; k < study->figures_count; k++) {
        known = is_known(results, "figures", study->figures[k], arena, diag) && known;
    }
    for (int k = 0; k < study->choice.criteria_count; k++) {
        known =
            is_known(results, "criteria", study->choice.criteria[k].figure, arena, diag) && known;
    }
    return known ? STATUS_OK : STATUS_BAD_SCENARIO;
}

/* The store of all, with what parts have kept, or that of this part. */
static enum status open_store(struct running *run, const char *folder, struct arena *arena) {
    const char *parts = arena_format(arena, "%s/parts", folder), **names = NULL;
    const struct study_options *options = run->options;
    int count = 0;
    if (options->store) { /* shared by all parts */
        return store_open(arena, run->diag, options->store, false, &run->store);
    }
    if (options->parts > 0) {
        TRY(file_make_folder(run->diag, parts));
        return store_open(
            arena, run->diag,
            arena_format(arena, "%s/%d-of-%d.db", parts, options->part, options->parts), true,
            &run->store);
    }
    TRY(store_open(arena, run->diag, arena_format(arena, "%s/study.db", folder), false,
                   &run->store));
    TRY(file_list(arena, parts, ".db", &names, &count));
    for (int k = 0; k < count; k++) {
        TRY(store_import(run->store, run->diag, arena_format(arena, "%s/%s", parts, names[k])));
    }
    return STATUS_OK;
}

enum status study_run(const struct study *study, const struct study_options *options,
                      const char *folder, const char *version, struct arena *arena,
                      struct diag *diag, struct study_results *ret) {
    struct scenario *first = NULL;
    *ret = (struct study_results){.study = study};
    TRY(row_scenario(study, 0, arena, &first));
    TRY(make_names(first, arena, ret));
    ret->status = ARENA_TAKE(arena, enum status, study->rows);
    ret->value = ARENA_TAKE(arena, double, study->rows * ret->names_count);
    if (!ret->status || !ret->value) {
        return STATUS_NO_MEMORY;
    }
    TRY(check_names(ret, arena, diag));
    struct running run = {
        .study = study, .options = options, .version = version, .results = ret, .diag = diag};
    if (options->ranks && !ranks_is_first(options->ranks)) { /* works for the first */
        TRY(name_rows(&run));
        return plan_todo(&run);
    }
    enum status status = open_store(&run, folder, arena);
    if (status == STATUS_OK) {
        status = plan_rows(&run, arena);
    }
    store_close(run.store);
    ret->mine = run.all;
    return status;
}

int study_name(const struct study_results *results, const char *name) {
    for (int k = 0; k < results->names_count; k++) {
        if (strcmp(results->names[k], name) == 0) {
            return k;
        }
    }
    return -1;
}
