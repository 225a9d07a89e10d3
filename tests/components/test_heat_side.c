/* The heat side over whole years and at the edges of its laws. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "components/heat_network.h"
#include "components/hours.h"
#include "components/refrigerant.h"
#include "kinds.h"

enum { YEAR_H = 8760 };

/* ---- a year: seasons and days as cosines, -8 to 22 degC -------------------------------------- */
struct year {
    struct arena *arena;
    struct hours hours;
    struct climate_year climate;
    double outdoor_c[YEAR_H], day_c[YEAR_H], hour_h[YEAR_H], ground_c[YEAR_H];
    double pressure_kpa[YEAR_H];
    double supply_c[YEAR_H], return_c[YEAR_H], source_c[YEAR_H], source_return_c[YEAR_H];
    int weekday[YEAR_H], month[YEAR_H], day_of_year[YEAR_H];
};

static int year_open(void **state) {
    struct arena *arena = arena_new(0);
    struct year *year = ARENA_TAKE(arena, struct year, 1);
    if (!year) {
        return -1;
    }
    const double turn_rad = 2.0 * 3.14159265358979;
    year->arena = arena;
    for (int h = 0; h < YEAR_H; h++) {
        int day = h / 24;
        year->day_c[h] = 7.0 - 11.0 * cos(turn_rad * (day - 20) / 365.0);
        year->outdoor_c[h] = year->day_c[h] - 4.0 * cos(turn_rad * (h % 24 - 3) / 24.0);
        year->hour_h[h] = h % 24;
        year->weekday[h] = (day + 3) % 7;
        year->day_of_year[h] = day;
        year->month[h] = day / 31;
        year->ground_c[h] = 9.0;
        year->pressure_kpa[h] = 101.325;
        year->hours.heating_degree_dayk += fmax(0.0, 16.0 - year->day_c[h]) / 24.0;
    }
    year->climate.count = YEAR_H;
    year->climate.first_weekday = 3;
    year->climate.outdoor_c = year->outdoor_c;
    year->climate.outdoor_weighted_c = year->day_c;
    struct hours *hours = &year->hours;
    hours->count = hours->horizon_count = YEAR_H;
    hours->step_h = 1.0;
    hours->month = year->month;
    hours->weekday = year->weekday;
    hours->day_of_year = year->day_of_year;
    hours->hour_h = year->hour_h;
    hours->outdoor_c = year->outdoor_c;
    hours->outdoor_day_c = hours->outdoor_weighted_c = year->day_c;
    hours->ground_c = year->ground_c;
    hours->pressure_kpa = year->pressure_kpa;
    hours->outdoor_min_c = -8.0;
    hours->year = &year->climate;
    hours->size = 1000.0;
    *state = year;
    return 0;
}

static int year_close(void **state) {
    arena_free(((struct year *)*state)->arena);
    return 0;
}

static void *defaults(struct year *year, const struct component *kind) {
    void *self = arena_take(year->arena, 1, kind->size);
    component_defaults(kind, self);
    for (int p = 0; p < PORTS_MAX; p++) {
        year->hours.wired[p] = true;
        year->hours.port[p] = (struct port_temperatures){NULL, NULL, NULL};
    }
    return self;
}

static void set(const struct component *kind, void *self, const char *key, double value) {
    const struct param *param = component_param(kind, key);
    void *at = (char *)self + param->offset;
    if (param->kind == PARAM_NUMBER) {
        *(double *)at = value;
    } else if (param->kind == PARAM_WORD) {
        *(int *)at = (int)value;
    } else if (param->kind == PARAM_CURVE) {
        ((struct curve *)at)->points = 1;
        ((struct curve *)at)->value[0] = value;
    }
}

static const struct coefficients *coefficients_of(struct year *year, const struct component *kind,
                                                  const void *self) {
    struct coefficients *c = coefficients_new(year->arena, kind, YEAR_H);
    assert_non_null(c);
    kind->coefficients(self, &year->hours, c);
    return c;
}

static double sum_of(const double *value) {
    double sum = 0.0;
    for (int h = 0; h < YEAR_H; h++) {
        sum += value[h];
    }
    return sum;
}

static void constant(double *value, double number) {
    for (int h = 0; h < YEAR_H; h++) {
        value[h] = number;
    }
}

