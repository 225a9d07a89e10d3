/* Plant of a third party: it pays for plant when it is built and each time again, owns and depreciates it, and is paid for
   its use by who runs it. Booked beside what the optimum weighed, so that the payments between user and supplier stay:

     plant_financed  owner -> user, what the plant costs, when it costs it
     upkeep_taken    owner -> user, its upkeep of each year
     lease_paid      user -> owner, each year of the term: as given by the year, by the kWh or as a share of what the user
                     saves against apart; else the sum at which the owner earns just the rate it asks for, after tax
     plant_handed    user -> owner, at the end of the plan's life: what the plant is worth then
     plant_bought    user -> owner, where the term ends before: the agreed share of that worth

   REopt: third_party_ownership, the payment at which the owner's net present value is zero. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "accounts/life.h"
#include "base/series.h"

static const double apart_year = 1e-6;

/* ---- what others ask ---- */

static const struct lease *lease_of(const struct scenario *s, int instance) {
    for (int k = 0; k < s->leases_count; k++) {
        if (s->leases[k].instance == instance) {
            return &s->leases[k];
        }
    }
    return NULL;
}

static double end_year(const struct scenario *s, const struct lease *lease) {
    return fmin(lease->term_year, s->life_year);
}

static bool ends_before(const struct scenario *s, const struct lease *lease) {
    return lease->term_year < s->life_year - apart_year;
}

int lease_payer(const struct scenario *s, const struct life_line *built, double *ret_until_year) {
    const struct lease *lease = built->instance >= 0 ? lease_of(s, built->instance) : NULL;
    bool owned = lease && built->first_year < end_year(s, lease) - apart_year;
    *ret_until_year = owned ? end_year(s, lease) : s->life_year;
    return owned ? (int)lease->by : built->payer;
}

bool lease_is_line(const struct life_line *line) {
    static const char *const kinds[] = {"plant_financed", "upkeep_taken", "lease_paid",
                                        "plant_handed", "plant_bought"};
    for (int k = 0; k < COUNT(kinds); k++) {
        if (strcmp(kinds[k], line->kind) == 0) {
            return true;
        }
    }
    return false;
}

/* ---- capital and upkeep ---- */

static struct life_line line_of(const struct scenario *s, const struct lease *lease,
                                const char *kind, const char *formula, double year, double money) {
    return (struct life_line){(int)lease->by,
                              (int)s->instances[lease->instance].owner,
                              kind,
                              formula,
                              lease->instance,
                              year,
                              year,
                              money,
                              (double)NAN,
                              false,
                              false};
}

static void turn(struct life_line *line) {
    int payer = line->payer;
    line->payer = line->payee;
    line->payee = payer;
}

/* Each year of the term; at the end of the plan's life the last part of a year, too. */
static void add_years(struct accounts *accounts, enum plan_case kind, const struct lease *lease,
                      struct life_line line) {
    const struct scenario *s = accounts->scenario;
    line.first_year = 1.0;
    line.last_year = ends_before(s, lease) ? floor(lease->term_year + apart_year) : s->life_year;
    life_add_yearly(accounts, kind, line);
}

static void add_upkeep(struct accounts *accounts, enum plan_case kind, const struct lease *lease) {
    const struct scenario *s = accounts->scenario;
    double growth_frac = s->growth_given ? growth_value(s, "upkeep_frac_year") : 0.0;
    double money = accounts->plan->cases[kind].flow[lease->instance].fixed_money / s->year_frac;
    struct life_line line =
        line_of(s, lease, "upkeep_taken", "upkeep of the plant, its owner's", 1.0, money);
    add_years(accounts, kind, lease, line);
    int whole_years = (int)floor(end_year(s, lease) + apart_year);
    for (int y = 1; growth_frac != 0.0 && y <= whole_years; y++) {
        line.formula = "growth of its price since the plan";
        line.first_year = line.last_year = y;
        line.money = money * (pow(1.0 + growth_frac, y) - 1.0);
        life_add(accounts, kind, line);
    }
}

static void add_capital(struct accounts *accounts, enum plan_case kind, const struct lease *lease,
                        double invest_money) {
    const struct scenario *s = accounts->scenario;
    double each_year = life_of_instance_year(s, lease->instance), until_year = end_year(s, lease);
    double last_year = 0.0;
    for (int n = 0; n * each_year < until_year - apart_year; n++) {
        last_year = n * each_year;
        life_add(accounts, kind,
                 line_of(s, lease, "plant_financed", "what the plant costs, paid for its user",
                         last_year, invest_money));
    }
    bool bought = ends_before(s, lease);
    double left_year = last_year + each_year - until_year;
    double worth_money = left_year > apart_year
                             ? invest_money *
                                   finance_annuity_frac_year(s->discount_frac, each_year) *
                                   finance_present_ratio(s->discount_frac, left_year)
                             : 0.0;
    struct life_line end =
        line_of(s, lease, bought ? "plant_bought" : "plant_handed",
                bought ? "agreed share of what the plant is worth at the end of the term"
                       : "what the plant is worth at the end, its owner's",
                until_year, worth_money * (bought ? lease->bought_frac : 1.0));
    turn(&end);
    life_add(accounts, kind, end);
}

