/* hearth verify DIR */
/* SPDX-License-Identifier: Apache-2.0 */
#include "apps/command.h"
#include "help_verify.h"

static int verify(int argc, char **argv, struct hearth_context *context) {
    if (argc != 2 || argv[1][0] == '-') {
        return command_usage("verify", "which folder of results? (hearth verify out)");
    }
    const char *words = NULL;
    enum hearth_status status = hearth_verify(context, argv[1], &words);
    if (words && command_print(words) != 0) {
        return 73;
    }
    return hearth_status_exit_code(status);
}

const struct command command_verify = {"verify", "recompute a folder of results without the solver",
                                       help_verify, verify};
