/* The top of a scenario: places, money, horizon, contract, requirements; then the sections that
   make instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/text.h"
#include "base/units.h"
#include "scenario/money.h"
#include "scenario/reading.h"
#include "scenario/table.h"

enum { SERIES_BYTES_MAX = 64 << 20, WEATHER_BYTES_MAX = 16 << 20 };

void reading_note(struct reading *r, const char *format, ...) {
    va_list list;
    va_start(list, format);
    const char *text = arena_format_list(r->arena, format, list);
    va_end(list);
    if (text && r->s->notes_count < NOTES_MAX) {
        r->notes[r->s->notes_count++] = text;
    }
}

void reading_check_keys(struct reading *r, const struct node *map, const char *where,
                        const char *const *known, int count) {
    if (map && map->kind != NODE_MAP) {
        diag_error(r->diag, map->place, "%s must be a map of keys and values", where);
        diag_remedy(r->diag, "write  %s: {key: value}", where);
        return;
    }
    for (int k = 0; map && k < map->count; k++) {
        bool good = false;
        for (int n = 0; n < count && !good; n++) {
            good = strcmp(map->keys[k], known[n]) == 0;
        }
        if (!good) {
            const char *near = diag_nearest(map->keys[k], known, count);
            diag_error(r->diag, map->key_places[k], "%s: unknown key \"%s\"", where, map->keys[k]);
            if (near) {
                diag_remedy(r->diag, "did you mean %s?", near);
            } else {
                diag_remedy(r->diag, "`hearth explain` lists what may stand here");
            }
        }
    }
}

/* "5 MW" and the like: the number and what stands behind it. */
static bool looks_like_unit(const char *text, double *ret_number) {
    size_t k = strlen(text);
    while (k > 0 && !text_number(text, k, ret_number)) {
        k--;
    }
    return k > 0 && text[k] != '\0';
}

bool reading_scalar(struct reading *r, const struct node *node, const char *key, double min,
                    double max, double *ret_value) {
    double value = 0.0;
    const struct unit *unit = units_of_name(key);
    const char *symbol = unit ? unit->symbol : "1";
    if (node->kind != NODE_SCALAR || !text_number(node->text, strlen(node->text), &value)) {
        diag_error(r->diag, node->place, "%s: %s%.40s%s is no number", key,
                   node->kind == NODE_SCALAR ? "\"" : "",
                   node->kind == NODE_SCALAR ? node->text
                   : node->kind == NODE_NULL ? "nothing"
                                             : "this",
                   node->kind == NODE_SCALAR ? "\"" : "");
        if (node->kind == NODE_SCALAR && looks_like_unit(node->text, &value)) {
            diag_remedy(r->diag, "the unit is in the key: write the plain number in %s", symbol);
        } else {
            diag_remedy(r->diag, "write a finite decimal number in %s", symbol);
        }
        return false;
    }
    if (!(value >= min && value <= max)) {
        char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE], found[TEXT_NUMBER_SIZE];
        (void)text_from_number(low, min);
        (void)text_from_number(high, max);
        (void)text_from_number(found, value);
        diag_error(r->diag, node->place, "%s: %s is outside %s..%s %s", key, found, low, high,
                   symbol);
        diag_remedy(r->diag, "write a number from %s to %s, in %s", low, high, symbol);
        return false;
    }
    *ret_value = value;
    return true;
}

double reading_number(struct reading *r, const struct node *map, const char *key, double fallback,
                      double min, double max) {
    const struct node *node = document_find(map, key);
    double value = fallback;
    if (!node) {
        if (isinf(fallback) && map) {
            diag_error(r->diag, map->place, "%s is missing", key);
            diag_remedy(r->diag, "add  %s: NUMBER", key);
        }
        return isinf(fallback) ? min : fallback;
    }
    return reading_scalar(r, node, key, min, max, &value) ? value
           : isinf(fallback)                              ? min
                                                          : fallback;
}

const char *reading_text(struct reading *r, const struct node *map, const char *key,
                         const char *fallback) {
    const struct node *node = document_find(map, key);
    if (!node) {
        return fallback;
    }
    if (node->kind != NODE_SCALAR) {
        diag_error(r->diag, node->place, "%s must be a text", key);
        diag_remedy(r->diag, "write  %s: some text", key);
        return fallback;
    }
    return node->text;
}

