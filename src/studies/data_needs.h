/* What data a community makes, keeps and computes, and how near that must be: ranges from claims, which somebody has to confirm
   before anything is sized by them. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_DATA_NEEDS_H
#define STUDIES_DATA_NEEDS_H

#include "base/diag.h"

enum data_kind {
#define DATA_KIND(kind, ...) DATA_##kind,
#include "studies/data_needs.def"
#undef DATA_KIND
    DATA_KINDS
};
const char *data_kind_name(enum data_kind kind);
const char *data_kind_counted(enum data_kind kind);
const char *data_kind_claim(enum data_kind kind);

enum data_place { DATA_AT_SITE, DATA_IN_REGION, DATA_ANYWHERE, DATA_PLACES };

struct data_range {
    double low_value, high_value;
};

struct data_user {
    const char *name, *confirmed_by; /* NULL: by nobody */
    enum data_kind kind;
    double count;
    struct data_range made_tb_day; /* of one piece */
    struct data_range sent_frac, kept_day, copies_ratio, compression_ratio;
    struct data_range compute_kwh_tb, always_on_kw; /* NaN where nobody says */
    double latency_s;
    int availability_class;
    bool stays; /* may not leave the region */
    /* what follows */
    struct data_range sent_tb_day, stored_tb,
        it_kw;      /* of all pieces; it_kw without compute where that is not known */
    double fibre_m; /* that light crosses to and fro within latency_s, and nothing else done */
    enum data_place place;
};

struct data_needs {
    const char *name;
    struct data_range stored_kw_tb;
    double offered_kw; /* IT of the data centre, or NaN */
    int users_count, confirmed, without_compute;
    struct data_user *users;
    struct data_range it_kw[DATA_PLACES], all_kw;
};

/* Reads a file of users and works it out. */
enum status data_needs_read(struct arena *arena, struct diag *diag, const char *path,
                            struct data_needs **ret) MUST_CHECK;

#endif
