/* hearth study STUDY.yaml -o DIR [--processes N] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_study.h"

static int study(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL;
    long processes = 0;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (strcmp(argv[k], "--processes") == 0 && k + 1 < argc) {
            char *end = NULL;
            processes = strtol(argv[++k], &end, 10);
            if (*end != '\0' || processes < 1 || processes > 256) {
                return command_usage("study", "--processes is a number from 1 to 256, not %s",
                                     argv[k]);
            }
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("study", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("study", "one study at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path || !folder) {
        return command_usage("study",
                             "which study, and where to? (hearth study study.yaml -o out)");
    }
    enum hearth_status status =
        hearth_study(context, path, folder, (int)processes, command_utf8(), &words);
    command_progress_end();
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status == HEARTH_OK) {
        (void)fprintf(stderr, "results: %s/results.csv\n", folder);
    } else {
        (void)fprintf(stderr, "hearth study: %s\n", hearth_status_text(status));
    }
    return hearth_status_exit_code(status);
}

const struct command command_study = {
    "study", "plan a scenario many times: sweeps, samples, sensitivity", help_study, study};
