/* The top of a scenario: places, money, horizon, contract, requirements; then the sections that
   make instances. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "scenario/change.h"
#include "scenario/futures.h"
#include "scenario/keys.h"
#include "scenario/money.h"
#include "scenario/reading.h"
#include "scenario/stages.h"
#include "scenario/tried.h"

enum { WEATHER_BYTES_MAX = 16 << 20, VERSION_MOST = 1000000 };

/* ---- when ---- */

static bool read_step(struct reading *r, double *ret_step_h) {
    const struct node *node = document_find(r->root, "step_h");
    double step_h = 1.0;
    if (node && !reading_scalar(r, node, "step_h", -HUGE_VAL, HUGE_VAL, &step_h)) {
        return false;
    }
    if (node && step_h != 1.0 && step_h != 0.5 && step_h != 0.25) {
        diag_error(r->diag, node->place, "step_h: %s h is no step: it is 1, 0.5 or 0.25",
                   node->text);
        diag_remedy(r->diag, "write  step_h: 0.25  for quarter-hours, or leave it out for hours");
        return false;
    }
    *ret_step_h = step_h;
    return true;
}

static bool read_from(struct reading *r, const struct node *horizon, int *ret_year, int *ret_month,
                      int *ret_day) {
    const struct node *from = document_find(horizon, "from");
    if (from && from->kind == NODE_SCALAR &&
        calendar_read_date(from->text, ret_year, ret_month, ret_day)) {
        return true;
    }
    if (!from) {
        diag_error(r->diag, horizon->place, "horizon: from is missing");
    } else {
        diag_error(r->diag, from->place, "from: %s is no date of 1900 to 2200",
                   reading_found(r, from));
    }
    diag_remedy(r->diag, "write  horizon: {from: 2024-01-31, days: 31}");
    return false;
}

static bool read_days(struct reading *r, double step_h) {
    const struct node *horizon = document_find(r->root, "horizon");
    struct calendar *calendar = &r->s->calendar;
    int year = 0, month = 0, day = 0, errors = diag_errors(r->diag);
    if (!horizon) {
        return calendar_whole_year(calendar, r->s->money_year, step_h) == STATUS_OK;
    }
    if (!reading_section(r, horizon, "horizon")) {
        return false;
    }
    int days = reading_key_whole(r, horizon, "horizon", "days");
    bool dated = read_from(r, horizon, &year, &month, &day);
    if (!dated || diag_errors(r->diag) > errors) {
        return false;
    }
    struct calendar whole;
    if (calendar_init(calendar, year, month, day, days, step_h) == STATUS_OK) {
        return true;
    }
    int left = calendar_whole_year(&whole, year, 1.0) == STATUS_OK ? calendar_year_days(&whole) : 0;
    for (int k = 0; k < month; k++) {
        left -= calendar_days_in_month(k, calendar_is_leap(year));
    }
    left -= day - 1;
    diag_error(r->diag, document_find(horizon, "days")->place,
               "days: %d days from %s end behind the year %d", days,
               document_find(horizon, "from")->text, year);
    diag_remedy(r->diag, "write at most  days: %d,  or begin earlier", left);
    return false;
}

/* Whatever is wrong here, the rest of the file is looked through as well, over some year. */
static enum status read_horizon(struct reading *r) {
    double step_h = 1.0;
    bool step_good = read_step(r, &step_h), days_good = read_days(r, step_h);
    r->no_calendar = !step_good || !days_good;
    return days_good ? STATUS_OK : calendar_whole_year(&r->s->calendar, 2024, step_h);
}

/* ---- where ---- */

/* What the hash of the weather file is; "" where none was read. */
static const char *weather_sha256(const struct scenario *s) {
    const char *found = "";
    for (int k = 0; k < s->files_count; k++) {
        found = strcmp(s->files[k].role, "weather") == 0 ? s->files[k].sha256 : found;
    }
    return found;
}

/* The weather of the scenario that this one is like, if it is the same year of the same place; what was told while it was
   made (messages at a line) is told again by making it again. name: of a built-in place, or NULL. */
