/* hearth frontier S.yaml [--against carbon|water|peak] [--points N] [-o DIR] [--json] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_frontier.h"

enum { POINTS = 9 };

static int frontier(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL, *against = "carbon";
    unsigned how = command_utf8() ? HEARTH_CHOICE_UTF8 : 0;
    long points = POINTS;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (strcmp(argv[k], "--against") == 0 && k + 1 < argc) {
            against = argv[++k];
        } else if (strcmp(argv[k], "--points") == 0 && k + 1 < argc) {
            char *end = NULL;
            points = strtol(argv[++k], &end, 10);
            if (*end || points < 0 || points > 1000) {
                return command_usage("frontier", "--points %s: how many?", argv[k]);
            }
        } else if (strcmp(argv[k], "--json") == 0) {
            how |= HEARTH_CHOICE_JSON;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("frontier", "option %s is unknown, or has no value", argv[k]);
        } else if (path) {
            return command_usage("frontier", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage("frontier", "which scenario? (hearth frontier scenario.yaml -o out)");
    }
    enum hearth_status status =
        hearth_frontier(context, path, against, (int)points, folder, how, &words);
    command_progress_end();
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth frontier: %s\n", hearth_status_text(status));
    } else if (folder) {
        (void)fprintf(stderr, "report: %s/report.html\n", folder);
    }
    return hearth_status_exit_code(status);
}

const struct command command_frontier = {"frontier", "what less carbon, water or peak power costs",
                                         help_frontier, frontier};
