/* The books over the plan's life.

   What a typical year costs is paid in each year; capital is paid when plant is built and again when its life is over.
   What a plant is still worth at the end comes from the world outside: the present value, at the plan's rate, of the
   annuity of the years it has left, so that plant built in year 0 costs over the life just what its annuity costs. By
   this the optimum (annuities) and the books (payments) are the same sum, and the audit holds them against each other.
   A life of 12.5 years ends with half a year's payments, worth in year 12.5 what the annuity's last part is worth. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "accounts/life.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/series.h"

static const double closes_ratio = 1e-8; /* of all that is paid over the life */
static const double apart_year = 1e-6;   /* times nearer than this are one */
static const double cent_money = 0.005;  /* less is nothing, for rates of return */

const char *life_party_name(int party) {
    return party == PARTY_OUTSIDE ? "outside" : party_name((enum party)party);
}

double life_sign(const struct life_line *line, int party) {
    return (line->payee == party ? 1.0 : 0.0) - (line->payer == party ? 1.0 : 0.0);
}

void life_add(struct accounts *accounts, enum plan_case kind, struct life_line line) {
    struct life *life = accounts->life;
    if (line.money == 0.0 || line.payer == line.payee) {
        return;
    }
    if (line.money < 0.0) {
        int payer = line.payer;
        line.payer = line.payee;
        line.payee = payer;
        line.money = -line.money;
    }
    assert(life->lines_count[kind] < life->lines_most);
    life->lines[kind][life->lines_count[kind]++] = line;
}

void life_add_yearly(struct accounts *accounts, enum plan_case kind, struct life_line line) {
    const struct scenario *s = accounts->scenario;
    double whole_year = floor(s->life_year + apart_year);
    double last_year = fmin(line.last_year, whole_year);
    bool to_end = line.last_year >= s->life_year;
    if (last_year >= line.first_year) {
        struct life_line years = line;
        years.last_year = last_year;
        life_add(accounts, kind, years);
    }
    if (to_end && s->life_year - whole_year > apart_year) {
        double part_ratio = (finance_present_ratio(s->discount_frac, s->life_year) -
                             finance_present_ratio(s->discount_frac, whole_year)) *
                            pow(1.0 + s->discount_frac, s->life_year);
        line.first_year = line.last_year = s->life_year;
        line.money *= part_ratio;
        line.quantity_kwh *= s->life_year - whole_year;
        life_add(accounts, kind, line);
    }
}

double life_of_instance_year(const struct scenario *scenario, int instance) {
    const struct instance *it = &scenario->instances[instance];
    return component_number(it->kind, it->self, "life_year", scenario->life_year);
}

static const char *formula_of(const char *kind) {
    static const struct {
        const char *kind, *formula;
    } formulas[] = {
        {"electricity_energy", "sum over steps of kWh x price of the step"},
        {"electricity_demand", "sum over months of peak kW x price + fixed charges"},
        {"electricity_connection", "capacity x price of the connection, as an annuity"},
        {"grid_built", "what the connection sold costs"},
        {"curtailment_paid", "kW that are not firm x price + those kW x hours called x price"},
        {"certificates", "kWh with certificates x their price"},
        {"ppa_power", "sum over steps of kWh made x price"},
        {"ppa_credit", "sum over steps of kWh used x (credit - delivery)"},
        {"ppa_sold", "sum over steps of kWh sold x market"},
        {"power_by_contract", "what the power sold costs"},
        {"sales_tax", "tax rate x energy bought"},
        {"power_resold", "share of the meter's bill by what is drawn"},
        {"power_fed_in", "kWh x what it saves or earns at the meter"},
        {"fuel", "sum over steps of kWh x price of the step"},
        {"water", "m3 x price"},
        {"carbon_paid", "kg CO2 burnt x price paid"},
        {"electricity_minimum", "what a minimum bill asks beyond what is taken"},
        {"electricity_connection", "annuity of the connection"},
        {"grid_built", "annuity of the connection"},
        {"plant_fixed", "capacity x upkeep a year"},
        {"plant_running", "sum over steps of kWh x cost of running"},
        {"heat_sold", "heat contract"},
        {"cold_sold", "heat contract, cold"},
        {"source_heat", "heat contract, source"},
        {"existing_heat_sold", "cost of the plant, passed on"},
        {"existing_cold_sold", "cost of the plant, passed on"},
        {"power_generated", "what the energy sold costs"},
        {"fuel_extracted", "what the fuel sold costs"},
        {"water_supplied", "what the water sold costs"},
        {"heat_not_served", "kWh that stay away x their price"},
        {"carbon_damage", "kg CO2 x shadow price"},
    };
    for (int k = 0; k < COUNT(formulas); k++) {
        if (strcmp(formulas[k].kind, kind) == 0) {
            return formulas[k].formula;
        }
    }
    return "the typical year";
}

