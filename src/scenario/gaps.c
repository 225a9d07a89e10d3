/* Rows that a series lacks. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/gaps.h"

#include <math.h>

enum { OF_DAY = 96, QUARTER_MINUTES = 15, EPOCH_WEEKDAY = 3 }; /* 1970-01-01 was a Thursday */

static int slot_of(long minute) {
    long day = minute / STAMPS_DAY_MINUTES, within = minute % STAMPS_DAY_MINUTES;
    if (within < 0) {
        within += STAMPS_DAY_MINUTES;
        day--;
    }
    long weekday = ((day + EPOCH_WEEKDAY) % 7 + 7) % 7;
    return (int)(weekday * OF_DAY + within / QUARTER_MINUTES);
}

double gaps_week_at(const struct gaps_week *week, long minute) {
    return week->mean[slot_of(minute)];
}

/* A slot without rows: the mean of its time of day, else of everything. */
static void complete(struct gaps_week *week, const int *seen, double all_mean) {
    for (int of_day = 0; of_day < OF_DAY; of_day++) {
        double sum = 0.0;
        int days = 0;
        for (int slot = of_day; slot < GAPS_OF_WEEK; slot += OF_DAY) {
            sum += seen[slot] ? week->mean[slot] : 0.0;
            days += seen[slot] ? 1 : 0;
        }
        for (int slot = of_day; slot < GAPS_OF_WEEK; slot += OF_DAY) {
            week->mean[slot] = seen[slot] ? week->mean[slot] : days ? sum / days : all_mean;
        }
    }
}

bool gaps_week_of(const double *value, int count, const struct stamps_rows *rows,
                  struct gaps_week *ret) {
    int seen[GAPS_OF_WEEK] = {0}, all = 0;
    double all_sum = 0.0;
    struct gaps_week week = {{0.0}};
    int quarters = rows->period_minute / QUARTER_MINUTES;
    for (int k = 0; k < count; k++) {
        if (isnan(value[k])) {
            continue;
        }
        int slot = slot_of(rows->begin_minute + (long)k * rows->period_minute);
        for (int q = 0; q < quarters; q++) { /* a row stands for all its quarters */
            week.mean[(slot + q) % GAPS_OF_WEEK] += value[k];
            seen[(slot + q) % GAPS_OF_WEEK]++;
        }
        all_sum += value[k];
        all++;
    }
    if (all == 0) {
        return false;
    }
    for (int slot = 0; slot < GAPS_OF_WEEK; slot++) {
        week.mean[slot] /= seen[slot] ? seen[slot] : 1;
    }
    complete(&week, seen, all_sum / all);
    *ret = week;
    return true;
}

void gaps_fill(double *value, int count, const struct stamps_rows *rows,
               const struct gaps_week *week, struct gaps_filled *ret) {
    struct gaps_filled filled = {0, 0};
    for (int k = 0; k < count; k++) {
        if (!isnan(value[k])) {
            continue;
        }
        int end = k;
        while (end < count && isnan(value[end])) {
            end++;
        }
        bool line = k > 0 && end < count && end - k <= GAPS_SHORT_ROWS;
        for (int at = k; at < end; at++) {
            value[at] =
                line ? value[k - 1] + (value[end] - value[k - 1]) * (at - k + 1) / (end - k + 1)
                     : gaps_week_at(week, rows->begin_minute + (long)at * rows->period_minute);
        }
        *(line ? &filled.line_count : &filled.week_count) += end - k;
        k = end;
    }
    *ret = filled;
}
