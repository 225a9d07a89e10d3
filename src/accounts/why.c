/* Break-evens and values in sentences. The numbers come from plan/break_even.c; here they get their words. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/why.h"

#include <math.h>
#include <string.h>

#include "accounts/internal.h"

enum { PLANTS_MAX = 8, LINES_MAX = LEVERS + 4 + PLANTS_MAX };
static const double nothing_ratio = 1e-7; /* of what together costs */
static const double source_step_dk = 5.0, trench_step_m = 1000.0, price_step_ratio = 0.01;

struct asking {
    const struct accounts *accounts;
    const struct plan_options *options;
    struct arena *arena;
    struct why *why;
};

static const char *times(const struct asking *ask, double ratio) {
    return arena_format(ask->arena, "%s times", words_number(ask->arena, ratio, 3));
}

/* The lever's value in words: "1.43 times what it does", "3.2 km". */
static const char *value_words(const struct asking *ask, enum lever lever, double value) {
    struct arena *arena = ask->arena;
    if (lever == LEVER_DISTANCE) {
        return arena_format(arena, "%s km", words_number(arena, value / 1000.0, 3));
    }
    if (lever == LEVER_CARBON) {
        return arena_format(arena, "%s a tonne",
                            words_money(arena, ask->accounts->scenario, 1000.0 * value));
    }
    return times(ask, value);
}

/* "as long as power costs no more than": what a lever's value is held against. */
static const char *until_words(const struct asking *ask, enum lever lever, bool upward) {
    switch (lever) {
    case LEVER_POWER:
        return upward ? "power costs no more than %s what it does"
                      : "power costs no less than %s what it does";
    case LEVER_FUEL:
        return upward ? "fuel costs no more than %s what it does"
                      : "fuel costs no less than %s what it does";
    case LEVER_CARBON:
        return upward ? "the damage of carbon is put at no more than %s"
                      : "the damage of carbon is put at no less than %s";
    case LEVER_DISTANCE:
        if (ask->accounts->plan->pipes) {
            return upward ? "the data centre's own pipe is no longer than %s"
                          : "the data centre's own pipe is no shorter than %s";
        }
        break;
    case LEVER_SOURCE:
    case LEVER_PLANT:
    case LEVERS:
        break;
    }
    return upward ? "the trench is no longer than %s" : "the trench is no shorter than %s";
}

static const char *lever_words(enum lever lever) {
    static const char *const words[LEVERS] = {"price of power",      "price of fuel",
                                              "price of carbon",     "distance",
                                              "temperature of heat", "price of plant"};
    return words[lever];
}

/* One of the two formats above, with its value. */
static const char *fill(const struct asking *ask, const char *format, const char *value) {
    const char *at = strstr(format, "%s");
    return arena_format(ask->arena, "%.*s%s%s", (int)(at - format), format, value, at + 2);
}

/* Three digits on the safe side: what is told is so. */
static double told_value(double value, bool down) {
    if (!(value > 0.0)) {
        return value;
    }
    double unit = pow(10.0, floor(log10(value)) - 2.0);
    double rounded = (down ? floor(value / unit) : ceil(value / unit)) * unit;
    return fabs(rounded - value) > 1e-9 * value ? rounded : value;
}

/* The side of the turn on which the sentence speaks: where it pays (a plant: where it is built). */
static void set_told(struct why_line *line) {
    const struct break_even *turn = &line->turn;
    double so = turn->pays_now ? turn->at_value : turn->beyond_value;
    double other = turn->pays_now ? turn->beyond_value : turn->at_value;
    line->told_value = turn->found ? told_value(so, so < other) : turn->to_value;
}

static const char *pays_sentence(const struct asking *ask, enum lever lever,
                                 const struct why_line *line) {
    const struct break_even *turn = &line->turn;
    struct arena *arena = ask->arena;
    if (!turn->found) {
        const char *to = value_words(ask, lever, turn->to_value);
        const char *range = lever == LEVER_POWER ? "from a hundredth of what it is to ten times"
                            : turn->to_value < line->lever.value
                                ? arena_format(arena, "from what it is down to %s", to)
                                : arena_format(arena, "from what it is up to %s", to);
        return arena_format(arena,
                            turn->pays_now ? "Together costs less than apart at any %s %s."
                                           : "No %s %s makes together cost less than apart.",
                            lever_words(lever), range);
    }
    if (turn->pays_now) {
        bool upward = turn->beyond_value > turn->at_value;
        return arena_format(
            arena, "Together costs less than apart as long as %s.",
            fill(ask, until_words(ask, lever, upward), value_words(ask, lever, line->told_value)));
    }
    bool upward = turn->beyond_value < turn->at_value; /* it pays on the other side */
    return arena_format(
        arena, "Together would cost less than apart if %s.",
        fill(ask, until_words(ask, lever, upward), value_words(ask, lever, line->told_value)));
}

