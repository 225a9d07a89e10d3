/* Small plans whose optimum is worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/small.h"

#define HAND_HEAD                                                                                  \
    "hearth: 1\nname: hand\nplace: {climate: seattle, ground_c: 11}\n"                             \
    "money: {currency: USD, year: 2024, discount_frac: 0.05, life_year: 25}\n"
#define ONE_DAY "horizon: {from: 2024-01-09, days: 1}\n"
#define POOL                                                                                       \
    "town:\n  - {name: bath, kind: pool, water_m2: 300, heated_by: gas_boiler, meter: bath}\n"
#define HALL                                                                                       \
    "data_centre:\n  - {name: hall, it_kw: 1000, load: flat,\n"                                    \
    "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1, capex_money_kw: 0}}\n"

/* r (1+r)^n / ((1+r)^n - 1): the table of the reference, to its digits */
static void annuities(void **state) {
    (void)state;
    static const struct {
        double discount_frac, life_year, annuity;
    } table[] = {{0.05, 20, 0.0802}, {0.05, 25, 0.0710}, {0.0624, 25, 0.0800}, {0.07, 25, 0.0858},
                 {0.04, 40, 0.0505}, {0.0, 25, 0.04},    {1e-13, 25, 0.04}};
    for (int k = 0; k < COUNT(table); k++) {
        double annuity = plan_annuity_frac_year(table[k].discount_frac, table[k].life_year);
        assert_true(fabs(annuity - table[k].annuity) < 5e-5);
    }
    /* the present value of an annuity of one over its life is one */
    double value = 0.0, annuity = plan_annuity_frac_year(0.05, 25);
    for (int year = 1; year <= 25; year++) {
        value += annuity / pow(1.05, year);
    }
    assert_near(value, 1.0, 1e-12);
}

/* One boiler, one day: gas for the heat, the boiler for the coldest and hottest design day too, its annuity and upkeep
   for one day of 366. */
static void one_boiler(void **state) {
    (void)state;
    struct small small =
        small_read(HAND_HEAD ONE_DAY "fuel: {gas_money_kwh: 0.04}\n"
                                     "electricity: {bath: {energy_money_kwh: 0.1}}\n" POOL);
    small_set(&small, "bath_heater", "efficiency_eff", 0.8);
    small_set(&small, "bath_heater", "capex_money_kw", 100.0);
    small_set(&small, "bath_heater", "fom_frac_year", 0.02);
    small_set(&small, "bath_heater", "life_year", 20.0);
    small_plan(&small);
    const double *need_kw = small_port(&small, CASE_TODAY, "bath", "heat_in");
    double peak_kw = 0.0, heat_kwh = small_sum(&small, need_kw);
    for (int t = 0; t < small.plan->hours->count; t++) {
        peak_kw = fmax(peak_kw, need_kw[t]);
    }
    double annuity = 0.05 * pow(1.05, 20) / (pow(1.05, 20) - 1.0);
    double gas_money = heat_kwh / 0.8 * 0.04;
    double boiler_money = peak_kw * 100.0 * (annuity + 0.02) / 366.0;
    assert_near(small.plan->cases[CASE_TODAY].objective_money, gas_money + boiler_money, 1e-9);
    const struct flow *boiler = small_flow(&small, CASE_TODAY, "bath_heater");
    assert_near(boiler->capacity, peak_kw, 1e-9);
    assert_near(boiler->investment_money, peak_kw * 100.0, 1e-9);
    assert_near(boiler->capital_money, peak_kw * 100.0 * annuity / 366.0, 1e-9);
    assert_near(boiler->fixed_money, peak_kw * 2.0 / 366.0, 1e-9);
    assert_near(small_flow(&small, CASE_TODAY, "supply_gas")->running_money, gas_money, 1e-9);
    /* the price of heat is what the fuel of one kWh costs; at the peak one more kW asks for boiler too */
    int bus = small.scenario->towns[0].bus;
    double above_money_kw = 0.0;
    for (int t = 0; t < small.plan->hours->horizon_count; t++) {
        double price = small.plan->cases[CASE_TODAY].price_money_kwh[bus][t];
        if (need_kw[t] < 0.999 * peak_kw) {
            assert_near(price, 0.05, 1e-7);
        }
        above_money_kw += price - 0.05;
        assert_true(price >= 0.05 - 1e-9);
    }
    assert_true(above_money_kw <= boiler_money / peak_kw * (1.0 + 1e-7));
    small_free(&small);
}