/* ---- users ----------------------------------------------------------------------------------- */
static void a_building_takes_its_years_heat(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("building");
    void *self = defaults(year, kind);
    set(kind, self, "heat_kwh_m2_year", 100.0);
    set(kind, self, "hot_water_kwh_m2_year", 20.0);
    const struct coefficients *c = coefficients_of(year, kind, self);
    assert_close(sum_of(c->mode[0].port[0]), 120.0, 1e-9);
    assert_close(sum_of(c->mode[0].port[1]), 0.0, 0.0);
    set(kind, self, "hot_water", 1.0); /* local electricity */
    c = coefficients_of(year, kind, self);
    assert_close(sum_of(c->mode[0].port[0]), 100.0, 1e-9);
    assert_close(sum_of(c->mode[0].port[1]), 20.0, 1e-9);
    assert_true(c->mode[0].port[0][15 * 24 + 7] >
                20.0 * c->mode[0].port[0][200 * 24 + 7]); /* January, July */
}

/* Full-load hours are 1,200 to 1,800 of offices, 1,600 to 2,200 of dwellings [recalled,
   unverified]; those of a year without cold spells, as this one, lie above, most of all those of
   hotels. */
static void full_load_hours_are_plausible(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("building");
    for (int use = 0; use < 6; use++) {
        void *self = defaults(year, kind);
        set(kind, self, "building", use);
        set(kind, self, "heat_kwh_m2_year", 100.0);
        set(kind, self, "hot_water_kwh_m2_year", 0.0);
        const double *heat_kw = coefficients_of(year, kind, self)->mode[0].port[0];
        double peak_kw = 0.0;
        for (int h = 0; h < YEAR_H; h++) {
            peak_kw = fmax(peak_kw, heat_kw[h]);
        }
        assert_in_range((int)(100.0 / peak_kw), 1500, 4200);
    }
}

static void intensities_follow_degree_days(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("building");
    void *self = defaults(year, kind);
    set(kind, self, "hot_water_kwh_m2_year", 0.0);
    double dayk = year->hours.heating_degree_dayk;
    double office = sum_of(coefficients_of(year, kind, self)->mode[0].port[0]);
    assert_close(office, 90.0 * dayk / 3000.0, 1e-9);
    set(kind, self, "age", 2.0);
    assert_close(sum_of(coefficients_of(year, kind, self)->mode[0].port[0]), 45.0 * dayk / 3000.0,
                 1e-9);
    year->hours.heating_degree_dayk = 0.0; /* the tropics */
    assert_close(sum_of(coefficients_of(year, kind, self)->mode[0].port[0]), 0.0, 0.0);
    year->hours.heating_degree_dayk = dayk;
}

static void hot_water_holds_the_supply_up(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("building");
    void *self = defaults(year, kind);
    int july = 200 * 24;
    set(kind, self, "emitter", 2.0); /* floor */
    kind->temperatures(self, &year->hours, 0, year->supply_c, year->return_c);
    assert_close(year->supply_c[july], 60.0, 0.0);
    set(kind, self, "hot_water", 1.0);
    kind->temperatures(self, &year->hours, 0, year->supply_c, year->return_c);
    assert_true(year->supply_c[july] < 25.0);
    year->hours.wired[1] = false; /* without a wire the network makes the hot water after all */
    kind->temperatures(self, &year->hours, 0, year->supply_c, year->return_c);
    assert_close(year->supply_c[july], 60.0, 0.0);
}

static void a_town_takes_one_kwh_of_each(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("town_heat");
    void *self = defaults(year, kind);
    const double *heat = coefficients_of(year, kind, self)->mode[0].port[0];
    assert_close(sum_of(heat), 1.0, 1e-12);
    double summer = 0.0;
    for (int h = 170 * 24; h < 200 * 24; h++) {
        summer += heat[h];
    }
    assert_true(summer > 0.2 * 30.0 / 365.0 && summer < 0.5 * 30.0 / 365.0);
}

