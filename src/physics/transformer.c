/* IEC 60076-7:2018, loading guide for mineral-oil-immersed power transformers, exponential solution:

     oil end     rise_oil ((1 + R K^2) / (1 + R))^x
     oil         approaches ambient + oil end with the time constant k11 tau_oil
     winding     approaches H g K^y in two parts, k21 with k22 tau_winding, less k21 - 1 with
                 tau_oil / k22: it overshoots before the oil has caught up
     ageing      normal paper 2^((hot spot - 98) / 6), upgraded e^(15000/383 - 15000/(hot spot + 273))

   K load / rated, R load / no-load loss. A step is solved exactly for a constant load, so that its
   length does not matter. Constants: tables 4 and E.1 of the standard, as alliander's
   transformer-thermal-model has them. The life of 180,000 h is the standard's example for normal
   paper; it is a convention, not a forecast. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "physics/transformer.h"

#include <math.h>
#include <stddef.h>

#include "base/units.h"

enum { BISECTIONS = 40 };

const char *const transformer_kind_words[] = {"onan", "onaf", "distribution", NULL};

struct transformer_thermal transformer_thermal_of(enum transformer_kind kind, double loss_ratio) {
    static const struct transformer_thermal kinds[TRANSFORMER_KINDS] = {
        [TRANSFORMER_ONAN] = {210.0, 10.0, 60.0, 17.0, 1.3, 6.0, 0.5, 2.0, 2.0, 0.8, 1.3},
        [TRANSFORMER_ONAF] = {150.0, 7.0, 60.0, 17.0, 1.3, 6.0, 0.5, 2.0, 2.0, 0.8, 1.3},
        [TRANSFORMER_DISTRIBUTION] = {180.0, 4.0, 60.0, 23.0, 1.2, 6.0, 1.0, 1.0, 2.0, 0.8, 1.6},
    };
    struct transformer_thermal t = kinds[kind];
    t.loss_ratio = loss_ratio;
    return t;
}

static double oil_end_dk(const struct transformer_thermal *t, double load_ratio) {
    return t->oil_rise_dk *
           pow((1.0 + t->loss_ratio * load_ratio * load_ratio) / (1.0 + t->loss_ratio),
               t->oil_exponent_ratio);
}

static double winding_end_dk(const struct transformer_thermal *t, double load_ratio) {
    return t->hot_spot_ratio * t->gradient_dk * pow(load_ratio, t->winding_exponent_ratio);
}

double transformer_oil_c(const struct transformer_thermal *t, double load_ratio, double ambient_c) {
    return ambient_c + oil_end_dk(t, load_ratio);
}

double transformer_hot_spot_c(const struct transformer_thermal *t, double load_ratio,
                              double ambient_c) {
    return transformer_oil_c(t, load_ratio, ambient_c) + winding_end_dk(t, load_ratio);
}

double transformer_ageing_ratio(double hot_spot_c, bool upgraded) {
    return upgraded ? exp(15000.0 / 383.0 - 15000.0 / (hot_spot_c + 273.0))
                    : exp2((hot_spot_c - 98.0) / 6.0);
}

struct state { /* of the difference equations */
    double oil_c, fast_dk, slow_dk;
};
struct decays { /* what is left of a difference after one step */
    double oil_frac, fast_frac, slow_frac;
};

static struct decays decays_of(const struct transformer_thermal *t, double step_min) {
    return (struct decays){exp(-step_min / (t->k11_ratio * t->oil_min)),
                           exp(-step_min / (t->k22_ratio * t->winding_min)),
                           exp(-step_min * t->k22_ratio / t->oil_min)};
}

static struct state settled(const struct transformer_thermal *t, double load_ratio,
                            double ambient_c) {
    double end_dk = winding_end_dk(t, load_ratio);
    return (struct state){transformer_oil_c(t, load_ratio, ambient_c), t->k21_ratio * end_dk,
                          (t->k21_ratio - 1.0) * end_dk};
}

