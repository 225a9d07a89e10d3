/* hearth study STUDY.yaml -o DIR [--processes N] [--part K/N] [--slurm N] [--mpi] [--store ADDRESS] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_study.h"

/* Those that take a text of their own. */
static const char *const taken[] = {"--processes", "--part", "--slurm", "--store"};

static bool take(const char *word, const char *text, const char **options, int *count) {
    for (size_t k = 0; k < sizeof taken / sizeof *taken; k++) {
        if (strcmp(word, taken[k]) == 0 && *count < (int)(2 * sizeof taken / sizeof *taken)) {
            options[(*count)++] = taken[k] + 2;
            options[(*count)++] = text;
            return true;
        }
    }
    return false;
}

static int study(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL;
    const char *options[2 * sizeof taken / sizeof *taken + 3] = {NULL};
    int count = 0;
    bool planned = true, mpi = false;
    for (int k = 1; k < argc; k++) {
        if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
        } else if (k + 1 < argc && take(argv[k], argv[k + 1], options, &count)) {
            planned = planned && strcmp(argv[k], "--part") != 0 && strcmp(argv[k], "--slurm") != 0;
            k++;
        } else if (strcmp(argv[k], "--mpi") == 0 && !mpi) {
            mpi = true;
        } else if (argv[k][0] == '-' && argv[k][1] != '\0') {
            return command_usage("study", "unknown option %s", argv[k]);
        } else if (path) {
            return command_usage("study", "one study at a time (%s and %s)", path, argv[k]);
        } else {
            path = argv[k];
        }
    }
    if (!path || !folder) {
        return command_usage("study",
                             "which study, and where to? (hearth study study.yaml -o out)");
    }
    if (mpi) {
        options[count++] = "mpi";
        options[count++] = "yes";
    }
    enum hearth_status status =
        hearth_study(context, path, folder, options, command_utf8(), &words);
    command_progress_end();
    if (words && command_print(words) != 0) {
        return 73;
    }
    if (status == HEARTH_OK && words && planned) {
        (void)fprintf(stderr, "results: %s/results.csv\n", folder);
    } else if (status != HEARTH_OK) {
        (void)fprintf(stderr, "hearth study: %s\n", hearth_status_text(status));
    }
    return hearth_status_exit_code(status);
}

const struct command command_study = {
    "study", "plan a scenario many times: sweeps, samples, sensitivity", help_study, study};
