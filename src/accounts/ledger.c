/* Double entry: every payment has a payer and a payee, and the sum over all parties is zero. What
   remains are real resources and outside costs, borne by the party that produces them: power and
   fuel at the energy price they are sold for, plant at its cost, carbon at its shadow price. Demand
   and fixed charges pay for networks that stand already: a transfer without a resource. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "accounts/internal.h"
#include "base/series.h"
#include "base/units.h"

enum { TRANSFERS_MAX = 600, RESOURCES_MAX = 60 };

double account_port_year(const struct plan *plan, enum plan_case kind, int instance, int port) {
    const struct flow *flow = &plan->cases[kind].flow[instance];
    if (port < 0 || !flow->included || !flow->port_kw[port]) {
        return 0.0;
    }
    double sum_kw = series_sum(flow->port_kw[port], plan->hours->horizon_count);
    return units_energy_kwh(sum_kw, plan->hours->step_h, 1.0) / plan->scenario->year_frac;
}

double account_named_port_year(const struct plan *plan, enum plan_case kind, int instance,
                               const char *port) {
    return account_port_year(plan, kind, instance,
                             component_port(plan->scenario->instances[instance].kind, port));
}

/* The instance that sells on a bus: the grid of a meter, the supply of a fuel or of water. -1:
   none. */
static int seller_on(const struct plan *plan, enum plan_case kind, int bus) {
    const struct scenario *scenario = plan->scenario;
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const char *name = instance->kind->name;
        bool sells = strcmp(name, "grid") == 0 || strcmp(name, "fuel_supply") == 0 ||
                     strcmp(name, "water_supply") == 0;
        if (sells && plan->cases[kind].flow[i].included &&
            instance->port_bus[instance->kind->reference_port] == bus) {
            return i;
        }
    }
    return -1;
}

/* All that is taken from a bus in a step (stores count while they charge). */
static void taken_from(const struct plan *plan, enum plan_case kind, int bus, int t,
                       double *ret_kw) {
    const struct scenario *scenario = plan->scenario;
    struct sum sum = {0, 0};
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        const struct flow *flow = &plan->cases[kind].flow[i];
        for (int p = 0; flow->included && p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] == bus && flow->port_kw[p] &&
                instance->kind->ports[p].direction == FLOWS_IN) {
                sum_add(&sum, fmax(0.0, flow->port_kw[p][t]));
            }
        }
    }
    *ret_kw = sum_value(&sum);
}

/* Share of the month's demand charge that falls on an instance: its part of the bus's taking in the
   peak step. */
static double demand_share_money(const struct plan *plan, enum plan_case kind, int seller,
                                 int instance, int port) {
    const struct flow *grid = &plan->cases[kind].flow[seller];
    const struct flow *flow = &plan->cases[kind].flow[instance];
    const struct instance *it = &plan->scenario->instances[instance];
    if (!grid->peak_kw || grid->demand_money == 0.0) {
        return 0.0;
    }
    double total = 0.0, weight_sum = 0.0;
    double price[12] = {0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        int month = plan->hours->month[t];
        int days = calendar_days_in_month(month, plan->scenario->calendar.leap);
        price[month] +=
            grid->coefficients->demand_money_kw_month[month] * plan->hours->step_h / (24.0 * days);
    }
    for (int month = 0; month < 12; month++) {
        int peak_step = -1;
        for (int t = 0; t < plan->hours->horizon_count && grid->peak_kw[month] > 0.0; t++) {
            if (plan->hours->month[t] == month &&
                grid->rate_kw[0][t] >= grid->peak_kw[month] * (1.0 - 1e-12)) {
                peak_step = t;
                break;
            }
        }
        if (peak_step < 0) {
            continue;
        }
        double all_kw = 0.0;
        taken_from(plan, kind, it->port_bus[port], peak_step, &all_kw);
        double money = price[month] * grid->peak_kw[month];
        weight_sum += money;
        total += all_kw > 0.0 ? money * fmax(0.0, flow->port_kw[port][peak_step]) / all_kw : 0.0;
    }
    return weight_sum > 0.0 ? total * grid->demand_money / weight_sum : 0.0;
}

