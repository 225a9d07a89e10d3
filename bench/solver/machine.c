/* SPDX-License-Identifier: Apache-2.0 */
#include "machine.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/parallel.h"

enum { TRIAD_COUNT = 1 << 23, TRIALS = 7 }; /* three arrays of 64 MiB */

void machine_name(char *name, size_t size) {
    FILE *file = fopen("/proc/cpuinfo", "r");
    char line[256], model[128] = "a machine";
    while (file && fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon && colon[1] != '\0') {
            (void)snprintf(model, sizeof model, "%.120s", colon + 2);
            model[strcspn(model, "\n")] = '\0';
            break;
        }
    }
    if (file) {
        (void)fclose(file);
    }
#ifdef __clang__
    const char *compiler = "clang";
#else
    const char *compiler = "gcc";
#endif
    (void)snprintf(name, size, "%s, %d cores, %s %s", model, parallel_cores(), compiler,
                   __VERSION__);
}

static double triad_s(double *a, const double *b, const double *c) {
    struct timespec begin, end;
    (void)clock_gettime(CLOCK_MONOTONIC, &begin);
    for (int i = 0; i < TRIAD_COUNT; i++) {
        a[i] = b[i] + 3.0 * c[i];
    }
    (void)clock_gettime(CLOCK_MONOTONIC, &end);
    return (double)(end.tv_sec - begin.tv_sec) + 1e-9 * (double)(end.tv_nsec - begin.tv_nsec);
}

double machine_triad_bytes_s(void) {
    struct arena *arena = arena_new(0);
    double *a = ARENA_TAKE(arena, double, TRIAD_COUNT);
    double *b = ARENA_TAKE(arena, double, TRIAD_COUNT);
    double *c = ARENA_TAKE(arena, double, TRIAD_COUNT);
    double best_s = 1e9, found = 0.0;
    for (int i = 0; a && b && c && i < TRIAD_COUNT; i++) {
        b[i] = i;
        c[i] = 1.0;
    }
    for (int trial = 0; a && b && c && trial < TRIALS; trial++) {
        double taken_s = triad_s(a, b, c);
        best_s = taken_s < best_s ? taken_s : best_s;
        found += a[trial]; /* the loop must not vanish */
    }
    double bytes = 4.0 * sizeof(double) * TRIAD_COUNT; /* two read, one read and written */
    double bytes_s = a && b && c && found > 0.0 ? bytes / best_s : 0.0;
    arena_free(arena);
    return bytes_s;
}