int reading_word(struct reading *r, const struct node *map, const char *key,
                 const char *const *words, int count, int fallback) {
    const char *text = reading_text(r, map, key, NULL);
    if (!text) {
        return fallback;
    }
    for (int k = 0; k < count; k++) {
        if (strcmp(words[k], text) == 0) {
            return k;
        }
    }
    const char *near = diag_nearest(text, words, count);
    struct text_buffer all;
    text_buffer_init(&all, r->arena);
    for (int k = 0; k < count; k++) {
        text_add(&all, k ? ", " : "");
        text_add(&all, words[k]);
    }
    diag_error(r->diag, document_find(map, key)->place, "%s: \"%.60s\" is none of: %s", key, text,
               all.data ? all.data : "");
    diag_remedy(r->diag, near ? "did you mean %s?" : "choose one of them%s", near ? near : "");
    return fallback;
}

bool reading_flag(struct reading *r, const struct node *map, const char *key, bool fallback) {
    static const char *const words[] = {"false", "true", "no", "yes"};
    int word = reading_word(r, map, key, words, COUNT(words), fallback ? 1 : 0);
    return word % 2 == 1;
}

static void remember_file(struct reading *r, const char *path, const char *role, const char *text,
                          size_t size) {
    struct scenario *s = r->s;
    for (int k = 0; k < s->files_count; k++) {
        if (strcmp(s->files[k].path, path) == 0) {
            return;
        }
    }
    if (s->files_count < COUNT(s->files)) {
        struct hash hash;
        hash_init(&hash);
        hash_add(&hash, text, size);
        s->files[s->files_count].path = arena_text(r->arena, path);
        s->files[s->files_count].role = role;
        hash_hex(&hash, s->files[s->files_count].sha256);
        s->files_count++;
    }
}

/* The rows of a file for the steps of the horizon: a year's or the horizon's, hourly or by step. */
static const double *fitted_value(struct reading *r, const struct node *node, const char *file,
                                  const double *value, int count, bool repeat) {
    const struct calendar *c = &r->s->calendar;
    int steps = calendar_steps(c), per_h = (int)lround(1.0 / c->step_h), hours = c->days * 24;
    int year_h = 24 * calendar_year_days(c), first_h = 24 * c->first_day;
    bool whole = count == year_h || count == year_h * per_h;
    bool hourly = count == hours || count == year_h;
    if (count != hours && count != steps && !whole) {
        diag_error(r->diag, node->place, "%s has %d rows; the year has %d, the horizon %d steps",
                   file, count, year_h * per_h, steps);
        diag_remedy(r->diag, "give one row per step of the year or of the horizon");
        return NULL;
    }
    if (hourly && per_h > 1 && !repeat) {
        diag_error(r->diag, node->place, "%s is hourly, but step_h is below 1", file);
        diag_remedy(r->diag, "add  repeat: true  to use each hour for all its steps");
        return NULL;
    }
    double *fitted = ARENA_TAKE(r->arena, double, steps);
    for (int t = 0; fitted && t < steps; t++) {
        int from = whole ? first_h * (hourly ? 1 : per_h) : 0;
        fitted[t] = value[from + (hourly ? t / per_h : t)];
    }
    return fitted;
}

