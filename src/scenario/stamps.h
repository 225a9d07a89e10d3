/* Time stamps of files: what they may look like, and what moment of local standard time they name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef SCENARIO_STAMPS_H
#define SCENARIO_STAMPS_H

#include "scenario/table.h"

/* Moments are minutes of local standard time since 1970-01-01 00:00. */
enum { STAMPS_DAY_MINUTES = 1440, STAMPS_TEXT_SIZE = 20 };

long stamps_minute(int year, int month, int day); /* of a day's begin; month 0..11, day 1..31 */
int stamps_year(long minute);
void stamps_text(long minute, char *buffer); /* "2019-01-31T23:00" */

/* Which clock stamps without an offset follow. DAYLIGHT: an hour is left out in spring and told
   twice in autumn. */
enum stamps_clock { STAMPS_STANDARD, STAMPS_UTC, STAMPS_DAYLIGHT };

struct stamps_ask {
    const char *file, *column; /* for messages */
    enum stamps_clock clock;
    bool ending;           /* a stamp names the end of its step */
    int utc_offset_minute; /* of local standard time at the place: west is negative */
};

struct stamps_rows {      /* rows follow each other without a gap */
    long begin_minute;    /* of the first row */
    int period_minute;    /* 60, 30 or 15 */
    int converted_minute; /* by how much another clock was moved: 0 when it is the place's own */
};

/* Reads the stamps of count rows (cells[row * stride]): "2019-01-31T23:00", a blank for the T,
   seconds, "24:00", and an offset "Z", "+01:00" or "-0800" are understood. Bad stamps are named;
   of a gap or a repetition the first. */
enum status stamps_read(struct diag *diag, const struct stamps_ask *ask,
                        const struct table_cell *cells, int stride, int count,
                        struct stamps_rows *ret) MUST_CHECK;

/* The same where rows are missing: the period is the smallest step between two stamps, every other one a multiple of
   it; ret_slot[row] counts periods from the first row. Stamps rise. */
enum status stamps_read_gaps(struct diag *diag, const struct stamps_ask *ask,
                             const struct table_cell *cells, int stride, int count,
                             struct stamps_rows *ret, long *ret_slot) MUST_CHECK;
/* A moment written as a stamp without offset: "2022-06-30T16:00"; false when text is none. */
bool stamps_moment(const char *text, long *ret_minute);

#endif
