/* hearth solve FILE.replay */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/command.h"
#include "help_solve.h"

static int solve(int argc, char **argv, struct hearth_context *context) {
    if (argc != 2) {
        return command_usage("solve",
                             "which replay? (hearth export S.yaml --format replay -o year.replay)");
    }
    const char *json = NULL;
    enum hearth_status status = hearth_solve(context, argv[1], &json);
    if (json && command_print(json) != 0) {
        return 73;
    }
    return hearth_status_exit_code(status);
}

const struct command command_solve = {"solve", "solve a replay file again and judge the answer",
                                      help_solve, solve};
