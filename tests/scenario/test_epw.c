/* EnergyPlus weather files: real ones of the reference data, and made ones with everything that goes
   wrong in the wild. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/file.h"
#include "base/series.h"
#include "base/text.h"
#include "made_weather.h"
#include "reader.h"

enum { LEAP_DAY_H = 24 * 59 };

struct reading_of {
    struct climate climate;
    struct diag *diag;
    enum status status;
};

static struct reading_of read_text(struct arena *arena, const char *text, size_t size, int year) {
    struct reading_of ret = {.diag = diag_new(arena)};
    ret.status = climate_epw(arena, ret.diag, "w.epw", text, size, year, 0.0, &ret.climate);
    return ret;
}

static struct climate good(struct arena *arena, const char *text, size_t size, int year) {
    struct reading_of ret = read_text(arena, text, size, year);
    if (ret.status != STATUS_OK) {
        reader_tell(arena, ret.diag);
    }
    assert_int_equal(ret.status, STATUS_OK);
    return ret.climate;
}

/* The only message stands in the line and holds the words. */
static void bad(struct arena *arena, const char *text, size_t size, int line, const char *words) {
    struct reading_of ret = read_text(arena, text, size, 2023);
    assert_int_equal(ret.status, STATUS_BAD_SCENARIO);
    if (diag_count(ret.diag) != 1 || diag_at(ret.diag, 0)->place.line != line ||
        !strstr(diag_at(ret.diag, 0)->text, words)) {
        reader_tell(arena, ret.diag);
        fail_msg("wanted line %d: %s", line, words);
    }
    assert_non_null(diag_at(ret.diag, 0)->remedy);
}

static char *made(struct arena *arena, bool leap, size_t *ret_size) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    made_weather(&out, leap);
    *ret_size = out.size;
    return out.data;
}

/* The begin of a row, counted from 0, and of one of its fields, counted from 1. */
static char *field_at(char *text, int row, int field) {
    for (int k = 0; k < MADE_WEATHER_HEADER + row; k++) {
        text = strchr(text, '\n') + 1;
    }
    for (int k = 1; k < field; k++) {
        text = strchr(text, ',') + 1;
    }
    return text;
}

/* The text with a field of some rows replaced. */
static const char *with_field(struct arena *arena, const char *text, int row, int rows, int field,
                              const char *value, size_t *ret_size) {
    struct text_buffer out;
    char *copy = arena_text(arena, text), *from = copy;
    text_buffer_init(&out, arena);
    for (int k = row; k < row + rows; k++) {
        char *at = field_at(copy, k, field);
        text_add_n(&out, from, (size_t)(at - from));
        text_add(&out, value);
        from = at + strcspn(at, ",\n");
    }
    text_add(&out, from);
    *ret_size = out.size;
    return out.data;
}

/* ---- real files ---- */

static const struct {
    const char *file, *city;
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m; /* of its first line */
} stations[] = {
    {"USA_AZ_Phoenix-Sky.Harbor.epw", "Phoenix", 33.428, -112.004, -7.0, 337.4},
    {"USA_CO_Denver.Intl.AP.725650_TMY3.epw", "Denver", 39.83, -104.65, -7.0, 1650.0},
    {"USA_IL_Chicago.OHare.epw", "Chicago", 41.96, -87.932, -6.0, 201.8},
    {"USA_MN_Duluth.Intl.AP.727450_TMY3.epw", "Duluth", 46.83, -92.22, -6.0, 433.0},
    {"USA_TX_Dallas-Fort.Worth.epw", "Dallas", 32.898, -97.019, -6.0, 170.7},
    {"USA_VA_Leesburg.Exec.epw", "Leesburg", 39.078, -77.558, -5.0, 119.0},
    {"USA_WA_Seattle-Tacoma.epw", "Seattle", 47.444, -122.314, -8.0, 137.0},
};

static char *station_text(struct arena *arena, const char *file, size_t *ret_size) {
    char path[512], name[256], *text = NULL;
    struct diag *diag = diag_new(arena);
    struct place nowhere = {0};
    (void)snprintf(name, sizeof name, "weather/epw/%s", file);
    shared_data_need(path, sizeof path, name);
    assert_int_equal(file_read(arena, diag, nowhere, path, 1 << 24, &text, ret_size), STATUS_OK);
    return text;
}