static enum status add_turn(struct asking *ask, enum lever lever, int instance,
                            struct why_line **ret) {
    struct why_line *line = &ask->why->lines[ask->why->count];
    *ret = NULL;
    if (!lever_moves(ask->accounts->plan, lever, instance)) {
        return STATUS_OK;
    }
    line->lever = (struct lever_at){lever, instance, lever_now_value(ask->accounts->plan, lever)};
    line->is_break_even = true;
    TRY(plan_break_even(ask->accounts->plan, lever, instance, ask->options, &line->turn));
    ask->why->plans += line->turn.plans;
    if (!line->turn.found && line->turn.cut) {
        *line = (struct why_line){0};
        return STATUS_OK;
    }
    ask->why->count++;
    set_told(line);
    *ret = line;
    return STATUS_OK;
}

static enum status add_pays(struct asking *ask, enum lever lever) {
    struct why_line *line = NULL;
    TRY(add_turn(ask, lever, -1, &line));
    if (line) {
        line->sentence = pays_sentence(ask, lever, line);
    }
    return STATUS_OK;
}

/* "$540/kW" */
static const char *unit_price(const struct asking *ask, int i, double ratio) {
    const struct accounts *a = ask->accounts;
    bool energy = strstr(a->scenario->instances[i].kind->capacity, "_kwh") != NULL;
    return arena_format(
        ask->arena, "%s per %s",
        words_money(ask->arena, a->scenario, ratio * plan_unit_capex_money(a->plan, i)),
        energy ? "kWh" : "kW");
}

/* What a person put up for choice, as in reasons.c: not what stands in a hall or a house, nor a town entry's own chiller. */
static bool is_asked(const struct scenario *s, int i) {
    const struct instance *it = &s->instances[i];
    for (int k = 0; k < s->towns_count; k++) {
        size_t size = strlen(s->towns[k].name);
        if (strncmp(it->name, s->towns[k].name, size) == 0 &&
            strcmp(it->name + size, "_chiller") == 0) {
            return false;
        }
    }
    return it->hall < 0 && it->town < 0;
}

/* Its kind, and which of them where there are several. */
static const char *plant_title(const struct asking *ask, int i) {
    const struct scenario *s = ask->accounts->scenario;
    const struct instance *it = &s->instances[i];
    for (int k = 0; k < s->instances_count; k++) {
        if (k != i && s->instances[k].kind == it->kind && is_asked(s, k)) {
            return arena_format(ask->arena, "%s \"%s\"", it->kind->title, it->name);
        }
    }
    return it->kind->title;
}

/* Does its price follow its size? Then what is not built has no price of its own. */
static bool price_by_size(const struct instance *it) {
    static const char *const keys[] = {"capex_money_kw", "capex_money_kwh", "capex_money_m2"};
    for (int k = 0; k < COUNT(keys); k++) {
        if (!isnan(component_number(it->kind, it->self, keys[k], (double)NAN))) {
            return false;
        }
    }
    return it->kind->capex_money || it->kind->cost.points > 1;
}

static enum status add_plant(struct asking *ask, int i) {
    struct why_line *line = NULL;
    struct arena *arena = ask->arena;
    TRY(add_turn(ask, LEVER_PLANT, i, &line));
    if (!line) {
        return STATUS_OK;
    }
    const struct break_even *turn = &line->turn;
    const char *title = plant_title(ask, i);
    const char *now = unit_price(ask, i, 1.0);
    if (!turn->pays_now && price_by_size(&ask->accounts->scenario->instances[i])) {
        line->sentence =
            arena_format(arena,
                         turn->found ? "%s is not built; at %s, whatever its size, it would be."
                                     : "%s is not built even at %s, whatever its size.",
                         title, unit_price(ask, i, line->told_value));
    } else if (!turn->found) {
        line->sentence = turn->pays_now
                             ? arena_format(arena, "%s is built even at %s its price of %s.", title,
                                            times(ask, turn->to_value), now)
                             : arena_format(arena, "%s is not built even at %s its price of %s.",
                                            title, times(ask, turn->to_value), now);
    } else if (turn->pays_now) {
        line->sentence =
            arena_format(arena, "%s is built as long as it costs no more than %s; here %s.", title,
                         unit_price(ask, i, line->told_value), now);
    } else {
        line->sentence = arena_format(arena, "%s is not built at %s; at %s it would be.", title,
                                      now, unit_price(ask, i, line->told_value));
    }
    return STATUS_OK;
}

