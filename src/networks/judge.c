/* What a state says to a planner. Limits of water: where its laws are used; steam by Antoine's
   equation (Bridgeman and Aldrich 1964, 1 to 150 degC, within .5 % [recalled]). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <stdlib.h>

#include "networks/fluid.h"
#include "networks/state.h"

enum { TOLD_MAX = 20 };

/* One decimal without the locale. */
static long tenths(double value, long *ret_rest) {
    long all = lround(10.0 * value);
    *ret_rest = labs(all % 10);
    return all / 10;
}

static void temperatures(const struct network_state *s, struct diag *diag) {
    int told = 0;
    for (int line = 0; line < (s->cold ? 2 : 1); line++) {
        const struct thermal *t = line ? s->cold : s->hot;
        for (int k = 0; k < s->network->links_count && told < TOLD_MAX; k++) {
            const struct network_link *link = &s->network->links[k];
            double worst_c =
                t->in_c[k] > FLUID_MAX_C || t->in_c[k] < FLUID_MIN_C ? t->in_c[k] : t->out_c[k];
            if (isnan(worst_c) || !isnan(s->network->settings.density_kg_m3) ||
                (worst_c >= FLUID_MIN_C && worst_c <= FLUID_MAX_C)) {
                continue;
            }
            long rest = 0, whole = tenths(worst_c, &rest);
            diag_error(diag, link->place, "pipe \"%s\": %ld.%ld degC in the %s is no water",
                       link->name, whole, rest, line ? "return" : "supply");
            diag_remedy(diag, "0.1..140 degC: look at supply_c, return_c, drop_dk and ground_c");
            told++;
        }
    }
}

static double vapour_kpa(double t_c) {
    return 0.133322 * (t_c < 100.0 ? pow(10.0, 8.07131 - 1730.63 / (233.426 + t_c))
                                   : pow(10.0, 8.14019 - 1810.94 / (244.485 + t_c)));
}

static void users(const struct network_state *s, struct diag *diag) {
    int told = 0;
    for (int n = 0; n < s->network->nodes_count && told < TOLD_MAX; n++) {
        const struct network_node *node = &s->network->nodes[n];
        double here_c = s->hot->node_c[n];
        double needs_c = isnan(node->secondary_supply_c)
                             ? (node->role == NODE_CONSUMER ? node->supply_c : (double)NAN)
                             : node->secondary_supply_c + node->approach_dk;
        long rest = 0, whole = 0, rest2 = 0, whole2 = 0;
        if (s->islanded[n]) {
            diag_warning(diag, node->place,
                         "\"%s\" is on an island: no open way leads to a producer", node->name);
            diag_remedy(diag, "open a line, or draw the one that is missing");
            told++;
        } else if (node->role == NODE_CONSUMER && s->unmet_kw[n] > 0.0) {
            whole = tenths(s->unmet_kw[n], &rest);
            whole2 = tenths(here_c, &rest2);
            diag_warning(diag, node->place,
                         "consumer \"%s\" lacks %ld.%ld kW: its supply arrives at %ld.%ld degC",
                         node->name, whole, rest, whole2, rest2);
            diag_remedy(diag, "raise supply_c, lower its return_c, or insulate the way to it");
            told++;
        } else if (s->cold && node->role == NODE_CONSUMER && here_c < needs_c - 1e-9 &&
                   s->network->settings.supply_c > s->network->settings.return_c) {
            whole = tenths(here_c, &rest);
            whole2 = tenths(needs_c, &rest2);
            diag_warning(diag, node->place,
                         "consumer \"%s\" gets %ld.%ld degC and needs %ld.%ld degC", node->name,
                         whole, rest, whole2, rest2);
            diag_remedy(diag, "raise supply_c, or give it a booster");
            told++;
        }
    }
}

static void pressures(const struct network_state *s, struct diag *diag) {
    int told = 0;
    for (int n = 0; n < s->network->nodes_count && told < TOLD_MAX; n++) {
        const struct network_node *node = &s->network->nodes[n];
        double p_kpa = s->out->pressure_kpa[n], t_c = s->hot->node_c[n];
        long rest = 0, whole = 0;
        if (s->cold && !isnan(s->out->held_kpa[n]) && s->taken_kg_s[n] > 1e-6 &&
            node->role == NODE_PRODUCER && isnan(node->heat_kw)) {
            whole = tenths(s->taken_kg_s[n], &rest);
            diag_warning(diag, node->place,
                         "producer \"%s\" is pushed back: %ld.%ld kg/s enter it, since its "
                         "pressure disagrees with that of the others",
                         node->name, whole, rest);
            diag_remedy(diag, "raise its pressure_kpa, or give it heat_kw instead");
            told++;
        } else if (s->cold && node->role == NODE_CONSUMER && s->taken_kg_s[n] > 0.0 &&
                   p_kpa - s->back->pressure_kpa[n] < node->dp_min_kpa - 1e-6) {
            whole = tenths(p_kpa - s->back->pressure_kpa[n], &rest);
            diag_warning(diag, node->place,
                         "consumer \"%s\" has %ld.%ld kPa between supply and return", node->name,
                         whole, rest);
            diag_remedy(diag, "raise the producer's pressure_kpa, or widen the way to it");
            told++;
        } else if (s->cold && t_c > 100.0 && p_kpa + 101.325 < vapour_kpa(t_c)) {
            diag_warning(diag, node->place, "at \"%s\" the water would boil at its pressure",
                         node->name);
            diag_remedy(diag, "raise the producer's pressure_kpa");
            told++;
        }
    }
}

void network_state_judge(const struct network_state *state, struct diag *diag) {
    temperatures(state, diag);
    users(state, diag);
    pressures(state, diag);
}
