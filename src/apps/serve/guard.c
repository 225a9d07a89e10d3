/* A connection whose request is not whole after SERVE_REQUEST_S is cut off, however often it sends a byte. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "apps/serve/serve.h"

struct watched {
    struct guard *guard;
    int socket; /* -1: free */
    bool answering;
    time_t since;
};

struct guard {
    pthread_mutex_t mutex;
    struct watched watched[SERVE_CONNECTIONS_MAX];
};

static time_t now(void) {
    struct timespec time = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec;
}

struct guard *guard_new(void) {
    struct guard *guard = calloc(1, sizeof *guard);
    if (guard && pthread_mutex_init(&guard->mutex, NULL) != 0) {
        free(guard);
        return NULL;
    }
    for (int k = 0; guard && k < SERVE_CONNECTIONS_MAX; k++) {
        guard->watched[k].guard = guard;
        guard->watched[k].socket = -1;
    }
    return guard;
}

void guard_free(struct guard *guard) {
    if (guard) {
        (void)pthread_mutex_destroy(&guard->mutex);
        free(guard);
    }
}

void guard_connection(void *data, struct MHD_Connection *connection, void **socket_context,
                      enum MHD_ConnectionNotificationCode code) {
    struct guard *guard = data;
    struct watched *watched = *socket_context;
    (void)pthread_mutex_lock(&guard->mutex);
    if (code == MHD_CONNECTION_NOTIFY_CLOSED && watched) {
        watched->socket = -1;
    }
    const union MHD_ConnectionInfo *info =
        code == MHD_CONNECTION_NOTIFY_STARTED
            ? MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
            : NULL;
    for (int k = 0; info && k < SERVE_CONNECTIONS_MAX; k++) {
        watched = &guard->watched[k];
        if (watched->socket < 0) {
            watched->socket = info->connect_fd;
            watched->answering = false;
            watched->since = now();
            *socket_context = watched;
            break;
        }
    }
    (void)pthread_mutex_unlock(&guard->mutex);
}

void guard_answering(struct MHD_Connection *connection, bool answering) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
    struct watched *watched = info ? info->socket_context : NULL;
    if (watched) {
        (void)pthread_mutex_lock(&watched->guard->mutex);
        watched->answering = answering;
        watched->since = now();
        (void)pthread_mutex_unlock(&watched->guard->mutex);
    }
}

void guard_sweep(struct guard *guard) {
    (void)pthread_mutex_lock(&guard->mutex);
    for (int k = 0; k < SERVE_CONNECTIONS_MAX; k++) {
        const struct watched *watched = &guard->watched[k];
        if (watched->socket >= 0 && !watched->answering &&
            now() - watched->since > SERVE_REQUEST_S) {
            (void)shutdown(watched->socket, SHUT_RDWR);
        }
    }
    (void)pthread_mutex_unlock(&guard->mutex);
}
