/* hearth rules S.yaml [--packs a,b] [--json] [--standard FILE] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "apps/command.h"
#include "help_rules.h"

struct wanted {
    const char *path, *packs, *standard;
    bool json;
};

static int tell(struct hearth_plan *plan, const struct wanted *wanted) {
    const char *text = NULL;
    int broken = 0;
    command_progress_end();
    if (wanted->standard) {
        text = hearth_plan_standard(plan);
        return text ? command_write(wanted->standard, text, strlen(text)) : 70;
    }
    enum hearth_status status = hearth_plan_rules(plan, wanted->packs, wanted->json,
                                                  command_colour(), command_utf8(), &text, &broken);
    if (status == HEARTH_USAGE) {
        return command_usage("rules", "%s: no such rule pack; `hearth explain rules` lists them",
                             wanted->packs);
    }
    if (!text) {
        return hearth_status_exit_code(status);
    }
    int code = command_print(text);
    return code ? code : broken > 0 ? hearth_status_exit_code(HEARTH_CHECK_FAILED) : 0;
}

static int rules(int argc, char **argv, struct hearth_context *context) {
    struct wanted wanted = {NULL, NULL, NULL, false};
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "--packs") == 0 && k + 1 < argc) {
            wanted.packs = argv[++k];
        } else if (strcmp(argv[k], "--standard") == 0 && k + 1 < argc) {
            wanted.standard = argv[++k];
        } else if (strcmp(argv[k], "--json") == 0) {
            wanted.json = true;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("rules", "unknown option %s", argv[k]);
        } else if (wanted.path) {
            return command_usage("rules", "one scenario at a time (%s and %s)", wanted.path,
                                 argv[k]);
        } else {
            wanted.path = argv[k];
        }
    }
    if (!wanted.path) {
        return command_usage("rules", "which scenario? (hearth rules scenario.yaml)");
    }
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *plan = NULL;
    enum hearth_status status = hearth_scenario_read(context, wanted.path, &scenario);
    if (status != HEARTH_OK) {
        return hearth_status_exit_code(status);
    }
    status = hearth_plan_solve(scenario, NULL, &plan);
    int code = hearth_status_exit_code(status);
    if (status == HEARTH_OK) {
        code = tell(plan, &wanted);
    } else {
        command_progress_end();
        (void)fprintf(stderr, "hearth rules: %s\n", hearth_status_text(status));
    }
    hearth_plan_free(plan);
    hearth_scenario_free(scenario);
    return code;
}

const struct command command_rules = {"rules", "hold the plan against dated rules, or draft one",
                                      help_rules, rules};
