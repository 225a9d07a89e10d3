/* A CSV column as one value per step of the horizon.

     {file: prices.csv, column: eur_mwh, unit: money_mwh}
     without time:   the rows are the year's or the horizon's, in order (year: 2019 says which year)
     time: COLUMN    the column of time stamps, which name the begin of a step,
     stamps:         hour_beginning or hour_ending, by
     clock:          standard (local, all year), utc, or daylight (local, with summer time)
     align:          for a series of another year: dates (29 February repeats the 28th or is left
                     out) or weekdays (moved by at most three days so that weekdays agree; at the
                     ends of the year the same weekday of the nearest week stands)
     repeat: true    an hour's value holds for all its steps
     average: true   shorter rows are averaged over the step
     per: 1917       the column is divided by it
     gaps: fill      blank cells, missing rows and steps outside the file are filled (gaps.h), with a note
     from: STAMP     when rows without stamps begin, where they are neither the year's nor the horizon's

   A step's value is the mean of the rows over it, weighted by time: energy is kept. Hours that
   another clock moved out of the file's year are those of the day beside it, with a note. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/text.h"
#include "base/units.h"
#include "scenario/foreign_units.h"
#include "scenario/gaps.h"
#include "scenario/keys.h"
#include "scenario/reading.h"
#include "scenario/stamps.h"

enum { SERIES_BYTES_MAX = 16 << 20, DAY = STAMPS_DAY_MINUTES };

enum align { ALIGN_NONE, ALIGN_DATES, ALIGN_WEEKDAYS };

struct series_reader {
    struct reading *r;
    const struct node *node;
    const char *key, *file, *column;
    double min, max;
    bool repeat, average, has_time, ending, gaps;
    const char *from; /* NULL: the rows are the year's or the horizon's */
    double per_ratio;
    enum stamps_clock clock;
    enum align align;
    int year; /* of the series, 0: not said */
    int step_minute;
    double *value;
    const struct table_cell *cells; /* value, then stamp when there is one */
    int stride, count;
    struct stamps_rows rows;
    struct gaps_week week; /* where gaps are filled */
    int filled, outside;
};

static const struct node *at_key(const struct series_reader *s, const char *key) {
    const struct node *node = document_find(s->node, key);
    return node ? node : s->node;
}

static bool mistake(struct series_reader *s, const struct node *node, const char *text,
                    const char *remedy) {
    diag_error(s->r->diag, node->place, "%s: %s", s->key, text ? text : "");
    diag_remedy(s->r->diag, "%s", remedy ? remedy : "");
    return false;
}

/* ---- what is written ---- */

static bool read_keys(struct series_reader *s, const char **ret_unit, const char **ret_time) {
    struct reading *r = s->r;
    int errors = diag_errors(r->diag);
    const struct unit *own = units_of_name(s->key);
    const char *known[20];
    reading_check_keys(r, s->node, s->key, known, keys_of("series", known, COUNT(known)));
    s->file = reading_text(r, s->node, "file", NULL);
    s->column = reading_text(r, s->node, "column", NULL);
    *ret_unit = reading_text(r, s->node, "unit", NULL);
    *ret_time = reading_text(r, s->node, "time", NULL);
    s->has_time = *ret_time != NULL;
    s->ending = reading_key_word(r, s->node, "series", "stamps") == 1;
    s->clock = (enum stamps_clock)reading_key_word(r, s->node, "series", "clock");
    s->align = (enum align)reading_key_word(r, s->node, "series", "align");
    s->repeat = reading_key_flag(r, s->node, "series", "repeat");
    s->average = reading_key_flag(r, s->node, "series", "average");
    s->gaps = reading_key_word(r, s->node, "series", "gaps") == 1;
    s->per_ratio = reading_key_value(r, s->node, "series", "per");
    s->from = reading_text(r, s->node, "from", NULL);
    s->year = reading_key_whole(r, s->node, "series", "year");
    if (diag_errors(r->diag) > errors) {
        return false;
    }
    if (!s->file || !s->column || !*ret_unit) {
        diag_error(r->diag, s->node->place, "%s: a series needs file, column and unit", s->key);
        diag_remedy(r->diag, "write  %s: {file: data.csv, column: NAME, unit: %s}", s->key,
                    own ? own->suffix : "ratio");
        return false;
    }
    if (!s->has_time && (document_find(s->node, "stamps") || s->clock == STAMPS_DAYLIGHT)) {
        return mistake(s, at_key(s, s->clock == STAMPS_DAYLIGHT ? "clock" : "stamps"),
                       "this needs a column of time stamps; rows without stamps are taken in order",
                       "add  time: COLUMN  or remove this key");
    }
    if (s->has_time && (s->year || s->from)) {
        return mistake(s, at_key(s, s->year ? "year" : "from"),
                       s->year ? "the time stamps say the year"
                               : "the time stamps say when rows are",
                       "remove this key");
    }
    if (s->from && s->year) {
        return mistake(s, at_key(s, "year"), "from says the year", "remove this key");
    }
    return true;
}

