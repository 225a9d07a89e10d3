/* What others have to know of an exchanger: to what temperature it preheats. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_HEAT_EXCHANGER_H
#define COMPONENTS_HEAT_EXCHANGER_H

/* Temperature to which it warms return water of return_c that has to leave at supply_c; NaN where it does not preheat:
   it passes all of the way, or nothing. */
double heat_exchanger_preheat_c(const void *self, double hot_c, double supply_c, double return_c);

#endif
