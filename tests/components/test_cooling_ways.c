/* Every way of cooling in random weather of four climates: nothing outside physics. And what is on offer as heat in Seattle's
   free-cooling hours. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "shared_data.h"

#include <math.h>

#include "base/random.h"
#include "components/cooling_year.h"
#include "draw.h"
#include "physics/air.h"

enum { HOURS = 400, SYSTEMS = 60 };

struct weather {
    double dry_c[HOURS], wet_c[HOURS], w_kg_kg[HOURS], p_kpa[HOURS], altitude_m;
};

static const struct {
    const char *name;
    double low_c, high_c, rh_low_frac, rh_high_frac, altitude_m;
} climates[] = {{"hot and humid", 20.0, 38.0, 0.5, 1.0, 10.0},
                {"hot and dry", 15.0, 48.0, 0.05, 0.4, 350.0},
                {"cold", -40.0, 15.0, 0.3, 1.0, 400.0},
                {"high", -20.0, 33.0, 0.1, 0.9, 2600.0}};

static void draw_weather(struct random *random, int climate, struct weather *weather) {
    weather->altitude_m = climates[climate].altitude_m;
    for (int t = 0; t < HOURS; t++) {
        double p_kpa = air_pressure_kpa(weather->altitude_m) * draw_between(random, 0.97, 1.03);
        double dry_c = draw_between(random, climates[climate].low_c, climates[climate].high_c);
        double rh_frac =
            draw_between(random, climates[climate].rh_low_frac, climates[climate].rh_high_frac);
        weather->p_kpa[t] = p_kpa;
        weather->dry_c[t] = dry_c;
        weather->w_kg_kg[t] = air_humidity_kg_kg(dry_c, rh_frac, p_kpa);
        weather->wet_c[t] = air_wet_bulb_c(dry_c, weather->w_kg_kg[t], p_kpa);
    }
}

static struct hours hours_of(const struct weather *weather) {
    return (struct hours){.count = HOURS,
                          .horizon_count = HOURS,
                          .step_h = 1.0,
                          .altitude_m = weather->altitude_m,
                          .outdoor_c = weather->dry_c,
                          .wet_bulb_c = weather->wet_c,
                          .humidity_kg_kg = weather->w_kg_kg,
                          .pressure_kpa = weather->p_kpa};
}

static bool is(const struct component *kind, const char *name) {
    return strcmp(kind->name, name) == 0;
}

/* What outdoors can cool to, of a kind without its compressor; -HUGE_VAL for those that have nothing but compressors. */
static double coldest_c(const struct component *kind, const void *self, const struct weather *w,
                        int t) {
    bool tower = is(kind, "chilled_water_economiser") || is(kind, "rear_door") ||
                 is(kind, "direct_to_chip") || is(kind, "immersion_one_phase") ||
                 is(kind, "immersion_two_phase");
    if (is(kind, "air_side_economiser")) {
        return w->dry_c[t];
    }
    if (is(kind, "indirect_evaporative")) {
        const struct param *cycle = component_param(kind, "cycle");
        int named = *(const int *)(const void *)((const char *)self + cycle->offset);
        return named ? air_dew_point_c(w->w_kg_kg[t], w->p_kpa[t]) : w->wet_c[t];
    }
    if (tower || is(kind, "direct_evaporative")) {
        return w->wet_c[t];
    }
    if (is(kind, "dry_cooler")) {
        const struct param *trim = component_param(kind, "trim");
        int word = *(const int *)(const void *)((const char *)self + trim->offset);
        return word == 1 || word == 3 ? w->wet_c[t] : w->dry_c[t];
    }
    return -HUGE_VAL;
}

