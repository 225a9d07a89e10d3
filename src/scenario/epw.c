/* EnergyPlus weather files as they are in the wild: CRLF, hour-ending stamps, missing-value codes,
   years that jump.

   Field 2 month, 3 day, 4 hour 1..24 (ends), 7 dry bulb degC (missing 99.9), 8 dew point degC
   (99.9), 9 relative humidity % (999), 10 pressure Pa (999999), 14 global horizontal Wh/m2 (9999),
   15 direct normal (9999), 16 diffuse (9999), 22 wind m/s (999). Missing numbers are bridged over
   at most six hours; more than 1 % missing is refused. EnergyPlus Auxiliary Programs, EPW CSV
   format. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "physics/air.h"
#include "scenario/climate_build.h"

enum {
    HEADER_LINES = 8,
    FIELDS_READ = 22,
    BAD_ROWS_SHOWN = 20,
    GAP_MAX_H = 6,
    HOURS_MAX = 8784,
    SHOWN_BYTES = 40
};
enum { DRY, DEW, HUMIDITY, PRESSURE, GLOBAL, DIRECT, DIFFUSE, WIND, COLUMNS };

static const struct column {
    const char *name, *unit;
    int field; /* from 1 */
    double missing, min, max;
} columns[COLUMNS] = {
    {"dry bulb", "degC", 7, 99.9, -80.0, 70.0},
    {"dew point", "degC", 8, 99.9, -90.0, 60.0},
    {"relative humidity", "%", 9, 999.0, 0.0, 110.0},
    {"pressure", "Pa", 10, 999999.0, 30000.0, 120000.0},
    {"global radiation", "Wh/m2", 14, 9999.0, 0.0, 1600.0},
    {"direct radiation", "Wh/m2", 15, 9999.0, 0.0, 1600.0},
    {"diffuse radiation", "Wh/m2", 16, 9999.0, 0.0, 1200.0},
    {"wind", "m/s", 22, 999.0, 0.0, 80.0},
};

struct epw {
    struct arena *arena;
    struct diag *diag;
    const char *file, *text;
    size_t size, at;
    int line, bad, missing, rows;
    bool out_of_order;
    double *value[COLUMNS]; /* HOURS_MAX each, NaN where missing */
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m;
    const char *city;
};

struct field {
    const char *text;
    size_t size;
    int column;
};

/* Splits the next line; returns the number of fields, -1 at the end of the text. */
static int next_line(struct epw *epw, struct field *field, int most) {
    if (epw->at >= epw->size) {
        return -1;
    }
    epw->line++;
    int count = 0;
    size_t start = epw->at, from = start;
    for (;;) {
        size_t k = epw->at;
        bool end = k >= epw->size || epw->text[k] == '\n';
        if (end || epw->text[k] == ',') {
            size_t to = k;
            while (end && to > from && epw->text[to - 1] == '\r') {
                to--;
            }
            while (to > from && epw->text[from] == ' ') {
                from++;
            }
            while (to > from && epw->text[to - 1] == ' ') {
                to--;
            }
            if (count < most) {
                struct field one = {epw->text + from, to - from, (int)(from - start) + 1};
                field[count] = one;
            }
            count++;
            from = k + 1;
        }
        epw->at++;
        if (end) {
            return count;
        }
    }
}

static void bad(struct epw *epw, int column, const char *what) {
    if (epw->bad++ < BAD_ROWS_SHOWN) {
        struct place place = {epw->file, epw->line, column};
        diag_error(epw->diag, place, "%s", what ? what : "");
        diag_remedy(epw->diag, "correct the row or take the file again from its source");
    }
}

static bool number(const struct field *field, double *ret) {
    return text_number(field->text, field->size, ret);
}

static bool whole(const struct field *field, double *ret) {
    return number(field, ret) && *ret == floor(*ret);
}

static enum status read_header(struct epw *epw) {
    struct field field[10];
    struct place place = {epw->file, 1, 1};
    int count = next_line(epw, field, COUNT(field));
    if (count < 10 || field[0].size != 8 || memcmp(field[0].text, "LOCATION", 8) != 0) {
        diag_error(epw->diag, place, "no EPW file: the first line does not begin with LOCATION");
        diag_remedy(epw->diag, "name an EnergyPlus weather file (.epw)");
        return STATUS_BAD_SCENARIO;
    }
    double *const into[4] = {&epw->latitude_deg, &epw->longitude_deg, &epw->utc_offset_h,
                             &epw->altitude_m};
    static const double low[4] = {-90, -180, -12, -500}, high[4] = {90, 180, 14, 6000};
    for (int k = 0; k < 4; k++) {
        if (!number(&field[6 + k], into[k]) || *into[k] < low[k] || *into[k] > high[k]) {
            place.column = field[6 + k].column;
            diag_error(
                epw->diag, place,
                "LOCATION: latitude, longitude, time zone and altitude must be numbers in range");
            diag_remedy(epw->diag, "correct the first line");
            return STATUS_BAD_SCENARIO;
        }
    }
    epw->city = arena_text_n(epw->arena, field[1].text, field[1].size);
    for (int k = 1; k < HEADER_LINES; k++) {
        if (next_line(epw, field, COUNT(field)) < 0) {
            place.line = k + 1;
            diag_error(epw->diag, place, "the file ends within its header of 8 lines");
            diag_remedy(epw->diag, "take the file again from its source");
            return STATUS_BAD_SCENARIO;
        }
    }
    return epw->city ? STATUS_OK : STATUS_NO_MEMORY;
}