static void a_pool_loses_less_at_night(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("pool");
    void *self = defaults(year, kind);
    const double *heat_kw = coefficients_of(year, kind, self)->mode[0].port[0];
    double open_kw = heat_kw[12], night_kw = heat_kw[2];
    assert_true(night_kw > 0.0 && night_kw < open_kw);
    /* a public indoor pool: 700 to 1,600 kWh of heat per m2 and year for the water [plausible] */
    assert_in_range((int)sum_of(heat_kw), 700, 1600);
    set(kind, self, "cover_frac", 0.8);
    assert_true(coefficients_of(year, kind, self)->mode[0].port[0][2] < 0.3 * night_kw);
    struct arena *arena = arena_new(0);
    struct diag *diag = diag_new(arena);
    set(kind, self, "close_h", 5.0);
    kind->check(self, diag, (struct place){NULL, 0, 0});
    assert_int_equal(diag_errors(diag), 1);
    arena_free(arena);
}

/* ---- machines -------------------------------------------------------------------------------- */
static void place_heat_pump(struct year *year, double source_c, double source_dt_dk, double sink_c,
                            double sink_dt_dk) {
    constant(year->source_c, source_c);
    constant(year->source_return_c, source_c - source_dt_dk);
    constant(year->supply_c, sink_c);
    constant(year->return_c, sink_c - sink_dt_dk);
    year->hours.port[0] = (struct port_temperatures){year->source_c, year->source_return_c, NULL};
    year->hours.port[2] = (struct port_temperatures){year->supply_c, year->return_c, NULL};
}

static void a_heat_pump_is_off_outside_its_range(void **state) {
    static const struct {
        double source_c, sink_c;
        bool runs;
    } points[] = {{20.0, 70.0, true},  {61.0, 70.0, false}, {60.0, 70.0, true},
                  {20.0, 96.0, false}, {20.0, 95.0, true},  {19.0, 95.0, false}};
    struct year *year = *state;
    const struct component *kind = component_find("heat_pump");
    for (int k = 0; k < COUNT(points); k++) {
        void *self = defaults(year, kind);
        place_heat_pump(year, points[k].source_c, 6.0, points[k].sink_c, 15.0);
        const struct coefficients *c = coefficients_of(year, kind, self);
        assert_int_equal(c->mode[0].may_run[0], points[k].runs);
        assert_true(points[k].runs || fabs(c->mode[0].port[1][0]) < 1e-12);
        assert_true(!points[k].runs ||
                    (c->mode[0].port[1][0] >= 0.1 && c->mode[0].port[1][0] < 1.0));
    }
}

/* Machines for buildings name a refrigerant or none; a maker's own limit stands above only where no default is. */
static void which_refrigerant(void **state) {
    struct year *year = *state;
    const struct component *air = component_find("air_heat_pump"),
                           *pump = component_find("heat_pump");
    void *self = defaults(year, air), *large = defaults(year, pump);
    int *word = (int *)(void *)((char *)self + component_param(air, "refrigerant")->offset);
    assert_null(refrigerant_of(air, self, 50.0));
    assert_close(refrigerant_supply_max_c(air, self, 50.0), 65.0, 1e-12);
    for (int k = 1; k <= REFRIGERANT_R744; k++) {
        *word = k;
        const struct refrigerant *of = refrigerant_of(air, self, 50.0);
        assert_non_null(of);
        assert_close(refrigerant_supply_max_c(air, self, 50.0), fmin(65.0, of->supply_max_c),
                     1e-12);
        assert_true(of->gwp_ratio < 2100.0);
    }
    assert_string_equal(refrigerant_of(air, self, 50.0)->name, "R744");
    assert_string_equal(refrigerant_of(pump, large, 95.0)->name, "R600a");
    double *maker_c =
        (double *)(void *)((char *)large + component_param(pump, "supply_max_c")->offset);
    *maker_c = 130.0;
    assert_close(refrigerant_supply_max_c(pump, large, 95.0), 130.0, 1e-12);
}

static void larger_heat_pumps_are_better(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_pump");
    double before = 1.0;
    for (double size = 500.0; size < 10000.0; size *= 2.0) {
        void *self = defaults(year, kind);
        place_heat_pump(year, 25.0, 10.0, 70.0, 35.0);
        year->hours.size = size;
        double power_kw = coefficients_of(year, kind, self)->mode[0].port[1][0];
        assert_true(power_kw <= before);
        before = power_kw;
    }
    year->hours.size = 1000.0;
    assert_true(1.0 / before > 4.4); /* DEA: 4.5 at 3 MW, return 35 degC */
}

