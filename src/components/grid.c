/* Grid connection of one meter: import at a price with a monthly demand charge, export where it is
   paid.

   mode import: power_out = +rate, cost = energy price;  mode export: power_out = -rate, cost = -export price
   The month's peak of the import costs demand_money_kw_month. Carbon by average and
   marginal factor. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"

struct grid {
    double limit_kw, demand_money_kw_month, fixed_money_month, capex_money_kw;
    struct input energy_money_kwh, export_money_kwh, carbon_average_kgco2_kwh,
        carbon_marginal_kgco2_kwh, carbon_free_frac;
};
enum { POWER_OUT, PORTS };

static const struct param params[] = {
    PARAM(grid, limit_kw, NOT_GIVEN, 0.0, 1e7, "user; not given: no limit",
          "Largest power of the connection."),
    PARAM_IN(grid, energy_money_kwh, REQUIRED, -10.0, 10.0, "user",
             "Price of energy, all charges per kWh."),
    PARAM(grid, demand_money_kw_month, 0.0, 0.0, 1000.0, "user",
          "Price of the month's highest power."),
    PARAM(grid, fixed_money_month, 0.0, 0.0, 1e7, "user", "Fixed charge."),
    PARAM_IN(grid, export_money_kwh, NOT_GIVEN, -10.0, 10.0, "user; not given: no export",
             "Paid for exported energy."),
    PARAM(grid, capex_money_kw, 0.0, 0.0, 10000.0,
          "none: it stands already; a new one with limit_kw: choose",
          "Investment in the connection per kW, paid to the electric utility."),
    PARAM_IN(grid, carbon_average_kgco2_kwh, 0.30, 0.0, 2.0, "assumed; give the grid's own figure",
             "Average carbon of grid power, for the inventory."),
    PARAM_IN(grid, carbon_marginal_kgco2_kwh, 0.35, 0.0, 2.0, "assumed; give the grid's own figure",
             "Carbon of the plant that follows a change, for decisions."),
    PARAM_IN(grid, carbon_free_frac, 0.0, 0.0, 1.0, "assumed: none, unless the scenario says",
             "Share of grid power without carbon, by the hour."),
};
static const struct port ports[PORTS] = {
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "power taken from the grid, less what is given to it"},
};

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct grid *grid = self;
    bool exports = grid->export_money_kwh.by_step || !isnan(grid->export_money_kwh.value);
    for (int t = 0; t < hours->count; t++) {
        int at = t < hours->horizon_count ? t : 0; /* design days cost nothing: any price will do */
        struct mode *import = &ret->mode[0], *export = &ret->mode[1];
        import->port[POWER_OUT][t] = 1.0;
        import->cost_money_kwh[t] = input_at(&grid->energy_money_kwh, at);
        import->carbon_kgco2_kwh[t] = input_at(&grid->carbon_average_kgco2_kwh, at);
        import->carbon_marginal_kgco2_kwh[t] = input_at(&grid->carbon_marginal_kgco2_kwh, at);
        export->port[POWER_OUT][t] = -1.0;
        export->cost_money_kwh[t] = exports ? -input_at(&grid->export_money_kwh, at) : 0.0;
        export->carbon_marginal_kgco2_kwh[t] = -input_at(&grid->carbon_marginal_kgco2_kwh, at);
        export->may_run[t] = exports;
    }
    for (int month = 0; month < 12; month++) {
        ret->demand_money_kw_month[month] = grid->demand_money_kw_month;
    }
}

static void check(const void *self, struct diag *diag, struct place place) {
    const struct grid *grid = self;
    if (!grid->energy_money_kwh.by_step && !grid->export_money_kwh.by_step &&
        grid->export_money_kwh.value > grid->energy_money_kwh.value) {
        diag_error(diag, place,
                   "export_money_kwh is above energy_money_kwh: power would be bought to be sold");
        diag_remedy(diag, "lower export_money_kwh, or raise energy_money_kwh");
    }
}

const struct component component_grid = {
    .name = "grid",
    .title = "Grid connection",
    .summary = "Power bought and sold at one meter.",
    .shape = SHAPE_CONVERTER,
    .reference_port = POWER_OUT,
    .size = sizeof(struct grid),
    .params = params,
    .params_count = COUNT(params),
    .ports = ports,
    .ports_count = PORTS,
    .capacity = "limit_kw",
    .mode_names = {"import", "export"},
    .cost_payee = "electric_utility",
    .maturity = 9,
    .validity = "Prices per kWh and per kW of a month; ratchets and tiers belong to tariffs.",
    .references = "REOPT; tariffs of the scenario",
    .coefficients = coefficients,
    .check = check,
};