/* A field of every row by a reader of its own, hour-ending stamps in order. */
static void plain_column(const char *text, int field, double *ret_value, int *ret_count) {
    *ret_count = 0;
    for (int k = 0; k < MADE_WEATHER_HEADER; k++) {
        text = strchr(text, '\n') + 1;
    }
    while (*text) {
        const char *at = text;
        for (int k = 1; k < field; k++) {
            at = strchr(at, ',') + 1;
        }
        ret_value[(*ret_count)++] = strtod(at, NULL);
        const char *newline = strchr(text, '\n');
        text = newline ? newline + 1 : text + strlen(text);
    }
}

static void real_files_are_read_as_they_stand(void **state) {
    double *plain = calloc(9000, sizeof *plain);
    assert_non_null(plain);
    for (int k = 0; k < COUNT(stations); k++) {
        struct arena *arena = arena_new(0);
        size_t size = 0;
        int count = 0;
        char *text = station_text(arena, stations[k].file, &size);
        struct climate c = good(arena, text, size, 2023);
        assert_non_null(strstr(c.title, stations[k].city));
        assert_false(c.synthetic);
        assert_int_equal(c.year.count, 8760);
        plain_column(text, 7, plain, &count);
        assert_int_equal(count, 8760);
        for (int h = 0; h < count; h++) {
            assert_true(c.year.outdoor_c[h] == plain[h]);
        }
        plain_column(text, 14, plain, &count);
        for (int h = 0; h < count; h++) {
            assert_true(fabs(c.year.global_kw_m2[h] - plain[h] / 1000.0) < 1e-12);
        }
        plain_column(text, 10, plain, &count);
        assert_true(fabs(c.year.pressure_kpa[4000] - plain[4000] / 1000.0) < 1e-12);
        assert_true(c.latitude_deg == stations[k].latitude_deg);
        assert_true(c.longitude_deg == stations[k].longitude_deg);
        assert_true(c.utc_offset_h == stations[k].utc_offset_h);
        assert_true(c.altitude_m == stations[k].altitude_m);
        /* the hours 1..24 are ending: the middle of the year's light is noon by the sun, in the
           files of NREL; in four TMYx files it lies 0.4 to 0.6 h later, a property of the files */
        double light = 0.0, moment = 0.0;
        for (int h = 0; h < count; h++) {
            light += c.year.global_kw_m2[h];
            moment += c.year.global_kw_m2[h] * (h % 24 + 0.5);
        }
        double noon_h = 12.0 + c.utc_offset_h - c.longitude_deg / 15.0;
        double off_h = strstr(stations[k].file, "TMY3") ? 0.2 : 0.65;
        if (fabs(moment / light - noon_h) > off_h) {
            fail_msg("%s: light about %.2f h, noon %.2f h", stations[k].city, moment / light,
                     noon_h);
        }
        arena_free(arena);
    }
    free(plain);
    (void)state;
}

static void a_leap_year_repeats_or_loses_a_day(void **state) {
    struct arena *arena = *state;
    size_t size = 0;
    const char *common = made(arena, false, &size);
    struct climate in_leap = good(arena, common, size, 2024),
                   plain = good(arena, common, size, 2023);
    assert_int_equal(in_leap.year.count, 8784);
    assert_non_null(strstr(in_leap.warning, "29 February"));
    assert_null(plain.warning);
    for (int h = 0; h < 8784; h++) {
        int from = h < LEAP_DAY_H ? h : h - 24;
        assert_true(in_leap.year.outdoor_c[h] == plain.year.outdoor_c[from]);
    }
    const char *leap = made(arena, true, &size);
    struct climate full = good(arena, leap, size, 2024), cut = good(arena, leap, size, 2023);
    assert_int_equal(full.year.count, 8784);
    assert_null(full.warning);
    assert_int_equal(cut.year.count, 8760);
    assert_non_null(strstr(cut.warning, "left out"));
    for (int h = 0; h < 8760; h++) {
        int from = h < LEAP_DAY_H ? h : h + 24;
        assert_true(cut.year.outdoor_c[h] == full.year.outdoor_c[from]);
    }
}

