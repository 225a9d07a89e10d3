/* The door: hearth.h over the floors. Every handle owns one arena; nothing else is remembered. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth/hearth.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/accounts.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/parallel.h"
#include "base/text.h"
#include "hearth_calc.h"
#include "hearth_inside.h"
#include "optimise/export.h"
#include "plan/pipes.h"
#include "plan/plan.h"
#include "plan/typical.h"
#include "scenario/change.h"
#include "scenario/scenario.h"
#include "tell/figures.h"
#include "tell/roadmap.h"
#include "tell/study.h"
#include "tell/tell.h"
#include "tell/verify.h"

#define STATUS(name, exit_code, text)                                                              \
    static_assert((int)HEARTH_##name == (int)STATUS_##name, "hearth.h and status.def agree");
#include "base/status.def"
#undef STATUS

const char *hearth_version(void) { return HEARTH_VERSION; }
const char *hearth_build(void) { return "C17, " __VERSION__; }
const char *hearth_status_text(enum hearth_status status) {
    return status_text((enum status)status);
}
int hearth_status_exit_code(enum hearth_status status) {
    return status_exit_code((enum status)status);
}

struct hearth_context *hearth_context_new(void) {
    struct arena *arena = arena_new(0);
    struct hearth_context *context = arena ? ARENA_TAKE(arena, struct hearth_context, 1) : NULL;
    if (!context) {
        arena_free(arena);
        return NULL;
    }
    context->arena = arena;
    return context;
}

void hearth_context_free(struct hearth_context *context) {
    if (context) {
        arena_free(context->arena);
    }
}

void hearth_context_on_message(struct hearth_context *context,
                               void (*on_message)(void *data, const struct hearth_message *message),
                               void *data) {
    context->on_message = on_message;
    context->message_data = data;
}

void hearth_context_on_progress(struct hearth_context *context,
                                bool (*on_progress)(void *data, const char *words), void *data) {
    context->on_progress = on_progress;
    context->progress_data = data;
}

void hearth_context_on_stop(struct hearth_context *context, bool (*is_stopped)(void *data),
                            void *data) {
    context->is_stopped = is_stopped;
    context->stop_data = data;
}

void tell_messages(struct hearth_context *context, struct arena *arena, const struct diag *diag) {
    for (int k = 0; context->on_message && diag && k < diag_count(diag); k++) {
        const struct diag_message *message = diag_at(diag, k);
        struct hearth_message told = {
            message->level == DIAG_ERROR, message->place.file, message->place.line,
            message->place.column,        message->text,       message->remedy,
            diag_render(arena, message)};
        context->on_message(context->message_data, &told);
    }
}

enum { CHANGES_MAX = 256 };

/* The list path, text, ..., NULL as changes; -1 when it is too long or has no end. */
static int changes_take(const char *const *list, const char *file, struct scenario_change *ret) {
    int count = 0;
    for (; list && list[2 * count]; count++) {
        if (count == CHANGES_MAX || !list[2 * count + 1]) {
            return -1;
        }
        ret[count] = (struct scenario_change){.path = list[2 * count],
                                              .text = list[2 * count + 1],
                                              .place = {file, 0, 0},
                                              .whole = true};
    }
    return count;
}

/* What a scenario is read from: a file, a text, or what another was read from. */
struct opened {
    const char *path, *text;
    size_t size;
    const struct scenario *like;
};

static enum status read_scenario(const struct opened *from, const struct scenario_change *changes,
                                 int count, struct arena *arena, struct diag *diag,
                                 struct scenario **ret) {
    if (from->like) {
        return scenario_parse_like(arena, diag, from->like, changes, count, ret);
    }
    return from->text ? scenario_parse_changed(arena, diag, from->path, from->text, from->size,
                                               changes, count, ret)
                      : scenario_read(arena, diag, from->path, ret);
}

static enum hearth_status scenario_open(struct hearth_context *context, const struct opened *from,
                                        const char *const *list, struct hearth_scenario **ret) {
    struct scenario_change changes[CHANGES_MAX];
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct hearth_scenario *scenario = diag ? ARENA_TAKE(arena, struct hearth_scenario, 1) : NULL;
    /* messages name it, when the scenario that this one is like may be gone */
    const char *path = scenario ? arena_text(arena, from->path) : NULL;
    *ret = NULL;
    if (!path) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    int count = changes_take(list, path, changes);
    if (count < 0) {
        arena_free(arena);
        return HEARTH_USAGE;
    }
    scenario->context = context;
    scenario->arena = arena;
    enum status status = read_scenario(from, changes, count, arena, diag, &scenario->scenario);
    struct pipes *pipes = NULL;
    status = status == STATUS_OK ? pipes_read(scenario->scenario, arena, diag, &pipes) : status;
    tell_messages(context, arena, diag);
    if (status != STATUS_OK) {
        arena_free(arena);
        return door(status);
    }
    *ret = scenario;
    return HEARTH_OK;
}