bool reading_series(struct reading *r, const struct node *node, const char *key, double min,
                    double max, const double **ret_value) {
    static const char *const known[] = {"file", "column", "unit", "repeat", "align"};
    reading_check_keys(r, node, key, known, COUNT(known));
    const char *file = reading_text(r, node, "file", NULL),
               *column = reading_text(r, node, "column", NULL);
    const char *unit = reading_text(r, node, "unit", NULL);
    const struct unit *own = units_of_name(key);
    if (!file || !column || !unit) {
        diag_error(r->diag, node->place, "%s: a series needs file, column and unit", key);
        diag_remedy(r->diag, "write  %s: {file: data.csv, column: NAME, unit: %s}", key,
                    own ? own->suffix : "ratio");
        return false;
    }
    if (!own || strcmp(unit, own->suffix) != 0) {
        diag_error(r->diag, document_find(node, "unit")->place,
                   "%s: the unit \"%.30s\" is not that of the key", key, unit);
        diag_remedy(r->diag, "convert the file to %s and write  unit: %s", own ? own->symbol : "1",
                    own ? own->suffix : "ratio");
        return false;
    }
    const char *path = file_beside(r->arena, r->file, file);
    char *text = NULL;
    size_t size = 0;
    double *value = NULL;
    int count = 0;
    struct place place = document_find(node, "file")->place;
    if (!path ||
        file_read(r->arena, r->diag, place, path, SERIES_BYTES_MAX, &text, &size) != STATUS_OK) {
        return false;
    }
    remember_file(r, path, "series", text, size);
    if (table_column(r->arena, r->diag, document_find(node, "column")->place, path, text, size,
                     column, &value, &count) != STATUS_OK) {
        return false;
    }
    const double *fitted =
        fitted_value(r, node, file, value, count, reading_flag(r, node, "repeat", false));
    for (int t = 0; fitted && t < calendar_steps(&r->s->calendar); t++) {
        if (!(fitted[t] >= min && fitted[t] <= max)) {
            diag_error(r->diag, node->place, "%s: step %d of %s is outside its range", key, t + 1,
                       file);
            diag_remedy(r->diag, "check the unit of the column");
            return false;
        }
    }
    *ret_value = fitted;
    return fitted != NULL;
}

const char *reading_plain_name(struct reading *r, const struct node *node) {
    const char *text = node->kind == NODE_SCALAR ? node->text : "";
    size_t size = strlen(text);
    bool good = size > 0 && size <= 60;
    for (size_t k = 0; k < size; k++) {
        char c = text[k];
        good = good && ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                        (c >= '0' && c <= '9') || c == '_' || c == '-');
    }
    if (!good) {
        diag_error(r->diag, node->place, "a name has letters, digits, _ and -, at most 60 of them");
        diag_remedy(r->diag, "write  name: carrier_hotel");
        return NULL;
    }
    return text;
}

static enum status read_horizon(struct reading *r) {
    static const char *const known[] = {"from", "days"};
    const struct node *horizon = document_find(r->root, "horizon");
    reading_check_keys(r, horizon, "horizon", known, COUNT(known));
    double step_h = reading_number(r, r->root, "step_h", 1.0, 0.25, 1.0);
    const struct node *step = document_find(r->root, "step_h");
    if (step && step_h != 1.0 && step_h != 0.5 && step_h != 0.25) {
        diag_error(r->diag, step->place, "step_h: only 1, 0.5 and 0.25 are possible");
        diag_remedy(r->diag, "write  step_h: 0.25");
        return STATUS_BAD_SCENARIO;
    }
    if (!horizon) {
        double year =
            reading_number(r, document_find(r->root, "money"), "year", 2024.0, 2000.0, 2100.0);
        return calendar_whole_year(&r->s->calendar, (int)year, step_h);
    }
    int year = 0, month = 0, day = 0;
    const struct node *from = document_find(horizon, "from");
    double days = reading_number(r, horizon, "days", HUGE_VAL, 1.0, 366.0);
    if (!from || from->kind != NODE_SCALAR ||
        !calendar_read_date(from->text, &year, &month, &day)) {
        diag_error(r->diag, from ? from->place : horizon->place, "horizon: from must be a date");
        diag_remedy(r->diag, "write  horizon: {from: 2024-01-01, days: 31}");
        return STATUS_BAD_SCENARIO;
    }
    if (calendar_init(&r->s->calendar, year, month, day, (int)days, step_h) != STATUS_OK) {
        diag_error(r->diag, horizon->place,
                   "horizon: it must lie within one year from 1900 to 2200");
        diag_remedy(r->diag, "shorten days, or begin earlier");
        return STATUS_BAD_SCENARIO;
    }
    return STATUS_OK;
}