static void add_both(struct accounts *accounts, enum plan_case kind, struct life_line line) {
    life_add(accounts, kind, line);
    line.payer = line.payee; /* what is built is a resource that the supplier bears */
    line.payee = PARTY_OUTSIDE;
    line.kind = "plant_made";
    line.formula = "what the plant sold costs";
    life_add(accounts, kind, line);
}

/* Built, replaced, and what is left of it at the end. */
static void add_capital(struct accounts *accounts, enum plan_case kind, int i,
                        double invest_money) {
    const struct scenario *s = accounts->scenario;
    int owner = s->instances[i].owner;
    double each_year = life_of_instance_year(s, i), last_year = 0.0;
    struct life_line line = {owner,
                             PARTY_SUPPLIERS,
                             "plant_built",
                             "capacity x unit cost",
                             i,
                             0.0,
                             0.0,
                             invest_money,
                             (double)NAN,
                             true,
                             false};
    for (int n = 0; n * each_year < s->life_year - apart_year; n++) {
        last_year = line.first_year = line.last_year = n * each_year;
        add_both(accounts, kind, line);
        line.kind = "plant_replaced";
        line.formula = "the same again, when its life is over";
    }
    double left_year = last_year + each_year - s->life_year;
    line.payer = PARTY_OUTSIDE;
    line.payee = owner;
    line.kind = "plant_left";
    line.formula = "present value at the end of the annuity of the years it has left";
    line.first_year = line.last_year = s->life_year;
    line.money = left_year > apart_year
                     ? invest_money * finance_annuity_frac_year(s->discount_frac, each_year) *
                           finance_present_ratio(s->discount_frac, left_year)
                     : 0.0;
    life_add(accounts, kind, line);
}

/* What a payment to the suppliers, or from them, costs or spares them: power by contract grows as it is agreed, or as the
   market. */
static const char *made_kind(const char *kind, bool received) {
    bool contract = strncmp(kind, "ppa_", 4) == 0 || strcmp(kind, "certificates") == 0;
    return !contract ? "plant_made" : received ? "power_generated" : "power_by_contract";
}

/* The typical year in each year, capital apart. */
static void add_years(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    const struct ledger *ledger = &accounts->ledger[kind];
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *t = &ledger->transfers[k];
        if (strcmp(t->kind, "plant_capital") == 0) {
            add_capital(accounts, kind, t->instance,
                        accounts->plan->cases[kind].flow[t->instance].investment_money);
            continue;
        }
        struct life_line line = {t->payer,        t->payee, t->kind,      formula_of(t->kind),
                                 t->instance,     1.0,      s->life_year, t->money_year,
                                 t->quantity_kwh, true,     false};
        life_add_yearly(accounts, kind, line);
        if (t->payee == PARTY_SUPPLIERS || t->payer == PARTY_SUPPLIERS) {
            bool received = t->payer == PARTY_SUPPLIERS; /* a premium comes from outside */
            line.payer = received ? PARTY_OUTSIDE : PARTY_SUPPLIERS;
            line.payee = received ? PARTY_SUPPLIERS : PARTY_OUTSIDE;
            line.kind = made_kind(t->kind, received);
            line.formula = "what the service sold costs";
            life_add_yearly(accounts, kind, line);
        }
    }
    for (int k = 0; k < ledger->resources_count; k++) {
        const struct resource *r = &ledger->resources[k];
        struct life_line line = {r->party,    PARTY_OUTSIDE, r->kind,      formula_of(r->kind),
                                 -1,          1.0,           s->life_year, r->money_year,
                                 (double)NAN, true,          false};
        if (r->party != PARTY_SUPPLIERS) { /* theirs stand beside each payment */
            life_add_yearly(accounts, kind, line);
        }
    }
}

