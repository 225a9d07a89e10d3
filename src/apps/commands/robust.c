/* hearth robust S.yaml [-o DIR] [--compare] [--json] [--mpi] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "apps/command.h"
#include "help_robust.h"

static void tell_memory(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_SELF, &usage) == 0) {
        (void)fprintf(stderr, "memory at its peak: %.0f MB\n", (double)usage.ru_maxrss / 1024.0);
    }
}

static int robust(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL;
    unsigned how = command_utf8() ? HEARTH_ROBUST_UTF8 : 0;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (strcmp(argv[k], "--compare") == 0) {
            how |= HEARTH_ROBUST_COMPARE;
        } else if (strcmp(argv[k], "--json") == 0) {
            how |= HEARTH_ROBUST_JSON;
        } else if (strcmp(argv[k], "--mpi") == 0) {
            how |= HEARTH_ROBUST_MPI;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("robust", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("robust", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage("robust", "which scenario? (hearth robust scenario.yaml -o out)");
    }
    enum hearth_status status = hearth_robust(context, path, folder, how, &words);
    command_progress_end();
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth robust: %s\n", hearth_status_text(status));
        return hearth_status_exit_code(status);
    }
    if (folder && words) {
        (void)fprintf(stderr, "report: %s/report.html\n", folder);
    }
    tell_memory();
    return 0;
}

const struct command command_robust = {"robust", "one design for many weather years and futures",
                                       help_robust, robust};
