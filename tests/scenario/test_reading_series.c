/* CSV columns and series: separators, quotes, bad rows, units, stamps, other years, other steps. The
   linker puts our own file_read in the place of the one that opens files: every name is the text
   of the test. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "base/file.h"
#include "base/text.h"
#include "reader.h"
#include "scenario/foreign_units.h"
#include "scenario/reading.h"
#include "scenario/stamps.h"
#include "scenario/table.h"

static const char *file_text = "";

enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size);
enum status __wrap_file_read(struct arena *arena, struct diag *diag, struct place place,
                             const char *path, size_t limit_bytes, char **ret_text,
                             size_t *ret_size) {
    (void)diag;
    (void)place;
    (void)path;
    (void)limit_bytes;
    *ret_text = arena_text(arena, file_text);
    *ret_size = strlen(file_text);
    return STATUS_OK;
}

/* ---- a column ---- */

static struct diag *column(struct arena *arena, const char *text, size_t size, const char *name,
                           const struct table_cell **ret_cell, int *ret_rows) {
    struct diag *diag = diag_new(arena);
    struct table_ask ask = {name, {"s.yaml", 7, 9}, false};
    *ret_rows = -1;
    struct table_text table = {"d.csv", text, size};
    enum status status = table_read(arena, diag, &table, &ask, 1, ret_cell, ret_rows);
    assert_int_equal(status, diag_errors(diag) ? STATUS_BAD_SCENARIO : STATUS_OK);
    return diag;
}

static void a_column_is_read_however_it_is_separated(void **state) {
    static const char *const texts[] = {
        "a,b\n1,2.5\n3,-4\n",
        "a;b\n1;2.5\n3;-4",
        "a\tb\n1\t2.5\n3\t-4\n",
        "\357\273\277a,b\r\n1,2.5\r\n3,-4\r\n",
        "# a comment, with commas\n\na,b\n# another\n1,2.5\n\n  \n3,-4\n\n",
        "\"a\",\"b\"\n\"x, y\",\"2.5\"\n\"two\nlines\", -4 \n",
        " a , b \n1, 2.5\n3,  -4  \n",
        "\"a;,\";b\n1;2.5\n3;-4\n",
    };
    for (size_t k = 0; k < sizeof texts / sizeof texts[0]; k++) {
        const struct table_cell *cell = NULL;
        double first = 0.0, second = 0.0;
        int rows = 0;
        struct diag *diag = column(*state, texts[k], strlen(texts[k]), "b", &cell, &rows);
        assert_int_equal(diag_errors(diag), 0);
        assert_int_equal(rows, 2);
        assert_true(table_number(diag, "d.csv", "b", &cell[0], &first));
        assert_true(table_number(diag, "d.csv", "b", &cell[1], &second));
        assert_true(first == 2.5 && second == -4.0);
    }
}

static void cells_know_their_place(void **state) {
    static const char text[] = "\xc3\xa4,b\n\"\xc3\xa4\n\",2\n# no row\n\xc3\xa4\xc3\xa4,3\n";
    const struct table_cell *cell = NULL;
    int rows = 0;
    (void)column(*state, text, strlen(text), "b", &cell, &rows);
    assert_int_equal(rows, 2);
    assert_int_equal(cell[0].line, 3); /* behind the line break within the quotes */
    assert_int_equal(cell[0].column, 3);
    assert_int_equal(cell[1].line, 5);
    assert_int_equal(cell[1].column, 4);
    static const char quoted[] = "\"say \"\"b\"\"\"\n1\n";
    assert_int_equal(diag_errors(column(*state, quoted, strlen(quoted), "say \"b\"", &cell, &rows)),
                     0);
}

