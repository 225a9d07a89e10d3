/* Chilled-water store: keeps cold for hours and days, in two zones.

   The equations of the tank (tank.c) turned round: its cold zone gains heat from what is warmer around it. The capacity
   is the cold between return_c and supply_c; price as a steel tank of that volume. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/water_store.h"

struct chilled_water_store {
    double capacity_kwh, supply_c, return_c, loss_kw_m2k, around_c, full_h, capex_money_kwh,
        fom_frac_year, vom_money_kwh, life_year, start_frac, end_frac;
};
enum { STORE, PORTS };

static const struct param params[] = {
    PARAM(chilled_water_store, capacity_kwh, REQUIRED, 0.0, 5e7, "user",
          "Cold between full and empty."),
    PARAM(chilled_water_store, supply_c, 6.0, 3.0, 20.0, "chilled water 6/12, recalled",
          "Water that leaves it."),
    PARAM(chilled_water_store, return_c, 12.0, 5.0, 30.0, "chilled water 6/12, recalled",
          "Water that comes back."),
    PARAM(chilled_water_store, loss_kw_m2k, 0.0003, 0.00005, 0.005,
          "100 mm of insulation, recalled, unverified", "Heat that comes through wall and ends."),
    PARAM(chilled_water_store, around_c, 20.0, 12.0, 40.0, "assumed", "Temperature around it."),
    PARAM(chilled_water_store, full_h, 6.0, 0.5, 500.0, "assumed", "Hours to fill or empty it."),
    PARAM(chilled_water_store, capex_money_kwh, NOT_GIVEN, 0.0, 1000.0, "catalogue",
          "Investment per kWh."),
    PARAM(chilled_water_store, fom_frac_year, 0.003, 0.0, 0.1,
          "as a hot tank: DEA 8.8 EUR/MWh a of 3.0 kEUR/MWh [read]",
          "Fixed upkeep per year, of the investment."),
    PARAM(chilled_water_store, vom_money_kwh, 0.00001, 0.0, 0.01,
          "tiny, makes the use of a store unique [assumed]", "Running upkeep per kWh in and out."),
    PARAM(chilled_water_store, life_year, 40.0, 10.0, 80.0, "DEA [read]", "Technical life."),
    STORE_LEVEL_PARAMS(chilled_water_store),
};
static const struct port ports[PORTS] = {
    [STORE] = {.name = "store",
               .carrier = CARRIER_COLD,
               .direction = FLOWS_IN,
               .side = SIDE_COLD,
               .meaning = "cold in, less cold out"},
};

static struct water_store water_of(const struct chilled_water_store *cold) {
    struct water_store store = {.loss_kw_m2k = cold->loss_kw_m2k,
                                .around_c = cold->around_c,
                                .full_h = cold->full_h,
                                .design_cold_c = cold->supply_c,
                                .design_dt_dk = cold->return_c - cold->supply_c,
                                .height_ratio = 1.5,
                                .chilled = true};
    return store;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct chilled_water_store *cold = self;
    struct water_store store = water_of(cold);
    plant_cost(ret, 0, cold->vom_money_kwh);
    store_levels(cold->start_frac, cold->end_frac, ret);
    water_store_coefficients(&store, hours, STORE, ret);
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct chilled_water_store *cold = self;
    store_check_levels(cold->start_frac, cold->end_frac, 0.0, diag, place);
    if (cold->return_c < cold->supply_c + 3.0) {
        diag_error(diag, place, "return_c stands less than 3 K above supply_c");
        diag_remedy(diag, "chilled water leaves the store at supply_c and comes back warmer");
    }
    if (cold->around_c < cold->return_c) {
        diag_error(diag, place, "around_c is below return_c: nothing would have to be chilled");
        diag_remedy(diag, "raise around_c");
    }
}

static double capex_money(const void *self, double size) {
    struct water_store store = water_of(self);
    return 7450.0 * pow(water_store_volume_m3(&store, fmax(1.0, size)), 0.53);
}

const struct component component_chilled_water_store = {
    .name = "chilled_water_store",
    .title = "Chilled-water store",
    .summary = "Keeps cold for hours and days.",
    .shape = SHAPE_STORE,
    .reference_port = STORE,
    .size = sizeof(struct chilled_water_store),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kwh",
    .mode_names = {"charge"},
    .cost_payee = "suppliers",
    .maturity = 9,
    /* at 6 K and 7 kWh/m3: 100, 1000, 10 000 m3; capex_money has the law itself */
    .cost = {"EUR",
             2015,
             {{700.0, 122.0}, {7000.0, 41.4}, {70000.0, 14.0}},
             3,
             "steel tank 7450 V^-.47 EUR/m3 [read DEA, computed fit]"},
    .validity = "Fully mixed zones; water, no ice; 10 to 50 000 m3.",
    .references = "OEMOF, DEA",
    .coefficients = coefficients,
    .check = check,
    .capex_money = capex_money,
};
