/* Double entry: every payment has a payer and a payee, and the sum over all parties is zero. What
   remains are real resources and outside costs, borne by the party that produces them: power and
   fuel at the energy price they are sold for, plant at its cost, heat that stays away at its price,
   carbon at its shadow price. Demand and fixed charges pay for networks that stand already: a
   transfer without a resource. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "accounts/agreement.h"
#include "accounts/internal.h"
#include "base/series.h"
#include "base/units.h"

enum { RESOURCES_MAX = 2 * PARTY_COUNT };

void account_add_transfer(struct ledger *ledger, struct transfer transfer) {
    if (transfer.money_year == 0.0 || transfer.payer == transfer.payee) {
        return;
    }
    assert(ledger->transfers_count < ledger->transfers_most);
    if (transfer.money_year < 0.0) {
        enum party payer = transfer.payer;
        transfer.payer = transfer.payee;
        transfer.payee = payer;
        transfer.money_year = -transfer.money_year;
    }
    ledger->transfers[ledger->transfers_count++] = transfer;
}

void account_add_resource(struct ledger *ledger, enum party party, const char *kind,
                          double money_year) {
    for (int r = 0; r < ledger->resources_count; r++) {
        if (ledger->resources[r].party == party && strcmp(ledger->resources[r].kind, kind) == 0) {
            ledger->resources[r].money_year += money_year;
            return;
        }
    }
    if (money_year != 0.0) {
        assert(ledger->resources_count < RESOURCES_MAX);
        struct resource resource = {party, kind, money_year};
        ledger->resources[ledger->resources_count++] = resource;
    }
}

void account_net(struct ledger *ledger) {
    struct sum net[PARTY_COUNT] = {{0, 0}}, all = {0, 0};
    for (int k = 0; k < ledger->transfers_count; k++) {
        const struct transfer *transfer = &ledger->transfers[k];
        sum_add(&net[transfer->payer], -transfer->money_year);
        sum_add(&net[transfer->payee], transfer->money_year);
    }
    for (int party = 0; party < PARTY_COUNT; party++) {
        sum_add(&all, sum_value(&net[party]));
    }
    ledger->sum_money_year = sum_value(&all);
    for (int r = 0; r < ledger->resources_count; r++) {
        sum_add(&net[ledger->resources[r].party], -ledger->resources[r].money_year);
    }
    for (int party = 0; party < PARTY_COUNT; party++) {
        ledger->net_money_year[party] = sum_value(&net[party]);
    }
}

static void add_bill(struct accounts *accounts, enum plan_case kind, const struct meter *meter) {
    const struct scenario *scenario = accounts->scenario;
    const struct flow *grid = &accounts->plan->cases[kind].flow[meter->grid];
    struct ledger *ledger = &accounts->ledger[kind];
    double to_year = 1.0 / scenario->year_frac;
    double certified_money = account_certified_money(accounts, kind, meter->grid);
    struct transfer bill = {
        meter->party,
        PARTY_ELECTRIC_UTILITY,
        "electricity_energy",
        "Power, energy",
        NULL,
        (grid->running_money - certified_money) * to_year,
        account_port_year(accounts->plan, kind, meter->grid,
                          scenario->instances[meter->grid].kind->reference_port),
        meter->grid};
    account_add_transfer(ledger, bill);
    bill.kind = "electricity_demand";
    bill.what = "Power, demand and fixed charges";
    bill.quantity_kwh = (double)NAN;
    double least_money = plan_least_money(grid);
    bill.money_year = (grid->demand_money + grid->fixed_money - least_money) * to_year;
    account_add_transfer(ledger, bill);
    bill.kind = "electricity_minimum";
    bill.what = "Power paid for and not taken";
    bill.money_year = least_money * to_year;
    account_add_transfer(ledger, bill);
    bill.kind = "electricity_connection";
    bill.what = "Power, connection built";
    bill.money_year = grid->capital_money * to_year;
    account_add_transfer(ledger, bill);
    account_add_resource(ledger, PARTY_ELECTRIC_UTILITY, "grid_built", bill.money_year);
    bill.kind = "curtailment_paid";
    bill.what = "Right to curtail, and its calls";
    bill.money_year = -grid->called_money * to_year;
    account_add_transfer(ledger, bill);
    bill.payee = PARTY_SUPPLIERS;
    bill.kind = "certificates";
    bill.what = "Certificates of origin";
    bill.money_year = certified_money * to_year;
    account_add_transfer(ledger, bill);
    account_add_resource(ledger, PARTY_SUPPLIERS, "power_by_contract", bill.money_year);
    bill.payee = PARTY_STATE;
    bill.kind = "sales_tax";
    bill.what = "Tax on energy";
    bill.money_year = grid->tax_money * to_year;
    account_add_transfer(ledger, bill);
    account_add_resource(ledger, PARTY_ELECTRIC_UTILITY, "power_generated",
                         (grid->running_money - certified_money) * to_year);
}

/* The meter's party pays the bill; who else draws on the meter pays it his share, and who else feeds it is paid. */
static void add_meter(struct accounts *accounts, enum plan_case kind, const struct meter *meter) {
    const struct scenario *scenario = accounts->scenario;
    struct ledger *ledger = &accounts->ledger[kind];
    if (!accounts->plan->cases[kind].flow[meter->grid].included) {
        return;
    }
    add_bill(accounts, kind, meter);
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        for (int p = 0; p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] != meter->bus || instance->owner == meter->party ||
                i == meter->grid) {
                continue;
            }
            struct purchase bought = account_purchase(accounts, kind, i, p);
            struct purchase fed = account_feed_in(accounts, kind, i, p);
            struct transfer share = {instance->owner,
                                     meter->party,
                                     "power_resold",
                                     "Power on another's meter",
                                     NULL,
                                     account_purchase_money_year(&bought),
                                     bought.quantity_year,
                                     i};
            struct transfer paid = {meter->party,
                                    instance->owner,
                                    "power_fed_in",
                                    "Power fed into another's meter",
                                    NULL,
                                    fed.energy_money_year,
                                    fed.quantity_year,
                                    i};
            account_add_transfer(ledger, share);
            account_add_transfer(ledger, paid);
        }
    }
}

