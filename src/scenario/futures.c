/* Futures: reading them, and the scenario of each. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/futures.h"

#include <math.h>
#include <string.h>

#include "scenario/change.h"
#include "scenario/keys.h"
#include "scenario/reading.h"

static const double sum_tolerance_frac = 1e-6;

/* ---- reading ---- */

static bool read_set(struct reading *r, const struct node *set, struct future *future) {
    struct scenario_change *changes =
        ARENA_TAKE(r->arena, struct scenario_change, set ? set->count : 0);
    if (set && (set->kind != NODE_MAP || set->count > FUTURE_CHANGES_MAX)) {
        reading_wrong_kind(r, set, "set", "a map of at most 40 paths",
                           "{fuel.gas_money_kwh: 0.06}");
        return false;
    }
    for (int k = 0; changes && set && k < set->count; k++) {
        const struct node *value = set->children[k];
        if (value->kind != NODE_SCALAR) {
            reading_wrong_kind(r, value, set->keys[k], "a number or a word", "0.06");
            return false;
        }
        changes[k] = (struct scenario_change){set->keys[k], value->text, value->place, true};
        future->changes_count++;
    }
    future->changes = changes;
    return changes != NULL;
}

static bool read_future(struct reading *r, const struct node *entry, struct future *future) {
    if (entry->kind != NODE_MAP) {
        reading_wrong_kind(r, entry, "futures", "a map of keys and values",
                           "[{name: dear_gas, set: {fuel.gas_money_kwh: 0.06}}]");
        return false;
    }
    if (!reading_section(r, entry, "futures")) {
        return false;
    }
    future->place = entry->place;
    future->name = reading_text(r, entry, "name", NULL);
    future->probability_frac = reading_key_value(r, entry, "futures", "probability_frac");
    if (!future->name) {
        diag_error(r->diag, entry->place, "futures: name is missing");
        diag_remedy(r->diag, "add  name: dear_gas");
        return false;
    }
    return read_set(r, document_find(entry, "set"), future);
}

/* All given, with the sum 1, or none. */
static bool share_probability(struct reading *r, struct futures *futures) {
    double sum_frac = 0.0;
    int given = 0;
    for (int k = 0; k < futures->count; k++) {
        bool is_given = !isnan(futures->future[k].probability_frac);
        given += is_given;
        sum_frac += is_given ? futures->future[k].probability_frac : 0.0;
    }
    for (int k = 0; given == 0 && k < futures->count; k++) {
        futures->future[k].probability_frac = 1.0 / futures->count;
    }
    if (given > 0 && (given < futures->count || fabs(sum_frac - 1.0) > sum_tolerance_frac)) {
        diag_error(r->diag, futures->place,
                   "futures: %d of %d have a probability_frac, together %.6g", given,
                   futures->count, sum_frac);
        diag_remedy(r->diag, "give one to each, together 1, or to none");
        return false;
    }
    return true;
}

/* Each future in each weather year. */
static bool multiply_weather(struct reading *r, const struct node *map, struct futures *futures) {
    int years = document_find(map, "weather_years")
                    ? reading_key_whole(r, map, "robust", "weather_years")
                    : 0;
    int count = futures->count;
    if (years <= 0) {
        return true;
    }
    if ((long)count * years > FUTURES_MAX) {
        diag_error(r->diag, map->place,
                   "robust: %d futures in %d weather years are %ld, more than %d", count, years,
                   (long)count * years, FUTURES_MAX);
        diag_remedy(r->diag, "take fewer of either");
        return false;
    }
    for (int k = count * years - 1; k >= 0; k--) {
        struct future future = futures->future[k / years];
        future.weather_year = 1 + k % years;
        future.probability_frac /= years;
        future.name = count > 1 ? arena_format(r->arena, "%s %d", future.name, 1 + k % years)
                                : arena_format(r->arena, "weather %d", 1 + k % years);
        futures->future[k] = future;
    }
    futures->count = count * years;
    return true;
}

const struct futures *futures_read(struct reading *r) {
    const struct node *list = document_find(r->root, "futures"),
                      *map = document_find(r->root, "robust");
    struct futures *futures = list || map ? ARENA_TAKE(r->arena, struct futures, 1) : NULL;
    if (!futures || (map && !reading_section(r, map, "robust"))) {
        return NULL;
    }
    if (list && (list->kind != NODE_LIST || list->count < 1 || list->count > FUTURES_MAX)) {
        reading_wrong_kind(r, list, "futures", "a list of 1 to 60 futures",
                           "[{name: as_given}, {name: dear_gas, set: {fuel.gas_money_kwh: 0.06}}]");
        return NULL;
    }
    futures->place = list ? list->place : map->place;
    futures->objective =
        map ? (enum robust_objective)reading_key_word(r, map, "robust", "objective")
            : ROBUST_EXPECTED;
    futures->tail_frac = map ? reading_key_value(r, map, "robust", "tail_frac") : 1.0;
    futures->limit_money_year =
        map ? reading_key_value(r, map, "robust", "limit_money_year") : (double)NAN;
    futures->count = list ? list->count : 1;
    futures->future[0] = (struct future){.name = "as_given", .probability_frac = 1.0};
    bool good = true;
    for (int k = 0; list && k < list->count; k++) {
        futures->future[k] = (struct future){0};
        good = read_future(r, list->children[k], &futures->future[k]) && good;
    }
    good = good && share_probability(r, futures) && (!map || multiply_weather(r, map, futures));
    return good ? futures : NULL;
}

/* ---- the scenario of a future ---- */

enum status futures_scenario(const struct scenario *scenario, int future, struct arena *arena,
                             struct diag *diag, struct scenario **ret) {
    const struct future *it = &scenario->futures->future[future];
    const struct scenario_source *source = &scenario->source;
    int count = source->changes_count;
    struct scenario_change *changes =
        ARENA_TAKE(arena, struct scenario_change, count + it->changes_count + 1);
    struct diag *own = diag_new(arena);
    if (!changes || !own) {
        return STATUS_NO_MEMORY;
    }
    if (count > 0) {
        memcpy(changes, source->changes, (size_t)count * sizeof *changes);
    }
    for (int k = 0; k < it->changes_count; k++) {
        changes[count++] = it->changes[k];
    }
    if (it->weather_year > 0) {
        changes[count++] = (struct scenario_change){
            "place.weather_year", arena_format(arena, "%d", it->weather_year), it->place, true};
    }
    enum status status = scenario_parse_changed(arena, own, scenario->file, source->text,
                                                source->size, changes, count, ret);
    if (status != STATUS_OK) {
        diag_append(diag, own);
        diag_error(diag, it->place, "futures: so \"%s\" can not be planned", it->name);
        diag_remedy(diag, "look at what it sets");
        return status;
    }
    (*ret)->futures = NULL; /* a year of its own */
    (*ret)->name = arena_format(arena, "%s, %s", scenario->name, it->name);
    return STATUS_OK;
}
