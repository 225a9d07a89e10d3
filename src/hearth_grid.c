/* The door to the local grid and to bills: options by key and text. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "hearth_inside.h"
#include "tell/bill.h"
#include "tell/feeder.h"

static const struct place nowhere = {NULL, 0, 0};

static bool number_option(struct diag *diag, const char *key, const char *text, double min,
                          double max, double *ret) {
    double value = 0.0;
    if (!text_number(text, strlen(text), &value) || !(value >= min && value <= max)) {
        char low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
        (void)text_from_number(low, min);
        (void)text_from_number(high, max);
        diag_error(diag, nowhere, "--%s: %.40s is no number of %s..%s", key, text, low, high);
        return false;
    }
    *ret = value;
    return true;
}

static bool read_format(struct diag *diag, const char *text, enum tell_format *ret) {
    static const char *const words[] = {"text", "json", "csv"};
    for (int k = 0; k < COUNT(words); k++) {
        if (strcmp(text, words[k]) == 0) {
            *ret = (enum tell_format)k;
            return true;
        }
    }
    diag_error(diag, nowhere, "format: %.40s is none of text, json, csv", text);
    return false;
}

static enum status grid_feeder(struct arena *arena, struct diag *diag, const char *what,
                               const char *const *files, int files_count,
                               const char *const *options, const char **ret_text) {
    struct tell_feeder_ask ask = {.what = what,
                                  .files = files,
                                  .files_count = files_count,
                                  .load_ratio = 1.0,
                                  .lowest_pu = (double)NAN,
                                  .highest_pu = (double)NAN,
                                  .power_factor = 0.98,
                                  .cap_kw = (double)NAN};
    bool good = true, headroom = strcmp(what, "headroom") == 0;
    for (int k = 0; options && options[k] && options[k + 1]; k += 2) {
        const char *key = options[k], *text = options[k + 1];
        if (strcmp(key, "load") == 0) {
            good = number_option(diag, key, text, 0.0, 100.0, &ask.load_ratio) && good;
        } else if (strcmp(key, "add") == 0) {
            good = number_option(diag, key, text, 0.0, 1e7, &ask.extra_kw) && good;
        } else if (strcmp(key, "cap") == 0) {
            good = number_option(diag, key, text, 0.0, 1e9, &ask.cap_kw) && good;
        } else if (strcmp(key, "power-factor") == 0) {
            good = number_option(diag, key, text, 0.5, 1.0, &ask.power_factor) && good;
        } else if (strcmp(key, "lowest-pu") == 0) {
            good = number_option(diag, key, text, 0.5, 1.2, &ask.lowest_pu) && good;
        } else if (strcmp(key, "highest-pu") == 0) {
            good = number_option(diag, key, text, 0.8, 1.5, &ask.highest_pu) && good;
        } else if (strcmp(key, "format") == 0) {
            good = read_format(diag, text, &ask.format) && good;
        } else if (strcmp(key, "bus") == 0) {
            ask.bus = text;
        } else if (strcmp(key, "series") == 0) {
            ask.series_file = text;
        } else if (strcmp(key, "column") == 0) {
            ask.column = text;
        } else {
            diag_error(diag, nowhere, "feeder has no option %.40s", key);
            good = false;
        }
    }
    if (headroom && !ask.series_file && files_count == 1) {
        ask.series_file = files[0];
    }
    if (headroom && (!ask.series_file || !ask.column)) {
        diag_error(diag, nowhere, "headroom needs one CSV file of loads and its --column");
        return STATUS_USAGE;
    }
    if ((ask.series_file == NULL) != (ask.column == NULL)) {
        diag_error(diag, nowhere, "--series and --column belong together");
        good = false;
    }
    if (ask.extra_kw > 0.0 && !ask.bus) {
        diag_error(diag, nowhere, "--add needs the bus at which the load is added (--bus)");
        good = false;
    }
    return good ? tell_feeder(arena, diag, &ask, ret_text) : STATUS_USAGE;
}

static enum status grid_bill(struct arena *arena, struct diag *diag, const char *tariff,
                             const char *load, const char *const *options, const char **ret_text) {
    struct tell_bill_ask ask = {.tariff = tariff,
                                .load_file = load,
                                .flat_kw = (double)NAN,
                                .times_ratio = 1.0,
                                .year = 2017};
    double year = 2017.0;
    bool good = true;
    for (int k = 0; options && options[k] && options[k + 1]; k += 2) {
        const char *key = options[k], *text = options[k + 1];
        if (strcmp(key, "flat") == 0) {
            good = number_option(diag, key, text, -1e7, 1e7, &ask.flat_kw) && good;
        } else if (strcmp(key, "times") == 0) {
            good = number_option(diag, key, text, -1e12, 1e12, &ask.times_ratio) && good;
        } else if (strcmp(key, "year") == 0) {
            good = number_option(diag, key, text, 1900.0, 2200.0, &year) && good;
        } else if (strcmp(key, "contract") == 0) {
            good = number_option(diag, key, text, 0.0, 1e7, &ask.contract_kw) && good;
        } else if (strcmp(key, "min-share") == 0) {
            good = number_option(diag, key, text, 0.0, 1.0, &ask.min_share_frac) && good;
        } else if (strcmp(key, "format") == 0) {
            good = read_format(diag, text, &ask.format) && good;
        } else if (strcmp(key, "column") == 0) {
            ask.column = text;
        } else {
            diag_error(diag, nowhere, "bill has no option %.40s", key);
            good = false;
        }
    }
    ask.year = (int)year;
    if (good && (load == NULL) == isnan(ask.flat_kw)) {
        diag_error(diag, nowhere, "a bill needs a load: a CSV file with --column, or --flat KW");
        good = false;
    } else if (good && load && !ask.column) {
        diag_error(diag, nowhere, "--column says which column of %.80s is the load", load);
        good = false;
    }
    return good ? tell_bill(arena, diag, &ask, ret_text) : STATUS_USAGE;
}

enum hearth_status hearth_feeder(struct hearth_context *context, const char *what,
                                 const char *const *files, int files_count,
                                 const char *const *options, const char **ret_text) {
    struct diag *diag = diag_new(context->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status =
        grid_feeder(context->arena, diag, what, files, files_count, options, ret_text);
    tell_messages(context, context->arena, diag);
    return door(status);
}

enum hearth_status hearth_bill(struct hearth_context *context, const char *tariff, const char *load,
                               const char *const *options, const char **ret_text) {
    struct diag *diag = diag_new(context->arena);
    if (!diag) {
        return HEARTH_NO_MEMORY;
    }
    enum status status = grid_bill(context->arena, diag, tariff, load, options, ret_text);
    tell_messages(context, context->arena, diag);
    return door(status);
}