static const struct foreign_unit *read_unit(struct series_reader *s, const char *unit) {
    const struct unit *own = units_of_name(s->key);
    const char *suffix = own ? own->suffix : "ratio";
    const struct foreign_unit *found = foreign_unit_find(unit, suffix);
    if (!found) {
        diag_error(s->r->diag, at_key(s, "unit")->place,
                   "%s: a column in \"%.30s\" cannot become %s", s->key, unit,
                   own ? own->symbol : "a pure number");
        diag_remedy(s->r->diag, "units that may stand here: %s",
                    foreign_unit_list(s->r->arena, suffix));
    }
    return found;
}

/* ---- which moments the rows are ---- */

static int plan_minutes(const struct series_reader *s) { return s->r->s->calendar.days * DAY; }

static long plan_begin(const struct series_reader *s) {
    const struct calendar *c = &s->r->s->calendar;
    return stamps_minute(c->year, 0, 1) + (long)c->first_day * DAY;
}

static int place_minute(const struct series_reader *s) {
    return (int)lround(60.0 * s->r->s->climate.utc_offset_h);
}

/* The length of a row when count rows fill so many minutes: 60, 30, 15, or 0. */
static int fitting_period(int count, int minutes) {
    static const int periods[] = {60, 30, 15};
    for (int k = 0; k < COUNT(periods); k++) {
        if ((long)count * periods[k] == minutes) {
            return periods[k];
        }
    }
    return 0;
}

static void wrong_count(struct series_reader *s, int year) {
    struct reading *r = s->r;
    int year_h = calendar_is_leap(year) ? 8784 : 8760;
    diag_error(r->diag, at_key(s, "file")->place,
               "%s: %s has %d row%s; hour by hour the year %d has %d and the horizon %d", s->key,
               s->file, s->count, s->count == 1 ? "" : "s", year, year_h, plan_minutes(s) / 60);
    bool other_year = s->count == 8760 || s->count == 8784;
    if (other_year && !s->year) {
        diag_remedy(r->diag,
                    "say which year it is and how it is laid over %d:  year: 2023, align: "
                    "weekdays",
                    r->s->calendar.year);
    } else {
        diag_remedy(r->diag, "give one row per step of the year or of the horizon, or a column of "
                             "time stamps and  time: COLUMN");
    }
}

/* Rows in order from a moment on, one an hour. */
static bool place_from(struct series_reader *s) {
    long begin_minute = 0;
    if (!stamps_moment(s->from, &begin_minute)) {
        return mistake(s, at_key(s, "from"), "from is no time stamp",
                       "write  from: 2022-06-30T16:00");
    }
    s->rows.converted_minute = s->clock == STAMPS_UTC ? place_minute(s) : 0;
    s->rows.period_minute = 60;
    s->rows.begin_minute = begin_minute + s->rows.converted_minute;
    return true;
}

/* Rows in order, without stamps: the horizon's or a year's. */
static bool place_in_order(struct series_reader *s) {
    if (s->from) {
        return place_from(s);
    }
    int year = s->year ? s->year : s->r->s->calendar.year;
    int of_year = fitting_period(s->count, (calendar_is_leap(year) ? 366 : 365) * DAY);
    int of_plan = s->year ? 0 : fitting_period(s->count, plan_minutes(s));
    bool plan_first = of_plan == s->step_minute || (of_plan && of_year != s->step_minute);
    if (!of_year && !of_plan) {
        wrong_count(s, year);
        return false;
    }
    bool utc = s->clock == STAMPS_UTC;
    s->rows.converted_minute = utc ? place_minute(s) : 0;
    s->rows.period_minute = plan_first ? of_plan : of_year;
    s->rows.begin_minute =
        (plan_first ? plan_begin(s) : stamps_minute(year, 0, 1)) + s->rows.converted_minute;
    return true;
}

