/* Time stamps of files. Days by the rule of the Gregorian calendar, counted from 1970-01-01. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/stamps.h"

#include <stdlib.h>
#include <string.h>

#include "base/calendar.h"
#include "base/text.h"

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200, DAY = STAMPS_DAY_MINUTES, OFFSET_MOST = 14 * 60 };

static long days_before_year(int year) {
    long past = (long)year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

long stamps_minute(int year, int month, int day) {
    long days = days_before_year(year) - days_before_year(1970) + day - 1;
    for (int k = 0; k < month; k++) {
        days += calendar_days_in_month(k, calendar_is_leap(year));
    }
    return days * DAY;
}

static long floor_day(long minute) {
    return minute >= 0 ? minute / DAY : -((DAY - 1 - minute) / DAY);
}

int stamps_year(long minute) {
    int year = 1970 + (int)(floor_day(minute) / 366); /* at most a year too early before 2336 */
    while (stamps_minute(year + 1, 0, 1) <= minute) {
        year++;
    }
    while (stamps_minute(year, 0, 1) > minute) {
        year--;
    }
    return year;
}

void stamps_text(long minute, char *buffer) {
    struct calendar calendar;
    int year = stamps_year(minute);
    buffer[0] = '\0';
    if (calendar_whole_year(&calendar, year, 0.25) == STATUS_OK) {
        long within = minute - stamps_minute(year, 0, 1);
        calendar_stamp(&calendar, (int)(within / 15), buffer);
        buffer[14] = (char)('0' + within % 60 / 10);
        buffer[15] = (char)('0' + within % 10);
    }
}

struct stamp {
    long minute;
    bool has_offset;
    int offset_minute;
};

/* Takes count digits; -1 when others stand there. */
static int digits(const char **text, const char *end, int count) {
    int number = 0;
    if (end - *text < count) {
        return -1;
    }
    for (int k = 0; k < count; k++) {
        char c = *(*text)++;
        if (c < '0' || c > '9') {
            return -1;
        }
        number = 10 * number + (c - '0');
    }
    return number;
}

static bool take(const char **text, const char *end, char c) {
    if (*text < end && **text == c) {
        (*text)++;
        return true;
    }
    return false;
}

/* "Z", "+01:00", "+0100" or nothing, up to the end. */
static bool read_offset(const char **text, const char *end, struct stamp *stamp) {
    stamp->has_offset = *text < end;
    if (!stamp->has_offset || take(text, end, 'Z')) {
        return *text == end;
    }
    bool west = take(text, end, '-');
    if (!west && !take(text, end, '+')) {
        return false;
    }
    int hours = digits(text, end, 2);
    (void)take(text, end, ':');
    int minutes = digits(text, end, 2);
    stamp->offset_minute = (west ? -1 : 1) * (60 * hours + minutes);
    return *text == end && hours >= 0 && minutes >= 0 && minutes < 60 &&
           abs(stamp->offset_minute) <= OFFSET_MOST;
}

static bool read_stamp(const struct table_cell *cell, struct stamp *ret) {
    const char *text = cell->text, *end = cell->text + cell->size;
    struct stamp stamp = {0, false, 0};
    int year = digits(&text, end, 4);
    bool dashes = take(&text, end, '-');
    int month = digits(&text, end, 2);
    dashes = take(&text, end, '-') && dashes;
    int day = digits(&text, end, 2);
    if (!dashes || year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
        day > calendar_days_in_month(month - 1, calendar_is_leap(year)) ||
        !(take(&text, end, 'T') || take(&text, end, ' '))) {
        return false;
    }
    int hour = digits(&text, end, 2);
    bool colon = take(&text, end, ':');
    int minute = digits(&text, end, 2), second = 0;
    if (take(&text, end, ':')) {
        second = digits(&text, end, 2);
    }
    bool midnight = hour == 24 && minute == 0;
    if (!colon || hour < 0 || minute < 0 || minute > 59 || second != 0 ||
        (hour > 23 && !midnight) || !read_offset(&text, end, &stamp)) {
        return false;
    }
    stamp.minute = stamps_minute(year, month - 1, day) + 60 * hour + minute;
    *ret = stamp;
    return true;
}

