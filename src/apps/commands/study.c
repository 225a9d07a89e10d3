/* hearth study STUDY.yaml -o DIR [--processes N] [--part K/N] [--slurm N] [--mpi] [--store ADDRESS] [--netcdf] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_study.h"

/* Options of the library by their own names: those that take a text, those that say yes. */
static const char *const taken[] = {"--processes", "--part", "--slurm", "--store"};
static const char *const said[] = {"--mpi", "--netcdf"};
enum { OPTIONS_MOST = 2 * (sizeof taken + sizeof said) / sizeof *taken };

/* How many words it took: 0 where it is no option of these. */
static int take(const char *word, const char *text, const char **options, int *count) {
    int words = 0;
    for (size_t k = 0; text && k < sizeof taken / sizeof *taken; k++) {
        words = strcmp(word, taken[k]) == 0 ? 2 : words;
    }
    for (size_t k = 0; k < sizeof said / sizeof *said; k++) {
        words = strcmp(word, said[k]) == 0 ? 1 : words;
    }
    if (words > 0 && *count < OPTIONS_MOST) {
        options[(*count)++] = word + 2;
        options[(*count)++] = words == 2 ? text : "yes";
        return words;
    }
    return 0;
}

static int study(int argc, char **argv, struct hearth_context *context) {
    const char *path = NULL, *folder = NULL, *words = NULL;
    const char *options[OPTIONS_MOST + 1] = {NULL};
    int count = 0;
    bool planned = true;
    for (int k = 1; k < argc; k++) {
        int took = take(argv[k], k + 1 < argc ? argv[k + 1] : NULL, options, &count);
        if (took > 0) {
            planned = planned && strcmp(argv[k], "--part") != 0 && strcmp(argv[k], "--slurm") != 0;
            k += took - 1;
        } else if (strcmp(argv[k], "-o") == 0 && k + 1 < argc) {
            folder = argv[++k];
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