/* What stands already costs its upkeep, no capital. */
static void what_stands_costs_no_capital(void **state) {
    (void)state;
    struct small small =
        small_read(HAND_HEAD ONE_DAY "electricity: {data_centre: {energy_money_kwh: 0.1}}\n" HALL
                                     "plant: {battery: {capacity_kwh: 100, existing: true, "
                                     "capex_money_kwh: 300, owner: operator}}\n");
    small_plan(&small);
    const struct flow *battery = small_flow(&small, CASE_TOGETHER, "battery");
    assert_true(battery->included);
    assert_near(battery->capital_money, 0.0, 1e-12);
    assert_near(battery->fixed_money, 100.0 * 300.0 * 0.025 / 366.0, 1e-9);
    small_free(&small);
}

/* Twelve cheap hours, then twelve dear ones; a battery of 1000 kWh and 100 kW shifts what pays. It rests at 20 %, has
   800 kWh to use, gives 100 kW into the dear hours for 800 eff / 100 hours and fills up again in the cheap ones. */
static void a_battery_shifts(void **state) {
    (void)state;
    static double price[24];
    for (int t = 0; t < 24; t++) {
        price[t] = t < 12 ? 0.05 : 0.25;
    }
    struct small small =
        small_read(HAND_HEAD ONE_DAY
                   "electricity: {data_centre: {energy_money_kwh: 0.1}}\n" HALL
                   "plant: {battery: {capacity_kwh: 1000, power_kw: 100, round_trip_eff: 0.81, "
                   "standing_frac_h: 0, vom_money_kwh: 0, capex_money_kwh: 0, owner: operator}}\n");
    small_set_series(&small, "grid_data_centre", "energy_money_kwh", price);
    small_plan(&small);
    double plain = 0.0, load_kw = small_port(&small, CASE_TOGETHER, "hall", "power_in")[0] +
                                  small_port(&small, CASE_TOGETHER, "hall_cooling", "power_in")[0];
    for (int t = 0; t < 24; t++) {
        plain += load_kw * price[t];
    }
    /* 0.9 each way: 800 kWh of level give 720 kWh and take 888.9 kWh */
    double saved_money = 720.0 * 0.25 - 800.0 / 0.9 * 0.05;
    assert_near(small.plan->cases[CASE_TOGETHER].objective_money, plain - saved_money, 1e-9);
    const struct flow *battery = small_flow(&small, CASE_TOGETHER, "battery");
    assert_near(small_sum(&small, battery->rate_kw[0]), 800.0 / 0.9, 1e-9);
    assert_near(small_sum(&small, battery->rate_kw[1]), 720.0, 1e-9);
    assert_near(battery->level_kwh[11], 1000.0, 1e-9);
    assert_near(battery->level_kwh[23], 200.0, 1e-9);
    small_free(&small);
}

/* Four dear hours; a quarter of the work may wait four hours, so that all of it leaves them and comes back at once behind them,
   as far as the hall has room. A wait of three hours leaves the first hour's work where it is; with a deadline in the third dear
   hour only the last two hours' work can leave. */
