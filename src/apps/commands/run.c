/* hearth run S.yaml -o DIR [--json] [--solver ipm|clp] [--fallback] [--threads N] [--typical[=WEEKS]] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
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

struct wish {
    const char *path, *folder, *limit, *solver, *threads, *typical;
    bool json, fallback;
};

static int read_wish(int argc, char **argv, struct wish *ret) {
    const struct {
        const char *name, **text;
    } texts[] = {{"-o", &ret->folder},
                 {"--iterations", &ret->limit},
                 {"--solver", &ret->solver},
                 {"--threads", &ret->threads}};
    for (int k = 1; k < argc; k++) {
        int at = 0, all = sizeof texts / sizeof *texts;
        while (at < all && (strcmp(argv[k], texts[at].name) != 0 || k + 1 == argc)) {
            at++;
        }
        if (at < all) {
            *texts[at].text = argv[++k];
        } else if (strcmp(argv[k], "--typical") == 0) {
            ret->typical = "yes";
        } else if (strncmp(argv[k], "--typical=", strlen("--typical=")) == 0) {
            ret->typical = argv[k] + strlen("--typical=");
        } else if (strcmp(argv[k], "--fallback") == 0) {
            ret->fallback = true;
        } else if (strcmp(argv[k], "--json") == 0) {
            ret->json = true;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("run", "unknown option %s", argv[k]);
        } else if (ret->path) {
            return command_usage("run", "one scenario at a time (%s and %s)", ret->path, argv[k]);
        } else {
            ret->path = argv[k];
        }
    }
    return 0;
}

static bool is_whole(const char *text, long most) {
    char *end = NULL;
    long number = strtol(text, &end, 10);
    return *text >= '0' && *text <= '9' && *end == '\0' && number <= most;
}

static int judge_wish(const struct wish *wish) {
    if (wish->solver && strcmp(wish->solver, "clp") != 0 && strcmp(wish->solver, "ipm") != 0) {
        return command_usage("run", "--solver is ipm or clp, not %s", wish->solver);
    }
    if (wish->threads && !is_whole(wish->threads, 64)) {
        return command_usage("run", "--threads is a number from 0 to 64, not %s", wish->threads);
    }
    if (wish->limit && !is_whole(wish->limit, LONG_MAX - 1)) {
        return command_usage("run", "--iterations is a whole number, not %s", wish->limit);
    }
    return wish->path ? 0
                      : command_usage("run", "which scenario? (hearth run scenario.yaml -o out)");
}

static int run(int argc, char **argv, struct hearth_context *context) {
    struct wish wish = {0};
    int wrong = read_wish(argc, argv, &wish);
    wrong = wrong ? wrong : judge_wish(&wish);
    if (wrong) {
        return wrong;
    }
    struct hearth_scenario *scenario = NULL;
    enum hearth_status status = hearth_scenario_read(context, wish.path, &scenario);
    if (status != HEARTH_OK) {
        return hearth_status_exit_code(status);
    }
    const char *options[11] = {"threads", wish.threads ? wish.threads : "0"};
    int count = 2;
    if (wish.fallback) {
        options[count++] = "fallback";
        options[count++] = "clp";
    }
    if (wish.solver) {
        options[count++] = "solver";
        options[count++] = wish.solver;
    }
    if (wish.typical) {
        options[count++] = "typical_weeks";
        options[count++] = wish.typical;
    }
    if (wish.limit) {
        options[count++] = "iterations_limit";
        options[count++] = wish.limit;
    }
    struct hearth_plan *plan = NULL;
    status = hearth_plan_solve(scenario, options, &plan);
    int code = finish(plan, status, wish.folder, wish.typical != NULL, wish.json);
    hearth_plan_free(plan);
    hearth_scenario_free(scenario);
    return code;
}

const struct command command_run = {"run", "plan a scenario: three cases, the audit, the report",
                                    help_run, run};
