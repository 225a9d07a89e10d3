/* Ranges by hand, where each user's data may be, what a file may not say. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "shared_data.h"
#include "studies/data_needs.h"

static const char path[] = "data-needs-test.yaml";

static enum status read_text(struct arena *arena, struct diag *diag, const char *text,
                             struct data_needs **ret) {
    assert_int_equal(file_write(diag, path, text, strlen(text)), STATUS_OK);
    enum status status = data_needs_read(arena, diag, path, ret);
    (void)unlink(path);
    return status;
}

static bool is(struct data_range range, double low_value, double high_value) {
    return fabs(range.low_value - low_value) <= 1e-12 * fabs(low_value) &&
           fabs(range.high_value - high_value) <= 1e-12 * fabs(high_value);
}

static void by_hand(void **state) {
    static const char text[] =
        "data_needs: 1\noffered_kw: 100\nusers:\n"
        "  - {name: ward, kind: hospital, count: 600, stays: true, latency_s: 1}\n"
        "  - {name: works, kind: factory, count: 2, made_tb_day: [0.5, 2], sent_frac: 0.1, "
        "kept_day: 100,\n"
        "     copies_ratio: 2, compression_ratio: [1, 4], compute_kwh_tb: [12, 24], always_on_kw: "
        "1,\n"
        "     confirmed_by: manager}\n"
        "  - {name: homes, kind: household, count: 1000, kept_day: 0}\n";
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    struct data_needs *needs = NULL;
    (void)state;
    assert_int_equal(read_text(arena, diag, text, &needs), STATUS_OK);
    const struct data_user *ward = &needs->users[0], *works = &needs->users[1];
    /* 600 beds x 0.000137 .. 0.00137 TB a day, kept 1,825 .. 10,950 days, 2 .. 3 copies, 0.001 .. 0.002 kW/TB */
    assert_true(is(ward->sent_tb_day, 0.0822, 0.822));
    assert_true(is(ward->stored_tb, 0.0822 * 1825 * 2, 0.822 * 10950 * 3));
    assert_true(is(ward->it_kw, 0.30003, 54.00540));
    assert_true(ward->place == DATA_IN_REGION && isnan(ward->compute_kwh_tb.low_value));
    /* 2 plants send 0.1 .. 0.4 TB a day, keep 100 days of it twice, a quarter at best; 12 .. 24 kWh/TB over a day */
    assert_true(is(works->sent_tb_day, 0.1, 0.4));
    assert_true(is(works->stored_tb, 5.0, 80.0));
    assert_true(is(works->it_kw, 0.005 + 0.05 + 1.0, 0.16 + 0.4 + 1.0));
    assert_true(works->place == DATA_AT_SITE);
    /* 10 ms: half of it each way, at 299,792.458 km/s / 1.468 */
    assert_true(fabs(works->fibre_m - 1021091.5) < 0.5);
    assert_true(needs->users[2].place == DATA_ANYWHERE && is(needs->users[2].it_kw, 0.0, 0.0));
    assert_true(is(needs->all_kw, 0.30003 + 1.055, 54.0054 + 1.56));
    assert_true(needs->confirmed == 1 && needs->without_compute == 2);
    arena_free(arena);
}

static void mistakes(void **state) {
    static const char *const cases[][2] = {
        {"users: []\n", "data_needs is missing"},
        {"data_needs: 1\n", "users: from one to"},
        {"data_needs: 1\nusers: []\n", "users: from one to"},
        {"data_needs: 1\nusers: [{kind: hospitl, count: 1}]\n", "hospitl"},
        {"data_needs: 1\nusers: [{kind: hospital}]\n", "count is missing"},
        {"data_needs: 1\nusers: [{kind: hospital, count: 1, made_tb_day: [2, 1]}]\n",
         "the first is the most"},
        {"data_needs: 1\nusers: [{kind: hospital, count: 1, made_tb_day: [1, 2, 3]}]\n",
         "a number, or the least and the most"},
        {"data_needs: 1\nusers: [{kind: hospital, count: 1, sent_frac: 2}]\n", "is outside"},
        {"data_needs: 1\nusers: [{kind: hospital, count: 1, compression_ratio: 0}]\n",
         "is outside"},
        {"data_needs: 1\nusers: [{kind: hospital, counts: 1}]\n", "unknown key \"counts\""},
    };
    (void)state;
    for (int k = 0; k < COUNT(cases); k++) {
        struct arena *arena = arena_new(0);
        struct diag *diag = diag_new(arena);
        struct data_needs *needs = NULL;
        bool told = false;
        assert_int_equal(read_text(arena, diag, cases[k][0], &needs), STATUS_BAD_SCENARIO);
        for (int n = 0; n < diag_count(diag); n++) {
            told = told || strstr(diag_at(diag, n)->text, cases[k][1]);
        }
        if (!told) {
            fail_msg("case %d wanted: %s; was: %s", k, cases[k][1], diag_at(diag, 0)->text);
        }
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_hand), cmocka_unit_test(mistakes)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
