/* hearth solve FILE.replay [--solver ipm|clp] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_solve.h"

static int solve(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *solver = "ipm";
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--solver") == 0 && k + 1 < argc) {
            solver = argv[++k];
        } else if (argv[k][0] == '-' || path) {
            return command_usage("solve", "what is %s? (hearth solve year.replay)", argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (strcmp(solver, "clp") != 0 && strcmp(solver, "ipm") != 0) {
        return command_usage("solve", "--solver is ipm or clp, not %s", solver);
    }
    if (!path) {
        return command_usage("solve",
                             "which replay? (hearth export S.yaml --format replay -o year.replay)");
    }
    const char *const options[] = {"solver", solver, NULL};
    const char *json = NULL;
    enum hearth_status status = hearth_solve(context, path, options, &json);
    if (json && command_print(json) != 0) {
        return 73;
    }
    return hearth_status_exit_code(status);
}

const struct command command_solve = {"solve", "solve a replay file again and judge the answer",
                                      help_solve, solve};
