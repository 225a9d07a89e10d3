/* What a link takes from the pressure, as a function of its flow. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_LINK_LAW_H
#define NETWORKS_LINK_LAW_H

#include "networks/network.h"

/* One link in one line, with what does not change from pass to pass worked out. */
struct link_law {
    int kind; /* enum link_law_kind */
    double inner_m, relative_ratio;
    double reynolds_ratio; /* Reynolds number per kg/s */
    double hagen_kpa;      /* kPa per Hagen number */
    double square_kpa;     /* kPa per (kg/s)^2: fittings */
    double reynolds_unit_ratio, hagen_unit_ratio, square_unit_ratio; /* of unit water */
    double power_kpa, power_ratio; /* kPa per (kg/s)^power: Hazen-Williams, DHNx's, pump */
    double root_ratio;             /* 1/sqrt(f) of the last flow: where the next search starts */
    double lift_kpa, rise_kpa;     /* pump; weight of the water between the ends */
};

/* density and viscosity of the water in it; in_return: the line that brings it back, whose flow
   counts from `to` to `from`. column: density that stands for the weight between the ends, one for the
   whole line: water does not circulate by its buoyancy alone. */
void link_law_set(struct link_law *law, const struct network *network,
                  const struct network_link *link, bool in_return, double density_kg_m3,
                  double viscosity_kpas, double column_kg_m3);
/* The same link with other water. */
void link_law_water(struct link_law *law, const struct network *network,
                    const struct network_link *link, double density_kg_m3, double viscosity_kpas);
/* Pressure at the entry less that at the exit, and its slope over the flow: never less than
   1e-7 kPa s/kg, so that no flow is no special case. */
double link_law_kpa(struct link_law *law, double flow_kg_s, double *ret_slope);

#endif
