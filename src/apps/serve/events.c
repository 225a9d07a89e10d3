/* One stream of server-sent events per tab. A reader gives what waits or suspends its connection; sending resumes it. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/serve.h"

enum {
    QUEUE_MAX = 1 << 18,  /* bytes that may wait for a tab that does not read */
    CHUNK_BYTES = 1 << 15 /* at once: a first answer is one */
};

struct stream {
    struct serve *serve;
    struct tab *tab; /* NULL: another stream has taken its place */
    struct MHD_Connection *connection;
    char *queue;
    size_t size;
    bool suspended, done;
};

/* Without bytes it only wakes the reader: a realloc to nothing would free the queue behind its back. */
static void add(struct stream *stream, const char *text, size_t size) {
    bool fits = stream->size + size <= QUEUE_MAX;
    char *grown = size > 0 && fits ? realloc(stream->queue, stream->size + size) : NULL;
    if (grown) {
        stream->queue = grown;
        memcpy(grown + stream->size, text, size);
        stream->size += size;
    } else if (size > 0) {
        stream->done = true; /* it has stopped reading: closed, and the browser opens a new one */
    }
    if (stream->suspended) {
        stream->suspended = false;
        MHD_resume_connection(stream->connection);
    }
}

void events_send(struct serve *serve, struct tab *tab, const char *event, const char *data) {
    (void)serve;
    size_t size = strlen(event) + strlen(data) + sizeof "event: \ndata: \n\n";
    char *text = tab->stream ? malloc(size) : NULL;
    if (text) {
        int length = snprintf(text, size, "event: %s\ndata: %s\n\n", event, data);
        add(tab->stream, text, (size_t)length);
    }
    free(text);
}

static ssize_t stream_read(void *data, uint64_t position, char *buffer, size_t room) {
    struct stream *stream = data;
    (void)position;
    ssize_t given = 0;
    (void)pthread_mutex_lock(&stream->serve->mutex);
    if (stream->size > 0) {
        size_t count = stream->size < room ? stream->size : room;
        memcpy(buffer, stream->queue, count);
        memmove(stream->queue, stream->queue + count, stream->size - count);
        stream->size -= count;
        given = (ssize_t)count;
    } else if (stream->done || stream->serve->stopping) {
        given = MHD_CONTENT_READER_END_OF_STREAM;
    } else {
        stream->suspended = true;
        MHD_suspend_connection(stream->connection);
    }
    (void)pthread_mutex_unlock(&stream->serve->mutex);
    return given;
}

static void stream_free(void *data) {
    struct stream *stream = data;
    struct serve *serve = stream->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    if (stream->tab) {
        plans_leave(serve, stream->tab);
        memset(stream->tab, 0, sizeof *stream->tab);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    free(stream->queue);
    free(stream);
}

/* A guest's tab, whose stream ends: where all are taken, members and the owner come first. */
static struct tab *guest_turned_out(struct serve *serve) {
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct tab *tab = &serve->tabs[k];
        if (tab->stream && tab->rights == TAB_GUEST) {
            tab->stream->tab = NULL;
            tab->stream->done = true;
            add(tab->stream, "", 0);
            plans_leave(serve, tab);
            memset(tab, 0, sizeof *tab);
            return tab;
        }
    }
    return NULL;
}

/* The tab of that name, or a free one. A tab that comes again keeps its plan; its older stream ends. Mutex held. */
static bool tab_take(struct serve *serve, const char *name, enum tab_rights rights, int member,
                     struct stream *stream) {
    struct tab *tab = NULL;
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct tab *other = &serve->tabs[k];
        bool same = strcmp(other->name, name) == 0;
        if (same || (!tab && other->name[0] == '\0')) {
            tab = other;
        }
        if (same) {
            break;
        }
    }
    tab = tab || rights == TAB_GUEST ? tab : guest_turned_out(serve);
    if (!tab) {
        return false;
    }
    if (tab->stream) {
        tab->stream->tab = NULL;
        tab->stream->done = true;
        add(tab->stream, "", 0);
    }
    memcpy(tab->name, name, strlen(name) + 1);
    tab->rights = rights;
    tab->member = member;
    tab->stream = stream;
    stream->tab = tab;
    return true;
}

enum MHD_Result events_open(struct serve *serve, struct MHD_Connection *connection,
                            const char *name, enum tab_rights rights, int member) {
    struct stream *stream = calloc(1, sizeof *stream);
    if (!stream) {
        return MHD_NO;
    }
    stream->serve = serve;
    stream->connection = connection;
    (void)pthread_mutex_lock(&serve->mutex);
    bool taken = tab_take(serve, name, rights, member, stream);
    if (taken) {
        add(stream, ": open\n\n", 8);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    if (!taken) {
        free(stream);
        return answer_words(connection, MHD_HTTP_SERVICE_UNAVAILABLE,
                            "all tabs are taken: close one and try again");
    }
    struct MHD_Response *response = MHD_create_response_from_callback(
        MHD_SIZE_UNKNOWN, CHUNK_BYTES, stream_read, stream, stream_free);
    if (!response) {
        stream_free(stream);
        return MHD_NO;
    }
    answer_protect(response, false);
    (void)MHD_add_response_header(response, "Content-Type", "text/event-stream");
    enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

static void send_from(struct serve *serve, enum tab_rights rights, const char *event,
                      const char *data) {
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        if (serve->tabs[k].stream && serve->tabs[k].rights >= rights) {
            events_send(serve, &serve->tabs[k], event, data);
        }
    }
}

void events_class(struct serve *serve, const char *data) {
    send_from(serve, TAB_MEMBER, "class", data);
}

void events_records(struct serve *serve, const char *kind) {
    char data[40];
    (void)snprintf(data, sizeof data, "{\"kind\":\"%s\"}", kind);
    send_from(serve, TAB_OWNER, "records", data);
}

void events_forget(struct serve *serve, int member) {
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct tab *tab = &serve->tabs[k];
        if (tab->rights == TAB_MEMBER && (member == 0 || tab->member == member)) {
            tab->rights = TAB_GUEST;
            tab->member = 0;
        }
    }
}

void events_beat(struct serve *serve) {
    (void)pthread_mutex_lock(&serve->mutex);
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct stream *stream = serve->tabs[k].stream;
        if (stream && stream->suspended) {
            add(stream, ":\n\n", 3);
        }
    }
    (void)pthread_mutex_unlock(&serve->mutex);
}

void events_stop(struct serve *serve) {
    (void)pthread_mutex_lock(&serve->mutex);
    serve->stopping = true;
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        if (serve->tabs[k].stream) {
            serve->tabs[k].stream->done = true;
            add(serve->tabs[k].stream, "", 0);
        }
    }
    (void)pthread_mutex_unlock(&serve->mutex);
}
