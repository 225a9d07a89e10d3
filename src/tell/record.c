/* Writing and reading the record of a plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/record.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/json.h"
#include "scenario/tariff.h"
#include "tell/json.h"

/* ---- writing

   -------------------------------------------------------------------------------------------------
 */
static void add_indent(struct text_buffer *out, int indent) {
    for (int k = 0; k < indent; k++) {
        text_add(out, " ");
    }
}

static void add_field(struct text_buffer *out, int indent, const char *key, double value,
                      bool last) {
    add_indent(out, indent);
    text_add_format(out, "\"%s\": ", key);
    if (isfinite(value)) {
        text_add_number(out, value);
    } else {
        text_add(out, "null");
    }
    text_add(out, last ? "\n" : ",\n");
}

/* What a plan needs to be computed again: the capacity, and what its coefficients were made from where the rounds
   decided it. */
static void add_flow(const struct instance *instance, const struct flow *flow,
                     struct text_buffer *out, int indent, bool last) {
    bool line = instance->kind->shape == SHAPE_LINE;
    const struct {
        const char *key;
        double value;
        bool decided;
    } fields[] = {{"capacity", flow->capacity, instance->kind->capacity != NULL},
                  {"capacity2", flow->capacity2, isfinite(flow->capacity2)},
                  {"power_ratio", flow->power_ratio, instance->kind->part_load_ratio != NULL},
                  {"pump_ratio", flow->pump_ratio, line},
                  {"size", flow->size, instance->capacity.chosen},
                  {"size2", flow->size2, instance->capacity2.chosen},
                  {"standing_ratio", flow->standing_ratio, line}};
    int count = 0, written = 0;
    for (int k = 0; k < COUNT(fields); k++) {
        count += fields[k].decided;
    }
    add_indent(out, indent);
    text_add_format(out, count ? "\"%s\": {\n" : "\"%s\": {", instance->name);
    for (int k = 0; k < COUNT(fields); k++) {
        if (fields[k].decided) {
            add_field(out, indent + 2, fields[k].key, fields[k].value, ++written == count);
        }
    }
    if (count) {
        add_indent(out, indent);
    }
    text_add(out, last ? "}\n" : "},\n");
}

/* Indices of the included instances by name. */
static int sorted_instances(const struct plan *plan, const struct case_plan *c, int *ret_order) {
    int count = 0;
    for (int i = 0; i < plan->scenario->instances_count; i++) {
        if (!c->flow[i].included) {
            continue;
        }
        int k = count++;
        while (k > 0 && strcmp(plan->scenario->instances[ret_order[k - 1]].name,
                               plan->scenario->instances[i].name) > 0) {
            ret_order[k] = ret_order[k - 1];
            k--;
        }
        ret_order[k] = i;
    }
    return count;
}

/* Ranges that charges were held to, and what the search over them proves; nothing where there was no search. */
static void add_ranges(const struct plan *plan, const struct case_plan *c, struct text_buffer *out,
                       int indent) {
    if (c->tariffs.nodes_count == 0) {
        return;
    }
    add_indent(out, indent);
    text_add(out, "\"held\": [");
    for (int k = 0; k < c->tariffs.held_count; k++) {
        const struct tariff_range *range = &c->tariffs.held[k];
        text_add(out, k ? ",\n" : "\n");
        add_indent(out, indent + 2);
        text_add_format(out, "{\"charge\": \"%s\", \"from\": ", charge_kind_name(range->kind));
        json_add_number(out, range->from_value);
        text_add_format(out, ", \"grid\": \"%s\", \"month\": %d, \"period\": %d, \"to\": ",
                        plan->scenario->instances[range->instance].name, range->month + 1,
                        range->period);
        json_add_number(out, range->to_value);
        text_add(out, "}");
    }
    text_add(out, "],\n");
}

