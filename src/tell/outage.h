/* How long a site survives without the grid, as a table, JSON or CSV. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_OUTAGE_H
#define TELL_OUTAGE_H

#include "physics/outage.h"
#include "tell/feeder.h"

struct tell_outage_ask {
    const char *load_file, *column, *sun_column; /* sun: PV and wind of the same file, or NULL */
    double flat_kw, times_ratio, sun_times_ratio;
    struct outage_plant plant; /* sun_kw is filled from the file */
    int most_h;
    double outages_year_count, mean_outage_h, lost_load_money_kwh, lost_heat_money_kwh;
    enum tell_format format;
};

enum status tell_outage(struct arena *arena, struct diag *diag, const struct tell_outage_ask *ask,
                        const char **ret_text) MUST_CHECK;
/* The same of a planned folder (load_file): the data centre's power, the town's heat, and both islanded together, with
   what the plan has built, beside the generators asked for. */
enum status tell_outage_plan(struct arena *arena, struct diag *diag,
                             const struct tell_outage_ask *ask, const char **ret_text) MUST_CHECK;

#endif
