/* hearth calc cooling_year: a hall and its cooling through a year of weather. Words become a system, the system's year
   becomes figures. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "components/cooling_year.h"
#include "components/data_hall.h"
#include "components/evaluate.h"
#include "hearth_calc.h"
#include "scenario/climate.h"

enum { FIGURES = 40, YEAR = 2023 };
static const size_t weather_limit_bytes = (size_t)16 << 20;
static const struct place nowhere = {NULL, 0, 0};

struct asked {
    const char *system, *weather, *climate, *room;
    double it_kw, chain_kw_kw, capture_frac, coolant_c, coolant_dt_dk, room_c, room_dt_dk,
        warming_dk;
};
static const struct number_key {
    const char *key;
    size_t offset;
    double fallback, min, max; /* NaN: what the way of cooling is made for, or the hall's own */
} number_keys[] = {
    {"it_kw", offsetof(struct asked, it_kw), 1000.0, 0.1, 5e6},
    {"chain_kw_kw", offsetof(struct asked, chain_kw_kw), NOT_GIVEN, 1.0, 3.0},
    {"capture_frac", offsetof(struct asked, capture_frac), NOT_GIVEN, 0.0, 1.0},
    {"coolant_c", offsetof(struct asked, coolant_c), NOT_GIVEN, 5.0, 90.0},
    {"coolant_dt_dk", offsetof(struct asked, coolant_dt_dk), NOT_GIVEN, 1.0, 30.0},
    {"room_c", offsetof(struct asked, room_c), NOT_GIVEN, 12.0, 50.0},
    {"room_dt_dk", offsetof(struct asked, room_dt_dk), NOT_GIVEN, 1.0, 25.0},
    {"warming_dk", offsetof(struct asked, warming_dk), 0.0, -5.0, 10.0},
};
static const struct {
    const char *key;
    size_t offset;
} word_keys[] = {{"system", offsetof(struct asked, system)},
                 {"weather", offsetof(struct asked, weather)},
                 {"climate", offsetof(struct asked, climate)},
                 {"room", offsetof(struct asked, room)}};

/* ---- words ----------------------------------------------------------------------------------- */
static const char *kinds(struct arena *arena) {
    struct text_buffer list;
    text_buffer_init(&list, arena);
    for (int k = 0; k < component_count(); k++) {
        if (component_at(k)->cooling) {
            text_add_format(&list, "%s%s", list.size ? ", " : "", component_at(k)->name);
        }
    }
    return list.data ? list.data : "";
}

static const struct component *find_kind(struct arena *arena, struct diag *diag, const char *key,
                                         const char *name) {
    const struct component *kind = name ? component_find(name) : NULL;
    if (kind && kind->cooling) {
        return kind;
    }
    diag_error(diag, nowhere, name ? "%s: %.60s is no way of cooling a hall" : "%s is missing%s",
               key, name ? name : "");
    diag_remedy(diag, "it is one of %s", kinds(arena));
    return NULL;
}

static bool read_known(const char *key, const char *text, struct diag *diag, struct asked *asked) {
    for (int k = 0; k < COUNT(word_keys); k++) {
        if (strcmp(key, word_keys[k].key) == 0) {
            *(const char **)(void *)((char *)asked + word_keys[k].offset) = text;
            return true;
        }
    }
    for (int k = 0; k < COUNT(number_keys); k++) {
        const struct number_key *number = &number_keys[k];
        double value = 0.0;
        if (strcmp(key, number->key) != 0) {
            continue;
        }
        if (!text_number(text, strlen(text), &value) || value < number->min ||
            value > number->max) {
            char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
            (void)text_from_number(low, number->min);
            (void)text_from_number(high, number->max);
            diag_error(diag, nowhere, "%s: %.60s is no number of %s..%s", key, text, low, high);
            return true;
        }
        *(double *)(void *)((char *)asked + number->offset) = value;
        return true;
    }
    return false;
}

/* ---- the system ------------------------------------------------------------------------------ */
static void *new_self(struct arena *arena, const struct component *kind) {
    void *self = arena_take(arena, 1, kind->size);
    if (self) {
        component_defaults(kind, self);
    }
    return self;
}

static double either(double given, double made_for) { return isnan(given) ? made_for : given; }

/* The power chain of a hall of flat load at its full occupancy. */
static void hall_chain(const void *self, struct cooling_system *system) {
    static const int zero_count[] = {0};
    static const double noon_h[] = {12.0}, mild_c[] = {10.0};
    struct hours step = {.count = 1,
                         .horizon_count = 1,
                         .step_h = 1.0,
                         .month = zero_count,
                         .weekday = zero_count,
                         .day_of_year = zero_count,
                         .hour_h = noon_h,
                         .outdoor_c = mild_c,
                         .size = 1000.0};
    struct hall_power power;
    data_hall_power(self, &step, &power);
    system->power_kw_kw = power.input_kw_kw / power.it_kw_kw;
    system->heat_kw_kw = power.inside_kw_kw / power.it_kw_kw;
}