/* What one step of a lever does to what together costs. Where no plan is found there is nothing to say. */
static enum status add_step(struct asking *ask, enum lever lever, double step, const char *change) {
    const struct plan *plan = ask->accounts->plan;
    struct why_line *line = &ask->why->lines[ask->why->count];
    if (!lever_moves(plan, lever, -1)) {
        return STATUS_OK;
    }
    struct moved moved;
    line->lever = (struct lever_at){lever, -1, lever_now_value(plan, lever)};
    struct lever_at at = line->lever;
    at.value += step;
    enum status status = plan_moved(plan, at, ask->options, &moved);
    ask->why->plans++;
    if (status == STATUS_INFEASIBLE || status == STATUS_UNBOUNDED) {
        return STATUS_OK;
    }
    TRY(status);
    const struct case_plan *now = &plan->cases[CASE_TOGETHER];
    double now_money_year = (now->objective_money + now->gap_money) / plan->scenario->year_frac;
    line->step = step;
    line->step_money_year = moved.together_money_year - now_money_year;
    bool dearer = line->step_money_year >= 0.0;
    bool same = fabs(line->step_money_year) < nothing_ratio * fabs(now_money_year);
    const char *money = words_money(ask->arena, plan->scenario, fabs(line->step_money_year));
    line->sentence = same ? arena_format(ask->arena, "%s the parties nothing.", change)
                          : arena_format(ask->arena, "%s the parties %s a year %s.", change, money,
                                         dearer ? "more" : "less");
    ask->why->count++;
    return STATUS_OK;
}

/* "operator −$1.2 k, heat customers +$3 k" */
static const char *party_words(const struct asking *ask, const struct why_line *line) {
    const struct accounts *a = ask->accounts;
    double scale_money = nothing_ratio * fabs(a->metrics[CASE_TOGETHER].cost_money_year);
    const char *words = "";
    for (int party = 0; party < PARTY_COUNT; party++) {
        double money = line->party_money_year[party];
        if (party != PARTY_SOCIETY && fabs(money) > fmax(1.0, scale_money)) {
            words = arena_format(ask->arena, "%s%s%s %s%s", words, *words ? ", " : "",
                                 party_title((enum party)party), money > 0.0 ? "+" : "",
                                 words_money(ask->arena, a->scenario, money));
        }
    }
    return words;
}

/* A refresh brings other racks: planned and settled anew, party by party. */
static enum status add_racks(struct asking *ask, double step_dk, const char *change) {
    struct why *why = ask->why;
    int before = why->count;
    TRY(add_step(ask, LEVER_SOURCE, step_dk, change));
    if (why->count == before) {
        return STATUS_OK;
    }
    struct why_line *line = &why->lines[before];
    struct lever_at at = line->lever;
    at.value += step_dk;
    struct arena *arena = arena_new(0);
    struct plan *moved = NULL;
    struct accounts *accounts = NULL;
    enum status status = plan_moved_plan(ask->accounts->plan, at, ask->options, arena, &moved);
    status = status == STATUS_OK ? accounts_make(moved, arena, &accounts) : status;
    for (int party = 0; status == STATUS_OK && party < PARTY_COUNT; party++) {
        line->party_money_year[party] = accounts->ledger[CASE_TOGETHER].net_money_year[party] -
                                        ask->accounts->ledger[CASE_TOGETHER].net_money_year[party];
    }
    arena_free(arena);
    TRY(status);
    why->plans++;
    line->by_party = true;
    const char *words = party_words(ask, line);
    if (*words) {
        line->sentence = arena_format(
            ask->arena, "%s A year, at a price of heat agreed anew: %s.%s", line->sentence, words,
            line->step_money_year > 0.0 ? " What covers it: a temperature of the heat guaranteed "
                                          "for the term, or the plant that lifts it paid."
                                        : "");
    }
    return STATUS_OK;
}

enum status account_why(const struct accounts *accounts, const struct plan_options *options,
                        struct arena *arena, struct why **ret) {
    struct why *why = ARENA_TAKE(arena, struct why, 1);
    if (!why || !(why->lines = ARENA_TAKE(arena, struct why_line, LINES_MAX))) {
        return STATUS_NO_MEMORY;
    }
    struct asking ask = {accounts, options, arena, why};
    const struct scenario *s = accounts->scenario;
    bool pair = s->halls_count > 0 && s->towns_count > 0;
    if (pair) {
        TRY(add_pays(&ask, LEVER_POWER));
        TRY(add_pays(&ask, LEVER_FUEL));
        TRY(add_pays(&ask, LEVER_CARBON));
        TRY(add_pays(&ask, LEVER_DISTANCE));
    }
    for (int i = 0, count = 0; i < s->instances_count && count < PLANTS_MAX; i++) {
        if (is_asked(s, i) && lever_moves(accounts->plan, LEVER_PLANT, i)) {
            TRY(add_plant(&ask, i));
            count++;
        }
    }
    TRY(add_step(&ask, LEVER_POWER, price_step_ratio, "Power a hundredth dearer costs"));
    if (accounts->sold_kwh_year > 0.0) {
        TRY(add_step(&ask, LEVER_DISTANCE, trench_step_m,
                     accounts->plan->pipes ? "One km more to the data centre costs"
                                           : "One km more of trench costs"));
        TRY(add_racks(&ask, -source_step_dk, "Racks that give heat 5 K cooler cost"));
        TRY(add_racks(&ask, source_step_dk, "Racks that give heat 5 K hotter cost"));
    }
    *ret = why;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