/* The rows onto the grid of their stamps; what no row holds is missing. */
static bool spread(struct series_reader *s, const struct stamps_ask *ask) {
    struct arena *arena = s->r->arena;
    long *slot = ARENA_TAKE(arena, long, s->count);
    if (!slot || stamps_read_gaps(s->r->diag, ask, s->cells + 1, s->stride, s->count, &s->rows,
                                  slot) != STATUS_OK) {
        return false;
    }
    long slots = slot[s->count - 1] + 1;
    if (slots > GAPS_SLOTS_MAX) {
        return mistake(s, at_key(s, "file"), "the file spans more than 200,000 steps",
                       "keep the rows around the year of the plan");
    }
    double *value = ARENA_TAKE(arena, double, slots);
    for (long k = 0; value && k < slots; k++) {
        value[k] = (double)NAN;
    }
    for (int k = 0; value && s->value && k < s->count; k++) {
        value[slot[k]] = s->value[k];
    }
    s->value = value;
    s->count = (int)slots;
    return value != NULL;
}

static bool place_by_stamps(struct series_reader *s, const char *time) {
    struct stamps_ask ask = {s->file, time, s->clock, s->ending, place_minute(s)};
    if (s->gaps) {
        return spread(s, &ask);
    }
    return stamps_read(s->r->diag, &ask, s->cells + 1, s->stride, s->count, &s->rows) == STATUS_OK;
}

static long rows_end(const struct series_reader *s) {
    return s->rows.begin_minute + (long)s->count * s->rows.period_minute;
}

/* How many minutes before its begin and behind its end the file may lack: those that another
   clock moved out of it. */
static bool covers(const struct series_reader *s, long from, long to) {
    int moved = abs(s->rows.converted_minute);
    return from >= s->rows.begin_minute - moved && to <= rows_end(s) + moved;
}

/* ---- which moment of the file a step takes ---- */

static long date_in_year(const struct calendar_moment *moment, int year) {
    bool lacks = moment->month == 1 && moment->day == 29 && !calendar_is_leap(year);
    return stamps_minute(year, moment->month, lacks ? 28 : moment->day);
}

static long weekday_in_year(const struct calendar *plan, const struct calendar_moment *moment,
                            int year) {
    int days = calendar_is_leap(year) ? 366 : 365;
    int apart = (plan->first_weekday - calendar_weekday(year, 0, 1) + 7) % 7;
    int day = moment->day_of_year + (apart > 3 ? apart - 7 : apart);
    day += day < 0 ? 7 : day >= days ? -7 * ((day - days) / 7 + 1) : 0;
    return stamps_minute(year, 0, 1) + (long)day * DAY;
}

static long moment_of_step(const struct series_reader *s, int step, int year) {
    const struct calendar *plan = &s->r->s->calendar;
    struct calendar_moment moment = calendar_at(plan, step);
    long within = lround(60.0 * moment.hour_h);
    if (year == plan->year) {
        return plan_begin(s) + (long)step * s->step_minute;
    }
    return within + (s->align == ALIGN_DATES ? date_in_year(&moment, year)
                                             : weekday_in_year(plan, &moment, year));
}

/* Mean of the rows over [from, from + step), which lies within the file. */
static double step_value(const struct series_reader *s, long from) {
    long to = from + s->step_minute, period = s->rows.period_minute;
    double sum = 0.0;
    for (long k = (from - s->rows.begin_minute) / period; k < s->count; k++) {
        long begin = s->rows.begin_minute + k * period, end = begin + period;
        if (begin >= to) {
            break;
        }
        long overlap = (end < to ? end : to) - (begin > from ? begin : from);
        if (overlap == s->step_minute) {
            return s->value[k]; /* the row itself, to the last bit */
        }
        sum += s->value[k] * (double)overlap;
    }
    return sum / s->step_minute;
}

static void outside(struct series_reader *s, long from, int year) {
    char begins[STAMPS_TEXT_SIZE], ends[STAMPS_TEXT_SIZE], wanted[STAMPS_TEXT_SIZE];
    struct reading *r = s->r;
    stamps_text(s->rows.begin_minute, begins);
    stamps_text(rows_end(s), ends);
    stamps_text(from, wanted);
    diag_error(r->diag, at_key(s, "file")->place,
               "%s: %s holds %s to %s (local standard time), but the plan needs %s", s->key,
               s->file, begins, ends, wanted);
    if (year != r->s->calendar.year && s->align == ALIGN_NONE) {
        diag_remedy(r->diag,
                    "to lay it over %d add  align: weekdays  (for prices and loads) or  "
                    "align: dates  (for weather)",
                    r->s->calendar.year);
    } else if (s->ending && from >= rows_end(s)) {
        diag_remedy(r->diag, "give the whole year; if the stamps name the beginning of the hour, "
                             "remove  stamps: hour_ending");
    } else {
        diag_remedy(r->diag, "give a row for every step of the horizon");
    }
}