static bool same_weather(const struct reading *r, const char *name, int weather_year) {
    const struct scenario *s = r->s, *like = r->like;
    return like && !like->climate.warning && like->calendar.year == s->calendar.year &&
           like->warming_dk == s->warming_dk && like->weather_year == weather_year &&
           strcmp(weather_sha256(like), weather_sha256(s)) == 0 &&
           (!name || (like->climate.synthetic && climate_find(name) >= 0 &&
                      climate_find(name) == climate_find(like->climate.name)));
}

static enum status read_weather_file(struct reading *r, const struct node *node, int weather_year) {
    struct reading_file file;
    struct scenario *s = r->s;
    if (node->kind != NODE_SCALAR) {
        reading_wrong_kind(r, node, "weather", "the name of a file", "SITE.epw");
        return STATUS_BAD_SCENARIO;
    }
    if (!reading_file(r, node, "weather", WEATHER_BYTES_MAX, &file)) {
        return STATUS_BAD_SCENARIO;
    }
    TRY(same_weather(r, NULL, weather_year)
            ? climate_copy(r->arena, &r->like->climate, &s->climate)
            : climate_epw(r->arena, r->diag, file.path, file.text, file.size, s->calendar.year,
                          s->warming_dk, &s->climate));
    const char *slash = strrchr(file.path, '/');
    s->climate.name = file.absolute; /* plan.yaml names it, wherever it lies */
    s->climate.source = slash ? slash + 1 : file.path;
    return STATUS_OK;
}

