/* The table of built-in places: those with a weather file behind them and those without, merged by
   name. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "scenario/climates.h"

#include <string.h>

#include "scenario/climates_table.h"

int climates_count(void) { return climates_measured_count() + climates_approximate_count(); }

const struct normals *climates_at(int index) {
    int measured = 0, approximate = 0;
    for (;;) {
        const struct normals *one =
            measured < climates_measured_count() ? climates_measured_at(measured) : NULL;
        const struct normals *other = approximate < climates_approximate_count()
                                          ? climates_approximate_at(approximate)
                                          : NULL;
        bool first = one && (!other || strcmp(one->name, other->name) < 0);
        if (measured + approximate == index) {
            return first ? one : other;
        }
        measured += first;
        approximate += !first;
    }
}