enum hearth_status hearth_scenario_read(struct hearth_context *context, const char *path,
                                        struct hearth_scenario **ret) {
    return scenario_open(context, &(struct opened){path, NULL, 0, NULL}, NULL, ret);
}

enum hearth_status hearth_scenario_parse(struct hearth_context *context, const char *name,
                                         const char *text, size_t size,
                                         struct hearth_scenario **ret) {
    return scenario_open(context, &(struct opened){name, text, size, NULL}, NULL, ret);
}

enum hearth_status hearth_scenario_parse_changed(struct hearth_context *context, const char *name,
                                                 const char *text, size_t size,
                                                 const char *const *changes,
                                                 struct hearth_scenario **ret) {
    return scenario_open(context, &(struct opened){name, text, size, NULL}, changes, ret);
}

enum hearth_status hearth_scenario_parse_like(struct hearth_context *context,
                                              const struct hearth_scenario *like,
                                              const char *const *changes,
                                              struct hearth_scenario **ret) {
    const struct scenario *from = like->scenario;
    return scenario_open(context, &(struct opened){from->file, NULL, 0, from}, changes, ret);
}

void hearth_sha256(const void *data, size_t size, char ret_hex[65]) {
    struct hash hash;
    hash_init(&hash);
    hash_add(&hash, data, size);
    hash_hex(&hash, ret_hex);
}

void hearth_scenario_free(struct hearth_scenario *scenario) {
    if (scenario) {
        arena_free(scenario->arena);
    }
}

const char *hearth_scenario_words(struct hearth_scenario *handle) {
    const struct scenario *s = handle->scenario;
    struct text_buffer out;
    text_buffer_init(&out, handle->arena);
    text_add_format(&out, "%s: good.\n", s->file);
    text_add_format(&out, "  %s\n  %s%s, %d days of %d, %d instances on %d buses\n", s->name,
                    s->climate.title ? s->climate.title : s->climate.name,
                    s->climate.synthetic ? " (built-in climate)" : "", s->calendar.days,
                    s->calendar.year, s->instances_count, s->buses_count);
    for (int k = 0; k < s->notes_count; k++) {
        text_add_format(&out, "  note: %s\n", s->notes[k]);
    }
    return out.failed ? NULL : out.data;
}

const char *hearth_scenario_yaml(struct hearth_scenario *handle) {
    const char *text = NULL;
    size_t size = 0;
    return scenario_write(handle->scenario, handle->arena, &text, &size) == STATUS_OK ? text : NULL;
}

static bool read_solver(const char *text, const struct solver **ret) {
    static const struct solver *const solvers[] = {&solver_ipm, &solver_clp};
    for (int k = 0; k < COUNT(solvers); k++) {
        if (strcmp(text, solvers[k]->name) == 0) {
            *ret = solvers[k];
            return true;
        }
    }
    return false;
}

/* 0: one per core, up to as many as have been seen to help. */
static bool read_threads(const char *text, long *ret) {
    enum { MOST = 64, HELPING = 4 };
    int cores = parallel_cores();
    bool good = text_integer(text, strlen(text), ret) && *ret >= 0 && *ret <= MOST;
    *ret = good && *ret == 0 ? (cores < HELPING ? cores : HELPING) : *ret;
    return good;
}

static bool read_options(const char *const *options, struct plan_options *ret) {
    for (int k = 0; options && options[k]; k += 2) {
        const char *value = options[k + 1];
        bool good = false;
        if (value && strcmp(options[k], "iterations_limit") == 0) {
            good = text_integer(value, strlen(value), &ret->iterations_limit);
        } else if (value && strcmp(options[k], "threads") == 0) {
            good = read_threads(value, &ret->threads);
        } else if (value && strcmp(options[k], "solver") == 0) {
            good = read_solver(value, &ret->solver);
        } else if (value && strcmp(options[k], "fallback") == 0) {
            good = ret->fallback = strcmp(value, "clp") == 0;
        } else if (value && strcmp(options[k], "typical_weeks") == 0) {
            long weeks = TYPICAL_WEEKS;
            good = (strcmp(value, "yes") == 0 || text_integer(value, strlen(value), &weeks)) &&
                   weeks >= 2 && weeks <= TYPICAL_WEEKS_MOST;
            ret->typical_weeks = (int)weeks;
        }
        if (!good) {
            return false;
        }
    }
    return true;
}

