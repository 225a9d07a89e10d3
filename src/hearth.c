/* The door: hearth.h over the floors. Every handle owns one arena; nothing else is remembered. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "hearth/hearth.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/accounts.h"
#include "base/file.h"
#include "base/text.h"
#include "hearth_calc.h"
#include "hearth_door.h"
#include "optimise/export.h"
#include "plan/plan.h"
#include "scenario/rule_pack.h"
#include "scenario/scenario.h"
#include "tell/rules.h"
#include "tell/tell.h"
#include "tell/verify.h"

#define STATUS(name, exit_code, text)                                                              \
    static_assert((int)HEARTH_##name == (int)STATUS_##name, "hearth.h and status.def agree");
#include "base/status.def"
#undef STATUS

struct hearth_scenario {
    struct hearth_context *context;
    struct arena *arena;
    struct scenario *scenario;
};

struct hearth_plan {
    struct hearth_context *context;
    struct arena *arena;
    struct plan *plan;
    struct accounts *accounts; /* NULL: no plan was found */
};

static enum hearth_status door(enum status status) { return (enum hearth_status)status; }

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

void door_tell(struct hearth_context *context, struct arena *arena, const struct diag *diag) {
    for (int k = 0; context->on_message && diag && k < diag_count(diag); k++) {
        const struct diag_message *message = diag_at(diag, k);
        struct hearth_message told = {
            message->level == DIAG_ERROR, message->place.file, message->place.line,
            message->place.column,        message->text,       message->remedy,
            diag_render(arena, message)};
        context->on_message(context->message_data, &told);
    }
}

static enum hearth_status scenario_open(struct hearth_context *context, const char *path,
                                        const char *text, size_t size,
                                        struct hearth_scenario **ret) {
    *ret = NULL;
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct hearth_scenario *scenario = diag ? ARENA_TAKE(arena, struct hearth_scenario, 1) : NULL;
    if (!scenario) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    scenario->context = context;
    scenario->arena = arena;
    enum status status = text ? scenario_parse(arena, diag, path, text, size, &scenario->scenario)
                              : scenario_read(arena, diag, path, &scenario->scenario);
    door_tell(context, arena, diag);
    if (status != STATUS_OK) {
        arena_free(arena);
        return door(status);
    }
    *ret = scenario;
    return HEARTH_OK;
}

enum hearth_status hearth_scenario_read(struct hearth_context *context, const char *path,
                                        struct hearth_scenario **ret) {
    return scenario_open(context, path, NULL, 0, ret);
}