/* ---- times and parties ---- */

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static int line_times(const struct life_line *line) {
    return 1 + (int)floor(line->last_year - line->first_year + apart_year);
}

static enum status set_times(struct life *life, struct arena *arena) {
    int most = 0, count = 0;
    for (int k = 0; k < CASES; k++) {
        for (int n = 0; n < life->lines_count[k]; n++) {
            most += line_times(&life->lines[k][n]);
        }
    }
    double *all_year = ARENA_TAKE(arena, double, most + 1);
    if (!all_year) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < CASES; k++) {
        for (int n = 0; n < life->lines_count[k]; n++) {
            const struct life_line *line = &life->lines[k][n];
            for (int y = 0; y < line_times(line); y++) {
                all_year[count++] = line->first_year + y;
            }
        }
    }
    qsort(all_year, (size_t)count, sizeof *all_year, by_value);
    int kept = 0;
    for (int k = 0; k < count; k++) {
        if (kept == 0 || all_year[k] - all_year[kept - 1] > apart_year) {
            all_year[kept++] = all_year[k];
        }
    }
    life->time_year = all_year;
    life->times_count = kept;
    return STATUS_OK;
}

static int time_at(const struct life *life, double year) {
    for (int k = 0; k < life->times_count; k++) {
        if (fabs(life->time_year[k] - year) <= apart_year) {
            return k;
        }
    }
    assert(false && "every payment has its time");
    return 0;
}

/* What a party has from a case's lines, by time, times factor. */
static void add_cash(const struct life *life, enum plan_case kind, int party, double factor_ratio,
                     double *ret_money) {
    for (int n = 0; n < life->lines_count[kind]; n++) {
        const struct life_line *line = &life->lines[kind][n];
        double sign = life_sign(line, party);
        for (int y = 0; sign != 0.0 && y < line_times(line); y++) {
            ret_money[time_at(life, line->first_year + y)] += factor_ratio * sign * line->money;
        }
    }
}

double life_line_npv_money(const struct life_line *line, double discount_frac, double from_year,
                           double to_year) {
    struct sum sum = {0, 0};
    for (int y = 0; y < line_times(line); y++) {
        double year = line->first_year + y;
        if (year >= from_year - apart_year && year <= to_year + apart_year) {
            sum_add(&sum, line->money * pow(1.0 + discount_frac, -year));
        }
    }
    return sum_value(&sum);
}

double life_party_npv_money(const struct life *life, enum plan_case kind, int party,
                            double discount_frac, bool outside) {
    struct sum sum = {0, 0};
    for (int n = 0; n < life->lines_count[kind]; n++) {
        const struct life_line *line = &life->lines[kind][n];
        bool out = line->payer == PARTY_OUTSIDE || line->payee == PARTY_OUTSIDE;
        if (life_sign(line, party) != 0.0 && (out || !outside)) {
            sum_add(&sum, life_sign(line, party) *
                              life_line_npv_money(line, discount_frac, 0.0, HUGE_VAL));
        }
    }
    return sum_value(&sum);
}

/* Who gets something first puts nothing in: a rate of return would say how a debt grows, not what an investment earns. */
static bool first_is_paid(const double *cash_money, int count, double nothing_money) {
    for (int k = 0; k < count; k++) {
        if (fabs(cash_money[k]) > nothing_money) {
            return cash_money[k] < 0.0;
        }
    }
    return false;
}

