/* Why the coolant is as warm as it is, in words, from the plans that were tried. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_SUPPLY_H
#define ACCOUNTS_SUPPLY_H

#include "accounts/accounts.h"
#include "plan/supply.h"

struct supply_words {
    const char *claim, *because;
};
/* Of one hall of the plan's choice, the others as in the best plan. */
void account_supply(const struct accounts *accounts, int hall, struct arena *arena,
                    struct supply_words *ret);

/* The rows of that curve, rising; returns how many. */
int account_supply_curve(const struct supply_choice *choice, int hall, int *ret_row);

#endif
