/* hearth roadmap S.yaml [-o DIR] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "apps/command.h"
#include "help_roadmap.h"

static int roadmap(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("roadmap", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("roadmap", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage("roadmap", "which scenario? (hearth roadmap scenario.yaml -o out)");
    }
    enum hearth_status status = hearth_roadmap(context, path, folder, command_utf8(), &words);
    command_progress_end();
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth roadmap: %s\n", hearth_status_text(status));
    } else if (folder) {
        (void)fprintf(stderr, "report: %s/report.html\n", folder);
    }
    return hearth_status_exit_code(status);
}

const struct command command_roadmap = {"roadmap", "plan over the years: what to build when",
                                        help_roadmap, roadmap};
