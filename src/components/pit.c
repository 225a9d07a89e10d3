/* Pit store: a lined pit of water under a floating insulated cover, the seasonal store of large networks.

   The equations of the tank (tank.c) with the proportions of a pit, a fifth as deep as wide, the losses of its lid and
   its walls in one transfer, and its price: 1.84 million EUR and 42 EUR per m3 of 2020, counted at the water it needs
   for the capacity at design_dt_dk above 35 degC. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/water_store.h"

struct pit {
    double capacity_kwh, loss_kw_m2k, around_c, full_h, level_min_frac, design_dt_dk,
        capex_money_kwh, fom_frac_year, vom_money_kwh, life_year, start_frac, end_frac;
};
enum { STORE, PORTS };

static const struct param params[] = {
    PARAM(pit, capacity_kwh, REQUIRED, 0.0, 5e8, "user",
          "Heat between full and empty at design_dt_dk."),
    PARAM(pit, loss_kw_m2k, 0.00039, 0.00005, 0.005,
          "gives DEA's .08 K/d of 70 000 m3 at 90/35 degC, half full [computed; .04-.1 read DEA]",
          "Heat loss of lid and walls."),
    PARAM(pit, around_c, 10.0, -30.0, 30.0, "assumed", "Temperature around it."),
    PARAM(pit, full_h, 150.0, 1.0, 5000.0,
          "DEA: 30 MW for 4.5 GWh, 70 000 m3 [read TECHDATA, computed]",
          "Hours to fill or empty it."),
    PARAM(pit, level_min_frac, 0.0, 0.0, 0.3, "mixed zone counted in the size", "Lowest level."),
    PARAM(
        pit, design_dt_dk, 55.0, 5.0, 70.0, "90/35 degC [read DEA]",
        "Hot less cold at which the capacity is counted, from 35 degC: it sets volume and price."),
    PARAM(pit, capex_money_kwh, NOT_GIVEN, 0.0, 1000.0, "catalogue", "Investment per kWh."),
    PARAM(pit, fom_frac_year, 0.006, 0.0, 0.1, "DEA 28 kEUR/a of 4.78 MEUR at 70 000 m3 [read]",
          "Fixed upkeep per year, of the investment."),
    PARAM(pit, vom_money_kwh, 0.00001, 0.0, 0.01, "tiny, makes the use of a store unique [assumed]",
          "Running upkeep per kWh in and out."),
    PARAM(pit, life_year, 25.0, 10.0, 60.0, "DEA 20-30 a, mid [read]", "Technical life."),
    STORE_LEVEL_PARAMS(pit),
};
static const struct port ports[PORTS] = {
    [STORE] = {.name = "store",
               .carrier = CARRIER_HEAT,
               .direction = FLOWS_IN,
               .side = SIDE_PLANT,
               .meaning = "heat in, less heat out"},
};

static struct water_store water_of(const struct pit *pit) {
    struct water_store store = {.loss_kw_m2k = pit->loss_kw_m2k,
                                .around_c = pit->around_c,
                                .full_h = pit->full_h,
                                .level_min_frac = pit->level_min_frac,
                                .design_cold_c = 35.0,
                                .design_dt_dk = pit->design_dt_dk,
                                .height_ratio = 0.2};
    return store;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct pit *pit = self;
    struct water_store store = water_of(pit);
    plant_cost(ret, 0, pit->vom_money_kwh);
    store_levels(pit->start_frac, pit->end_frac, ret);
    water_store_coefficients(&store, hours, STORE, ret);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct pit *pit = self;
    store_check_levels(pit->start_frac, pit->end_frac, pit->level_min_frac, diag, place);
}

static double capex_money(const void *self, double size) {
    struct water_store store = water_of(self);
    return 1.84e6 + 42.0 * water_store_volume_m3(&store, fmax(1.0, size));
}

const struct component component_pit = {
    .name = "pit",
    .title = "Pit store",
    .summary = "Keeps heat for weeks and seasons in a covered pit of water.",
    .shape = SHAPE_STORE,
    .reference_port = STORE,
    .size = sizeof(struct pit),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kwh",
    .mode_names = {"charge"},
    .cost_payee = "suppliers",
    .maturity = 8,
    /* at 55 K and 62.5 kWh/m3: 10 000, 70 000, 200 000 m3; capex_money has the law itself */
    .cost = {"EUR",
             2020,
             {{625e3, 3.62}, {4.375e6, 1.09}, {12.5e6, 0.82}},
             3,
             "DEA, PTES 1.84 MEUR + 42 EUR/m3 [read DEA]"},
    .validity = "10 000 to 500 000 m3, water to 90 degC.",
    .references = "OEMOF, DEA",
    .coefficients = coefficients,
    .check = check,
    .capex_money = capex_money,
};
