/* Water on its way through a pipe: what goes in comes out later, cooled, and after the wall has taken
   or given its heat. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_PLUG_H
#define NETWORKS_PLUG_H

#include "networks/network.h"

struct plug {
    int cells;
    double *water_c, *wall_c;     /* by cell from `from` to `to` */
    double cell_kg, length_m;     /* of one cell */
    double inside_kg;             /* of the cell that is entering */
    double water_kj_k, wall_kj_k; /* of one cell */
    bool backwards;               /* the last flow came from `to` */
};

/* A pipe full of water at start_c. steel: whether the wall's heat counts (between inner_m and
   outer_m, 7850 kg/m3, .49 kJ/kgK). */
enum status plug_init(struct plug *plug, struct arena *arena, const struct network_link *link,
                      const struct network_settings *settings, int cells, bool steel,
                      double start_c) MUST_CHECK;
/* Water at in_c flows at flow_kg_s (negative: from `to`) for dt_s. loss_kw_mk to around_c. Returns
   the mean temperature of what left; what stands at the exit when nothing did. */
double plug_step(struct plug *plug, const struct network_link *link,
                 const struct network_settings *settings, double flow_kg_s, double in_c,
                 double loss_kw_mk, double around_c, double dt_s, double *ret_loss_kw);

#endif
