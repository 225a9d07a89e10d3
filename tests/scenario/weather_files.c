/* Weather files of several kinds as a year, and the normals of a year. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "weather_files.h"

#include <math.h>

#include "base/file.h"
#include "physics/air.h"
#include "scenario/climate_build.h"
#include "shared_data.h"

enum { CELLS_MAX = 40, DAYS = 365 };

static const struct kind {
    const char *ending;
    int from; /* lines of the header */
    /* columns of dry bulb, dew point or (negative) mixing ratio, pressure, sun, wind */
    int dry, dew, pressure, global, more_global, wind;
    double kpa; /* per unit of pressure */
} kinds[] = {{".mos", 40, 1, 2, 4, 8, -1, 16, 1e-3},
             {".dat", 38, 8, -10, 9, 13, 14, 7, 0.1},
             {"_tmy.csv", 3, 9, 8, 10, 7, -1, 12, 0.1},
             {"_SAM.csv", 3, 7, 8, 10, 4, -1, 11, 0.1},
             {".txt", 2, 1, 1, 0, 0, -1, 0, 0.0}};

static bool ends(const char *text, const char *ending) {
    size_t size = strlen(text), least = strlen(ending);
    return size >= least && strcmp(text + size - least, ending) == 0;
}

/* The numbers of a line; what is no number counts as 0. */
static int numbers(char *line, double cell[CELLS_MAX]) {
    int count = 0;
    while (*line && count < CELLS_MAX) {
        while (*line == ' ' || *line == '\t' || *line == '\r') {
            line++;
        }
        if (!*line) {
            break;
        }
        char *end = line;
        cell[count++] = strtod(line, &end);
        line = end;
        while (*line && *line != ',' && *line != ' ' && *line != '\t') {
            line++;
        }
        line += *line == ',';
    }
    return count;
}

/* Magnus form over water, Sonntag 1990. */
static double dew_point_c(double mixing_g_kg, double pressure_kpa) {
    double vapour_kpa = fmax(1e-4, mixing_g_kg / (621.98 + mixing_g_kg) * pressure_kpa);
    double logarithm = log(vapour_kpa / 0.6112);
    return 243.12 * logarithm / (17.62 - logarithm);
}

static void take_row(const struct kind *kind, const double *cell, int hour,
                     struct climate_arrays *a) {
    double p_kpa = kind->kpa > 0.0 ? cell[kind->pressure] * kind->kpa : 101.325;
    a->outdoor_c[hour] = cell[kind->dry];
    a->dew_point_c[hour] = kind->dew > 0 ? cell[kind->dew] : dew_point_c(cell[-kind->dew], p_kpa);
    a->pressure_kpa[hour] = p_kpa;
    bool all = kind->kpa > 0.0; /* not only a temperature */
    a->global_kw_m2[hour] = all ? cell[kind->global] / 1000.0 : 0.0;
    a->global_kw_m2[hour] += kind->more_global > 0 ? cell[kind->more_global] / 1000.0 : 0.0;
    a->direct_normal_kw_m2[hour] = a->diffuse_kw_m2[hour] = 0.0;
    a->wind_m_s[hour] = all ? cell[kind->wind] : 0.0;
}

/* A leap year's 29 February is left out. */
static void read_table(const struct kind *kind, bool leap, char *text, struct climate_arrays *a) {
    int line_number = 0, rows = 0;
    for (char *line = text; *line;) {
        char *end = strchr(line, '\n'), *next = end ? end + 1 : line + strlen(line);
        double cell[CELLS_MAX] = {0};
        if (end) {
            *end = '\0';
        }
        if (line_number++ >= kind->from && numbers(line, cell) > 1) {
            bool skipped = leap && rows >= 24 * 59 && rows < 24 * 60;
            int hour = leap && rows >= 24 * 60 ? rows - 24 : rows;
            if (!skipped && hour < 24 * DAYS) {
                take_row(kind, cell, hour, a);
            }
            rows++;
        }
        line = next;
    }
    assert_int_equal(rows, leap ? 24 * DAYS + 24 : 24 * DAYS);
}

void weather_file_read(struct arena *arena, const char *path, struct climate *ret) {
    struct diag *diag = diag_new(arena);
    struct place nowhere = {path, 0, 0};
    char *text = NULL;
    size_t size = 0;
    assert_int_equal(file_read(arena, diag, nowhere, path, 1 << 24, &text, &size), STATUS_OK);
    if (ends(path, ".epw")) {
        assert_int_equal(climate_epw(arena, diag, path, text, size, 2023, 0.0, ret), STATUS_OK);
        return;
    }
    for (size_t k = 0; k < sizeof kinds / sizeof kinds[0]; k++) {
        if (ends(path, kinds[k].ending)) {
            struct climate_arrays arrays;
            memset(ret, 0, sizeof *ret);
            assert_int_equal(climate_arrays_take(arena, 24 * DAYS, &arrays), STATUS_OK);
            read_table(&kinds[k], strstr(path, "2012.txt") != NULL, text, &arrays);
            climate_finish(&arrays, 2023, 0.0, ret);
            return;
        }
    }
    fail_msg("%s: no known kind of weather file", path);
}

struct daily {
    double dry[31], dew[31], bright[31], high[31], low[31];
};

static double mean_of(const double *value, int count) {
    double sum = 0.0;
    for (int k = 0; k < count; k++) {
        sum += value[k] / count;
    }
    return sum;
}