static enum hearth_status plan_of(struct hearth_scenario *handle, const struct hearth_plan *parent,
                                  const struct hearth_plan *near, const char *const *options,
                                  struct hearth_plan **ret) {
    *ret = NULL;
    struct plan_options plan_options = {.progress = context_progress,
                                        .data = handle->context,
                                        .is_stopped = context_is_stopped,
                                        .stop_data = handle->context};
    if (!read_options(options, &plan_options)) {
        return HEARTH_USAGE;
    }
    plan_options.near = near ? near->plan : NULL;
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct hearth_plan *plan = diag ? ARENA_TAKE(arena, struct hearth_plan, 1) : NULL;
    if (!plan) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    plan->context = handle->context;
    plan->arena = arena;
    enum status status =
        parent ? plan_solve_like(handle->scenario, parent->plan, &plan_options, arena, diag,
                                 &plan->plan)
               : plan_solve(handle->scenario, &plan_options, arena, diag, &plan->plan);
    status = status == STATUS_OK && context_is_stopped(handle->context) ? STATUS_CANCELLED : status;
    if (status == STATUS_OK) {
        status = accounts_make(plan->plan, arena, &plan->accounts);
        if (status == STATUS_AUDIT_FAILED) {
            struct place place = {handle->scenario->file, 0, 0};
            diag_error(diag, place,
                       "the books do not close: a transfer, the objective, carbon or water");
            diag_remedy(diag, "the fault is the program's: report it with the scenario");
        }
    }
    tell_messages(handle->context, arena, diag);
    *ret = plan;
    return door(status);
}

enum hearth_status hearth_plan_solve(struct hearth_scenario *scenario, const char *const *options,
                                     struct hearth_plan **ret) {
    return plan_of(scenario, NULL, NULL, options, ret);
}

enum hearth_status hearth_plan_solve_like(struct hearth_scenario *scenario,
                                          const struct hearth_plan *parent,
                                          const char *const *options, struct hearth_plan **ret) {
    return hearth_plan_solve_near(scenario, parent, NULL, options, ret);
}

enum hearth_status hearth_plan_solve_near(struct hearth_scenario *scenario,
                                          const struct hearth_plan *parent,
                                          const struct hearth_plan *near,
                                          const char *const *options, struct hearth_plan **ret) {
    *ret = NULL;
    return parent->accounts ? plan_of(scenario, parent, near, options, ret) : HEARTH_USAGE;
}

void hearth_plan_free(struct hearth_plan *plan) {
    if (plan) {
        arena_free(plan->arena);
    }
}

