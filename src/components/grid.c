/* Grid connection of one meter: import at a price with a monthly demand charge, export where it is
   paid.

   mode import: power_out = +rate, cost = energy price;  mode export: power_out = -rate, cost = -export price
   The month's peak of the import costs demand_money_kw_month. Carbon by average and
   marginal factor.

   Certificates of origin: import costs certificate_frac * certificate_money_kwh more.
   A connection that is not firm: in the steps that the utility calls, import <= firm_frac * limit_kw. It calls where its
   own load is highest, curtail_h_year a year, a part of a year in proportion. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "components/component.h"
#include "components/hours.h"

struct grid {
    double limit_kw, demand_money_kw_month, fixed_money_month, capex_money_kw, certificate_frac,
        certificate_money_kwh, firm_frac, curtail_h_year, curtail_notice_h, curtail_money_kw_year,
        curtail_money_kwh;
    struct input energy_money_kwh, export_money_kwh, carbon_average_kgco2_kwh,
        carbon_marginal_kgco2_kwh, carbon_free_frac, system_load_ratio;
};
static const double mild_c = 18.0, year_h = 8760.0;
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
    PARAM(grid, certificate_frac, NOT_GIVEN, 0.0, 1.0, "user; not given: none",
          "Share of the imported energy with certificates of origin, bought or held."),
    PARAM(grid, certificate_money_kwh, NOT_GIVEN, 0.0, 1.0,
          "user; not given: they are held already",
          "Price of a certificate, for each kWh that has one."),
    PARAM(grid, firm_frac, NOT_GIVEN, 0.0, 1.0, "user; not given: all",
          "Share of limit_kw that the utility may never curtail."),
    PARAM(grid, curtail_h_year, NOT_GIVEN, 0.0, 8784.0, "user, with firm_frac",
          "Hours a year in which the utility may curtail the rest."),
    PARAM_IN(grid, system_load_ratio, NOT_GIVEN, -1e9, 1e9,
             "degrees from 18 degC, assumed: its load is highest in heat and frost",
             "By what the utility calls: in the steps where this series is highest."),
    PARAM(grid, curtail_notice_h, NOT_GIVEN, 0.0, 8784.0, "user; a plan foresees every call",
          "Notice that the utility gives."),
    PARAM(grid, curtail_money_kw_year, NOT_GIVEN, 0.0, 10000.0, "user; not given: nothing",
          "Paid by the utility for each kW of limit_kw that is not firm."),
    PARAM(grid, curtail_money_kwh, NOT_GIVEN, 0.0, 100.0, "user; not given: nothing",
          "Paid by the utility for each such kW in each hour that it calls."),
};
static const struct port ports[PORTS] = {
    [POWER_OUT] = {.name = "power_out",
                   .carrier = CARRIER_ELECTRICITY,
                   .direction = FLOWS_OUT,
                   .side = SIDE_METER,
                   .meaning = "power taken from the grid, less what is given to it"},
};

/* What certificates add to a kWh of import. */
static double certificate_money_kwh(const struct grid *grid) {
    return isnan(grid->certificate_money_kwh) || isnan(grid->certificate_frac)
               ? 0.0
               : grid->certificate_frac * grid->certificate_money_kwh;
}

static double stress_ratio(const struct grid *grid, const struct hours *hours, int t) {
    bool given = grid->system_load_ratio.by_step || !isnan(grid->system_load_ratio.value);
    return given ? input_at(&grid->system_load_ratio, t) : fabs(hours->outdoor_c[t] - mild_c);
}

static int above(const struct grid *grid, const struct hours *hours, double least_ratio) {
    int count = 0;
    for (int t = 0; t < hours->horizon_count; t++) {
        count += stress_ratio(grid, hours, t) > least_ratio;
    }
    return count;
}

/* In the steps of highest stress the import is held to its firm share; of equal ones the first. */
static void call(const struct grid *grid, const struct hours *hours, struct mode *import) {
    enum { BISECTIONS = 60 };
    double whole_h = hours->year ? hours->year->count : year_h;
    double horizon_h = hours->horizon_count * hours->step_h;
    int most = (int)(grid->curtail_h_year * horizon_h / whole_h / hours->step_h + 1e-6);
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (int t = 0; t < hours->horizon_count; t++) {
        low = fmin(low, stress_ratio(grid, hours, t));
        high = fmax(high, stress_ratio(grid, hours, t));
    }
    low -= 1.0;
    for (int k = 0; k < BISECTIONS; k++) {
        double middle = 0.5 * (low + high);
        bool few = above(grid, hours, middle) <= most;
        high = few ? middle : high;
        low = few ? low : middle;
    }
    int alike = most - above(grid, hours, high);
    for (int t = 0; most > 0 && t < hours->horizon_count; t++) {
        double here_ratio = stress_ratio(grid, hours, t);
        bool called = here_ratio > high || (here_ratio > low && alike-- > 0);
        import->may_run[t] = !called || grid->firm_frac > 0.0;
        import->use[t] = called && grid->firm_frac > 0.0 ? 1.0 / grid->firm_frac : 1.0;
    }
}

static void coefficients(const void *self, const struct hours *hours, struct coefficients *ret) {
    const struct grid *grid = self;
    bool exports = grid->export_money_kwh.by_step || !isnan(grid->export_money_kwh.value);
    for (int t = 0; t < hours->count; t++) {
        int at = t < hours->horizon_count ? t : 0; /* design days cost nothing: any price will do */
        struct mode *import = &ret->mode[0], *export = &ret->mode[1];
        import->port[POWER_OUT][t] = 1.0;
        import->cost_money_kwh[t] =
            input_at(&grid->energy_money_kwh, at) + certificate_money_kwh(grid);
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
    if (grid->firm_frac < 1.0 && grid->curtail_h_year > 0.0) {
        call(grid, hours, &ret->mode[0]);
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
    if (isnan(grid->firm_frac) != isnan(grid->curtail_h_year)) {
        diag_error(diag, place, "firm_frac and curtail_h_year belong together");
        diag_remedy(diag, "say how much stays firm, and in how many hours a year the rest may go:  "
                          "firm_frac: 0.6, curtail_h_year: 100");
    }
    bool paid = !isnan(grid->curtail_money_kw_year) || !isnan(grid->curtail_money_kwh);
    if (isnan(grid->firm_frac) && (paid || !isnan(grid->curtail_notice_h))) {
        diag_error(diag, place, "a contract of curtailment needs firm_frac");
        diag_remedy(diag, "add  firm_frac: 0.6, curtail_h_year: 100");
    }
    if (!isnan(grid->certificate_money_kwh) && isnan(grid->certificate_frac)) {
        diag_error(diag, place, "certificate_money_kwh needs certificate_frac");
        diag_remedy(diag, "add  certificate_frac: 1  for certificates of all that is bought");
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
