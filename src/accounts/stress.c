/* When it goes wrong: what each party loses over the plan's life against the plan as it is, and what promises pay of it.

   operator leaves        payments together until the end of that year; from then on the town lives as today, with the
                          plant that it kept for this; plant that waits for the data centre's heat is worth nothing
   customers stay away    plant together is built in year 0; from year 1 all is run as apart
   power dearer, cheaper  the planned dispatch at other prices of energy, the price of heat as agreed: a loss at most
                          this, a gain at least, since a dispatch may follow its prices

   Plant of a third party that stands idle is paid for no more, unless a promise covers it.
   A large load's contract asks its exit fee when the operator leaves; promises pay what they say. Loans are paid back whatever
   happens; grants, taxes and abatements end with their cause. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/life.h"
#include "scenario/tariff.h"

static const double apart_year = 1e-6;

static bool is_capital(const struct life_line *line) {
    bool made = strcmp(line->kind, "plant_made") == 0 && line->first_year == line->last_year;
    return strcmp(line->kind, "plant_built") == 0 || strcmp(line->kind, "plant_replaced") == 0 ||
           strcmp(line->kind, "plant_left") == 0 || (made && line->instance >= 0);
}

/* What a party still has of a line together when all changes at the end of a year. */
static double kept_money(const struct accounts *accounts, const struct life_line *line,
                         enum plan_case then, double year) {
    double rate_frac = accounts->scenario->discount_frac;
    bool stands = line->instance >= 0 && (is_capital(line) || lease_is_line(line)) &&
                  accounts->plan->cases[then].flow[line->instance].included;
    bool debt = strcmp(line->kind, "loan_paid") == 0;
    bool left = strcmp(line->kind, "plant_left") == 0 || strcmp(line->kind, "plant_handed") == 0;
    if (stands || debt) {
        return life_line_npv_money(line, rate_frac, 0.0, HUGE_VAL);
    }
    return left ? 0.0 : life_line_npv_money(line, rate_frac, 0.0, year);
}

/* What the case that follows pays from then on: its running, not its capital, which stands already. */
static double followed_money(const struct accounts *accounts, const struct life_line *line,
                             double year) {
    bool once = !line->grown && line->first_year == line->last_year &&
                line->first_year < accounts->scenario->life_year - apart_year;
    bool community = !line->planned && !line->grown;
    return once || community || is_capital(line)
               ? 0.0
               : life_line_npv_money(line, accounts->scenario->discount_frac, year + 1e-3,
                                     HUGE_VAL);
}

static void add_exit(struct accounts *accounts, struct stress_case *stress, enum plan_case then) {
    const struct life *life = accounts->life;
    double rate_frac = accounts->scenario->discount_frac;
    for (int party = 0; party < PARTY_COUNT; party++) {
        double stays_money = 0.0, leaves_money = 0.0;
        for (int n = 0; n < life->lines_count[CASE_TOGETHER]; n++) {
            const struct life_line *line = &life->lines[CASE_TOGETHER][n];
            double sign = life_sign(line, party);
            if (sign != 0.0) {
                stays_money += sign * life_line_npv_money(line, rate_frac, 0.0, HUGE_VAL);
                leaves_money += sign * kept_money(accounts, line, then, stress->year);
            }
        }
        for (int n = 0; n < life->lines_count[then]; n++) {
            const struct life_line *line = &life->lines[then][n];
            double sign = life_sign(line, party);
            leaves_money += sign != 0.0 ? sign * followed_money(accounts, line, stress->year) : 0.0;
        }
        stress->party[party].loss_money = stays_money - leaves_money;
    }
}

/* Heat plant of a town passes what it buys on to its customers. */
static enum party bearer(const struct accounts *accounts, int i) {
    const struct instance *it = &accounts->scenario->instances[i];
    bool passed_on = it->town >= 0 && account_is_heat_plant(accounts->scenario, i);
    return passed_on ? PARTY_HEAT_CUSTOMERS : it->owner;
}

