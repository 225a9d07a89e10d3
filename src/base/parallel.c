/* Threads that call one function with every index: the next free one is drawn from one counter, so a slow
   index holds up nobody. If the machine gives fewer threads, fewer work.

   A team waits between calls: first looking again and again, since the next call of an iteration comes within
   microseconds, then asleep, so that a machine with other work is not held up. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <unistd.h>

enum { THREADS_MAX = 256, COUNT_MAX = 2000000000 /* leaves room for each thread's last draw */ };
enum { LOOKS = 2000 }; /* some 50 microseconds */

struct job {
    atomic_int next;
    int count;
    void (*work)(void *data, int index);
    void *data;
};

struct parallel_team {
    struct job job;
    pthread_mutex_t mutex;
    pthread_cond_t called, finished;
    atomic_int calls, busy; /* how many there were; helpers at work on the last one */
    atomic_bool over;
    int helpers;
    pthread_t helper[];
};

static void draw(struct job *job) {
    for (;;) {
        int index = atomic_fetch_add(&job->next, 1);
        if (index >= job->count) {
            return;
        }
        job->work(job->data, index);
    }
}

int parallel_cores(void) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    return cores < 1 ? 1 : (int)(cores < THREADS_MAX ? cores : THREADS_MAX);
}

static int usable(int threads) {
    threads = threads <= 0 ? parallel_cores() : threads;
    return threads < THREADS_MAX ? threads : THREADS_MAX;
}

/* ---- a team ---- */

static void look_away(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#endif
}

/* Until the number is another than `old`: looks for a while, then sleeps. */
static void wait_for_change(struct parallel_team *team, atomic_int *number, int old,
                            pthread_cond_t *condition) {
    for (int look = 0; look < LOOKS; look++) {
        if (atomic_load_explicit(number, memory_order_acquire) != old) {
            return;
        }
        look_away();
    }
    (void)pthread_mutex_lock(&team->mutex);
    while (atomic_load(number) == old) {
        (void)pthread_cond_wait(condition, &team->mutex);
    }
    (void)pthread_mutex_unlock(&team->mutex);
}

static void *help(void *argument) {
    struct parallel_team *team = argument;
    for (int seen = 0;; seen++) {
        wait_for_change(team, &team->calls, seen, &team->called);
        if (atomic_load(&team->over)) {
            return NULL;
        }
        draw(&team->job);
        if (atomic_fetch_sub(&team->busy, 1) == 1) {
            (void)pthread_mutex_lock(&team->mutex);
            (void)pthread_cond_signal(&team->finished);
            (void)pthread_mutex_unlock(&team->mutex);
        }
    }
}

static void call(struct parallel_team *team) {
    (void)pthread_mutex_lock(&team->mutex);
    (void)atomic_fetch_add(&team->calls, 1);
    (void)pthread_cond_broadcast(&team->called);
    (void)pthread_mutex_unlock(&team->mutex);
}

enum status parallel_team_new(struct arena *arena, int threads, struct parallel_team **ret) {
    threads = usable(threads);
    *ret = NULL;
    if (threads == 1) {
        return STATUS_OK;
    }
    struct parallel_team *team =
        arena_take(arena, 1, sizeof *team + (size_t)(threads - 1) * sizeof *team->helper);
    if (!team) {
        return STATUS_NO_MEMORY;
    }
    atomic_init(&team->calls, 0);
    atomic_init(&team->busy, 0);
    atomic_init(&team->over, false);
    atomic_init(&team->job.next, 0);
    if (pthread_mutex_init(&team->mutex, NULL) != 0) {
        return STATUS_NO_MEMORY;
    }
    (void)pthread_cond_init(&team->called, NULL);
    (void)pthread_cond_init(&team->finished, NULL);
    while (team->helpers < threads - 1 &&
           pthread_create(&team->helper[team->helpers], NULL, help, team) == 0) {
        team->helpers++;
    }
    *ret = team;
    return STATUS_OK;
}

void parallel_team_end(struct parallel_team *team) {
    if (!team) {
        return;
    }
    atomic_store(&team->over, true);
    call(team);
    for (int i = 0; i < team->helpers; i++) {
        (void)pthread_join(team->helper[i], NULL);
    }
    (void)pthread_cond_destroy(&team->called);
    (void)pthread_cond_destroy(&team->finished);
    (void)pthread_mutex_destroy(&team->mutex);
}

enum status parallel_team_for(struct parallel_team *team, int count,
                              void (*work)(void *data, int index), void *data) {
    if (count < 0 || count > COUNT_MAX || !work) {
        return STATUS_USAGE;
    }
    if (!team || team->helpers == 0 || count < 2) {
        for (int i = 0; i < count; i++) {
            work(data, i);
        }
        return STATUS_OK;
    }
    team->job.count = count;
    team->job.work = work;
    team->job.data = data;
    atomic_store(&team->job.next, 0);
    atomic_store(&team->busy, team->helpers);
    call(team);
    draw(&team->job);
    for (int busy; (busy = atomic_load(&team->busy)) > 0;) {
        wait_for_change(team, &team->busy, busy, &team->finished);
    }
    return STATUS_OK;
}

/* ---- threads for one call ---- */

static void *work_once(void *argument) {
    draw(argument);
    return NULL;
}

enum status parallel_for(int threads, int count, void (*work)(void *data, int index), void *data) {
    if (count < 0 || count > COUNT_MAX || !work) {
        return STATUS_USAGE;
    }
    threads = usable(threads);
    threads = threads < count ? threads : count;
    struct job job = {.count = count, .work = work, .data = data};
    atomic_init(&job.next, 0);
    pthread_t helper[THREADS_MAX];
    int helpers = 0;
    while (helpers < threads - 1 && pthread_create(&helper[helpers], NULL, work_once, &job) == 0) {
        helpers++;
    }
    draw(&job);
    for (int i = 0; i < helpers; i++) {
        (void)pthread_join(helper[i], NULL);
    }
    return STATUS_OK;
}
