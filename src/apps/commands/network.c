/* hearth network solve|size|run|keys NET [--geojson FILE] [--map FILE] [--json] [--snapshot N] [--no-route] */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/command.h"
#include "help_network.h"

struct wanted {
    const char *what, *path, *geojson, *map, *series;
    double start_c;
    bool json, no_route;
    int snapshot;
};

/* 0, or the exit code of wrong usage. */
static int read_arguments(int argc, char **argv, struct wanted *w) {
    for (int k = 1; k < argc; k++) {
        const char *word = argv[k];
        if (strcmp(word, "--geojson") == 0 && k + 1 < argc) {
            w->geojson = argv[++k];
        } else if (strcmp(word, "--map") == 0 && k + 1 < argc) {
            w->map = argv[++k];
        } else if (strcmp(word, "--snapshot") == 0 && k + 1 < argc) {
            char *end = NULL;
            long snapshot = strtol(argv[++k], &end, 10);
            if (*end || snapshot < 0 || snapshot > 1000000) {
                return command_usage("network", "%s is no snapshot", argv[k]);
            }
            w->snapshot = (int)snapshot;
        } else if (strcmp(word, "--series") == 0 && k + 1 < argc) {
            w->series = argv[++k];
        } else if (strcmp(word, "--start_c") == 0 && k + 1 < argc) {
            char *end = NULL;
            w->start_c = strtod(argv[++k], &end);
            if (*end || !(w->start_c > -5.0 && w->start_c < 160.0)) {
                return command_usage("network", "%s is no temperature", argv[k]);
            }
        } else if (strcmp(word, "--json") == 0) {
            w->json = true;
        } else if (strcmp(word, "--no-route") == 0) {
            w->no_route = true;
        } else if (word[0] == '-' && word[1] != '\0') {
            return command_usage("network", "unknown option %s", word);
        } else if (!w->what) {
            w->what = word;
        } else if (!w->path) {
            w->path = word;
        } else {
            return command_usage("network", "one network at a time (%s and %s)", w->path, word);
        }
    }
    return 0;
}

static int write_form(struct hearth_network *network, const char *form, const char *path) {
    const char *text = path ? hearth_network_text(network, form) : NULL;
    return !path ? 0 : text ? command_write(path, text, strlen(text)) : 70;
}

static int tell(struct hearth_network *network, const struct wanted *w) {
    bool taken =
        (w->geojson && strcmp(w->geojson, "-") == 0) || (w->map && strcmp(w->map, "-") == 0);
    int code = write_form(network, "geojson", w->geojson);
    code = code ? code : write_form(network, "svg", w->map);
    return code || taken ? code : write_form(network, w->json ? "json" : "words", "-");
}

static int network(int argc, char **argv, struct hearth_context *context) {
    struct wanted w = {NULL, NULL, NULL, NULL, NULL, (double)NAN, false, false, 0};
    int code = read_arguments(argc, argv, &w);
    if (code) {
        return code;
    }
    if (w.what && strcmp(w.what, "keys") == 0 && !w.path) {
        const char *text = hearth_network_keys(context, w.json);
        return text ? command_print(text) : 70;
    }
    bool size = w.what && strcmp(w.what, "size") == 0, run = w.what && strcmp(w.what, "run") == 0;
    if (!w.what || !w.path || (!size && !run && strcmp(w.what, "solve") != 0)) {
        return command_usage("network", "hearth network solve NET.geojson, or size, run, keys");
    }
    struct hearth_network *handle = NULL;
    enum hearth_status status = hearth_network_read(context, w.path, w.snapshot, &handle);
    if (status == HEARTH_OK && run) {
        const char *csv = NULL;
        status = hearth_network_run(handle, w.series, w.start_c, &csv);
        code = status != HEARTH_OK ? hearth_status_exit_code(status)
               : csv               ? command_print(csv)
                                   : 70;
        hearth_network_free(handle);
        return code;
    }
    if (status == HEARTH_OK) {
        status = size ? hearth_network_size(handle, !w.no_route) : hearth_network_solve(handle);
    }
    code = status == HEARTH_OK ? tell(handle, &w) : hearth_status_exit_code(status);
    hearth_network_free(handle);
    return code;
}

const struct command command_network = {"network", "solve a network of pipes, or lay and size one",
                                        help_network, network};
