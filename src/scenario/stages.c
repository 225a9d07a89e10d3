/* Stages: reading them, and the scenario of each. A law of growth starts at the number that the scenario writes, in the first
   stage's year; what a path leads to is read once more for every stage, with all checks of a scenario. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/stages.h"

#include <math.h>
#include <string.h>

#include "physics/growth.h"
#include "scenario/change.h"
#include "scenario/keys.h"
#include "scenario/reading.h"

enum manner {
    LAW_COMPOUND,
    LAW_LINEAR,
    LAW_LOGISTIC,
    LAW_GOMPERTZ,
    LAW_FLOOR,
    LAW_BASS,
    LAW_PIPELINE,
    LAW_NEW_SUPPLY,
    LAWS
};
/* The keys that a law cannot do without, and how it is written. */
static const struct {
    const char *needs[3], *example;
} manners[LAWS] = {
    [LAW_COMPOUND] = {{"rate_frac"}, "law: compound, rate_frac: 0.02"},
    [LAW_LINEAR] = {{"rate_frac"}, "law: linear, rate_frac: 0.125"},
    [LAW_LOGISTIC] = {{"rate_frac", "cap_ratio"}, "law: logistic, rate_frac: 0.2, cap_ratio: 3"},
    [LAW_GOMPERTZ] = {{"rate_frac", "cap_ratio"}, "law: gompertz, rate_frac: 0.2, cap_ratio: 3"},
    [LAW_FLOOR] = {{"rate_frac", "cap_ratio"}, "law: floor, rate_frac: 0.03, cap_ratio: 0.7"},
    [LAW_BASS] = {{"innovation_frac", "imitation_frac", "cap_ratio"},
                  "law: bass, innovation_frac: 0.03, imitation_frac: 0.38, cap_ratio: 4"},
    [LAW_PIPELINE] = {{"requested_kw"}, "law: pipeline, requested_kw: [30000, 10000, 5000, 0]"},
    [LAW_NEW_SUPPLY] = {{NULL}, "law: new_supply, fossil_frac: 0.6"},
};
static const int year_first = 2000, year_last = 2150;

double stages_span_year(const struct stages *stages, int stage) {
    int year = stage < stages->count ? stages->year[stage] : stages->until_year;
    return (double)year - stages->year[0];
}

/* A law as it is written, by the keys of stage_changes. */
struct growth {
    enum manner law;
    double rate_frac, cap_ratio, innovation_frac, imitation_frac;
    double requested_kw[GROWTH_STAGES], odds_frac[GROWTH_STAGES], ramp_year;
    double fossil_frac, fossil_kgco2_kwh, renewable_kgco2_kwh;
};

/* What a first value becomes. */
static double grown_value(const struct growth *by, double first_value, double span_year) {
    switch (by->law) {
    case LAW_COMPOUND:
        return first_value * growth_compound_ratio(by->rate_frac, span_year);
    case LAW_LINEAR:
        return first_value * growth_linear_ratio(by->rate_frac, span_year);
    case LAW_LOGISTIC:
        return first_value * growth_logistic_ratio(by->cap_ratio, by->rate_frac, span_year);
    case LAW_GOMPERTZ:
        return first_value * growth_gompertz_ratio(by->cap_ratio, by->rate_frac, span_year);
    case LAW_FLOOR:
        return first_value * growth_floor_ratio(by->cap_ratio, by->rate_frac, span_year);
    case LAW_BASS:
        return first_value *
               (1.0 + (by->cap_ratio - 1.0) *
                          growth_bass_frac(by->innovation_frac, by->imitation_frac, span_year));
    case LAW_PIPELINE:
        return first_value + growth_pipeline_kw(by->requested_kw, by->odds_frac) *
                                 growth_ramp_frac(by->ramp_year, span_year);
    case LAW_NEW_SUPPLY:
        return growth_supply_kgco2_kwh(by->fossil_frac, by->fossil_kgco2_kwh,
                                       by->renewable_kgco2_kwh);
    case LAWS:
        break;
    }
    return first_value;
}

static const char *number_text(struct arena *arena, double value) {
    char text[TEXT_NUMBER_SIZE];
    (void)text_from_number(text, value);
    return arena_text(arena, text);
}

/* ---- reading ---- */

static bool read_years(struct reading *r, const struct node *map, struct stages *stages) {
    const struct node *years = document_find(map, "years");
    if (!years || years->kind != NODE_LIST || years->count < 1) {
        reading_wrong_kind(r, years ? years : map, "years", "a list of years",
                           "[2026, 2030, 2035, 2040, 2045, 2050]");
        return false;
    }
    if (years->count > STAGES_MAX) {
        diag_error(r->diag, years->place, "years: %d stages, more than %d", years->count,
                   STAGES_MAX);
        diag_remedy(r->diag, "let a stage stand for more years");
        return false;
    }
    for (int k = 0; k < years->count; k++) {
        double year = 0.0;
        const struct node *node = years->children[k];
        if (!reading_scalar(r, node, "years", year_first, year_last, &year)) {
            return false;
        }
        if (year != floor(year) || (k > 0 && year <= stages->year[k - 1])) {
            diag_error(r->diag, node->place, "years: %s is no whole year after the one before",
                       node->text);
            diag_remedy(r->diag, "write years in their order");
            return false;
        }
        stages->year[k] = (int)year;
    }
    stages->count = years->count;
    return true;
}

