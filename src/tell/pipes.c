/* The section of the report about the pipes, and the files of the network. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/pipes.h"

#include <math.h>

#include "tell/chart.h"
#include "tell/figures.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/network.h"
#include "tell/number.h"

double pipes_gap_frac(const struct case_plan *result) {
    double scale_money = fabs(result->objective_money);
    return scale_money > 0.0 ? result->gap_money / scale_money : 0.0;
}

bool pipes_are_told(const struct accounts *accounts) {
    return accounts->plan->pipes && accounts->plan->cases[CASE_TOGETHER].pipes;
}

/* The state of the highest hour, in arena. */
static enum status told_of(const struct accounts *a, struct arena *arena,
                           struct network_told *ret) {
    const struct plan *plan = a->plan;
    const struct pipes_year *year = plan->cases[CASE_TOGETHER].pipes;
    struct network_state *state = NULL;
    TRY(plan_pipes_state(plan, CASE_TOGETHER, year->highest_step, arena, &state));
    *ret = (struct network_told){.network = plan->pipes->network,
                                 .state = state,
                                 .sizing = plan->pipes->sized,
                                 .design_head_kpa = NAN,
                                 .design_worst = -1,
                                 .year = year};
    return STATUS_OK;
}

/* The design hour; *ret NULL: its flows do not settle, or nobody draws. */
static enum status design_of(const struct accounts *a, struct arena *arena,
                             struct network_state **ret) {
    struct network_state *state = NULL;
    enum status status = plan_pipes_design(a->plan, CASE_TOGETHER, arena, &state);
    *ret = status == STATUS_OK && state->sums.worst >= 0 && state->sums.pump >= 0 ? state : NULL;
    return status == STATUS_STALLED ? STATUS_OK : status;
}

static const char *design_words(const struct accounts *a, const struct network_state *state,
                                struct arena *arena) {
    const struct network_sums *sums = &state->sums;
    const struct network_node *nodes = a->plan->pipes->network->nodes;
    return number_format(
        arena,
        "At the design hour (%s kW taken) the worst consumer is %s: %s kPa between supply and "
        "return of the %s it needs. For that the pump at %s has to give %s kPa; in the hours that "
        "were simulated it gave %s at most.",
        number_fixed(arena, sums->consumed_kw, 0), nodes[sums->worst].name,
        number_fixed(arena, sums->dp_worst_kpa, 0), number_fixed(arena, sums->dp_needed_kpa, 0),
        nodes[sums->pump].name, number_fixed(arena, sums->head_needed_kpa, 0),
        number_fixed(arena, a->plan->cases[CASE_TOGETHER].pipes->lift_most_kpa, 0));
}

enum status pipes_terminal(const struct accounts *accounts, struct page *page) {
    struct network_state *state = NULL;
    if (!pipes_are_told(accounts)) {
        return STATUS_OK;
    }
    TRY(design_of(accounts, page->arena, &state));
    if (state) {
        const struct network_sums *sums = &state->sums;
        bool enough = sums->dp_worst_kpa > sums->dp_needed_kpa - 0.1;
        page_style(page, enough ? "\x1b[32m" : "\x1b[33m",
                   figures_sign(enough ? RULE_PASS : RULE_RISK, page->utf8));
        text_add(page->out, " ");
        page_wrap(page, page_plain(page, design_words(accounts, state, page->arena)), 2, 4);
    }
    return STATUS_OK;
}

static void add_member(struct text_buffer *out, const char *key, double value, const char *behind) {
    text_add_format(out, "    \"%s\": ", key);
    json_add_number(out, value);
    text_add(out, behind);
}

