/* Small networks of the tests, written as people write them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_NETWORKS_BUILD_H
#define TESTS_NETWORKS_BUILD_H

#include "networks/network.h"
#include "networks/state.h"

struct built {
    struct arena *arena;
    struct diag *diag;
    struct network *network;
    struct network_state *state;
};
/* A network of single letters and numbers from GeoJSON text, completed; state NULL. Fails the test
   when it is none. */
void build_text(struct built *built, const char *text);
void build_solve(struct built *built);
void build_free(struct built *built);
int build_node(const struct built *built, const char *name);
int build_link(const struct built *built, const char *name);
/* All messages in one text. */
const char *build_messages(const struct built *built);

#define assert_close(found, wanted, tolerance)                                                     \
    build_close(#found, (found), (wanted), (tolerance), __LINE__)
void build_close(const char *what, double found, double wanted, double tolerance, int line);

/* The five properties that the examples of the heat notes share. */
#define NOTES_SETTINGS                                                                             \
    "\"hearth_network\": {\"supply_c\": 70, \"return_c\": 40, \"ground_c\": 10, "                  \
    "\"density_kg_m3\": 983.2, \"viscosity_kpas\": 4.67e-7, \"heat_kj_kgk\": 4.185, "              \
    "\"pump_eff\": 0.7}"

#endif
