/* Threads of one test that hold blocks of a programme each, as ranks of a job do: they have nothing in common but what they
   gather. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_OPTIMISE_HOLDERS_H
#define TESTS_OPTIMISE_HOLDERS_H

#include <pthread.h>
#include <string.h>

#include "optimise/share.h"

enum { HOLDERS_MOST = 3, TABLE_BYTES = 4 << 20 };

/* Where they meet. */
struct table {
    pthread_barrier_t barrier;
    char *bytes;
    enum status failed;
};

struct seat {
    struct table *table;
    struct share share;
};

static inline enum status seat_gather(void *data, void *bytes, const long *first) {
    const struct seat *seat = data;
    const struct share *share = &seat->share;
    struct table *table = seat->table;
    if (first[share->blocks_count] > TABLE_BYTES) {
        table->failed = STATUS_NO_MEMORY;
    } else {
        memcpy(table->bytes + first[share->first], (char *)bytes + first[share->first],
               (size_t)(first[share->end] - first[share->first]));
    }
    (void)pthread_barrier_wait(&table->barrier);
    enum status failed = table->failed;
    if (failed == STATUS_OK) {
        memcpy(bytes, table->bytes, (size_t)first[share->blocks_count]);
    }
    (void)pthread_barrier_wait(&table->barrier);
    return failed;
}

/* In place of a gather of the others. */
static inline void seat_give_up(struct seat *seat) {
    seat->table->failed = STATUS_NO_MEMORY;
    (void)pthread_barrier_wait(&seat->table->barrier);
    (void)pthread_barrier_wait(&seat->table->barrier);
}

static inline enum status table_begin(struct table *table, struct arena *arena, int holders) {
    table->failed = STATUS_OK;
    table->bytes = ARENA_TAKE(arena, char, TABLE_BYTES);
    bool good = table->bytes && pthread_barrier_init(&table->barrier, NULL, (unsigned)holders) == 0;
    return good ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Holder `number` of so many; data of gather is the seat, which stays where it is. */
static inline enum status seat_begin(struct seat *seat, struct table *table, struct arena *arena,
                                     int blocks, int holders, int number) {
    int first_block[HOLDERS_MOST + 1];
    seat->table = table;
    for (int h = 0; h <= holders; h++) {
        first_block[h] = h * blocks / holders;
    }
    TRY(share_begin(arena, first_block, holders, number, &seat->share));
    seat->share.gather = seat_gather;
    seat->share.data = seat;
    return STATUS_OK;
}

#endif
