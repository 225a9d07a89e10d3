/* cmocka's own comparison is of floats. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_PHYSICS_CLOSE_H
#define TESTS_PHYSICS_CLOSE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/status.h"

/* Prints both numbers when they differ, which a bare assertion would not. */
static inline bool is_close(double got, double expected, double tolerance) {
    bool close = fabs(got - expected) <= tolerance;
    if (!close) {
        printf("%.12g is not %.12g within %.3g\n", got, expected, tolerance);
    }
    return close;
}
#define assert_close(got, expected, tolerance) assert_true(is_close(got, expected, tolerance))

#endif
