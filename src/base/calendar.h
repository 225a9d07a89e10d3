/* The year as steps of local standard time. Step t covers [t, t+1) * step_h from the first step's
   day, 00:00. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BASE_CALENDAR_H
#define BASE_CALENDAR_H

#include <stdbool.h>

#include "base/status.h"

/* A run of whole days in one year. step_h is 1, 0.5 or 0.25. */
struct calendar {
    int year;          /* e.g. 2024 */
    bool leap;         /* 29 February exists */
    int first_weekday; /* of 1 January: 0 Monday .. 6 Sunday */
    int first_day;     /* of the run, 0 = 1 January */
    int days;          /* of the run */
    double step_h;
    int steps_per_day; /* 24 / step_h */
};

struct calendar_moment {
    int month;       /* 0..11 */
    int day;         /* of the month, 1..31 */
    int day_of_year; /* 0..365 */
    int weekday;     /* 0 Monday .. 6 Sunday */
    double hour_h;   /* begin of the step within its day, 0 <= hour < 24 */
};

/* USAGE when a number is out of range (year 1900..2200, step_h not 1, 0.5, 0.25, days beyond the
   year's end). */
enum status calendar_init(struct calendar *ret, int year, int first_month, int first_day_of_month,
                          int days, double step_h) MUST_CHECK;
enum status calendar_whole_year(struct calendar *ret, int year, double step_h) MUST_CHECK;
int calendar_steps(const struct calendar *calendar);
int calendar_year_days(const struct calendar *calendar); /* 365 or 366 */
double calendar_year_h(const struct calendar *calendar); /* 8760 or 8784 */
struct calendar_moment calendar_at(const struct calendar *calendar,
                                   int step);     /* step outside the run wraps by year */
int calendar_days_in_month(int month, bool leap); /* month 0..11 */
bool calendar_is_leap(int year);
int calendar_weekday(int year, int month,
                     int day); /* 0 Monday .. 6 Sunday; month 0..11, day 1..31 */
/* "2024-01-31T23:00" in local standard time; buffer of at least 20 bytes. */
void calendar_stamp(const struct calendar *calendar, int step, char *buffer);
/* Reads "2024-01-31". */
bool calendar_read_date(const char *text, int *ret_year, int *ret_month,
                        int *ret_day); /* month 0..11 */

#endif
