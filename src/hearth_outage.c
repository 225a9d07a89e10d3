/* The door to outages: arguments by key=value, one table of them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stddef.h>
#include <string.h>

#include "base/text.h"
#include "hearth_inside.h"
#include "tell/outage.h"

static const struct place nowhere = {NULL, 0, 0};

struct argument {
    const char *key;
    size_t member;
    double min, max;
};
#define ASK(key, min, max)                                                                         \
    { #key, offsetof(struct tell_outage_ask, key), min, max }
#define PLANT(key, min, max)                                                                       \
    { #key, offsetof(struct tell_outage_ask, plant.key), min, max }

static const struct argument arguments_known[] = {
    ASK(flat_kw, 0.0, 1e7),
    ASK(times_ratio, 0.0, 1e12),
    ASK(sun_times_ratio, 0.0, 1e12),
    ASK(outages_year_count, 0.0, 1e4),
    ASK(mean_outage_h, 1e-3, 8760.0),
    ASK(lost_load_money_kwh, 0.0, 1e6),
    ASK(lost_heat_money_kwh, 0.0, 1e6),
    PLANT(generator_kw, 0.0, 1e7),
    PLANT(least_frac, 0.0, 1.0),
    PLANT(availability_frac, 0.0, 1.0),
    PLANT(fail_to_start_frac, 0.0, 1.0),
    PLANT(mean_to_failure_h, 1.0, 1e9),
    PLANT(fuel_kwh, 0.0, 1e12),
    PLANT(fuel_base_kw, 0.0, 1e6),
    PLANT(generator_eff, 0.01, 1.0),
    PLANT(firm_kw, 0.0, 1e7),
    PLANT(firm_availability_frac, 0.0, 1.0),
    PLANT(battery_kw, 0.0, 1e7),
    PLANT(battery_kwh, 0.0, 1e9),
    PLANT(battery_least_frac, 0.0, 1.0),
    PLANT(battery_start_frac, 0.0, 1.0),
    PLANT(battery_in_eff, 0.01, 1.0),
    PLANT(battery_out_eff, 0.01, 1.0),
    PLANT(battery_availability_frac, 0.0, 1.0),
    PLANT(sun_availability_frac, 0.0, 1.0),
};
static const char *const whole_keys[] = {"generators_count", "most_h"};

static bool in_range(struct diag *diag, const char *key, const char *text, double min, double max,
                     double *ret) {
    if (text_number(text, strlen(text), ret) && *ret >= min && *ret <= max) {
        return true;
    }
    char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    (void)text_from_number(low, min);
    (void)text_from_number(high, max);
    diag_error(diag, nowhere, "%s: %.40s is no number of %s..%s", key, text, low, high);
    return false;
}

static bool unknown(struct diag *diag, const char *key) {
    const char *names[COUNT(arguments_known) + 4] = {whole_keys[0], whole_keys[1], "column",
                                                     "sun_column"};
    for (int k = 0; k < COUNT(arguments_known); k++) {
        names[k + 4] = arguments_known[k].key;
    }
    const char *near = diag_nearest(key, names, COUNT(names));
    diag_error(diag, nowhere, "outage has no argument %.60s", key);
    diag_remedy(diag, near ? "did you mean %s?" : "`hearth outage --help` lists them%s",
                near ? near : "");
    return false;
}

static bool read_argument(struct arena *arena, struct diag *diag, const char *argument,
                          struct tell_outage_ask *ask) {
    const char *equals = strchr(argument, '=');
    const char *key = equals ? arena_text_n(arena, argument, (size_t)(equals - argument)) : NULL;
    double value = 0.0;
    if (!key) {
        return unknown(diag, argument);
    }
    if (strcmp(key, "column") == 0 || strcmp(key, "sun_column") == 0) {
        *(key[0] == 'c' ? &ask->column : &ask->sun_column) = equals + 1;
        return true;
    }
    for (int k = 0; k < COUNT(whole_keys); k++) {
        if (strcmp(key, whole_keys[k]) == 0) {
            bool good =
                in_range(diag, key, equals + 1, k, k ? OUTAGE_HOURS_MAX : OUTAGE_UNITS_MAX, &value);
            *(k ? &ask->most_h : &ask->plant.generators_count) = (int)value;
            return good;
        }
    }
    for (int k = 0; k < COUNT(arguments_known); k++) {
        const struct argument *known = &arguments_known[k];
        if (strcmp(key, known->key) == 0) {
            bool good = in_range(diag, key, equals + 1, known->min, known->max, &value);
            memcpy((char *)ask + known->member, &value, sizeof value);
            return good;
        }
    }
    return unknown(diag, key);
}

static enum status grid_outage(struct arena *arena, struct diag *diag, const char *load,
                               int arguments_count, const char *const *arguments,
                               const char *format, const char **ret_text) {
    static const char *const formats[] = {"text", "json", "csv"};
    struct tell_outage_ask ask = {.load_file = load,
                                  .flat_kw = (double)NAN,
                                  .times_ratio = 1.0,
                                  .sun_times_ratio = 1.0,
                                  .plant = outage_plant_none(),
                                  .most_h = 96,
                                  .outages_year_count = 1.0,
                                  .mean_outage_h = 2.0};
    bool good = true, known = false;
    for (int k = 0; k < COUNT(formats); k++) {
        if (strcmp(format, formats[k]) == 0) {
            ask.format = (enum tell_format)k;
            known = true;
        }
    }
    for (int k = 0; k < arguments_count; k++) {
        good = read_argument(arena, diag, arguments[k], &ask) && good;
    }
    bool planned = load && !ask.column && !ask.sun_column;
    if (good && ((load == NULL) == isnan(ask.flat_kw) || (!load && ask.sun_column) ||
                 (load && !ask.column && ask.sun_column))) {
        diag_error(diag, nowhere,
                   "which load? a CSV file with column=NAME, a folder that `hearth "
                   "run` wrote, or flat_kw=KW alone");
        good = false;
    }
    if (!good || !known) {
        return STATUS_USAGE;
    }
    return planned ? tell_outage_plan(arena, diag, &ask, ret_text)
                   : tell_outage(arena, diag, &ask, ret_text);
}

enum hearth_status hearth_outage(struct hearth_context *context, const char *load,
                                 int arguments_count, const char *const *arguments,
                                 const char *format, const char **ret_text) {
    struct diag *diag = diag_new(context->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status =
        grid_outage(context->arena, diag, load, arguments_count, arguments, format, ret_text);
    tell_messages(context, context->arena, diag);
    return door(status);
}
