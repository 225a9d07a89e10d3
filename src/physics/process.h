/* Heat of industrial processes, per kg of what goes in. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_PROCESS_H
#define PHYSICS_PROCESS_H

/* A liquid warmed from from_c to to_c, of which its own outflow gives regenerated_frac back (0.85..0.95). */
double process_pasteurise_kj_kg(double heat_kj_kgk, double from_c, double to_c,
                                double regenerated_frac);
/* Water that leaves 1 kg of wet goods dried from one moisture to another (water over wet mass), dry from..to. */
double process_dried_kg_kg(double moist_frac, double dry_frac);

#endif