struct purchase account_purchase(const struct plan *plan, enum plan_case kind, int instance,
                                 int port) {
    struct purchase ret = {0, 0, 0, 0, 0};
    const struct instance *it = &plan->scenario->instances[instance];
    const struct flow *flow = &plan->cases[kind].flow[instance];
    int bus = port >= 0 ? it->port_bus[port] : -1;
    int seller =
        flow->included && bus >= 0 && flow->port_kw[port] ? seller_on(plan, kind, bus) : -1;
    if (seller < 0) {
        return ret;
    }
    const struct flow *sale = &plan->cases[kind].flow[seller];
    struct sum money = {0, 0}, quantity = {0, 0}, carbon = {0, 0}, marginal = {0, 0};
    for (int t = 0; t < plan->hours->horizon_count; t++) {
        double taken_kw = fmax(0.0, flow->port_kw[port][t]), all_kw = 0.0;
        sum_add(&quantity, taken_kw);
        if (taken_kw == 0.0) {
            continue;
        }
        taken_from(plan, kind, bus, t, &all_kw);
        for (int m = 0; m < sale->modes; m++) {
            const struct mode *mode = &sale->coefficients->mode[m];
            double share_kw = sale->rate_kw[m][t] * taken_kw / all_kw;
            sum_add(&money, mode->cost_money_kwh[t] * share_kw);
            sum_add(&carbon, mode->carbon_kgco2_kwh[t] * share_kw);
            sum_add(&marginal, mode->carbon_marginal_kgco2_kwh[t] * share_kw);
        }
    }
    double to_year = plan->hours->step_h / plan->scenario->year_frac;
    ret.energy_money_year = sum_value(&money) * to_year;
    ret.quantity_year = sum_value(&quantity) * to_year;
    ret.carbon_kg_year = sum_value(&carbon) * to_year;
    ret.carbon_marginal_kg_year = sum_value(&marginal) * to_year;
    ret.demand_money_year =
        demand_share_money(plan, kind, seller, instance, port) / plan->scenario->year_frac;
    return ret;
}

void account_add_transfer(struct ledger *ledger, struct transfer transfer) {
    if (transfer.money_year == 0.0 || ledger->transfers_count >= TRANSFERS_MAX ||
        transfer.payer == transfer.payee) {
        return;
    }
    if (transfer.money_year < 0.0) {
        enum party payer = transfer.payer;
        transfer.payer = transfer.payee;
        transfer.payee = payer;
        transfer.money_year = -transfer.money_year;
    }
    ledger->transfers[ledger->transfers_count++] = transfer;
}

