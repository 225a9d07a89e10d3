/* The data centre's indicators as the standards define them, each with what it is made of, and the sheet of the EU's
   Delegated Regulation 2024/1364. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef ACCOUNTS_INDICATORS_H
#define ACCOUNTS_INDICATORS_H

#include "accounts/accounts.h"

enum { INDICATORS_MAX = 16, SHEET_LINES_MAX = 40 };

struct indicator {
    const char *symbol, *title, *unit;
    double value; /* NaN: does not apply */
    const char *over, *over_unit;
    double over_value;
    const char *under, *under_unit;
    double under_value;
    const char *standard, *boundary;
};
/* Of one case; returns how many. A plan of a part of a year gives interim values, scaled to a year. */
int account_indicators(const struct accounts *accounts, enum plan_case kind,
                       struct indicator ret[INDICATORS_MAX]);

struct sheet_line {
    const char *key, *title, *unit;
    double value;     /* NaN: not known */
    const char *text; /* in place of a number, or NULL */
    const char *note; /* how it was found, or why it is not known */
};
/* Of the joint plan; returns how many, 0 without a data centre. */
int account_sheet(const struct accounts *accounts, struct arena *arena,
                  struct sheet_line ret[SHEET_LINES_MAX]);

#endif
