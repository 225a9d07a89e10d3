/* Threads are started for one call and joined before it returns; the caller works along. The next
   free index is drawn from one counter, so a slow index holds up nobody. If the machine gives fewer
   threads, fewer work. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

enum { THREADS_MAX = 256 };

struct job {
    atomic_int next;
    int count;
    void (*work)(void *data, int index);
    void *data;
};

static void *worker(void *argument) {
    struct job *job = argument;
    for (;;) {
        int index = atomic_fetch_add(&job->next, 1);
        if (index >= job->count) {
            return NULL;
        }
        job->work(job->data, index);
    }
}

int parallel_cores(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : (int)(cores < THREADS_MAX ? cores : THREADS_MAX);
}

enum status parallel_for(int threads, int count, void (*work)(void *data, int index), void *data) {
    enum { COUNT_MAX = 2000000000 }; /* leaves room for each thread's last draw */
    if (count < 0 || count > COUNT_MAX || !work) {
        return STATUS_USAGE;
    }
    threads = threads <= 0 ? parallel_cores() : threads;
    threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    threads = threads < count ? threads : count;
    struct job job = {.count = count, .work = work, .data = data};
    atomic_init(&job.next, 0);
    pthread_t helper[THREADS_MAX];
    int helpers = 0;
    while (helpers < threads - 1 && pthread_create(&helper[helpers], NULL, worker, &job) == 0) {
        helpers++;
    }
    (void)worker(&job);
    for (int i = 0; i < helpers; i++) {
        (void)pthread_join(helper[i], NULL);
    }
    return STATUS_OK;
}