static void bad_tables_are_named(void **state) {
    static const struct {
        const char *text;
        const char *file;
        int line;
        const char *words;
    } cases[] = {
        {"", "d.csv", 1, "no header"},
        {"# a,b\n", "d.csv", 1, "no header"},
        {"a,b\n", "d.csv", 1, "no rows"},
        {"a,c\n1,2\n", "s.yaml", 7, "no column \"b\""},
        {"b,b\n1,2\n", "s.yaml", 7, "two columns \"b\""},
        {"a,b\n1\n", "d.csv", 2, "1 cell where the header names 2"},
        {"a,b\n1,2,3\n", "d.csv", 2, "3 cells where the header names 2"},
        {"a,b\n1,2\n3,\"4\n", "d.csv", 3, "never closed"},
        {"a,b\n1,\"2\"3\n", "d.csv", 2, "follows the closing quote"},
        {"a,\"b\n", "d.csv", 1, "do not match"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        const struct table_cell *cell = NULL;
        int rows = 0;
        struct diag *diag = column(*state, cases[k].text, strlen(cases[k].text), "b", &cell, &rows);
        assert_int_equal(diag_count(diag), 1);
        assert_non_null(strstr(diag_at(diag, 0)->text, cases[k].words));
        assert_string_equal(diag_at(diag, 0)->place.file, cases[k].file);
        assert_int_equal(diag_at(diag, 0)->place.line, cases[k].line);
        assert_non_null(diag_at(diag, 0)->remedy);
    }
    const struct table_cell *cell = NULL;
    int rows = 0;
    struct diag *diag = column(*state, "a,b\n1,\0\n", 8, "b", &cell, &rows);
    assert_non_null(strstr(diag_at(diag, 0)->text, "zero bytes"));
}

static void twenty_bad_rows_are_named_then_counted(void **state) {
    struct text_buffer out;
    const struct table_cell *cell = NULL;
    int rows = 0;
    text_buffer_init(&out, *state);
    text_add(&out, "a,b\n");
    for (int k = 0; k < 50; k++) {
        text_add(&out, k % 2 ? "1\n" : "1,2\n");
    }
    struct diag *diag = column(*state, out.data, out.size, "b", &cell, &rows);
    assert_int_equal(diag_count(diag), 21);
    for (int k = 0; k < 20; k++) {
        assert_int_equal(diag_at(diag, k)->place.line, 3 + 2 * k);
    }
    assert_string_equal(diag_at(diag, 20)->text, "5 more rows like these");
}

static void what_is_no_number_says_why(void **state) {
    static const struct {
        const char *text, *words, *remedy;
    } cases[] = {{"", "empty", "every row"},
                 {"x", "\"x\" is no number", "finite decimal"},
                 {"NaN", "no number", "finite decimal"},
                 {"inf", "no number", "finite decimal"},
                 {"1,5", "\"1,5\"", "point, not a comma"},
                 {"1,234.5", "no number", "thousands separators"},
                 {"1 234", "no number", "thousands separators"},
                 {"0x10", "no number", "finite decimal"},
                 {"5 %", "no number", "finite decimal"},
                 {"\xff", "this is no number", "finite decimal"}};
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct diag *diag = diag_new(*state);
        struct table_cell cell = {cases[k].text, strlen(cases[k].text), 3, 5};
        double value = 7.0;
        assert_false(table_number(diag, "d.csv", "b", &cell, &value));
        assert_non_null(strstr(diag_at(diag, 0)->text, cases[k].words));
        assert_non_null(strstr(diag_at(diag, 0)->remedy, cases[k].remedy));
        assert_int_equal(diag_at(diag, 0)->place.column, 5);
        assert_false(table_number(NULL, "d.csv", "b", &cell, &value)); /* and in silence */
    }
}

/* ---- a series ---- */

struct plan {
    int year, month, day, days;
    double step_h, utc_offset_h;
};
static const struct plan one_day = {2024, 0, 8, 1, 1.0, -8.0};

struct outcome {
    struct diag *diag;
    const double *value; /* NULL when refused */
    int steps;
    const struct scenario *scenario;
};

/* The series {file: d.csv, column: v, unit: money_kwh, KEYS} over the rows of a file. */
static struct outcome series(struct arena *arena, const struct plan *plan, const char *keys,
                             const char *text) {
    struct scenario *s = ARENA_TAKE(arena, struct scenario, 1);
    struct outcome ret = {diag_new(arena), NULL, 0, s};
    struct reading r = {.arena = arena, .diag = ret.diag, .file = "s.yaml", .s = s};
    struct node *root = NULL;
    const char *line =
        arena_format(arena, "{file: d.csv, column: v%s%s}",
                     keys[0] == '!' ? "" : ", unit: money_kwh", keys[0] == '!' ? keys + 1 : keys);
    r.notes = ARENA_TAKE(arena, const char *, NOTES_MAX);
    s->notes = r.notes;
    s->climate.utc_offset_h = plan->utc_offset_h;
    assert_int_equal(
        calendar_init(&s->calendar, plan->year, plan->month, plan->day, plan->days, plan->step_h),
        STATUS_OK);
    ret.steps = calendar_steps(&s->calendar);
    assert_true(reading_scenario_file(&r, "", 0));
    assert_int_equal(document_parse(arena, ret.diag, "s.yaml", line, strlen(line), &root),
                     STATUS_OK);
    file_text = text;
    if (!reading_series(&r, root, "price_money_kwh", -10.0, 10.0, &ret.value)) {
        assert_true(diag_errors(ret.diag) > 0);
        ret.value = NULL;
    }
    return ret;
}