static enum status read_weather(struct reading *r, const struct node *place_node) {
    const struct node *file = document_find(place_node, "weather"),
                      *name = document_find(place_node, "climate");
    struct scenario *s = r->s;
    s->warming_dk = reading_number(r, place_node, "warming_dk", 0.0, -5.0, 15.0);
    if (file && name) {
        diag_error(r->diag, name->place, "place: climate and weather are both given");
        diag_remedy(r->diag, "keep one of them");
        return STATUS_BAD_SCENARIO;
    }
    if (file) {
        char *text = NULL;
        size_t size = 0;
        const char *path =
            file->kind == NODE_SCALAR ? file_beside(r->arena, r->file, file->text) : NULL;
        if (!path) {
            diag_error(r->diag, file->place, "place: weather must name a file");
            diag_remedy(r->diag, "write  weather: SITE.epw");
            return STATUS_BAD_SCENARIO;
        }
        TRY(file_read(r->arena, r->diag, file->place, path, WEATHER_BYTES_MAX, &text, &size));
        remember_file(r, path, "weather", text, size);
        diag_file(r->diag, path, text, size);
        TRY(climate_epw(r->arena, r->diag, path, text, size, s->calendar.year, s->warming_dk,
                        &s->climate));
    } else {
        if (!name || name->kind != NODE_SCALAR) {
            diag_error(r->diag, place_node ? place_node->place : r->root->place,
                       "place: climate is missing");
            diag_remedy(r->diag,
                        "write  place: {climate: seattle}  or  place: {weather: SITE.epw}");
            return STATUS_BAD_SCENARIO;
        }
        TRY(climate_builtin(r->arena, r->diag, name->place, name->text, s->calendar.year,
                            s->warming_dk, &s->climate));
    }
    if (s->climate.warning) {
        reading_note(r, "%s", s->climate.warning);
    }
    if (s->climate.approximate) {
        reading_note(r,
                     "The climate of %s is approximate: its figures were not checked against a "
                     "weather file.",
                     s->climate.title);
    }
    return STATUS_OK;
}

static enum status read_place(struct reading *r) {
    static const char *const known[] = {"climate", "weather", "ground_c", "warming_dk", "name"};
    const struct node *place = document_find(r->root, "place");
    reading_check_keys(r, place, "place", known, COUNT(known));
    TRY(read_horizon(r));
    TRY(read_weather(r, place));
    double mean_c = 0.0;
    for (int h = 0; h < r->s->climate.year.count; h++) {
        mean_c += r->s->climate.year.outdoor_c[h] / r->s->climate.year.count;
    }
    r->s->ground_mean_c = reading_number(r, place, "ground_c", mean_c, -5.0, 35.0);
    r->s->year_frac = r->s->calendar.days / (double)calendar_year_days(&r->s->calendar);
    return STATUS_OK;
}

static void read_money(struct reading *r) {
    static const char *const known[] = {"currency",  "year",         "discount_frac",
                                        "life_year", "carbon_price", "sales_tax_frac"};
    static const char *const carbon_known[] = {"paid_money_kg", "shadow_money_kg"};
    const struct node *money = document_find(r->root, "money"),
                      *carbon = document_find(money, "carbon_price");
    struct scenario *s = r->s;
    reading_check_keys(r, money, "money", known, COUNT(known));
    reading_check_keys(r, carbon, "carbon_price", carbon_known, COUNT(carbon_known));
    s->currency = reading_text(r, money, "currency", "EUR");
    s->money_year = (int)reading_number(r, money, "year", 2024.0, 2015.0, 2025.0);
    s->discount_frac = reading_number(r, money, "discount_frac", 0.05, -0.05, 0.5);
    s->life_year = reading_number(r, money, "life_year", 25.0, 1.0, 100.0);
    s->sales_tax_frac = reading_number(r, money, "sales_tax_frac", 0.0, 0.0, 0.5);
    s->carbon_paid_money_kg = reading_number(r, carbon, "paid_money_kg", 0.0, 0.0, 10.0);
    s->carbon_shadow_money_kg = reading_number(r, carbon, "shadow_money_kg", 0.0, 0.0, 10.0);
    if (!money_currency_known(s->currency)) {
        diag_error(r->diag, document_find(money, "currency")->place,
                   "currency: no exchange rates for \"%.20s\"", s->currency);
        diag_remedy(r->diag, "the catalogue knows %s", money_currencies());
    }
}

