/* Why the plan is as it is, by planning it again: each sentence says what a change would do, and it was done. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_WHY_H
#define ACCOUNTS_WHY_H

#include "accounts/accounts.h"
#include "plan/break_even.h"

struct why_line {
    struct lever_at lever; /* value: where the lever stands now */
    bool is_break_even;    /* else: what one step of the lever does */
    struct break_even turn;
    double told_value; /* of the lever, as the sentence says it: on the side where its words hold */
    double step, step_money_year; /* together costs so much more a year, one step on */
    bool by_party; /* what each party has more a year of it, heat at a price agreed anew */
    double party_money_year[PARTY_COUNT];
    const char *sentence;
};
struct why {
    int count, plans; /* plans: how often it was planned again */
    struct why_line *lines;
};

enum status account_why(const struct accounts *accounts, const struct plan_options *options,
                        struct arena *arena, struct why **ret) MUST_CHECK;

#endif
