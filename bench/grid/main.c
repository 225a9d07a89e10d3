/* bench_grid FOLDER: a year of power flows of case33bw (FOLDER holds its two tables), a year of a
   transformer in quarter-hours, outages from every hour of a year, on one core: medians of five. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "networks/feeder_host.h"
#include "physics/outage.h"
#include "physics/transformer.h"

enum { ROUNDS = 5, HOURS = 8760, QUARTERS = 35040, MOST = 96 };

/* Of the processor: other programs do not count. */
static double now_s(void) {
    struct timespec t;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* A year's shape of a load without chance: a day, a week, a season. */
static double shape(double hour_h) {
    return 0.55 + 0.25 * sin(hour_h * 0.2617993877991494) + 0.05 * sin(hour_h * 0.0373999125) +
           0.15 * cos(hour_h * 0.000717259963);
}

static double sum_check; /* what was computed is printed, so that nothing is left out */

static void power_flows(const struct feeder *feeder, struct feeder_work *work,
                        struct feeder_state *state, enum feeder_method method) {
    for (int h = 0; h < HOURS; h++) {
        struct feeder_ask ask = {shape(h), -1, 0.0, 0.0};
        feeder_solve_by(feeder, work, &ask, method, state);
        sum_check += state->loss_kw;
    }
}

static void report(const char *what, double *seconds, double budget_s) {
    qsort(seconds, ROUNDS, sizeof *seconds, by_size);
    (void)printf("| %s | %.4f | %.3g |\n", what, seconds[ROUNDS / 2], budget_s);
}

int main(int argc, char **argv) {
    static double load[QUARTERS], ambient[QUARTERS], survive[MOST], perfect[MOST], room[HOURS];
    static int running[MOST];
    char bus[4096], line[4096];
    double seconds[ROUNDS];
    struct arena *arena = arena_new(0);
    struct diag *diag = arena ? diag_new(arena) : NULL;
    struct feeder feeder;
    (void)snprintf(bus, sizeof bus, "%s/case33bw_bus.csv",
                   argc > 1 ? argv[1] : "../shared/data/el_feeders");
    (void)snprintf(line, sizeof line, "%s/case33bw_line.csv",
                   argc > 1 ? argv[1] : "../shared/data/el_feeders");
    const char *const paths[] = {bus, line};
    if (!diag || feeder_read(arena, diag, paths, 2, &feeder) != STATUS_OK) {
        (void)fprintf(stderr, "bench_grid: no feeder in %s\n", bus);
        return 66;
    }
    struct feeder_work *work = feeder_work_new(arena, &feeder);
    struct feeder_state *state = feeder_state_new(arena, &feeder);
    if (!work || !state) {
        return 70;
    }
    (void)printf("| what | s (median of %d) | budget s |\n|---|---|---|\n", ROUNDS);
    for (int method = FEEDER_SWEEP; method <= FEEDER_NEWTON; method++) {
        for (int r = 0; r < ROUNDS; r++) {
            double begin = now_s();
            power_flows(&feeder, work, state, (enum feeder_method)method);
            seconds[r] = now_s() - begin;
        }
        report(method == FEEDER_SWEEP ? "8,760 power flows of case33bw, sweep"
                                      : "8,760 power flows of case33bw, Newton",
               seconds, 0.5);
    }
    for (int k = 0; k < QUARTERS; k++) {
        load[k] = shape(0.25 * k);
        ambient[k] = 10.0 - 12.0 * cos(0.25 * k * 0.000717259963);
    }
    struct transformer_thermal t = transformer_thermal_of(TRANSFORMER_ONAF, 6.0);
    for (int r = 0; r < ROUNDS; r++) {
        double begin = now_s();
        sum_check += transformer_year(&t, load, ambient, QUARTERS, 15.0, false, NULL, NULL).aged_h;
        seconds[r] = now_s() - begin;
    }
    report("a transformer's year in quarter-hours", seconds, 0.05);
    struct outage_plant plant = outage_plant_none();
    plant.generators_count = 6;
    plant.generator_kw = 200.0;
    plant.battery_kw = 200.0;
    plant.battery_kwh = 400.0;
    plant.firm_kw = 100.0;
    for (int h = 0; h < HOURS; h++) {
        load[h] = 1000.0 * shape(h);
        ambient[h] = fmax(0.0, 300.0 * sin((h - 6) * 0.2617993877991494));
    }
    plant.sun_kw = ambient;
    struct outage_ask ask = {load, HOURS, 1.0, MOST};
    struct outage_curve curve = {.survive_frac = survive, .perfect_frac = perfect};
    for (int r = 0; r < ROUNDS; r++) {
        double begin = now_s();
        outage_curve(&plant, &ask, running, &curve);
        seconds[r] = now_s() - begin;
        sum_check += curve.mean_h;
    }
    report("8,760 x 96 outage starts, failures of six units, battery, firm unit and sun", seconds,
           1.0);
    for (int b = 0; b < feeder.buses_count; b++) {
        feeder.bus[b].lowest_pu = 0.9;
    }
    for (int h = 0; h < HOURS; h++) {
        ambient[h] = shape(h);
    }
    for (int r = 0; r < ROUNDS; r++) {
        double begin = now_s();
        feeder_host_hours(&feeder, work, 5, ambient, HOURS, 0.2, state, room);
        seconds[r] = now_s() - begin;
        sum_check += room[0];
    }
    report("the room for load at one bus in each hour of a year", seconds, (double)NAN);
    (void)printf("\nsum of what was computed: %.6g\n", sum_check);
    arena_free(arena);
    return 0;
}