static void add_case(const struct plan *plan, enum plan_case kind, int *order,
                     struct text_buffer *out, int indent) {
    const struct case_plan *c = &plan->cases[kind];
    add_field(out, indent, "bound", c->outcome.bound_ratio, false);
    add_field(out, indent, "choice_bound", c->choice_bound_money, false);
    add_field(out, indent, "columns", (double)c->columns_count, false);
    add_field(out, indent, "dual_residual_ratio", c->certificate.dual_residual_ratio, false);
    add_field(out, indent, "gap_ratio", c->certificate.gap_ratio, false);
    add_ranges(plan, c, out, indent);
    add_indent(out, indent);
    text_add(out, "\"instances\": {\n");
    int count = sorted_instances(plan, c, order);
    for (int k = 0; k < count; k++) {
        add_flow(&plan->scenario->instances[order[k]], &c->flow[order[k]], out, indent + 2,
                 k == count - 1);
    }
    add_indent(out, indent);
    text_add(out, "},\n");
    add_field(out, indent, "iterations", (double)c->outcome.iterations_count, false);
    add_field(out, indent, "nonzeros", (double)c->nonzeros_count, false);
    add_field(out, indent, "objective_money", c->objective_money, false);
    add_field(out, indent, "primal_residual_ratio", c->certificate.primal_residual_ratio, false);
    add_field(out, indent, "rounds", c->rounds_count, false);
    add_field(out, indent, "rows", (double)c->rows_count, false);
    add_field(out, indent, "settled", c->settled ? 1.0 : 0.0, false);
    add_field(out, indent, "slope", c->at_slope ? 1.0 : 0.0, false);
    add_indent(out, indent);
    text_add_format(out, "\"solver\": \"%s\",\n", c->outcome.solver ? c->outcome.solver : "none");
    if (c->tariffs.nodes_count > 0) {
        add_field(out, indent, "tariff_bound", c->tariffs.bound_money, false);
        add_field(out, indent, "tariff_nodes", (double)c->tariffs.nodes_count, false);
    }
    add_field(out, indent, "width_held", c->width_held ? 1.0 : 0.0, false);
    add_indent(out, indent);
    text_add_format(out, "\"worst\": \"%s\"\n", c->certificate.worst ? c->certificate.worst : "");
}

void record_write(const struct plan *plan, struct text_buffer *out, int indent) {
    static const enum plan_case sorted[CASES] = {CASE_APART, CASE_TODAY, CASE_TOGETHER};
    int *order = ARENA_TAKE(out->arena, int, plan->scenario->instances_count);
    text_add(out, "{\n");
    for (int k = 0; order && k < CASES; k++) {
        add_indent(out, indent + 2);
        text_add_format(out, "\"%s\": {\n", case_name(sorted[k]));
        add_case(plan, sorted[k], order, out, indent + 4);
        add_indent(out, indent + 2);
        text_add(out, k == CASES - 1 ? "}\n" : "},\n");
    }
    add_indent(out, indent);
    text_add(out, "}");
}

/* ---- the hourly columns
   -------------------------------------------------------------------------------------- */
/* What mode m of a kind is called in a column's name; NULL: it has no such mode. */
static const char *mode_word(const struct component *kind, int m) {
    static const char *const store[] = {"charge", "discharge"}, *const line[] = {"there", "back"};
    if (kind->shape == SHAPE_STORE) {
        return m < COUNT(store) ? store[m] : NULL;
    }
    if (kind->shape == SHAPE_LINE) {
        return m < COUNT(line) ? line[m] : NULL;
    }
    const char *name = kind->mode_names[m];
    return name ? name : m == 0 ? "rate" : NULL;
}

static const char *rate_column(struct arena *arena, const struct instance *instance, int m) {
    const char *word = mode_word(instance->kind, m);
    return word ? arena_format(arena, "%s.rate_%s_kw", instance->name, word) : NULL;
}

static const char *level_column(struct arena *arena, const struct instance *instance) {
    return arena_format(arena, "%s.level_kwh", instance->name);
}

/* What pipes on the map gave to the last round, by what it is called in a column. */
static const struct pipes_word {
    const char *word;
    size_t member;
} pipes_words[] = {{"loss_planned_kw", offsetof(struct pipes_series, loss_kw)},
                   {"pump_planned_kw_kw", offsetof(struct pipes_series, pump_kw_kw)},
                   {"return_planned_c", offsetof(struct pipes_series, return_c)},
                   {"arrives_planned_c", offsetof(struct pipes_series, arrives_c)}};

static const char *pipes_column(struct arena *arena, const struct instance *instance, int k) {
    return arena_format(arena, "%s.%s", instance->name, pipes_words[k].word);
}

static const double **pipes_member(struct pipes_series *series, int k) {
    return (const double **)(void *)((char *)series + pipes_words[k].member);
}

static const char *price_column(struct arena *arena, const struct bus *bus) {
    return arena_format(arena, "%s.price_money_kwh", bus->name);
}

static const char *lift_column(struct arena *arena, const struct bus *bus) {
    return arena_format(arena, "%s.lift_money_kwh", bus->name);
}