static void add_power(struct accounts *accounts, struct stress_case *stress, double change_frac) {
    const struct scenario *s = accounts->scenario;
    double worth = change_frac * accounts->life->years_ratio;
    struct stress_row *row = stress->party;
    for (int m = 0; m < s->meters_count; m++) {
        const struct meter *meter = &s->meters[m];
        const struct flow *grid = &accounts->plan->cases[CASE_TOGETHER].flow[meter->grid];
        if (!grid->included) {
            continue;
        }
        double tax_frac = plan_tax_frac(s, meter->grid);
        double money = worth * grid->running_money / s->year_frac;
        row[meter->party].loss_money += money * (1.0 + tax_frac);
        row[PARTY_STATE].loss_money -= money * tax_frac;
        for (int i = 0; i < s->instances_count; i++) {
            for (int p = 0; p < s->instances[i].kind->ports_count; p++) {
                if (s->instances[i].port_bus[p] != meter->bus || i == meter->grid ||
                    s->instances[i].owner == meter->party) {
                    continue;
                }
                struct purchase bought = account_purchase(accounts, CASE_TOGETHER, i, p);
                double share_money = worth * bought.energy_money_year * (1.0 + tax_frac);
                row[meter->party].loss_money -= share_money;
                row[bearer(accounts, i)].loss_money += share_money;
            }
        }
    }
}

static void add_promises(const struct accounts *accounts, struct stress_case *stress) {
    const struct scenario *s = accounts->scenario;
    for (int k = 0; k < s->commitments_count; k++) {
        const struct commitment *one = &s->commitments[k];
        if (one->when == stress->kind && stress->year <= one->until_year) {
            stress->party[one->to].covered_money +=
                one->money * pow(1.0 + s->discount_frac, -stress->year);
        }
    }
}

double life_exit_money(const struct scenario *s, int meter, double year) {
    const struct tariff *tariff = s->meters[meter].tariff;
    return tariff && s->meters[meter].party == PARTY_OPERATOR
               ? tariff_exit_money(&tariff->large, year, tariff_contract_money_kw_month(tariff))
               : 0.0;
}

/* The fee is due at the end of the year; it costs the one what it gives the other. */
static void add_exit_fees(const struct accounts *accounts, struct stress_case *stress) {
    const struct scenario *s = accounts->scenario;
    for (int m = 0; m < s->meters_count; m++) {
        stress->exit_money += life_exit_money(s, m, stress->year);
    }
    double worth_money = stress->exit_money * pow(1.0 + s->discount_frac, -stress->year);
    stress->party[PARTY_OPERATOR].loss_money += worth_money;
    stress->party[PARTY_ELECTRIC_UTILITY].covered_money += worth_money;
}

void life_stress(struct accounts *accounts) {
    const struct scenario *s = accounts->scenario;
    struct stress_case *stress = accounts->life->stress;
    double leave_year = fmin(s->leave_year, floor(s->life_year / 2.0 + 0.5));
    for (int k = 0; k < STRESS_KINDS; k++) {
        stress[k].kind = (enum stress_kind)k;
        stress[k].year = k == STRESS_OPERATOR_LEAVES ? leave_year : 0.0;
    }
    add_exit(accounts, &stress[STRESS_OPERATOR_LEAVES], CASE_TODAY);
    add_exit_fees(accounts, &stress[STRESS_OPERATOR_LEAVES]);
    add_exit(accounts, &stress[STRESS_CUSTOMERS_STAY_AWAY], CASE_APART);
    add_power(accounts, &stress[STRESS_POWER_DEARER], s->power_stress_frac);
    add_power(accounts, &stress[STRESS_POWER_CHEAPER], -s->power_stress_frac);
    for (int k = 0; k < STRESS_KINDS; k++) {
        add_promises(accounts, &stress[k]);
    }
}
