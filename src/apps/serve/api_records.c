/* Saved plans, comments and history: read by whoever may see them, changed by whoever has the token. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/ask.h"
#include "apps/serve/records.h"

static enum MHD_Result list(const struct ask *ask, enum records_kind kind) {
    char *text = records_list(ask->serve->records, kind);
    enum MHD_Result result =
        text ? answer_text(ask->connection, MHD_HTTP_OK, "application/json", text)
             : answer_words(ask->connection, MHD_HTTP_INTERNAL_SERVER_ERROR,
                            "the file of records cannot be read");
    free(text);
    return result;
}

enum MHD_Result saved_list(struct ask *ask) { return list(ask, RECORDS_SAVED); }
enum MHD_Result history_list(struct ask *ask) { return list(ask, RECORDS_HISTORY); }
enum MHD_Result comments_list(struct ask *ask) { return list(ask, RECORDS_COMMENTS); }

/* id 0: nothing was made that has one. */
static enum MHD_Result answer_of(const struct ask *ask, enum records_kind kind,
                                 enum records_result result, long id) {
    static const struct {
        unsigned status;
        const char *words;
    } refusals[] = {
        [RECORDS_NONE] = {MHD_HTTP_NOT_FOUND, "there is no such entry"},
        [RECORDS_FULL] = {MHD_HTTP_INSUFFICIENT_STORAGE, "the list is full: remove some first"},
        [RECORDS_FAILED] = {MHD_HTTP_INSUFFICIENT_STORAGE,
                            "the file of records cannot be written: nothing was kept"}};
    if (result != RECORDS_DONE) {
        return answer_words(ask->connection, refusals[result].status, refusals[result].words);
    }
    (void)pthread_mutex_lock(&ask->serve->mutex);
    events_records(ask->serve, records_names[kind]);
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    return id > 0 ? ask_answer(ask, MHD_HTTP_CREATED, json_pack("{s:I}", "id", (json_int_t)id))
                  : answer_text(ask->connection, MHD_HTTP_NO_CONTENT, NULL, "");
}

static enum MHD_Result remove_one(const struct ask *ask, enum records_kind kind) {
    long id = request_id(ask->rest);
    enum records_result result =
        id > 0 ? records_remove(ask->serve->records, kind, id) : RECORDS_NONE;
    return answer_of(ask, kind, result, 0);
}

enum MHD_Result saved_remove(struct ask *ask) { return remove_one(ask, RECORDS_SAVED); }
enum MHD_Result history_remove(struct ask *ask) { return remove_one(ask, RECORDS_HISTORY); }
enum MHD_Result comments_remove(struct ask *ask) { return remove_one(ask, RECORDS_COMMENTS); }

/* The figures of the plan that belongs to these changes and is there; NULL: another, or none. */
static json_t *figures_of(const struct ask *ask, const json_t *body) {
    const char *hash = json_string_value(json_object_get(body, "hash"));
    struct request_plan *asked = calloc(1, sizeof *asked);
    json_t *figures = NULL;
    char own[65];
    if (!asked) {
        return NULL;
    }
    request_set_take(json_object_get(body, "set"), asked);
    bool same = plans_hash(ask->serve, asked, own) && strcmp(own, hash) == 0;
    free(asked);
    (void)pthread_mutex_lock(&ask->serve->mutex); /* so that its folder stays */
    const struct plan *plan = same ? plans_find(ask->serve, hash) : NULL;
    if (plan && plan->state == PLAN_DONE) {
        figures = figures_read(ask->serve, hash);
    }
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    return figures;
}

enum MHD_Result saved_add(struct ask *ask) {
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_SAVED, &result);
    if (!body) {
        return result;
    }
    json_t *figures = figures_of(ask, body);
    char *set = json_dumps(json_object_get(body, "set"), JSON_COMPACT | JSON_SORT_KEYS);
    char *text = figures ? json_dumps(figures, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    long id = 0;
    if (!figures) {
        result = answer_words(ask->connection, MHD_HTTP_CONFLICT,
                              "hash: no plan of this set is there; ask for it, then save it");
    } else if (set && text) {
        enum records_result done =
            records_save(ask->serve->records, ask->serve->scenario_hash,
                         json_string_value(json_object_get(body, "name")), set,
                         json_string_value(json_object_get(body, "hash")), text, &id);
        result = answer_of(ask, RECORDS_SAVED, done, id);
    }
    free(set);
    free(text);
    json_decref(figures);
    json_decref(body);
    return result;
}

enum MHD_Result comments_add(struct ask *ask) {
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_COMMENT, &result);
    long id = 0;
    if (body) {
        enum records_result done =
            records_comment(ask->serve->records, json_string_value(json_object_get(body, "who")),
                            json_string_value(json_object_get(body, "about")),
                            json_string_value(json_object_get(body, "text")), &id);
        result = answer_of(ask, RECORDS_COMMENTS, done, id);
    }
    json_decref(body);
    return result;
}

/* comments/ID/answer */
enum MHD_Result comments_answer(struct ask *ask) {
    static const char tail[] = "/answer";
    char number[16];
    size_t size = strcspn(ask->rest, "/");
    if (size == 0 || size >= sizeof number || strcmp(ask->rest + size, tail) != 0) {
        return answer_words(ask->connection, MHD_HTTP_NOT_FOUND, "comments/ID/answer is asked for");
    }
    memcpy(number, ask->rest, size);
    number[size] = '\0';
    enum MHD_Result result = MHD_NO;
    json_t *body = ask_body(ask, REQUEST_FORM_ANSWER, &result);
    if (body) {
        const json_t *change = json_object_get(body, "change");
        enum records_result done =
            records_answer(ask->serve->records, request_id(number),
                           json_string_value(json_object_get(body, "text")),
                           json_string_value(json_object_get(change, "path")),
                           json_string_value(json_object_get(change, "text")));
        result = done == RECORDS_NONE
                     ? answer_words(ask->connection, MHD_HTTP_CONFLICT,
                                    "there is no such comment, or it has its answer")
                     : answer_of(ask, RECORDS_COMMENTS, done, 0);
    }
    json_decref(body);
    return result;
}
