/* Days from normals. Five daily quantities hang together: mean dry bulb, brightness, mean dew point,
   highest and lowest hour.

   draw      independent series of standard normal numbers, one step a day, that keep a part of the
             day before: AR(1), the dry bulb AR(2)
   dry       base(d) through the monthly means (mean-preserving) + deviation * series gives the
             order of a month's days; their values are those of the month's distribution (lowest,
             deciles, highest; between them a monotone cubic in the normal score), so that no extreme
             is left to chance
   spells    of nine draws of a month the one whose coldest and warmest three days come nearest the
             median of the nine: a typical month, as typical years are put together (Hall and others
             1978, SAND78-1601), not a lucky one; what a day keeps is set so that the year has the
             place's persistence
   others    z = sum of weights * those before + rest * own series, with the weights of the month's
             correlations (Cholesky, in the order above); within each month the series are made
             orthonormal first, so the correlations are not left to chance either
   values    of the others by rank like those of the dry bulb

   The normal score of a share p is Tukey's lambda, (p^0.135 - (1-p)^0.135)/0.1975 (Joiner and
   Rosenblatt, JASA 66, 1971, doi:10.1080/01621459.1971.10482275): within 0.012 for 0.005..0.995. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/climate_days.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "base/calendar.h"
#include "base/random.h"
#include "base/status.h"

enum { DRY, BRIGHT, DEW, HIGH, LOW, QUANTITIES };
enum { LEAP_DAY = 59, MONTH_MAX = 31, WARM_UP_DAYS = 30, DRAWS = 9 };
enum { SLOTS = WARM_UP_DAYS + CLIMATE_DAYS_MAX };

static const double span_least_dk = 1.0; /* of a day */

struct maker {
    const struct normals *normals;
    struct climate_days *days;
    bool leap;
    int chosen[12]; /* draw of the dry bulb taken for a month */
    double draw_ratio[QUANTITIES][SLOTS], dry_draw_ratio[DRAWS][SLOTS];
    double z_ratio[QUANTITIES][CLIMATE_DAYS_MAX], dry_ratio[DRAWS][CLIMATE_DAYS_MAX];
    double dry_value[12][MONTH_MAX]; /* of the ranks, lowest first */
    double dry_base_c[CLIMATE_DAYS_MAX], dew_base_c[CLIMATE_DAYS_MAX];
};

uint64_t climate_seed(const struct normals *normals, const char *what) { /* FNV-1a */
    const char *const text[] = {normals->name, what};
    uint64_t seed = 1469598103934665603u;
    for (int k = 0; k < COUNT(text); k++) {
        for (const char *c = text[k]; *c; c++) {
            seed = (seed ^ (unsigned char)*c) * 1099511628211u;
        }
    }
    return seed;
}

static void set_months(struct climate_days *days, bool leap) {
    days->count = 0;
    for (int month = 0; month < 12; month++) {
        days->first[month] = days->count;
        for (int d = 0; d < calendar_days_in_month(month, leap); d++) {
            days->month[days->count++] = month;
        }
    }
    days->first[12] = days->count;
}

/* Innovations; a common year leaves those of 29 February out. */
static void draw(struct maker *m) {
    struct random random;
    random_seed(&random, climate_seed(m->normals, "days"));
    for (int slot = 0; slot < SLOTS; slot++) {
        for (int k = 0; k < QUANTITIES; k++) {
            m->draw_ratio[k][slot] = random_normal(&random);
        }
        for (int k = 0; k < DRAWS; k++) {
            m->dry_draw_ratio[k][slot] = random_normal(&random);
        }
    }
}

