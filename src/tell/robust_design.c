/* One design for many futures: its capacities beside those of the year as given, what each future costs, what is regretted. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "tell/robust_design.h"

#include <math.h>

#include "base/units.h"
#include "scenario/keys.h"
#include "tell/json.h"
#include "tell/number.h"
#include "tell/page.h"

static const double served_all_frac = 1.0 - 1e-9;

const char *robust_design_name(const struct robust_design *design, const struct robust_capacity *it,
                               struct arena *arena) {
    return number_format(arena, "%s%s", design->plan->scenario->instances[it->instance].name,
                         it->second ? " (power)" : "");
}

const char *robust_design_amount(const struct robust_design *design,
                                 const struct robust_capacity *it, double capacity,
                                 struct arena *arena) {
    const struct component *kind = design->plan->scenario->instances[it->instance].kind;
    const struct unit *unit = units_of_name(it->second ? kind->capacity2 : kind->capacity);
    return number_format(arena, "%s %s", number_digits(arena, capacity, 3),
                         unit ? unit->symbol : "");
}

static const char *money(const struct robust_design *design, double value, struct arena *arena) {
    return isnan(value) ? "none" : number_money(arena, design->scenario->currency, value, false);
}

static const char *aim(const struct robust_design *design, struct arena *arena) {
    switch (design->futures->objective) {
    case ROBUST_EXPECTED:
        return "least expected cost";
    case ROBUST_TAIL:
        return number_format(arena, "least cost in the dearest %s %% of futures",
                             number_digits(arena, 100.0 * design->futures->tail_frac, 3));
    case ROBUST_REGRET:
        return "least regret";
    }
    return "";
}

const char *robust_design_headline(const struct robust_design *design, struct arena *arena) {
    return number_format(
        arena,
        "One design for %d futures, %s: %s a year expected, %s in the dearest %s %%, %s in the "
        "dearest, \"%s\".",
        design->futures->count, aim(design, arena),
        money(design, design->expected_money_year, arena),
        money(design, design->tail_money_year, arena),
        number_digits(arena, 100.0 * design->futures->tail_frac, 3),
        money(design, design->worst_money_year, arena),
        design->futures->future[design->worst].name);
}

const char *robust_design_judgement(const struct robust_design *design, struct arena *arena) {
    struct text_buffer words;
    text_buffer_init(&words, arena);
    text_add(&words, "");
    if (design->compared) {
        text_add_format(&words,
                        "No future would have had a design of its own cheaper by more than "
                        "%s a year. ",
                        money(design, design->regret_money_year, arena));
        if (design->as_given_served_frac >= served_all_frac) {
            text_add(&words, "The design of the year as given serves all of them. ");
        } else {
            text_add_format(&words,
                            "The design of the year as given serves %s %% of them by probability; "
                            "in the others something is short. ",
                            number_digits(arena, 100.0 * design->as_given_served_frac, 3));
        }
    }
    if (!isnan(design->satisfied_frac)) {
        text_add_format(&words, "%s a year is kept in %s %% of futures by probability.",
                        money(design, design->futures->limit_money_year, arena),
                        number_digits(arena, 100.0 * design->satisfied_frac, 3));
    }
    return words.data ? words.data : "";
}

const char *robust_design_method(const struct robust_design *design, struct arena *arena) {
    return number_format(
        arena,
        "One programme of %s columns and %s rows, %ld iterations; none of its designs costs less "
        "than %s of the objective. Prices per kW, losses and temperatures are those of the plan of "
        "the year as given; what follows from this design is not simulated.",
        number_fixed(arena, (double)design->columns_count, 0),
        number_fixed(arena, (double)design->rows_count, 0), design->iterations_count,
        number_digits(arena, design->bound_money / design->objective_money, 9));
}

/* ---- the terminal ---- */

void robust_design_words(const struct robust_design *design, bool utf8, struct text_buffer *out) {
    struct page page = {out, out->arena, false, utf8};
    struct arena *arena = out->arena;
    const char *judged = robust_design_judgement(design, arena);
    page_wrap(&page, robust_design_headline(design, arena), 0, 0);
    text_add(out, "\n");
    for (int k = 0; k < design->capacities_count; k++) {
        const struct robust_capacity *it = &design->capacities[k];
        page_wrap(&page,
                  number_format(arena, "%s %s; for the year as given %s.",
                                robust_design_name(design, it, arena),
                                robust_design_amount(design, it, it->capacity, arena),
                                robust_design_amount(design, it, it->as_given_capacity, arena)),
                  0, 6);
    }
    if (*judged) {
        text_add(out, "\n");
        page_wrap(&page, judged, 0, 0);
    }
    text_add(out, "\n");
    page_wrap(&page, robust_design_method(design, arena), 0, 0);
}

/* ---- JSON ---- */

static void add_value(struct text_buffer *out, const char *key, double value, bool more) {
    text_add_format(out, "\"%s\": ", key);
    json_add_number(out, value);
    text_add(out, more ? ", " : "");
}

void robust_design_json(const struct robust_design *design, struct text_buffer *out) {
    const struct futures *futures = design->futures;
    text_add(out, "{\n  ");
    add_value(out, "as_given_served_frac",
              design->compared ? design->as_given_served_frac : (double)NAN, true);
    add_value(out, "bound_money", design->bound_money, false);
    text_add(out, ",\n  \"capacities\": [");
    for (int k = 0; k < design->capacities_count; k++) {
        const struct robust_capacity *it = &design->capacities[k];
        text_add(out, k ? ",\n    {" : "\n    {");
        add_value(out, "as_given", it->as_given_capacity, true);
        add_value(out, "capacity", it->capacity, true);
        text_add(out, "\"name\": ");
        json_add_text(out, design->plan->scenario->instances[it->instance].name);
        text_add_format(out, ", \"part\": \"%s\"}", it->second ? "second_capacity" : "capacity");
    }
    text_add_format(out, "],\n  \"columns\": %ld,\n  \"currency\": ", design->columns_count);
    json_add_text(out, design->scenario->currency);
    text_add(out, ",\n  ");
    add_value(out, "expected_money_year", design->expected_money_year, false);
    text_add(out, ",\n  \"futures\": [");
    for (int f = 0; f < futures->count; f++) {
        const struct robust_future *it = &design->future[f];
        text_add(out, f ? ",\n    {" : "\n    {");
        add_value(out, "as_given_money_year", it->as_given_money_year, true);
        add_value(out, "money_year", it->money_year, true);
        text_add(out, "\"name\": ");
        json_add_text(out, futures->future[f].name);
        text_add(out, ", ");
        add_value(out, "own_money_year", it->own_money_year, true);
        add_value(out, "probability_frac", futures->future[f].probability_frac, false);
        text_add(out, "}");
    }
    text_add_format(out, "],\n  \"hearth_robust\": 1,\n  \"iterations\": %ld,\n  ",
                    design->iterations_count);
    add_value(out, "limit_money_year", futures->limit_money_year, false);
    text_add(out, ",\n  \"objective\": ");
    json_add_text(out, keys_find("robust", "objective")->words[futures->objective]);
    text_add(out, ",\n  ");
    add_value(out, "objective_money", design->objective_money, true);
    add_value(out, "regret_money_year", design->regret_money_year, false);
    text_add_format(out, ",\n  \"rows\": %ld,\n  ", design->rows_count);
    add_value(out, "satisfied_frac", design->satisfied_frac, true);
    add_value(out, "tail_frac", futures->tail_frac, true);
    add_value(out, "tail_money_year", design->tail_money_year, true);
    add_value(out, "worst_money_year", design->worst_money_year, false);
    text_add(out, "\n}\n");
}
