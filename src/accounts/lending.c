/* How parties pay for what they build: loans, taxes on their gain, grants and credits. Booked over the life, never seen
   by the optimum.

   loan      lenders pay loan_frac of each investment; it is paid back in equal sums with interest; what is owed at the
             end of the life is paid then
   tax       tax_frac of what a party has of the typical year, less interest, less depreciation (straight over each
             plant's life) and, at the end, plus what plant is still worth over its books; losses are set off at once
             against the party's other income
   incentive a share of what is built in year 0, a sum, or money for each kWh delivered; one with an end date falls away
             where building begins later */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/life.h"
#include "scenario/keys.h"

static const double apart_year = 1e-6;

static bool is_built(const struct life_line *line) {
    return strcmp(line->kind, "plant_built") == 0 || strcmp(line->kind, "plant_replaced") == 0;
}

static struct life_line once(int payer, int payee, const char *kind, const char *formula, int i,
                             double year, double money) {
    return (struct life_line){payer, payee, kind,        formula, i,    year,
                              year,  money, (double)NAN, false,   false};
}

/* Tax saved by the interest of a loan, year by year. */
static void add_interest_shield(struct accounts *accounts, enum plan_case kind,
                                const struct life_line *built, double loan_money, double end_year) {
    const struct finance *f = &accounts->scenario->finance[built->payer];
    double pay_money = loan_money * finance_annuity_frac_year(f->loan_interest_frac, f->loan_year);
    double owed_money = loan_money;
    for (double year = built->first_year + 1.0; f->tax_frac > 0.0 && year <= end_year + apart_year;
         year += 1.0) {
        double interest_money = owed_money * f->loan_interest_frac;
        life_add(accounts, kind,
                 once(PARTY_STATE, built->payer, "tax_saved", "tax rate x interest paid",
                      built->instance, year, f->tax_frac * interest_money));
        owed_money -= pay_money - interest_money;
    }
}

static void add_loan(struct accounts *accounts, enum plan_case kind, struct life_line built) {
    const struct scenario *s = accounts->scenario;
    const struct finance *f = &s->finance[built.payer];
    double loan_money = f->loan_frac * built.money, begin_year = built.first_year;
    if (loan_money <= 0.0) {
        return;
    }
    double pay_money = loan_money * finance_annuity_frac_year(f->loan_interest_frac, f->loan_year);
    double end_year =
        begin_year + floor(fmin(f->loan_year, s->life_year - begin_year) + apart_year);
    life_add(accounts, kind,
             once(PARTY_LENDERS, built.payer, "loan", "share of what is built", built.instance,
                  begin_year, loan_money));
    struct life_line pays = once(built.payer, PARTY_LENDERS, "loan_paid", "annuity of the loan",
                                 built.instance, begin_year + 1.0, pay_money);
    pays.last_year = end_year;
    if (end_year >= begin_year + 1.0) {
        life_add(accounts, kind, pays);
    }
    add_interest_shield(accounts, kind, &built, loan_money, end_year);
    double left_year =
        begin_year + f->loan_year - end_year; /* a part of a year, or beyond the end */
    double rest_money = left_year > apart_year
                            ? pay_money * finance_present_ratio(f->loan_interest_frac, left_year)
                            : 0.0;
    life_add(accounts, kind,
             once(built.payer, PARTY_LENDERS, "loan_paid", "what is still owed", built.instance,
                  end_year, rest_money));
}

/* Depreciation of one plant while it is its payer's, and what its books hold when it goes. */
static void add_depreciation(struct accounts *accounts, enum plan_case kind, struct life_line built,
                             double each_year, double until_year) {
    double tax_frac = accounts->scenario->finance[built.payer].tax_frac;
    double written_year = floor(fmin(each_year, until_year - built.first_year) + apart_year);
    if (tax_frac <= 0.0) {
        return;
    }
    struct life_line saved = once(PARTY_STATE, built.payer, "tax_saved",
                                  "tax rate x depreciation, straight over its life", built.instance,
                                  built.first_year + 1.0, tax_frac * built.money / each_year);
    saved.last_year = built.first_year + written_year;
    if (written_year >= 1.0) {
        life_add(accounts, kind, saved);
    }
    double book_money = built.money * fmax(0.0, 1.0 - written_year / each_year);
    double off_year = fmin(built.first_year + each_year, until_year);
    life_add(accounts, kind,
             once(PARTY_STATE, built.payer, "tax_saved", "tax rate x what its books still hold",
                  built.instance, off_year, tax_frac * book_money));
}

/* What is bought at the end of a lease is written off over the years it has left. */
static void add_bought(struct accounts *accounts, enum plan_case kind, struct life_line bought) {
    double each_year = life_of_instance_year(accounts->scenario, bought.instance);
    double used_year = fmod(bought.first_year, each_year);
    double left_year = used_year > apart_year ? each_year - used_year : 0.0;
    if (left_year > apart_year && accounts->scenario->finance[bought.payer].given) {
        add_depreciation(accounts, kind, bought, left_year, accounts->scenario->life_year);
    }
}