static enum status read_weather(struct reading *r, const struct node *place) {
    const struct node *file = document_find(place, "weather"),
                      *name = document_find(place, "climate");
    struct scenario *s = r->s;
    s->warming_dk = reading_key_value(r, place, "place", "warming_dk");
    s->weather_year = reading_key_whole(r, place, "place", "weather_year");
    if (file && name) {
        diag_error(r->diag, name->place, "place: climate and weather are both given");
        diag_remedy(r->diag, "keep one of them");
        return STATUS_BAD_SCENARIO;
    }
    if (file) {
        TRY(read_weather_file(r, file, s->weather_year));
    } else if (!name) {
        diag_error(r->diag, place ? place->place : r->root->place,
                   place ? "place: climate is missing" : "place is missing");
        diag_remedy(r->diag, "write  place: {climate: seattle}  or  place: {weather: SITE.epw}");
        return STATUS_BAD_SCENARIO;
    } else if (name->kind != NODE_SCALAR) {
        reading_wrong_kind(r, name, "climate", "the name of a built-in place", "seattle");
        return STATUS_BAD_SCENARIO;
    } else {
        TRY(same_weather(r, name->text, s->weather_year)
                ? climate_copy(r->arena, &r->like->climate, &s->climate)
                : climate_builtin(r->arena, r->diag, name->place, name->text, s->calendar.year,
                                  s->warming_dk, &s->climate));
    }
    if (s->weather_year > 0) {
        if (!same_weather(r, file ? NULL : name->text, s->weather_year)) {
            TRY(climate_draw(r->arena, s->weather_year, s->calendar.year, &s->climate));
        }
        reading_note(r, "The weather is year %d drawn from that of %s, in blocks of five days.",
                     s->weather_year, s->climate.title);
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
    const struct node *place = document_find(r->root, "place");
    struct scenario *s = r->s;
    TRY(read_horizon(r));
    s->year_frac = s->calendar.days / (double)calendar_year_days(&s->calendar);
    if (!reading_section(r, place, "place")) {
        return STATUS_OK;
    }
    const struct node *name = document_find(place, "name");
    r->place_name = name ? reading_plain_name(r, name) : NULL;
    enum status status = read_weather(r, place);
    if (status != STATUS_OK && status != STATUS_BAD_SCENARIO) {
        return status;
    }
    double mean_c = 0.0;
    for (int h = 0; status == STATUS_OK && h < s->climate.year.count; h++) {
        mean_c += s->climate.year.outdoor_c[h] / s->climate.year.count;
    }
    s->ground_mean_c = reading_key_value(r, place, "place", "ground_c");
    s->ground_mean_c = isnan(s->ground_mean_c) ? mean_c : s->ground_mean_c;
    return STATUS_OK;
}

/* ---- money, contract, requirements ---- */

static void read_money(struct reading *r) {
    const struct node *money = document_find(r->root, "money"),
                      *carbon = document_find(money, "carbon_price");
    struct scenario *s = r->s;
    reading_section(r, money, "money");
    reading_section(r, carbon, "carbon_price");
    s->currency = reading_text(r, money, "currency", "EUR");
    s->money_year = reading_key_whole(r, money, "money", "year");
    s->discount_frac = reading_key_value(r, money, "money", "discount_frac");
    s->life_year = reading_key_value(r, money, "money", "life_year");
    s->sales_tax_frac = reading_key_value(r, money, "money", "sales_tax_frac");
    s->carbon_paid_money_kg = reading_key_value(r, carbon, "carbon_price", "paid_money_kg");
    s->carbon_shadow_money_kg = reading_key_value(r, carbon, "carbon_price", "shadow_money_kg");
    if (!money_currency_known(s->currency)) {
        diag_error(r->diag, document_find(money, "currency")->place,
                   "currency: no exchange rates for \"%.20s\"", s->currency);
        diag_remedy(r->diag, "currencies with exchange rates: %s", money_currencies());
    }
}

static void read_contract(struct reading *r) {
    static const enum heat_contract_model by_word[] = {
        CONTRACT_SHARED_SAVINGS, CONTRACT_COST_PLUS,      CONTRACT_FREE,    CONTRACT_FIXED_PRICE,
        CONTRACT_AVOIDED_COST,   CONTRACT_BY_TEMPERATURE, CONTRACT_SEASONAL};
    const struct node *contract = document_find(r->root, "heat_contract");
    struct scenario *s = r->s;
    reading_section(r, contract, "heat_contract");
    s->contract = by_word[reading_key_word(r, contract, "heat_contract", "model")];
    s->contract_share_frac = reading_key_value(r, contract, "heat_contract", "share_frac");
    if (s->contract == CONTRACT_COST_PLUS && !document_find(contract, "share_frac")) {
        s->contract_share_frac = 0.0; /* nothing is added to the cost unless the scenario says so */
    }
    s->contract_price_money_kwh =
        reading_key_value(r, contract, "heat_contract", "price_money_kwh");
    s->contract_term_year = reading_key_value(r, contract, "heat_contract", "term_year");
    s->source_heat_money_kwh =
        reading_key_value(r, contract, "heat_contract", "source_heat_money_kwh");
    static const struct {
        enum heat_contract_model model;
        const char *word, *key;
    } needs[] = {{CONTRACT_FIXED_PRICE, "fixed_price", "price_money_kwh"},
                 {CONTRACT_BY_TEMPERATURE, "by_temperature", "cold_money_kwh"},
                 {CONTRACT_BY_TEMPERATURE, "by_temperature", "warm_money_kwh"},
                 {CONTRACT_SEASONAL, "seasonal", "winter_money_kwh"},
                 {CONTRACT_SEASONAL, "seasonal", "shoulder_money_kwh"},
                 {CONTRACT_SEASONAL, "seasonal", "summer_money_kwh"}};
    for (int k = 0; k < COUNT(needs); k++) {
        if (s->contract == needs[k].model && !document_find(contract, needs[k].key)) {
            diag_error(r->diag, contract->place, "heat_contract: %s needs %s", needs[k].word,
                       needs[k].key);
            diag_remedy(r->diag, "add  %s: NUMBER", needs[k].key);
        }
    }
    static const char *const seasons[] = {"winter_money_kwh", "shoulder_money_kwh",
                                          "summer_money_kwh"};
    for (int k = 0; k < COUNT(seasons); k++) {
        s->contract_season_money_kwh[k] =
            reading_key_value(r, contract, "heat_contract", seasons[k]);
    }
    s->contract_cold_money_kwh = reading_key_value(r, contract, "heat_contract", "cold_money_kwh");
    s->contract_warm_money_kwh = reading_key_value(r, contract, "heat_contract", "warm_money_kwh");
    s->contract_peak_money_kw_year =
        reading_key_value(r, contract, "heat_contract", "peak_money_kw_year");
}

static void read_requirements(struct reading *r) {
    const struct node *require = document_find(r->root, "require");
    if (!require || !reading_section(r, require, "require")) {
        return;
    }
    r->s->requirements = ARENA_TAKE(r->arena, struct requirement, require->count + 1);
    for (int k = 0; r->s->requirements && k < require->count; k++) {
        const struct key *key = keys_find("require", require->keys[k]);
        struct requirement one = {require->keys[k], 0.0, require->children[k]->place};
        if (key &&
            reading_scalar(r, require->children[k], key->key, key->min, key->max, &one.value)) {
            r->s->requirements[r->s->requirements_count++] = one;
        }
    }
}

static void read_parties(struct reading *r, const struct node *parties) {
    struct scenario *s = r->s;
    if (parties && (parties->kind != NODE_LIST || parties->count == 0)) {
        reading_wrong_kind(r, parties, "parties", "a list of parties",
                           "[operator, heat_utility, heat_customers]");
        return;
    }
    s->objective_party[PARTY_OPERATOR] = s->objective_party[PARTY_HEAT_UTILITY] =
        s->objective_party[PARTY_HEAT_CUSTOMERS] = parties == NULL;
    for (int k = 0; parties && k < parties->count; k++) {
        enum party party = PARTY_OPERATOR;
        if (reading_party(r, parties->children[k], "parties", &party)) {
            s->objective_party[party] = true;
        }
    }
}

static void read_objective(struct reading *r) {
    const struct node *objective = document_find(r->root, "objective");
    struct scenario *s = r->s;
    reading_section(r, objective, "objective");
    s->view_society = reading_key_word(r, objective, "objective", "view") == 1;
    s->reference_best_alone = reading_key_word(r, r->root, "scenario", "reference") == 1;
    int firm = reading_key_word(r, r->root, "scenario", "firm");
    s->waive_firm = firm >= 1;
    s->no_design_days = firm == 2;
    read_parties(r, document_find(objective, "parties"));
}

/* False where the file is of a later program: what else it says would be misunderstood. */
static bool read_version(struct reading *r) {
    const struct node *node = document_find(r->root, "hearth");
    double version = 0.0;
    if (!node) {
        diag_error(r->diag, r->root->place, "hearth is missing: the version of the file's form");
        diag_remedy(r->diag, "write  hearth: %d  in the first line", SCENARIO_VERSION);
        return true;
    }
    if (!reading_scalar(r, node, "hearth", 1.0, VERSION_MOST, &version) ||
        version == SCENARIO_VERSION) {
        return true;
    }
    diag_error(r->diag, node->place,
               "hearth: %s is a form that this program does not know: it "
               "reads form %d",
               node->text, SCENARIO_VERSION);
    diag_remedy(r->diag, "use a later Hearth, or write  hearth: %d", SCENARIO_VERSION);
    return false;
}

static void read_sections(struct reading *r) {
    read_places(r);
    read_electricity(r);
    read_data_centre(r);
    read_town(r);
    read_network(r);
    read_plant(r);
    read_links(r);
    read_reference(r);
    read_supplies(r);
    if (diag_errors(r->diag) == 0) {
        wire_all(r);
    }
    if (diag_errors(r->diag) == 0) {
        set_cases(r);
        check_objective(r);
        check_temperatures(r);
        check_contracts(r);
    }
}

static enum status read_top(struct reading *r) {
    struct scenario *s = r->s;
    if (r->root->kind != NODE_MAP) {
        diag_error(r->diag, r->root->place,
                   "%s stands where a scenario belongs: a map of keys and "
                   "values",
                   reading_found(r, r->root));
        diag_remedy(r->diag, "start from `hearth new -o scenario.yaml`");
        return STATUS_BAD_SCENARIO;
    }
    if (!read_version(r)) {
        return STATUS_BAD_SCENARIO;
    }
    reading_section(r, r->root, "scenario");
    s->name = reading_text(r, r->root, "name", "unnamed");
    s->home_kwh_year = reading_key_value(r, r->root, "scenario", "home_kwh_year");
    read_money(r);
    TRY(read_place(r));
    read_objective(r);
    read_site(r);
    read_rules(r);
    read_requirements(r);
    read_contract(r);
    const struct node *wired = document_find(r->root, "wired");
    if (wired) {
        read_wired(r, wired);
    } else {
        read_sections(r);
    }
    read_community(r);
    read_third_party(r);
    s->stages = stages_read(r);
    s->futures = futures_read(r);
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
    r->at = ARENA_TAKE(r->arena, int, INSTANCES_MAX);
    r->ends = arena_take(r->arena, INSTANCES_MAX, sizeof *r->ends);
    s->network = -1;
    return arena_failed(r->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* BAD_SCENARIO, or NO_FILE when nothing else is wrong. */
static enum status judge(const struct reading *r) {
    int errors = diag_errors(r->diag);
    if (arena_failed(r->arena)) {
        return STATUS_NO_MEMORY;
    }
    return errors == 0                  ? STATUS_OK
           : errors == r->files_missing ? STATUS_NO_FILE
                                        : STATUS_BAD_SCENARIO;
}

static enum status keep_source(struct arena *arena, const char *text, size_t size,
                               const struct scenario_change *changes, int count,
                               struct scenario_source *ret) {
    struct scenario_change *own = ARENA_TAKE(arena, struct scenario_change, count);
    if (!own) {
        return STATUS_NO_MEMORY;
    }
    if (count > 0) {
        memcpy(own, changes, (size_t)count * sizeof *own);
    }
    *ret = (struct scenario_source){text, size, own, count};
    return STATUS_OK;
}

enum status scenario_parse(struct arena *arena, struct diag *diag, const char *file,
                           const char *text, size_t size, struct scenario **ret) {
    return scenario_parse_changed(arena, diag, file, text, size, NULL, 0, ret);
}

static enum status parse(struct arena *arena, struct diag *diag, const char *file,
                         const struct scenario_source *from, const struct scenario *like,
                         struct scenario **ret) {
    const char *text = from->text;
    size_t size = from->size;
    struct reading r = {.arena = arena, .diag = diag, .file = file, .like = like};
    r.s = ARENA_TAKE(arena, struct scenario, 1);
    if (!r.s) {
        return STATUS_NO_MEMORY;
    }
    r.s->file = file;
    TRY(take_arrays(&r));
    bool marked = size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0; /* columns count behind it */
    const char *kept =
        arena_text_n(arena, text, size); /* messages of the plan show its lines, too */
    if (!kept) {
        return STATUS_NO_MEMORY;
    }
    diag_file(diag, file, kept + (marked ? 3 : 0), size - (marked ? 3 : 0));
    TRY(document_parse(arena, diag, file, text, size, &r.root));
    if (!change_document(arena, diag, r.root, from->changes, from->changes_count)) {
        return STATUS_BAD_SCENARIO;
    }
    TRY(keep_source(arena, kept, size, from->changes, from->changes_count, &r.s->source));
    if (tried_is_open(r.root)) {
        return tried_parse(&r, &r.s->source, ret);
    }
    if (!reading_scenario_file(&r, text, size)) {
        return STATUS_NO_MEMORY;
    }
    enum status status = read_top(&r);
    diag_sort(diag);
    if (status == STATUS_OK || status == STATUS_BAD_SCENARIO) {
        status = judge(&r);
    }
    if (status == STATUS_OK) {
        *ret = r.s;
    }
    return status;
}

enum status scenario_parse_changed(struct arena *arena, struct diag *diag, const char *file,
                                   const char *text, size_t size,
                                   const struct scenario_change *changes, int count,
                                   struct scenario **ret) {
    struct scenario_source from = {text, size, changes, count};
    return parse(arena, diag, file, &from, NULL, ret);
}

enum status scenario_parse_like(struct arena *arena, struct diag *diag, const struct scenario *like,
                                const struct scenario_change *changes, int count,
                                struct scenario **ret) {
    struct scenario_source from = {like->source.text, like->source.size, changes, count};
    const char *file = arena_text(arena, like->file);
    return file ? parse(arena, diag, file, &from, like, ret) : STATUS_NO_MEMORY;
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
