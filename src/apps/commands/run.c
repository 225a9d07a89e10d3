/* hearth run S.yaml -o DIR [--json] [--solver ipm|clp] [--fallback] [--typical[=WEEKS]] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "apps/command.h"
#include "help_run.h"

static int finish(struct hearth_plan *plan, enum hearth_status status, const char *folder,
                  bool typical, bool json) {
    int code = hearth_status_exit_code(status);
    command_progress_end();
    bool told = plan && status != HEARTH_NO_MEMORY && status != HEARTH_CANCELLED &&
                status != HEARTH_INTERNAL;
    if (told && folder) {
        enum hearth_status wrote = hearth_plan_write(plan, folder);
        if (wrote != HEARTH_OK) {
            return hearth_status_exit_code(wrote);
        }
    }
    if (told && json) {
        const char *summary = hearth_plan_summary(plan);
        return summary && command_print(summary) == 0 ? code : summary ? 73 : 70;
    }
    const char *words =
        status == HEARTH_OK ? hearth_plan_words(plan, command_colour(), command_utf8()) : NULL;
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth run: %s\n", hearth_status_text(status));
    } else if (folder) {
        (void)fprintf(stderr, typical ? "results: %s\n" : "report: %s/report.html\n", folder);
    }
    return code;
}

static int run(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *limit = NULL, *solver = NULL, *typical = NULL;
    bool json = false, fallback = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (strcmp(argv[k], "--iterations") == 0 && k + 1 < argc) {
            limit = argv[++k];
        } else if (strcmp(argv[k], "--solver") == 0 && k + 1 < argc) {
            solver = argv[++k];
        } else if (strcmp(argv[k], "--typical") == 0) {
            typical = "yes";
        } else if (strncmp(argv[k], "--typical=", strlen("--typical=")) == 0) {
            typical = argv[k] + strlen("--typical=");
        } else if (strcmp(argv[k], "--fallback") == 0) {
            fallback = true;
        } else if (strcmp(argv[k], "--json") == 0) {
            json = true;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("run", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("run", "one scenario at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (solver && strcmp(solver, "clp") != 0 && strcmp(solver, "ipm") != 0) {
        return command_usage("run", "--solver is ipm or clp, not %s", solver);
    }
    if (!path) {
        return command_usage("run", "which scenario? (hearth run scenario.yaml -o out)");
    }
    struct hearth_scenario *scenario = NULL;
    enum hearth_status status = hearth_scenario_read(context, path, &scenario);
    if (status != HEARTH_OK) {
        return hearth_status_exit_code(status);
    }
    const char *options[9] = {NULL};
    int count = 0;
    if (fallback) {
        options[count++] = "fallback";
        options[count++] = "clp";
    }
    if (solver) {
        options[count++] = "solver";
        options[count++] = solver;
    }
    if (typical) {
        options[count++] = "typical_weeks";
        options[count++] = typical;
    }
    if (limit) {
        options[count++] = "iterations_limit";
        options[count++] = limit;
    }
    struct hearth_plan *plan = NULL;
    status = hearth_plan_solve(scenario, options, &plan);
    int code = finish(plan, status, folder, typical != NULL, json);
    hearth_plan_free(plan);
    hearth_scenario_free(scenario);
    return code;
}

const struct command command_run = {"run", "plan a scenario: three cases, the audit, the report",
                                    help_run, run};