static void settle(const struct asked *asked, const void *hall, struct cooling_system *system) {
    const struct cooling *made_for = system->main.kind->cooling;
    system->it_kw = asked->it_kw;
    system->capture_frac = either(asked->capture_frac, made_for->capture_frac);
    system->main.warm_c = either(asked->coolant_c, made_for->coolant_c);
    system->main.cold_c =
        system->main.warm_c - either(asked->coolant_dt_dk, made_for->coolant_dt_dk);
    if (system->room.kind) {
        const struct cooling *room = system->room.kind->cooling;
        system->room.warm_c = either(asked->room_c, room->air ? room->coolant_c : 24.0);
        system->room.cold_c =
            system->room.warm_c - either(asked->room_dt_dk, room->air ? room->coolant_dt_dk : 8.0);
    }
    hall_chain(hall, system);
    if (!isnan(asked->chain_kw_kw)) {
        system->power_kw_kw = system->heat_kw_kw = asked->chain_kw_kw;
    }
    system->take_off_c =
        component_number(system->main.kind, system->main.self, "take_off_c", (double)NAN);
    system->take_off_dt_dk =
        component_number(system->main.kind, system->main.self, "take_off_dt_dk", 6.0);
}

/* Parameters of the system by their own keys, of the room's cooling and of the hall by room.KEY and hall.KEY. */
static void read_params(int count, const char *const *arguments, struct arena *arena,
                        struct diag *diag, const struct component *const *kind, void *const *self) {
    static const char *const prefix[] = {"", "room.", "hall."};
    for (int a = 0; a < count; a++) {
        const char *equals = strchr(arguments[a], '=');
        const char *key = arena_text_n(arena, arguments[a], (size_t)(equals - arguments[a]));
        struct asked spare;
        int which = 0;
        for (int p = 1; key && p < COUNT(prefix); p++) {
            which = strncmp(key, prefix[p], strlen(prefix[p])) == 0 ? p : which;
        }
        if (!key || (which == 0 && read_known(key, equals + 1, diag, &spare))) {
            continue;
        }
        if (!kind[which]) {
            diag_error(diag, nowhere, "%s: no heat is left to the room's air", key);
            diag_remedy(diag, "name  room=KIND  and  capture_frac  below 1");
            continue;
        }
        (void)evaluate_param(kind[which], key + strlen(prefix[which]), equals + 1, diag,
                             self[which]);
    }
}

/* ---- the weather ----------------------------------------------------------------------------- */
static enum status read_weather(const struct asked *asked, struct arena *arena, struct diag *diag,
                                struct climate *ret) {
    if ((asked->weather != NULL) == (asked->climate != NULL)) {
        diag_error(diag, nowhere, "cooling_year needs a year of weather");
        diag_remedy(diag, "write  weather=FILE.epw  or  climate=NAME  (hearth explain climates)");
        return STATUS_USAGE;
    }
    if (asked->climate) {
        return climate_builtin(arena, diag, nowhere, asked->climate, YEAR, asked->warming_dk, ret);
    }
    char *text = NULL;
    size_t size = 0;
    TRY(file_read(arena, diag, nowhere, asked->weather, weather_limit_bytes, &text, &size));
    return climate_epw(arena, diag, asked->weather, text, size, YEAR, asked->warming_dk, ret);
}

