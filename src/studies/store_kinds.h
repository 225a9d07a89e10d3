/* What each kind of store does; the contracts are those of store.h. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_STORE_KINDS_H
#define STUDIES_STORE_KINDS_H

#include "studies/store.h"

struct store_kind {
    enum status (*import)(struct store *store, struct diag *diag, const char *path);
    bool (*find)(struct store *store, const char *id, int count, const char *const *names,
                 enum status *ret_status, double *ret_value);
    enum status (*add)(struct store *store, struct diag *diag, const char *id, enum status status,
                       int count, const char *const *names, const double *value);
    void (*close)(struct store *store);
};
struct store { /* the first member of each kind's own */
    const struct store_kind *kind;
};

enum { STORE_FORM = 1 };

/* *ret is set as soon as there is something to close. */
enum status store_sqlite(struct arena *arena, struct diag *diag, const char *path, bool alone,
                         struct store **ret) MUST_CHECK;
enum status store_postgres(struct arena *arena, struct diag *diag, const char *address,
                           struct store **ret) MUST_CHECK;

#endif
