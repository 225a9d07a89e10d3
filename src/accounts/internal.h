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
/* Does it sell energy or water for the outside (grid, fuel, water)? */
bool account_sells(const struct component *kind);

/* purchase.c: what is taken from and given to the buses that have a seller. */
struct pool {
    int seller; /* instance; -1: none, and no arrays */
    double *taken_kw, *given_kw,
        *foreign_kw; /* by step of the horizon, the seller apart; foreign: given by others
                                                   than the seller's party */
};
enum status account_pools(struct accounts *accounts, enum plan_case kind,
                          struct arena *arena) MUST_CHECK;
/* What an instance's taking at a port costs (its share of the seller's bill, taxes, and of what the meter's party pays
   to those who feed its meter), per year. */
struct purchase {
    double energy_money_year, local_money_year, demand_money_year, tax_money_year, quantity_year,
        carbon_kg_year, carbon_marginal_kg_year, grid_kwh_year; /* grid: of the seller's own */
};
struct purchase account_purchase(const struct accounts *accounts, enum plan_case kind, int instance,
                                 int port);
double account_purchase_money_year(const struct purchase *bought); /* all four */
/* What an instance's power is worth that it feeds into a meter: energy_money_year and quantity_year. */
struct purchase account_feed_in(const struct accounts *accounts, enum plan_case kind, int instance,
                                int port);
/* Heat that reached the town out of the data centre, by way of heat pump or exchanger and network,
   per year. */
double account_recovered_delivered_kwh_year(const struct plan *plan, enum plan_case kind);
/* What the town needs, per year. */
double account_demand_kwh_year(const struct plan *plan, enum plan_case kind);
/* All heat that the customers get from others' plant under the contract: through the network or straight from plant
   that is not theirs, existing producers of the town apart. */
double account_sold_kwh_year(const struct plan *plan, enum plan_case kind);
/* Does this instance belong to the making and moving of the town's heat? */
bool account_is_heat_plant(const struct scenario *scenario, int instance);

/* cold.c: the same of the town's chilled water. */
bool account_is_cold_plant(const struct scenario *scenario, int instance);
double account_cold_demand_kwh_year(const struct plan *plan, enum plan_case kind);
double account_cold_recovered_kwh_year(const struct plan *plan, enum plan_case kind);
double account_cold_recovered_frac(const struct plan *plan, enum plan_case kind, int instance);
double account_cold_sold_kwh_year(const struct plan *plan, enum plan_case kind);
double account_cold_avoided_money_year(const struct plan *plan);
void account_cold_metrics(struct metrics *m, const struct accounts *accounts, enum plan_case kind,
                          double hall_money_year);

/* All that an instance costs its owner in a year: plant and the energy it buys. */
double account_instance_cost_money_year(const struct accounts *accounts, enum plan_case kind,
                                        int instance);

enum status account_ledger(struct accounts *accounts, enum plan_case kind,
                           struct arena *arena) MUST_CHECK;
enum status account_contract(struct accounts *accounts, struct arena *arena) MUST_CHECK;
enum status account_change(struct accounts *accounts, struct arena *arena) MUST_CHECK;
void account_net(struct ledger *ledger);
void account_add_transfer(struct ledger *ledger,
                          struct transfer transfer); /* negative amounts turn around */
void account_add_resource(struct ledger *ledger, enum party party, const char *kind,
                          double money_year);
void account_metrics(struct accounts *accounts, enum plan_case kind);
/* metrics_carbon.c: behind account_metrics */
enum status account_carbon_free(struct accounts *accounts, enum plan_case kind,
                                struct arena *arena) MUST_CHECK;
/* metrics_hall.c: adds a hall's sums; the ratios that follow from them. */
void account_hall(struct accounts *accounts, enum plan_case kind, const struct hall *hall);
void account_hall_ratios(struct metrics *metrics);
/* Transfers cancel, the objective is what leaves its parties, carbon and water are attributed whole: AUDIT_FAILED where
   one does not close. */
enum status account_audit(const struct accounts *accounts) MUST_CHECK;
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
