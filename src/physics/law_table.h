/* How the tables of laws are written: one table per topic, law.c lists the tables. Private to
   src/physics. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_LAW_TABLE_H
#define PHYSICS_LAW_TABLE_H

#include <math.h>

#include "base/status.h"
#include "physics/law.h"

struct law_table {
    const struct law *laws;
    int count;
};
extern const struct law_table law_table_air, law_table_water, law_table_carnot, law_table_heat_pump,
    law_table_exchanger, law_table_emitter, law_table_demand, law_table_storage, law_table_pool,
    law_table_ground, law_table_pipe, law_table_cooling, law_table_sun, law_table_pv,
    law_table_wind, law_table_transformer, law_table_outage, law_table_power, law_table_server,
    law_table_sky, law_table_snow, law_table_greenhouse, law_table_process, law_table_sorption,
    law_table_orc, law_table_collector, law_table_cogeneration, law_table_sound, law_table_finance,
    law_table_growth;

/* Rows: LAW_GIVEN({"t_c", LAW_REQUIRED, -100.0, 200.0}, ...), LAW_GIVES("pressure_kpa", ...). */
#define LAW_REQUIRED ((double)NAN)
#define LAW_GIVEN(...)                                                                             \
    .arguments = (const struct law_argument[]){__VA_ARGS__},                                       \
    .arguments_count =                                                                             \
        (int)(sizeof((const struct law_argument[]){__VA_ARGS__}) / sizeof(struct law_argument))
#define LAW_GIVES(...)                                                                             \
    .results = (const char *const[]){__VA_ARGS__},                                                 \
    .results_count = (int)(sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))
#define LAW_TABLE(topic) const struct law_table law_table_##topic = {laws, COUNT(laws)}

#endif