static void an_exchanger_needs_its_approach(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_exchanger");
    void *self = defaults(year, kind);
    constant(year->source_c, 58.0);
    constant(year->supply_c, 55.0);
    year->hours.port[0] = (struct port_temperatures){year->source_c, year->source_return_c, NULL};
    year->hours.port[1] = (struct port_temperatures){year->supply_c, year->return_c, NULL};
    assert_true(coefficients_of(year, kind, self)->mode[0].may_run[0]);
    year->supply_c[0] = 55.1;
    const struct coefficients *c = coefficients_of(year, kind, self);
    assert_true(c->mode[0].lifts_kw_kw[0] < 0.0); /* others have to finish it */
    assert_true(c->mode[0].may_run[1] && c->mode[0].lifts_kw_kw[1] > 0.0);
    kind->temperatures(self, &year->hours, 1, year->supply_c, year->return_c);
    assert_true(isnan(year->supply_c[0]) && isnan(year->return_c[0]));
    set(kind, self, "declared_supply_c", 20.0);
    kind->temperatures(self, &year->hours, 1, year->supply_c, year->return_c);
    assert_close(year->supply_c[0], 20.0, 0.0);
    assert_close(year->return_c[0], 14.0, 0.0);
}

static void an_air_heat_pump_falls_back_on_its_heater(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("air_heat_pump");
    void *self = defaults(year, kind);
    constant(year->supply_c, 50.0);
    year->hours.port[1] = (struct port_temperatures){year->supply_c, year->return_c, NULL};
    double mild_c = year->outdoor_c[0], cold_c = year->outdoor_c[1], frost_c = year->outdoor_c[2];
    year->outdoor_c[0] = 5.0;
    year->outdoor_c[1] = -15.0; /* 65 K */
    year->outdoor_c[2] = -21.0;
    year->supply_c[3] = 66.0;
    const struct coefficients *c = coefficients_of(year, kind, self);
    assert_close(1.0 / c->mode[0].port[0][0], 0.85 * 2.64075, 1e-9); /* 45 K */
    assert_close(1.0 / c->mode[0].port[0][1], 0.85 * 1.818 * 60.0 / 65.0, 1e-9);
    assert_close(c->mode[0].port[0][2], 1.0, 0.0);
    assert_true(c->mode[0].may_run[2]);
    assert_false(c->mode[0].may_run[3]);
    year->outdoor_c[0] = mild_c;
    year->outdoor_c[1] = cold_c;
    year->outdoor_c[2] = frost_c;
}

static void existing_producers_have_seasons(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_producer");
    void *self = defaults(year, kind);
    int january = 0, july = 200 * 24;
    set(kind, self, "marginal_money_kwh", 0.04);
    set(kind, self, "summer_available_frac", 0.5);
    const struct coefficients *c = coefficients_of(year, kind, self);
    assert_close(c->mode[0].cost_money_kwh[january], 0.04, 0.0);
    assert_close(c->mode[0].cost_money_kwh[july], 0.04, 0.0);
    assert_close(c->availability_frac[july], 0.5, 0.0);
    set(kind, self, "summer_marginal_money_kwh", 0.01);
    c = coefficients_of(year, kind, self);
    assert_close(c->mode[0].cost_money_kwh[july], 0.01, 0.0);
    *(bool *)(void *)((char *)self + component_param(kind, "must_run")->offset) = true;
    c = coefficients_of(year, kind, self);
    assert_close(c->mode[0].cost_money_kwh[january], 0.0, 0.0);
    assert_close(c->mode[0].carbon_kgco2_kwh[january], 0.0, 0.0);
}

/* ---- the network ----------------------------------------------------------------------------- */
static void *network(struct year *year, const struct component *kind, double length_m) {
    void *self = defaults(year, kind);
    set(kind, self, "capacity_kw", 2000.0);
    set(kind, self, "length_m", length_m);
    set(kind, self, "supply_c", 70.0);
    set(kind, self, "return_c", 40.0);
    return self;
}

/* Heat.md section 12: the linear loss is within .8 % of the true one down to 30 % load, 2.2 % at 10
   %. */
