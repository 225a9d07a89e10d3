/* Built-in climates held against the weather files they come from, and the making of a year from
   normals against files that no built-in place comes from. With an argument the program prints the
   tables of docs/validation/climate.md. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>

#include "climate_measures.h"
#include "scenario/climate.h"
#include "scenario/climates.h"
#include "shared_data.h"
#include "weather_files.h"

static const struct station {
    const char *name, *file;
    bool built_in;         /* the place of this name stands on this file */
    bool temperature_only; /* the file knows nothing else */
    double latitude_deg, longitude_deg, utc_offset_h, altitude_m; /* an EPW file says them itself */
} stations[] = {
    {"brussels", "weather/mos/BEL_VLG_Uccle.064470_TMYx.2007-2021.mos", true, false, 50.7969,
     4.3581, 1, 101},
    {"chicago", "weather/epw/USA_IL_Chicago.OHare.epw", true, false, 0, 0, 0, 0},
    {"dallas", "weather/epw/USA_TX_Dallas-Fort.Worth.epw", true, false, 0, 0, 0, 0},
    {"denver", "weather/epw/USA_CO_Denver.Intl.AP.725650_TMY3.epw", true, false, 0, 0, 0, 0},
    {"duluth", "weather/epw/USA_MN_Duluth.Intl.AP.727450_TMY3.epw", true, false, 0, 0, 0, 0},
    {"frankfurt", "weather/try/TRY2010_12_Jahr.dat", true, false, 49.517, 8.55, 1, 96},
    {"n_virginia", "weather/epw/USA_VA_Leesburg.Exec.epw", true, false, 0, 0, 0, 0},
    {"phoenix", "weather/epw/USA_AZ_Phoenix-Sky.Harbor.epw", true, false, 0, 0, 0, 0},
    {"seattle", "weather/epw/USA_WA_Seattle-Tacoma.epw", true, false, 0, 0, 0, 0},
    {"phoenix_nsrdb", "weather/nsrdb/phoenix_az_psmv3_60_tmy.csv", false, false, 33.45, -111.98, -7,
     358},
    {"phoenix_tmy2", "pv_wind_ref/USA_AZ_Phoenix_TMY2_SAM.csv", false, false, 33.433, -112.017, -7,
     339},
    {"hamburg_2012", "weather/other/Temperature_Hamburg-Fuhlsbuettel_3600s_2012.txt", false, true,
     53.633, 9.988, 1, 11},
};
enum { STATIONS = sizeof stations / sizeof stations[0] };

static void read_station(struct arena *arena, const struct station *station, const char *path,
                         struct climate *real, struct climate_shape *shape,
                         struct normals *normals) {
    weather_file_read(arena, path, real);
    if (station->latitude_deg != 0.0) {
        real->latitude_deg = station->latitude_deg;
        real->longitude_deg = station->longitude_deg;
        real->utc_offset_h = station->utc_offset_h;
        real->altitude_m = station->altitude_m;
    }
    weather_normals(real, station->name, shape, normals);
}

/* The year of a built-in place from its table, of another station from the normals of its file. */
static void make(struct arena *arena, const struct station *station, const struct normals *normals,
                 struct climate *ret) {
    struct place nowhere = {NULL, 0, 0};
    enum status status = station->built_in ? climate_builtin(arena, diag_new(arena), nowhere,
                                                             station->name, 2023, 0.0, ret)
                                           : climate_from_normals(arena, normals, 2023, 0.0, ret);
    assert_int_equal(status, STATUS_OK);
}

static int count_misses(const struct station *station, const double real[MEASURES],
                        const double made[MEASURES], bool say) {
    int wrong = 0;
    for (int m = 0; m < MEASURES; m++) {
        if (station->temperature_only && !measures[m].dry_bulb_alone) {
            continue;
        }
        double off = measures_difference(m, real[m], made[m]);
        if (!(fabs(off) <= measures[m].tolerance)) {
            wrong++;
            if (say) {
                print_message("%s, %s: real %.3f, made %.3f, off %.3f\n", station->name,
                              measures[m].name, real[m], made[m], off);
            }
        }
    }
    return wrong;
}

