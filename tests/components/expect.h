/* A rule that a kind of component keeps to: what breaks it is told and counted, and the test goes on. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_COMPONENTS_EXPECT_H
#define TESTS_COMPONENTS_EXPECT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>

static int failures;
static int last_line; /* each rule is said once per kind */
static const void *last_kind;

#define EXPECT(kind, condition, ...)                                                               \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            failures++;                                                                            \
            if (last_kind != (kind) || last_line != __LINE__) {                                    \
                last_kind = (kind);                                                                \
                last_line = __LINE__;                                                              \
                printf("%s: ", (kind)->name);                                                      \
                printf(__VA_ARGS__);                                                               \
                printf("\n");                                                                      \
            }                                                                                      \
        }                                                                                          \
    } while (0)

#endif
