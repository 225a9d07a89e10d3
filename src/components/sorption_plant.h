/* What both sorption chillers are wired to. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_SORPTION_PLANT_H
#define COMPONENTS_SORPTION_PLANT_H

#include "components/component.h"
#include "physics/cooling.h"

enum { SORPTION_HEAT_IN, SORPTION_POWER_IN, SORPTION_WATER_IN, SORPTION_COLD_OUT, SORPTION_PORTS };
enum { RECOOLING_TOWER, RECOOLING_DRY };

#define SORPTION_PORT_ROWS                                                                         \
    [SORPTION_HEAT_IN] = {.name = "heat_in",                                                       \
                          .carrier = CARRIER_HEAT,                                                 \
                          .direction = FLOWS_IN,                                                   \
                          .side = SIDE_PLANT,                                                      \
                          .meaning = "driving heat"},                                              \
    [SORPTION_POWER_IN] = {.name = "power_in",                                                     \
                           .carrier = CARRIER_ELECTRICITY,                                         \
                           .direction = FLOWS_IN,                                                  \
                           .side = SIDE_METER,                                                     \
                           .meaning = "pumps and re-cooler"},                                      \
    [SORPTION_WATER_IN] = {.name = "water_in",                                                     \
                           .carrier = CARRIER_WATER,                                               \
                           .direction = FLOWS_IN,                                                  \
                           .side = SIDE_WATER,                                                     \
                           .meaning = "make-up of the tower, m3/h"},                               \
    [SORPTION_COLD_OUT] = {.name = "cold_out",                                                     \
                           .carrier = CARRIER_COLD,                                                \
                           .direction = FLOWS_OUT,                                                 \
                           .side = SIDE_COLD,                                                      \
                           .meaning = "cold delivered"}

/* Mean temperature of the re-cooling water: half its rise above what leaves a tower (wet bulb) or a dry cooler (air). */
static inline double sorption_recooling_c(const struct hours *hours, int t, int recooling,
                                          double approach_dk, double rise_dk) {
    double sink_c = recooling == RECOOLING_TOWER ? hours->wet_bulb_c[t] : hours->outdoor_c[t];
    double mean_c = sink_c + approach_dk + 0.5 * rise_dk;
    return mean_c > 18.0 ? mean_c : 18.0; /* colder water is mixed up */
}

/* Make-up of the tower for the heat of one kW of cold and what drives it, m3/h; a dry cooler takes none. */
static inline double sorption_water_m3_h(int recooling, double recooling_c, double rise_dk,
                                         double drift_frac, double cycles_ratio, double heat_kw) {
    static const double m3_kg = 1e-3;
    return recooling == RECOOLING_TOWER
               ? m3_kg * heat_kw *
                     cooling_tower_makeup_kg_kwh(recooling_c - 0.5 * rise_dk, rise_dk, drift_frac,
                                                 cycles_ratio)
               : 0.0;
}

#endif