/* The hour of the year a row belongs to, in a year with or without 29 February. */
static int hour_of(int month, int day, int hour, bool leap) {
    int h = 0;
    for (int k = 0; k < month - 1; k++) {
        h += 24 * calendar_days_in_month(k, leap);
    }
    return h + 24 * (day - 1) + hour - 1;
}

static void read_cell(struct epw *epw, const struct field *cell, int row, int c) {
    const struct column *column = &columns[c];
    double value = 0.0;
    int shown =
        cell->size < SHOWN_BYTES && text_is_utf8(cell->text, cell->size) ? (int)cell->size : 0;
    epw->value[c][row] = (double)NAN;
    if (!number(cell, &value)) {
        bad(epw, cell->column,
            cell->size ? arena_format(epw->arena, "%s: \"%.*s\" is no number", column->name, shown,
                                      cell->text)
                       : arena_format(epw->arena, "%s: the field is empty", column->name));
    } else if (value >= column->missing) {
        epw->missing++;
    } else if (value < column->min || value > column->max) {
        bad(epw, cell->column,
            arena_format(epw->arena, "%s: %.*s is outside %d..%d %s", column->name, shown,
                         cell->text, (int)column->min, (int)column->max, column->unit));
    } else {
        epw->value[c][row] = value;
    }
}

static void read_row(struct epw *epw, const struct field *field, int count, bool leap) {
    double month = 0, day = 0, hour = 0;
    int here = epw->rows++; /* a bad row keeps its hour: those behind it are judged in their own */
    if (count < FIELDS_READ) {
        bad(epw, 1,
            arena_format(epw->arena, "the row has %d of the 22 fields that are read", count));
        return;
    }
    bool stamped = whole(&field[1], &month) && whole(&field[2], &day) && whole(&field[3], &hour);
    if (!stamped || month < 1 || month > 12 || day < 1 || hour < 1 || hour > 24 ||
        day > calendar_days_in_month((int)month - 1, true)) {
        bad(epw, field[1].column, "month, day and hour (1..24) are no moment of a year");
        return;
    }
    int expected = hour_of((int)month, (int)day, (int)hour, leap);
    if (expected != here) {
        struct place place = {epw->file, epw->line, field[1].column};
        diag_error(epw->diag, place, "month %d, day %d, hour %d is out of order: %s", (int)month,
                   (int)day, (int)hour,
                   expected > here ? "an hour is missing before it" : "an hour is repeated");
        diag_remedy(epw->diag,
                    "an EPW file has every hour once: 8,760 rows, or 8,784 in a leap year");
        epw->out_of_order = true; /* what follows is shifted: one message is enough */
        return;
    }
    for (int c = 0; c < COLUMNS; c++) {
        read_cell(epw, &field[columns[c].field - 1], here, c);
    }
}

/* Is there a row for 29 February? Looked up before the rows are read, so that every row knows its
   place. */
static bool has_leap_day(const struct epw *epw) {
    struct epw look = *epw;
    struct field field[4];
    double month = 0, day = 0;
    for (int count = next_line(&look, field, 4); count >= 0; count = next_line(&look, field, 4)) {
        if (count >= 3 && number(&field[1], &month) && number(&field[2], &day) && month == 2 &&
            day == 29) {
            return true;
        }
    }
    return false;
}