static struct outcome good_series(struct arena *arena, const struct plan *plan, const char *keys,
                                  const char *text) {
    struct outcome ret = series(arena, plan, keys, text);
    if (!ret.value) {
        reader_tell(arena, ret.diag);
        fail_msg("refused: %s", keys);
    }
    return ret;
}

static void bad_series(struct arena *arena, const struct plan *plan, const char *keys,
                       const char *text, const char *words, const char *remedy) {
    struct outcome ret = series(arena, plan, keys, text);
    assert_null(ret.value);
    if (diag_count(ret.diag) != 1 || !strstr(diag_at(ret.diag, 0)->text, words) ||
        !strstr(diag_at(ret.diag, 0)->remedy, remedy)) {
        reader_tell(arena, ret.diag);
        fail_msg("wanted: %s / %s", words, remedy);
    }
}

/* "v\n0\n0.001\n...": row k holds k thousandths. */
static const char *counted(struct arena *arena, int rows) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "v\n");
    for (int k = 0; k < rows; k++) {
        text_add_number(&out, k / 10000.0);
        text_add(&out, "\n");
    }
    return out.data;
}

/* Stamps every period minutes from a moment on; row k holds k ten-thousandths. suffix follows each
   stamp. */
static const char *stamped(struct arena *arena, long from, int period, int rows,
                           const char *suffix) {
    struct text_buffer out;
    text_buffer_init(&out, arena);
    text_add(&out, "t,v\n");
    for (int k = 0; k < rows; k++) {
        char stamp[STAMPS_TEXT_SIZE];
        stamps_text(from + (long)k * period, stamp);
        text_add_format(&out, "%s%s,", stamp, suffix);
        text_add_number(&out, k / 10000.0);
        text_add(&out, "\n");
    }
    return out.data;
}

static int row_of(double value) { return (int)lround(value * 10000.0); }

static void rows_in_order_are_the_horizon_or_the_year(void **state) {
    struct outcome day = good_series(*state, &one_day, "", counted(*state, 24));
    struct outcome year = good_series(*state, &one_day, "", counted(*state, 8784));
    for (int t = 0; t < 24; t++) {
        assert_int_equal(row_of(day.value[t]), t);
        assert_int_equal(row_of(year.value[t]), 24 * 7 + t); /* from 8 January */
    }
    struct plan quarters = one_day;
    quarters.step_h = 0.25;
    struct outcome q = good_series(*state, &quarters, "", counted(*state, 96));
    struct outcome qy = good_series(*state, &quarters, "", counted(*state, 4 * 8784));
    assert_int_equal(row_of(q.value[95]), 95);
    assert_int_equal(row_of(qy.value[95]), 96 * 7 + 95);
    bad_series(*state, &one_day, "", counted(*state, 23), "has 23 rows", "one row per step");
    bad_series(*state, &one_day, "", counted(*state, 8760), "has 8760 rows", "align: weekdays");
    bad_series(*state, &one_day, ", year: 2023", counted(*state, 8784), "has 8784 rows", "");
}

static void other_steps_repeat_or_average(void **state) {
    struct plan quarters = one_day;
    quarters.step_h = 0.25;
    bad_series(*state, &quarters, "", counted(*state, 24), "lasts 60 minutes, a step 15",
               "repeat: true");
    bad_series(*state, &one_day, "", counted(*state, 96), "lasts 15 minutes, a step 60",
               "average: true");
    struct outcome repeated = good_series(*state, &quarters, ", repeat: true", counted(*state, 24));
    struct outcome mean = good_series(*state, &one_day, ", average: true", counted(*state, 96));
    for (int t = 0; t < 96; t++) {
        assert_int_equal(row_of(repeated.value[t]), t / 4);
    }
    for (int t = 0; t < 24; t++) { /* (4 t + 4 t + 1 + 4 t + 2 + 4 t + 3) / 4 */
        assert_true(fabs(mean.value[t] - (4 * t + 1.5) / 10000.0) < 1e-15);
    }
}

