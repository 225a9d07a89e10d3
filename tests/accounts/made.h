/* A small plan with its accounts. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_ACCOUNTS_MADE_H
#define TESTS_ACCOUNTS_MADE_H

#include "accounts/accounts.h"
#include "plan/small.h"

struct made {
    struct small small;
    struct accounts *accounts;
};

static inline struct made make(const char *text) {
    struct made made = {small_solve(text), NULL};
    assert_int_equal(accounts_make(made.small.plan, made.small.arena, &made.accounts), STATUS_OK);
    return made;
}

#endif