static bool fit_steps(struct series_reader *s, double *ret_value) {
    struct reading *r = s->r;
    int steps = calendar_steps(&r->s->calendar);
    long begin = plan_begin(s), end = begin + plan_minutes(s);
    int year = covers(s, begin, end) ? r->s->calendar.year
                                     : stamps_year((s->rows.begin_minute + rows_end(s)) / 2);
    if (year != r->s->calendar.year && s->align == ALIGN_NONE) {
        outside(s, begin, year);
        return false;
    }
    for (int t = 0; t < steps; t++) {
        long from = moment_of_step(s, t, year);
        if (s->gaps && (from < s->rows.begin_minute || from + s->step_minute > rows_end(s))) {
            ret_value[t] = gaps_week_at(&s->week, from);
            s->outside++;
            continue;
        }
        if (!covers(s, from, from + s->step_minute)) {
            outside(s, from, year);
            return false;
        }
        while (from < s->rows.begin_minute || from + s->step_minute > rows_end(s)) {
            from += from < s->rows.begin_minute ? DAY : -DAY;
            s->filled++;
            if (rows_end(s) - s->rows.begin_minute < 2L * DAY) {
                outside(s, from, year);
                return false;
            }
        }
        ret_value[t] = step_value(s, from);
    }
    if (s->filled) {
        reading_note(r,
                     "%s: another clock moved %d steps out of %s; the same hours of the day "
                     "beside them stand for them.",
                     s->key, s->filled, s->file);
    }
    return true;
}

/* What is missing is filled, and told. */
static bool fill_gaps(struct series_reader *s) {
    struct gaps_filled filled;
    if (!gaps_week_of(s->value, s->count, &s->rows, &s->week)) {
        return mistake(s, at_key(s, "column"), "the column holds no number at all",
                       "name another column");
    }
    gaps_fill(s->value, s->count, &s->rows, &s->week, &filled);
    if (filled.line_count + filled.week_count > 0) {
        reading_note(s->r,
                     "%s: %d of %d rows of %s are missing; %d lie on a straight line, %d take the "
                     "mean of their weekday and hour.",
                     s->key, filled.line_count + filled.week_count, s->count, s->file,
                     filled.line_count, filled.week_count);
    }
    return true;
}

/* ---- the numbers ---- */

static void say_range(struct series_reader *s, const struct table_cell *cell, double value,
                      int rows) {
    char found[TEXT_NUMBER_SIZE], low[TEXT_NUMBER_SIZE], high[TEXT_NUMBER_SIZE];
    struct reading *r = s->r;
    const struct unit *own = units_of_name(s->key);
    (void)text_from_number(found, value);
    (void)text_from_number(low, s->min);
    (void)text_from_number(high, s->max);
    if (rows > 1) { /* not the rows are wrong, but the unit */
        diag_error(r->diag, at_key(s, "unit")->place,
                   "%s: %d of %d rows are outside %s..%s %s, as %s in line %d", s->key, rows,
                   s->count, low, high, own ? own->symbol : "", found, cell->line);
        diag_remedy(r->diag, "is that the column's unit%s? here may stand: %s",
                    document_find(s->node, "per") ? ", and its highest number that of per" : "",
                    foreign_unit_list(r->arena, own ? own->suffix : "ratio"));
        return;
    }
    diag_error(r->diag, (struct place){s->file, cell->line, cell->column},
               "%s: %s is outside %s..%s %s", s->column, found, low, high, own ? own->symbol : "");
    diag_remedy(r->diag, "correct the row, or check that the column has the unit of  unit:");
}

/* Each row outside the range is told, unless most are. */
static bool check_range(struct series_reader *s) {
    int wrong = 0, first = 0, told = 0;
    for (int k = s->count - 1; k >= 0; k--) {
        bool outside_range =
            !isnan(s->value[k]) && !(s->value[k] >= s->min && s->value[k] <= s->max);
        wrong += outside_range;
        first = outside_range ? k : first;
    }
    if (wrong > 1 && (wrong > TABLE_BAD_ROWS_SHOWN || wrong > s->count / 2)) {
        say_range(s, &s->cells[(size_t)first * (size_t)s->stride], s->value[first], wrong);
        return false;
    }
    for (int k = first; k < s->count && told < wrong; k++) {
        if (!isnan(s->value[k]) && !(s->value[k] >= s->min && s->value[k] <= s->max)) {
            say_range(s, &s->cells[(size_t)k * (size_t)s->stride], s->value[k], 1);
            told++;
        }
    }
    return wrong == 0;
}

