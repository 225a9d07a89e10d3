/* Rows that a series lacks. Short gaps lie on a straight line between their neighbours; longer ones, and what lies
   outside the file, take the mean of all rows of the same weekday and time of day. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_GAPS_H
#define SCENARIO_GAPS_H

#include "base/arena.h"
#include "scenario/stamps.h"

enum { GAPS_SLOTS_MAX = 200000, GAPS_SHORT_ROWS = 3, GAPS_OF_WEEK = 7 * 96 };

/* Means by quarter-hour of the week, Monday 00:00 first. */
struct gaps_week {
    double mean[GAPS_OF_WEEK];
};
/* Of count values (NaN: missing) that begin at begin_minute. A time of the week that no row holds takes the mean of
   that time on the other days, or of all. False when every row is missing. */
bool gaps_week_of(const double *value, int count, const struct stamps_rows *rows,
                  struct gaps_week *ret);
double gaps_week_at(const struct gaps_week *week, long minute);

struct gaps_filled {
    int line_count, week_count; /* rows by either rule */
};
void gaps_fill(double *value, int count, const struct stamps_rows *rows,
               const struct gaps_week *week, struct gaps_filled *ret);

#endif
