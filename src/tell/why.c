/* Why a plan is as it is: what was found by planning again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/why.h"

#include "tell/json.h"
#include "tell/number.h"
#include "tell/page.h"

static const char *const levers[LEVERS] = {"power_price_ratio", "fuel_price_ratio",
                                           "carbon_money_kg",   "distance_m",
                                           "source_dk",         "plant_price_ratio"};

enum status why_words(const struct accounts *a, const struct why *why, bool utf8,
                      struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    page_wrap(&page, page_plain(&page, a->finding.headline), 0, 0);
    text_add(out, "\n");
    for (int k = 0; k < why->count; k++) {
        page_wrap(&page,
                  page_plain(&page, number_format(out->arena, "- %s", why->lines[k].sentence)), 0,
                  2);
    }
    for (int k = 0; k < a->reasons_count; k++) {
        page_wrap(&page,
                  page_plain(&page, number_format(out->arena, "- %s %s", a->reasons[k].claim,
                                                  a->reasons[k].because)),
                  0, 2);
    }
    text_add(out, "\n");
    page_wrap(&page,
              number_format(
                  out->arena,
                  "Planned %d times: each sentence but the last %d is what came out, not a slope.",
                  why->plans + 1, a->reasons_count),
              0, 0);
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static void add_number(struct text_buffer *out, const char *key, double value) {
    text_add_format(out, ", \"%s\": ", key);
    json_add_number(out, value);
}

/* What each party has more a year, where it was settled anew. */
static void add_parties(const struct why_line *line, struct text_buffer *out) {
    text_add(out, line->by_party ? ", \"parties_money_year\": {" : "");
    for (int party = 0; line->by_party && party < PARTY_COUNT; party++) {
        text_add_format(out, party ? ", \"%s\": " : "\"%s\": ", party_name((enum party)party));
        json_add_number(out, line->party_money_year[party]);
    }
    text_add(out, line->by_party ? "}" : "");
}

enum status why_json(const struct accounts *a, const struct why *why, struct text_buffer *out) {
    text_add(out, "{\n  \"hearth_why\": 1,\n  \"lines\": [");
    for (int k = 0; k < why->count; k++) {
        const struct why_line *line = &why->lines[k];
        const struct break_even *turn = &line->turn;
        text_add(out, k ? ",\n    {\"instance\": " : "\n    {\"instance\": ");
        json_add_text(out, line->lever.instance >= 0
                               ? a->scenario->instances[line->lever.instance].name
                               : NULL);
        text_add_format(out, ", \"lever\": \"%s\"", levers[line->lever.lever]);
        add_number(out, "now", line->lever.value);
        if (line->is_break_even) {
            text_add_format(out, ", \"now_so\": %s, \"turns\": %s",
                            turn->pays_now ? "true" : "false", turn->found ? "true" : "false");
            add_number(out, "last_as_now", turn->found ? turn->at_value : turn->to_value);
            if (turn->found) {
                add_number(out, "first_other", turn->beyond_value);
            }
        } else {
            add_number(out, "step", line->step);
            add_number(out, "step_money_year", line->step_money_year);
            add_parties(line, out);
        }
        text_add(out, ", \"words\": ");
        json_add_text(out, line->sentence);
        text_add(out, "}");
    }
    text_add_format(out, "\n  ],\n  \"plans\": %d\n}\n", why->plans + 1);
    return out->failed || arena_failed(out->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