/* Not given: the plan's life, or as long as the stage before where that has run out by then. */
static bool read_end(struct reading *r, const struct node *map, struct stages *stages) {
    const struct node *node = document_find(map, "until_year");
    int last = stages->year[stages->count - 1];
    int before = stages->count > 1 ? stages->year[stages->count - 2] : last - 1;
    int life = stages->year[0] + (int)lround(r->s->life_year);
    stages->until_year = node          ? reading_key_whole(r, map, "stages", "until_year")
                         : life > last ? life
                                       : last + (last - before);
    if (stages->until_year <= last) {
        diag_error(r->diag, node ? node->place : map->place,
                   "until_year: %d is not after the last stage, %d", stages->until_year, last);
        diag_remedy(r->diag, "give the first year that is no longer planned");
        return false;
    }
    return true;
}

static const char *base_text(struct reading *r, const struct node *entry, const char *path) {
    const struct node *node = change_find(r->root, path);
    if (!node || node->kind != NODE_SCALAR) {
        diag_error(r->diag, entry->place, "stage_changes: %s: no number is written there", path);
        diag_remedy(r->diag, "write the number of the first stage there, or give  values: [...]");
        return NULL;
    }
    return node->text;
}

/* Four numbers, by how far a project has come. */
static bool read_by_stage(struct reading *r, const struct node *entry, const char *key,
                          double most_value, double ret[GROWTH_STAGES]) {
    const struct node *list = document_find(entry, key);
    bool good = list && list->kind == NODE_LIST && list->count == GROWTH_STAGES;
    if (list && !good) {
        reading_wrong_kind(r, list, key, "a list of inquiry, study, contract, construction",
                           "[30000, 10000, 5000, 0]");
    }
    for (int k = 0; good && k < GROWTH_STAGES; k++) {
        good = reading_scalar(r, list->children[k], key, 0.0, most_value, &ret[k]);
    }
    return good || !list;
}

static bool read_growth(struct reading *r, const struct node *entry, struct growth *by) {
    static const char section[] = "stage_changes";
    *by = (struct growth){
        .law = (enum manner)reading_key_word(r, entry, section, "law"),
        .rate_frac = reading_key_value(r, entry, section, "rate_frac") *
                     reading_key_value(r, entry, section, "rate_multiplier_ratio"),
        .cap_ratio = reading_key_value(r, entry, section, "cap_ratio"),
        .innovation_frac = reading_key_value(r, entry, section, "innovation_frac"),
        .imitation_frac = reading_key_value(r, entry, section, "imitation_frac"),
        .odds_frac = {0.075, 0.25, 0.7, 0.95}, /* recalled: physics/growth.cases */
        .ramp_year = reading_key_value(r, entry, section, "ramp_year"),
        .fossil_frac = reading_key_value(r, entry, section, "fossil_frac"),
        .fossil_kgco2_kwh = reading_key_value(r, entry, section, "fossil_kgco2_kwh"),
        .renewable_kgco2_kwh = reading_key_value(r, entry, section, "renewable_kgco2_kwh")};
    for (int k = 0; k < COUNT(manners[by->law].needs) && manners[by->law].needs[k]; k++) {
        if (!document_find(entry, manners[by->law].needs[k])) {
            diag_error(r->diag, entry->place, "stage_changes: %s is missing",
                       manners[by->law].needs[k]);
            diag_remedy(r->diag, "write  {path: ..., %s}", manners[by->law].example);
            return false;
        }
    }
    return read_by_stage(r, entry, "requested_kw", 1e9, by->requested_kw) &&
           read_by_stage(r, entry, "odds_frac", 1.0, by->odds_frac);
}

static bool by_law(struct reading *r, const struct node *entry, const struct stages *stages,
                   struct stage_change *change) {
    const char *text = base_text(r, entry, change->path);
    double first = 0.0;
    struct growth by;
    if (text && !text_number(text, strlen(text), &first)) {
        diag_error(r->diag, entry->place, "stage_changes: %s is \"%.40s\", no number", change->path,
                   text);
        diag_remedy(r->diag, "give  values: [...]  or  {from_year: YEAR, to: VALUE}");
        return false;
    }
    int errors = diag_errors(r->diag);
    if (!text || !read_growth(r, entry, &by) || diag_errors(r->diag) > errors) {
        return false;
    }
    for (int k = 0; k < stages->count; k++) {
        change->text[k] =
            number_text(r->arena, grown_value(&by, first, stages_span_year(stages, k)));
    }
    return true;
}

