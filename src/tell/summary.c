/* summary.json: every figure with its unit in the key, sorted keys, null where nothing applies. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "tell/approximate.h"
#include "tell/json.h"
#include "tell/pipes.h"
#include "tell/record.h"
#include "tell/supply.h"
#include "tell/tariffs.h"
#include "tell/tell.h"
#include "tell/transformers.h"

static void add_key(struct text_buffer *out, int indent, const char *key) {
    for (int k = 0; k < indent; k++) {
        text_add(out, " ");
    }
    json_add_text(out, key);
    text_add(out, ": ");
}

struct figure_line {
    const char *key;
    double value;
};

static int by_key(const void *a, const void *b) {
    return strcmp(((const struct figure_line *)a)->key, ((const struct figure_line *)b)->key);
}

static void add_metrics(struct text_buffer *out, const struct accounts *a, enum plan_case kind,
                        int indent) {
    const struct case_plan *c = &a->plan->cases[kind];
    const struct figure_line own[] = {
        {"audit_balance_residual_ratio", c->audit.balance_residual_ratio},
        {"audit_objective_residual_ratio", c->audit.objective_residual_ratio},
        {"audit_passed", c->audit.passed ? 1.0 : 0.0},
        {"choice_bound_money",
         isfinite(c->choice_bound_money) ? c->choice_bound_money : (double)NAN},
        {"objective_money", c->objective_money},
        {"simulation_gap_frac", pipes_gap_frac(c)},
        {"simulation_gap_money", c->gap_money},
    };
    int count = metrics_count() + COUNT(own);
    struct figure_line *figures = ARENA_TAKE(out->arena, struct figure_line, count);
    if (!figures) {
        out->failed = true;
        return;
    }
    memcpy(figures, own, sizeof own);
    for (int k = 0; k < metrics_count(); k++) {
        figures[COUNT(own) + k] =
            (struct figure_line){metrics_key(k), metrics_value(&a->metrics[kind], k)};
    }
    qsort(figures, (size_t)count, sizeof *figures, by_key);
    text_add(out, "{\n");
    for (int k = 0; k < count; k++) {
        add_key(out, indent + 2, figures[k].key);
        json_add_number(out, figures[k].value);
        text_add(out, k == count - 1 ? "\n" : ",\n");
    }
    for (int k = 0; k < indent; k++) {
        text_add(out, " ");
    }
    text_add(out, "}");
}

static void add_parties(struct text_buffer *out, const double *money) {
    text_add(out, "{\n");
    static const enum party sorted[] = {
        PARTY_ELECTRIC_UTILITY, PARTY_FUEL_SUPPLIER, PARTY_HEAT_CUSTOMERS,
        PARTY_HEAT_UTILITY,     PARTY_LENDERS,       PARTY_MUNICIPALITY,
        PARTY_OPERATOR,         PARTY_SOCIETY,       PARTY_STATE,
        PARTY_SUPPLIERS,        PARTY_THIRD_PARTY,   PARTY_WATER_UTILITY};
    for (int k = 0; k < COUNT(sorted); k++) {
        add_key(out, 4, party_name(sorted[k]));
        json_add_number(out, money[sorted[k]]);
        text_add(out, k == COUNT(sorted) - 1 ? "\n" : ",\n");
    }
    text_add(out, "  }");
}

/* The scenario goes by its name alone: where it lay when it was planned changes nothing. */
static void add_inputs(struct text_buffer *out, const struct scenario *s) {
    text_add(out, "[");
    for (int k = 0; k < s->files_count; k++) {
        const char *path = s->files[k].path, *slash = strrchr(path, '/');
        bool scenario = strcmp(s->files[k].role, "scenario") == 0;
        text_add(out, k == 0 ? "\n    {\"path\": " : ",\n    {\"path\": ");
        json_add_text(out, scenario && slash ? slash + 1 : path);
        text_add_format(out, ", \"role\": \"%s\", \"sha256\": \"%s\"}", s->files[k].role,
                        s->files[k].sha256);
    }
    text_add(out, "]");
}

/* With a seal: some numbers of the record play no part in this plan (the size of a connection, say),
   and verify, which writes the summary anew from the record, would not miss them. */
static void add_record(struct text_buffer *out, const struct plan *plan,
                       const struct text_buffer *supply) {
    add_key(out, 2, "record");
    size_t begin = out->size;
    record_write(plan, out, 2);
    struct hash hash;
    char hex[HASH_HEX_SIZE];
    hash_init(&hash);
    if (!out->failed) {
        hash_add(&hash, out->data + begin, out->size - begin);
    }
    if (plan->supply && !supply->failed) { /* of plans that no file holds */
        hash_add(&hash, supply->data, supply->size);
    }
    hash_hex(&hash, hex);
    text_add(out, ",\n");
    add_key(out, 2, "record_sha256");
    json_add_text(out, hex);
    text_add(out, ",\n");
}