static void units_are_converted(void **state) {
    static const struct {
        const char *unit, *own;
        double from, to;
    } known[] = {
        {"money_mwh", "money_kwh", 42.6, 0.0426},
        {"cent_kwh", "money_kwh", 8.0, 0.08},
        {"money_mmbtu", "money_kwh", 2.93071070172222, 0.01},
        {"money_therm", "money_kwh", 0.293071070172222, 0.01},
        {"money_gj", "money_kwh", 10.0, 0.036},
        {"lbco2_mwh", "kgco2_kwh", 1000.0, 0.45359237},
        {"gco2_kwh", "kgco2_kwh", 350.0, 0.35},
        {"f", "c", 212.0, 100.0},
        {"f", "c", -40.0, -40.0},
        {"k", "c", 273.15, 0.0},
        {"percent", "frac", 12.5, 0.125},
        {"mw", "kw", 1.5, 1500.0},
        {"hpa", "kpa", 1013.25, 101.325},
        {"kw", "kw", 3.25, 3.25},
    };
    for (size_t k = 0; k < sizeof known / sizeof known[0]; k++) {
        const struct foreign_unit *unit = foreign_unit_find(known[k].unit, known[k].own);
        assert_non_null(unit);
        double got = known[k].from * unit->factor_ratio + unit->offset_at;
        assert_true(fabs(got - known[k].to) <= 1e-12 * fmax(1.0, fabs(known[k].to)));
    }
    assert_null(foreign_unit_find("mw", "c"));
    assert_non_null(strstr(foreign_unit_list(*state, "c"), "c, f, k"));
    struct outcome euros = good_series(*state, &one_day, "!, unit: money_mwh", counted(*state, 24));
    assert_true(fabs(euros.value[10] - 0.001 * 0.001) < 1e-18);
    bad_series(*state, &one_day, "!, unit: kw", counted(*state, 24), "cannot become money/kWh",
               "money_mwh");
    bad_series(*state, &one_day, "!", counted(*state, 24), "needs file, column and unit",
               "unit: money_kwh");
}

static void stamps_name_the_begin_or_the_end(void **state) {
    long begin = stamps_minute(2024, 0, 8);
    struct outcome b =
        good_series(*state, &one_day, ", time: t", stamped(*state, begin, 60, 24, ""));
    struct outcome e = good_series(*state, &one_day, ", time: t, stamps: hour_ending",
                                   stamped(*state, begin + 60, 60, 24, ""));
    struct outcome wide =
        good_series(*state, &one_day, ", time: t", stamped(*state, begin - 600, 60, 100, ""));
    for (int t = 0; t < 24; t++) {
        assert_int_equal(row_of(b.value[t]), t);
        assert_int_equal(row_of(e.value[t]), t);
        assert_int_equal(row_of(wide.value[t]), t + 10);
    }
    bad_series(*state, &one_day, ", time: t, stamps: hour_ending",
               stamped(*state, begin, 60, 24, ""), "the plan needs 2024-01-08T23:00",
               "remove  stamps: hour_ending");
    bad_series(*state, &one_day, ", time: t", stamped(*state, begin + 60, 60, 24, ""),
               "holds 2024-01-08T01:00 to 2024-01-09T01:00", "every step");
    bad_series(*state, &one_day, ", stamps: hour_ending", counted(*state, 24), "column of time",
               "time: COLUMN");
    bad_series(*state, &one_day, ", time: t, year: 2024", stamped(*state, begin, 60, 24, ""),
               "say the year", "remove");
    bad_series(*state, &one_day, ", time: stamp", stamped(*state, begin, 60, 24, ""),
               "no column \"stamp\"", "t, v");
}