/* A day = kept * last + kept_before * the one before + unit * innovation; deviation 1. */
static void set_series(double kept_ratio, double kept_before_ratio, const double *innovation_ratio,
                       bool leap, double *z_ratio) {
    double last = 0.0, before = 0.0;
    double unit =
        sqrt((1.0 + kept_before_ratio) / (1.0 - kept_before_ratio) *
             ((1.0 - kept_before_ratio) * (1.0 - kept_before_ratio) - kept_ratio * kept_ratio));
    for (int slot = 0; slot < SLOTS; slot++) {
        int day = slot - WARM_UP_DAYS;
        double now = kept_ratio * last + kept_before_ratio * before + unit * innovation_ratio[slot];
        before = last;
        last = now;
        if (day >= 0 && (leap || day != LEAP_DAY)) {
            z_ratio[leap || day < LEAP_DAY ? day : day - 1] = now;
        }
    }
}

/* Linear between the middles of the months, whose values move until each month's mean is right. */
static void set_base(const struct climate_days *days, const double mean_c[12], double *base_c) {
    double knot_c[12];
    memcpy(knot_c, mean_c, sizeof knot_c);
    for (int round = 0; round < 30; round++) {
        for (int d = 0; d < days->count; d++) {
            int month = days->month[d];
            double middle = 0.5 * (days->first[month] + days->first[month + 1]);
            int other = d + 0.5 < middle ? (month + 11) % 12 : (month + 1) % 12;
            double length = 0.5 * ((days->first[month + 1] - days->first[month]) +
                                   (days->first[other + 1] - days->first[other]));
            double share = fabs(d + 0.5 - middle) / length;
            base_c[d] = knot_c[month] + share * (knot_c[other] - knot_c[month]);
        }
        for (int month = 0; month < 12; month++) {
            int from = days->first[month], to = days->first[month + 1];
            double sum = 0.0;
            for (int d = from; d < to; d++) {
                sum += base_c[d];
            }
            knot_c[month] += mean_c[month] - sum / (to - from);
        }
    }
}

/* Mean 0 and deviation 1. */
static void normalise(double *value, int count) {
    double mean = 0.0, square = 0.0;
    for (int i = 0; i < count; i++) {
        mean += value[i] / count;
    }
    for (int i = 0; i < count; i++) {
        value[i] -= mean;
        square += value[i] * value[i] / count;
    }
    for (int i = 0; i < count; i++) {
        value[i] /= sqrt(fmax(square, 1e-12));
    }
}

static double score_of(double share) {
    return (pow(share, 0.135) - pow(1.0 - share, 0.135)) / 0.1975;
}

static void rank_days(const double *value, int count, int *rank) {
    for (int i = 0; i < count; i++) {
        rank[i] = 0;
        for (int k = 0; k < count; k++) {
            rank[i] += value[k] < value[i] || (k < i && value[k] <= value[i]);
        }
    }
}

/* Slopes of a monotone cubic through the knots: weighted harmonic mean of the two sides (Fritsch and
   Butland), at the ends the three-point slope, never across the end piece. */
static void set_slopes(const double *knot_ratio, const double *value, double *slope) {
    enum { PIECES = DAY_RANKS - 1 };
    double width[PIECES], rise[PIECES];
    for (int k = 0; k < PIECES; k++) {
        width[k] = knot_ratio[k + 1] - knot_ratio[k];
        rise[k] = (value[k + 1] - value[k]) / width[k];
    }
    for (int k = 1; k < PIECES; k++) {
        double left = 2.0 * width[k] + width[k - 1], right = width[k] + 2.0 * width[k - 1];
        slope[k] = rise[k - 1] > 0.0 && rise[k] > 0.0
                       ? (left + right) / (left / rise[k - 1] + right / rise[k])
                       : 0.0;
    }
    for (int end = 0; end < 2; end++) {
        int k = end ? PIECES - 1 : 0, other = end ? PIECES - 2 : 1;
        double bend = (rise[k] - rise[other]) * width[k] / (width[k] + width[other]);
        slope[end ? PIECES : 0] = fmin(3.0 * rise[k], fmax(0.0, rise[k] + bend));
    }
}