static void judge(const struct component *kind, const void *self, const struct weather *w, int t,
                  const struct cooling_hour *hour) {
    const double parts[] = {hour->fan_kw_kw,        hour->pump_kw_kw,      hour->compressor_kw_kw,
                            hour->humidifier_kw_kw, hour->drift_kg_kwh,    hour->evaporation_kg_kwh,
                            hour->blow_down_kg_kwh, hour->condenser_kw_kw, hour->free_frac};
    for (int k = 0; k < COUNT(parts); k++) {
        assert_true(isfinite(parts[k]) && parts[k] >= 0.0);
    }
    assert_true(hour->free_frac <= 1.0);
    /* free cooling is never colder than what it cools by; a stop says what could be had, which is not colder either */
    if (hour->stop == COOLING_TOO_WARM || (hour->stop == COOLING_RUNS && hour->free_frac >= 1.0)) {
        if (!(hour->supplied_c >= coldest_c(kind, self, w, t) - 1e-9)) {
            fail_msg("%s: supplies %g where %g is the coldest", kind->name, hour->supplied_c,
                     coldest_c(kind, self, w, t));
        }
    }
    /* the compressor carries what is not free: COP between .4 and 13 (the table's cap of 10 times 1.3), and heat at a
       condenser exists only while it runs */
    if (hour->stop == COOLING_RUNS && hour->free_frac < 1.0) {
        double cop = (1.0 - hour->free_frac) / hour->compressor_kw_kw;
        assert_true(cop < 13.0 && cop > 0.2);
    }
    assert_true((hour->condenser_kw_kw > 0.0) == (hour->compressor_kw_kw > 0.0));
    assert_true(isnan(hour->condenser_c) == !(hour->condenser_kw_kw > 0.0));
}

static void nothing_lies_outside_physics(void **state) {
    struct random random;
    int judged = 0, free_hours = 0, stopped = 0;
    (void)state;
    random_seed(&random, 11);
    struct weather *weather = calloc(1, sizeof *weather);
    for (int n = 0; n < SYSTEMS; n++) {
        draw_weather(&random, n % COUNT(climates), weather);
        struct hours hours = hours_of(weather);
        for (int k = 0; k < component_count(); k++) {
            const struct component *kind = component_at(k);
            if (!kind->cooling) {
                continue;
            }
            void *self = calloc(1, kind->size);
            if (n < COUNT(climates)) {
                component_defaults(kind, self);
            } else {
                draw_parameters(&random, kind, self);
            }
            double shift_dk = draw_between(&random, -12.0, 12.0);
            double warm_c[HOURS], cold_c[HOURS];
            for (int t = 0; t < HOURS; t++) {
                warm_c[t] = fmax(8.0, kind->cooling->coolant_c + shift_dk);
                cold_c[t] = warm_c[t] - kind->cooling->coolant_dt_dk;
            }
            hours.port[COOLING_HEAT_IN] = (struct port_temperatures){warm_c, cold_c, NULL};
            for (int t = 0; t < HOURS; t++) {
                struct cooling_hour hour;
                cooling_hour(kind, self, &hours, t, COOLING_REJECT, &hour);
                judge(kind, self, weather, t, &hour);
                judged++;
                free_hours += hour.free_frac >= 1.0;
                stopped += hour.stop != COOLING_RUNS;
            }
            free(self);
        }
    }
    free(weather);
    print_message("%d hours, %d of them free, %d stopped\n", judged, free_hours, stopped);
    assert_true(free_hours > judged / 20 && stopped > judged / 200);
}

/* ---- Seattle --------------------------------------------------------------------------------- */
enum { YEAR_H = 8760 };
struct seattle {
    double dry_c[YEAR_H], wet_c[YEAR_H], w_kg_kg[YEAR_H], p_kpa[YEAR_H];
};

static struct seattle *read_seattle(void) {
    char path[512], line[2048];
    shared_data_need(path, sizeof path, "weather/epw/USA_WA_Seattle-Tacoma.epw");
    FILE *file = fopen(path, "rb");
    struct seattle *year = calloc(1, sizeof *year);
    assert_non_null(file);
    for (int k = 0; k < 8; k++) {
        assert_non_null(fgets(line, sizeof line, file));
    }
    for (int h = 0; h < YEAR_H; h++) {
        assert_non_null(fgets(line, sizeof line, file));
        char *at = line;
        for (int k = 0; k < 6; k++) {
            at = strchr(at, ',') + 1;
        }
        double dry_c = strtod(at, &at), dew_c = strtod(at + 1, &at);
        double p_kpa = strtod(strchr(at + 1, ',') + 1, NULL) / 1000.0;
        year->dry_c[h] = dry_c;
        year->p_kpa[h] = p_kpa;
        year->w_kg_kg[h] = air_saturated_humidity_kg_kg(dew_c, p_kpa);
        year->wet_c[h] = air_wet_bulb_c(dry_c, year->w_kg_kg[h], p_kpa);
    }
    (void)fclose(file);
    return year;
}