enum status record_columns(const struct plan *plan, enum plan_case kind, struct arena *arena,
                           struct record_column **ret_columns, int *ret_count) {
    const struct scenario *scenario = plan->scenario;
    const struct case_plan *c = &plan->cases[kind];
    int most = scenario->instances_count * (MODES_MAX + 1 + COUNT(pipes_words)) +
               2 * scenario->buses_count,
        count = 0;
    struct record_column *columns = ARENA_TAKE(arena, struct record_column, most);
    if (!columns) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct flow *flow = &c->flow[i];
        for (int m = 0; flow->included && m < flow->modes; m++) {
            struct record_column column = {rate_column(arena, &scenario->instances[i], m),
                                           flow->rate_kw[m]};
            columns[count++] = column;
        }
        if (flow->included && flow->level_kwh) {
            struct record_column column = {level_column(arena, &scenario->instances[i]),
                                           flow->level_kwh};
            columns[count++] = column;
        }
        for (int w = 0; flow->included && w < COUNT(pipes_words); w++) {
            struct pipes_series series = flow->pipes;
            const double *value = *pipes_member(&series, w);
            if (value) {
                columns[count++] =
                    (struct record_column){pipes_column(arena, &scenario->instances[i], w), value};
            }
        }
    }
    for (int b = 0; b < scenario->buses_count; b++) {
        if (c->price_money_kwh && c->price_money_kwh[b]) {
            struct record_column column = {price_column(arena, &scenario->buses[b]),
                                           c->price_money_kwh[b]};
            columns[count++] = column;
        }
        if (c->lift_money_kwh && c->lift_money_kwh[b]) {
            columns[count++] = (struct record_column){lift_column(arena, &scenario->buses[b]),
                                                      c->lift_money_kwh[b]};
        }
    }
    *ret_columns = columns;
    *ret_count = count;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* One of our own CSV files as a whole: names of the columns and the numbers, NaN where a cell is no
   number. */
struct sheet {
    int columns, rows;
    const char **name;
    double **value;
};