enum hearth_status hearth_plan_write(struct hearth_plan *plan, const char *folder) {
    struct diag *diag = diag_new(plan->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status = STATUS_OK;
    if (plan->accounts && plan->plan->depth == PLAN_FULL) {
        status = tell_folder_until(plan->accounts, diag, folder, context_is_stopped, plan->context,
                                   plan->arena);
    } else {
        struct text_buffer out;
        struct file_folder into;
        text_buffer_init(&out, plan->arena);
        status = plan->accounts ? tell_summary(plan->accounts, plan->arena, &out)
                                : tell_no_plan(plan->plan, plan->arena, &out);
        if (status == STATUS_OK) {
            status = file_folder_begin(&into, diag, folder);
        }
        if (status == STATUS_OK) {
            status = file_folder_add(&into, diag, "summary.json", out.data, out.size);
            status = status == STATUS_OK ? file_folder_commit(&into, diag) : status;
            if (status != STATUS_OK) {
                file_folder_abandon(&into);
            }
        }
    }
    tell_messages(plan->context, plan->arena, diag);
    return door(status);
}

const char *hearth_plan_summary(struct hearth_plan *plan) {
    struct text_buffer out;
    text_buffer_init(&out, plan->arena);
    enum status status = plan->accounts ? tell_summary(plan->accounts, plan->arena, &out)
                                        : tell_no_plan(plan->plan, plan->arena, &out);
    return status == STATUS_OK ? out.data : NULL;
}

const char *hearth_plan_words(struct hearth_plan *plan, bool colour, bool utf8) {
    struct text_buffer out;
    text_buffer_init(&out, plan->arena);
    if (!plan->accounts ||
        tell_terminal(plan->accounts, colour, utf8, plan->arena, &out) != STATUS_OK) {
        return NULL;
    }
    return out.data;
}

static int case_index(const char *name) {
    for (int k = 0; name && k < CASES; k++) {
        if (strcmp(name, case_name((enum plan_case)k)) == 0) {
            return k;
        }
    }
    return -1;
}

bool hearth_plan_figure(const struct hearth_plan *plan, const char *plan_case, const char *key,
                        double *ret_value) {
    int k = case_index(plan_case);
    if (k < 0 || !plan->accounts) {
        return false;
    }
    const struct case_plan *found = &plan->plan->cases[k];
    if (strcmp(key, "objective_money") == 0) {
        *ret_value = found->objective_money;
        return true;
    }
    if (strcmp(key, "balance_residual_ratio") == 0) {
        *ret_value = found->audit.balance_residual_ratio;
        return true;
    }
    for (int m = 0; m < metrics_count(); m++) {
        if (strcmp(key, metrics_key(m)) == 0) {
            *ret_value = metrics_value(&plan->accounts->metrics[k], m);
            return true;
        }
    }
    return false;
}

/* Of a plan that holds typical weeks alone: written out over the horizon. */
static const double *every_step(const struct hearth_plan *plan, const double *flow_kw) {
    const struct plan_calendar calendar = plan_calendar(plan->plan);
    double *all_kw = calendar.like ? ARENA_TAKE(plan->arena, double, calendar.steps) : NULL;
    for (int s = 0; all_kw && s < calendar.steps; s++) {
        all_kw[s] = flow_kw[plan_calendar_like(&calendar, s)];
    }
    return calendar.like ? all_kw : flow_kw;
}

bool hearth_plan_series(const struct hearth_plan *plan, const char *plan_case, const char *name,
                        const double **ret_value, size_t *ret_count) {
    int k = case_index(plan_case);
    const char *dot = strrchr(name, '.');
    if (k < 0 || !plan->plan || !dot) {
        return false;
    }
    const struct scenario *scenario = plan->plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (strncmp(instance->name, name, (size_t)(dot - name)) != 0 ||
            instance->name[dot - name] != '\0') {
            continue;
        }
        int port = component_port(instance->kind, dot + 1);
        const struct flow *flow = plan->plan->cases[k].flow ? &plan->plan->cases[k].flow[i] : NULL;
        if (port < 0 || !flow || !flow->included || !flow->port_kw[port]) {
            return false;
        }
        *ret_count = (size_t)plan_calendar(plan->plan).steps;
        *ret_value = every_step(plan, flow->port_kw[port]);
        return *ret_value != NULL;
    }
    return false;
}

enum hearth_status hearth_verify(struct hearth_context *context, const char *folder,
                                 const char **ret_words) {
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    if (!diag) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    const char *words = NULL;
    struct plan *plan = NULL;
    enum status status = roadmap_is_folder(arena, folder)
                             ? roadmap_verify(arena, diag, folder, &words)
                             : tell_verify(arena, diag, folder, &words, &plan);
    tell_messages(context, arena, diag);
    *ret_words = words ? arena_text(context->arena, words) : NULL;
    arena_free(arena);
    return door(status);
}

enum hearth_status hearth_export(struct hearth_scenario *handle, const char *plan_case,
                                 const char *format, const char **ret_text, size_t *ret_size) {
    int k = case_index(plan_case);
    if (k < 0) {
        return HEARTH_USAGE;
    }
    struct programme *programme = NULL;
    struct text_buffer out;
    text_buffer_init(&out, handle->arena);
    enum status status =
        plan_programme(handle->scenario, (enum plan_case)k, handle->arena, &programme);
    if (status != STATUS_OK) {
        return door(status);
    }
    if (strcmp(format, "mps") == 0) {
        status = export_mps(programme, handle->arena, &out);
    } else if (strcmp(format, "lp") == 0) {
        status = export_lp(programme, handle->arena, &out);
    } else if (strcmp(format, "replay") == 0) {
        status = export_replay(programme, handle->arena, &out);
    } else {
        return HEARTH_USAGE;
    }
    *ret_text = out.data;
    *ret_size = out.size;
    return door(status);
}

static void add_json_number(struct text_buffer *out, const char *key, double value) {
    text_add_format(out, "  \"%s\": ", key);
    if (isfinite(value)) {
        text_add_number(out, value);
    } else {
        text_add(out, "null");
    }
    text_add(out, ",\n");
}

