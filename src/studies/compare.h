/* One scenario, planned once for each way that one key of its data centres could be: cooling methods side by side,
   redundancies, years of operation. Each is an exact plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_COMPARE_H
#define STUDIES_COMPARE_H

#include "accounts/accounts.h"

enum { COMPARE_ROWS_MAX = 40 };

struct compare_ask {
    const char *file, *text; /* the scenario */
    size_t size;
    const char *key;    /* "cooling", or a parameter of the data hall */
    const char *values; /* apart by commas; "all": every word, every method */
    struct plan_options options;
};

struct comparison_row {
    const char *value, *title;
    bool as_written;    /* what the scenario says itself */
    enum status status; /* of its plan; figures hold where it is OK */
    const char *reason; /* why there is no plan */
    const char *note;   /* what else had to change, or NULL */
    struct metrics together, apart;
    double heat_c;               /* of the heat that is handed over, else of the coolant's return */
    double cooling_invest_money; /* what the cooling costs to build */
    double sound_db;             /* sound power of what stands outdoors; NaN: not known */
};

struct comparison {
    const char *key, *name, *currency;
    int count,
        best; /* best: least cost of the joint plan, where rows do different work its cost per work; -1: no plan */
    bool same_work;
    struct comparison_row *rows;
    double year_frac;
};

/* Plans every row; a row without a plan says why. USAGE with a message where key or values name nothing;
   BAD_SCENARIO where the scenario itself has mistakes; CANCELLED when progress said so. */
enum status compare_run(const struct compare_ask *ask, struct arena *arena, struct diag *diag,
                        struct comparison **ret) MUST_CHECK;

#endif