static double flexible_saves(const char *flexible, double price_cheap, double price_dear) {
    double price[24], money[2];
    for (int t = 0; t < 24; t++) {
        price[t] = t >= 10 && t < 14 ? price_dear : price_cheap;
    }
    for (int k = 0; k < 2; k++) {
        char text[2048];
        (void)snprintf(
            text, sizeof text,
            HAND_HEAD ONE_DAY
            "electricity: {data_centre: {energy_money_kwh: 0.1}}\n"
            "data_centre: [{name: hall, it_kw: 1000, load: flat, occupancy_frac: 0.5, "
            "cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0, capex_money_kw: 0}%s}]\n",
            k ? flexible : "");
        struct small small = small_read(text);
        small_set_series(&small, "grid_data_centre", "energy_money_kwh", price);
        small_plan(&small);
        money[k] = small.plan->cases[CASE_APART].objective_money;
        assert_true(small.plan->cases[CASE_APART].audit.passed);
        small_free(&small);
    }
    return money[0] - money[1];
}

static void work_that_may_wait_leaves_dear_hours(void **state) {
    (void)state;
    struct small small = small_read(
        HAND_HEAD ONE_DAY
        "electricity: {data_centre: {energy_money_kwh: 0.1}}\n"
        "data_centre: [{name: hall, it_kw: 1000, load: flat, occupancy_frac: 0.5, "
        "cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0, capex_money_kw: 0}}]\n");
    small_plan(&small);
    double drawn_ratio = small_port(&small, CASE_APART, "hall", "power_in")[0] / 500.0;
    small_free(&small);
    double hour_money = 125.0 * (0.2 * drawn_ratio - 0.001); /* of one hour's work */
    assert_near(flexible_saves(", flexible: {share_frac: 0.25, window_h: 4}", 0.05, 0.25),
                4.0 * hour_money, 1e-6);
    assert_near(flexible_saves(", flexible: {share_frac: 0.25, window_h: 3}", 0.05, 0.25),
                3.0 * hour_money, 1e-6);
    assert_near(
        flexible_saves(", flexible: {share_frac: 0.25, window_h: 4, deadline_h: 12}", 0.05, 0.25),
        2.0 * hour_money, 1e-6);
    /* room for 50 kW above the load: ten hours catch up the 500 kWh, and a day is long enough; no room: nothing can wait */
    assert_near(flexible_saves(", flexible: {share_frac: 0.25, window_h: 24, it_max_frac: 0.55}",
                               0.05, 0.25),
                4.0 * hour_money, 1e-6);
    assert_near(
        flexible_saves(", flexible: {share_frac: 0.25, window_h: 4, it_max_frac: 0.5}", 0.05, 0.25),
        0.0, 1e-6);
}

/* 98 kW on the hill take 100 kW of the harbour's grid through a cable that loses 2 %; 150 kW of a turbine on the hill send
   what is left, 52 kW, back: 50.96 arrive and are sold, as far as the cable carries it. */
#define TWO_PLACES                                                                                 \
    "places: [harbour, hill]\nfirm: none\n"                                                        \
    "electricity: {harbour: {at: harbour, energy_money_kwh: 0.1, export_money_kwh: 0.05}}\n"       \
    "town: [{name: mill, kind: power_load, at: hill, scale_ratio: 1, power_kw: 98}]\n"             \
    "links: [{name: cable, kind: power_line, from: harbour, to: hill, loss_frac: 0.02, "           \
    "existing: true, capex_money_kw: 0, capacity_kw: %s}]\n%s"

static struct small two_places(const char *cable_kw, const char *more) {
    char text[2048];
    (void)snprintf(text, sizeof text, HAND_HEAD ONE_DAY TWO_PLACES, cable_kw, more);
    struct small small = small_read(text);
    small_plan(&small);
    assert_true(small.plan->cases[CASE_TOGETHER].audit.passed);
    return small;
}