/* The value of each rank of a month with this distribution: mean 0, deviation 1. */
static void spread(const double ratio[DAY_RANKS], int count, double *value) {
    static const double share_of[DAY_RANKS] = {0.0, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0};
    double knot_ratio[DAY_RANKS], slope[DAY_RANKS];
    for (int k = 0; k < DAY_RANKS; k++) {
        knot_ratio[k] = score_of((share_of[k] * (count - 1) + 0.5) / count);
    }
    set_slopes(knot_ratio, ratio, slope);
    for (int i = 0, k = 0; i < count; i++) {
        double score = score_of((i + 0.5) / count);
        while (k < DAY_RANKS - 2 && score > knot_ratio[k + 1]) {
            k++;
        }
        double width = knot_ratio[k + 1] - knot_ratio[k], x = (score - knot_ratio[k]) / width,
               y = 1.0 - x;
        value[i] = y * y * (1.0 + 2.0 * x) * ratio[k] + x * x * (1.0 + 2.0 * y) * ratio[k + 1] +
                   x * y * width * (y * slope[k] - x * slope[k + 1]);
    }
    normalise(value, count);
}

/* Gives a month's days the values of their ranks. */
static void take_ranks(const double *value, int count, double *z_ratio) {
    int rank[MONTH_MAX];
    rank_days(z_ratio, count, rank);
    for (int i = 0; i < count; i++) {
        z_ratio[i] = value[rank[i]];
    }
}

/* Takes from each series what it shares with those before it, within the month. */
static void make_orthonormal(double *const z_ratio[QUANTITIES], int count) {
    for (int k = 0; k < QUANTITIES; k++) {
        normalise(z_ratio[k], count);
        for (int j = 0; j < k; j++) {
            double shared = 0.0;
            for (int i = 0; i < count; i++) {
                shared += z_ratio[k][i] * z_ratio[j][i] / count;
            }
            for (int i = 0; i < count; i++) {
                z_ratio[k][i] -= shared * z_ratio[j][i];
            }
        }
        normalise(z_ratio[k], count);
    }
}

/* Lower triangle whose square is the correlation matrix of the month. */
static void factor(const struct climate_shape *shape, int month,
                   double ret[QUANTITIES][QUANTITIES]) {
    const double correlation[QUANTITIES][QUANTITIES] = {
        [BRIGHT] = {shape->dry_bright_ratio[month]},
        [DEW] = {shape->dry_dew_ratio[month], shape->bright_dew_ratio[month]},
        [HIGH] = {shape->dry_high_ratio[month], shape->bright_high_ratio[month],
                  shape->dew_high_ratio[month]},
        [LOW] = {shape->dry_low_ratio[month], shape->bright_low_ratio[month],
                 shape->dew_low_ratio[month], shape->high_low_ratio[month]}};
    for (int k = 0; k < QUANTITIES; k++) {
        double left = 1.0;
        for (int j = 0; j < k; j++) {
            double sum = correlation[k][j];
            for (int i = 0; i < j; i++) {
                sum -= ret[k][i] * ret[j][i];
            }
            double most = sqrt(fmax(0.0, left));
            ret[k][j] = fmin(most, fmax(-most, sum / ret[j][j]));
            left -= ret[k][j] * ret[k][j];
        }
        ret[k][k] = sqrt(fmax(1e-4, left));
    }
}

/* What is kept of the day before last is negative, for daily means swing back: less their running
   mean, it is -0.27 in the mean of nine files (-0.13..-0.36), and so it is in the years made with
   this. */
static const double dry_kept_before_ratio = -0.37;

/* A draw of the dry bulb, when this much of a day is kept: all months of it, or those it was chosen
   for. */
