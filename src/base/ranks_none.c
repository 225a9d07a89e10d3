/* A build without MPI (HEARTH_MPI). */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/ranks.h"

enum status ranks_begin(struct arena *arena, struct diag *diag, struct ranks **ret) {
    struct place place = {0};
    (void)arena;
    *ret = NULL;
    diag_error(diag, place, "this program was built without MPI");
    diag_remedy(diag,
                "build it with  cmake --preset cluster;  a study can also be planned in parts: "
                "--part K/N, --slurm N");
    return STATUS_USAGE;
}

int ranks_count(const struct ranks *ranks) {
    (void)ranks;
    return 1;
}

int ranks_lost(const struct ranks *ranks) {
    (void)ranks;
    return 0;
}

bool ranks_await(struct ranks *ranks) {
    (void)ranks;
    return true;
}

bool ranks_is_first(const struct ranks *ranks) {
    (void)ranks;
    return true;
}

enum status ranks_run(struct ranks *ranks, const struct workers *workers) {
    (void)ranks;
    return workers_run(workers);
}

enum status ranks_gather(struct ranks *ranks, void *bytes, const long *first) {
    (void)ranks;
    (void)bytes;
    (void)first;
    return STATUS_OK;
}

enum status ranks_settle(struct ranks *ranks, struct diag *diag, enum status status,
                         bool *ret_tells) {
    (void)ranks;
    (void)diag;
    *ret_tells = true;
    return status;
}

int ranks_number(const struct ranks *ranks) {
    (void)ranks;
    return 0;
}

int ranks_beside(const struct ranks *ranks) {
    (void)ranks;
    return 1;
}

void ranks_end(struct ranks *ranks) { (void)ranks; }
