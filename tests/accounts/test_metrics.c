/* The data centre's metrics by their definitions, with values worked out by hand. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/indicators.h"
#include "components/data_hall.h"
#include "plan/small.h"

#define HEAD                                                                                       \
    "hearth: 1\nname: metrics\nplace: {climate: seattle, ground_c: 11}\n"                          \
    "horizon: {from: 2024-01-08, days: 2}\nmoney: {currency: USD, year: 2024}\n"                   \
    "fuel: {gas_money_kwh: 0.06}\n"

struct made {
    struct small small;
    struct accounts *accounts;
};

static struct made account(struct small small) {
    struct made made = {small, NULL};
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    return made;
}

static double year_kwh(const struct made *made, enum plan_case kind, const char *name,
                       const char *port) {
    return small_sum(&made->small, small_port(&made->small, kind, name, port)) *
           made->small.plan->hours->step_h / made->small.scenario->year_frac;
}

/* 1,000 kW of IT, flat; cooling takes 0.1 kW and 0.002 m3 per kWh of heat; a grid of 0.2 kg per kWh of which 40 % is
   renewable. PUE = (hall + 0.1 heat)/IT; CUE = 0.2 PUE; WUE = 0.002 heat/IT; REF = 0.4; nothing reused. */
static void by_definition(void **state) {
    (void)state;
    struct made made = account(small_solve(
        HEAD "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n"
             "  carbon: {average_kgco2_kwh: 0.2, marginal_kgco2_kwh: 0.5, renewable_frac: 0.4}\n"
             "data_centre:\n  - {name: hall, it_kw: 1000, occupancy_frac: 1, load: flat, cooling: "
             "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1, water_m3_kwh: "
             "0.002}}\ninventory: {power_water_m3_kwh: 0.00452}\n"));
    const struct metrics *m = &made.accounts->metrics[CASE_TOGETHER];
    double hall_kwh = year_kwh(&made, CASE_TOGETHER, "hall", "power_in"),
           heat_kwh = year_kwh(&made, CASE_TOGETHER, "hall", "heat_out");
    double it_kwh = 1000.0 * 8784.0, all_kwh = hall_kwh + 0.1 * heat_kwh;
    assert_near(m->it_kwh_year, it_kwh, 1e-9);
    assert_near(m->data_centre_kwh_year, all_kwh, 1e-9);
    assert_near(m->cooling_kwh_year, 0.1 * heat_kwh, 1e-9);
    assert_near(m->pue_ratio, all_kwh / it_kwh, 1e-9);
    assert_near(m->cue_kg_kwh, 0.2 * all_kwh / it_kwh, 1e-9);
    assert_near(m->wue_m3_kwh, 0.002 * heat_kwh / it_kwh, 1e-9);
    assert_near(m->indirect_water_m3_year, 0.00452 * all_kwh, 1e-9); /* of power stations */
    assert_near(m->wue_source_m3_kwh, (0.002 * heat_kwh + 0.00452 * all_kwh) / it_kwh, 1e-9);
    assert_near(m->ref_ratio, 0.4, 1e-9);
    assert_true(m->erf_ratio == 0.0);
    assert_near(m->ere_ratio, m->pue_ratio, 1e-12);
    assert_near(m->heat_rejected_kwh_year, all_kwh, 1e-9);
    assert_near(m->water_m3_year, 0.002 * heat_kwh, 1e-9);
    assert_near(m->carbon_average_kg_year, 0.2 * all_kwh, 1e-9);
    assert_near(m->carbon_marginal_kg_year, 0.5 * all_kwh, 1e-9);
    assert_true(m->carbon_on_site_kg_year == 0.0);
    small_free(&made.small);
}

/* A hall at 30 degC of supply air: its servers draw 2.94 % more, which stands in IT energy. PUE falls though the total
   rises; PUE without it, TUE and total energy do not flatter. */
#define WARM(inlet_)                                                                               \
    HEAD "electricity:\n  data_centre: {energy_money_kwh: 0.08}\n"                                 \
         "data_centre:\n  - {name: hall, it_kw: 1000, occupancy_frac: 0.8, load: flat, "           \
         "inlet_c: " inlet_ ", cooling: {kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n"