static enum status add_party(struct accounts *accounts, int party, struct arena *arena) {
    struct life *life = accounts->life;
    struct party_account *one = &life->party[party];
    double rate_frac = accounts->scenario->discount_frac;
    double own_frac = accounts->scenario->finance[party].discount_frac;
    own_frac = isnan(own_frac) ? rate_frac : own_frac;
    one->cash_money = ARENA_TAKE(arena, double, life->times_count + 1);
    double *today_money = ARENA_TAKE(arena, double, life->times_count + 1);
    if (!one->cash_money || !today_money) {
        return STATUS_NO_MEMORY;
    }
    add_cash(life, CASE_TOGETHER, party, 1.0, one->cash_money);
    memcpy(today_money, one->cash_money, (size_t)life->times_count * sizeof *today_money);
    add_cash(life, CASE_APART, party, -1.0, one->cash_money);
    add_cash(life, CASE_TODAY, party, -1.0, today_money);
    int count = life->times_count;
    one->npv_money = finance_npv_money(life->time_year, one->cash_money, count, rate_frac);
    one->npv_own_money = finance_npv_money(life->time_year, one->cash_money, count, own_frac);
    one->npv_today_money = finance_npv_money(life->time_year, today_money, count, rate_frac);
    one->npv_outside_money = life_party_npv_money(life, CASE_TOGETHER, party, rate_frac, true) -
                             life_party_npv_money(life, CASE_APART, party, rate_frac, true);
    one->irr_frac = (double)NAN;
    /* sums of millions leave last digits: they are no change of sign */
    double nothing_money =
        fmax(cent_money, 1e-9 * fabs(accounts->metrics[CASE_APART].cost_money_year));
    one->invests = first_is_paid(one->cash_money, count, nothing_money);
    one->irr = one->invests ? finance_irr_frac(life->time_year, one->cash_money, count,
                                               nothing_money, &one->irr_frac)
                            : FINANCE_IRR_NONE;
    one->payback_year = finance_payback_year(life->time_year, one->cash_money, count, 0.0);
    one->discounted_payback_year =
        finance_payback_year(life->time_year, one->cash_money, count, own_frac);
    return STATUS_OK;
}

/* The price of heat at which its seller's plant earns just the rate that he asks for, whoever he is: what a third party
   would have to be paid. */
static double owner_price_money_kwh(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    const struct finance *finance = &s->finance[accounts->seller];
    double own_frac = isnan(finance->discount_frac) ? s->discount_frac : finance->discount_frac;
    double worth_ratio = finance_present_ratio(own_frac, s->life_year) * (1.0 - finance->tax_frac);
    return accounts->sold_kwh_year > 0.0
               ? accounts->heat_price_money_kwh -
                     accounts->life->party[accounts->seller].npv_own_money /
                         (worth_ratio * accounts->sold_kwh_year)
               : (double)NAN;
}

/* What growing prices add for the objective's parties, together less apart. */
static double grown_npv_money(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    const struct life *life = accounts->life;
    static const enum plan_case pair[2] = {CASE_TOGETHER, CASE_APART};
    struct sum sum = {0, 0};
    for (int k = 0; k < 2; k++) {
        for (int n = 0; n < life->lines_count[pair[k]]; n++) {
            const struct life_line *line = &life->lines[pair[k]][n];
            for (int party = 0; line->grown && party < PARTY_COUNT; party++) {
                double sign = s->objective_party[party] ? life_sign(line, party) : 0.0;
                sum_add(&sum, (k == 0 ? sign : -sign) *
                                  life_line_npv_money(line, s->discount_frac, 0.0, HUGE_VAL));
            }
        }
    }
    return sum_value(&sum);
}

/* ---- the audit ---- */

/* Transfers of each time cancel by construction of each line; what is held together here is what a spreadsheet would
   add up: party by party. */
static double worst_sum_money(const struct life *life, struct arena *arena) {
    double *all_money = ARENA_TAKE(arena, double, life->times_count + 1), worst_money = 0.0;
    for (int k = 0; all_money && k < CASES; k++) {
        memset(all_money, 0, (size_t)life->times_count * sizeof *all_money);
        for (int party = 0; party <= PARTY_OUTSIDE; party++) {
            add_cash(life, (enum plan_case)k, party, 1.0, all_money);
        }
        for (int t = 0; t < life->times_count; t++) {
            worst_money = fmax(worst_money, fabs(all_money[t]));
        }
    }
    return worst_money;
}

