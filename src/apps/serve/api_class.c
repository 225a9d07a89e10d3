/* The classroom on the network: asked by members with their keys and by the teacher with the token. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "apps/serve/ask.h"
#include "apps/serve/class.h"
#include "apps/serve/qr.h"

static const struct {
    unsigned status;
    const char *words;
} ends[CLASS_RESULTS] = {
    [CLASS_OK] = {MHD_HTTP_OK, ""},
    [CLASS_WRONG_CODE] = {MHD_HTTP_FORBIDDEN, "code: it is another"},
    [CLASS_GUESSES] = {MHD_HTTP_TOO_MANY_REQUESTS,
                       "too many wrong codes from this machine: wait a minute"},
    [CLASS_FULL] = {MHD_HTTP_CONFLICT, "the class is full"},
    [CLASS_NAME_TAKEN] = {MHD_HTTP_CONFLICT, "name: another member has it"},
    [CLASS_NOT_NOW] = {MHD_HTTP_CONFLICT, "not in this phase of the round"},
    [CLASS_PROPOSALS] = {MHD_HTTP_CONFLICT, "three proposals in a round is all"},
    [CLASS_UNKNOWN] = {MHD_HTTP_NOT_FOUND, "there is no such member, or proposal of this round"},
    [CLASS_OVER] = {MHD_HTTP_CONFLICT, "the last round is told"},
    [CLASS_NO_MEMORY] = {MHD_HTTP_INTERNAL_SERVER_ERROR, "no memory"}};

static const char no_class[] = "no class has begun";

long classroom_now_s(void) {
    struct timespec time = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (long)time.tv_sec;
}

static unsigned machine_of(struct MHD_Connection *connection) {
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    const struct sockaddr_in *address = info ? (const void *)info->client_addr : NULL;
    return address ? ntohl(address->sin_addr.s_addr) : 0;
}

/* Everybody's page is told that something is new; mutex held. */
static void tell_all(struct serve *serve) {
    char text[48];
    (void)snprintf(text, sizeof text, "{\"state\":%ld}", class_state(serve->class));
    free(serve->class_text);
    serve->class_text = NULL;
    events_class(serve, text);
}

/* mutex held; ends the answer. made: of what has an id, NULL where nothing is to be said. */
static enum MHD_Result conclude(const struct ask *ask, enum class_result result, json_t *made) {
    if (result == CLASS_OK) {
        tell_all(ask->serve);
    }
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    if (result != CLASS_OK) {
        json_decref(made);
        return answer_words(ask->connection, ends[result].status, ends[result].words);
    }
    return made ? ask_answer(ask, MHD_HTTP_CREATED, made)
                : answer_text(ask->connection, MHD_HTTP_NO_CONTENT, NULL, "");
}

static enum MHD_Result none(const struct ask *ask) {
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    return answer_words(ask->connection, MHD_HTTP_NOT_FOUND, no_class);
}

void classroom_end(struct serve *serve) {
    const char *hash = NULL;
    int k = 0;
    while (serve->class && (hash = class_waiting(serve->class, &k)) != NULL) {
        plans_release(serve, hash);
    }
    class_free(serve->class);
    serve->class = NULL;
    free(serve->class_text);
    serve->class_text = NULL;
}

enum MHD_Result class_begin(struct ask *ask) {
    struct serve *serve = ask->serve;
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_CLASS, &result);
    char code[REQUEST_CODE + 1];
    if (!body) {
        return result;
    }
    int rounds = (int)json_integer_value(json_object_get(body, "rounds"));
    json_decref(body);
    struct class *class = secret_code(code) ? class_new(code, rounds) : NULL;
    (void)pthread_mutex_lock(&serve->mutex);
    if (!class) {
        return conclude(ask, CLASS_NO_MEMORY, NULL);
    }
    events_forget(serve, 0); /* keys of a class before */
    classroom_end(serve);
    serve->class = class;
    return conclude(ask, CLASS_OK, class_json(class));
}

enum MHD_Result class_see(struct ask *ask) {
    struct serve *serve = ask->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    if (!serve->class) {
        return none(ask);
    }
    if (!serve->class_text) { /* once for all who ask */
        json_t *root = class_json(serve->class);
        serve->class_text = json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS);
        json_decref(root);
    }
    enum MHD_Result result = serve->class_text ? answer_text(ask->connection, MHD_HTTP_OK,
                                                             "application/json", serve->class_text)
                                               : MHD_NO;
    (void)pthread_mutex_unlock(&serve->mutex);
    return result;
}