static enum status read_rows(struct epw *epw, bool *ret_leap) {
    bool leap = has_leap_day(epw);
    struct field field[FIELDS_READ];
    for (int count = next_line(epw, field, FIELDS_READ); count >= 0 && !epw->out_of_order;
         count = next_line(epw, field, FIELDS_READ)) {
        if (count == 1 && field[0].size == 0) {
            continue;
        }
        if (epw->rows >= HOURS_MAX) {
            bad(epw, 1, "more rows than a leap year has hours");
            break;
        }
        read_row(epw, field, count, leap);
    }
    int wanted = leap ? 8784 : 8760;
    struct place place = {epw->file, epw->line, 1};
    if (epw->bad > BAD_ROWS_SHOWN) {
        place.column = 0;
        diag_error(epw->diag, place, "%d more mistakes like these", epw->bad - BAD_ROWS_SHOWN);
        diag_remedy(epw->diag, "take the file again from its source");
    }
    if (epw->bad > 0 || epw->out_of_order) {
        return STATUS_BAD_SCENARIO;
    }
    if (epw->rows != wanted) {
        diag_error(epw->diag, place, "%d rows, but a year has %d hours", epw->rows, wanted);
        diag_remedy(epw->diag, "take the file again from its source");
        return STATUS_BAD_SCENARIO;
    }
    if (epw->missing > epw->rows * COLUMNS / 100) {
        diag_error(epw->diag, place, "%d of %d values are missing: more than 1 %%", epw->missing,
                   epw->rows * COLUMNS);
        diag_remedy(epw->diag, "use another weather file");
        return STATUS_BAD_SCENARIO;
    }
    *ret_leap = leap;
    return STATUS_OK;
}

static enum status bridge(struct epw *epw, int c) {
    double *value = epw->value[c];
    for (int h = 0; h < epw->rows; h++) {
        if (!isnan(value[h])) {
            continue;
        }
        int end = h;
        while (end < epw->rows && isnan(value[end])) {
            end++;
        }
        bool fillable = c == WIND || (end - h <= GAP_MAX_H && (h > 0 || end < epw->rows));
        if (!fillable) {
            struct place place = {epw->file, HEADER_LINES + 1 + h, 1};
            diag_error(epw->diag, place, "%s is missing for %d hours", columns[c].name, end - h);
            diag_remedy(epw->diag, "at most six hours can be bridged: use another weather file");
            return STATUS_BAD_SCENARIO;
        }
        double before = h > 0 ? value[h - 1] : end < epw->rows ? value[end] : 0.0;
        double after = end < epw->rows ? value[end] : before;
        for (int k = h; k < end; k++) {
            value[k] = before + (after - before) * (k - h + 1) / (end - h + 1);
        }
        h = end;
    }
    return STATUS_OK;
}

/* Hour of the file for an hour of the year: a common year has no 29 February, a leap year repeats
   the 28th. */
static int file_hour(int hour, bool year_leap, bool file_leap) {
    const int leap_day = 24 * 59; /* 29 February begins */
    if (year_leap == file_leap || hour < leap_day) {
        return hour;
    }
    return year_leap ? hour - 24 : hour + 24;
}

static void fill_year(const struct epw *epw, bool year_leap, bool file_leap,
                      struct climate_arrays *a) {
    for (int h = 0; h < a->count; h++) {
        int k = file_hour(h, year_leap, file_leap);
        a->outdoor_c[h] = epw->value[DRY][k];
        a->dew_point_c[h] = fmin(epw->value[DEW][k], epw->value[DRY][k]);
        a->pressure_kpa[h] = epw->value[PRESSURE][k] / 1000.0;
        a->global_kw_m2[h] = epw->value[GLOBAL][k] / 1000.0;
        a->direct_normal_kw_m2[h] = epw->value[DIRECT][k] / 1000.0;
        a->diffuse_kw_m2[h] = epw->value[DIFFUSE][k] / 1000.0;
        a->wind_m_s[h] = epw->value[WIND][k];
    }
}

enum status climate_epw(struct arena *arena, struct diag *diag, const char *file, const char *text,
                        size_t size, int year, double warming_dk, struct climate *ret) {
    struct epw epw = {.arena = arena, .diag = diag, .file = file, .text = text, .size = size};
    struct climate_arrays arrays;
    bool file_leap = false, year_leap = calendar_is_leap(year);
    for (int c = 0; c < COLUMNS; c++) {
        epw.value[c] = ARENA_TAKE(arena, double, HOURS_MAX);
        if (!epw.value[c]) {
            return STATUS_NO_MEMORY;
        }
    }
    TRY(read_header(&epw));
    TRY(read_rows(&epw, &file_leap));
    for (int c = 0; c < COLUMNS; c++) {
        TRY(bridge(&epw, c));
    }
    TRY(climate_arrays_take(arena, year_leap ? 8784 : 8760, &arrays));
    fill_year(&epw, year_leap, file_leap, &arrays);
    struct climate climate = {.name = file,
                              .title = epw.city,
                              .source = file,
                              .latitude_deg = epw.latitude_deg,
                              .longitude_deg = epw.longitude_deg,
                              .utc_offset_h = epw.utc_offset_h,
                              .altitude_m = epw.altitude_m};
    if (epw.missing) {
        climate.warning =
            arena_format(arena, "%d missing values in %s were bridged", epw.missing, file);
    } else if (file_leap != year_leap) {
        climate.warning = year_leap ? "28 February stands for 29 February"
                                    : "29 February of the weather file is left out";
    }
    climate_finish(&arrays, year, warming_dk, &climate);
    *ret = climate;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
