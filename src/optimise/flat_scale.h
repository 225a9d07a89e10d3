/* A written-out programme in other units: rows and columns by powers of two, so that nothing is
   rounded and every answer goes back exactly. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_FLAT_SCALE_H
#define OPTIMISE_FLAT_SCALE_H

#include "optimise/programme.h"

/* scaled entry = row * entry * column; x = column * size * scaled x; scaled side = row * side / size;
   scaled cost = cost * column * this->cost. */
struct flat_scale {
    double *row, *column;
    double size, cost;
};

/* Geometric scaling: the smallest and the largest entry of each row and column multiply to about
   one; finite sides and bounds likewise by one size, costs by one factor. The scaled programme
   shares flat's pattern. */
enum status flat_scale_make(const struct programme_flat *flat, struct arena *arena,
                            struct programme_flat *ret_scaled,
                            struct flat_scale *ret_scale) MUST_CHECK;

/* In place, from the scaled programme's units to flat's own. NULL is left alone. */
void flat_scale_columns(const struct programme_flat *flat, const struct flat_scale *scale,
                        double *x);
void flat_scale_prices(const struct programme_flat *flat, const struct flat_scale *scale,
                       double *y);
/* A ray of rows has no size: prices without the cost's factor. */
void flat_scale_row_ray(const struct programme_flat *flat, const struct flat_scale *scale,
                        double *ray);

#endif