static void the_linear_loss_is_close_to_the_true_one(void **state) {
    static const double load_frac[] = {1.0, 0.5, 0.3, 0.1},
                        allowed_frac[] = {0.004, 0.006, 0.01, 0.03};
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    year->hours.size = 2000.0;
    double linear_kw = coefficients_of(year, kind, self)->standing_kw_kw[0] * 2000.0;
    year->hours.size = 1000.0;
    for (int k = 0; k < COUNT(load_frac); k++) {
        double flow_kw = 2000.0 * load_frac[k], arriving_kw = 0.0, pump_kw = 0.0;
        heat_network_state(self, 2000.0, flow_kw, 70.0, 40.0, 9.0, &arriving_kw, &pump_kw);
        assert_true(fabs(flow_kw - arriving_kw - linear_kw) < allowed_frac[k] * linear_kw);
        assert_true(pump_kw > 0.0 && pump_kw < 0.01 * flow_kw);
    }
}

static void an_idle_network_loses_what_it_stands_with(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    double arriving_kw = 1.0, pump_kw = 1.0;
    heat_network_state(self, 2000.0, 0.0, 70.0, 40.0, 9.0, &arriving_kw, &pump_kw);
    assert_true(arriving_kw < 0.0 && arriving_kw > -60.0);
    assert_close(pump_kw, 0.0, 1e-12);
}

static void pipes_grow_with_the_capacity_and_cost_more(void **state) {
    static const struct {
        double capacity_kw;
        int nominal_mm;
    } sizes[] = {{300.0, 65}, {1100.0, 100}, {3000.0, 150}, {6500.0, 200}, {19000.0, 300}};
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    set(kind, self, "gradient_kpa_m",
        0.1); /* the pipe table of heat notes section 4 is for .100 kPa/m, 30 K */
    for (int k = 0; k < COUNT(sizes); k++) {
        assert_int_equal(heat_network_nominal_mm(self, sizes[k].capacity_kw), sizes[k].nominal_mm);
        assert_close(kind->capex_money(self, sizes[k].capacity_kw),
                     1000.0 * (499.5 + 6.279 * sizes[k].nominal_mm), 1e-6);
    }
    set(kind, self, "capex_money_m", 2000.0);
    assert_close(kind->capex_money(self, 300.0), 2e6, 1e-6);
}

/* Widths are a staircase: the most that one carries asks for it still, a hair more for the next; steps lead there and
   back; beyond the smallest there is none. */
static void widths_are_a_staircase(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    for (double size_kw = 7.0; size_kw < 3e5; size_kw *= 2.3) {
        double most_kw = kind->make_capacity(self, size_kw, 0), less_kw = 0.0;
        assert_true(most_kw >= size_kw);
        assert_close(kind->capex_money(self, most_kw), kind->capex_money(self, size_kw), 0.0);
        assert_int_equal(heat_network_nominal_mm(self, most_kw),
                         heat_network_nominal_mm(self, size_kw));
        double next_kw = kind->make_capacity(self, size_kw, 1);
        assert_true(next_kw > most_kw);
        assert_close(kind->make_capacity(self, most_kw * (1.0 + 1e-6), 0), next_kw, 1e-6 * next_kw);
        assert_close(kind->make_capacity(self, next_kw, -1), most_kw, 1e-6 * most_kw);
        less_kw = kind->make_capacity(self, size_kw, -1);
        assert_true(isnan(less_kw) ? heat_network_nominal_mm(self, size_kw) == 20
                                   : less_kw < size_kw);
        assert_close(kind->make_capacity(self, size_kw, 2), kind->make_capacity(self, next_kw, 1),
                     1e-6 * next_kw);
    }
}

/* The supply falls with milder weather: the pipe is chosen for the coldest day and carries less heat
   on others. */