static void utc_and_offsets_become_local_standard_time(void **state) {
    long begin = stamps_minute(2024, 0, 8); /* 00:00 at the place is 08:00 UTC */
    struct outcome utc =
        good_series(*state, &one_day, ", time: t, clock: utc", stamped(*state, begin, 60, 48, ""));
    struct outcome zulu =
        good_series(*state, &one_day, ", time: t", stamped(*state, begin, 60, 48, "Z"));
    struct outcome east =
        good_series(*state, &one_day, ", time: t", stamped(*state, begin + 540, 60, 48, "+0100"));
    for (int t = 0; t < 24; t++) {
        assert_int_equal(row_of(utc.value[t]), t + 8);
        assert_int_equal(row_of(zulu.value[t]), t + 8);
        assert_int_equal(row_of(east.value[t]), t); /* 09:00+01:00 is 08:00 UTC is 00:00 here */
    }
    /* a whole year of UTC, in order: what the clock moved out of the year is the day beside it */
    struct plan year = {2023, 0, 1, 365, 1.0, -8.0};
    struct outcome all = good_series(*state, &year, ", clock: utc", counted(*state, 8760));
    assert_int_equal(row_of(all.value[0]), 8);
    assert_int_equal(row_of(all.value[8751]), 8759);
    assert_int_equal(row_of(all.value[8752]), 8760 - 24);
    assert_int_equal(row_of(all.value[8759]), 8767 - 24);
    assert_int_equal(all.scenario->notes_count, 1);
    assert_non_null(strstr(all.scenario->notes[0], "8 steps"));
    /* half an hour aside: each step is the mean of two halves */
    struct plan india = {2024, 0, 8, 1, 1.0, 5.5};
    struct outcome half =
        good_series(*state, &india, ", time: t", stamped(*state, begin - 360, 60, 48, "Z"));
    assert_true(fabs(half.value[0] - 0.5 / 10000.0) < 1e-15);
    assert_true(fabs(half.value[23] - 23.5 / 10000.0) < 1e-15);
}

/* A year by the wall clock: an hour left out on the day and hour of spring, one twice in autumn. */
static const char *wall_clock(struct arena *arena, int year, bool south) {
    struct text_buffer out;
    long begin = stamps_minute(year, 0, 1);
    long spring = stamps_minute(year, 2, 31) + 120, autumn = stamps_minute(year, 9, 27) + 120;
    int rows = calendar_is_leap(year) ? 8784 : 8760;
    text_buffer_init(&out, arena);
    text_add(&out, "t,v\n");
    for (int k = 0; k < rows; k++) {
        char stamp[STAMPS_TEXT_SIZE];
        long standard = begin + 60L * k;
        bool within = standard >= spring && standard < autumn;
        stamps_text(standard + (within != south ? 60 : 0), stamp);
        text_add_format(&out, "%s,", stamp);
        text_add_number(&out, k / 10000.0);
        text_add(&out, "\n");
    }
    return out.data;
}

static void summer_time_is_told_by_its_changes(void **state) {
    struct plan summer = {2024, 6, 1, 1, 1.0, 1.0}, winter = {2024, 11, 1, 1, 1.0, 1.0};
    const char *north = wall_clock(*state, 2024, false), *south = wall_clock(*state, 2024, true);
    for (int k = 0; k < 2; k++) {
        const char *text = k ? south : north;
        struct outcome july = good_series(*state, &summer, ", time: t, clock: daylight", text);
        struct outcome december = good_series(*state, &winter, ", time: t, clock: daylight", text);
        assert_int_equal(row_of(july.value[0]), 24 * (31 + 29 + 31 + 30 + 31 + 30));
        assert_int_equal(row_of(december.value[5]), 24 * (366 - 31) + 5);
    }
    bad_series(*state, &summer, ", time: t", north, "stands behind", "clock: daylight");
    bad_series(*state, &summer, ", time: t, clock: daylight",
               stamped(*state, stamps_minute(2024, 6, 1), 60, 48, ""), "no change of the clock",
               "+02:00");
    bad_series(*state, &summer, ", clock: daylight", counted(*state, 24), "column of time stamps",
               "time: COLUMN");
}