enum MHD_Result class_enter(struct ask *ask) {
    struct serve *serve = ask->serve;
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_JOIN, &result);
    char key[REQUEST_SECRET + 1];
    int member = 0;
    if (!body) {
        return result;
    }
    (void)pthread_mutex_lock(&serve->mutex);
    if (!serve->class) {
        json_decref(body);
        return none(ask);
    }
    enum class_result end = secret_new(key)
                                ? class_join(serve->class, body, key, machine_of(ask->connection),
                                             classroom_now_s(), &member)
                                : CLASS_NO_MEMORY;
    json_decref(body);
    return conclude(ask, end,
                    end == CLASS_OK ? json_pack("{s:s,s:i}", "key", key, "member", member) : NULL);
}

/* The proposal's plan is wanted by the class until it is there; mutex held. */
static enum class_result propose(const struct ask *ask, const json_t *body, int *ret_id) {
    struct serve *serve = ask->serve;
    struct request_plan *asked = calloc(1, sizeof *asked);
    char hash[65];
    enum class_result end = CLASS_NO_MEMORY;
    if (!asked) {
        return end;
    }
    request_set_take(json_object_get(body, "set"), asked);
    if (plans_hash(serve, asked, hash)) {
        end = class_propose(serve->class, ask->member, body, hash, ret_id);
    }
    if (end == CLASS_OK) {
        struct plan *plan = plans_want(serve, NULL, asked);
        if (!plan) {
            (void)class_found(serve->class, hash, CLASS_ERROR, NULL);
        } else if (plan->state >= PLAN_DONE) {
            classroom_found(serve, plan, NULL);
        }
    }
    free(asked);
    return end;
}

enum MHD_Result class_put(struct ask *ask) {
    struct serve *serve = ask->serve;
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_PROPOSE, &result);
    int id = 0;
    if (!body) {
        return result;
    }
    (void)pthread_mutex_lock(&serve->mutex);
    enum class_result end = propose(ask, body, &id);
    json_decref(body);
    return conclude(ask, end, end == CLASS_OK ? json_pack("{s:i}", "id", id) : NULL);
}

void classroom_found(struct serve *serve, struct plan *plan, json_t *figures) {
    if (!serve->class) {
        return;
    }
    json_t *read = !figures && plan->state == PLAN_DONE ? figures_read(serve, plan->hash) : NULL;
    int count = class_found(serve->class, plan->hash,
                            plan->state == PLAN_DONE         ? CLASS_FOUND
                            : plan->state == PLAN_INFEASIBLE ? CLASS_INFEASIBLE
                                                             : CLASS_ERROR,
                            figures ? figures : read);
    json_decref(read);
    for (int k = 0; k < count; k++) {
        plans_release(serve, plan->hash);
    }
    if (count > 0) {
        tell_all(serve);
    }
}

enum MHD_Result class_assent(struct ask *ask) {
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_AGREE, &result);
    if (!body) {
        return result;
    }
    (void)pthread_mutex_lock(&ask->serve->mutex);
    enum class_result end = class_agree(ask->serve->class, ask->member, body);
    json_decref(body);
    return conclude(ask, end, NULL);
}

enum MHD_Result class_turn(struct ask *ask) {
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_ROUND, &result);
    if (!body) {
        return result;
    }
    json_decref(body);
    (void)pthread_mutex_lock(&ask->serve->mutex);
    return ask->serve->class ? conclude(ask, class_next(ask->serve->class), NULL) : none(ask);
}

enum MHD_Result class_save(struct ask *ask) {
    (void)pthread_mutex_lock(&ask->serve->mutex);
    if (!ask->serve->class) {
        return none(ask);
    }
    enum MHD_Result result = ask_answer(ask, MHD_HTTP_OK, class_export(ask->serve->class));
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    return result;
}

enum MHD_Result class_expel(struct ask *ask) {
    struct serve *serve = ask->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    if (!serve->class) {
        return none(ask);
    }
    long member = request_id(ask->rest);
    enum class_result end = class_remove(serve->class, member);
    if (end == CLASS_OK) {
        events_forget(serve, (int)member);
    }
    return conclude(ask, end, NULL);
}

/* Where members go, to be pointed a camera at. */
enum MHD_Result class_picture(struct ask *ask) {
    char address[40];
    struct qr qr;
    (void)snprintf(address, sizeof address, "http://%s:%d/", ask->serve->address, ask->serve->port);
    char *svg = qr_make(address, &qr) ? qr_svg(&qr) : NULL;
    enum MHD_Result result =
        svg ? answer_text(ask->connection, MHD_HTTP_OK, "image/svg+xml", svg) : MHD_NO;
    free(svg);
    return result;
}