static void a_warm_hall_flatters_no_figure(void **state) {
    (void)state;
    struct made cool = account(small_solve(WARM("23"))), warm = account(small_solve(WARM("30")));
    const struct metrics *c = &cool.accounts->metrics[CASE_TOGETHER],
                         *w = &warm.accounts->metrics[CASE_TOGETHER];
    double it_kwh = 800.0 * 8784.0;
    assert_near(c->it_kwh_year, it_kwh, 1e-12);
    assert_true(c->it_warm_kwh_year == 0.0);
    assert_near(w->it_kwh_year, 1.0294 * it_kwh, 1e-12);
    assert_near(w->it_warm_kwh_year, 0.0294 * it_kwh, 1e-9);
    assert_true(w->pue_ratio < c->pue_ratio);
    assert_true(w->data_centre_kwh_year > c->data_centre_kwh_year);
    assert_near(w->pue_cool_ratio, w->data_centre_kwh_year / it_kwh, 1e-9);
    assert_true(w->pue_cool_ratio > c->pue_cool_ratio);
    assert_near(c->pue_cool_ratio, c->pue_ratio, 1e-12);
    small_free(&cool.small);
    small_free(&warm.small);
}

/* Meters, parts and work by their definitions: distribution of 2 %, fans of 3.5 %, power supplies of .94. */
static void meters_parts_and_work(void **state) {
    (void)state;
    struct made made = account(small_solve(WARM("23")));
    const struct metrics *m = &made.accounts->metrics[CASE_TOGETHER];
    double it_kwh = 800.0 * 8784.0, all_kwh = m->data_centre_kwh_year;
    double hall_kwh = year_kwh(&made, CASE_TOGETHER, "hall", "power_in"),
           heat_kwh = year_kwh(&made, CASE_TOGETHER, "hall", "heat_out");
    assert_near(m->pue_pdu_ratio, m->pue_ratio, 1e-12);
    assert_near(m->pue_ups_ratio, all_kwh / (1.02 * it_kwh), 1e-9);
    assert_near(m->tue_ratio, all_kwh / (it_kwh * 0.965 * 0.94), 1e-9);
    assert_near(m->ppue_power_ratio, hall_kwh / it_kwh, 1e-9);
    assert_near(m->ppue_cooling_ratio, 1.0 + 0.1 * heat_kwh / it_kwh, 1e-9);
    assert_near(m->pue_ratio, m->ppue_power_ratio + m->ppue_cooling_ratio - 1.0, 1e-9);
    assert_near(m->cer_ratio, 10.0, 1e-9);
    assert_near(m->cooling_frac, 0.1 * heat_kwh / all_kwh, 1e-9);
    assert_near(m->utilisation_frac, 0.8, 1e-12); /* flat: the servers that stand are busy */
    assert_near(m->service_kwh_year, it_kwh, 1e-9);
    assert_true(m->service_money_kwh > 0.08 && m->service_money_kwh < 0.2);
    small_free(&made.small);
}