static void another_year_is_aligned(void **state) {
    /* 1 July 2024 is a Monday, 1 July 2019 too; 8 January 2024 a Monday, 2019 a Tuesday */
    struct plan june = {2024, 6, 1, 1, 1.0, -8.0};
    const char *of_2019 = stamped(*state, stamps_minute(2019, 0, 1), 60, 8760, "");
    bad_series(*state, &june, ", time: t", of_2019, "holds 2019-01-01T00:00 to 2020-01-01T00:00",
               "align: weekdays");
    struct outcome dates = good_series(*state, &june, ", time: t, align: dates", of_2019);
    struct outcome days = good_series(*state, &june, ", time: t, align: weekdays", of_2019);
    assert_int_equal(row_of(dates.value[0]), 24 * 181);
    assert_int_equal(row_of(days.value[0]), 24 * 181);
    struct outcome tuesday =
        good_series(*state, &one_day, ", year: 2019, align: dates", counted(*state, 8760));
    struct outcome monday =
        good_series(*state, &one_day, ", year: 2019, align: weekdays", counted(*state, 8760));
    assert_int_equal(row_of(tuesday.value[0]), 24 * 7);
    assert_int_equal(row_of(monday.value[0]), 24 * 6);
    struct plan leap = {2024, 1, 28, 3, 1.0, -8.0};
    struct outcome feb =
        good_series(*state, &leap, ", year: 2023, align: dates", counted(*state, 8760));
    assert_int_equal(row_of(feb.value[0]), 24 * 58);
    assert_int_equal(row_of(feb.value[24]), 24 * 58); /* 29 February repeats the 28th */
    assert_int_equal(row_of(feb.value[48]), 24 * 59);
    struct plan whole = {2023, 0, 1, 365, 1.0, 0.0};
    struct outcome common =
        good_series(*state, &whole, ", year: 2024, align: dates", counted(*state, 8784));
    assert_int_equal(row_of(common.value[24 * 59]), 24 * 60); /* it is left out */
    bad_series(*state, &june, ", year: 2019", counted(*state, 8760), "the plan needs",
               "align: weekdays");
}

static void weekdays_agree_all_year(void **state) {
    for (int year = 2019; year <= 2030; year++) {
        struct plan plan = {year, 0, 1, calendar_is_leap(year) ? 366 : 365, 1.0, 0.0};
        struct outcome one =
            good_series(*state, &plan, ", year: 2021, align: weekdays", counted(*state, 8760));
        for (int day = 0; day < plan.days; day++) {
            int from = row_of(one.value[24 * day]) / 24;
            struct calendar_moment wanted = calendar_at(&one.scenario->calendar, 24 * day);
            assert_int_equal((calendar_weekday(2021, 0, 1) + from) % 7, wanted.weekday);
            assert_true(abs(from - day) <= (day < 3 || day > 361 ? 7 : 3));
            assert_int_equal(row_of(one.value[24 * day + 23]), 24 * from + 23);
        }
    }
}

static void bad_stamps_are_named(void **state) {
    static const struct {
        const char *text;
        int line;
        const char *words;
    } cases[] = {
        {"t,v\n31.12.2019 23:00,1\n", 2, "no time stamp"},
        {"t,v\n2019-02-29T00:00,1\n", 2, "no time stamp"},
        {"t,v\n2019-01-01T24:30,1\n", 2, "no time stamp"},
        {"t,v\n2019-01-01T10:60,1\n", 2, "no time stamp"},
        {"t,v\n2019-01-01T10:00:30,1\n", 2, "no time stamp"},
        {"t,v\n2019-01-01T10:00+15:00,1\n", 2, "no time stamp"},
        {"t,v\n2019-01-01,1\n", 2, "no time stamp"},
        {"t,v\n2024-01-08T00:00,1\n", 2, "one row alone"},
        {"t,v\n2024-01-08T00:00Z,1\n2024-01-08T01:00,1\n", 3, "offset where others have none"},
        {"t,v\n2024-01-08T00:00,1\n2024-01-08T00:20,1\n", 2, "20 minutes apart"},
        {"t,v\n2024-01-08T01:00,1\n2024-01-08T00:00,1\n", 2, "-60 minutes apart"},
        {"t,v\n2024-01-08T00:00,1\n2024-01-08T01:00,1\n2024-01-08T03:00,1\n", 4, "stands behind"},
        {"t,v\n2024-01-08T00:00,1\n2024-01-08T01:00,1\n2024-01-08T01:00,1\n", 4, "stands behind"},
    };
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        struct outcome ret = series(*state, &one_day, ", time: t", cases[k].text);
        assert_null(ret.value);
        assert_int_equal(diag_count(ret.diag), 1);
        assert_non_null(strstr(diag_at(ret.diag, 0)->text, cases[k].words));
        assert_int_equal(diag_at(ret.diag, 0)->place.line, cases[k].line);
        assert_non_null(diag_at(ret.diag, 0)->remedy);
    }
    struct outcome midnight =
        good_series(*state, &one_day, ", time: t, stamps: hour_ending, repeat: true",
                    arena_format(*state, "%s2024-01-08 24:00:00,9\n",
                                 stamped(*state, stamps_minute(2024, 0, 8) + 60, 60, 23, ":00")));
    assert_true(midnight.value[23] == 9.0);
}