static void a_mild_day_limits_the_heat_of_a_pipe(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    const struct param *param = component_param(kind, "supply_c");
    struct curve *supply_c = (void *)((char *)self + param->offset);
    *supply_c = (struct curve){2, {-8.0, 16.0}, {70.0, 50.0}};
    set(kind, self, "gradient_kpa_m", 0.1);
    /* heat notes section 4: DN 100 carries 1140 kW at 30 K, whatever the spread in spring */
    assert_int_equal(heat_network_nominal_mm(self, 1130.0), 100);
    double mild_c = year->day_c[0], cold_c = year->day_c[24], between_c = year->day_c[48];
    year->day_c[0] = 20.0;
    year->day_c[24] = -15.0;
    year->day_c[48] = 4.0;
    const struct coefficients *c = coefficients_of(year, kind, self);
    assert_close(c->availability_frac[0], 10.0 / 30.0, 1e-12);
    assert_close(c->availability_frac[24], 1.0, 0.0);
    assert_close(c->availability_frac[48], 20.0 / 30.0, 1e-12);
    year->day_c[0] = mild_c;
    year->day_c[24] = cold_c;
    year->day_c[48] = between_c;
}

/* DN 600 carries 103 MW at .100 kPa/m and 30 K: twice that is two of it, with twice the price and
   twice the loss. */
static void more_than_the_largest_pipe_is_several(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    set(kind, self, "gradient_kpa_m", 0.1);
    double one_money = kind->capex_money(self, 90e3), one_kw = 0.0;
    assert_close(one_money, 1000.0 * (499.5 + 6.279 * 600.0), 1e-6);
    assert_close(kind->capex_money(self, 180e3), 2.0 * one_money, 1e-6);
    assert_close(kind->capex_money(self, 270e3), 3.0 * one_money, 1e-6);
    year->hours.size = 90e3;
    one_kw = 90e3 * coefficients_of(year, kind, self)->standing_kw_kw[0];
    year->hours.size = 180e3;
    assert_close(180e3 * coefficients_of(year, kind, self)->standing_kw_kw[0], 2.0 * one_kw, 1e-6);
    double arriving_kw = 0.0, pump_kw = 0.0, one_arriving_kw = 0.0, one_pump_kw = 0.0;
    heat_network_state(self, 90e3, 60e3, 70.0, 40.0, 9.0, &one_arriving_kw, &one_pump_kw);
    heat_network_state(self, 180e3, 120e3, 70.0, 40.0, 9.0, &arriving_kw, &pump_kw);
    assert_close(arriving_kw, 2.0 * one_arriving_kw, 1e-6);
    assert_close(pump_kw, 2.0 * one_pump_kw, 1e-6);
    year->hours.size = 1000.0;
}

static void a_network_without_spread_is_refused(void **state) {
    struct year *year = *state;
    const struct component *kind = component_find("heat_network");
    void *self = network(year, kind, 1000.0);
    struct diag *diag = diag_new(year->arena);
    kind->check(self, diag, (struct place){NULL, 0, 0});
    assert_int_equal(diag_errors(diag), 0);
    set(kind, self, "return_c", 68.0);
    kind->check(self, diag, (struct place){NULL, 0, 0});
    assert_int_equal(diag_errors(diag), 1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_building_takes_its_years_heat),
        cmocka_unit_test(full_load_hours_are_plausible),
        cmocka_unit_test(intensities_follow_degree_days),
        cmocka_unit_test(hot_water_holds_the_supply_up),
        cmocka_unit_test(a_town_takes_one_kwh_of_each),
        cmocka_unit_test(a_pool_loses_less_at_night),
        cmocka_unit_test(a_heat_pump_is_off_outside_its_range),
        cmocka_unit_test(which_refrigerant),
        cmocka_unit_test(larger_heat_pumps_are_better),
        cmocka_unit_test(an_exchanger_needs_its_approach),
        cmocka_unit_test(an_air_heat_pump_falls_back_on_its_heater),
        cmocka_unit_test(existing_producers_have_seasons),
        cmocka_unit_test(the_linear_loss_is_close_to_the_true_one),
        cmocka_unit_test(an_idle_network_loses_what_it_stands_with),
        cmocka_unit_test(widths_are_a_staircase),
        cmocka_unit_test(pipes_grow_with_the_capacity_and_cost_more),
        cmocka_unit_test(a_mild_day_limits_the_heat_of_a_pipe),
        cmocka_unit_test(more_than_the_largest_pipe_is_several),
        cmocka_unit_test(a_network_without_spread_is_refused),
    };
    return cmocka_run_group_tests(tests, year_open, year_close);
}