static void set_draw(struct maker *m, int k, double kept_ratio, bool all_months) {
    const struct normals *n = m->normals;
    set_series(kept_ratio, dry_kept_before_ratio, m->dry_draw_ratio[k], m->leap, m->dry_ratio[k]);
    for (int month = 0; month < 12; month++) {
        int from = m->days->first[month], to = m->days->first[month + 1];
        if (!all_months && m->chosen[month] != k) {
            continue;
        }
        for (int d = from; d < to; d++) { /* the season's course orders the days too */
            m->dry_ratio[k][d] += (m->dry_base_c[d] - n->dry_c[month]) / n->deviation_dk[month];
        }
        take_ranks(m->dry_value[month], to - from, m->dry_ratio[k] + from);
    }
}

/* The chosen draws become the year. */
static void set_dry(struct maker *m, double kept_ratio) {
    const struct normals *n = m->normals;
    struct climate_days *days = m->days;
    for (int k = 0; k < DRAWS; k++) {
        bool needed = false;
        for (int month = 0; month < 12; month++) {
            needed = needed || m->chosen[month] == k;
        }
        if (needed) {
            set_draw(m, k, kept_ratio, false);
        }
    }
    for (int d = 0; d < days->count; d++) {
        int month = days->month[d];
        m->z_ratio[DRY][d] = m->dry_ratio[m->chosen[month]][d];
        days->dry_c[d] = n->dry_c[month] + n->deviation_dk[month] * m->z_ratio[DRY][d];
    }
}

/* Lowest (sign 1) or highest (sign -1) mean of three days. */
static double spell_of(const double *z_ratio, int count, double sign) {
    double least = HUGE_VAL;
    for (int i = 0; i + 3 <= count; i++) {
        least = fmin(least, sign * (z_ratio[i] + z_ratio[i + 1] + z_ratio[i + 2]) / 3.0);
    }
    return least;
}

static double median_of(const double value[DRAWS]) {
    int rank[DRAWS], middle = 0;
    rank_days(value, DRAWS, rank);
    while (rank[middle] != DRAWS / 2) {
        middle++;
    }
    return value[middle];
}

static void choose_typical(struct maker *m, double kept_ratio) {
    for (int k = 0; k < DRAWS; k++) {
        set_draw(m, k, kept_ratio, true);
    }
    for (int month = 0; month < 12; month++) {
        int from = m->days->first[month], count = m->days->first[month + 1] - from;
        double cold[DRAWS], warm[DRAWS], least = HUGE_VAL;
        for (int k = 0; k < DRAWS; k++) {
            cold[k] = spell_of(m->dry_ratio[k] + from, count, 1.0);
            warm[k] = spell_of(m->dry_ratio[k] + from, count, -1.0);
        }
        for (int k = 0; k < DRAWS; k++) {
            double off = fabs(cold[k] - median_of(cold)) + fabs(warm[k] - median_of(warm));
            if (off < least) {
                least = off;
                m->chosen[month] = k;
            }
        }
    }
}

/* z of the month from the series: each a weighted sum of itself and those before it. */
static void correlate(const struct climate_shape *shape, int month, int count,
                      double *const z_ratio[QUANTITIES]) {
    double weight[QUANTITIES][QUANTITIES];
    make_orthonormal(z_ratio, count);
    factor(shape, month, weight);
    for (int i = 0; i < count; i++) {
        for (int k = QUANTITIES - 1; k > 0; k--) {
            double sum = 0.0;
            for (int j = 0; j <= k; j++) {
                sum += weight[k][j] * z_ratio[j][i];
            }
            z_ratio[k][i] = sum;
        }
    }
}

