/* Rules in words. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/rules.h"

#include <math.h>
#include <string.h>

#include "scenario/explain.h"
#include "scenario/rule_pack.h"
#include "tell/figures.h"
#include "tell/number.h"
#include "tell/page.h"

static const char *const sign_words[RULE_SIGNS] = {
    "met", "close", "broken", "not judged", "not applicable", "no rule to judge"};
static const char *const sign_keys[RULE_SIGNS] = {"pass",    "at_risk",        "fail",
                                                  "unknown", "not_applicable", "informs"};

const char *rules_colour(enum rule_sign sign) {
    static const char *const codes[RULE_SIGNS] = {"\x1b[32m", "\x1b[33m", "\x1b[31m",
                                                  "\x1b[2m",  "\x1b[2m",  "\x1b[2m"};
    return codes[sign];
}

const char *rules_counts(const int counts[RULE_SIGNS], struct arena *arena) {
    const char *words = "";
    for (int k = 0; k < RULE_SIGNS; k++) {
        if (counts[k] > 0) {
            words = number_format(arena, "%s%s%d %s", words, *words ? ", " : "", counts[k],
                                  sign_words[k]);
        }
    }
    return words;
}

const char *rules_notice(const struct accounts *accounts, struct arena *arena) {
    const struct scenario *scenario = accounts->scenario;
    long oldest = 0;
    for (int k = 0; k < scenario->rules_count; k++) {
        long day = scenario->rules[k]->reviewed;
        oldest = oldest == 0 || day < oldest ? day : oldest;
    }
    return number_format(arena,
                         "Information, not legal advice: rules change, and most records rest on "
                         "summaries by others. Last gone over on %s.",
                         rule_day_words(arena, oldest));
}

const char *rules_source(const struct rule_result *result, struct arena *arena) {
    const struct rule *rule = result->rule;
    const char *since =
        rule->valid_from ? number_format(arena, " from %s", rule_day_words(arena, rule->valid_from))
                         : "";
    return number_format(arena, "%s; %s%s; %s", rule->source, rule_status_words(rule->status),
                         since, rule_confidence_words(rule->confidence));
}

/* ---- the sheet ---- */

static void add_line(struct page *page, const char *text, int indent) {
    page_pad(page, indent);
    page_wrap(page, page_plain(page, text), indent, indent);
}

static void add_result(struct page *page, const struct rule_result *result) {
    struct arena *arena = page->arena;
    text_add(page->out, "  ");
    page_style(page, rules_colour(result->sign), figures_sign(result->sign, page->utf8));
    text_add(page->out, " ");
    page_wrap(page, page_plain(page, number_format(arena, "%s: %s", result->text, result->value)),
              5, 5);
    add_line(page, result->rule->says, 5);
    if (result->missing && result->rule->duty) {
        add_line(page, number_format(arena, "Once it is done, write  %s", result->missing), 5);
    }
    add_line(page, number_format(arena, "[%s] %s", result->rule->id, rules_source(result, arena)),
             5);
}

static void add_pack(struct page *page, const struct rules_sheet *sheet,
                     const struct rule_pack *pack) {
    struct arena *arena = page->arena;
    int counts[RULE_SIGNS] = {0};
    const char *others = "";
    for (int k = 0; k < sheet->results_count; k++) {
        counts[sheet->results[k].sign] += sheet->results[k].pack == pack;
    }
    text_add(page->out, "\n");
    page_style(page, "\x1b[1m", page_plain(page, pack->title));
    text_add(page->out, "\n");
    page_wrap(page,
              page_plain(page, number_format(arena, "%s: %s. Last gone over on %s.", pack->name,
                                             rules_counts(counts, arena),
                                             rule_day_words(arena, pack->reviewed))),
              0, 0);
    for (int k = 0; k < sheet->results_count; k++) {
        const struct rule_result *result = &sheet->results[k];
        if (result->pack != pack) {
            continue;
        }
        if (result->sign == RULE_NOT_APPLICABLE) {
            others = number_format(arena, "%s%s%s (%s)", others, *others ? ", " : "",
                                   result->rule->id, result->value);
        } else {
            add_result(page, result);
        }
    }
    if (*others) {
        text_add(page->out, "  ");
        page_wrap(page, page_plain(page, number_format(arena, "Not applicable: %s", others)), 2, 4);
    }
}

