/* A tariff's bill as a table, JSON or CSV. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_BILL_H
#define TELL_BILL_H

#include "scenario/tariff.h"
#include "tell/feeder.h"

struct tell_bill_ask {
    const char *tariff, *load_file, *column; /* load_file NULL: flat_kw */
    double flat_kw, times_ratio;             /* the column is multiplied */
    int year;                                /* whose calendar */
    double contract_kw, min_share_frac;      /* 0: no contract; all parts alike */
    enum tell_format format;
};

enum status tell_bill(struct arena *arena, struct diag *diag, const struct tell_bill_ask *ask,
                      const char **ret_text) MUST_CHECK;

#endif