/* The worst certificate of the three cases: the judge's, not the solver's. */
static void add_certificate(struct text_buffer *out, const struct plan *plan) {
    struct certificate worst = {.passed = true};
    const char *solver = "none";
    for (int k = 0; k < CASES; k++) {
        const struct certificate *one = &plan->cases[k].certificate;
        worst.passed = worst.passed && one->passed;
        worst.primal_residual_ratio = fmax(worst.primal_residual_ratio, one->primal_residual_ratio);
        worst.dual_residual_ratio = fmax(worst.dual_residual_ratio, one->dual_residual_ratio);
        worst.gap_ratio = fmax(worst.gap_ratio, one->gap_ratio);
        const char *name = plan->cases[k].outcome.solver;
        solver = name && strcmp(name, "none") != 0 ? name : solver;
    }
    const struct {
        const char *key;
        double value;
    } parts[] = {{"dual_residual_ratio", worst.dual_residual_ratio},
                 {"gap_ratio", worst.gap_ratio},
                 {"primal_residual_ratio", worst.primal_residual_ratio}};
    add_key(out, 2, "certificate");
    text_add(out, "{");
    for (int k = 0; k < COUNT(parts); k++) {
        text_add_format(out, k ? ", \"%s\": " : "\"%s\": ", parts[k].key);
        json_add_number(out, parts[k].value);
    }
    text_add_format(out, ", \"proven\": %s, \"solver\": ", worst.passed ? "true" : "false");
    json_add_text(out, solver);
    text_add(out, "},\n");
}

static void add_head(struct text_buffer *out, const struct plan *plan, const char *outcome) {
    text_add(out, "{\n  \"hearth_result\": 1,\n");
    add_key(out, 2, "version");
    json_add_text(out, HEARTH_VERSION);
    text_add(out, ",\n");
    add_key(out, 2, "build");
    json_add_text(out, __VERSION__);
    text_add(out, ",\n");
    add_key(out, 2, "outcome");
    json_add_text(out, outcome);
    text_add(out, ",\n");
    add_certificate(out, plan);
    add_key(out, 2, "inputs");
    add_inputs(out, plan->scenario);
}

enum status tell_summary(const struct accounts *a, struct arena *arena, struct text_buffer *out) {
    const struct scenario *s = a->scenario;
    struct text_buffer supply;
    (void)arena;
    add_head(out, a->plan, "optimal");
    if (tariffs_any(a)) {
        text_add(out, ",\n");
        tariffs_json(a, out);
    }
    text_add(out, ",\n");
    approximate_json(a->plan, out);
    text_add(out, "  \"cases\": {\n    \"apart\": ");
    add_metrics(out, a, CASE_APART, 4);
    text_add(out, ",\n    \"today\": ");
    add_metrics(out, a, CASE_TODAY, 4);
    text_add(out, ",\n    \"together\": ");
    add_metrics(out, a, CASE_TOGETHER, 4);
    text_add(out, "\n  },\n");
    add_key(out, 2, "currency");
    json_add_text(out, s->currency);
    text_add_format(out, ",\n  \"days\": %d,\n", s->calendar.days);
    add_key(out, 2, "finding");
    json_add_text(out, a->finding.headline);
    text_add(out, ",\n");
    add_key(out, 2, "heat_price_money_kwh");
    json_add_number(out, a->heat_price_money_kwh);
    text_add(out, ",\n");
    add_key(out, 2, "money_year");
    text_add_format(out, "%d,\n", s->money_year);
    add_key(out, 2, "name");
    json_add_text(out, s->name);
    text_add(out, ",\n");
    add_key(out, 2, "net_money_year");
    add_parties(out, a->change.net_money_year);
    text_add(out, ",\n");
    add_key(out, 2, "npv_money");
    json_add_number(out, a->npv_money);
    text_add(out, ",\n");
    if (pipes_are_told(a)) {
        TRY(pipes_json(a, out));
        text_add(out, ",\n");
    }
    text_buffer_init(&supply, out->arena);
    supply_json(a, &supply);
    add_record(out, a->plan, &supply);
    add_key(out, 2, "source_heat_price_money_kwh");
    json_add_number(out, a->source_heat_price_money_kwh);
    text_add(out, ",\n");
    add_key(out, 2, "supply_choice");
    text_add(out, supply.data ? supply.data : "null");
    text_add(out, ",\n");
    out->failed = out->failed || supply.failed;
    if (transformers_any(a)) {
        TRY(transformers_json(a, out));
        text_add(out, ",\n");
    }
    add_key(out, 2, "year_frac");
    json_add_number(out, s->year_frac);
    text_add(out, "\n}\n");
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status tell_no_plan(const struct plan *plan, struct arena *arena, struct text_buffer *out) {
    const char *outcome = "stalled";
    bool all_solved = plan != NULL;
    (void)arena;
    for (int k = 0; plan && k < CASES; k++) {
        const struct case_plan *c = &plan->cases[k];
        all_solved = all_solved && c->solved;
        if (!c->solved && c->outcome.kind != OUTCOME_OPTIMAL) {
            outcome = outcome_name(c->outcome.kind);
        } else if (!c->solved && c->audit.balance_worst) {
            outcome = "audit_failed"; /* audited, and not passed */
        }
    }
    outcome = all_solved ? "audit_failed" : outcome; /* the plan stands, its books do not close */
    if (!plan) {
        text_add(out, "{\n  \"hearth_result\": 1,\n  \"outcome\": \"stalled\"\n}\n");
        return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
    }
    add_head(out, plan, outcome);
    text_add(out, ",\n  \"misses\": [");
    for (int k = 0, count = 0; k < CASES; k++) {
        for (int n = 0; n < plan->cases[k].misses_count; n++) {
            text_add(out, count++ ? ",\n    " : "\n    ");
            json_add_text(out, plan->cases[k].misses[n].text);
        }
    }
    text_add(out, "]\n}\n");
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