/* Each indicator is what stands over its line by what stands under it; the sheet holds the same year. */
static void indicators_are_what_they_are_made_of(void **state) {
    (void)state;
    struct made made = account(small_solve(WARM("27")));
    struct indicator table[INDICATORS_MAX];
    struct sheet_line sheet[SHEET_LINES_MAX];
    int count = account_indicators(made.accounts, CASE_TOGETHER, table), judged = 0;
    assert_true(count > 10 && count <= INDICATORS_MAX);
    for (int k = 0; k < count; k++) {
        double scale = strncmp(table[k].symbol, "WUE", 3) == 0 ? 1000.0 : 1.0;
        assert_near(table[k].value * table[k].under_value, scale * table[k].over_value, 1e-9);
        assert_true(strlen(table[k].standard) > 4 && strlen(table[k].boundary) > 4);
        judged += table[k].over_value > 0.0 ? 1 : 0;
    }
    assert_true(judged >= 9);
    assert_int_equal(account_indicators(made.accounts, CASE_TODAY, table), 0);
    int lines = account_sheet(made.accounts, made.small.arena, sheet);
    const struct metrics *m = &made.accounts->metrics[CASE_TOGETHER];
    for (int k = 0; k < lines; k++) {
        if (strcmp(sheet[k].key, "PD_IT") == 0) {
            assert_true(sheet[k].value == 1000.0);
        } else if (strcmp(sheet[k].key, "T_IN") == 0) {
            assert_true(sheet[k].value == 27.0);
        } else if (strcmp(sheet[k].key, "S_CR") == 0) {
            assert_near(sheet[k].value, 125.0 * 2.6, 1e-12); /* racks of 8 kW */
        } else if (strcmp(sheet[k].key, "PUE") == 0) {
            assert_near(sheet[k].value, m->data_centre_kwh_year / m->it_ups_kwh_year, 1e-12);
        }
    }
    assert_true(lines > 20);
    small_free(&made.small);
}

/* Own sun counts as far as it is used: what is exported is not renewable power of the data centre. */
static void exported_sun_is_not_used(void **state) {
    (void)state;
    struct made made = account(small_solve(
        HEAD "electricity: {data_centre: {energy_money_kwh: 0.08, export_money_kwh: 0.03}}\n"
             "data_centre:\n  - {name: hall, it_kw: 10, load: flat, cooling: "
             "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n"
             "plant: {pv: {capacity_kw: 400, meter: data_centre, owner: operator}}\n"));
    const double *sun_kw = small_port(&made.small, CASE_TOGETHER, "pv", "power_out");
    double load_kw = small_port(&made.small, CASE_TOGETHER, "hall", "power_in")[0] +
                     small_port(&made.small, CASE_TOGETHER, "hall_cooling", "power_in")[0];
    double used_kwh = 0.0, sun_kwh = 0.0;
    for (int t = 0; t < made.small.plan->hours->horizon_count; t++) {
        used_kwh += fmin(sun_kw[t], load_kw);
        sun_kwh += sun_kw[t];
    }
    assert_true(sun_kwh > 1.5 * used_kwh); /* most of it leaves */
    assert_near(made.accounts->metrics[CASE_TOGETHER].ref_ratio, used_kwh / (48.0 * load_kw), 1e-9);
    small_free(&made.small);
}

#define SUN_HEAD                                                                                   \
    HEAD                                                                                           \
        "electricity: {data_centre: {energy_money_kwh: 0.08%s}, carbon: {average_kgco2_kwh: 0.3, " \
        "marginal_kgco2_kwh: %s, carbon_free_frac: %s}}\n"                                         \
        "data_centre:\n  - {name: hall, it_kw: 10, load: flat, cooling: "                          \
        "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n"

static struct made sun_made(const char *export, const char *marginal, const char *grid_frac,
                            const char *plant) {
    char text[2048];
    (void)snprintf(text, sizeof text, SUN_HEAD "%s", export, marginal, grid_frac, plant);
    return account(small_solve(text));
}

/* The score of the hour: what is exported does not count, though by the year it seems to; the grid's own share fills up the
   rest; a battery carries sun into the night, less what it loses. */
