/* Answers that take a while (a plan made again from its files, to explain a figure) are made by a thread of their own: the one
   that answers requests has the next move of a slider to take. The connection rests meanwhile, and its request is
   answered when it is asked about again. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/serve.h"

struct later {
    struct later *next;
    struct MHD_Connection *connection;
    struct plan *plan; /* whose files are read, and stay */
    char folder[256], figure[80];
    bool all;   /* no figure is named */
    char *text; /* NULL: there is none */
};

enum later_state later_explained(struct serve *serve, struct MHD_Connection *connection,
                                 const char *hash, const char *figure, struct later **later,
                                 const char **ret_text) {
    if (*later) {
        *ret_text = (*later)->text;
        return LATER_MADE; /* a connection goes on no sooner */
    }
    struct later *made = calloc(1, sizeof *made);
    if (!made || (figure && strlen(figure) >= sizeof made->figure)) {
        free(made);
        return LATER_NONE;
    }
    (void)snprintf(made->folder, sizeof made->folder, "%s/%s", serve->folder, hash);
    (void)snprintf(made->figure, sizeof made->figure, "%s", figure ? figure : "");
    made->all = !figure;
    made->connection = connection;
    (void)pthread_mutex_lock(&serve->mutex);
    made->plan = serve->stopping ? NULL : plans_find(serve, hash);
    enum later_state state = made->plan ? LATER_RESTS : LATER_NONE;
    if (made->plan) {
        made->plan->reading++;
        struct later **last = &serve->laters;
        while (*last) {
            last = &(*last)->next;
        }
        *last = *later = made;
        MHD_suspend_connection(connection);
        (void)pthread_cond_signal(&serve->later);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    if (state == LATER_NONE) {
        free(made);
    }
    return state;
}

void later_free(struct later *later) {
    if (later) {
        free(later->text);
        free(later);
    }
}

static char *explain(const struct later *later) {
    struct hearth_context *context = hearth_context_new();
    const char *text = NULL;
    bool good =
        context && hearth_explain_result(context, later->folder, later->all ? NULL : later->figure,
                                         true, true, &text) == HEARTH_OK;
    char *kept = good && text ? strdup(text) : NULL;
    hearth_context_free(context);
    return kept;
}

static void *work_later(void *data) {
    struct serve *serve = data;
    (void)pthread_mutex_lock(&serve->mutex);
    while (!serve->stopping || serve->laters) {
        struct later *later = serve->laters;
        if (!later) {
            (void)pthread_cond_wait(&serve->later, &serve->mutex);
            continue;
        }
        bool stops = serve->stopping;
        serve->laters = later->next;
        (void)pthread_mutex_unlock(&serve->mutex);
        struct worked worked = {.begun_s = plans_now_s()};
        if (!stops) {
            work_stand_still(serve, &worked, NULL);
            later->text = explain(later);
        }
        (void)pthread_mutex_lock(&serve->mutex);
        later->plan->reading--;
        MHD_resume_connection(later->connection);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return NULL;
}

bool later_start(struct serve *serve) {
    serve->answers_later = pthread_create(&serve->later_worker, NULL, work_later, serve) == 0;
    return serve->answers_later;
}

void later_stop(struct serve *serve) {
    if (serve->answers_later) {
        (void)pthread_mutex_lock(&serve->mutex);
        (void)pthread_cond_broadcast(&serve->later);
        (void)pthread_mutex_unlock(&serve->mutex);
        (void)pthread_join(serve->later_worker, NULL);
    }
}
