/* hearth alternatives S.yaml [--within 2%] [--count N] [-o DIR] [--json] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_alternatives.h"

enum { ALTERNATIVES = 4 };

/* "2%" or "0.02"; false: neither. */
static bool read_share(const char *text, double *ret_frac) {
    char *end = NULL;
    double value = strtod(text, &end);
    bool percent = end != text && strcmp(end, "%") == 0;
    *ret_frac = percent ? value / 100.0 : value;
    return percent || (end != text && *end == '\0');
}

static int alternatives(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL;
    unsigned how = command_utf8() ? HEARTH_CHOICE_UTF8 : 0;
    double within_frac = 0.02;
    long count = ALTERNATIVES;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (strcmp(argv[k], "--within") == 0 && k + 1 < argc) {
            if (!read_share(argv[++k], &within_frac)) {
                return command_usage("alternatives",
                                     "--within %s: a share of the cost, as 2%% or 0.02", argv[k]);
            }
        } else if (strcmp(argv[k], "--count") == 0 && k + 1 < argc) {
            char *end = NULL;
            count = strtol(argv[++k], &end, 10);
            if (*end || count < 0 || count > 1000) {
                return command_usage("alternatives", "--count %s: how many?", argv[k]);
            }
        } else if (strcmp(argv[k], "--json") == 0) {
            how |= HEARTH_CHOICE_JSON;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("alternatives", "option %s is unknown, or has no value", argv[k]);
        } else if (path) {
            return command_usage("alternatives", "one scenario at a time (%s and %s)", path,
                                 argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage("alternatives",
                             "which scenario? (hearth alternatives scenario.yaml -o out)");
    }
    enum hearth_status status =
        hearth_alternatives(context, path, within_frac, (int)count, folder, how, &words);
    command_progress_end();
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth alternatives: %s\n", hearth_status_text(status));
    } else if (folder) {
        (void)fprintf(stderr, "report: %s/report.html\n", folder);
    }
    return hearth_status_exit_code(status);
}

const struct command command_alternatives = {"alternatives",
                                             "what else costs hardly more and looks different",
                                             help_alternatives, alternatives};