enum status tell_rules(const struct rules_sheet *sheet, bool colour, bool utf8,
                       struct text_buffer *out) {
    struct page page = {out, out->arena, colour, utf8};
    page_style(&page, "\x1b[1m", page_plain(&page, sheet->accounts->scenario->name));
    text_add(out, "\n");
    page_wrap(&page,
              "Information, not legal advice: rules change, and most records rest on summaries by "
              "others. A limit is held against each year of the plan; the year is the first with "
              "this result.",
              0, 0);
    for (int p = 0; p < sheet->packs_count; p++) {
        add_pack(&page, sheet, sheet->packs[p]);
    }
    if (sheet->packs_count == 0) {
        page_wrap(&page,
                  "No rules are named: add  rules: [eu, de]  to the scenario, or --packs eu,de; "
                  "`hearth explain rules` lists the packs.",
                  0, 0);
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status tell_rules_json(const struct rules_sheet *sheet, struct text_buffer *out) {
    text_add(out, "[");
    for (int k = 0; k < sheet->results_count; k++) {
        const struct rule_result *result = &sheet->results[k];
        const struct rule *rule = result->rule;
        text_add(out, k ? ",\n {" : "\n {");
        explain_json_field(out, "id", rule->id, false);
        explain_json_field(out, "pack", result->pack->name, false);
        explain_json_field(out, "title", rule->title, false);
        explain_json_field(out, "sign", sign_keys[result->sign], false);
        explain_json_field(out, "result", result->value, false);
        explain_json_field(out, "missing", result->missing ? result->missing : "", false);
        if (isfinite(result->figure_value)) {
            explain_json_number(out, "figure", result->figure_value);
            explain_json_number(out, "limit", result->limit_value);
            explain_json_number(out, "from_year", result->from_year);
        }
        explain_json_field(out, "says", rule->says, false);
        explain_json_field(out, "jurisdiction", rule->jurisdiction, false);
        explain_json_field(out, "level", rule->level, false);
        explain_json_field(out, "topic", rule->topic, false);
        explain_json_field(out, "status", rule_status_words(rule->status), false);
        explain_json_field(out, "confidence", rule_confidence_words(rule->confidence), false);
        explain_json_field(out, "reviewed", rule_day_words(out->arena, result->pack->reviewed),
                           false);
        explain_json_field(out, "source", rule->source, true);
        text_add(out, "}");
    }
    text_add(out, "\n]\n");
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- a draft standard ---- */

struct clause {
    enum rule_field field;
    enum rule_op op;
    const char *id, *title, *topic;
    double value,
        step; /* in the units of rule files; rounded to steps, to the plan's disadvantage */
};

static void add_clause(struct text_buffer *out, const struct clause *clause) {
    bool at_most = clause->op == RULE_AT_MOST;
    double steps = clause->value / clause->step;
    steps = at_most ? ceil(steps - 1e-9) : floor(steps + 1e-9);
    int decimals = (int)lround(-log10(clause->step));
    if (!isfinite(steps) || (!at_most && steps <= 0.0)) {
        return;
    }
    text_add_format(out,
                    "  - id: %s\n    title: %s\n    says: The plan that this draft was made from "
                    "reaches it.\n    jurisdiction: local\n    level: local\n    topic: %s\n"
                    "    metric: %s\n    op: \"%s\"\n    thresholds: [{value: ",
                    clause->id, clause->title, clause->topic, rule_field_name(clause->field),
                    rule_op_sign(clause->op));
    text_add_fixed(out, steps * clause->step, decimals > 0 ? decimals : 0);
    text_add(out, "}]\n    status: proposed\n    confidence: primary\n"
                  "    source: draft from a plan of Hearth\n");
}

enum status tell_standard(const struct accounts *accounts, struct text_buffer *out) {
    const struct metrics *m = &accounts->metrics[CASE_TOGETHER];
    const struct scenario *scenario = accounts->scenario;
    const struct clause clauses[] = {
        {RULE_FIELD_PUE, RULE_AT_MOST, "draft-pue", "Power usage effectiveness at most",
         "efficiency", m->pue_ratio, 0.01},
        {RULE_FIELD_ERF, RULE_AT_LEAST, "draft-erf", "Energy reuse factor at least", "waste_heat",
         m->erf_ratio, 0.01},
        {RULE_FIELD_HEAT_SHARE, RULE_AT_LEAST, "draft-heat-share",
         "Share of the neighbours' heat that is recovered, at least", "waste_heat",
         m->heat_share_frac, 0.01},
        {RULE_FIELD_REF, RULE_AT_LEAST, "draft-renewable", "Renewable energy factor at least",
         "renewables", m->ref_ratio, 0.01},
        {RULE_FIELD_WUE, RULE_AT_MOST, "draft-wue", "Water usage effectiveness at most", "water",
         m->wue_m3_kwh / rule_field_unit_ratio(RULE_FIELD_WUE), 0.01},
        {RULE_FIELD_CUE, RULE_AT_MOST, "draft-cue", "Carbon usage effectiveness at most", "carbon",
         m->cue_kg_kwh, 0.001},
        {RULE_FIELD_PEAK, RULE_AT_MOST, "draft-peak", "Highest draw of all connections at most",
         "grid", m->grid_peak_kw, 1.0}};
    text_add(out,
             "# A draft of a local standard: what one plan reaches, as limits for others. To be "
             "discussed, not law.\npack: draft_standard\ntitle: Draft standard after ");
    explain_json_text(out, scenario->name);
    text_add_format(out, "\nreviewed: %d-01-01\nrules:\n", scenario->money_year);
    for (int k = 0; k < COUNT(clauses); k++) {
        add_clause(out, &clauses[k]);
    }
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