static void add_resource(struct ledger *ledger, enum party party, const char *kind,
                         double money_year) {
    for (int r = 0; r < ledger->resources_count; r++) {
        if (ledger->resources[r].party == party && strcmp(ledger->resources[r].kind, kind) == 0) {
            ledger->resources[r].money_year += money_year;
            return;
        }
    }
    if (money_year != 0.0 && ledger->resources_count < RESOURCES_MAX) {
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

/* The meter's party pays the bill; who else draws on the meter pays it back its share. */
static void add_meter(struct accounts *accounts, enum plan_case kind, const struct meter *meter) {
    const struct plan *plan = accounts->plan;
    const struct scenario *scenario = plan->scenario;
    struct ledger *ledger = &accounts->ledger[kind];
    const struct flow *grid = &plan->cases[kind].flow[meter->grid];
    if (!grid->included) {
        return;
    }
    double to_year = 1.0 / scenario->year_frac;
    double kwh = account_port_year(plan, kind, meter->grid,
                                   scenario->instances[meter->grid].kind->reference_port);
    struct transfer bill = {meter->party,
                            PARTY_ELECTRIC_UTILITY,
                            "electricity_energy",
                            "Power, energy",
                            NULL,
                            grid->running_money * to_year,
                            kwh,
                            meter->grid};
    account_add_transfer(ledger, bill);
    bill.kind = "electricity_demand";
    bill.what = "Power, demand and fixed charges";
    bill.quantity_kwh = (double)NAN;
    bill.money_year = (grid->demand_money + grid->fixed_money) * to_year;
    account_add_transfer(ledger, bill);
    bill.payee = PARTY_STATE;
    bill.kind = "sales_tax";
    bill.what = "Tax on power";
    bill.money_year = scenario->sales_tax_frac *
                      (grid->running_money + grid->demand_money + grid->fixed_money) * to_year;
    account_add_transfer(ledger, bill);
    add_resource(ledger, PARTY_ELECTRIC_UTILITY, "power_generated", grid->running_money * to_year);
    for (int i = 0; i < scenario->instances_count; i++) {
        const struct instance *instance = &scenario->instances[i];
        for (int p = 0; p < instance->kind->ports_count; p++) {
            if (instance->port_bus[p] != meter->bus || instance->owner == meter->party ||
                instance->kind->ports[p].direction != FLOWS_IN || i == meter->grid) {
                continue;
            }
            struct purchase bought = account_purchase(plan, kind, i, p);
            struct transfer share = {instance->owner,
                                     meter->party,
                                     "power_resold",
                                     "Power on another's meter",
                                     NULL,
                                     (bought.energy_money_year + bought.demand_money_year) *
                                         (1.0 + scenario->sales_tax_frac),
                                     bought.quantity_year,
                                     i};
            account_add_transfer(ledger, share);
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
        struct purchase bought = account_purchase(plan, kind, i, p);
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
        add_resource(ledger, pays.payee, fuel ? "fuel_extracted" : "water_supplied",
                     bought.energy_money_year);
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

static bool sells_energy(const struct component *kind) {
    return strcmp(kind->name, "grid") == 0 || strcmp(kind->name, "fuel_supply") == 0 ||
           strcmp(kind->name, "water_supply") == 0;
}

static void add_plant(struct accounts *accounts, enum plan_case kind, int i) {
    const struct plan *plan = accounts->plan;
    const struct instance *instance = &plan->scenario->instances[i];
    const struct flow *flow = &plan->cases[kind].flow[i];
    struct ledger *ledger = &accounts->ledger[kind];
    double to_year = 1.0 / plan->scenario->year_frac;
    if (sells_energy(instance->kind)) {
        return;
    }
    const struct {
        const char *kind, *what;
        double money;
    } parts[] = {{"plant_capital", "Plant, capital", flow->capital_money},
                 {"plant_fixed", "Plant, kept", flow->fixed_money},
                 {"plant_running", "Plant, running", flow->running_money}};
    for (int k = 0; k < COUNT(parts); k++) {
        struct transfer pays = {instance->owner,
                                PARTY_SUPPLIERS,
                                parts[k].kind,
                                parts[k].what,
                                NULL,
                                parts[k].money * to_year,
                                (double)NAN,
                                i};
        account_add_transfer(ledger, pays);
        add_resource(ledger, PARTY_SUPPLIERS, "plant_built", pays.money_year);
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

enum status account_ledger(struct accounts *accounts, enum plan_case kind, struct arena *arena) {
    const struct plan *plan = accounts->plan;
    const struct scenario *scenario = plan->scenario;
    struct ledger *ledger = &accounts->ledger[kind];
    ledger->transfers = ARENA_TAKE(arena, struct transfer, TRANSFERS_MAX);
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
    add_resource(ledger, PARTY_SOCIETY, "carbon_damage",
                 scenario->carbon_shadow_money_kg * carbon_kg);
    account_net(ledger);
    return STATUS_OK;
}

/* together - apart: transfers of the same kind between the same parties as one line. */
static void merge(struct ledger *ledger, const struct transfer *transfer, double sign) {
    for (int k = 0; k < ledger->transfers_count; k++) {
        struct transfer *line = &ledger->transfers[k];
        bool same = line->payer == transfer->payer && line->payee == transfer->payee;
        bool turned = line->payer == transfer->payee && line->payee == transfer->payer;
        if ((same || turned) && strcmp(line->kind, transfer->kind) == 0) {
            line->money_year += (same ? sign : -sign) * transfer->money_year;
            line->quantity_kwh += sign * transfer->quantity_kwh;
            return;
        }
    }
    if (ledger->transfers_count < TRANSFERS_MAX) {
        struct transfer line = *transfer;
        line.money_year *= sign;
        line.quantity_kwh *= sign;
        line.instance = -1;
        ledger->transfers[ledger->transfers_count++] = line;
    }
}

enum status account_change(struct accounts *accounts, struct arena *arena) {
    struct ledger *change = &accounts->change;
    change->transfers = ARENA_TAKE(arena, struct transfer, TRANSFERS_MAX);
    change->resources = ARENA_TAKE(arena, struct resource, RESOURCES_MAX);
    if (!change->transfers || !change->resources) {
        return STATUS_NO_MEMORY;
    }
    const enum plan_case pair[2] = {CASE_TOGETHER, CASE_APART};
    for (int k = 0; k < 2; k++) {
        const struct ledger *from = &accounts->ledger[pair[k]];
        double sign = k == 0 ? 1.0 : -1.0;
        for (int n = 0; n < from->transfers_count; n++) {
            merge(change, &from->transfers[n], sign);
        }
        for (int n = 0; n < from->resources_count; n++) {
            add_resource(change, from->resources[n].party, from->resources[n].kind,
                         sign * from->resources[n].money_year);
        }
    }
    int kept = 0;
    for (int k = 0; k < change->transfers_count; k++) {
        struct transfer line = change->transfers[k];
        if (fabs(line.money_year) < 0.005) {
            continue;
        }
        if (line.money_year < 0.0) {
            enum party payer = line.payer;
            line.payer = line.payee;
            line.payee = payer;
            line.money_year = -line.money_year;
        }
        change->transfers[kept++] = line;
    }
    change->transfers_count = kept;
    account_net(change);
    return STATUS_OK;
}