static void step(const struct transformer_thermal *t, const struct decays *d, double load_ratio,
                 double ambient_c, struct state *s) {
    struct state end = settled(t, load_ratio, ambient_c);
    s->oil_c = end.oil_c + (s->oil_c - end.oil_c) * d->oil_frac;
    s->fast_dk = end.fast_dk + (s->fast_dk - end.fast_dk) * d->fast_frac;
    s->slow_dk = end.slow_dk + (s->slow_dk - end.slow_dk) * d->slow_frac;
}

struct transformer_run transformer_year(const struct transformer_thermal *t,
                                        const double *load_ratio, const double *ambient_c,
                                        int count, double step_min, bool upgraded, double *oil_c,
                                        double *hot_spot_c) {
    struct decays d = decays_of(t, step_min);
    struct state s = settled(t, load_ratio[0], ambient_c[0]);
    struct transformer_run run = {s.oil_c, s.oil_c + s.fast_dk - s.slow_dk, 0.0, 0.0, 0.0, 0};
    for (int k = 0; k < count; k++) {
        step(t, &d, load_ratio[k], ambient_c[k], &s);
        double hot_c = s.oil_c + s.fast_dk - s.slow_dk;
        run.aged_h += transformer_ageing_ratio(hot_c, upgraded) * step_min / 60.0;
        run.oil_highest_c = fmax(run.oil_highest_c, s.oil_c);
        run.hot_spot_highest_c = fmax(run.hot_spot_highest_c, hot_c);
        run.load_highest_ratio = fmax(run.load_highest_ratio, load_ratio[k]);
        run.beyond_count += s.oil_c > TRANSFORMER_OIL_LIMIT_C ||
                            hot_c > TRANSFORMER_HOT_SPOT_LIMIT_C ||
                            load_ratio[k] > TRANSFORMER_LOAD_LIMIT_RATIO;
        if (oil_c) {
            oil_c[k] = s.oil_c;
        }
        if (hot_spot_c) {
            hot_spot_c[k] = hot_c;
        }
    }
    run.life_frac = run.aged_h / TRANSFORMER_LIFE_H;
    return run;
}

/* Highest oil and hot spot of a day among equal days. A day makes end = left * begin + made of each part of the state, so
   made comes from a day that begins with nothing, and the day that ends as it began begins with made / (1 - left). */
static void equal_days(const struct transformer_thermal *t, const double *shape_ratio, int count,
                       double factor_ratio, double ambient_c, double *ret_oil_c,
                       double *ret_hot_c) {
    struct decays d = decays_of(t, 24.0 * 60.0 / count);
    struct state s = {0.0, 0.0, 0.0};
    for (int k = 0; k < count; k++) {
        step(t, &d, factor_ratio * shape_ratio[k], ambient_c, &s);
    }
    s.oil_c /= 1.0 - pow(d.oil_frac, count);
    s.fast_dk /= 1.0 - pow(d.fast_frac, count);
    s.slow_dk /= 1.0 - pow(d.slow_frac, count);
    *ret_oil_c = *ret_hot_c = -UNITS_ZERO_C_IN_K;
    for (int k = 0; k < count; k++) {
        step(t, &d, factor_ratio * shape_ratio[k], ambient_c, &s);
        *ret_oil_c = fmax(*ret_oil_c, s.oil_c);
        *ret_hot_c = fmax(*ret_hot_c, s.oil_c + s.fast_dk - s.slow_dk);
    }
}

double transformer_rating_ratio(const struct transformer_thermal *t, const double *shape_ratio,
                                int count, double ambient_c, double hot_spot_c, double oil_c,
                                double load_most_ratio) {
    double low = 0.0, high = load_most_ratio;
    for (int k = 0; k < BISECTIONS; k++) {
        double middle = 0.5 * (low + high), oil = 0.0, hot = 0.0;
        equal_days(t, shape_ratio, count, middle, ambient_c, &oil, &hot);
        if (oil <= oil_c && hot <= hot_spot_c) {
            low = middle;
        } else {
            high = middle;
        }
    }
    return high - low < 1e-9 && high >= load_most_ratio ? load_most_ratio : low;
}