static void carbon_free_by_the_hour(void **state) {
    (void)state;
    const char *sun = "plant: {pv: {capacity_kw: 400, meter: data_centre, owner: operator}}\n";
    struct made plain = sun_made("", "0.4", "0.25", "");
    assert_near(plain.accounts->metrics[CASE_TOGETHER].carbon_free_frac, 0.25, 1e-12);
    assert_near(plain.accounts->metrics[CASE_TOGETHER].import_average_kgco2_kwh, 0.3, 1e-12);
    assert_near(plain.accounts->metrics[CASE_TOGETHER].import_marginal_kgco2_kwh, 0.4, 1e-12);
    assert_near(plain.accounts->metrics[CASE_TOGETHER].import_curtailed_kwh_year, 0.0, 1e-12);
    struct made sold = sun_made(", export_money_kwh: 0.03", "0.4", "0", sun);
    const struct metrics *m = &sold.accounts->metrics[CASE_TOGETHER];
    assert_near(m->carbon_free_frac, m->ref_ratio, 1e-9);
    assert_true(m->carbon_free_annual_frac > 1.5 * m->carbon_free_frac);
    assert_near(m->curtailed_kwh_year, 0.0, 1e-3);
    struct made kept = sun_made("", "0", "0.25", sun);
    const struct metrics *k = &kept.accounts->metrics[CASE_TOGETHER];
    assert_near(k->carbon_free_frac, m->carbon_free_frac + 0.25 * (1.0 - m->carbon_free_frac),
                1e-9);
    assert_near(k->curtailed_kwh_year, m->export_kwh_year, 1e-3);
    assert_near(k->import_curtailed_kwh_year, k->import_kwh_year, 1e-6);
    struct made night =
        sun_made("", "0.4", "0",
                 "plant: {pv: {capacity_kw: 400, meter: data_centre, owner: operator},\n"
                 "        battery: {capacity_kwh: 100, capex_money_kwh: 0, owner: operator, meter: "
                 "data_centre}}\n");
    const struct metrics *n = &night.accounts->metrics[CASE_TOGETHER];
    double drawn_kwh = n->carbon_free_frac * n->data_centre_kwh_year;
    assert_true(n->carbon_free_frac > m->carbon_free_frac + 0.05);
    assert_true(drawn_kwh <= n->carbon_free_made_kwh_year);
    small_free(&plain.small);
    small_free(&sold.small);
    small_free(&kept.small);
    small_free(&night.small);
}

#define JOINT                                                                                      \
    HEAD SMALL_POWER SMALL_HALL SMALL_TOWN SMALL_NETWORK                                           \
        "plant:\n  heat_pump: {capacity_kw: choose, meter: campus}\n"

/* ERF at the boundary: Q (1 - 1/COP) of the heat pump behind it, whatever the pipe loses. */
static void reuse_is_counted_at_the_boundary(void **state) {
    (void)state;
    struct made made = account(small_solve(JOINT "require: {heat_share_frac: 0.5}\n"));
    const struct metrics *m = &made.accounts->metrics[CASE_TOGETHER];
    double made_kwh = year_kwh(&made, CASE_TOGETHER, "heat_pump", "heat_out"),
           power_kwh = year_kwh(&made, CASE_TOGETHER, "heat_pump", "power_in");
    double cop = made_kwh / power_kwh;
    assert_near(m->heat_pump_cop, cop, 1e-12);
    assert_near(m->reused_kwh_year, made_kwh * (1.0 - 1.0 / cop), 1e-9);
    assert_near(m->erf_ratio, made_kwh * (1.0 - 1.0 / cop) / m->data_centre_kwh_year, 1e-9);
    assert_near(m->ere_ratio, (m->data_centre_kwh_year - m->reused_kwh_year) / m->it_kwh_year,
                1e-9);
    assert_near(m->heat_rejected_kwh_year, m->data_centre_kwh_year - m->reused_kwh_year, 1e-12);
    /* delivered: what arrives of it; the pump's power stands in it, the pipe's loss does not */
    double in_kwh = year_kwh(&made, CASE_TOGETHER, "heat_network", "plant"),
           out_kwh = year_kwh(&made, CASE_TOGETHER, "heat_network", "town");
    assert_near(m->heat_delivered_kwh_year, made_kwh * out_kwh / in_kwh, 1e-9);
    assert_near(m->network_loss_kwh_year, in_kwh - out_kwh, 1e-6);
    assert_true(m->heat_share_frac >= 0.5 * (1.0 - 1e-6) && m->heat_share_frac <= 1.0);
    small_free(&made.small);
}