static void a_line_carries_both_ways(void **state) {
    (void)state;
    struct small small = two_places("200", "");
    assert_near(small.plan->cases[CASE_TOGETHER].objective_money, 24.0 * 100.0 * 0.1, 1e-7);
    small_free(&small);
    const char *sun =
        "plant: {sun: {kind: power_profile, at: hill, capacity_kw: 150, output_frac: 1}}\n";
    small = two_places("200", sun);
    assert_near(small.plan->cases[CASE_TOGETHER].objective_money, -24.0 * 50.96 * 0.05, 1e-7);
    assert_near(small_port(&small, CASE_TOGETHER, "cable", "there")[5], -52.0, 1e-7);
    assert_near(small_port(&small, CASE_TOGETHER, "cable", "here")[5], -50.96, 1e-7);
    small_free(&small);
}

/* By the catalogue (one hour of power for four of energy; or 376 a kWh and 498 a kW), or by prices of their own. */
static double battery_investment(const char *keys) {
    char text[2048];
    (void)snprintf(text, sizeof text,
                   HAND_HEAD ONE_DAY "electricity: {data_centre: {energy_money_kwh: 0.1}}\n" HALL
                                     "plant: {battery: {capacity_kwh: 1000, owner: operator%s}}\n",
                   keys);
    struct small small = small_read(text);
    small_plan(&small);
    double investment_money = small_flow(&small, CASE_TOGETHER, "battery")->investment_money;
    small_free(&small);
    return investment_money;
}

static void energy_and_power_of_a_battery_are_paid_apart(void **state) {
    (void)state;
    double whole = battery_investment(""), apart = battery_investment(", power_kw: 400");
    assert_near(apart / whole, (376000.0 + 498.0 * 400.0) / 500500.0, 1e-12);
    assert_near(battery_investment(", power_kw: 400, capex_money_kwh: 300"), 300000.0, 1e-6);
    assert_near(battery_investment(", power_kw: 400, capex_money_kwh: 300, "
                                   "capex_power_money_kw: 200"),
                380000.0, 1e-6);
}

/* Two days of January and two of February: a month's kW costs its share of the month. */
static void demand_charges_of_partial_months(void **state) {
    (void)state;
    struct small small =
        small_read(HAND_HEAD "horizon: {from: 2024-01-30, days: 4}\n"
                             "electricity: {data_centre: {energy_money_kwh: 0.1, "
                             "demand_money_kw_month: 9, fixed_money_month: 610}}\n" HALL);
    small_plan(&small);
    double load_kw = small_port(&small, CASE_APART, "hall", "power_in")[0] +
                     small_port(&small, CASE_APART, "hall_cooling", "power_in")[0];
    double demand_money = 9.0 * load_kw * (2.0 / 31.0 + 2.0 / 29.0);
    double fixed_money = 12.0 * 610.0 * 4.0 / 366.0;
    const struct flow *grid = small_flow(&small, CASE_APART, "grid_data_centre");
    assert_near(grid->demand_money, demand_money, 1e-9);
    assert_near(grid->fixed_money, fixed_money, 1e-9);
    assert_near(grid->peak_kw[0], load_kw, 1e-9);
    assert_near(grid->peak_kw[1], load_kw, 1e-9);
    assert_near(grid->peak_kw[2], 0.0, 1e-9);
    assert_near(small.plan->cases[CASE_APART].objective_money,
                96.0 * load_kw * 0.1 + demand_money + fixed_money, 1e-9);
    small_free(&small);
}

/* A battery flattens the month's peak: load 2 L in one hour of the day, L in the others; 100 kWh of level and no loss
   take 100 kW off the peak. */
