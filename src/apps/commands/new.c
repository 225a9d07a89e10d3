/* hearth new [--template T] [--name N] [--climate C] [--it-kw X] [--floor-m2 X] [--length-m X] [-o FILE] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_new.h"

static bool number(const char *text, double *ret_value) {
    char *end = NULL;
    *ret_value = strtod(text, &end);
    return end != text && *end == '\0' && isfinite(*ret_value) && *ret_value > 0.0;
}

static int starter(int argc, char **argv, struct hearth_context *context) {
    const char *template_name = NULL, *name = NULL, *climate = NULL, *file = "-";
    double it_kw = (double)NAN, floor_m2 = (double)NAN, length_m = (double)NAN;
    for (int k = 1; k < argc; k += 2) {
        const char *value = k + 1 < argc ? argv[k + 1] : NULL;
        bool good = value != NULL;
        if (strcmp(argv[k], "--name") == 0) {
            name = value;
        } else if (strcmp(argv[k], "--template") == 0) {
            template_name = value;
        } else if (strcmp(argv[k], "--climate") == 0) {
            climate = value;
        } else if (strcmp(argv[k], "-o") == 0) {
            file = value;
        } else if (strcmp(argv[k], "--it-kw") == 0) {
            good = value && number(value, &it_kw);
        } else if (strcmp(argv[k], "--floor-m2") == 0) {
            good = value && number(value, &floor_m2);
        } else if (strcmp(argv[k], "--length-m") == 0) {
            good = value && number(value, &length_m);
        } else {
            return command_usage("new", "what is %s?", argv[k]);
        }
        if (!good) {
            return command_usage("new", "%s needs a value%s", argv[k], value ? " above zero" : "");
        }
    }
    const char *text = NULL;
    if (template_name && strcmp(template_name, "town") != 0 && !isnan(length_m)) {
        return command_usage("new", "--length-m: a pilot stands in the building that it heats");
    }
    if (hearth_new(context, template_name, name, climate, it_kw, floor_m2, length_m, &text) !=
        HEARTH_OK) {
        return command_usage(
            "new",
            "unknown template or climate; templates: %s; `hearth explain climates` "
            "lists climates",
            text ? text : "");
    }
    return command_write(file, text, strlen(text));
}

const struct command command_new = {"new", "a commented starter scenario", help_new, starter};