static void missing_values_are_bridged_or_refused(void **state) {
    static const struct {
        int field;
        const char *missing, *name;
    } columns[] = {{7, "99.9", "dry bulb"},          {8, "99.9", "dew point"},
                   {9, "999", "relative humidity"},  {10, "999999", "pressure"},
                   {14, "9999", "global radiation"}, {15, "9999", "direct radiation"},
                   {16, "9999", "diffuse radiation"}};
    struct arena *arena = *state;
    size_t size = 0, changed_size = 0;
    const char *text = made(arena, false, &size);
    for (int k = 0; k < COUNT(columns); k++) {
        const char *changed =
            with_field(arena, text, 3000, 6, columns[k].field, columns[k].missing, &changed_size);
        struct climate bridged = good(arena, changed, changed_size, 2023);
        assert_non_null(strstr(bridged.warning, "6 missing values"));
        changed =
            with_field(arena, text, 3000, 7, columns[k].field, columns[k].missing, &changed_size);
        bad(arena, changed, changed_size, MADE_WEATHER_HEADER + 3001,
            arena_format(arena, "%s is missing for 7 hours", columns[k].name));
    }
    /* on a straight line, also at the ends of the year */
    const char *changed = with_field(arena, text, 3000, 3, 7, "99.9", &changed_size);
    struct climate plain = good(arena, text, size, 2023),
                   line = good(arena, changed, changed_size, 2023);
    double before_c = plain.year.outdoor_c[2999], after_c = plain.year.outdoor_c[3003];
    for (int k = 0; k < 3; k++) {
        double wanted_c = before_c + (after_c - before_c) * (k + 1) / 4.0;
        assert_true(fabs(line.year.outdoor_c[3000 + k] - wanted_c) < 1e-9);
    }
    changed = with_field(arena, text, 0, 2, 7, "99.9", &changed_size);
    line = good(arena, changed, changed_size, 2023);
    assert_true(line.year.outdoor_c[0] == plain.year.outdoor_c[2]);
    changed = with_field(arena, text, 8758, 2, 7, "99.9", &changed_size);
    line = good(arena, changed, changed_size, 2023);
    assert_true(line.year.outdoor_c[8759] == plain.year.outdoor_c[8757]);
    /* more than 1 % of all */
    changed = with_field(arena, text, 0, 800, 22, "999", &changed_size);
    bad(arena, changed, changed_size, MADE_WEATHER_HEADER + 8760, "more than 1 %");
    changed = with_field(arena, text, 0, 600, 22, "999", &changed_size); /* wind may be long away */
    (void)good(arena, changed, changed_size, 2023);
}

static void bad_rows_are_named(void **state) {
    static const struct {
        int row, field;
        const char *value, *words;
    } cases[] = {
        {0, 7, "warm", "dry bulb: \"warm\" is no number"},
        {100, 7, "", "dry bulb: the field is empty"},
        {8759, 7, "71", "dry bulb: 71 is outside -80..70 degC"},
        {50, 9, "-1", "relative humidity: -1 is outside 0..110 %"},
        {50, 10, "20000", "pressure: 20000 is outside 30000..120000 Pa"},
        {50, 14, "1700", "global radiation: 1700 is outside 0..1600 Wh/m2"},
        {50, 22, "-3", "wind: -3 is outside 0..80 m/s"},
        {50, 4, "25", "no moment of a year"},
        {50, 4, "3.5", "no moment of a year"},
        {50, 2, "13", "no moment of a year"},
        {50, 3, "x", "no moment of a year"},
        {50, 4, "5", "an hour is missing before it"},
        {50, 4, "1", "an hour is repeated"},
    };
    struct arena *arena = *state;
    size_t size = 0, changed_size = 0;
    const char *text = made(arena, false, &size);
    for (int k = 0; k < COUNT(cases); k++) {
        const char *changed =
            with_field(arena, text, cases[k].row, 1, cases[k].field, cases[k].value, &changed_size);
        bad(arena, changed, changed_size, MADE_WEATHER_HEADER + cases[k].row + 1, cases[k].words);
    }
    const char *comma = with_field(arena, text, 100, 1, 7, "10,5", &changed_size);
    assert_int_equal(read_text(arena, comma, changed_size, 2023).status, STATUS_BAD_SCENARIO);
    const char *many = with_field(arena, text, 100, 50, 7, "x", &changed_size);
    struct reading_of ret = read_text(arena, many, changed_size, 2023);
    assert_int_equal(diag_count(ret.diag), 21);
    assert_int_equal(diag_at(ret.diag, 19)->place.line, MADE_WEATHER_HEADER + 120);
    assert_string_equal(diag_at(ret.diag, 20)->text, "30 more mistakes like these");
}

