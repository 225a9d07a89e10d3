/* A roadmap in words and as JSON: what to build when, what changes then, and what is regretted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/roadmap.h"

#include <math.h>
#include <string.h>

#include "base/units.h"
#include "tell/json.h"
#include "tell/number.h"
#include "tell/page.h"

static const double built_least_ratio = 1e-3; /* of the largest of its kind: less is nothing */
static const double same_ratio = 1e-4;        /* what rounds move */
static const char *const parts[LIFETIME_PARTS] = {"capacity", "second_capacity", "built"};

static double most_of(const double *value, int count) {
    double most = 0.0;
    for (int k = 0; k < count; k++) {
        most = fmax(most, value[k]);
    }
    return most;
}

static const char *amount(const struct lifetime *life, const struct lifetime_asset *asset,
                          double capacity, struct arena *arena) {
    const struct instance *instance = &life->plan[0]->scenario->instances[asset->instance];
    const char *key =
        asset->part == PART_SECOND ? instance->kind->capacity2 : instance->kind->capacity;
    const struct unit *unit = units_of_name(key);
    return asset->part == PART_STEP
               ? number_format(arena, "%s: its line is laid", instance->name)
               : number_format(arena, "%s %s %s%s", instance->name,
                               number_digits(arena, capacity, 3), unit ? unit->symbol : "",
                               asset->part == PART_SECOND ? " (power)" : "");
}

const char *roadmap_builds(const struct lifetime *life, const struct lifetime_case *result, int k,
                           struct arena *arena) {
    struct text_buffer words;
    int told = 0;
    text_buffer_init(&words, arena);
    for (int a = 0; a < result->assets_count; a++) {
        const struct lifetime_asset *asset = &result->assets[a];
        double most = most_of(asset->built_capacity, life->stages->count);
        if (asset->built_capacity[k] > built_least_ratio * most) {
            text_add(&words, told++ ? ", " : "");
            text_add(&words, amount(life, asset, asset->built_capacity[k], arena));
        }
    }
    const char *servers = roadmap_servers_bought(life, result, k, arena);
    text_add(&words, told && *servers ? ", " : "");
    text_add(&words, servers);
    return words.data ? words.data : "";
}

const char *roadmap_trigger(const struct lifetime *life, int k, struct arena *arena) {
    struct text_buffer words;
    int told = 0;
    text_buffer_init(&words, arena);
    for (int c = 0; k > 0 && c < life->stages->changes_count; c++) {
        const struct stage_change *change = &life->stages->changes[c];
        const char *before = change->text[k - 1], *now = change->text[k];
        if (now && (!before || strcmp(before, now) != 0)) {
            double value = 0.0;
            bool number = text_number(now, strlen(now), &value);
            text_add_format(&words, "%s%s %s", told++ ? ", " : "", change->path,
                            number ? number_digits(arena, value, 3) : now);
        }
    }
    return words.data ? words.data : "";
}

const char *roadmap_regret(const struct lifetime *life, struct arena *arena) {
    const struct lifetime_case *best = &life->cases[CASE_TOGETHER], *myopic = &life->myopic;
    const char *currency = life->scenario->currency;
    struct text_buffer words;
    text_buffer_init(&words, arena);
    if (life->stages->count < 2 || !myopic->assets) {
        return "One stage: there is nothing to foresee.";
    }
    double more_money = myopic->present_money - best->present_money;
    if (more_money <= same_ratio * fabs(best->present_money)) {
        return "Deciding each stage as if nothing came after it costs no more, within what the "
               "rounds of a plan move (0.01 %).";
    }
    text_add_format(&words, "Deciding each stage as if nothing came after it costs %s more (%s %%)",
                    number_money(arena, currency, more_money, false),
                    number_digits(arena, 100.0 * more_money / fabs(best->present_money), 2));
    int told = 0;
    for (int a = 0; a < myopic->assets_count; a++) {
        for (int k = 0; k < life->stages->count; k++) {
            double mine = myopic->assets[a].built_capacity[k],
                   other = best->assets[a].built_capacity[k];
            double scale = most_of(myopic->assets[a].standing_capacity, life->stages->count);
            if (mine - other > 0.01 * scale && told < 6) {
                text_add_format(&words, "%s%s in %d", told ? ", " : ": it builds more ",
                                amount(life, &myopic->assets[a], mine - other, arena),
                                life->stages->year[k]);
                told++;
            }
        }
    }
    (void)roadmap_servers_regret(life, told, &words);
    text_add(&words, ".");
    return words.data ? words.data : "";
}

/* ---- the terminal ---- */

