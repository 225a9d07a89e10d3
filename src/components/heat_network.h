/* The heat network as one line, simulated: what arrives and what pumping takes. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_HEAT_NETWORK_H
#define COMPONENTS_HEAT_NETWORK_H

/* A network built for capacity_kw carries flow_kw into its plant end in one hour. self is a struct
   heat_network. */
void heat_network_state(const void *self, double capacity_kw, double flow_kw, double supply_c,
                        double return_c, double ground_c, double *ret_arriving_kw,
                        double *ret_pump_kw);
/* Nominal diameter of the trunk for a capacity at its design temperatures. */
int heat_network_nominal_mm(const void *self, double capacity_kw);

#endif
