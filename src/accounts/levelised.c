/* What a kWh of power or heat costs at each plant of the plan together: capital, upkeep, running and what it buys, over
   what it gives in the typical year; by annuities, so that it is the levelised cost over the life. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "accounts/internal.h"
#include "accounts/life.h"

static const double least_kwh_year = 1.0;

/* A plant that gives power and heat is a power plant with heat beside. */
int life_product_port(const struct component *kind) {
    int heat = -1, cold = -1;
    for (int p = 0; p < kind->ports_count; p++) {
        if (kind->ports[p].direction != FLOWS_OUT) {
            continue;
        }
        if (kind->ports[p].carrier == CARRIER_ELECTRICITY) {
            return p;
        }
        heat = kind->ports[p].carrier == CARRIER_HEAT && heat < 0 ? p : heat;
        cold = kind->ports[p].carrier == CARRIER_COLD && cold < 0 ? p : cold;
    }
    return heat >= 0 ? heat : cold;
}

enum status life_levelised(struct accounts *accounts, struct arena *arena) {
    const struct scenario *s = accounts->scenario;
    struct life *life = accounts->life;
    life->levelised = ARENA_TAKE(arena, struct levelised, s->instances_count + 1);
    if (!life->levelised) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < s->instances_count; i++) {
        const struct instance *it = &s->instances[i];
        bool makes = it->kind->shape == SHAPE_SOURCE || it->kind->shape == SHAPE_CONVERTER;
        int port = life_product_port(it->kind);
        if (!accounts->plan->cases[CASE_TOGETHER].flow[i].included || !makes || port < 0 ||
            account_sells(it->kind) || it->hall >= 0) {
            continue;
        }
        double kwh_year = account_port_year(accounts->plan, CASE_TOGETHER, i, port);
        if (kwh_year > least_kwh_year) {
            struct levelised one = {i, it->kind->ports[port].carrier, kwh_year,
                                    account_instance_cost_money_year(accounts, CASE_TOGETHER, i) /
                                        kwh_year};
            life->levelised[life->levelised_count++] = one;
        }
    }
    return STATUS_OK;
}