static bool read_values(struct series_reader *s, const struct foreign_unit *unit) {
    struct diag *diag = s->r->diag;
    int bad = 0;
    s->value = ARENA_TAKE(s->r->arena, double, s->count);
    for (int k = 0; s->value && k < s->count; k++) {
        const struct table_cell *cell = &s->cells[(size_t)k * (size_t)s->stride];
        double number = (double)NAN;
        if (s->gaps && cell->size == 0) {
            s->value[k] = number;
            continue;
        }
        bad += !table_number(bad < TABLE_BAD_ROWS_SHOWN ? diag : NULL, s->file, s->column, cell,
                             &number);
        s->value[k] = number / s->per_ratio * unit->factor_ratio + unit->offset_at;
    }
    if (bad > TABLE_BAD_ROWS_SHOWN) {
        diag_error(diag, (struct place){s->file, 0, 0}, "%d more rows like these",
                   bad - TABLE_BAD_ROWS_SHOWN);
        diag_remedy(diag, "correct them like the ones above");
    }
    return s->value && bad == 0 && check_range(s);
}

static bool check_period(struct series_reader *s) {
    if (s->rows.period_minute > s->step_minute && !s->repeat) {
        return mistake(s, at_key(s, "file"),
                       arena_format(s->r->arena, "a row of %s lasts %d minutes, a step %d", s->file,
                                    s->rows.period_minute, s->step_minute),
                       "add  repeat: true  to use each row for all its steps");
    }
    if (s->rows.period_minute < s->step_minute && !s->average) {
        return mistake(s, at_key(s, "file"),
                       arena_format(s->r->arena, "a row of %s lasts %d minutes, a step %d", s->file,
                                    s->rows.period_minute, s->step_minute),
                       "shorten step_h, or add  average: true  to take the mean over each step");
    }
    return true;
}

bool reading_series(struct reading *r, const struct node *node, const char *key, double min,
                    double max, const double **ret_value) {
    struct series_reader s = {.r = r, .node = node, .key = key, .min = min, .max = max};
    const char *unit = NULL, *time = NULL;
    struct reading_file file;
    if (!read_keys(&s, &unit, &time)) {
        return false;
    }
    const struct foreign_unit *foreign = read_unit(&s, unit);
    if (!foreign || !reading_file(r, at_key(&s, "file"), "series", SERIES_BYTES_MAX, &file)) {
        return false;
    }
    s.file = file.path;
    s.step_minute = (int)lround(60.0 * r->s->calendar.step_h);
    s.stride = s.has_time ? 2 : 1;
    struct table_ask ask[2] = {{s.column, at_key(&s, "column")->place, false},
                               {time, at_key(&s, "time")->place, false}};
    struct table_text table = {file.path, file.text, file.size};
    if (table_read(r->arena, r->diag, &table, ask, s.stride, &s.cells, &s.count) != STATUS_OK) {
        return false;
    }
    bool values = read_values(&s, foreign);
    if (r->no_calendar) { /* which steps are wanted was not understood, and is told already */
        return false;
    }
    if (!(s.has_time ? place_by_stamps(&s, time) : place_in_order(&s)) || !values ||
        !check_period(&s) || (s.gaps && !fill_gaps(&s))) {
        return false;
    }
    double *fitted = ARENA_TAKE(r->arena, double, calendar_steps(&r->s->calendar));
    if (!fitted || !fit_steps(&s, fitted)) {
        return false;
    }
    if (s.outside > 0) {
        reading_note(r,
                     "%s: %d steps lie outside %s; they take the mean of their weekday and hour.",
                     key, s.outside, s.file);
    }
    *ret_value = fitted;
    return true;
}

const char *reading_series_text(struct reading *r, const struct node *node) {
    static const char *const keys[] = {"column", "time", "from"};
    static const char *const words[] = {"unit",   "stamps",  "clock", "align", "year",
                                        "repeat", "average", "per",   "gaps"};
    struct text_buffer out;
    const char *path = file_beside(r->arena, r->file, document_find(node, "file")->text);
    path = path ? file_absolute(r->arena, path) : NULL;
    text_buffer_init(&out, r->arena);
    text_add(&out, "{file: ");
    write_quoted(&out, path ? path : "");
    for (int k = 0; k < COUNT(keys); k++) {
        const struct node *one = document_find(node, keys[k]);
        if (one) {
            text_add_format(&out, ", %s: ", keys[k]);
            write_quoted(&out, one->text);
        }
    }
    for (int k = 0; k < COUNT(words); k++) {
        const struct node *one = document_find(node, words[k]);
        if (one) {
            text_add_format(&out, ", %s: %s", words[k], one->text);
        }
    }
    text_add(&out, "}");
    return out.failed ? NULL : out.data;
}