static void a_battery_shaves_the_peak(void **state) {
    (void)state;
    struct small small = small_read(
        HAND_HEAD ONE_DAY
        "electricity: {data_centre: {energy_money_kwh: 0.1, demand_money_kw_month: 31}}\n" HALL
        "town:\n  - {name: bath, kind: pool, water_m2: 300, heated_by: electric, meter: "
        "data_centre}\n"
        "plant: {battery: {capacity_kwh: 125, power_kw: 100, round_trip_eff: 0.99, "
        "standing_frac_h: 0, vom_money_kwh: 0, capex_money_kwh: 0, owner: operator}}\n");
    small_plan(&small);
    /* the optimum by bisection: the lowest peak P such that the level needed to cut all above P fits into 100 kWh, is
       refilled within the day below P, and 100 kW is enough */
    double load_kw[24], eff = sqrt(0.99), low_kw = 0.0, high_kw = 0.0;
    for (int t = 0; t < 24; t++) {
        load_kw[t] = small_port(&small, CASE_TOGETHER, "hall", "power_in")[t] +
                     small_port(&small, CASE_TOGETHER, "hall_cooling", "power_in")[t] +
                     small_port(&small, CASE_TOGETHER, "bath_heater", "power_in")[t];
        high_kw = fmax(high_kw, load_kw[t]);
    }
    double unshaved_kw = high_kw;
    for (int k = 0; k < 200; k++) {
        double peak_kw = 0.5 * (low_kw + high_kw), level_kwh = 100.0;
        bool fits = true;
        for (int t = 0; t < 48; t++) { /* twice round: the second day begins as the first ended */
            double spare_kw = peak_kw - load_kw[t % 24];
            double change_kwh = spare_kw >= 0.0 ? fmin(spare_kw, 100.0) * eff : spare_kw / eff;
            fits = fits && spare_kw >= -100.0;
            level_kwh = fmin(100.0, level_kwh + change_kwh);
            fits = fits && level_kwh >= 0.0;
        }
        *(fits ? &high_kw : &low_kw) = peak_kw;
    }
    assert_true(high_kw < unshaved_kw - 1.0);
    assert_near(small_flow(&small, CASE_TOGETHER, "grid_data_centre")->peak_kw[0], high_kw, 1e-6);
    small_free(&small);
}

#define CITY                                                                                       \
    "town:\n  - name: city\n    kind: town_heat\n    heat_kwh_year: 8760000\n    heated_by: "      \
    "existing\n"                                                                                   \
    "    existing_heat:\n"                                                                         \
    "      - {name: waste, capacity_kw: 300, marginal_money_kwh: 0.02, carbon_kgco2_kwh: 0.1, "    \
    "must_run: true}\n"                                                                            \
    "      - {name: straw, capacity_kw: 400, marginal_money_kwh: 0.03, "                           \
    "summer_marginal_money_kwh: "                                                                  \
    "0.06, carbon_kgco2_kwh: 0.01, summer_carbon_kgco2_kwh: 0.02}\n"                               \
    "      - {name: gas, capacity_kw: 9000, marginal_money_kwh: 0.05, carbon_kgco2_kwh: 0.2, "     \
    "fixed_money_month: 305}\n"
#define CITY_POWER "electricity: {city: {energy_money_kwh: 0.1}}\n"

/* Must-run heat first, then by the season's marginal cost, each to its kW. */
static void merit_order(struct small *small, bool straw_first) {
    const double *need_kw = small_port(small, CASE_TODAY, "city", "heat_in");
    double money = 12.0 * 305.0 * small->scenario->year_frac, kg = 0.0;
    for (int t = 0; t < small->plan->hours->horizon_count; t++) {
        double waste_kw = fmin(300.0, need_kw[t]), rest_kw = need_kw[t] - waste_kw;
        double straw_kw = straw_first ? fmin(400.0, rest_kw) : 0.0;
        assert_near(small_port(small, CASE_TODAY, "waste", "heat_out")[t], waste_kw, 1e-9);
        assert_near(small_port(small, CASE_TODAY, "straw", "heat_out")[t], straw_kw, 1e-9);
        assert_near(small_port(small, CASE_TODAY, "gas", "heat_out")[t], rest_kw - straw_kw, 1e-9);
        money += straw_kw * 0.03 + (rest_kw - straw_kw) * 0.05;
        kg += straw_kw * 0.01 + (rest_kw - straw_kw) * 0.2;
    }
    assert_near(small->plan->cases[CASE_TODAY].objective_money, money, 1e-9);
    double booked_kg = small_flow(small, CASE_TODAY, "straw")->carbon_kg +
                       small_flow(small, CASE_TODAY, "gas")->carbon_kg +
                       small_flow(small, CASE_TODAY, "waste")->carbon_kg;
    assert_near(booked_kg, kg, 1e-9);
}