static void synthetic_years_resemble_the_real_ones(void **state) {
    (void)state;
    int wrong = 0;
    for (int k = 0; k < STATIONS; k++) {
        char path[512];
        shared_data_need(path, sizeof path, stations[k].file);
        struct arena *arena = arena_new(0);
        struct climate real, made;
        struct climate_shape shape;
        struct normals normals;
        double of_real[MEASURES], of_made[MEASURES];
        read_station(arena, &stations[k], path, &real, &shape, &normals);
        make(arena, &stations[k], &normals, &made);
        measures_take(&real.year, of_real);
        measures_take(&made.year, of_made);
        wrong += count_misses(&stations[k], of_real, of_made, true);
        arena_free(arena);
    }
    assert_int_equal(wrong, 0);
}

/* That the seed is the place's name is no luck: under other names at most one year in twenty
   misses any of the measures. */
static void other_seeds_do_as_well(void **state) {
    enum { SEEDS = 5 };
    (void)state;
    int years_wrong = 0;
    for (int k = 0; k < STATIONS; k++) {
        char path[512];
        shared_data_need(path, sizeof path, stations[k].file);
        struct arena *arena = arena_new(0);
        struct climate real, made;
        struct climate_shape shape;
        struct normals normals;
        double of_real[MEASURES], of_made[MEASURES];
        read_station(arena, &stations[k], path, &real, &shape, &normals);
        measures_take(&real.year, of_real);
        for (int seed = 0; seed < SEEDS; seed++) {
            normals.name = arena_format(arena, "%s %d", stations[k].name, seed);
            assert_int_equal(climate_from_normals(arena, &normals, 2023, 0.0, &made), STATUS_OK);
            measures_take(&made.year, of_made);
            years_wrong += count_misses(&stations[k], of_real, of_made, false) > 0;
        }
        arena_free(arena);
    }
    assert_true(years_wrong <= SEEDS * STATIONS / 20);
}

static const struct normals *table_entry(const char *name) {
    for (int k = 0; k < climates_count(); k++) {
        if (strcmp(climates_at(k)->name, name) == 0) {
            return climates_at(k);
        }
    }
    return NULL;
}

static int apart(const char *place, const char *what, int month, double file, double table) {
    bool wrong = !(fabs(file - table) <= 0.0051); /* the table has two decimals */
    if (wrong) {
        print_message("%s, %s of month %d: file %.4f, table %.4f\n", place, what, month + 1, file,
                      table);
    }
    return wrong;
}

static int compare_month(const struct normals *file, const struct normals *table, int m) {
    const struct climate_shape *a = file->shape, *b = table->shape;
    const struct {
        const char *what;
        double file, table;
    } pair[] = {
        {"dry_c", file->dry_c[m], table->dry_c[m]},
        {"deviation_dk", file->deviation_dk[m], table->deviation_dk[m]},
        {"high_c", file->high_c[m], table->high_c[m]},
        {"low_c", file->low_c[m], table->low_c[m]},
        {"dew_c", file->dew_c[m], table->dew_c[m]},
        {"global_kwh_m2_day", file->global_kwh_m2_day[m], table->global_kwh_m2_day[m]},
        {"wind_m_s", file->wind_m_s[m], table->wind_m_s[m]},
        {"dew_deviation_ratio", a->dew_deviation_ratio[m], b->dew_deviation_ratio[m]},
        {"high_deviation_ratio", a->high_deviation_ratio[m], b->high_deviation_ratio[m]},
        {"low_deviation_ratio", a->low_deviation_ratio[m], b->low_deviation_ratio[m]},
        {"bright_deviation_ratio", a->bright_deviation_ratio[m], b->bright_deviation_ratio[m]},
        {"dry_dew_ratio", a->dry_dew_ratio[m], b->dry_dew_ratio[m]},
        {"dry_bright_ratio", a->dry_bright_ratio[m], b->dry_bright_ratio[m]},
        {"dry_high_ratio", a->dry_high_ratio[m], b->dry_high_ratio[m]},
        {"dry_low_ratio", a->dry_low_ratio[m], b->dry_low_ratio[m]},
        {"bright_dew_ratio", a->bright_dew_ratio[m], b->bright_dew_ratio[m]},
        {"bright_high_ratio", a->bright_high_ratio[m], b->bright_high_ratio[m]},
        {"bright_low_ratio", a->bright_low_ratio[m], b->bright_low_ratio[m]},
        {"dew_high_ratio", a->dew_high_ratio[m], b->dew_high_ratio[m]},
        {"dew_low_ratio", a->dew_low_ratio[m], b->dew_low_ratio[m]},
        {"high_low_ratio", a->high_low_ratio[m], b->high_low_ratio[m]},
        {"persistence_ratio", a->persistence_ratio, b->persistence_ratio},
    };
    int wrong = 0;
    for (size_t k = 0; k < sizeof pair / sizeof pair[0]; k++) {
        wrong += apart(table->name, pair[k].what, m, pair[k].file, pair[k].table);
    }
    for (int r = 0; r < DAY_RANKS; r++) {
        wrong += apart(table->name, "dry_ratio", m, a->dry_ratio[m][r], b->dry_ratio[m][r]);
        wrong += apart(table->name, "dew_ratio", m, a->dew_ratio[m][r], b->dew_ratio[m][r]);
        wrong += apart(table->name, "high_ratio", m, a->high_ratio[m][r], b->high_ratio[m][r]);
        wrong += apart(table->name, "low_ratio", m, a->low_ratio[m][r], b->low_ratio[m][r]);
        wrong +=
            apart(table->name, "bright_ratio", m, a->bright_ratio[m][r], b->bright_ratio[m][r]);
    }
    return wrong;
}