static enum status sheet_header(const char *text, size_t size, struct arena *arena,
                                struct sheet *sheet, size_t *ret_at) {
    size_t end = 0;
    sheet->columns = 1;
    while (end < size && text[end] != '\n') {
        sheet->columns += text[end++] == ',';
    }
    sheet->name = ARENA_TAKE(arena, const char *, sheet->columns);
    sheet->value = ARENA_TAKE(arena, double *, sheet->columns);
    if (!sheet->name || !sheet->value) {
        return STATUS_NO_MEMORY;
    }
    size_t from = 0;
    for (int k = 0; k < sheet->columns; k++) {
        size_t to = from;
        while (to < end && text[to] != ',') {
            to++;
        }
        sheet->name[k] = arena_text_n(arena, text + from, to - from);
        from = to + 1;
    }
    *ret_at = end + 1;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static enum status sheet_read(const char *file, const char *text, size_t size, int steps,
                              struct arena *arena, struct diag *diag, struct sheet *sheet) {
    size_t at = 0;
    TRY(sheet_header(text, size, arena, sheet, &at));
    for (int k = 0; k < sheet->columns; k++) {
        sheet->value[k] = ARENA_TAKE(arena, double, steps);
        if (!sheet->value[k]) {
            return STATUS_NO_MEMORY;
        }
    }
    while (at < size) {
        struct place place = {file, sheet->rows + 2, 0};
        if (sheet->rows >= steps) {
            diag_error(diag, place, "more than the %d rows of the horizon", steps);
            return STATUS_CHECK_FAILED;
        }
        int k = 0;
        bool line = true;
        while (line) {
            size_t to = at;
            while (to < size && text[to] != ',' && text[to] != '\n') {
                to++;
            }
            double value = 0.0;
            if (k < sheet->columns) {
                sheet->value[k][sheet->rows] =
                    text_number(text + at, to - at, &value) ? value : (double)NAN;
            }
            k++;
            line = to < size && text[to] == ',';
            at = to + 1;
        }
        if (k != sheet->columns) {
            diag_error(diag, place, "%d cells where the header has %d", k, sheet->columns);
            return STATUS_CHECK_FAILED;
        }
        sheet->rows++;
    }
    if (sheet->rows != steps) {
        struct place place = {file, sheet->rows + 1, 0};
        diag_error(diag, place, "%d rows, but the horizon has %d steps", sheet->rows, steps);
        return STATUS_CHECK_FAILED;
    }
    return STATUS_OK;
}

static const double *sheet_column(const struct sheet *sheet, const char *name) {
    for (int k = 0; name && k < sheet->columns; k++) {
        if (strcmp(sheet->name[k], name) == 0) {
            return sheet->value[k];
        }
    }
    return NULL;
}

static bool all_numbers(const double *value, int count) {
    for (int t = 0; t < count; t++) {
        if (isnan(value[t])) {
            return false;
        }
    }
    return true;
}

/* Rates and levels of an instance from its columns; false where a cell of them is no number. */
static bool read_flow(const struct sheet *sheet, const struct instance *instance, int steps,
                      struct arena *arena, struct flow_record *flow) {
    for (int m = 0; m < MODES_MAX; m++) {
        const double *rate_kw = sheet_column(sheet, rate_column(arena, instance, m));
        if (!rate_kw) {
            break;
        }
        if (!all_numbers(rate_kw, steps)) {
            return false;
        }
        flow->rate_kw[m] = rate_kw;
        flow->modes = m + 1;
    }
    flow->level_kwh = sheet_column(sheet, level_column(arena, instance));
    for (int w = 0; w < COUNT(pipes_words); w++) {
        const double *value = sheet_column(sheet, pipes_column(arena, instance, w));
        if (value && !all_numbers(value, steps)) {
            return false;
        }
        *pipes_member(&flow->pipes, w) = value;
    }
    return true;
}

enum status record_hourly(const struct scenario *scenario, const char *file, const char *text,
                          size_t size, int steps, struct arena *arena, struct diag *diag,
                          struct case_record *record) {
    struct sheet sheet = {0, 0, NULL, NULL};
    TRY(sheet_read(file, text, size, steps, arena, diag, &sheet));
    for (int i = 0; record->flow && i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        if (record->flow[i].included &&
            !read_flow(&sheet, instance, steps, arena, &record->flow[i])) {
            diag_error(diag, (struct place){file, 0, 0}, "%s: a cell of its rates is no number",
                       instance->name);
            return STATUS_CHECK_FAILED;
        }
    }
    record->price_money_kwh = ARENA_TAKE(arena, const double *, scenario->buses_count);
    record->lift_money_kwh = ARENA_TAKE(arena, const double *, scenario->buses_count);
    for (int b = 0; record->price_money_kwh && record->lift_money_kwh && b < scenario->buses_count;
         b++) {
        record->price_money_kwh[b] = sheet_column(&sheet, price_column(arena, &scenario->buses[b]));
        record->lift_money_kwh[b] = sheet_column(&sheet, lift_column(arena, &scenario->buses[b]));
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- reading

   -------------------------------------------------------------------------------------------------
 */
static double record_field(const struct json *object, const char *key) {
    return json_number(json_find(object, key));
}

static double or_infinite(double value) { return isnan(value) ? -HUGE_VAL : value; }

static bool read_range(const struct scenario *scenario, const struct json *object,
                       struct tariff_range *ret) {
    const char *charge = json_text(json_find(object, "charge"));
    const char *grid = json_text(json_find(object, "grid"));
    double from = record_field(object, "from"), to = record_field(object, "to"),
           month = record_field(object, "month"), period = record_field(object, "period");
    *ret = (struct tariff_range){CHARGES,
                                 -1,
                                 month >= 1.0 && month <= 12.0 ? (int)month - 1 : -1,
                                 period >= 0.0 && period < TARIFF_PERIODS_MAX ? (int)period : -1,
                                 or_infinite(from),
                                 isnan(to) ? HUGE_VAL : to};
    for (int k = 0; charge && k < CHARGES; k++) {
        ret->kind = strcmp(charge, charge_kind_name((enum charge_kind)k)) == 0 ? (enum charge_kind)k
                                                                               : ret->kind;
    }
    for (int i = 0; grid && i < scenario->instances_count; i++) {
        ret->instance = strcmp(grid, scenario->instances[i].name) == 0 ? i : ret->instance;
    }
    return ret->kind != CHARGES && ret->instance >= 0 && ret->month >= 0 && ret->period >= 0;
}

static enum status read_ranges(const struct scenario *scenario, const struct json *object,
                               struct arena *arena, struct tariff_search *ret) {
    const struct json *held = json_find(object, "held");
    double nodes = record_field(object, "tariff_nodes");
    if (!(nodes > 0.0 && nodes < 1e9)) {
        return STATUS_OK; /* nothing was searched */
    }
    struct tariff_range *range = ARENA_TAKE(arena, struct tariff_range, json_count(held) + 1);
    if (!range) {
        return STATUS_NO_MEMORY;
    }
    ret->nodes_count = (long)nodes;
    ret->bound_money = or_infinite(record_field(object, "tariff_bound"));
    ret->held = range;
    for (int k = 0; k < json_count(held); k++) {
        ret->held_count += read_range(scenario, json_at(held, k), &range[ret->held_count]);
    }
    return STATUS_OK;
}

static enum status read_case(const struct scenario *scenario, const struct json *object,
                             struct arena *arena, struct case_record *record) {
    const struct json *instances = json_find(object, "instances");
    const char *worst = json_text(json_find(object, "worst"));
    const char *solver = json_text(json_find(object, "solver"));
    record->certificate.passed = true;
    record->certificate.primal_residual_ratio = record_field(object, "primal_residual_ratio");
    record->certificate.dual_residual_ratio = record_field(object, "dual_residual_ratio");
    record->certificate.gap_ratio = record_field(object, "gap_ratio");
    record->certificate.worst = arena_text(arena, worst ? worst : "");
    record->outcome.kind = OUTCOME_OPTIMAL;
    record->outcome.bound_ratio = record->certificate.bound_ratio =
        or_infinite(record_field(object, "bound"));
    record->outcome.iterations_count = (long)record_field(object, "iterations");
    record->outcome.solver = arena_text(arena, solver ? solver : "none");
    record->objective_money = record->outcome.objective_ratio =
        record_field(object, "objective_money");
    record->choice_bound_money = record_field(object, "choice_bound");
    TRY(read_ranges(scenario, object, arena, &record->tariffs));
    record->rounds_count = (int)record_field(object, "rounds");
    record->settled = record_field(object, "settled") > 0.5;
    record->at_slope = record_field(object, "slope") > 0.5;
    record->width_held = record_field(object, "width_held") > 0.5;
    record->columns_count = (long)record_field(object, "columns");
    record->rows_count = (long)record_field(object, "rows");
    record->nonzeros_count = (long)record_field(object, "nonzeros");
    if (json_count(instances) == 0) {
        return STATUS_OK; /* an empty case */
    }
    record->flow = ARENA_TAKE(arena, struct flow_record, scenario->instances_count);
    for (int i = 0; record->flow && i < scenario->instances_count; i++) {
        const struct json *flow = json_find(instances, scenario->instances[i].name);
        record->flow[i].included = json_is_object(flow);
        record->flow[i].capacity = record_field(flow, "capacity");
        record->flow[i].capacity2 = record_field(flow, "capacity2");
        record->flow[i].size = record_field(flow, "size");
        record->flow[i].size2 = record_field(flow, "size2");
        record->flow[i].standing_ratio = record_field(flow, "standing_ratio");
        record->flow[i].power_ratio = record_field(flow, "power_ratio");
        record->flow[i].pump_ratio = record_field(flow, "pump_ratio");
    }
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* The scenario's file as it was planned: what is read now is plan.yaml, written from it. */
static void read_origin(const struct json *root, struct arena *arena, struct scenario *scenario) {
    const struct json *inputs = json_find(root, "inputs");
    for (int k = 0; k < json_count(inputs); k++) {
        const struct json *input = json_at(inputs, k);
        const char *role = json_text(json_find(input, "role"));
        const char *path = json_text(json_find(input, "path"));
        const char *sha256 = json_text(json_find(input, "sha256"));
        if (!role || !path || !sha256 || strcmp(role, "scenario") != 0) {
            continue;
        }
        for (int f = 0; f < scenario->files_count; f++) {
            struct scenario_input_file *found = &scenario->files[f];
            if (strcmp(found->role, "scenario") == 0 && strlen(sha256) < sizeof found->sha256) {
                found->path = arena_text(arena, path);
                (void)memcpy(found->sha256, sha256, strlen(sha256) + 1);
            }
        }
    }
}

enum status record_read(struct scenario *scenario, const char *file, const char *text, size_t size,
                        struct arena *arena, struct diag *diag, struct case_record record[CASES]) {
    struct json *root = NULL;
    enum status status = json_read_all(diag, file, text, size, &root);
    if (status != STATUS_OK) {
        return status == STATUS_BAD_SCENARIO ? STATUS_CHECK_FAILED : status;
    }
    const struct json *records = json_find(root, "record");
    for (int k = 0; k < CASES && status == STATUS_OK; k++) {
        const struct json *object = json_find(records, case_name((enum plan_case)k));
        if (!json_is_object(object)) {
            diag_error(diag, (struct place){file, 0, 0}, "record.%s is missing",
                       case_name((enum plan_case)k));
            status = STATUS_CHECK_FAILED;
        } else {
            status = read_case(scenario, object, arena, &record[k]);
        }
    }
    read_origin(root, arena, scenario);
    json_free(root);
    return arena_failed(arena) ? STATUS_NO_MEMORY : status;
}
