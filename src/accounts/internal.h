/* What the files of accounts/ share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_INTERNAL_H
#define ACCOUNTS_INTERNAL_H

#include "accounts/accounts.h"

/* Sum of a flow over the horizon, scaled to a year: kWh (a WATER port: m3). port < 0 or not there:
   0. */
double account_port_year(const struct plan *plan, enum plan_case kind, int instance, int port);
double account_named_port_year(const struct plan *plan, enum plan_case kind, int instance,
                               const char *port);
/* Money of buying what an instance takes at its port (electricity by its share of the meter's bill,
   fuel and water at the supply's price), per year. energy and demand parts apart. */
struct purchase {
    double energy_money_year, demand_money_year, quantity_year, carbon_kg_year,
        carbon_marginal_kg_year;
};
struct purchase account_purchase(const struct plan *plan, enum plan_case kind, int instance,
                                 int port);
/* Heat that reached the town out of the data centre, by way of heat pump or exchanger and network,
   per year. */
double account_recovered_delivered_kwh_year(const struct plan *plan, enum plan_case kind);
/* Does this instance belong to the making and moving of the town's heat? */
bool account_is_heat_plant(const struct scenario *scenario, int instance);

enum status account_ledger(struct accounts *accounts, enum plan_case kind,
                           struct arena *arena) MUST_CHECK;
enum status account_contract(struct accounts *accounts, struct arena *arena) MUST_CHECK;
enum status account_change(struct accounts *accounts, struct arena *arena) MUST_CHECK;
void account_net(struct ledger *ledger);
void account_add_transfer(struct ledger *ledger,
                          struct transfer transfer); /* negative amounts turn around */
void account_metrics(struct accounts *accounts, enum plan_case kind);
enum status account_reasons(struct accounts *accounts, struct arena *arena) MUST_CHECK;
enum status account_rules(struct accounts *accounts, struct arena *arena) MUST_CHECK;
enum status account_finding(struct accounts *accounts, struct arena *arena) MUST_CHECK;

/* Numbers in words for sentences: three digits, thousands "k", millions "M", in the scenario's
   currency. */
const char *words_money(struct arena *arena, const struct scenario *scenario, double money);
const char *words_number(struct arena *arena, double value, int digits);
const char *words_power(struct arena *arena, double power_kw);   /* "1.6 MW" */
const char *words_share(struct arena *arena, double share_frac); /* "three quarters", "4 %" */

#endif
