/* hearth check S.yaml [--yaml] [--schema] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_check.h"

static int check(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL;
    bool yaml = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--yaml") == 0) {
            yaml = true;
        } else if (strcmp(argv[k], "--schema") == 0) {
            const char *schema = NULL;
            enum hearth_status status = hearth_schema(context, &schema);
            return status == HEARTH_OK ? command_print(schema) : hearth_status_exit_code(status);
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("check", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("check", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage("check", "which scenario? (hearth check scenario.yaml)");
    }
    struct hearth_scenario *scenario = NULL;
    enum hearth_status status = hearth_scenario_read(context, path, &scenario);
    if (status != HEARTH_OK) {
        return hearth_status_exit_code(status);
    }
    const char *text = yaml ? hearth_scenario_yaml(scenario) : hearth_scenario_words(scenario);
    int code = text ? command_print(text) : 70;
    hearth_scenario_free(scenario);
    return code;
}

const struct command command_check = {
    "check", "read a scenario and say every mistake, without planning", help_check, check};
