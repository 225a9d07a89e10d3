/* A build without PostgreSQL (HEARTH_POSTGRES). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "studies/store_kinds.h"

enum status store_postgres(struct arena *arena, struct diag *diag, const char *address,
                           struct store **ret) {
    struct place place = {0};
    (void)arena;
    (void)address;
    *ret = NULL;
    diag_error(diag, place, "this program was built without PostgreSQL");
    diag_remedy(diag, "build it with  cmake --preset cluster,  or leave --store out: results are "
                      "then kept in study.db");
    return STATUS_USAGE;
}
