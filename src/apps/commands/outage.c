/* hearth outage [LOAD.csv] key=value ... [--json|--csv] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_outage.h"

enum { ARGUMENTS_MAX = 40 };

static int outage(int argc, char **argv, struct hearth_context *context) {
    const char *load = NULL, *arguments[ARGUMENTS_MAX], *format = "text", *text = NULL;
    int count = 0;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--json") == 0 || strcmp(argv[k], "--csv") == 0) {
            format = argv[k] + 2;
        } else if (strchr(argv[k], '=') && count < ARGUMENTS_MAX) {
            arguments[count++] = argv[k];
        } else if (argv[k][0] == '-' || load) {
            return command_usage("outage", "what is %s?", argv[k]);
        } else {
            load = argv[k];
        }
    }
    enum hearth_status status = hearth_outage(context, load, count, arguments, format, &text);
    if (text && command_print(text) != 0) {
        return 73;
    }
    return hearth_status_exit_code(status);
}

const struct command command_outage = {
    "outage", "how long a site survives without the grid, from any hour", help_outage, outage};