/* What is paid between a plant's user and its owner is gain of one and cost of the other. */
static void add_lease_tax(struct accounts *accounts, enum plan_case kind, int party,
                          struct life_line line) {
    double tax_frac = accounts->scenario->finance[party].tax_frac;
    bool capital = strcmp(line.kind, "plant_financed") == 0 ||
                   (strcmp(line.kind, "plant_bought") == 0 && line.payer == party);
    double gain_money = capital ? 0.0 : life_sign(&line, party) * line.money;
    line.payer = party;
    line.payee = PARTY_STATE;
    line.kind = "income_tax";
    line.formula = "tax rate x what is paid for plant of a third party";
    line.money = tax_frac * gain_money;
    line.quantity_kwh = (double)NAN;
    life_add(accounts, kind, line);
}

/* Tax on what a party has of each typical year, and on what its plant is worth at the end. */
static void add_tax(struct accounts *accounts, enum plan_case kind, int party, int lines) {
    const struct life *life = accounts->life;
    const struct scenario *s = accounts->scenario;
    double gain_money_year = 0.0, tax_frac = s->finance[party].tax_frac;
    for (int n = 0; n < lines; n++) {
        const struct life_line *line = &life->lines[kind][n];
        if (line->planned && line->first_year == 1.0) {
            gain_money_year += life_sign(line, party) * line->money;
        }
        if (line->grown && life_sign(line, party) != 0.0) {
            life_add(accounts, kind,
                     once(party, PARTY_STATE, "income_tax", "tax rate x what grown prices leave",
                          line->instance, line->first_year,
                          tax_frac * life_sign(line, party) * line->money));
        }
        if (lease_is_line(line)) {
            add_lease_tax(accounts, kind, party, *line);
        }
        if (strcmp(line->kind, "plant_left") == 0 && line->payee == party) {
            life_add(accounts, kind,
                     once(party, PARTY_STATE, "income_tax", "tax rate x what the plant is worth",
                          line->instance, line->first_year, tax_frac * line->money));
        }
    }
    struct life_line tax =
        once(party, PARTY_STATE, "income_tax", "tax rate x what the typical year leaves", -1, 1.0,
             tax_frac * gain_money_year);
    tax.last_year = s->life_year;
    life_add_yearly(accounts, kind, tax);
}

/* ---- grants and credits ---- */

/* NaN: nobody said when the data centre begins. */
static double start_day(const struct scenario *s) {
    return site_fact_value(s, keys_find("site", "start_date"));
}

static double invested_money(const struct accounts *accounts, enum plan_case kind, int lines,
                             const struct incentive *one) {
    double money = 0.0;
    for (int n = 0; n < lines; n++) {
        const struct life_line *line = &accounts->life->lines[kind][n];
        double until_year = 0.0;
        int payer = lease_payer(accounts->scenario, line, &until_year);
        bool his = one->instance < 0 ? payer == (int)one->to : line->instance == one->instance;
        money += strcmp(line->kind, "plant_built") == 0 && his ? line->money : 0.0;
    }
    return money;
}

static void add_incentive(struct accounts *accounts, enum plan_case kind, int lines,
                          const struct incentive *one) {
    const struct scenario *s = accounts->scenario;
    double day = start_day(s);
    if (one->ends_day >= 0 && day > (double)one->ends_day) {
        accounts->life->incentives_lapsed += kind == CASE_TOGETHER ? 1 : 0;
        return;
    }
    accounts->life->incentives_unsure |= one->ends_day >= 0 && isnan(day);
    struct life_line line = once((int)one->from, (int)one->to, "incentive", one->name,
                                 one->instance, one->first_year, 0.0);
    if (!isnan(one->money_kwh)) {
        line.quantity_kwh = accounts->metrics[kind].heat_delivered_kwh_year;
        line.money = one->money_kwh * line.quantity_kwh;
        line.first_year = fmax(1.0, ceil(one->first_year));
        line.last_year = fmin(one->last_year, s->life_year);
        life_add_yearly(accounts, kind, line);
        return;
    }
    double built_money = invested_money(accounts, kind, lines, one);
    bool booked = one->instance >= 0 ? built_money > 0.0 : kind == CASE_TOGETHER;
    line.money =
        !isnan(one->invest_frac) ? one->invest_frac * built_money : (booked ? one->money : 0.0);
    line.money = isnan(one->most_money) ? line.money : fmin(line.money, one->most_money);
    line.first_year = line.last_year = fmin(one->first_year, s->life_year);
    life_add(accounts, kind, line);
}

void life_add_lending(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    const struct life *life = accounts->life;
    int lines = life->lines_count[kind];
    for (int n = 0; n < lines; n++) {
        struct life_line line = life->lines[kind][n];
        double until_year = s->life_year;
        if (is_built(&line)) {
            line.payer = lease_payer(s, &line, &until_year);
        }
        if (is_built(&line) && s->finance[line.payer].given) {
            add_loan(accounts, kind, line);
            add_depreciation(accounts, kind, line, life_of_instance_year(s, line.instance),
                             until_year);
        } else if (strcmp(line.kind, "plant_bought") == 0) {
            add_bought(accounts, kind, line);
        }
    }
    for (int party = 0; party < PARTY_COUNT; party++) {
        if (s->finance[party].given && s->finance[party].tax_frac > 0.0) {
            add_tax(accounts, kind, party, lines);
        }
    }
    for (int k = 0; k < s->incentives_count; k++) {
        add_incentive(accounts, kind, lines, &s->incentives[k]);
    }
}
