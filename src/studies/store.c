/* Each call goes to the kind of store that it is for. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <string.h>

#include "studies/store_kinds.h"

bool store_is_address(const char *path) {
    static const char *const schemes[] = {"postgresql://", "postgres://"};
    for (int k = 0; k < COUNT(schemes); k++) {
        if (strncmp(path, schemes[k], strlen(schemes[k])) == 0) {
            return true;
        }
    }
    return false;
}

enum status store_open(struct arena *arena, struct diag *diag, const char *path, bool alone,
                       struct store **ret) {
    *ret = NULL;
    return store_is_address(path) ? store_postgres(arena, diag, path, ret)
                                  : store_sqlite(arena, diag, path, alone, ret);
}

enum status store_import(struct store *store, struct diag *diag, const char *path) {
    return store->kind->import(store, diag, path);
}

bool store_find(struct store *store, const char *id, int count, const char *const *names,
                enum status *ret_status, double *ret_value) {
    return store->kind->find(store, id, count, names, ret_status, ret_value);
}

enum status store_add(struct store *store, struct diag *diag, const char *id, enum status status,
                      int count, const char *const *names, const double *value) {
    return store->kind->add(store, diag, id, status, count, names, value);
}

void store_close(struct store *store) {
    if (store) {
        store->kind->close(store);
    }
}