/* ---- the figures ----------------------------------------------------------------------------- */
static enum status figures_of(const struct cooling_year *year, const struct cooling_system *system,
                              struct arena *arena, struct evaluation *ret) {
    struct evaluate_value *values = ARENA_TAKE(arena, struct evaluate_value, FIGURES);
    if (!values) {
        return STATUS_NO_MEMORY;
    }
    static const char *const bins[COOLING_BINS] = {"return_below_20_kwh", "return_20_30_kwh",
                                                   "return_30_40_kwh",    "return_40_50_kwh",
                                                   "return_50_60_kwh",    "return_above_60_kwh"};
    const struct evaluate_value all[] = {
        {"pue_ratio", year->pue_ratio},
        {"wue_kg_kwh", year->wue_kg_kwh},
        {"chiller_free_h", year->free_count},
        {"chiller_part_h", year->partial_count},
        {"stopped_h", year->stopped_count},
        {"it_kwh", year->it_kwh},
        {"chain_kwh", year->chain_kwh},
        {"fan_kwh", year->fan_kwh},
        {"pump_kwh", year->pump_kwh},
        {"compressor_kwh", year->compressor_kwh},
        {"humidifier_kwh", year->humidifier_kwh},
        {"evaporation_m3", year->evaporation_kg / 1000.0},
        {"blow_down_m3", year->blow_down_kg / 1000.0},
        {"drift_m3", year->drift_kg / 1000.0},
        {"supplied_c", system->main.cold_c},
        {"return_c", year->return_mean_c},
        {"return_kwh", year->return_kwh},
        {bins[0], year->bin_kwh[0]},
        {bins[1], year->bin_kwh[1]},
        {bins[2], year->bin_kwh[2]},
        {bins[3], year->bin_kwh[3]},
        {bins[4], year->bin_kwh[4]},
        {bins[5], year->bin_kwh[5]},
        {"condenser_c", year->condenser_mean_c},
        {"condenser_kwh", year->condenser_kwh},
        {"taken_h", year->taken_count},
        {"taken_kwh", year->taken_kwh},
        {"taken_extra_kwh", year->taken_extra_kwh},
    };
    int count = COUNT(all) - (isnan(system->take_off_c) ? 3 : 0);
    memcpy(values, all, (size_t)count * sizeof *values);
    *ret = (struct evaluation){count, values};
    return STATUS_OK;
}

static void say_stopped(const struct cooling_year *year, struct diag *diag) {
    if (year->stopped_count > 0) {
        diag_warning(diag, nowhere, "in %d hours there is no cooling, first because: %s",
                     year->stopped_count, cooling_stop_words(year->stop));
    }
}

static void default_numbers(struct asked *asked) {
    *asked = (struct asked){.room = NULL};
    for (int k = 0; k < COUNT(number_keys); k++) {
        *(double *)(void *)((char *)asked + number_keys[k].offset) = number_keys[k].fallback;
    }
}

static enum status read_system(int count, const char *const *arguments, struct arena *arena,
                               struct diag *diag, struct asked *asked, struct cooling_system *ret) {
    int before = diag_errors(diag);
    default_numbers(asked);
    for (int a = 0; a < count; a++) {
        const char *equals = strchr(arguments[a], '=');
        const char *key =
            equals ? arena_text_n(arena, arguments[a], (size_t)(equals - arguments[a])) : NULL;
        if (!key) {
            diag_error(diag, nowhere, "%.60s is no key=value", arguments[a]);
            return STATUS_USAGE;
        }
        (void)read_known(key, equals + 1, diag, asked);
    }
    *ret = (struct cooling_system){.main.kind = find_kind(arena, diag, "system", asked->system)};
    if (!ret->main.kind) {
        return STATUS_USAGE;
    }
    double capture_frac = either(asked->capture_frac, ret->main.kind->cooling->capture_frac);
    if (capture_frac < 1.0) {
        const char *room = ret->main.kind->cooling->room;
        room = asked->room ? asked->room : room ? room : ret->main.kind->name;
        ret->room.kind = find_kind(arena, diag, "room", room);
        if (!ret->room.kind) {
            return STATUS_USAGE;
        }
    }
    const struct component *hall_kind = component_find("data_hall");
    const struct component *const kind[] = {ret->main.kind, ret->room.kind, hall_kind};
    void *const self[] = {new_self(arena, kind[0]), kind[1] ? new_self(arena, kind[1]) : NULL,
                          new_self(arena, hall_kind)};
    if (!self[0] || (kind[1] && !self[1]) || !self[2]) {
        return STATUS_NO_MEMORY;
    }
    (void)evaluate_param(hall_kind, "load", "flat", diag, self[2]);
    read_params(count, arguments, arena, diag, kind, self);
    ret->main.self = self[0];
    ret->room.self = self[1];
    settle(asked, self[2], ret);
    return diag_errors(diag) > before ? STATUS_USAGE : STATUS_OK;
}

enum status calc_cooling_year(struct arena *arena, struct diag *diag, int count,
                              const char *const *arguments, struct evaluation *ret) {
    struct asked asked;
    struct cooling_system system;
    struct climate climate;
    struct cooling_year year;
    TRY(read_system(count, arguments, arena, diag, &asked, &system));
    TRY(read_weather(&asked, arena, diag, &climate));
    struct hours hours = {.count = climate.year.count,
                          .horizon_count = climate.year.count,
                          .step_h = 1.0,
                          .altitude_m = climate.altitude_m,
                          .outdoor_c = climate.year.outdoor_c,
                          .wet_bulb_c = climate.year.wet_bulb_c,
                          .humidity_kg_kg = climate.year.humidity_kg_kg,
                          .pressure_kpa = climate.year.pressure_kpa};
    cooling_year(&system, &hours, &year);
    say_stopped(&year, diag);
    return figures_of(&year, &system, arena, ret);
}