static void existing_heat_by_season(void **state) {
    (void)state;
    struct small winter =
        small_solve(HAND_HEAD "horizon: {from: 2024-01-15, days: 2}\n" CITY_POWER CITY);
    merit_order(&winter, true);
    small_free(&winter);
    /* in summer straw is dearer than gas: it stands */
    struct small summer =
        small_solve(HAND_HEAD "horizon: {from: 2024-05-02, days: 2}\n" CITY_POWER CITY);
    merit_order(&summer, false);
    small_free(&summer);
    /* and where gas is full, straw has its summer price and carbon */
    struct small short_of_gas =
        small_read(HAND_HEAD "horizon: {from: 2024-05-02, days: 2}\n" CITY_POWER CITY);
    short_of_gas.scenario->instances[small_instance(&short_of_gas, "gas")].capacity.fixed = 100.0;
    short_of_gas.scenario->instances[small_instance(&short_of_gas, "straw")].capacity.fixed =
        9000.0;
    small_plan(&short_of_gas);
    const struct flow *straw = small_flow(&short_of_gas, CASE_TODAY, "straw");
    double straw_kwh = small_sum(&short_of_gas, straw->rate_kw[0]);
    assert_true(straw_kwh > 100.0);
    assert_near(straw->running_money, 0.06 * straw_kwh, 1e-9);
    assert_near(straw->carbon_kg, 0.02 * straw_kwh, 1e-9);
    small_free(&short_of_gas);
}

/* Two meters with their peaks at different hours pay for both peaks; one pooled meter would pay for less. */
static void meters_are_not_pooled(void **state) {
    (void)state;
    struct small small = small_solve(
        HAND_HEAD ONE_DAY
        "electricity:\n  day: {energy_money_kwh: 0.1, demand_money_kw_month: 10, party: operator}\n"
        "  evening: {energy_money_kwh: 0.1, demand_money_kw_month: 10, party: operator}\n"
        "data_centre:\n  - {name: answers, it_kw: 1000, load: ai_inference, meter: day,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n"
        "  - {name: films, it_kw: 1000, load: edge, meter: evening,\n"
        "     cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n");
    double alone_kw = 0.0, pooled_kw = 0.0;
    const double *first_kw = small_flow(&small, CASE_APART, "grid_day")->rate_kw[0],
                 *second_kw = small_flow(&small, CASE_APART, "grid_evening")->rate_kw[0];
    double first_peak_kw = 0.0, second_peak_kw = 0.0;
    for (int t = 0; t < 24; t++) {
        first_peak_kw = fmax(first_peak_kw, first_kw[t]);
        second_peak_kw = fmax(second_peak_kw, second_kw[t]);
        pooled_kw = fmax(pooled_kw, first_kw[t] + second_kw[t]);
    }
    alone_kw = first_peak_kw + second_peak_kw;
    assert_true(alone_kw > pooled_kw + 0.01);
    double billed = small_flow(&small, CASE_APART, "grid_day")->demand_money +
                    small_flow(&small, CASE_APART, "grid_evening")->demand_money;
    assert_near(billed, 10.0 / 31.0 * alone_kw, 1e-9);
    small_free(&small);
}

#define TAXED_TOWN                                                                                 \
    "fuel: {gas_money_kwh: 0.04}\n"                                                                \
    "electricity: {data_centre: {energy_money_kwh: 0.1, demand_money_kw_month: 9, "                \
    "fixed_money_month: 600}}\n" HALL                                                              \
    "town:\n  - {name: bath, kind: pool, water_m2: 300, heated_by: gas_boiler}\n"