/* Fuel and water are bought by who burns and uses them; carbon that has a price is paid by who
   emits. */
static void add_purchases(struct accounts *accounts, enum plan_case kind, int i) {
    const struct plan *plan = accounts->plan;
    const struct instance *instance = &plan->scenario->instances[i];
    struct ledger *ledger = &accounts->ledger[kind];
    for (int p = 0; p < instance->kind->ports_count; p++) {
        enum carrier carrier = instance->kind->ports[p].carrier;
        if (instance->kind->ports[p].direction != FLOWS_IN ||
            (carrier != CARRIER_FUEL && carrier != CARRIER_WATER)) {
            continue;
        }
        struct purchase bought = account_purchase(accounts, kind, i, p);
        bool fuel = carrier == CARRIER_FUEL;
        struct transfer pays = {instance->owner,
                                fuel ? PARTY_FUEL_SUPPLIER : PARTY_WATER_UTILITY,
                                fuel ? "fuel" : "water",
                                fuel ? "Gas" : "Water",
                                NULL,
                                bought.energy_money_year,
                                bought.quantity_year,
                                i};
        account_add_transfer(ledger, pays);
        account_add_resource(ledger, pays.payee, fuel ? "fuel_extracted" : "water_supplied",
                             bought.energy_money_year);
        struct transfer tax = {instance->owner,
                               PARTY_STATE,
                               "sales_tax",
                               "Tax on energy",
                               NULL,
                               bought.tax_money_year,
                               (double)NAN,
                               i};
        account_add_transfer(ledger, tax);
        struct transfer carbon = {instance->owner,
                                  PARTY_STATE,
                                  "carbon_paid",
                                  "Carbon price paid",
                                  NULL,
                                  plan->scenario->carbon_paid_money_kg *
                                      bought.carbon_marginal_kg_year,
                                  (double)NAN,
                                  i};
        account_add_transfer(ledger, carbon);
    }
}

/* Power bought by contract: the generator is paid for what it makes; the utility takes what is used off the bill and pays for
   the surplus as a market does. For difference the generator hands over what the market pays for all of it. */
