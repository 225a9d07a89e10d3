/* Aquifer store: warm and cold wells in a layer that holds groundwater, on a circuit of its own.

   end = kept begin + in - out,  kept = half_year_eff^(step_h / 4380 h)
   The wells' flow carries power = capacity / full_h at supply_c - return_c; the layer's volume is
   capacity / (2600 kJ/(m3 K) (supply_c - return_c)). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/plant.h"
#include "components/water_store.h"
#include "physics/storage.h"

struct aquifer_store {
    double capacity_kwh, supply_c, return_c, half_year_eff, full_h, pump_money_kwh, well_money_kw,
        capex_money_kwh, fom_frac_year, life_year, start_frac, end_frac;
};
enum { STORE, PORTS };

static const struct param params[] = {
    PARAM(aquifer_store, capacity_kwh, REQUIRED, 0.0, 5e8, "user", "Heat between full and empty."),
    PARAM(aquifer_store, supply_c, 20.0, 8.0, 90.0,
          "ordinary systems store 15-25 degC, recalled, unverified", "Supply of its circuit."),
    PARAM(aquifer_store, return_c, 12.0, 2.0, 60.0, "8 K below, assumed", "Return of its circuit."),
    PARAM(aquifer_store, half_year_eff, 0.6, 0.05, 0.95, "recovery .6 [read PYPSA]",
          "Share of its heat that is left after half a year."),
    PARAM(aquifer_store, full_h, 1500.0, 200.0, 6000.0,
          "assumed: full load in a third of the season",
          "Hours in which the wells fill or empty it."),
    PARAM(aquifer_store, pump_money_kwh, 0.001, 0.0, 0.05, "well pumps, assumed",
          "Running cost per kWh in and out."),
    PARAM(aquifer_store, well_money_kw, 722.0, 50.0, 10000.0,
          "Karlsruhe: 1.3 MEUR for 1.8 MW of heat [read GEJ, computed]",
          "Investment per kW of the wells, in EUR of 2020."),
    PARAM(aquifer_store, capex_money_kwh, NOT_GIVEN, 0.0, 1000.0, "by the power of the wells",
          "Investment per kWh."),
    PARAM(aquifer_store, fom_frac_year, 0.02, 0.0, 0.1, "assumed",
          "Fixed upkeep per year, of the investment."),
    PARAM(aquifer_store, life_year, 30.0, 10.0, 100.0, "assumed", "Technical life."),
    STORE_LEVEL_PARAMS(aquifer_store),
};
static const struct port ports[PORTS] = {
    [STORE] = {.name = "store",
               .carrier = CARRIER_HEAT,
               .direction = FLOWS_IN,
               .side = SIDE_OWN,
               .sets_temperature = true,
               .meaning = "heat in, less heat out"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct aquifer_store *store = self;
    double lost_per_h = storage_seasonal_loss_per_h(store->half_year_eff);
    plant_cost(ret, 0, store->pump_money_kwh);
    store_levels(store->start_frac, store->end_frac, ret);
    ret->charge_per_h_ratio = ret->discharge_per_h_ratio = 1.0 / store->full_h;
    for (int t = 0; t < hours->count; t++) {
        ret->kept_frac[t] = pow(1.0 - lost_per_h, hours->step_h);
    }
}

static void temperatures(const void *self, const struct hours *hours, int port,
                         double *ret_supply_c, double *ret_return_c) {
    const struct aquifer_store *store = self;
    (void)port;
    for (int t = 0; t < hours->count; t++) {
        ret_supply_c[t] = store->supply_c;
        ret_return_c[t] = store->return_c;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct aquifer_store *store = self;
    store_check_levels(store->start_frac, store->end_frac, 0.0, diag, place);
    if (store->supply_c < store->return_c + 1.0) {
        diag_error(diag, place, "supply_c stands less than 1 K above return_c");
        diag_remedy(diag, "raise supply_c or lower return_c");
    }
}

static double capex_money(const void *self, double size) {
    const struct aquifer_store *store = self;
    return store->well_money_kw * size / store->full_h;
}

const struct component component_aquifer_store = {
    .name = "aquifer_store",
    .title = "Aquifer store",
    .summary = "Keeps heat in groundwater between warm and cold wells.",
    .shape = SHAPE_STORE,
    .reference_port = STORE,
    .size = sizeof(struct aquifer_store),
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
             {{1e6, 0.481}},
             1,
             "Karlsruhe 722 EUR/kW [read GEJ, computed]; capex_money has the law"},
    .validity =
        "A permeable layer with little flow of its own; one temperature; permits are not judged.",
    .references = "PYPSA; Geothermal Energy Journal 2019, doi 10.1186/s40517-019-0127-6",
    .coefficients = coefficients,
    .temperatures = temperatures,
    .check = check,
    .capex_money = capex_money,
};
