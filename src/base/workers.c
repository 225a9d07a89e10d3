/* One socket per process: an index goes down, a result comes up. A process ends when its socket does, so none outlives
   the caller by more than one piece. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "base/workers.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/parallel.h"

enum { PROCESSES_MAX = 256, TRIES = 2, MEANWHILE_MS = 2 };

struct worker {
    pid_t process;
    int socket;
    long piece; /* -1: at rest */
    int tries;  /* of its piece */
    size_t have;
};

struct crew {
    const struct workers *workers;
    int count;
    struct worker worker[PROCESSES_MAX];
    struct pollfd poll[PROCESSES_MAX];
    char *results; /* by worker: what has come of its result */
    long next;     /* of workers->pieces */
    bool stopped;
};

static bool send_all(int to, const char *data, size_t size) {
    while (size > 0) {
        ssize_t sent = send(to, data, size, MSG_NOSIGNAL);
        if (sent <= 0 && errno != EINTR) {
            return false;
        }
        data += sent > 0 ? sent : 0;
        size -= sent > 0 ? (size_t)sent : 0;
    }
    return true;
}

static bool receive_all(int from, char *data, size_t size) {
    while (size > 0) {
        ssize_t got = recv(from, data, size, 0);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        data += got > 0 ? got : 0;
        size -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

static void serve(const struct workers *workers, int socket, char *result) {
    long piece = 0;
    while (receive_all(socket, (char *)&piece, sizeof piece)) {
        memset(result, 0, workers->result_size);
        workers->work(workers->data, piece, result);
        if (!send_all(socket, result, workers->result_size)) {
            break;
        }
    }
    _exit(0);
}

static enum status start(struct crew *crew, int k) {
    int ends[2];
    struct worker *worker = &crew->worker[k];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) {
        return STATUS_INTERNAL;
    }
    pid_t process = fork();
    if (process == 0) {
        for (int other = 0; other < crew->count;
             other++) { /* or they would keep each other alive */
            if (other != k && crew->worker[other].socket >= 0) {
                (void)close(crew->worker[other].socket);
            }
        }
        (void)close(ends[0]);
        serve(crew->workers, ends[1], crew->results + (size_t)k * crew->workers->result_size);
    }
    (void)close(ends[1]);
    if (process < 0) {
        (void)close(ends[0]);
        return STATUS_INTERNAL;
    }
    worker->process = process;
    worker->socket = ends[0];
    crew->poll[k] = (struct pollfd){ends[0], POLLIN, 0};
    return STATUS_OK;
}

static void bury(struct crew *crew, int k) {
    struct worker *worker = &crew->worker[k];
    if (worker->socket >= 0) {
        (void)close(worker->socket);
        while (waitpid(worker->process, NULL, 0) < 0 && errno == EINTR) {
        }
    }
    worker->socket = -1;
    crew->poll[k].fd = -1;
    worker->have = 0;
}

static void report(struct crew *crew, long piece, const void *result) {
    if (!crew->workers->done(crew->workers->data, piece, result)) {
        crew->stopped = true;
    }
}

static long next_piece(struct crew *crew) {
    const struct workers *workers = crew->workers;
    if (crew->stopped || (!workers->next && crew->next >= workers->count)) {
        return -1;
    }
    if (workers->next) {
        return workers->next(workers->source);
    }
    long at = crew->next++;
    return workers->pieces ? workers->pieces[at] : at;
}

/* Gives the worker its piece again, or the next one, or nothing. A worker that cannot be written to is replaced. */
static enum status give(struct crew *crew, int k) {
    struct worker *worker = &crew->worker[k];
    for (;;) {
        if (worker->piece >= 0 && worker->tries >= TRIES) {
            report(crew, worker->piece, NULL);
            worker->piece = -1;
        }
        if (worker->piece < 0) {
            worker->piece = next_piece(crew);
            worker->tries = 0;
        }
        if (worker->piece < 0) {
            bury(crew, k);
            return STATUS_OK;
        }
        if (worker->socket < 0) {
            TRY(start(crew, k));
        }
        worker->tries++;
        worker->have = 0;
        if (send_all(worker->socket, (const char *)&worker->piece, sizeof worker->piece)) {
            return STATUS_OK;
        }
        bury(crew, k);
    }
}

static enum status listen_to(struct crew *crew, int k) {
    struct worker *worker = &crew->worker[k];
    size_t size = crew->workers->result_size;
    char *result = crew->results + (size_t)k * size;
    ssize_t got = recv(worker->socket, result + worker->have, size - worker->have, 0);
    if (got < 0 && errno == EINTR) {
        return STATUS_OK;
    }
    if (got <= 0) { /* died over its piece */
        bury(crew, k);
        return give(crew, k);
    }
    worker->have += (size_t)got;
    if (worker->have < size) {
        return STATUS_OK;
    }
    report(crew, worker->piece, result);
    worker->piece = -1;
    return give(crew, k);
}

static int at_work(const struct crew *crew) {
    int count = 0;
    for (int k = 0; k < crew->count; k++) {
        count += crew->worker[k].socket >= 0;
    }
    return count;
}

/* Others may have left something over for those who rest. */
static enum status wake(struct crew *crew) {
    for (int k = 0; k < crew->count; k++) {
        if (crew->worker[k].socket < 0) {
            TRY(give(crew, k));
        }
    }
    return STATUS_OK;
}

static enum status run(struct crew *crew) {
    const struct workers *workers = crew->workers;
    TRY(wake(crew));
    while ((workers->meanwhile && workers->meanwhile(workers->source)) || at_work(crew) > 0) {
        if (workers->meanwhile) {
            TRY(wake(crew));
        }
        if (poll(crew->poll, (nfds_t)crew->count, workers->meanwhile ? MEANWHILE_MS : -1) < 0) {
            if (errno != EINTR) {
                return STATUS_INTERNAL;
            }
            continue;
        }
        for (int k = 0; k < crew->count; k++) {
            if (crew->worker[k].socket >= 0 && crew->poll[k].revents) {
                TRY(listen_to(crew, k));
            }
        }
    }
    return STATUS_OK;
}

enum status workers_run(const struct workers *workers) {
    struct arena *arena = arena_new(0);
    struct crew *crew = arena ? ARENA_TAKE(arena, struct crew, 1) : NULL;
    enum status status = STATUS_NO_MEMORY;
    if (crew) {
        int processes = workers->processes > 0 ? workers->processes : parallel_cores();
        processes = processes < PROCESSES_MAX ? processes : PROCESSES_MAX;
        crew->workers = workers;
        crew->count = workers->count < processes ? (int)workers->count : processes;
        crew->results = ARENA_TAKE(arena, char, crew->count *(long)workers->result_size);
        for (int k = 0; k < crew->count; k++) {
            crew->worker[k] = (struct worker){.socket = -1, .piece = -1};
            crew->poll[k] = (struct pollfd){-1, POLLIN, 0};
        }
        status = crew->results ? run(crew) : STATUS_NO_MEMORY;
        for (int k = 0; k < crew->count; k++) {
            bury(crew, k);
        }
    }
    arena_free(arena);
    return status;
}