static void add_agreement(struct accounts *accounts, enum plan_case kind, int i) {
    enum party owner = accounts->scenario->instances[i].owner;
    struct ledger *ledger = &accounts->ledger[kind];
    struct agreement sums = account_agreement(accounts, kind, i);
    enum party buyer = sums.for_difference ? PARTY_SUPPLIERS : PARTY_ELECTRIC_UTILITY;
    double sold_kwh = sums.made_kwh_year - sums.used_kwh_year;
    const struct transfer parts[] = {{owner, PARTY_SUPPLIERS, "ppa_power", "Power by contract",
                                      NULL, sums.made_money_year, sums.made_kwh_year, i},
                                     {PARTY_ELECTRIC_UTILITY, owner, "ppa_credit",
                                      "Power by contract, taken off the bill", NULL,
                                      sums.credit_money_year, sums.used_kwh_year, i},
                                     {buyer, owner, "ppa_sold", "Power by contract, sold on", NULL,
                                      sums.sold_money_year, sold_kwh, i}};
    for (int k = 0; k < COUNT(parts); k++) {
        account_add_transfer(ledger, parts[k]);
    }
    account_add_resource(ledger, PARTY_SUPPLIERS, "power_by_contract", sums.made_money_year);
    account_add_resource(ledger, PARTY_ELECTRIC_UTILITY, "power_generated",
                         -sums.credit_money_year);
    account_add_resource(ledger, buyer, "power_generated", -sums.sold_money_year);
}

static void add_plant(struct accounts *accounts, enum plan_case kind, int i) {
    const struct plan *plan = accounts->plan;
    const struct instance *instance = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[kind].flow[i];
    struct ledger *ledger = &accounts->ledger[kind];
    double to_year = 1.0 / plan->scenario->year_frac;
    if (plan_is_grid(instance->kind)) {
        return; /* its bill says it all */
    }
    if (instance->kind->contract) {
        add_agreement(accounts, kind, i);
        return;
    }
    bool load = instance->kind->shape == SHAPE_LOAD;
    if (load) { /* nobody is paid for heat that stays away */
        account_add_resource(ledger, instance->owner, "heat_not_served",
                             flow->running_money * to_year);
        if (flow->capital_money <= 0.0 && flow->fixed_money <= 0.0) {
            return;
        }
    }
    const struct {
        const char *kind, *what;
        double money;
    } parts[] = {{"plant_capital", "Plant, capital", flow->capital_money},
                 {"plant_fixed", "Plant, kept", flow->fixed_money},
                 {"plant_running", "Plant, running", flow->running_money}};
    for (int k = 0; k < COUNT(parts) - (load || account_sells(instance->kind) ? 1 : 0); k++) {
        struct transfer pays = {instance->owner,
                                PARTY_SUPPLIERS,
                                parts[k].kind,
                                parts[k].what,
                                NULL,
                                parts[k].money * to_year,
                                (double)NAN,
                                i};
        account_add_transfer(ledger, pays);
        account_add_resource(ledger, PARTY_SUPPLIERS, "plant_built", pays.money_year);
    }
    if (account_sells(instance->kind)) {
        return; /* who burns it pays for what he sends into the air */
    }
    struct transfer carbon = {instance->owner,
                              PARTY_STATE,
                              "carbon_paid",
                              "Carbon price paid",
                              NULL,
                              plan->scenario->carbon_paid_money_kg * flow->carbon_marginal_kg *
                                  to_year,
                              (double)NAN,
                              i};
    account_add_transfer(ledger, carbon);
}

/* A meter has seven lines; a port at most one purchase or resale, one feed-in, one tax, one carbon price; an instance
   three parts, its carbon and its heat sold; the contract two. */
static int transfers_most(const struct scenario *scenario) {
    int most = 7 * scenario->meters_count + 2;
    for (int i = 0; i < scenario->instances_count; i++) {
        most += 5 + 4 * scenario->instances[i].kind->ports_count;
    }
    return most;
}

enum status account_ledger(struct accounts *accounts, enum plan_case kind, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct scenario *scenario = plan->scenario;
    struct ledger *ledger = &accounts->ledger[kind];
    ledger->transfers_most = transfers_most(scenario);
    ledger->transfers = ARENA_TAKE(arena, struct transfer, ledger->transfers_most);
    ledger->resources = ARENA_TAKE(arena, struct resource, RESOURCES_MAX);
    if (!ledger->transfers || !ledger->resources) {
        return STATUS_NO_MEMORY;
    }
    double carbon_kg = 0.0;
    for (int m = 0; m < scenario->meters_count; m++) {
        add_meter(accounts, kind, &scenario->meters[m]);
    }
    for (int i = 0; i < scenario->instances_count; i++) {
        if (plan->cases[kind].flow[i].included) {
            add_purchases(accounts, kind, i);
            add_plant(accounts, kind, i);
            carbon_kg += plan->cases[kind].flow[i].carbon_marginal_kg / scenario->year_frac;
        }
    }
    account_add_resource(ledger, PARTY_SOCIETY, "carbon_damage",
                         scenario->carbon_shadow_money_kg * carbon_kg);
    account_net(ledger);
    return STATUS_OK;
}
