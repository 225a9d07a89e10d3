/* hearth why S.yaml [--json] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "apps/command.h"
#include "help_why.h"

static int why(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL;
    bool json = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--json") == 0) {
            json = true;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("why", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("why", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage("why", "which scenario? (hearth why scenario.yaml)");
    }
    struct hearth_scenario *scenario = NULL;
    enum hearth_status status = hearth_scenario_read(context, path, &scenario);
    if (status != HEARTH_OK) {
        return hearth_status_exit_code(status);
    }
    struct hearth_plan *plan = NULL;
    const char *text = NULL;
    status = hearth_plan_solve(scenario, NULL, &plan);
    if (status == HEARTH_OK) {
        status = hearth_plan_why(plan, json, command_utf8(), &text);
    }
    command_progress_end();
    int code = hearth_status_exit_code(status);
    if (text && command_print(text) != 0) {
        code = 73;
    } else if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth why: %s\n", hearth_status_text(status));
    }
    hearth_plan_free(plan);
    hearth_scenario_free(scenario);
    return code;
}

const struct command command_why = {"why", "what would have to change for another plan", help_why,
                                    why};
