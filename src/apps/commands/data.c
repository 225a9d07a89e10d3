/* hearth data NEEDS.yaml */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>

#include "apps/command.h"
#include "help_data.h"

static int data(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *words = NULL;
    for (int k = 1; k < argc; k++) {
        if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("data", "unknown option %s", argv[k]);
        }
        if (path) {
            return command_usage("data", "one file at a time (%s and %s)", path, argv[k]);
        }
        path = argv[k];
    }
    if (!path) {
        return command_usage("data", "whose needs? (hearth data needs.yaml)");
    }
    enum hearth_status status = hearth_data(context, path, command_utf8(), &words);
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth data: %s\n", hearth_status_text(status));
    }
    return hearth_status_exit_code(status);
}

const struct command command_data = {"data", "a community's data needs: how much, how near",
                                     help_data, data};