void life_add_leases(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    for (int k = 0; k < s->leases_count; k++) {
        const struct lease *lease = &s->leases[k];
        const struct flow *flow = &accounts->plan->cases[kind].flow[lease->instance];
        if (flow->included && flow->investment_money > 0.0) {
            add_capital(accounts, kind, lease, flow->investment_money);
            if (lease->upkeep) {
                add_upkeep(accounts, kind, lease);
            }
        }
    }
}

/* ---- what is paid for it ---- */

/* What the plant's owner has of it so far, at its own rate. */
static double owner_npv_money(const struct accounts *accounts, enum plan_case kind,
                              const struct lease *lease, int from_line) {
    const struct life *life = accounts->life;
    double own_frac = accounts->scenario->finance[lease->by].discount_frac;
    own_frac = isnan(own_frac) ? accounts->scenario->discount_frac : own_frac;
    struct sum sum = {0, 0};
    for (int n = from_line; n < life->lines_count[kind]; n++) {
        const struct life_line *line = &life->lines[kind][n];
        double sign = line->planned || line->instance != lease->instance
                          ? 0.0
                          : life_sign(line, (int)lease->by);
        if (sign != 0.0) {
            sum_add(&sum, sign * life_line_npv_money(line, own_frac, 0.0, HUGE_VAL));
        }
    }
    return sum_value(&sum);
}

/* A payment of each year, with the taxes on it. */
static void add_payment(struct accounts *accounts, enum plan_case kind, const struct lease *lease,
                        double money_year, double kwh_year) {
    const struct scenario *s = accounts->scenario;
    struct life_line line =
        line_of(s, lease, "lease_paid", "for the use of the plant", 1.0, money_year);
    turn(&line);
    line.quantity_kwh = kwh_year;
    add_years(accounts, kind, lease, line);
    const int parties[] = {line.payer, line.payee};
    for (int k = 0; k < COUNT(parties); k++) {
        double tax_frac = s->finance[parties[k]].given ? s->finance[parties[k]].tax_frac : 0.0;
        struct life_line tax = {parties[k],
                                PARTY_STATE,
                                "income_tax",
                                "tax rate x what is paid for the use of plant",
                                lease->instance,
                                1.0,
                                1.0,
                                life_sign(&line, parties[k]) * tax_frac * money_year,
                                (double)NAN,
                                false,
                                false};
        add_years(accounts, kind, lease, tax);
    }
}

/* What its user has more in a year together than apart, before paying for this plant. */
static double saved_money_year(const struct accounts *accounts, const struct lease *lease) {
    const struct scenario *s = accounts->scenario;
    int user = s->instances[lease->instance].owner;
    const struct ledger *together = &accounts->ledger[CASE_TOGETHER];
    double money =
        together->net_money_year[user] - accounts->ledger[CASE_APART].net_money_year[user];
    for (int k = 0; k < together->transfers_count; k++) {
        const struct transfer *t = &together->transfers[k];
        bool taken = strcmp(t->kind, "plant_capital") == 0 ||
                     (lease->upkeep && strcmp(t->kind, "plant_fixed") == 0);
        money += t->instance == lease->instance && taken ? t->money_year : 0.0;
    }
    return fmax(0.0, money);
}

static double payment_money_year(struct accounts *accounts, enum plan_case kind,
                                 const struct lease *lease, double kwh_year) {
    if (!isnan(lease->money_year)) {
        return lease->money_year;
    }
    if (!isnan(lease->money_kwh)) {
        return lease->money_kwh * kwh_year;
    }
    if (!isnan(lease->savings_frac)) {
        return lease->savings_frac * saved_money_year(accounts, lease);
    }
    int count = accounts->life->lines_count[kind];
    double has_money = owner_npv_money(accounts, kind, lease, 0);
    add_payment(accounts, kind, lease, 1.0, kwh_year);
    double unit_money = owner_npv_money(accounts, kind, lease, count);
    accounts->life->lines_count[kind] = count;
    return -has_money / unit_money;
}

void life_add_lease_payments(struct accounts *accounts, enum plan_case kind) {
    const struct scenario *s = accounts->scenario;
    for (int k = 0; k < s->leases_count; k++) {
        const struct lease *lease = &s->leases[k];
        const struct flow *flow = &accounts->plan->cases[kind].flow[lease->instance];
        struct lease_account *one = &accounts->life->lease[k];
        if (!flow->included || !(flow->investment_money > 0.0)) {
            continue;
        }
        int port = life_product_port(s->instances[lease->instance].kind);
        double kwh_year = port >= 0 ? account_port_year(accounts->plan, kind, lease->instance, port)
                                    : (double)NAN;
        double money_year = payment_money_year(accounts, kind, lease, kwh_year);
        add_payment(accounts, kind, lease, money_year, kwh_year);
        if (kind == CASE_TOGETHER) {
            *one = (struct lease_account){flow->investment_money, money_year,
                                          kwh_year > 0.0 ? money_year / kwh_year : (double)NAN,
                                          owner_npv_money(accounts, kind, lease, 0)};
            accounts->life->leased_money_year += money_year;
        }
    }
}