enum hearth_status hearth_solve(struct hearth_context *context, const char *path,
                                const char *const *options, const char **ret_json) {
    struct plan_options plan_options = {0};
    if (!read_options(options, &plan_options)) {
        return HEARTH_USAGE;
    }
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    if (!diag) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    char *text = NULL;
    size_t size = 0;
    struct programme *programme = NULL;
    struct outcome outcome = {0};
    struct certificate certificate = {0};
    struct place nowhere = {path, 0, 0};
    enum status status = file_read(arena, diag, nowhere, path, (size_t)1 << 30, &text, &size);
    status = status == STATUS_OK ? replay_read(path, text, size, arena, diag, &programme) : status;
    struct solve_options solve_options = {.iterations_limit = plan_options.iterations_limit};
    const struct solver *solver = plan_options.solver ? plan_options.solver : &solver_ipm;
    if (status == STATUS_OK) {
        status = solver->solve(programme, &solve_options, arena, &outcome);
    }
    status = status == STATUS_OK ? certificate_check(programme, &outcome, 1e-6, arena, &certificate)
                                 : status;
    tell_messages(context, arena, diag);
    if (status == STATUS_OK) {
        struct text_buffer out;
        text_buffer_init(&out, context->arena);
        text_add(&out, "{\n");
        text_add_format(&out, "  \"certificate\": %s,\n", certificate.passed ? "true" : "false");
        text_add_format(&out, "  \"columns\": %ld,\n", programme_columns(programme));
        add_json_number(&out, "dual_residual_ratio", certificate.dual_residual_ratio);
        add_json_number(&out, "gap_ratio", certificate.gap_ratio);
        text_add_format(&out, "  \"iterations\": %ld,\n", outcome.iterations_count);
        add_json_number(&out, "objective", outcome.objective_ratio);
        text_add_format(&out, "  \"outcome\": \"%s\",\n", outcome_name(outcome.kind));
        add_json_number(&out, "primal_residual_ratio", certificate.primal_residual_ratio);
        text_add_format(&out, "  \"rows\": %ld,\n  \"solver\": \"%s\"\n}\n",
                        programme_rows(programme), outcome.solver);
        *ret_json = out.data;
        const enum status by_kind[] = {STATUS_OK, STATUS_INFEASIBLE, STATUS_UNBOUNDED,
                                       STATUS_STALLED, STATUS_STALLED};
        status = out.failed ? STATUS_NO_MEMORY : by_kind[outcome.kind];
    }
    arena_free(arena);
    return door(status);
}

enum hearth_status hearth_explain(struct hearth_context *context, const char *topic, bool json,
                                  const char **ret_text) {
    struct text_buffer out;
    text_buffer_init(&out, context->arena);
    if (topic && strcmp(topic, "figures") == 0) {
        figures_explain(&out, json);
    } else if (topic && strcmp(topic, "siting") == 0) {
        siting_explain(&out, json);
    }
    *ret_text = out.size > 0 ? out.data : scenario_explain(context->arena, topic, json);
    return *ret_text ? HEARTH_OK : HEARTH_USAGE;
}

enum hearth_status hearth_schema(struct hearth_context *context, const char **ret_text) {
    size_t size = 0;
    return door(scenario_schema(context->arena, ret_text, &size));
}

enum hearth_status hearth_calc(struct hearth_context *context, const char *law, int arguments_count,
                               const char *const *arguments, bool json, const char **ret_text) {
    struct diag *diag = diag_new(context->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status =
        calc_law(context->arena, diag, law, arguments_count, arguments, json, ret_text);
    tell_messages(context, context->arena, diag);
    return door(status);
}

enum hearth_status hearth_new(struct hearth_context *context, const char *template_name,
                              const char *name, const char *climate, double it_kw, double floor_m2,
                              double length_m, const char **ret_text) {
    const struct starter starter = {template_name, name, climate, it_kw, floor_m2, length_m};
    struct text_buffer names;
    const char *text = scenario_starter(context->arena, &starter);
    if (text) {
        *ret_text = text;
        return HEARTH_OK;
    }
    text_buffer_init(&names, context->arena);
    for (int k = 0; scenario_template_name(k); k++) {
        text_add_format(&names, k ? ", %s" : "%s", scenario_template_name(k));
    }
    *ret_text = names.data;
    return HEARTH_USAGE;
}