static bool read_all(struct diag *diag, const struct stamps_ask *ask,
                     const struct table_cell *cells, int stride, int count) {
    int bad = 0;
    struct stamp first = {0, false, 0};
    for (int k = 0; k < count; k++) {
        const struct table_cell *cell = &cells[(size_t)k * (size_t)stride];
        struct place place = {ask->file, cell->line, cell->column};
        struct stamp stamp = {0, false, 0};
        bool good = read_stamp(cell, &stamp);
        first = k == 0 ? stamp : first;
        bool mixed = good && stamp.has_offset != first.has_offset;
        bad += !good || mixed;
        if ((good && !mixed) || bad > TABLE_BAD_ROWS_SHOWN) {
            continue;
        }
        bool shown = cell->size <= 40 && text_is_utf8(cell->text, cell->size);
        diag_error(diag, place, "%s: \"%.*s\" %s", ask->column, shown ? (int)cell->size : 0,
                   cell->text,
                   mixed ? "has an offset where others have none, or the other way round"
                         : "is no time stamp");
        diag_remedy(diag, "write  2019-01-31T23:00,  or with an offset  2019-01-31T23:00+01:00");
    }
    if (bad > TABLE_BAD_ROWS_SHOWN) {
        diag_error(diag, (struct place){ask->file, 0, 0}, "%d more stamps like these",
                   bad - TABLE_BAD_ROWS_SHOWN);
        diag_remedy(diag, "correct them like the ones above");
    }
    return bad == 0;
}

static long minute_at(const struct table_cell *cells, int stride, int row, bool utc) {
    struct stamp stamp = {0, false, 0};
    (void)read_stamp(&cells[(size_t)row * (size_t)stride], &stamp);
    return stamp.minute - (utc ? stamp.offset_minute : 0);
}

static void say_jump(struct diag *diag, const struct stamps_ask *ask, const struct table_cell *cell,
                     long before, long after, int period) {
    struct place place = {ask->file, cell->line, cell->column};
    char from[STAMPS_TEXT_SIZE], to[STAMPS_TEXT_SIZE];
    stamps_text(before, from);
    stamps_text(after, to);
    diag_error(diag, place, "%s: %s stands behind %s, not %d minutes later", ask->column, to, from,
               period);
    bool hour = labs(after - before - period) == 60;
    if (hour && ask->clock != STAMPS_DAYLIGHT) {
        diag_remedy(diag,
                    "if the stamps follow summer time, add  clock: daylight;  else give every "
                    "step once, in order");
    } else {
        diag_remedy(diag, "give every step once, in order");
    }
}

/* Whether the rows follow each other, and whether the first one is in summer time. */
static bool check_order(struct diag *diag, const struct stamps_ask *ask,
                        const struct table_cell *cells, int stride, int count, bool utc, int period,
                        bool *ret_summer) {
    bool daylight = ask->clock == STAMPS_DAYLIGHT && !utc, summer = false;
    int jumps = 0;
    *ret_summer = false;
    long before = minute_at(cells, stride, 0, utc);
    for (int k = 1; k < count; k++) {
        long now = minute_at(cells, stride, k, utc), extra = now - before - period;
        bool forward = extra == 60, back = extra == -60;
        if (daylight && jumps == 0 && (forward || back)) {
            *ret_summer = summer = back;
        }
        if (daylight && ((forward && !summer) || (back && summer))) {
            summer = forward;
            jumps++;
        } else if (extra != 0) {
            say_jump(diag, ask, &cells[(size_t)k * (size_t)stride], before, now, period);
            return false;
        }
        before = now;
    }
    if (daylight && jumps == 0) {
        diag_error(diag, (struct place){ask->file, cells[0].line, cells[0].column},
                   "%s: no change of the clock lies in the file, so summer time cannot be told "
                   "from standard time",
                   ask->column);
        diag_remedy(diag,
                    "give the whole year, or stamps with their offset: 2019-07-01T00:00+02:00");
        return false;
    }
    return true;
}