/* Free cooling on: in its hours nothing is at the condenser and the return's temperature is what is on offer. Running the
   compressor to warm the heat is a mode of its own, which draws more, and all of what it draws more is in the heat. */
static void condensers_give_nothing_while_cooling_is_free(void **state) {
    struct seattle *year = read_seattle();
    struct hours hours = {.count = YEAR_H,
                          .horizon_count = YEAR_H,
                          .step_h = 1.0,
                          .outdoor_c = year->dry_c,
                          .wet_bulb_c = year->wet_c,
                          .humidity_kg_kg = year->w_kg_kg,
                          .pressure_kpa = year->p_kpa};
    const struct component *kind = component_find("chilled_water_economiser");
    void *self = calloc(1, kind->size);
    double *warm_c = calloc(YEAR_H, sizeof(double)), *cold_c = calloc(YEAR_H, sizeof(double));
    int free_hours = 0;
    (void)state;
    component_defaults(kind, self);
    for (int t = 0; t < YEAR_H; t++) {
        warm_c[t] = 35.0;
        cold_c[t] = 29.0;
    }
    hours.port[COOLING_HEAT_OUT] = (struct port_temperatures){warm_c, cold_c, NULL};
    hours.wired[COOLING_HEAT_OUT] = true;
    for (int t = 0; t < YEAR_H; t++) {
        struct cooling_hour reject, recover;
        cooling_hour(kind, self, &hours, t, COOLING_REJECT, &reject);
        cooling_hour(kind, self, &hours, t, COOLING_RECOVER, &recover);
        if (reject.free_frac >= 1.0) {
            free_hours++;
            assert_true(reject.condenser_kw_kw <= 0.0 && isnan(reject.condenser_c));
            assert_true(reject.return_c >= 24.0 && reject.return_c <= 24.0);
        }
        assert_true(recover.stop == COOLING_RUNS && recover.compressor_kw_kw > 0.0);
        assert_true(recover.condenser_c >= 35.0);
        double extra = cooling_power_kw_kw(&recover) - cooling_power_kw_kw(&reject);
        assert_true(extra > 0.0 || reject.free_frac < 0.5);
        /* all of the hall's heat and all that the compressor adds is handed over */
        assert_true(
            fabs(recover.taken_kw_kw - (1.0 + recover.compressor_kw_kw + recover.fan_kw_kw +
                                        recover.pump_kw_kw - recover.taken_kw_kw * 0.0129)) < 1e-9);
        assert_true(cooling_water_kg_kwh(&recover) <= 0.0);
    }
    print_message("%d free-cooling hours in Seattle\n", free_hours);
    assert_true(free_hours > 3000 && free_hours < 6000);
    free(warm_c);
    free(cold_c);
    free(self);
    free(year);
}

/* A whole year by parts adds up to what the coefficients of the ports say. */
static void parts_add_up_to_the_ports(void **state) {
    struct random random;
    (void)state;
    random_seed(&random, 5);
    for (int k = 0; k < component_count(); k++) {
        const struct component *kind = component_at(k);
        if (!kind->cooling) {
            continue;
        }
        struct arena *arena = arena_new(0);
        void *self = arena_take(arena, 1, kind->size);
        component_defaults(kind, self);
        struct hours *hours = draw_hours(&random, arena, kind);
        hours->port[COOLING_HEAT_IN] = (struct port_temperatures){NULL, NULL, NULL};
        struct coefficients *c = coefficients_new(arena, kind, DRAW_STEPS);
        kind->coefficients(self, hours, c);
        for (int t = 0; t < DRAW_STEPS; t++) {
            struct cooling_hour hour;
            cooling_hour(kind, self, hours, t, COOLING_REJECT, &hour);
            assert_true(c->mode[0].may_run[t] == (hour.stop == COOLING_RUNS));
            if (hour.stop == COOLING_RUNS) {
                assert_true(fabs(c->mode[0].port[COOLING_POWER_IN][t] -
                                 cooling_power_kw_kw(&hour)) < 1e-12);
                assert_true(fabs(1000.0 * c->mode[0].port[COOLING_WATER_IN][t] -
                                 cooling_water_kg_kwh(&hour)) < 1e-12);
            }
        }
        arena_free(arena);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_lies_outside_physics),
        cmocka_unit_test(condensers_give_nothing_while_cooling_is_free),
        cmocka_unit_test(parts_add_up_to_the_ports),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
