/* Hot-water tank, two zones: what is stored cools in proportion to the content and, a little, to
   the size.

   end = (1 - beta) begin + in - out - (gamma + delta / Q_N) capacity
   beta = 4 U dt/(d rho c), gamma = beta (T_C - T_0)/(T_H - T_C),
   delta = U pi d^2/4 (T_H + T_C - 2 T_0) dt, Q_N = V rho c (T_H - T_C)   (oemof-thermal)
   The capacity is what the water holds at design_dt_dk: that is its volume V and its price,
   7450 V^-0.47 EUR2015 per m3. d is the diameter of a tank of the previous round's volume, 1.5
   diameters high; T_H and T_C are the network's supply and return of the step, T_0 is around it. A
   network of a smaller spread uses a part of the capacity: the level ends, and the power falls, at
   its mean spread over design_dt_dk. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/water_store.h"

struct tank {
    double capacity_kwh, loss_kw_m2k, around_c, full_h, level_min_frac, design_dt_dk,
        capex_money_kwh, fom_frac_year, vom_money_kwh, life_year, start_frac, end_frac;
};
enum { STORE, PORTS };

static const struct param params[] = {
    PARAM(tank, capacity_kwh, REQUIRED, 0.0, 5e7, "user",
          "Heat between full and empty at design_dt_dk."),
    PARAM(
        tank, loss_kw_m2k, 0.00017, 0.00005, 0.005,
        "gives DEA's .186 %/d at 3000 m3, 90/35 degC, 10 degC around [computed; .14-.24 read DEA]",
        "Heat loss of wall and ends."),
    PARAM(tank, around_c, 10.0, -30.0, 30.0, "assumed", "Temperature around it."),
    PARAM(tank, full_h, 6.0, 0.5, 500.0,
          "assumed; the large tank of DEA takes 60 h [read TECHDATA]",
          "Hours to fill or empty it."),
    PARAM(tank, level_min_frac, 0.0, 0.0, 0.3, "mixed zone counted in the size", "Lowest level."),
    PARAM(
        tank, design_dt_dk, 30.0, 5.0, 70.0, "70/40 degC, 4G networks [recalled, unverified]",
        "Hot less cold at which the capacity is counted, from 40 degC: it sets volume and price."),
    PARAM(tank, capex_money_kwh, NOT_GIVEN, 0.0, 1000.0, "catalogue", "Investment per kWh."),
    PARAM(tank, fom_frac_year, 0.003, 0.0, 0.1, "DEA 8.8 EUR/MWh a of 3.0 kEUR/MWh [read]",
          "Fixed upkeep per year, of the investment."),
    PARAM(tank, vom_money_kwh, 0.00001, 0.0, 0.01,
          "tiny, makes the use of a store unique [assumed]", "Running upkeep per kWh in and out."),
    PARAM(tank, life_year, 40.0, 10.0, 80.0, "DEA [read]", "Technical life."),
    STORE_LEVEL_PARAMS(tank),
};
static const struct port ports[PORTS] = {
    [STORE] = {.name = "store",
               .carrier = CARRIER_HEAT,
               .direction = FLOWS_IN,
               .side = SIDE_PLANT,
               .meaning = "heat in, less heat out"},
};

static struct water_store water_of(const struct tank *tank) {
    struct water_store store = {.loss_kw_m2k = tank->loss_kw_m2k,
                                .around_c = tank->around_c,
                                .full_h = tank->full_h,
                                .level_min_frac = tank->level_min_frac,
                                .design_cold_c = 40.0,
                                .design_dt_dk = tank->design_dt_dk,
                                .height_ratio = 1.5};
    return store;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct tank *tank = self;
    struct water_store store = water_of(tank);
    plant_cost(ret, 0, tank->vom_money_kwh);
    store_levels(tank->start_frac, tank->end_frac, ret);
    water_store_coefficients(&store, hours, STORE, ret);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct tank *tank = self;
    store_check_levels(tank->start_frac, tank->end_frac, tank->level_min_frac, diag, place);
}

static double capex_money(const void *self, double size) {
    const struct tank *tank = self;
    struct water_store store = water_of(tank);
    return 7450.0 * pow(water_store_volume_m3(&store, fmax(1.0, size)), 0.53);
}

const struct component component_tank = {
    .name = "tank",
    .title = "Hot-water tank",
    .summary = "Keeps heat for hours and days.",
    .shape = SHAPE_STORE,
    .reference_port = STORE,
    .size = sizeof(struct tank),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kwh",
    .mode_names = {"charge"},
    .cost_payee = "suppliers",
    .maturity = 9,
    /* at 30 K and 34.2 kWh/m3: 100, 500, 3000, 10000 m3; capex_money has the law itself */
    .cost = {"EUR",
             2015,
             {{3420.0, 25.0}, {17100.0, 11.7}, {102600.0, 5.05}, {342000.0, 2.87}},
             4,
             "steel tank 7450 V^-.47 EUR/m3 [read DEA, computed fit]"},
    .validity = "Fully mixed zones; 10 to 50 000 m3.",
    .references = "OEMOF, DEA",
    .coefficients = coefficients,
    .check = check,
    .capex_money = capex_money,
};