/* A dry cooler on the network, and power so cheap that it runs: heat thrown away there is not reused. */
static void dumping_cannot_raise_reuse(void **state) {
    (void)state;
    const char *dump =
        JOINT "  sink: {kind: declared_cooling, cooling_overhead_kw_kw: 0, capacity_kw: 5000, "
              "capex_money_kw: 0, ports: {heat_in: network}, owner: heat_utility, meter: campus}\n";
    char required[4000];
    struct small without = small_read(JOINT "require: {energy_reuse_factor: 0.9}\n");
    (void)snprintf(required, sizeof required, "%srequire: {energy_reuse_factor: 0.9}\n", dump);
    struct small with = small_read(required);
    /* neither can reach it; the nearest plan with the sink is no nearer */
    assert_int_equal(plan_solve(without.scenario, NULL, without.arena, without.diag, &without.plan),
                     STATUS_INFEASIBLE);
    assert_int_equal(plan_solve(with.scenario, NULL, with.arena, with.diag, &with.plan),
                     STATUS_INFEASIBLE);
    double plain =
        plan_requirement_value(without.scenario, without.plan->hours,
                               &without.plan->cases[CASE_TOGETHER], "energy_reuse_factor");
    double dumped = plan_requirement_value(with.scenario, with.plan->hours,
                                           &with.plan->cases[CASE_TOGETHER], "energy_reuse_factor");
    assert_true(dumped <= plain * (1.0 + 1e-6));
    small_free(&without);
    small_free(&with);
    /* and a plan that is made to dump reports none of it */
    struct small small = small_read(dump);
    small_set(&small, "grid_campus", "energy_money_kwh", -2.0);
    small_plan(&small);
    struct made made = account(small);
    const struct metrics *m = &made.accounts->metrics[CASE_TOGETHER];
    double sunk_kwh = year_kwh(&made, CASE_TOGETHER, "sink", "heat_in"),
           handed_kwh = year_kwh(&made, CASE_TOGETHER, "hall_recovery", "heat_out");
    assert_true(sunk_kwh > 1.0);
    assert_near(m->reused_kwh_year, fmax(0.0, handed_kwh - sunk_kwh), 1e-9);
    assert_true(m->heat_delivered_kwh_year <= m->heat_demand_kwh_year * (1.0 + 1e-9));
    small_free(&made.small);
}

/* A tank that is made as large as its loss asks for swallows heat; neither is it reused nor delivered. */
static void what_a_tank_loses_is_not_reused(void **state) {
    (void)state;
    struct made made =
        account(small_solve(JOINT "  tank: {capacity_kwh: 40000, capex_money_kwh: 0}\n"
                                  "require: {heat_share_frac: 0.5}\n"));
    const struct metrics *m = &made.accounts->metrics[CASE_TOGETHER];
    double lost_kwh = year_kwh(&made, CASE_TOGETHER, "tank", "store"),
           handed_kwh = year_kwh(&made, CASE_TOGETHER, "hall_recovery", "heat_out");
    assert_true(lost_kwh > 1.0);
    assert_near(m->reused_kwh_year, handed_kwh - lost_kwh, 1e-9);
    assert_true(m->heat_delivered_kwh_year <= m->heat_demand_kwh_year * (1.0 + 1e-9));
    assert_true(m->heat_share_frac >= 0.5 * (1.0 - 1e-6));
    small_free(&made.small);
}

/* Sun on another's meter: who owns it is paid the energy price for what is used there, the export price for what
   leaves; the meter's party gains nothing by it and loses nothing. */