static bool by_table(struct reading *r, const struct node *values, const struct stages *stages,
                     struct stage_change *change) {
    bool good = values->kind == NODE_LIST && values->count == stages->count;
    for (int k = 0; good && k < stages->count; k++) {
        good = values->children[k]->kind == NODE_SCALAR;
        change->text[k] = values->children[k]->text;
    }
    if (!good) {
        diag_error(r->diag, values->place, "values: one value for each of the %d stages is wanted",
                   stages->count);
        diag_remedy(r->diag, "write  values: [...]  in the order of the years");
    }
    return good;
}

static bool by_step(struct reading *r, const struct node *entry, const struct stages *stages,
                    struct stage_change *change) {
    const struct node *to = document_find(entry, "to");
    int from_year = reading_key_whole(r, entry, "stage_changes", "from_year");
    if (!to || to->kind != NODE_SCALAR || !document_find(entry, "from_year")) {
        diag_error(r->diag, entry->place,
                   "stage_changes: neither a law, nor values, nor from_year and to");
        diag_remedy(r->diag, "write  {path: %s, from_year: 2035, to: VALUE}", change->path);
        return false;
    }
    for (int k = 0; k < stages->count; k++) {
        change->text[k] = stages->year[k] >= from_year ? to->text : NULL;
    }
    return true;
}

static bool read_change(struct reading *r, const struct node *entry, struct stages *stages) {
    struct stage_change *change = &stages->changes[stages->changes_count];
    const struct node *values = document_find(entry, "values");
    if (entry->kind != NODE_MAP) {
        reading_wrong_kind(r, entry, "stage_changes", "a map of keys and values",
                           "[{path: PATH, law: compound, rate_frac: 0.02}]");
        return false;
    }
    reading_section(r, entry, "stage_changes");
    *change = (struct stage_change){reading_text(r, entry, "path", NULL), entry->place,
                                    ARENA_TAKE(r->arena, const char *, stages->count)};
    if (!change->path || !change->text) {
        diag_error(r->diag, entry->place, "stage_changes: path is missing");
        diag_remedy(r->diag, "add  path: data_centre.NAME.it_kw,  or of another number");
        return false;
    }
    stages->changes_count++;
    return document_find(entry, "law") ? by_law(r, entry, stages, change)
           : values                    ? by_table(r, values, stages, change)
                                       : by_step(r, entry, stages, change);
}

const struct stages *stages_read(struct reading *r) {
    const struct node *map = document_find(r->root, "stages"),
                      *list = document_find(r->root, "stage_changes");
    struct stages *stages = map ? ARENA_TAKE(r->arena, struct stages, 1) : NULL;
    if (!map && list) {
        diag_error(r->diag, list->place, "stage_changes: there are no stages");
        diag_remedy(r->diag, "add  stages: {years: [2026, 2030, 2035, 2040, 2045, 2050]}");
    }
    if (!stages || !reading_section(r, map, "stages") || !read_years(r, map, stages) ||
        !read_end(r, map, stages)) {
        return NULL;
    }
    stages->place = map->place;
    if (list && (list->kind != NODE_LIST || list->count > STAGE_CHANGES_MAX)) {
        reading_wrong_kind(r, list, "stage_changes", "a list of at most 60 changes",
                           "[{path: PATH, law: compound, rate_frac: 0.02}]");
        return NULL;
    }
    stages->changes = ARENA_TAKE(r->arena, struct stage_change, list ? list->count : 0);
    bool good = stages->changes != NULL;
    for (int k = 0; good && list && k < list->count; k++) {
        good = read_change(r, list->children[k], stages) && good;
    }
    return good ? stages : NULL;
}

/* ---- the scenario of a stage ---- */

enum status stages_scenario(const struct scenario *scenario, int stage, struct arena *arena,
                            struct diag *diag, struct scenario **ret) {
    const struct stages *stages = scenario->stages;
    const struct scenario_source *source = &scenario->source;
    int count = source->changes_count;
    struct scenario_change *changes =
        ARENA_TAKE(arena, struct scenario_change, count + stages->changes_count);
    struct diag *own = diag_new(arena);
    if (!changes || !own) {
        return STATUS_NO_MEMORY;
    }
    if (count > 0) {
        memcpy(changes, source->changes, (size_t)count * sizeof *changes);
    }
    for (int k = 0; k < stages->changes_count; k++) {
        const struct stage_change *change = &stages->changes[k];
        if (change->text[stage]) {
            changes[count++] =
                (struct scenario_change){change->path, change->text[stage], change->place, true};
        }
    }
    enum status status = scenario_parse_changed(arena, own, scenario->file, source->text,
                                                source->size, changes, count, ret);
    if (status != STATUS_OK) {
        diag_append(diag, own);
        diag_error(diag, stages->place, "stages: so the year %d can not be planned",
                   stages->year[stage]);
        diag_remedy(diag, "look at what stage_changes put there");
        return status;
    }
    (*ret)->stages = NULL; /* a year of its own */
    (*ret)->name = arena_format(arena, "%s, %d", scenario->name, stages->year[stage]);
    return STATUS_OK;
}