/* Derived a second time, apart from tools/climate_normals.py that wrote the table. */
static void the_table_holds_what_the_files_say(void **state) {
    (void)state;
    int wrong = 0;
    for (int k = 0; k < STATIONS; k++) {
        if (!stations[k].built_in) {
            continue;
        }
        char path[512];
        shared_data_need(path, sizeof path, stations[k].file);
        struct arena *arena = arena_new(0);
        struct climate real;
        struct climate_shape shape;
        struct normals normals;
        read_station(arena, &stations[k], path, &real, &shape, &normals);
        const struct normals *table = table_entry(stations[k].name);
        if (!table) {
            fail_msg("no built-in place %s", stations[k].name);
            return;
        }
        assert_false(table->approximate);
        assert_true(fabs(table->latitude_deg - real.latitude_deg) < 0.001);
        assert_true(fabs(table->longitude_deg - real.longitude_deg) < 0.001);
        assert_true(table->utc_offset_h == real.utc_offset_h);
        assert_true(fabs(table->altitude_m - real.altitude_m) < 0.5);
        for (int month = 0; month < 12; month++) {
            wrong += compare_month(&normals, table, month);
        }
        arena_free(arena);
    }
    assert_int_equal(wrong, 0);
}

/* Every place that is not approximate has its file in this test. */
static void no_place_claims_a_file_it_has_not(void **state) {
    (void)state;
    int claimed = 0, held = 0;
    for (int k = 0; k < climates_count(); k++) {
        claimed += !climates_at(k)->approximate;
    }
    for (int k = 0; k < STATIONS; k++) {
        held += stations[k].built_in;
    }
    assert_int_equal(claimed, held);
}

static void print_station(const struct station *station) {
    char path[512];
    struct arena *arena = arena_new(0);
    struct climate real, made;
    struct climate_shape shape;
    struct normals normals;
    double of_real[MEASURES], of_made[MEASURES];
    shared_data_path(path, sizeof path, station->file);
    read_station(arena, station, path, &real, &shape, &normals);
    make(arena, station, &normals, &made);
    measures_take(&real.year, of_real);
    measures_take(&made.year, of_made);
    for (int m = 0; m < MEASURES; m++) {
        if (!station->temperature_only || measures[m].dry_bulb_alone) {
            double off = measures_difference(m, of_real[m], of_made[m]);
            (void)printf("| %s | %s | %.3f | %.3f | %+.3f | %.2f | %s |\n", station->name,
                         measures[m].name, of_real[m], of_made[m], off, measures[m].tolerance,
                         fabs(off) <= measures[m].tolerance ? "ok" : "**miss**");
        }
    }
    arena_free(arena);
}

int main(int argc, char **argv) {
    (void)argv;
    const struct CMUnitTest tests[] = {cmocka_unit_test(synthetic_years_resemble_the_real_ones),
                                       cmocka_unit_test(other_seeds_do_as_well),
                                       cmocka_unit_test(the_table_holds_what_the_files_say),
                                       cmocka_unit_test(no_place_claims_a_file_it_has_not)};
    for (int k = 0; argc > 1 && k < STATIONS; k++) {
        print_station(&stations[k]);
    }
    return argc > 1 ? 0 : cmocka_run_group_tests(tests, NULL, NULL);
}