static void read_contract(struct reading *r) {
    static const char *const known[] = {"model", "share_frac", "price_money_kwh", "term_year",
                                        "source_heat_money_kwh"};
    static const char *const models[] = {"shared_savings", "cost_plus", "free", "fixed_price"};
    const struct node *contract = document_find(r->root, "heat_contract");
    struct scenario *s = r->s;
    reading_check_keys(r, contract, "heat_contract", known, COUNT(known));
    static const enum heat_contract_model by_word[] = {CONTRACT_SHARED_SAVINGS, CONTRACT_COST_PLUS,
                                                       CONTRACT_FREE, CONTRACT_FIXED_PRICE};
    s->contract = by_word[reading_word(r, contract, "model", models, COUNT(models), 0)];
    s->contract_share_frac = reading_number(
        r, contract, "share_frac", s->contract == CONTRACT_COST_PLUS ? 0.0 : 0.5, 0.0, 1.0);
    s->contract_price_money_kwh =
        reading_number(r, contract, "price_money_kwh", (double)NAN, 0.0, 10.0);
    s->contract_term_year = reading_number(r, contract, "term_year", 20.0, 1.0, 60.0);
    s->source_heat_money_kwh =
        reading_number(r, contract, "source_heat_money_kwh", (double)NAN, -1.0, 10.0);
    if (s->contract == CONTRACT_FIXED_PRICE && isnan(s->contract_price_money_kwh)) {
        diag_error(r->diag, contract->place, "heat_contract: fixed_price needs price_money_kwh");
        diag_remedy(r->diag, "add  price_money_kwh: NUMBER");
    }
}

static void read_requirements(struct reading *r) {
    static const char *const known[] = {
        "energy_reuse_factor", "heat_share_frac", "carbon_max_kgco2_year", "water_max_m3_year",
        "grid_peak_max_kw",    "renewable_frac",  "self_supply_frac"};
    const struct node *require = document_find(r->root, "require");
    reading_check_keys(r, require, "require", known, COUNT(known));
    if (!require || require->kind != NODE_MAP) {
        return;
    }
    r->s->requirements = ARENA_TAKE(r->arena, struct requirement, require->count + 1);
    for (int k = 0; r->s->requirements && k < require->count; k++) {
        bool most = strstr(require->keys[k], "_max_") != NULL;
        struct requirement one = {require->keys[k], 0.0, require->children[k]->place};
        if (reading_scalar(r, require->children[k], require->keys[k], 0.0, most ? 1e15 : 1.0,
                           &one.value)) {
            r->s->requirements[r->s->requirements_count++] = one;
        }
    }
}

static void read_objective(struct reading *r) {
    static const char *const known[] = {"view", "parties"}, *const views[] = {"parties", "society"};
    static const char *const references[] = {"as_today", "best_alone"}, *const firm[] = {"required",
                                                                                         "waived"};
    const struct node *objective = document_find(r->root, "objective"),
                      *rules = document_find(r->root, "rules");
    const struct node *parties = document_find(objective, "parties");
    struct scenario *s = r->s;
    reading_check_keys(r, objective, "objective", known, COUNT(known));
    s->view_society = reading_word(r, objective, "view", views, COUNT(views), 0) == 1;
    s->reference_best_alone =
        reading_word(r, r->root, "reference", references, COUNT(references), 0) == 1;
    s->waive_firm = reading_word(r, r->root, "firm", firm, COUNT(firm), 0) == 1;
    s->objective_party[PARTY_OPERATOR] = s->objective_party[PARTY_HEAT_UTILITY] =
        s->objective_party[PARTY_HEAT_CUSTOMERS] = !parties;
    for (int k = 0; parties && k < parties->count; k++) {
        int party =
            parties->children[k]->kind == NODE_SCALAR ? party_find(parties->children[k]->text) : -1;
        if (party < 0) {
            diag_error(r->diag, parties->children[k]->place, "objective: no such party");
            diag_remedy(r->diag, "parties are operator, heat_utility, heat_customers, "
                                 "electric_utility, municipality ...");
        } else {
            s->objective_party[party] = true;
        }
    }
    for (int k = 0; rules && k < rules->count && s->rules_count < COUNT(s->rules); k++) {
        s->rules[s->rules_count++] =
            rules->children[k]->kind == NODE_SCALAR ? rules->children[k]->text : "?";
    }
}