/* Sales tax is a cost of the parties: on energy, demand and fixed charges alike, in the objective too. */
static void sales_tax_is_paid(void **state) {
    (void)state;
    struct small taxed = small_read(HAND_HEAD ONE_DAY TAXED_TOWN);
    struct small free_of_tax = small_solve(HAND_HEAD ONE_DAY TAXED_TOWN);
    taxed.scenario->sales_tax_frac = 0.1;
    small_plan(&taxed);
    const struct flow *grid = small_flow(&free_of_tax, CASE_APART, "grid_data_centre");
    const struct flow *gas = small_flow(&free_of_tax, CASE_APART, "supply_gas");
    double tax =
        0.1 * (grid->running_money + grid->demand_money + grid->fixed_money + gas->running_money);
    assert_near(taxed.plan->cases[CASE_APART].objective_money -
                    free_of_tax.plan->cases[CASE_APART].objective_money,
                tax, 1e-8);
    small_free(&taxed);
    small_free(&free_of_tax);
}

/* Heat stays away only where that has a price, only when giving it costs more, and never on a design day. */
static void heat_stays_away_only_at_its_price(void **state) {
    (void)state;
    static const double price[] = {(double)NAN, 0.06, 0.04};
    for (int k = 0; k < COUNT(price); k++) {
        struct small small =
            small_read(HAND_HEAD ONE_DAY "fuel: {gas_money_kwh: 0.04}\n"
                                         "electricity: {bath: {energy_money_kwh: 0.1}}\n" POOL);
        small_set(&small, "bath_heater", "efficiency_eff", 0.8);
        small_set(&small, "bath_heater", "capex_money_kw", 0.0);
        small_set(&small, "bath", "unserved_money_kwh", price[k]);
        small_plan(&small);
        const struct flow *bath = small_flow(&small, CASE_TODAY, "bath"),
                          *boiler = small_flow(&small, CASE_TODAY, "bath_heater");
        double need_kwh = 0.0, peak_kw = 0.0, away_kwh = 0.0;
        for (int t = 0; t < small.plan->hours->count; t++) {
            double need_kw = bath->capacity * bath->coefficients->mode[0].port[0][t];
            bool horizon = t < small.plan->hours->horizon_count;
            need_kwh += horizon ? need_kw : 0.0;
            peak_kw = fmax(peak_kw, need_kw);
            away_kwh += bath->modes > 0 && horizon ? bath->rate_kw[0][t] : 0.0;
            assert_true(horizon || boiler->rate_kw[0][t] >= need_kw * (1.0 - 1e-9));
        }
        /* gas costs 0.05 per kWh of heat */
        assert_near(away_kwh, price[k] < 0.05 ? need_kwh : 0.0, 1e-9);
        assert_near(small.plan->cases[CASE_TODAY].objective_money,
                    need_kwh * (price[k] < 0.05 ? 0.04 : 0.05), 1e-9);
        assert_near(boiler->capacity, peak_kw, 1e-9);
        small_free(&small);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(annuities),
        cmocka_unit_test(one_boiler),
        cmocka_unit_test(what_stands_costs_no_capital),
        cmocka_unit_test(a_battery_shifts),
        cmocka_unit_test(a_line_carries_both_ways),
        cmocka_unit_test(work_that_may_wait_leaves_dear_hours),
        cmocka_unit_test(energy_and_power_of_a_battery_are_paid_apart),
        cmocka_unit_test(demand_charges_of_partial_months),
        cmocka_unit_test(a_battery_shaves_the_peak),
        cmocka_unit_test(existing_heat_by_season),
        cmocka_unit_test(meters_are_not_pooled),
        cmocka_unit_test(sales_tax_is_paid),
        cmocka_unit_test(heat_stays_away_only_at_its_price)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
