/* What the community has of a data centre beside energy: property taxes and what is forgiven of them, what the
   municipality spends, what the grid's new cost does to a home's bill, work. By the keys of the section community. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/life.h"

/* Worth of computers by their age in whole years, over their price (local schedules differ). */
static const double worth_frac[] = {0.50, 0.35, 0.20, 0.10, 0.05};

static bool has_data_centre(const struct accounts *accounts, enum plan_case kind) {
    for (int h = 0; h < accounts->scenario->halls_count; h++) {
        if (accounts->plan->cases[kind].flow[accounts->scenario->halls[h].instance].included) {
            return true;
        }
    }
    return false;
}

/* A tax and, while it is abated, what is given back of it. */
static void add_taxed(struct accounts *accounts, enum plan_case kind, struct life_line tax) {
    const struct scenario *s = accounts->scenario;
    double until_year = fmin(community_value(s, "abatement_year"), tax.last_year);
    double whole_money = tax.money;
    life_add_yearly(accounts, kind, tax);
    if (until_year >= tax.first_year) {
        tax.payer = PARTY_MUNICIPALITY;
        tax.payee = PARTY_OPERATOR;
        tax.kind = "tax_abated";
        tax.formula = "share of the property tax forgiven";
        tax.money = community_value(s, "abatement_frac") * whole_money;
        tax.last_year = until_year >= tax.last_year ? tax.last_year : floor(until_year);
        life_add_yearly(accounts, kind, tax);
    }
}

static double equipment_tax_money(const struct scenario *s, int year) {
    int age = (year - 1) % (int)fmax(1.0, floor(community_value(s, "refresh_year")));
    age = age < COUNT(worth_frac) ? age : COUNT(worth_frac) - 1;
    return community_value(s, "equipment_money") * worth_frac[age] *
           community_value(s, "equipment_tax_frac_year");
}

static void add_taxes(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    struct life_line tax = {PARTY_OPERATOR,
                            PARTY_MUNICIPALITY,
                            "property_tax",
                            "value of land and building x rate",
                            -1,
                            1.0,
                            s->life_year,
                            community_value(s, "building_money") *
                                community_value(s, "building_tax_frac_year"),
                            (double)NAN,
                            false,
                            false};
    add_taxed(accounts, kind, tax);
    tax.formula = "worth of the computers at their age x rate";
    for (int year = 1; year <= (int)floor(s->life_year); year++) {
        tax.first_year = tax.last_year = year;
        tax.money = equipment_tax_money(s, year);
        add_taxed(accounts, kind, tax);
    }
    double refresh_year = fmax(1.0, floor(community_value(s, "refresh_year")));
    for (int k = 0; k * refresh_year < s->life_year; k++) {
        double year = k * refresh_year;
        struct life_line sales = {PARTY_OPERATOR,
                                  PARTY_STATE,
                                  "equipment_tax",
                                  "price of the computers x sales tax",
                                  -1,
                                  year,
                                  year,
                                  community_value(s, "equipment_money") *
                                      community_value(s, "equipment_sales_tax_frac"),
                                  (double)NAN,
                                  false,
                                  false};
        life_add(accounts, kind, sales);
        sales.payer = PARTY_STATE;
        sales.payee = PARTY_OPERATOR;
        sales.kind = "tax_exempt";
        sales.formula = "share of the sales tax forgiven";
        sales.money *= community_value(s, "sales_exempt_frac");
        life_add(accounts, kind, sales);
    }
}

/* What a party buys of the world outside by way of suppliers. */
static void add_bought(struct accounts *accounts, enum plan_case kind, struct life_line line) {
    line.payee = PARTY_SUPPLIERS;
    life_add_yearly(accounts, kind, line);
    line.payer = PARTY_SUPPLIERS;
    line.payee = PARTY_OUTSIDE;
    line.kind = "plant_made";
    life_add_yearly(accounts, kind, line);
}

/* What the grid needs for the data centre, and the digital part of it, bought anew when it is worn out; the operator's
   contribution to the first. */
static void add_grid(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    double invest_money = community_value(s, "grid_invest_money"),
           digital_year = community_value(s, "grid_digital_life_year");
    struct life_line grid = {PARTY_ELECTRIC_UTILITY,
                             PARTY_SUPPLIERS,
                             "grid_built",
                             "what the grid needs for the data centre",
                             -1,
                             0.0,
                             0.0,
                             invest_money,
                             (double)NAN,
                             false,
                             false};
    add_bought(accounts, kind, grid);
    struct life_line paid = grid;
    paid.payer = PARTY_OPERATOR;
    paid.payee = PARTY_ELECTRIC_UTILITY;
    paid.kind = "grid_contribution";
    paid.formula = "share of what the grid needs that the operator pays";
    paid.money = community_value(s, "grid_paid_frac") * invest_money;
    life_add(accounts, kind, paid);
    grid.formula = "meters, communication and control of the grid";
    grid.money = community_value(s, "grid_digital_money");
    for (int k = 0; k * digital_year < s->life_year; k++) {
        grid.kind = "grid_digital";
        grid.first_year = grid.last_year = k * digital_year;
        add_bought(accounts, kind, grid);
    }
}