static void sun_on_anothers_meter_is_paid(void **state) {
    (void)state;
    struct made made = account(small_solve(
        HEAD "electricity: {campus: {energy_money_kwh: 0.10, export_money_kwh: 0.03}}\n"
             "town:\n  - {name: bath, kind: pool, water_m2: 100, heated_by: electric}\n"
             "data_centre:\n  - {name: hall, it_kw: 1, load: flat, meter: campus, cooling: "
             "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n"
             "plant: {pv: {capacity_kw: 300, meter: campus, owner: operator, existing: true}}\n"));
    const struct ledger *ledger = &made.accounts->ledger[CASE_TOGETHER];
    const double *sun_kw = small_port(&made.small, CASE_TOGETHER, "pv", "power_out");
    const double *left_kw = small_flow(&made.small, CASE_TOGETHER, "grid_campus")->rate_kw[1];
    double wanted = 0.0, found = 0.0, to_year = 1.0 / made.small.scenario->year_frac;
    for (int t = 0; t < made.small.plan->hours->horizon_count; t++) {
        wanted += 0.10 * (sun_kw[t] - left_kw[t]) + 0.03 * left_kw[t];
    }
    for (int k = 0; k < ledger->transfers_count; k++) {
        if (strcmp(ledger->transfers[k].kind, "power_fed_in") == 0) {
            assert_int_equal(ledger->transfers[k].payer, PARTY_HEAT_CUSTOMERS);
            assert_int_equal(ledger->transfers[k].payee, PARTY_OPERATOR);
            found += ledger->transfers[k].money_year;
        }
    }
    assert_true(small_sum(&made.small, left_kw) > 1.0);
    assert_near(found, wanted * to_year, 1e-9);
    /* the customers pay for their own taking what they would have paid the grid */
    double own_kwh = year_kwh(&made, CASE_TOGETHER, "bath_heater", "power_in");
    double plant_money = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        plant_money +=
            t->payer == PARTY_HEAT_CUSTOMERS && t->payee == PARTY_SUPPLIERS ? t->money_year : 0.0;
    }
    assert_near(made.accounts->metrics[CASE_TOGETHER].heat_bill_money_year,
                0.10 * own_kwh + plant_money, 1e-9);
    small_free(&made.small);
}

/* Two who draw on one meter share its demand charge by what each takes in the steps of the peak. */
static void a_peak_is_shared_by_its_steps(void **state) {
    (void)state;
    struct made made = account(small_solve(
        HEAD "electricity: {data_centre: {energy_money_kwh: 0.08, demand_money_kw_month: 9}}\n"
             "data_centre:\n  - {name: hall, it_kw: 100, load: flat, cooling: "
             "{kind: declared_cooling, cooling_overhead_kw_kw: 0.1}}\n"
             "town:\n  - {name: bath, kind: pool, water_m2: 300, heated_by: electric, meter: "
             "data_centre}\n"));
    const double *bath_kw = small_port(&made.small, CASE_APART, "bath_heater", "power_in");
    double hall_kw = small_port(&made.small, CASE_APART, "hall", "power_in")[0] +
                     small_port(&made.small, CASE_APART, "hall_cooling", "power_in")[0];
    double peak_kw = 0.0, bath_peak_kw = 0.0;
    for (int t = 0; t < made.small.plan->hours->horizon_count; t++) {
        peak_kw = fmax(peak_kw, hall_kw + bath_kw[t]);
        bath_peak_kw = fmax(bath_peak_kw, bath_kw[t]);
    }
    double demand_money = 9.0 * 2.0 / 31.0 * peak_kw;
    double energy_money = 0.08 * small_sum(&made.small, bath_kw);
    double wanted =
        (energy_money + demand_money * bath_peak_kw / peak_kw) / made.small.scenario->year_frac;
    double found = 0.0;
    const struct ledger *ledger = &made.accounts->ledger[CASE_APART];
    for (int k = 0; k < ledger->transfers_count; k++) {
        found += strcmp(ledger->transfers[k].kind, "power_resold") == 0
                     ? ledger->transfers[k].money_year
                     : 0.0;
    }
    assert_near(found, wanted, 1e-9);
    small_free(&made.small);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(by_definition),
                                       cmocka_unit_test(a_warm_hall_flatters_no_figure),
                                       cmocka_unit_test(meters_parts_and_work),
                                       cmocka_unit_test(indicators_are_what_they_are_made_of),
                                       cmocka_unit_test(exported_sun_is_not_used),
                                       cmocka_unit_test(carbon_free_by_the_hour),
                                       cmocka_unit_test(reuse_is_counted_at_the_boundary),
                                       cmocka_unit_test(dumping_cannot_raise_reuse),
                                       cmocka_unit_test(what_a_tank_loses_is_not_reused),
                                       cmocka_unit_test(sun_on_anothers_meter_is_paid),
                                       cmocka_unit_test(a_peak_is_shared_by_its_steps)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