static void set_others(struct maker *m, int month) {
    const struct normals *n = m->normals;
    const struct climate_shape *shape = n->shape;
    struct climate_days *days = m->days;
    int from = days->first[month], count = days->first[month + 1] - from;
    double *z_ratio[QUANTITIES], value[MONTH_MAX];
    const double *const ratio[QUANTITIES] = {
        [BRIGHT] = shape->bright_ratio[month],
        [DEW] = shape->dew_ratio[month],
        [HIGH] = shape->high_ratio[month],
        [LOW] = shape->low_ratio[month],
    };
    double dew_dk = n->deviation_dk[month] * shape->dew_deviation_ratio[month];
    double high_dk = n->deviation_dk[month] * shape->high_deviation_ratio[month];
    double low_dk = n->deviation_dk[month] * shape->low_deviation_ratio[month];
    for (int k = 0; k < QUANTITIES; k++) {
        z_ratio[k] = m->z_ratio[k] + from;
    }
    for (int i = 0; i < count; i++) {
        z_ratio[DEW][i] += (m->dew_base_c[from + i] - n->dew_c[month]) / dew_dk;
    }
    correlate(shape, month, count, z_ratio);
    for (int k = BRIGHT; k < QUANTITIES; k++) {
        spread(ratio[k], count, value);
        take_ranks(value, count, z_ratio[k]);
    }
    for (int i = 0; i < count; i++) {
        int d = from + i;
        days->dew_c[d] = n->dew_c[month] + dew_dk * z_ratio[DEW][i];
        days->high_c[d] = fmax(days->dry_c[d] + span_least_dk / 2.0,
                               n->high_c[month] + high_dk * z_ratio[HIGH][i]);
        days->low_c[d] =
            fmin(days->dry_c[d] - span_least_dk / 2.0, n->low_c[month] + low_dk * z_ratio[LOW][i]);
        days->bright_ratio[d] =
            fmax(0.1, 1.0 + shape->bright_deviation_ratio[month] * z_ratio[BRIGHT][i]);
    }
}

/* Correlation with the next day of what is left of the daily means when their 31-day running mean
   is taken away; the year closes on itself. */
static double persistence_of(const struct climate_days *days) {
    double left[CLIMATE_DAYS_MAX], product = 0.0;
    for (int d = 0; d < days->count; d++) {
        left[d] = days->dry_c[d];
        for (int k = -15; k <= 15; k++) {
            left[d] -= days->dry_c[(d + k + days->count) % days->count] / 31.0;
        }
    }
    normalise(left, days->count);
    for (int d = 0; d < days->count; d++) {
        product += left[d] * left[(d + 1) % days->count] / days->count;
    }
    return product;
}

/* Finds how much of a day is kept, so that the daily means have the place's persistence. */
static double kept_for_persistence_ratio(struct maker *m) {
    double low = 0.0, high = 0.98 * (1.0 - dry_kept_before_ratio);
    for (int round = 0; round < 12; round++) {
        double kept_ratio = 0.5 * (low + high);
        set_dry(m, kept_ratio);
        if (persistence_of(m->days) < m->normals->shape->persistence_ratio) {
            low = kept_ratio;
        } else {
            high = kept_ratio;
        }
    }
    return 0.5 * (low + high);
}

enum status climate_days_make(struct arena *arena, const struct normals *normals, bool leap,
                              struct climate_days *ret) {
    static const double kept_ratio[QUANTITIES] = {
        [BRIGHT] = 0.35, [DEW] = 0.55, [HIGH] = 0.20, [LOW] = 0.20};
    struct maker *m = ARENA_TAKE(arena, struct maker, 1);
    if (!m) {
        return STATUS_NO_MEMORY;
    }
    m->normals = normals;
    m->days = ret;
    m->leap = leap;
    set_months(ret, leap);
    draw(m);
    set_base(ret, normals->dry_c, m->dry_base_c);
    set_base(ret, normals->dew_c, m->dew_base_c);
    for (int month = 0; month < 12; month++) {
        spread(normals->shape->dry_ratio[month], ret->first[month + 1] - ret->first[month],
               m->dry_value[month]);
    }
    choose_typical(m, kept_for_persistence_ratio(m));
    set_dry(m, kept_for_persistence_ratio(m));
    for (int k = DRY + 1; k < QUANTITIES; k++) {
        set_series(kept_ratio[k], 0.0, m->draw_ratio[k], leap, m->z_ratio[k]);
    }
    for (int month = 0; month < 12; month++) {
        set_others(m, month);
    }
    return STATUS_OK;
}