void life_add_community(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    if (!s->community_given || !has_data_centre(accounts, kind)) {
        return;
    }
    add_taxes(accounts, kind);
    struct life_line services = {PARTY_MUNICIPALITY,
                                 PARTY_SUPPLIERS,
                                 "services",
                                 "what the municipality spends on it",
                                 -1,
                                 1.0,
                                 s->life_year,
                                 community_value(s, "services_money_year"),
                                 (double)NAN,
                                 false,
                                 false};
    add_bought(accounts, kind, services);
    add_grid(accounts, kind);
}

/* ---- figures ---- */

/* Present value of a kind's lines together, from payer to payee. */
static double npv_money(const struct accounts *accounts, const char *kind, int payee) {
    const struct life *life = accounts->life;
    double money = 0.0;
    for (int n = 0; n < life->lines_count[CASE_TOGETHER]; n++) {
        const struct life_line *line = &life->lines[CASE_TOGETHER][n];
        if (strcmp(line->kind, kind) == 0 && line->payee == payee) {
            money += life_line_npv_money(line, accounts->scenario->discount_frac, 0.0, HUGE_VAL);
        }
    }
    return money;
}

static double it_kw_of(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    double it_kw = 0.0;
    for (int h = 0; h < s->halls_count; h++) {
        int i = s->halls[h].instance;
        const struct flow *flow = &accounts->plan->cases[CASE_TOGETHER].flow[i];
        it_kw += flow->included && isfinite(flow->capacity) ? flow->capacity : 0.0;
    }
    return it_kw;
}

static void set_rates(const struct accounts *accounts, struct community_account *c) {
    const struct scenario *s = accounts->scenario;
    const struct ledger *ledger = &accounts->ledger[CASE_TOGETHER];
    double return_frac = community_value(s, "grid_return_frac");
    double need_money =
        community_value(s, "grid_invest_money") * (1.0 - community_value(s, "grid_paid_frac")) *
            finance_annuity_frac_year(return_frac, community_value(s, "grid_life_year")) +
        community_value(s, "grid_digital_money") *
            finance_annuity_frac_year(return_frac, community_value(s, "grid_digital_life_year"));
    double paid_money = 0.0;
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        bool charge = strcmp(t->kind, "electricity_demand") == 0;
        paid_money += charge && t->payer == PARTY_OPERATOR ? t->money_year : 0.0;
    }
    double share_money_kwh = 1.0 / community_value(s, "other_kwh_year");
    double home_kwh_month = community_value(s, "household_kwh_year") / 12.0;
    c->rate_stays_money_home_month = (need_money - paid_money) * share_money_kwh * home_kwh_month;
    c->rate_leaves_money_home_month = need_money * share_money_kwh * home_kwh_month;
}

static double tax_in_year_money(const struct accounts *accounts, double year) {
    const struct life *life = accounts->life;
    double money = 0.0;
    for (int n = 0; n < life->lines_count[CASE_TOGETHER]; n++) {
        const struct life_line *line = &life->lines[CASE_TOGETHER][n];
        bool tax = strcmp(line->kind, "property_tax") == 0 || strcmp(line->kind, "tax_abated") == 0;
        if (tax && line->first_year <= year && line->last_year >= year) {
            money += life_sign(line, PARTY_MUNICIPALITY) * line->money;
        }
    }
    return money;
}

void life_community(struct accounts *accounts) {
    static const double years[] = {1.0, 5.0, 10.0};
    const struct scenario *s = accounts->scenario;
    struct community_account *c = &accounts->life->community;
    double homes = community_value(s, "households_count"), mw = it_kw_of(accounts) / 1000.0;
    c->bill_money_home_year = accounts->metrics[CASE_TOGETHER].heat_bill_money_year / homes;
    c->bill_change_money_home_year =
        c->bill_money_home_year - accounts->metrics[CASE_APART].heat_bill_money_year / homes;
    set_rates(accounts, c);
    for (int k = 0; k < COUNT(years); k++) {
        c->tax_money_year[k] = tax_in_year_money(accounts, years[k]);
    }
    c->tax_npv_money = npv_money(accounts, "property_tax", PARTY_MUNICIPALITY);
    c->abated_npv_money = npv_money(accounts, "tax_abated", PARTY_OPERATOR);
    c->exempt_npv_money = npv_money(accounts, "tax_exempt", PARTY_OPERATOR);
    c->services_npv_money = npv_money(accounts, "services", PARTY_SUPPLIERS);
    c->jobs_low_value = mw * community_value(s, "jobs_low_per_mw");
    c->jobs_value = mw * community_value(s, "jobs_per_mw");
    c->jobs_high_value = mw * community_value(s, "jobs_high_per_mw");
    c->building_low_year = mw * community_value(s, "building_jobs_low_per_mw");
    c->building_high_year = mw * community_value(s, "building_jobs_high_per_mw");
    c->subsidy_npv_money = c->abated_npv_money + c->exempt_npv_money +
                           npv_money(accounts, "incentive", PARTY_OPERATOR);
    c->subsidy_per_job_money =
        c->jobs_value > 0.0 ? c->subsidy_npv_money / c->jobs_value : (double)NAN;
    c->subsidy_per_mw_money = mw > 0.0 ? c->subsidy_npv_money / mw : (double)NAN;
}
