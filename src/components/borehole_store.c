/* Borehole store: heat in the ground between many borehole exchangers, on a circuit of its own.

   end = kept begin + in - out,  kept = half_year_eff^(step_h / 4380 h)
   capacity = metres of borehole times spacing^2 times ground_kwh_m3; power = metres times power_kw_m
   The circuit's temperatures are its own and constant, low as such ground is: an exchanger charges it while the heat is
   warmer, a heat pump lifts what it gives. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/water_store.h"
#include "physics/storage.h"

struct borehole_store {
    double capacity_kwh, supply_c, return_c, half_year_eff, ground_kwh_m3, spacing_m, power_kw_m,
        bore_money_m, capex_money_kwh, fom_frac_year, vom_money_kwh, life_year, start_frac,
        end_frac;
};
enum { STORE, PORTS };

static const struct param params[] = {
    PARAM(borehole_store, capacity_kwh, REQUIRED, 0.0, 5e8, "user", "Heat between full and empty."),
    PARAM(borehole_store, supply_c, 30.0, 8.0, 60.0, "ground below 60 degC, recalled, unverified",
          "Supply of its circuit."),
    PARAM(borehole_store, return_c, 22.0, 2.0, 55.0, "8 K below, assumed",
          "Return of its circuit."),
    PARAM(borehole_store, half_year_eff, 0.5, 0.05, 0.95,
          "a seasonal recovery above 50 % is difficult [read Geofluids]",
          "Share of its heat that is left after half a year."),
    PARAM(borehole_store, ground_kwh_m3, 22.5, 5.0, 60.0, "15-30 kWh/m3, mid, recalled, unverified",
          "Heat that a cubic metre of ground holds."),
    PARAM(borehole_store, spacing_m, 3.0, 1.5, 10.0, "recalled, unverified",
          "Distance of the boreholes."),
    PARAM(borehole_store, power_kw_m, 0.04, 0.005, 0.1, "30-50 W/m, recalled, unverified",
          "Heat in and out per metre of borehole."),
    PARAM(borehole_store, bore_money_m, 100.0, 10.0, 1000.0,
          "50-150 EUR/m, mid, recalled, unverified",
          "Investment per metre of borehole, in EUR of 2020."),
    PARAM(borehole_store, capex_money_kwh, NOT_GIVEN, 0.0, 1000.0, "by the metres of borehole",
          "Investment per kWh."),
    PARAM(borehole_store, fom_frac_year, 0.01, 0.0, 0.1, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(borehole_store, vom_money_kwh, 0.0005, 0.0, 0.01, "pumps of its circuit, assumed",
          "Running upkeep per kWh in and out."),
    PARAM(borehole_store, life_year, 40.0, 10.0, 100.0, "assumed", "Technical life."),
    STORE_LEVEL_PARAMS(borehole_store),
};
static const struct port ports[PORTS] = {
    [STORE] = {.name = "store",
               .carrier = CARRIER_HEAT,
               .direction = FLOWS_IN,
               .side = SIDE_OWN,
               .sets_temperature = true,
               .meaning = "heat in, less heat out"},
};

static double bore_kwh_m_ratio(const struct borehole_store *store) {
    return store->ground_kwh_m3 * store->spacing_m * store->spacing_m;
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct borehole_store *store = self;
    double lost_per_h = storage_seasonal_loss_per_h(store->half_year_eff);
    plant_cost(ret, 0, store->vom_money_kwh);
    store_levels(store->start_frac, store->end_frac, ret);
    ret->charge_per_h_ratio = ret->discharge_per_h_ratio =
        store->power_kw_m / bore_kwh_m_ratio(store);
    for (int t = 0; t < hours->count; t++) {
        ret->kept_frac[t] = pow(1.0 - lost_per_h, hours->step_h);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct borehole_store *store = self;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = store->supply_c;
        ret_return_c[t] = store->return_c;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct borehole_store *store = self;
    store_check_levels(store->start_frac, store->end_frac, 0.0, diag, place);
    if (store->supply_c < store->return_c + 1.0) {
        diag_error(diag, place, "supply_c stands less than 1 K above return_c");
        diag_remedy(diag, "raise supply_c or lower return_c");
    }
}

static double capex_money(const void *self, double size) {
    const struct borehole_store *store = self;
    return store->bore_money_m * size / bore_kwh_m_ratio(store);
}

const struct component component_borehole_store = {
    .name = "borehole_store",
    .title = "Borehole store",
    .summary = "Keeps heat of low temperature in the ground from summer to winter.",
    .shape = SHAPE_STORE,
    .reference_port = STORE,
    .size = sizeof(struct borehole_store),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "capacity_kwh",
    .mode_names = {"charge"},
    .integration = true,
    .cost_payee = "suppliers",
    .maturity = 8,
    .cost = {"EUR",
             2020,
             {{1e6, 0.494}},
             1,
             "100 EUR/m of borehole, recalled, unverified; capex_money has the law"},
    .validity = "Ground to 60 degC; one temperature; storage volumes of 20 000 m3 and more.",
    .references = "PYPSA; Geofluids 2019/4961781",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
    .capex_money = capex_money,
};
