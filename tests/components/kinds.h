/* All kinds under test: the registry, and the template that stands in no list. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_COMPONENTS_KINDS_H
#define TESTS_COMPONENTS_KINDS_H

#include <string.h>

#include "components/component.h"

/* cmocka's own comparison is of floats. */
#define assert_close(got, expected, tolerance) assert_true(fabs((got) - (expected)) <= (tolerance))

extern const struct component component_template;

static inline int kinds_count(void) { return component_count() + 1; }
static inline const struct component *kinds_at(int index) {
    return index < component_count() ? component_at(index) : &component_template;
}
static inline const struct component *kinds_find(const char *name) {
    return strcmp(name, "template") == 0 ? &component_template : component_find(name);
}

#endif