static double shared(const double *one, const double *two, int count) {
    double mean_one = mean_of(one, count), mean_two = mean_of(two, count), sum = 0.0;
    for (int k = 0; k < count; k++) {
        sum += (one[k] - mean_one) * (two[k] - mean_two) / count;
    }
    return sum;
}

static double deviation_of(const double *value, int count) {
    return sqrt(shared(value, value, count));
}

static double correlation_of(const double *one, const double *two, int count) {
    double both = deviation_of(one, count) * deviation_of(two, count);
    return both > 0.0 ? shared(one, two, count) / both : 0.0;
}

static int ascending(const void *one, const void *two) {
    double a = *(const double *)one, b = *(const double *)two;
    return (a > b) - (a < b);
}

static void rank(const double *value, int count, double ret[DAY_RANKS]) {
    static const double share[DAY_RANKS] = {0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0};
    double ordered[31];
    memcpy(ordered, value, (size_t)count * sizeof *value);
    qsort(ordered, (size_t)count, sizeof *ordered, ascending);
    for (int k = 0; k < DAY_RANKS; k++) {
        double at = share[k] * (count - 1);
        int low = (int)at < count - 2 ? (int)at : count - 2;
        double here = ordered[low] + (at - low) * (ordered[low + 1] - ordered[low]);
        ret[k] = (here - mean_of(value, count)) / fmax(1e-9, deviation_of(value, count));
    }
}

static void take_month(const struct climate_year *year, int first, int count, int month,
                       struct climate_shape *shape, struct normals *ret) {
    struct daily day;
    double wind = 0.0;
    for (int d = 0; d < count; d++) {
        day.low[d] = 1e9;
        day.high[d] = -1e9;
        day.dry[d] = day.dew[d] = day.bright[d] = 0.0;
        for (int h = 24 * (first + d); h < 24 * (first + d) + 24; h++) {
            day.low[d] = fmin(day.low[d], year->outdoor_c[h]);
            day.high[d] = fmax(day.high[d], year->outdoor_c[h]);
            day.dry[d] += year->outdoor_c[h] / 24.0;
            day.dew[d] += year->dew_point_c[h] / 24.0;
            day.bright[d] += year->global_kw_m2[h];
            wind += year->wind_m_s[h] / (24.0 * count);
        }
    }
    ret->dry_c[month] = mean_of(day.dry, count);
    ret->deviation_dk[month] = deviation_of(day.dry, count);
    ret->high_c[month] = mean_of(day.high, count);
    ret->low_c[month] = mean_of(day.low, count);
    ret->dew_c[month] = mean_of(day.dew, count);
    ret->global_kwh_m2_day[month] = mean_of(day.bright, count);
    ret->wind_m_s[month] = wind;
    rank(day.dry, count, shape->dry_ratio[month]);
    rank(day.dew, count, shape->dew_ratio[month]);
    rank(day.high, count, shape->high_ratio[month]);
    rank(day.low, count, shape->low_ratio[month]);
    rank(day.bright, count, shape->bright_ratio[month]);
    shape->dew_deviation_ratio[month] = deviation_of(day.dew, count) / ret->deviation_dk[month];
    shape->high_deviation_ratio[month] = deviation_of(day.high, count) / ret->deviation_dk[month];
    shape->low_deviation_ratio[month] = deviation_of(day.low, count) / ret->deviation_dk[month];
    shape->bright_deviation_ratio[month] =
        deviation_of(day.bright, count) / fmax(1e-9, ret->global_kwh_m2_day[month]);
    shape->dry_dew_ratio[month] = correlation_of(day.dry, day.dew, count);
    shape->dry_bright_ratio[month] = correlation_of(day.dry, day.bright, count);
    shape->dry_high_ratio[month] = correlation_of(day.dry, day.high, count);
    shape->dry_low_ratio[month] = correlation_of(day.dry, day.low, count);
    shape->bright_dew_ratio[month] = correlation_of(day.bright, day.dew, count);
    shape->bright_high_ratio[month] = correlation_of(day.bright, day.high, count);
    shape->bright_low_ratio[month] = correlation_of(day.bright, day.low, count);
    shape->dew_high_ratio[month] = correlation_of(day.dew, day.high, count);
    shape->dew_low_ratio[month] = correlation_of(day.dew, day.low, count);
    shape->high_low_ratio[month] = correlation_of(day.high, day.low, count);
}

static double persistence_of(const struct climate_year *year) {
    double day[DAYS] = {0}, left[DAYS + 1];
    for (int h = 0; h < 24 * DAYS; h++) {
        day[h / 24] += year->outdoor_c[h] / 24.0;
    }
    for (int d = 0; d < DAYS; d++) {
        left[d] = day[d];
        for (int k = -15; k <= 15; k++) {
            left[d] -= day[(d + k + DAYS) % DAYS] / 31.0;
        }
    }
    left[DAYS] = left[0];
    return correlation_of(left, left + 1, DAYS);
}

void weather_normals(const struct climate *climate, const char *name, struct climate_shape *shape,
                     struct normals *ret) {
    struct normals normals = {.name = name,
                              .title = name,
                              .source = name,
                              .latitude_deg = climate->latitude_deg,
                              .longitude_deg = climate->longitude_deg,
                              .utc_offset_h = climate->utc_offset_h,
                              .altitude_m = climate->altitude_m,
                              .shape = shape};
    int first = 0;
    for (int month = 0; month < 12; month++) {
        int count = calendar_days_in_month(month, false);
        take_month(&climate->year, first, count, month, shape, &normals);
        first += count;
    }
    shape->persistence_ratio = persistence_of(&climate->year);
    *ret = normals;
}
