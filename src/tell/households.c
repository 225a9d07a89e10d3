/* What a home pays for heat, by class and tenure. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "accounts/life.h"
#include "scenario/keys.h"
#include "tell/html.h"
#include "tell/json.h"
#include "tell/life.h"
#include "tell/number.h"

static const double burden_frac = 0.06; /* of income: more is a burden [recalled] */

static const char *money(const struct accounts *a, struct arena *arena, double value) {
    return number_money(arena, a->scenario->currency, value, false);
}

static void add_cell(struct text_buffer *out, const char *tag, const char *words) {
    text_add_format(out, "<td%s>", tag);
    html_words(out, words);
    text_add(out, "</td>");
}

static void add_home(const struct accounts *a, int k, struct text_buffer *out) {
    static const char *const tenures[TENURES] = {"own", "rent"};
    struct arena *arena = out->arena;
    const struct household *of = &a->scenario->households[k];
    const struct household_account *one = &a->life->household[k];
    double now = one->pays_money_home_year[CASE_TOGETHER];
    double apart = one->pays_money_home_year[CASE_APART];
    text_add(out, "<tr><th scope=\"row\">");
    html_words(out, number_format(arena, "%s (%s), %s homes", of->name, tenures[of->tenure],
                                  number_digits(arena, of->homes_count, 3)));
    text_add(out, "</th>");
    add_cell(out, " class=\"v\"", money(a, arena, now));
    add_cell(out, " class=\"v\"",
             number_money(arena, a->scenario->currency, number_change(now, apart), true));
    add_cell(out, " class=\"v\"",
             money(a, arena,
                   of->tenure == TENURE_OWN
                       ? 0.0
                       : (1.0 - of->passed_on_frac) * one->plant_money_home_year[CASE_TOGETHER]));
    double share = one->burden_frac[CASE_TOGETHER];
    add_cell(out, "",
             isnan(share)
                 ? "–"
                 : number_format(arena, "%s %%%s (apart %s %%)",
                                 number_digits(arena, 100.0 * share, 2),
                                 share > burden_frac ? ", a burden" : "",
                                 number_digits(arena, 100.0 * one->burden_frac[CASE_APART], 2)));
    text_add(out, "</tr>\n");
}

void households_html(const struct accounts *a, struct text_buffer *out) {
    if (a->scenario->households_count == 0) {
        return;
    }
    text_add(out,
             "<table class=\"def\"><thead><tr><th scope=\"col\">Heat of a home, a year</th><th "
             "scope=\"col\">Who lives there pays</th><th scope=\"col\">More than apart</th><th "
             "scope=\"col\">Its landlord pays</th><th scope=\"col\">Share of "
             "income</th></tr></thead><tbody>\n");
    for (int k = 0; k < a->scenario->households_count; k++) {
        add_home(a, k, out);
    }
    text_add(out, "</tbody></table><p class=\"note\">");
    html_words(out,
               number_format(out->arena,
                             "By each class’s share of the town’s heat; %s %% of it is taken by "
                             "businesses and others. Plant in the house is paid by who owns it.",
                             number_digits(out->arena, 100.0 * a->life->others_share_frac, 2)));
    text_add(out, "</p>");
}

void households_json(const struct accounts *a, struct text_buffer *out) {
    const struct key *tenures = keys_find("households", "tenure");
    text_add(out, "  \"households\": [");
    for (int k = 0; k < a->scenario->households_count; k++) {
        const struct household *of = &a->scenario->households[k];
        const struct household_account *one = &a->life->household[k];
        const struct {
            const char *key;
            double value;
        } members[] = {
            {"burden_apart_frac", one->burden_frac[CASE_APART]},
            {"burden_frac", one->burden_frac[CASE_TOGETHER]},
            {"pays_apart_money_home_year", one->pays_money_home_year[CASE_APART]},
            {"pays_money_home_year", one->pays_money_home_year[CASE_TOGETHER]},
            {"plant_money_home_year", one->plant_money_home_year[CASE_TOGETHER]},
            {"running_money_home_year", one->running_money_home_year[CASE_TOGETHER]},
            {"share_frac", one->share_frac},
        };
        text_add(out, k ? ",\n    {\"class\": " : "\n    {\"class\": ");
        json_add_text(out, of->name);
        for (int n = 0; n < COUNT(members); n++) {
            text_add_format(out, ", \"%s\": ", members[n].key);
            json_add_number(out, members[n].value);
        }
        text_add_format(out, ", \"tenure\": \"%s\"}", tenures->words[of->tenure]);
    }
    text_add(out, "],\n");
}