enum status stamps_read(struct diag *diag, const struct stamps_ask *ask,
                        const struct table_cell *cells, int stride, int count,
                        struct stamps_rows *ret) {
    struct stamp first, second;
    if (!read_all(diag, ask, cells, stride, count)) {
        return STATUS_BAD_SCENARIO;
    }
    struct place place = {ask->file, cells[0].line, cells[0].column};
    if (count < 2 || !read_stamp(&cells[0], &first) || !read_stamp(&cells[stride], &second)) {
        diag_error(diag, place, "%s: one row alone does not say how long a step is", ask->column);
        diag_remedy(diag, "give one row per step of the year or of the horizon");
        return STATUS_BAD_SCENARIO;
    }
    bool utc = first.has_offset, summer = false;
    long period = minute_at(cells, stride, 1, utc) - minute_at(cells, stride, 0, utc);
    if (period != 60 && period != 30 && period != 15) {
        diag_error(diag, place, "%s: the first two stamps are %ld minutes apart", ask->column,
                   period);
        diag_remedy(diag, "give a row for every 60, 30 or 15 minutes, in order");
        return STATUS_BAD_SCENARIO;
    }
    if (!check_order(diag, ask, cells, stride, count, utc, (int)period, &summer)) {
        return STATUS_BAD_SCENARIO;
    }
    int moved = utc || ask->clock == STAMPS_UTC ? ask->utc_offset_minute : summer ? -60 : 0;
    ret->period_minute = (int)period;
    ret->converted_minute = moved;
    ret->begin_minute = minute_at(cells, stride, 0, utc) + moved - (ask->ending ? (int)period : 0);
    return STATUS_OK;
}

bool stamps_moment(const char *text, long *ret_minute) {
    struct table_cell cell = {text, strlen(text), 1, 1};
    struct stamp stamp = {0, false, 0};
    if (!read_stamp(&cell, &stamp) || stamp.has_offset) {
        return false;
    }
    *ret_minute = stamp.minute;
    return true;
}

/* The smallest step between two stamps; 0 where they do not rise, or are not of one kind, which is told. */
static long smallest_step(struct diag *diag, const struct stamps_ask *ask,
                          const struct table_cell *cells, int stride, int count, bool utc) {
    long smallest = 0;
    for (int k = 1; k < count; k++) {
        long before = minute_at(cells, stride, k - 1, utc), now = minute_at(cells, stride, k, utc);
        if (now <= before) {
            say_jump(diag, ask, &cells[(size_t)k * (size_t)stride], before, now, 60);
            return 0;
        }
        smallest = smallest == 0 || now - before < smallest ? now - before : smallest;
    }
    if (smallest != 60 && smallest != 30 && smallest != 15) {
        diag_error(diag, (struct place){ask->file, cells[0].line, cells[0].column},
                   "%s: no two stamps are 60, 30 or 15 minutes apart, the nearest %ld", ask->column,
                   smallest);
        diag_remedy(diag, "give rows of 60, 30 or 15 minutes");
        return 0;
    }
    return smallest;
}

enum status stamps_read_gaps(struct diag *diag, const struct stamps_ask *ask,
                             const struct table_cell *cells, int stride, int count,
                             struct stamps_rows *ret, long *ret_slot) {
    struct place place = {ask->file, cells[0].line, cells[0].column};
    struct stamp first;
    if (!read_all(diag, ask, cells, stride, count)) {
        return STATUS_BAD_SCENARIO;
    }
    if (ask->clock == STAMPS_DAYLIGHT) {
        diag_error(diag, place, "%s: stamps of summer time may have no gaps", ask->column);
        diag_remedy(diag, "give stamps of standard time, or with their offset");
        return STATUS_BAD_SCENARIO;
    }
    (void)read_stamp(&cells[0], &first);
    bool utc = first.has_offset;
    long period = smallest_step(diag, ask, cells, stride, count, utc);
    if (period == 0) {
        return STATUS_BAD_SCENARIO;
    }
    long begin = minute_at(cells, stride, 0, utc);
    for (int k = 0; k < count; k++) {
        long past = minute_at(cells, stride, k, utc) - begin;
        ret_slot[k] = past / period;
        if (past % period != 0) {
            say_jump(diag, ask, &cells[(size_t)k * (size_t)stride],
                     minute_at(cells, stride, k - 1, utc), begin + past, (int)period);
            return STATUS_BAD_SCENARIO;
        }
    }
    int moved = utc || ask->clock == STAMPS_UTC ? ask->utc_offset_minute : 0;
    ret->period_minute = (int)period;
    ret->converted_minute = moved;
    ret->begin_minute = begin + moved - (ask->ending ? period : 0);
    return STATUS_OK;
}
