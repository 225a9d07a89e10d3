/* The Gregorian calendar by day numbers: day 0 is 1 January of the year, weekdays follow from 1
   January 1900, a Monday. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/calendar.h"

#include <stdio.h>
#include <string.h>

enum { FIRST_YEAR = 1900, LAST_YEAR = 2200, DAYS_PER_WEEK = 7, HOURS_PER_DAY = 24 };

static const int days_before_month[13] = {0,   31,  59,  90,  120, 151, 181,
                                          212, 243, 273, 304, 334, 365};

bool calendar_is_leap(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static int days_before(int month, bool leap) {
    return days_before_month[month] + (leap && month > 1 ? 1 : 0);
}

int calendar_days_in_month(int month, bool leap) {
    if (month < 0 || month > 11) {
        return 0;
    }
    return days_before(month + 1, leap) - days_before(month, leap);
}

/* Days from 1 January of year 1 to 1 January of year. */
static long days_before_year(int year) {
    long past = (long)year - 1;
    return past * 365 + past / 4 - past / 100 + past / 400;
}

int calendar_weekday(int year, int month, int day) {
    long days = days_before_year(year) - days_before_year(FIRST_YEAR) +
                days_before(month, calendar_is_leap(year)) + (day - 1);
    long weekday = days % DAYS_PER_WEEK;
    return (int)(weekday < 0 ? weekday + DAYS_PER_WEEK : weekday);
}

enum status calendar_init(struct calendar *ret, int year, int first_month, int first_day_of_month,
                          int days, double step_h) {
    if (year < FIRST_YEAR || year > LAST_YEAR || first_month < 0 || first_month > 11 || days < 1) {
        return STATUS_USAGE;
    }
    if (step_h != 1.0 && step_h != 0.5 && step_h != 0.25) {
        return STATUS_USAGE;
    }
    bool leap = calendar_is_leap(year);
    if (first_day_of_month < 1 || first_day_of_month > calendar_days_in_month(first_month, leap)) {
        return STATUS_USAGE;
    }
    int first_day = days_before(first_month, leap) + first_day_of_month - 1;
    if (days > days_before(12, leap) - first_day) {
        return STATUS_USAGE;
    }
    *ret = (struct calendar){.year = year,
                             .leap = leap,
                             .first_weekday = calendar_weekday(year, 0, 1),
                             .first_day = first_day,
                             .days = days,
                             .step_h = step_h,
                             .steps_per_day = (int)(HOURS_PER_DAY / step_h)};
    return STATUS_OK;
}

enum status calendar_whole_year(struct calendar *ret, int year, double step_h) {
    return calendar_init(ret, year, 0, 1, calendar_is_leap(year) ? 366 : 365, step_h);
}

int calendar_steps(const struct calendar *calendar) {
    return calendar->days * calendar->steps_per_day;
}

int calendar_year_days(const struct calendar *calendar) { return calendar->leap ? 366 : 365; }

double calendar_year_h(const struct calendar *calendar) {
    return (double)(calendar_year_days(calendar) * HOURS_PER_DAY);
}

struct calendar_moment calendar_at(const struct calendar *calendar, int step) {
    int year_steps = calendar_year_days(calendar) * calendar->steps_per_day;
    int from_new_year =
        (calendar->first_day * calendar->steps_per_day + step % year_steps) % year_steps;
    if (from_new_year < 0) {
        from_new_year += year_steps;
    }
    struct calendar_moment moment = {.day_of_year = from_new_year / calendar->steps_per_day};
    moment.hour_h = (from_new_year % calendar->steps_per_day) * calendar->step_h;
    moment.weekday = (calendar->first_weekday + moment.day_of_year) % DAYS_PER_WEEK;
    while (moment.day_of_year >= days_before(moment.month + 1, calendar->leap)) {
        moment.month++;
    }
    moment.day = moment.day_of_year - days_before(moment.month, calendar->leap) + 1;
    return moment;
}

static void put_digits(char *at, int count, int number) {
    for (int i = count - 1; i >= 0; i--) {
        at[i] = (char)('0' + number % 10);
        number /= 10;
    }
}

void calendar_stamp(const struct calendar *calendar, int step, char *buffer) {
    struct calendar_moment moment = calendar_at(calendar, step);
    int minutes = (int)(moment.hour_h * 60.0 + 0.5);
    memcpy(buffer, "0000-00-00T00:00", 17);
    put_digits(buffer, 4, calendar->year);
    put_digits(buffer + 5, 2, moment.month + 1);
    put_digits(buffer + 8, 2, moment.day);
    put_digits(buffer + 11, 2, minutes / 60);
    put_digits(buffer + 14, 2, minutes % 60);
}

static bool read_digits(const char *text, int count, int *ret_number) {
    int number = 0;
    for (int i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        number = number * 10 + (text[i] - '0');
    }
    *ret_number = number;
    return true;
}

bool calendar_read_date(const char *text, int *ret_year, int *ret_month, int *ret_day) {
    int year, month, day;
    if (!text || strlen(text) != 10 || text[4] != '-' || text[7] != '-') {
        return false;
    }
    if (!read_digits(text, 4, &year) || !read_digits(text + 5, 2, &month) ||
        !read_digits(text + 8, 2, &day)) {
        return false;
    }
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12 || day < 1 ||
        day > calendar_days_in_month(month - 1, calendar_is_leap(year))) {
        return false;
    }
    *ret_year = year;
    *ret_month = month - 1;
    *ret_day = day;
    return true;
}
