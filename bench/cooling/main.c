/* How long a year of humid air and a year of every way of cooling take. The weather is made, 8,760 hours.

   bench_cooling [--smoke]     --smoke: one round; the sums are judged, the times only printed */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "components/cooling_year.h"
#include "physics/air.h"
#include "physics/air_year.h"

enum { YEAR_H = 8760, ROUNDS = 21 };

static double dry_c[YEAR_H], rh_frac[YEAR_H], p_kpa[YEAR_H], w_kg_kg[YEAR_H], wet_c[YEAR_H],
    dew_c[YEAR_H], h_kj_kg[YEAR_H];

static void make_weather(void) {
    const double pi = 3.14159265358979323846;
    for (int h = 0; h < YEAR_H; h++) {
        double season = cos(2.0 * pi * (h - 500) / YEAR_H),
               day = cos(2.0 * pi * (h % 24 - 15) / 24.0);
        dry_c[h] = 12.0 - 13.0 * season + 5.0 * day + 3.0 * sin(0.37 * h);
        rh_frac[h] = fmin(1.0, fmax(0.05, 0.65 - 0.2 * day + 0.2 * sin(0.11 * h)));
        p_kpa[h] = 100.0 + sin(0.013 * h);
    }
}

/* the processor's time: a shared machine does not count */
static double now_s(void) {
    struct timespec now;
    (void)clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void air(void) {
    air_year_humidity_kg_kg(YEAR_H, dry_c, rh_frac, p_kpa, w_kg_kg);
    air_year_wet_bulb_c(YEAR_H, dry_c, w_kg_kg, p_kpa, wet_c);
    air_year_dew_point_c(YEAR_H, w_kg_kg, p_kpa, dew_c);
    air_year_enthalpy_kj_kg(YEAR_H, dry_c, w_kg_kg, h_kj_kg);
}

static void air_one_by_one(void) {
    for (int h = 0; h < YEAR_H; h++) {
        w_kg_kg[h] = air_humidity_kg_kg(dry_c[h], rh_frac[h], p_kpa[h]);
        wet_c[h] = air_wet_bulb_c(dry_c[h], w_kg_kg[h], p_kpa[h]);
        dew_c[h] = air_dew_point_c(w_kg_kg[h], p_kpa[h]);
        h_kj_kg[h] = air_enthalpy_kj_kg(dry_c[h], w_kg_kg[h]);
    }
}

static double power_kw_kw;

static double methods(bool tell) {
    struct hours hours = {.count = YEAR_H,
                          .horizon_count = YEAR_H,
                          .step_h = 1.0,
                          .outdoor_c = dry_c,
                          .wet_bulb_c = wet_c,
                          .humidity_kg_kg = w_kg_kg,
                          .pressure_kpa = p_kpa};
    double all_s = 0.0;
    for (int k = 0; k < component_count(); k++) {
        const struct component *kind = component_at(k);
        static char self[4096];
        if (!kind->cooling || kind->size > sizeof self) {
            continue;
        }
        component_defaults(kind, self);
        double begin_s = now_s(), sum = 0.0;
        for (int t = 0; t < YEAR_H; t++) {
            struct cooling_hour hour;
            cooling_hour(kind, self, &hours, t, COOLING_REJECT, &hour);
            sum += cooling_power_kw_kw(&hour);
        }
        double took_s = now_s() - begin_s;
        all_s += took_s;
        power_kw_kw += sum / YEAR_H;
        if (tell) {
            printf("  %-28s %7.2f ms   %.4f kW/kW\n", kind->name, 1e3 * took_s, sum / YEAR_H);
        }
    }
    return all_s;
}

static int by_size(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(int argc, char **argv) {
    bool smoke = argc > 1 && strcmp(argv[1], "--smoke") == 0;
    int rounds = smoke ? 1 : ROUNDS;
    double fast_s[ROUNDS], slow_s[ROUNDS], methods_s[ROUNDS];
    make_weather();
    for (int n = 0; n < rounds; n++) {
        double begin_s = now_s();
        air_one_by_one();
        slow_s[n] = now_s() - begin_s;
        begin_s = now_s();
        air();
        fast_s[n] = now_s() - begin_s;
        methods_s[n] = methods(n + 1 == rounds);
    }
    qsort(fast_s, (size_t)rounds, sizeof *fast_s, by_size);
    qsort(slow_s, (size_t)rounds, sizeof *slow_s, by_size);
    qsort(methods_s, (size_t)rounds, sizeof *methods_s, by_size);
    printf("humid air, %d hours: %.2f ms over arrays, %.2f ms one by one (medians of %d)\n", YEAR_H,
           1e3 * fast_s[rounds / 2], 1e3 * slow_s[rounds / 2], rounds);
    printf("every way of cooling, %d hours each: %.1f ms (median of %d; the budget is 50)\n",
           YEAR_H, 1e3 * methods_s[rounds / 2], rounds);
    return isfinite(power_kw_kw) && power_kw_kw > 0.0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
