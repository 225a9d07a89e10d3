/* hearth export S.yaml [--case together] [--format mps|lp|replay] [-o FILE] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "apps/command.h"
#include "help_export.h"

static int export(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *plan_case = "together", *format = "mps", *file = "-";
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--case") == 0 && k + 1 < argc) {
            plan_case = argv[++k];
        } else if (strcmp(argv[k], "--format") == 0 && k + 1 < argc) {
            format = argv[++k];
        } else if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            file = argv[++k];
        } else if ((argv[k][0] == '-' && argv[k][1] != '\0') || path) {
            return command_usage("export", "what is %s?", argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path) {
        return command_usage(
            "export", "which scenario? (hearth export scenario.yaml --format lp -o year.lp)");
    }
    struct hearth_scenario *scenario = NULL;
    enum hearth_status status = hearth_scenario_read(context, path, &scenario);
    if (status != HEARTH_OK) {
        return hearth_status_exit_code(status);
    }
    const char *text = NULL;
    size_t size = 0;
    status = hearth_export(scenario, plan_case, format, &text, &size);
    int code =
        status == HEARTH_OK ? command_write(file, text, size) : hearth_status_exit_code(status);
    if (status == HEARTH_USAGE) {
        code = command_usage("export",
                             "--case is today, apart or together; --format is mps, lp or replay");
    }
    hearth_scenario_free(scenario);
    return code;
}

const struct command command_export = {"export", "the programme as MPS, LP or a bit-exact replay",
                                       help_export, export};