void roadmap_words(const struct lifetime *life, bool utf8, struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    struct arena *arena = out->arena;
    const struct lifetime_case *together = &life->cases[CASE_TOGETHER],
                               *apart = &life->cases[CASE_APART];
    const char *currency = life->scenario->currency;
    page_wrap(&page,
              number_format(arena,
                            "%d to %d in %d stages, all foreseen: %s in present value; planned "
                            "apart it is %s, %s more.",
                            life->stages->year[0], life->stages->until_year, life->stages->count,
                            number_money(arena, currency, together->present_money, false),
                            number_money(arena, currency, apart->present_money, false),
                            number_money(arena, currency,
                                         apart->present_money - together->present_money, false)),
              0, 0);
    text_add(out, "\n");
    for (int k = 0; k < life->stages->count; k++) {
        const char *builds = roadmap_builds(life, together, k, arena),
                   *trigger = roadmap_trigger(life, k, arena);
        page_wrap(
            &page,
            number_format(arena, "%d  %s; carbon %s t a year.", life->stages->year[k],
                          *builds ? number_format(arena, "build %s", builds) : "build nothing",
                          number_digits(arena, together->carbon_kg[k] / 1000.0, 3)),
            0, 6);
        text_add(out, "\n");
        if (*trigger) {
            text_add(out, "      ");
            page_wrap(&page, number_format(arena, "By then: %s.", trigger), 6, 6);
        }
        const char *servers = roadmap_servers_told(life, together, k, arena);
        if (*servers) {
            text_add(out, "      ");
            page_wrap(&page, servers, 6, 6);
        }
    }
    text_add(out, "\n");
    struct served served[STAGES_MAX];
    roadmap_served(life, served);
    const char *work = roadmap_served_words(served, life->stages, arena);
    if (work) {
        page_wrap(&page, work, 0, 0);
        text_add(out, "\n");
    }
    page_wrap(&page, roadmap_regret(life, arena), 0, 0);
}

/* ---- JSON ---- */

void roadmap_add_numbers(struct text_buffer *out, const char *key, const double *value, int count) {
    text_add_format(out, "\"%s\": [", key);
    for (int k = 0; k < count; k++) {
        text_add(out, k ? ", " : "");
        json_add_number(out, value[k]);
    }
    text_add(out, "]");
}

static void add_asset(const struct lifetime *life, const struct lifetime_asset *asset,
                      struct text_buffer *out) {
    int count = life->stages->count;
    text_add(out, "\n      {");
    roadmap_add_numbers(out, "built", asset->built_capacity, count);
    text_add(out, ", ");
    roadmap_add_numbers(out, "capital_money", asset->capital_money, count);
    text_add(out, ", ");
    roadmap_add_numbers(out, "invest_money", asset->invest_money, count);
    text_add(out, ", ");
    roadmap_add_numbers(out, "kept", asset->kept_capacity, count);
    text_add(out, ", \"name\": ");
    json_add_text(out, life->plan[0]->scenario->instances[asset->instance].name);
    text_add_format(out, ", \"part\": \"%s\", ", parts[asset->part]);
    roadmap_add_numbers(out, "standing", asset->standing_capacity, count);
    text_add(out, "}");
}

static void add_case(const struct lifetime *life, const char *name,
                     const struct lifetime_case *result, struct text_buffer *out) {
    text_add_format(out, "  \"%s\": {\n    \"assets\": [", name);
    for (int a = 0; a < result->assets_count; a++) {
        text_add(out, a ? "," : "");
        add_asset(life, &result->assets[a], out);
    }
    text_add(out, "],\n    \"bound_money\": ");
    json_add_number(out, result->bound_money);
    text_add(out, ",\n    ");
    roadmap_add_numbers(out, "carbon_kg_year", result->carbon_kg, life->stages->count);
    text_add(out, ",\n    ");
    roadmap_add_numbers(out, "operation_money", result->operation_money, life->stages->count);
    text_add(out, ",\n    \"present_money\": ");
    json_add_number(out, result->present_money);
    text_add_format(out, ",\n    \"rounds\": %d,\n", result->rounds_count);
    if (result->servers_count > 0) {
        roadmap_servers_json(life, result, out);
    }
    text_add_format(out, "    \"settled\": %s\n  },\n", result->settled ? "true" : "false");
}

void roadmap_json(const struct lifetime *life, struct text_buffer *out) {
    double year[STAGES_MAX];
    for (int k = 0; k < life->stages->count; k++) {
        year[k] = life->stages->year[k];
    }
    text_add(out, "{\n");
    add_case(life, "apart", &life->cases[CASE_APART], out);
    text_add(out, "  \"currency\": ");
    json_add_text(out, life->scenario->currency);
    text_add(out, ",\n");
    roadmap_served_json(life, out);
    text_add(out, "  \"hearth_roadmap\": 1,\n");
    if (life->stages->count > 1) {
        add_case(life, "myopic", &life->myopic, out);
    }
    add_case(life, "today", &life->cases[CASE_TODAY], out);
    add_case(life, "together", &life->cases[CASE_TOGETHER], out);
    text_add_format(out, "  \"until_year\": %d,\n  ", life->stages->until_year);
    roadmap_add_numbers(out, "weight_year", life->weight_year, life->stages->count);
    text_add(out, ",\n  ");
    roadmap_add_numbers(out, "year", year, life->stages->count);
    text_add(out, "\n}\n");
}