/* The planned lines' present value is that of the typical year over the life. */
static bool year_and_life_agree(const struct accounts *accounts) {
    const struct life *life = accounts->life;
    double rate_frac = accounts->scenario->discount_frac;
    for (int k = 0; k < CASES; k++) {
        double paid_money = 1e-3;
        for (int n = 0; n < accounts->ledger[k].transfers_count; n++) {
            paid_money += accounts->ledger[k].transfers[n].money_year * life->years_ratio;
        }
        for (int party = 0; party < PARTY_COUNT; party++) {
            struct sum sum = {0, 0};
            for (int n = 0; n < life->lines_count[k]; n++) {
                const struct life_line *line = &life->lines[k][n];
                double sign = line->planned ? life_sign(line, party) : 0.0;
                if (sign != 0.0) {
                    sum_add(&sum, sign * life_line_npv_money(line, rate_frac, 0.0, HUGE_VAL));
                }
            }
            double wanted_money = accounts->ledger[k].net_money_year[party] * life->years_ratio;
            if (!(fabs(sum_value(&sum) - wanted_money) <= closes_ratio * paid_money)) {
                return false;
            }
        }
    }
    return true;
}

static int lines_most(const struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    int most = 200 + 4 * s->incentives_count;
    for (int k = 0; k < CASES; k++) {
        int lines =
            4 * accounts->ledger[k].transfers_count + 2 * accounts->ledger[k].resources_count;
        most = lines + 200 + 4 * s->incentives_count > most ? lines + 200 + 4 * s->incentives_count
                                                            : most;
    }
    for (int i = 0; i < s->instances_count; i++) {
        double times = s->life_year / fmax(0.5, life_of_instance_year(s, i));
        most += 10 * ((int)times + 3); /* built, made, lent, depreciated, granted each time */
    }
    /* financed each time, handed over, and each with its tax; upkeep of each year with its tax; paid for, taxed twice */
    most += s->leases_count * (4 * ((int)s->life_year + 4) + 20);
    /* each year's growth of each price, and the tax on it */
    int grown = s->growth_given ? 2 * ((int)s->life_year + 2) : 0;
    return most * (1 + grown) + 4 * (int)s->life_year;
}

enum status account_life(struct accounts *accounts, struct arena *arena) {
    struct life *life = ARENA_TAKE(arena, struct life, 1);
    if (!life) {
        return STATUS_NO_MEMORY;
    }
    accounts->life = life;
    const struct scenario *s = accounts->scenario;
    life->years_ratio = finance_present_ratio(s->discount_frac, s->life_year);
    life->lines_most = lines_most(accounts);
    life->lease = ARENA_TAKE(arena, struct lease_account, s->leases_count);
    if (!life->lease) {
        return STATUS_NO_MEMORY;
    }
    for (int k = 0; k < CASES; k++) {
        life->lines[k] = ARENA_TAKE(arena, struct life_line, life->lines_most);
        if (!life->lines[k]) {
            return STATUS_NO_MEMORY;
        }
        add_years(accounts, (enum plan_case)k);
        life_add_growth(accounts, (enum plan_case)k);
        life_add_leases(accounts, (enum plan_case)k);
        life_add_lending(accounts, (enum plan_case)k);
        life_add_lease_payments(accounts, (enum plan_case)k);
        life_add_community(accounts, (enum plan_case)k);
    }
    TRY(set_times(life, arena));
    for (int party = 0; party < PARTY_COUNT; party++) {
        TRY(add_party(accounts, party, arena));
    }
    life->grown_npv_money = accounts->npv_money + grown_npv_money(accounts);
    life->owner_price_money_kwh = owner_price_money_kwh(accounts);
    life->sum_money = worst_sum_money(life, arena);
    TRY(life_levelised(accounts, arena));
    life_community(accounts);
    life_stress(accounts);
    TRY(life_households(accounts, arena));
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    return life->sum_money <=
                       0.01 * (1.0 + 1e-12 * fabs(accounts->metrics[CASE_APART].cost_money_year)) &&
                   year_and_life_agree(accounts)
               ? STATUS_OK
               : STATUS_AUDIT_FAILED;
}