static void rows_out_of_range_are_named(void **state) {
    struct text_buffer out;
    text_buffer_init(&out, *state);
    text_add(&out, "v\n");
    for (int k = 0; k < 24; k++) {
        text_add(&out, k == 3 || k == 7 ? "99\n" : "1\n");
    }
    struct outcome two = series(*state, &one_day, "", out.data);
    assert_int_equal(diag_count(two.diag), 2);
    assert_int_equal(diag_at(two.diag, 0)->place.line, 5);
    assert_int_equal(diag_at(two.diag, 1)->place.line, 9);
    assert_string_equal(diag_at(two.diag, 0)->place.file, "d.csv");
    text_buffer_init(&out, *state);
    text_add(&out, "v\n");
    for (int k = 0; k < 24; k++) {
        text_add(&out, "42.6\n");
    }
    bad_series(*state, &one_day, "", out.data, "24 of 24 rows are outside", "money_mwh");
}

static void a_file_is_read_once_and_sixty_four_are_the_limit(void **state) {
    struct scenario *s = ARENA_TAKE(*state, struct scenario, 1);
    struct reading r = {.arena = *state, .diag = diag_new(*state), .file = "a/s.yaml", .s = s};
    struct reading_file file, again;
    assert_true(reading_scenario_file(&r, "", 0));
    for (int k = 1; k < COUNT(s->files); k++) {
        file_text = arena_format(*state, "file %d", k);
        struct node node = {.kind = NODE_SCALAR, .place = {"s.yaml", k, 1}, .text = file_text};
        assert_true(reading_file(&r, &node, "series", 100, &file));
        assert_string_equal(file.path, arena_format(*state, "a/file %d", k));
        assert_true(file.absolute[0] == '/');
        file_text = "another content";
        assert_true(reading_file(&r, &node, "series", 100, &again));
        assert_ptr_equal(again.text, file.text);
        assert_int_equal(again.size, file.size);
        assert_int_equal(s->files_count, k + 1);
    }
    struct node more = {.kind = NODE_SCALAR, .place = {"s.yaml", 99, 1}, .text = "more"};
    assert_false(reading_file(&r, &more, "series", 100, &file));
    assert_non_null(strstr(diag_at(r.diag, 0)->text, "more than 64 files"));
}

static void years_and_minutes_agree(void **state) {
    (void)state;
    assert_int_equal(stamps_minute(1970, 0, 1), 0);
    assert_int_equal(stamps_minute(2000, 2, 1), 951868800 / 60); /* date -u -d 2000-03-01 +%s */
    assert_int_equal(stamps_minute(1900, 0, 1), -2208988800 / 60);
    for (int year = 1900; year <= 2200; year++) {
        assert_int_equal(stamps_year(stamps_minute(year, 0, 1)), year);
        assert_int_equal(stamps_year(stamps_minute(year, 0, 1) - 1), year - 1);
    }
    char text[STAMPS_TEXT_SIZE];
    stamps_text(stamps_minute(2024, 1, 29) + 23 * 60 + 59, text);
    assert_string_equal(text, "2024-02-29T23:59");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        READER_TEST(a_column_is_read_however_it_is_separated),
        READER_TEST(cells_know_their_place),
        READER_TEST(bad_tables_are_named),
        READER_TEST(twenty_bad_rows_are_named_then_counted),
        READER_TEST(what_is_no_number_says_why),
        READER_TEST(rows_in_order_are_the_horizon_or_the_year),
        READER_TEST(other_steps_repeat_or_average),
        READER_TEST(units_are_converted),
        READER_TEST(stamps_name_the_begin_or_the_end),
        READER_TEST(utc_and_offsets_become_local_standard_time),
        READER_TEST(summer_time_is_told_by_its_changes),
        READER_TEST(another_year_is_aligned),
        READER_TEST(weekdays_agree_all_year),
        READER_TEST(bad_stamps_are_named),
        READER_TEST(rows_out_of_range_are_named),
        READER_TEST(a_file_is_read_once_and_sixty_four_are_the_limit),
        READER_TEST(years_and_minutes_agree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