static const char *const top_keys[] = {
    "hearth", "name",          "place",       "horizon",     "step_h",    "money",
    "fuel",   "water",         "electricity", "data_centre", "town",      "heat_network",
    "plant",  "heat_contract", "require",     "rules",       "objective", "reference",
    "firm",   "home_kwh_year", "wired"};

static enum status read_top(struct reading *r) {
    struct scenario *s = r->s;
    if (r->root->kind != NODE_MAP) {
        diag_error(r->diag, r->root->place, "a scenario is a map of keys and values");
        diag_remedy(r->diag, "start from `hearth new -o scenario.yaml`");
        return STATUS_BAD_SCENARIO;
    }
    reading_check_keys(r, r->root, "scenario", top_keys, COUNT(top_keys));
    double version = reading_number(r, r->root, "hearth", HUGE_VAL, 1.0, 1e6);
    if (version != SCENARIO_VERSION && document_find(r->root, "hearth")) {
        diag_error(r->diag, document_find(r->root, "hearth")->place,
                   "hearth: this program reads version 1");
        diag_remedy(r->diag, "write  hearth: 1");
    }
    s->name = reading_text(r, r->root, "name", "unnamed");
    s->home_kwh_year = reading_number(r, r->root, "home_kwh_year", 10500.0, 500.0, 50000.0);
    TRY(read_place(r));
    read_money(r);
    read_objective(r);
    read_requirements(r);
    read_contract(r);
    const struct node *wired = document_find(r->root, "wired");
    if (wired) {
        read_wired(r, wired);
        return STATUS_OK;
    }
    read_electricity(r);
    read_data_centre(r);
    read_town(r);
    read_network(r);
    read_plant(r);
    read_reference(r);
    read_supplies(r);
    if (diag_errors(r->diag) == 0) {
        wire_all(r);
    }
    if (diag_errors(r->diag) == 0) {
        set_cases(r);
        check_objective(r);
        check_temperatures(r);
    }
    return STATUS_OK;
}

static enum status take_arrays(struct reading *r) {
    struct scenario *s = r->s;
    s->instances = ARENA_TAKE(r->arena, struct instance, INSTANCES_MAX);
    s->buses = ARENA_TAKE(r->arena, struct bus, BUSES_MAX);
    s->meters = ARENA_TAKE(r->arena, struct meter, METERS_MAX);
    s->halls = ARENA_TAKE(r->arena, struct hall, HALLS_MAX);
    s->towns = ARENA_TAKE(r->arena, struct town_entry, TOWNS_MAX);
    r->notes = ARENA_TAKE(r->arena, const char *, NOTES_MAX);
    s->notes = r->notes;
    r->port_nodes = ARENA_TAKE(r->arena, const struct node *, INSTANCES_MAX);
    r->meter_names = ARENA_TAKE(r->arena, const char *, INSTANCES_MAX);
    r->meter_places = ARENA_TAKE(r->arena, struct place, INSTANCES_MAX);
    s->network = -1;
    return arena_failed(r->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

enum status scenario_parse(struct arena *arena, struct diag *diag, const char *file,
                           const char *text, size_t size, struct scenario **ret) {
    struct reading r = {.arena = arena, .diag = diag, .file = file};
    r.s = ARENA_TAKE(arena, struct scenario, 1);
    if (!r.s) {
        return STATUS_NO_MEMORY;
    }
    r.s->file = file;
    TRY(take_arrays(&r));
    diag_file(diag, file, text, size);
    TRY(document_parse(arena, diag, file, text, size, &r.root));
    remember_file(&r, file, "scenario", text, size);
    TRY(read_top(&r));
    if (diag_errors(diag) > 0) {
        return STATUS_BAD_SCENARIO;
    }
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    *ret = r.s;
    return STATUS_OK;
}

enum status scenario_read(struct arena *arena, struct diag *diag, const char *path,
                          struct scenario **ret) {
    char *text = NULL;
    size_t size = 0;
    struct place place = {path, 0, 0};
    TRY(file_read(arena, diag, place, path, DOCUMENT_BYTES_MAX, &text, &size));
    return scenario_parse(arena, diag, strcmp(path, "-") == 0 ? "standard input" : path, text, size,
                          ret);
}