enum hearth_status hearth_scenario_parse(struct hearth_context *context, const char *name,
                                         const char *text, size_t size,
                                         struct hearth_scenario **ret) {
    return scenario_open(context, name, text, size, ret);
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

static bool progress(void *data, const char *words) {
    struct hearth_context *context = data;
    return context->on_progress && context->on_progress(context->progress_data, words);
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

static bool read_options(const char *const *options, struct plan_options *ret) {
    for (int k = 0; options && options[k]; k += 2) {
        const char *value = options[k + 1];
        bool good =
            value && strcmp(options[k], "iterations_limit") == 0
                ? text_integer(value, strlen(value), &ret->iterations_limit)
                : value && strcmp(options[k], "solver") == 0 && read_solver(value, &ret->solver);
        if (!good) {
            return false;
        }
    }
    return true;
}

enum hearth_status hearth_plan_solve(struct hearth_scenario *handle, const char *const *options,
                                     struct hearth_plan **ret) {
    *ret = NULL;
    struct plan_options plan_options = {0, progress, handle->context, false, NULL};
    if (!read_options(options, &plan_options)) {
        return HEARTH_USAGE;
    }
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct hearth_plan *plan = diag ? ARENA_TAKE(arena, struct hearth_plan, 1) : NULL;
    if (!plan) {
        arena_free(arena);
        return HEARTH_NO_MEMORY;
    }
    plan->context = handle->context;
    plan->arena = arena;
    enum status status = plan_solve(handle->scenario, &plan_options, arena, diag, &plan->plan);
    if (status == STATUS_OK) {
        status = accounts_make(plan->plan, arena, &plan->accounts);
        if (status == STATUS_AUDIT_FAILED) {
            struct place place = {handle->scenario->file, 0, 0};
            diag_error(diag, place,
                       "the books do not close: a transfer, the objective, carbon or water");
            diag_remedy(diag, "the fault is the program's: report it with the scenario");
        }
    }
    door_tell(handle->context, arena, diag);
    *ret = plan;
    return door(status);
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
    if (plan->accounts) {
        status = tell_folder(plan->accounts, diag, folder, plan->arena);
    } else {
        struct text_buffer out;
        struct file_folder into;
        text_buffer_init(&out, plan->arena);
        status = tell_no_plan(plan->plan, plan->arena, &out);
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
    door_tell(plan->context, plan->arena, diag);
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
    const struct metrics *m = &plan->accounts->metrics[k];
    const struct {
        const char *key;
        double value;
    } figures[] = {{"pue_ratio", m->pue_ratio},
                   {"erf_ratio", m->erf_ratio},
                   {"ere_ratio", m->ere_ratio},
                   {"ref_ratio", m->ref_ratio},
                   {"wue_m3_kwh", m->wue_m3_kwh},
                   {"cue_kg_kwh", m->cue_kg_kwh},
                   {"it_kwh_year", m->it_kwh_year},
                   {"data_centre_kwh_year", m->data_centre_kwh_year},
                   {"heat_demand_kwh_year", m->heat_demand_kwh_year},
                   {"heat_delivered_kwh_year", m->heat_delivered_kwh_year},
                   {"heat_rejected_kwh_year", m->heat_rejected_kwh_year},
                   {"heat_share_frac", m->heat_share_frac},
                   {"heat_pump_cop", m->heat_pump_cop},
                   {"grid_peak_kw", m->grid_peak_kw},
                   {"water_m3_year", m->water_m3_year},
                   {"carbon_average_kg_year", m->carbon_average_kg_year},
                   {"carbon_marginal_kg_year", m->carbon_marginal_kg_year},
                   {"heat_cost_money_kwh", m->heat_cost_money_kwh},
                   {"recovered_heat_cost_money_kwh", m->recovered_heat_cost_money_kwh},
                   {"heat_chain_money_kwh", m->heat_chain_money_kwh},
                   {"heat_bill_money_year", m->heat_bill_money_year},
                   {"cost_money_year", m->cost_money_year},
                   {"objective_money", plan->plan->cases[k].objective_money},
                   {"balance_residual_ratio", plan->plan->cases[k].audit.balance_residual_ratio}};
    for (int f = 0; f < COUNT(figures); f++) {
        if (strcmp(key, figures[f].key) == 0) {
            *ret_value = figures[f].value;
            return true;
        }
    }
    return false;
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
        *ret_value = flow->port_kw[port];
        *ret_count = (size_t)plan->plan->hours->horizon_count;
        return true;
    }
    return false;
}

/* Packs by name, apart by commas; they are a plan's own as long as the plan. */
static enum status named_packs(struct hearth_plan *plan, struct diag *diag, const char *names,
                               const struct rule_pack **packs, int most, int *ret_count) {
    for (const char *at = names; *at; at += *at == ',') {
        size_t size = strcspn(at, ",");
        const char *name = arena_text_n(plan->arena, at, size);
        struct rule_pack *pack = NULL;
        at += size;
        if (!name || *ret_count >= most) {
            return name ? STATUS_USAGE : STATUS_NO_MEMORY;
        }
        TRY(rule_pack_built_in(plan->arena, diag, name, &pack));
        packs[(*ret_count)++] = pack;
    }
    return STATUS_OK;
}

enum hearth_status hearth_plan_rules(struct hearth_plan *plan, const char *names, bool json,
                                     bool colour, bool utf8, const char **ret_text,
                                     int *ret_broken) {
    struct diag *diag = diag_new(plan->arena);
    const struct rule_pack *packs[40];
    struct rule_result *results = NULL;
    struct text_buffer out;
    struct rules_sheet sheet = {.accounts = plan->accounts, .packs = packs};
    *ret_text = NULL;
    *ret_broken = 0;
    if (!plan->accounts || !diag) {
        return plan->accounts ? HEARTH_NO_MEMORY : HEARTH_USAGE;
    }
    const struct scenario *scenario = plan->accounts->scenario;
    enum status status = STATUS_OK;
    if (names) {
        status = named_packs(plan, diag, names, packs, COUNT(packs), &sheet.packs_count);
    } else {
        for (; sheet.packs_count < scenario->rules_count; sheet.packs_count++) {
            packs[sheet.packs_count] = scenario->rules[sheet.packs_count];
        }
    }
    if (status == STATUS_OK) {
        status = account_rule_packs(plan->accounts, plan->arena, packs, sheet.packs_count, &results,
                                    &sheet.results_count);
    }
    sheet.results = results;
    text_buffer_init(&out, plan->arena);
    if (status == STATUS_OK) {
        status = json ? tell_rules_json(&sheet, &out) : tell_rules(&sheet, colour, utf8, &out);
    }
    for (int k = 0; status == STATUS_OK && k < sheet.results_count; k++) {
        *ret_broken += results[k].sign == RULE_FAIL;
    }
    *ret_text = status == STATUS_OK ? out.data : NULL;
    return door(status);
}

const char *hearth_plan_standard(struct hearth_plan *plan) {
    struct text_buffer out;
    text_buffer_init(&out, plan->arena);
    return plan->accounts && tell_standard(plan->accounts, &out) == STATUS_OK ? out.data : NULL;
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
    enum status status = tell_verify(arena, diag, folder, &words);
    door_tell(context, arena, diag);
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
    struct solve_options solve_options = {plan_options.iterations_limit, NULL, NULL, NULL};
    const struct solver *solver = plan_options.solver ? plan_options.solver : &solver_ipm;
    if (status == STATUS_OK) {
        status = solver->solve(programme, &solve_options, arena, &outcome);
    }
    status = status == STATUS_OK ? certificate_check(programme, &outcome, 1e-6, arena, &certificate)
                                 : status;
    door_tell(context, arena, diag);
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
    const char *text = scenario_explain(context->arena, topic, json);
    if (!text) {
        return HEARTH_USAGE;
    }
    *ret_text = text;
    return HEARTH_OK;
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
    door_tell(context, context->arena, diag);
    return door(status);
}

enum hearth_status hearth_new(struct hearth_context *context, const char *name, const char *climate,
                              double it_kw, double floor_m2, double length_m,
                              const char **ret_text) {
    const char *text = scenario_starter(context->arena, name, climate, it_kw, floor_m2, length_m);
    if (!text) {
        return HEARTH_USAGE;
    }
    *ret_text = text;
    return HEARTH_OK;
}
