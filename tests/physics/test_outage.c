/* Outages that begin in any hour: fuel, battery and failures against hand and binomial. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "close.h"

#include "physics/outage.h"

enum { YEAR = 8760, MOST = 96 };
static double load_kw[YEAR], sun_kw[YEAR], survive[MOST], perfect[MOST];
static int running[MOST];

static struct outage_ask flat(double kw) {
    for (int h = 0; h < YEAR; h++) {
        load_kw[h] = kw;
        sun_kw[h] = 0.0;
    }
    return (struct outage_ask){load_kw, YEAR, 1.0, MOST};
}

static struct outage_curve curve(const struct outage_plant *plant, const struct outage_ask *ask) {
    struct outage_curve ret = {.survive_frac = survive, .perfect_frac = perfect};
    outage_curve(plant, ask, running, &ret);
    return ret;
}

/* The reference's check by the chain: 1,000 kW from units of 100 kW, 24 hours. */
static void the_chain_is_the_binomial(void **state) {
    static const double reference[] = {0.696, 0.944, 0.992};
    struct outage_ask ask = flat(1000.0);
    (void)state;
    for (int units = 10; units <= 12; units++) {
        struct outage_plant plant = outage_plant_none();
        plant.generators_count = units;
        plant.generator_kw = 100.0;
        (void)curve(&plant, &ask);
        assert_close(survive[23], reference[units - 10], 0.0005);
        for (int h = 0; h < MOST; h += 19) {
            double one = outage_unit_frac(h + 1.0, 0.995, 0.0094, 1100.0);
            assert_close(survive[h], outage_units_frac(10, units, one), 1e-12);
            assert_close(perfect[h], 1.0, 1e-12);
        }
    }
}

/* 2,000 kWh of fuel at 0.4 give 800 kWh: eight hours of 100 kW, and the ninth is lost. With 10 kW of
   base per hour: 2,000 = h (10 + 250), seven whole hours. */
static void fuel_ends(void **state) {
    struct outage_ask ask = flat(100.0);
    struct outage_plant plant = outage_plant_none();
    (void)state;
    plant.generators_count = 1;
    plant.generator_kw = 150.0;
    plant.fuel_kwh = 2000.0;
    plant.generator_eff = 0.4;
    assert_int_equal(outage_survived(&plant, &ask, 4000, NULL), 8);
    plant.fuel_base_kw = 10.0;
    assert_int_equal(outage_survived(&plant, &ask, 4000, NULL), 7);
    plant.fuel_base_kw = 0.0;
    plant.least_frac = 1.0; /* 150 kW are made: 375 kWh of fuel an hour, and the rest is lost */
    assert_int_equal(outage_survived(&plant, &ask, 4000, NULL), 5);
}

/* A battery of 500 kWh, a fifth of it kept, 0.8 out: 320 kWh, three hours of 100 kW. Sun of 300 kW in
   the fourth hour comes too late, in the third it refills what it can. The year goes round. */
static void a_battery_bridges(void **state) {
    struct outage_ask ask = flat(100.0);
    struct outage_plant plant = outage_plant_none();
    (void)state;
    plant.battery_kw = 120.0;
    plant.battery_kwh = 500.0;
    plant.battery_out_eff = 0.8;
    plant.battery_in_eff = 0.5;
    plant.sun_kw = sun_kw;
    assert_int_equal(outage_survived(&plant, &ask, 100, NULL), 3);
    sun_kw[102] = 400.0; /* 120 of the 300 over go in, 60 kWh arrive: 48 more out, 168 in all */
    assert_int_equal(outage_survived(&plant, &ask, 100, NULL), 4);
    plant.battery_kw = 99.0;
    assert_int_equal(outage_survived(&plant, &ask, 100, NULL), 0);
    plant.battery_kw = 120.0;
    sun_kw[1] = 400.0;
    assert_int_equal(outage_survived(&plant, &ask, YEAR - 1, NULL), 4);
    /* one battery for the whole outage: three hours with 0.97, nothing after */
    plant.sun_kw = NULL;
    struct outage_curve c = curve(&plant, &ask);
    assert_close(survive[2], 0.97, 1e-12);
    assert_close(survive[3], 0.0, 0.0);
    assert_close(c.mean_h, 2.91, 1e-12);
    assert_close(c.least_h, 3.0, 0.0);
}

/* Two units, both needed in the first hour of the day, one after: by hand. And a firm unit of 0.9
   that makes one enough. */
static void what_is_needed_changes(void **state) {
    struct outage_ask ask = flat(50.0);
    struct outage_plant plant = outage_plant_none();
    (void)state;
    for (int h = 0; h < YEAR; h += 24) {
        load_kw[h] = 150.0;
    }
    ask.most_count = 2;
    plant.generators_count = 2;
    plant.generator_kw = 100.0;
    plant.availability_frac = 1.0;
    plant.fail_to_start_frac = 0.2;
    plant.mean_to_failure_h = 10.0; /* 0.9 an hour */
    (void)curve(&plant, &ask);
    /* first hour: of 24 starts one needs two, (0.8 0.9)^2, others one: 1 - (1 - 0.72)^2 */
    double both = 0.72 * 0.72, any = 1.0 - 0.28 * 0.28;
    assert_close(survive[0], (both + 23.0 * any) / 24.0, 1e-12);
    /* two hours: from hour 0 both, then one of them; into hour 0 both at 0.648; else one at 0.648 */
    double later = both * (1.0 - 0.1 * 0.1), into = 0.648 * 0.648,
           else_one = 1.0 - (1.0 - 0.648) * (1.0 - 0.648);
    assert_close(survive[1], (later + into + 22.0 * else_one) / 24.0, 1e-12);
    plant.firm_kw = 60.0;
    plant.firm_availability_frac = 0.9;
    (void)curve(&plant, &ask);
    double with = (any + 23.0 * 1.0) / 24.0;
    assert_close(survive[0], 0.9 * with + 0.1 * (both + 23.0 * any) / 24.0, 1e-12);
}

/* Certain loss after nothing: f outages of mean m last f m hours. */
static void hours_without_supply(void **state) {
    double none[MOST] = {0.0}, all[MOST];
    (void)state;
    for (int h = 0; h < MOST; h++) {
        all[h] = 1.0;
    }
    assert_close(outage_expected_h(none, MOST, 1.0, 2.0, 4.0), 8.0, 0.03);
    assert_close(outage_expected_h(all, MOST, 1.0, 2.0, 4.0), 0.0, 1e-9);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_chain_is_the_binomial), cmocka_unit_test(fuel_ends),
        cmocka_unit_test(a_battery_bridges),         cmocka_unit_test(what_is_needed_changes),
        cmocka_unit_test(hours_without_supply),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