enum status pipes_json(const struct accounts *accounts, struct text_buffer *out) {
    struct network_state *state = NULL;
    TRY(design_of(accounts, out->arena, &state));
    text_add(out, "  \"pipes_design\": ");
    if (!state) {
        text_add(out, "null");
        return STATUS_OK;
    }
    const struct network_sums *sums = &state->sums;
    const struct network_node *nodes = accounts->plan->pipes->network->nodes;
    text_add(out, "{\n");
    add_member(out, "consumed_kw", sums->consumed_kw, ",\n");
    add_member(out, "dp_needed_kpa", sums->dp_needed_kpa, ",\n");
    add_member(out, "dp_worst_kpa", sums->dp_worst_kpa, ",\n");
    add_member(out, "head_kpa", sums->head_kpa, ",\n");
    add_member(out, "head_needed_kpa", sums->head_needed_kpa, ",\n    \"head_producer\": ");
    json_add_text(out, nodes[sums->pump].name);
    text_add(out, ",\n");
    add_member(out, "head_simulated_most_kpa",
               accounts->plan->cases[CASE_TOGETHER].pipes->lift_most_kpa, ",\n");
    add_member(out, "loss_kw", sums->loss_supply_kw + sums->loss_return_kw, ",\n");
    add_member(out, "pump_kw", sums->pump_kw, ",\n    \"worst_user\": ");
    json_add_text(out, nodes[sums->worst].name);
    text_add(out, "\n  }");
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status pipes_geojson(const struct accounts *accounts, struct arena *arena,
                          struct text_buffer *out) {
    struct network_told told;
    TRY(told_of(accounts, arena, &told));
    network_geojson(&told, out);
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status pipes_map(const struct accounts *accounts, struct arena *arena,
                      struct text_buffer *out) {
    struct network_told told;
    TRY(told_of(accounts, arena, &told));
    network_map(&told, out);
    return out->failed ? STATUS_NO_MEMORY : STATUS_OK;
}

/* ---- the section ---- */

static void add_cell(struct text_buffer *out, const char *open, const char *words) {
    text_add(out, open);
    html_words(out, words);
    text_add(out, "</td>");
}

static const char *energy(struct arena *arena, double energy_kwh) {
    struct unit_choice unit = chart_energy_unit(energy_kwh);
    return number_format(arena, "%s %s", number_digits(arena, energy_kwh / unit.per_unit, 3),
                         unit.name);
}

static const char *hours(struct arena *arena, double hours_h) {
    return hours_h > 0.0 ? number_fixed(arena, hours_h, 0) : "–";
}

static void add_users(const struct accounts *a, struct text_buffer *out) {
    const struct pipes *pipes = a->plan->pipes;
    const struct pipes_year *year = a->plan->cases[CASE_TOGETHER].pipes;
    struct arena *arena = out->arena;
    text_add(out, "<details class=\"all\"><summary>User by user</summary><table class=\"def\">"
                  "<thead><tr><th scope=\"col\">consumer</th><th scope=\"col\">heat</th><th "
                  "scope=\"col\">arrives at, mean</th><th scope=\"col\">least</th><th "
                  "scope=\"col\">hours too cold</th></tr></thead><tbody>\n");
    for (int n = 0; n < pipes->network->nodes_count; n++) {
        if (pipes->tap[n] < 0) {
            continue;
        }
        bool draws = year->node_heat_kwh[n] > 0.0;
        text_add(out, "<tr><th scope=\"row\">");
        html_words(out, pipes->network->nodes[n].name);
        text_add(out, "</th>");
        add_cell(out, "<td>", draws ? energy(arena, year->node_heat_kwh[n]) : "–");
        add_cell(out, "<td>",
                 draws ? number_format(arena, "%s °C", number_fixed(arena, year->node_mean_c[n], 1))
                       : "–");
        add_cell(out, "<td>",
                 draws
                     ? number_format(arena, "%s °C", number_fixed(arena, year->node_least_c[n], 1))
                     : "–");
        add_cell(out, "<td>", hours(arena, year->node_short_h[n] + year->node_beyond_h[n]));
        text_add(out, "</tr>\n");
    }
    text_add(out, "</tbody></table></details>");
}

static void add_finding(const struct accounts *a, struct text_buffer *out) {
    const struct pipes *pipes = a->plan->pipes;
    const struct pipes_year *year = a->plan->cases[CASE_TOGETHER].pipes;
    struct arena *arena = out->arena;
    double length_m = 0.0;
    for (int k = 0; k < pipes->network->links_count; k++) {
        length_m += year->link_used[k] ? pipes->network->links[k].length_m : 0.0;
    }
    text_add(out, "<section class=\"full\" id=\"pipes\"><h2>");
    html_words(out,
               number_format(
                   arena, "%s %% of the heat is lost in %s km of trench.",
                   number_digits(arena, 100.0 * year->loss_kwh / fmax(1e-9, year->produced_kwh), 2),
                   number_digits(arena, length_m / 1000.0, 2)));
    text_add(out, "</h2><p class=\"unit\">");
    html_words(out, number_format(
                        arena,
                        "Every hour was simulated: %s sent, %s taken, %s lost; pumps draw %s and "
                        "lift %s bar at most. The map shows the highest hour.",
                        energy(arena, year->produced_kwh), energy(arena, year->consumed_kwh),
                        energy(arena, year->loss_kwh), energy(arena, year->pump_kwh),
                        number_digits(arena, year->lift_most_kpa / 100.0, 2)));
    text_add(out, "</p>");
}

enum status pipes_html(const struct accounts *accounts, struct text_buffer *out) {
    if (!pipes_are_told(accounts)) {
        return STATUS_OK;
    }
    struct network_state *design = NULL;
    TRY(design_of(accounts, out->arena, &design));
    add_finding(accounts, out);
    if (design) {
        text_add(out, "<p>");
        html_words(out, design_words(accounts, design, out->arena));
        text_add(out, "</p>");
    }
    text_add(out, "<figure>");
    TRY(pipes_map(accounts, out->arena, out));
    text_add(out, "</figure>");
    add_users(accounts, out);
    text_add(out, "<p class=\"foot src\">network.geojson, network.svg, hourly.csv</p></section>\n");
    return STATUS_OK;
}