static void wrong_row_counts_are_named(void **state) {
    struct arena *arena = *state;
    size_t size = 0;
    char *text = made(arena, false, &size);
    char *last = field_at(text, 8759, 1);
    bad(arena, text, (size_t)(last - text), MADE_WEATHER_HEADER + 8759, "8759 rows");
    char *first = field_at(text, 0, 1);
    bad(arena, text, (size_t)(first - text), MADE_WEATHER_HEADER, "0 rows");
    struct text_buffer out; /* 1 January once more behind the year */
    text_buffer_init(&out, arena);
    made_weather(&out, false);
    made_weather_row(&out, 0, false);
    bad(arena, out.data, out.size, MADE_WEATHER_HEADER + 8761, "an hour is repeated");
    text_buffer_init(&out, arena); /* an hour left out within */
    made_weather_head(&out);
    for (int hour = 0; hour < 8760; hour++) {
        if (hour != 4000) {
            made_weather_row(&out, hour, false);
        }
    }
    bad(arena, out.data, out.size, MADE_WEATHER_HEADER + 4001, "an hour is missing before it");
    for (size_t cut = 1; cut < 400; cut += 13) { /* cut anywhere within its header */
        assert_int_equal(read_text(arena, text, cut, 2023).status, STATUS_BAD_SCENARIO);
    }
}

static void headers_are_checked(void **state) {
    static const struct {
        int field;
        const char *value;
        bool good;
    } cases[] = {{7, "91", false},   {7, "-90", true},    {8, "181", false},
                 {9, "15", false},   {9, "5.5", true},    {9, "", false},
                 {9, "west", false}, {10, "9000", false}, {10, "-400", true}};
    struct arena *arena = *state;
    size_t size = 0, changed_size = 0;
    const char *text = made(arena, false, &size);
    for (int k = 0; k < COUNT(cases); k++) {
        const char *changed = with_field(arena, text, -MADE_WEATHER_HEADER, 1, cases[k].field,
                                         cases[k].value, &changed_size);
        if (cases[k].good) {
            (void)good(arena, changed, changed_size, 2023);
        } else {
            bad(arena, changed, changed_size, 1, "LOCATION");
        }
    }
    bad(arena, "", 0, 1, "LOCATION");
    bad(arena, "hour,price\n", 11, 1, "LOCATION");
}

static void line_ends_blank_lines_and_blanks_do_not_matter(void **state) {
    struct arena *arena = *state;
    size_t size = 0;
    const char *text = made(arena, false, &size);
    struct text_buffer out;
    text_buffer_init(&out, arena);
    for (const char *at = text; *at; at++) {
        text_add(&out, *at == '\n' ? "\r\n" : "");
        text_add(&out, *at == ',' && at - text > 2000 ? ", " : "");
        if (*at != '\n' && !(*at == ',' && at - text > 2000)) {
            text_add_n(&out, at, 1);
        }
    }
    text_add(&out, "\r\n\r\n");
    struct climate plain = good(arena, text, size, 2023),
                   other = good(arena, out.data, out.size, 2023);
    for (int h = 0; h < 8760; h++) {
        assert_true(plain.year.outdoor_c[h] == other.year.outdoor_c[h]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(real_files_are_read_as_they_stand),
        READER_TEST(a_leap_year_repeats_or_loses_a_day),
        READER_TEST(missing_values_are_bridged_or_refused),
        READER_TEST(bad_rows_are_named),
        READER_TEST(wrong_row_counts_are_named),
        READER_TEST(headers_are_checked),
        READER_TEST(line_ends_blank_lines_and_blanks_do_not_matter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
