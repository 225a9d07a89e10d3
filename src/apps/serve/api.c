/* The table of what may be asked. docs/explorer/openapi.json says the same for readers, and a test holds the two together. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/ask.h"
#include "apps/serve/class.h"
#include "apps/serve/hours.h"
#include "apps/serve/offers.h"

struct request {
    char *body;
    size_t size;
    bool is_too_long;
    struct later *later; /* what was asked for is made, or on its way; or NULL */
};

static const char json_kind[] = "application/json";

static const char *argument(const struct ask *ask, const char *key) {
    return MHD_lookup_connection_value(ask->connection, MHD_GET_ARGUMENT_KIND, key);
}

enum MHD_Result ask_answer(const struct ask *ask, unsigned status, json_t *root) {
    char *text = root ? json_dumps(root, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    enum MHD_Result result = text ? answer_text(ask->connection, status, json_kind, text) : MHD_NO;
    free(text);
    json_decref(root);
    return result;
}

json_t *ask_body(const struct ask *ask, enum request_form_name form, enum MHD_Result *ret) {
    char words[REQUEST_WORDS_MAX];
    json_t *body = NULL;
    if (!request_form_read(ask->body, ask->size, form, &body, words)) {
        *ret = answer_words(ask->connection, MHD_HTTP_BAD_REQUEST, words);
        return NULL;
    }
    return body;
}

static const char *ready_of(const struct plan *plan) {
    static const char *const words[] = {"none", "queued", "running", "full", "infeasible", "error"};
    return words[plan ? plan->state : PLAN_NONE];
}

static void path_of(const struct ask *ask, const char *file, size_t size, char *ret) {
    (void)snprintf(ret, size, "%s/%s/%s", ask->serve->folder, ask->hash, file);
}

static enum MHD_Result start(struct ask *ask) {
    struct serve *serve = ask->serve;
    char summary[256];
    (void)pthread_mutex_lock(&serve->mutex);
    const struct plan *plan = plans_find(serve, serve->base);
    bool is_done = plan && plan->state == PLAN_DONE;
    const char *ready = ready_of(plan);
    bool is_quick = serve->parent != NULL;
    (void)pthread_mutex_unlock(&serve->mutex);
    if (is_done) {
        memcpy(ask->hash, serve->base, sizeof ask->hash);
        path_of(ask, "summary.json", sizeof summary, summary);
        offers_complete(serve->offers, summary);
    }
    json_t *root = json_pack(
        "{s:i,s:s,s:s,s:s,s:s,s:s,s:b,s:i,s:b,s:b,s:O,s:O}", "hearth_api", 1, "version",
        hearth_version(), "base", serve->scenario_hash, "scenario", serve->path, "plan",
        serve->base, "ready", ready, "quick", is_quick, "workers", serve->workers_count / STAGES,
        "keeps", serve->records != NULL, "classroom", serve->is_classroom, "sliders",
        offers_sliders(serve->offers), "try_this", offers_tries(serve->offers));
    return ask_answer(ask, MHD_HTTP_OK, root);
}

static int member_of(struct serve *serve, const char *key) {
    (void)pthread_mutex_lock(&serve->mutex);
    int member = serve->class ? class_member(serve->class, key) : 0;
    (void)pthread_mutex_unlock(&serve->mutex);
    return member;
}

static enum MHD_Result events(struct ask *ask) {
    const char *tab = argument(ask, "tab");
    if (!request_is_tab(tab)) {
        return answer_words(ask->connection, MHD_HTTP_BAD_REQUEST,
                            "tab: 1 to 40 letters, digits, - and _ are needed");
    }
    const char *key = argument(ask, "key");
    bool is_owner = request_secret_is(key, ask->serve->token);
    int member = is_owner ? 0 : member_of(ask->serve, key);
    return events_open(ask->serve, ask->connection, tab,
                       is_owner     ? TAB_OWNER
                       : member > 0 ? TAB_MEMBER
                                    : TAB_GUEST,
                       member);
}

static struct tab *tab_find(struct serve *serve, const char *name) {
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        if (serve->tabs[k].stream && strcmp(serve->tabs[k].name, name) == 0) {
            return &serve->tabs[k];
        }
    }
    return NULL;
}

static enum MHD_Result ask_plan(struct ask *ask) {
    struct request_plan *asked = calloc(1, sizeof *asked);
    if (!asked) {
        return MHD_NO;
    }
    char words[REQUEST_WORDS_MAX];
    const char *wrong = request_plan_read(ask->body, ask->size, asked, words) ? NULL : words;
    unsigned status = MHD_HTTP_BAD_REQUEST;
    json_t *root = NULL;
    if (!wrong) {
        struct serve *serve = ask->serve;
        (void)pthread_mutex_lock(&serve->mutex);
        struct tab *tab = tab_find(serve, asked->tab);
        if (!tab) {
            status = MHD_HTTP_CONFLICT;
            wrong = "this tab has no stream of events: open /api/v1/events?tab=... first";
        } else if (asked->seq < tab->seq) {
            status = MHD_HTTP_CONFLICT;
            wrong = "seq is older than what this tab asked last";
        } else {
            const struct plan *plan = plans_want(serve, tab, asked);
            status = plan ? MHD_HTTP_ACCEPTED : MHD_HTTP_SERVICE_UNAVAILABLE;
            wrong = plan ? NULL : "too many plans are under way: try again in a while";
            root =
                plan ? json_pack("{s:s,s:s}", "hash", plan->hash, "ready", ready_of(plan)) : NULL;
        }
        (void)pthread_mutex_unlock(&serve->mutex);
    }
    free(asked);
    return wrong ? answer_words(ask->connection, status, wrong) : ask_answer(ask, status, root);
}

static enum MHD_Result hours(struct ask *ask) {
    static const char *const cases[][2] = {
        {"together", "hourly.csv"}, {"apart", "hourly_apart.csv"}, {"today", "hourly_today.csv"}};
    const char *named = argument(ask, "case"), *series = argument(ask, "series");
    const char *name = named ? named : "together", *file = NULL;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        file = strcmp(name, cases[k][0]) == 0 ? cases[k][1] : file;
    }
    char path[256], steps[32];
    size_t rows = 0, columns = 0;
    void *values = NULL;
    if (file && series && series[0] != '\0') {
        path_of(ask, file, sizeof path, path);
        values = hours_read(path, series, &rows, &columns);
    }
    if (!values) {
        return answer_words(ask->connection, MHD_HTTP_BAD_REQUEST,
                            "case: together, apart or today; series: at most 64 names of hourly "
                            "columns apart by commas, as view lists them");
    }
    struct MHD_Response *response = MHD_create_response_from_buffer(rows * columns * sizeof(double),
                                                                    values, MHD_RESPMEM_MUST_FREE);
    if (!response) {
        free(values);
        return MHD_NO;
    }
    (void)snprintf(steps, sizeof steps, "%zu", rows);
    answer_protect(response, false);
    (void)MHD_add_response_header(response, "Content-Type", "application/octet-stream");
    (void)MHD_add_response_header(response, "X-Hearth-Steps", steps);
    enum MHD_Result result = MHD_queue_response(ask->connection, MHD_HTTP_OK, response);
    MHD_destroy_response(response);
    return result;
}

/* What would have to change: found when first asked for, told to every tab when it is there. */
static enum MHD_Result reasons(struct ask *ask) {
    char path[256];
    (void)pthread_mutex_lock(&ask->serve->mutex);
    struct plan *plan = plans_find(ask->serve, ask->hash);
    enum reasons_state state = plan ? plan->reasons : REASONS_FAILED;
    if (state == REASONS_NONE) {
        plan->reasons = REASONS_WANTED;
        (void)pthread_cond_signal(&ask->serve->work[STAGE_FULL]);
    }
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    if (state == REASONS_DONE) {
        path_of(ask, "reasons.json", sizeof path, path);
        return answer_file(ask->connection, path, json_kind, false);
    }
    return state == REASONS_FAILED
               ? answer_words(ask->connection, MHD_HTTP_NOT_FOUND, "no reasons were found")
               : answer_text(ask->connection, MHD_HTTP_ACCEPTED, json_kind,
                             "{\"ready\":\"running\"}");
}

static enum MHD_Result explained(struct ask *ask, struct hearth_context *context,
                                 enum hearth_status status, const char *text, const char *wrong) {
    enum MHD_Result result = status == HEARTH_OK && text
                                 ? answer_text(ask->connection, MHD_HTTP_OK, json_kind, text)
                                 : answer_words(ask->connection, MHD_HTTP_NOT_FOUND, wrong);
    hearth_context_free(context);
    return result;
}

static enum MHD_Result why(struct ask *ask) {
    const char *text = NULL;
    switch (later_explained(ask->serve, ask->connection, ask->hash, argument(ask, "figure"),
                            ask->later, &text)) {
    case LATER_RESTS:
        return MHD_YES;
    case LATER_MADE:
    case LATER_NONE:
        break;
    }
    return text ? answer_text(ask->connection, MHD_HTTP_OK, json_kind, text)
                : answer_words(ask->connection, MHD_HTTP_NOT_FOUND,
                               "there is no such figure: without figure= all are listed");
}

static enum MHD_Result parameters(struct ask *ask) {
    struct hearth_context *context = hearth_context_new();
    const char *text = NULL;
    enum hearth_status status =
        context ? hearth_explain(context, argument(ask, "kind"), true, &text) : HEARTH_NO_MEMORY;
    return explained(ask, context, status, text,
                     "there is no such kind: without kind= all are listed");
}

static enum MHD_Result glossary(struct ask *ask) {
    return ask_answer(ask, MHD_HTTP_OK, json_incref(offers_glossary(ask->serve->offers)));
}

static enum MHD_Result file_of(struct ask *ask) {
    static const char *const files[][3] = {
        {"view", "view.json", json_kind},
        {"report.html", "report.html", "text/html; charset=utf-8"},
        {"summary.json", "summary.json", json_kind},
        {"accounts.json", "accounts.json", json_kind},
        {"indicators.json", "indicators.json", json_kind},
        {"scenario.yaml", "plan.yaml", "text/plain; charset=utf-8"},
        {"hourly.csv", "hourly.csv", "text/csv; charset=utf-8"},
        {"transfers.csv", "transfers.csv", "text/csv; charset=utf-8"},
        {"transfers_year.csv", "transfers_year.csv", "text/csv; charset=utf-8"},
        {"network.geojson", "network.geojson", "application/geo+json"}};
    for (size_t k = 0; k < sizeof files / sizeof files[0]; k++) {
        if (strcmp(ask->rest, files[k][0]) == 0) {
            char path[256];
            path_of(ask, files[k][1], sizeof path, path);
            return answer_file(ask->connection, path, files[k][2],
                               strcmp(files[k][0], "report.html") == 0);
        }
    }
    return answer_words(ask->connection, MHD_HTTP_NOT_FOUND, "a plan has no such file");
}

/* What a plan that is none has to say; NULL as soon as there is a folder to read. Else the answer is given. */
static bool plan_is_there(struct ask *ask, enum MHD_Result *ret) {
    (void)pthread_mutex_lock(&ask->serve->mutex);
    const struct plan *plan = plans_find(ask->serve, ask->hash);
    enum plan_state state = plan ? plan->state : PLAN_NONE;
    char *answer = plan && plan->answer ? strdup(plan->answer) : NULL;
    (void)pthread_mutex_unlock(&ask->serve->mutex);
    if (state == PLAN_NONE) {
        *ret = answer_words(ask->connection, MHD_HTTP_NOT_FOUND, "no plan of this hash is kept");
    } else if (answer) {
        *ret = answer_text(ask->connection, MHD_HTTP_UNPROCESSABLE_CONTENT, json_kind, answer);
    } else if (state != PLAN_DONE) {
        *ret = answer_words(ask->connection, MHD_HTTP_CONFLICT, "this plan is still being made");
    }
    free(answer);
    return state == PLAN_DONE;
}

static enum MHD_Result of_plan(struct ask *ask) {
    size_t size = strcspn(ask->rest, "/");
    enum MHD_Result result = MHD_NO;
    if (!request_is_hash(ask->rest, size) || ask->rest[size] != '/') {
        return answer_words(ask->connection, MHD_HTTP_NOT_FOUND,
                            "a plan is named by 64 hexadecimal digits");
    }
    memcpy(ask->hash, ask->rest, size);
    ask->hash[size] = '\0';
    ask->rest += size + 1;
    if (!plan_is_there(ask, &result)) {
        return result;
    }
    return strcmp(ask->rest, "hours") == 0     ? hours(ask)
           : strcmp(ask->rest, "why") == 0     ? why(ask)
           : strcmp(ask->rest, "reasons") == 0 ? reasons(ask)
                                               : file_of(ask);
}

static enum MHD_Result report(struct ask *ask) {
    enum MHD_Result result = MHD_NO;
    memcpy(ask->hash, ask->serve->base, sizeof ask->hash);
    ask->rest = "report.html";
    return plan_is_there(ask, &result) ? file_of(ask) : result;
}

/* Who may ask. In the classroom others on the network do as well, and see what is the class's own alone. */
enum may {
    MAY_ALL,
    MAY_CLASS, /* in the classroom whoever has a key or the token, else all */
    MAY_OWNER, /* in the classroom whoever has the token, else all */
    MAY_TOKEN,
    MAY_KEY,
    MAY_KEY_OR_TOKEN
};
enum need { NEED_NONE, NEED_RECORDS, NEED_CLASSROOM };

static const struct route {
    const char *method, *path; /* a path that ends in / goes on */
    enum may may;
    enum need need;
    enum MHD_Result (*answer)(struct ask *ask);
} routes[] = {
    {"GET", "/api/v1/start", MAY_ALL, NEED_NONE, start},
    {"GET", "/api/v1/events", MAY_ALL, NEED_NONE, events},
    {"GET", "/api/v1/parameters", MAY_ALL, NEED_NONE, parameters},
    {"POST", "/api/v1/plan", MAY_CLASS, NEED_NONE, ask_plan},
    {"GET", "/api/v1/glossary", MAY_ALL, NEED_NONE, glossary},
    {"GET", "/api/v1/plan/", MAY_ALL, NEED_NONE, of_plan},
    {"GET", "/report", MAY_ALL, NEED_NONE, report},
    {"GET", "/api/v1/saved", MAY_OWNER, NEED_RECORDS, saved_list},
    {"POST", "/api/v1/saved", MAY_TOKEN, NEED_RECORDS, saved_add},
    {"DELETE", "/api/v1/saved/", MAY_TOKEN, NEED_RECORDS, saved_remove},
    {"GET", "/api/v1/history", MAY_OWNER, NEED_RECORDS, history_list},
    {"DELETE", "/api/v1/history/", MAY_TOKEN, NEED_RECORDS, history_remove},
    {"GET", "/api/v1/comments", MAY_OWNER, NEED_RECORDS, comments_list},
    {"POST", "/api/v1/comments", MAY_TOKEN, NEED_RECORDS, comments_add},
    {"POST", "/api/v1/comments/", MAY_TOKEN, NEED_RECORDS, comments_answer},
    {"DELETE", "/api/v1/comments/", MAY_TOKEN, NEED_RECORDS, comments_remove},
    {"GET", "/api/v1/class", MAY_KEY_OR_TOKEN, NEED_CLASSROOM, class_see},
    {"POST", "/api/v1/class", MAY_TOKEN, NEED_CLASSROOM, class_begin},
    {"GET", "/api/v1/class/qr.svg", MAY_ALL, NEED_CLASSROOM, class_picture},
    {"POST", "/api/v1/class/join", MAY_ALL, NEED_CLASSROOM, class_enter},
    {"POST", "/api/v1/class/propose", MAY_KEY, NEED_CLASSROOM, class_put},
    {"POST", "/api/v1/class/agree", MAY_KEY, NEED_CLASSROOM, class_assent},
    {"POST", "/api/v1/class/round", MAY_TOKEN, NEED_CLASSROOM, class_turn},
    {"GET", "/api/v1/class/export", MAY_TOKEN, NEED_CLASSROOM, class_save},
    {"DELETE", "/api/v1/class/members/", MAY_TOKEN, NEED_CLASSROOM, class_expel},
};
enum { ROUTES = sizeof routes / sizeof routes[0] };

/* Whether this one may; finds whose key it is. */
static bool is_allowed(struct ask *ask, enum may may) {
    static const char bearer[] = "Bearer ";
    const char *said =
        MHD_lookup_connection_value(ask->connection, MHD_HEADER_KIND, "Authorization");
    bool has_token = request_bearer_is(said, ask->serve->token);
    if (!has_token && said && strncmp(said, bearer, sizeof bearer - 1) == 0) {
        ask->member = member_of(ask->serve, said + sizeof bearer - 1);
    }
    bool is_open = !ask->serve->is_classroom;
    switch (may) {
    case MAY_ALL:
        return true;
    case MAY_CLASS:
        return is_open || has_token || ask->member > 0;
    case MAY_OWNER:
        return is_open || has_token;
    case MAY_TOKEN:
        return has_token;
    case MAY_KEY:
        return ask->member > 0;
    case MAY_KEY_OR_TOKEN:
        return has_token || ask->member > 0;
    }
    return false;
}

static bool is_too_fast(struct ask *ask) {
    struct serve *serve = ask->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    bool may = ask->member == 0 || class_may_write(serve->class, ask->member, classroom_now_s());
    (void)pthread_mutex_unlock(&serve->mutex);
    return !may;
}

static enum MHD_Result follow(struct ask *ask, const struct route *route) {
    const struct serve *serve = ask->serve;
    if (route->need == NEED_CLASSROOM && !serve->is_classroom) {
        return answer_words(ask->connection, MHD_HTTP_NOT_FOUND,
                            "there is no classroom: start the server with --classroom");
    }
    if (!is_allowed(ask, route->may)) {
        return answer_words(ask->connection, MHD_HTTP_UNAUTHORIZED,
                            "Authorization: Bearer, then the token that was printed at start or "
                            "the key of a member of the class, is needed");
    }
    if (route->need == NEED_RECORDS && !serve->records) {
        return answer_words(ask->connection, MHD_HTTP_SERVICE_UNAVAILABLE,
                            "nothing is kept: the server was started with --no-store");
    }
    /* moves of a slider are many, and bounded by the one wish of each tab */
    if (route->need == NEED_CLASSROOM && strcmp(route->method, "GET") != 0 && is_too_fast(ask)) {
        return answer_words(ask->connection, MHD_HTTP_TOO_MANY_REQUESTS,
                            "slower: 20 changes in a second are all");
    }
    return route->answer(ask);
}

static enum MHD_Result answer(struct ask *ask, const char *url, const char *method) {
    bool known = false;
    for (int k = 0; k < ROUTES; k++) {
        size_t size = strlen(routes[k].path);
        bool goes_on = routes[k].path[size - 1] == '/';
        if (strncmp(url, routes[k].path, goes_on ? size : size + 1) != 0) {
            continue;
        }
        known = true;
        if (strcmp(method, routes[k].method) == 0) {
            ask->rest = url + size;
            return follow(ask, &routes[k]);
        }
    }
    if (known || strcmp(method, "GET") != 0) {
        return answer_words(ask->connection, MHD_HTTP_METHOD_NOT_ALLOWED,
                            "this address is not asked in this way");
    }
    return answer_page(ask->connection, url);
}

/* Judged before the body is read. Returns 0, or the status with words. */
static unsigned refuse(const struct serve *serve, struct MHD_Connection *connection,
                       const char *method, const char **ret_words) {
    const char *host = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Host");
    const char *origin = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Origin");
    const char *mark = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "X-Hearth");
    const char *length = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
    struct request_home home = {.port = serve->port};
    memcpy(home.address, serve->address, sizeof home.address);
    if (!request_host_allowed(host, &home)) {
        *ret_words = "this server answers to its own address alone";
        return MHD_HTTP_MISDIRECTED_REQUEST;
    }
    if (origin && !request_origin_allowed(origin, &home)) {
        *ret_words = "another page may not ask this server";
        return MHD_HTTP_FORBIDDEN;
    }
    if (strcmp(method, "GET") != 0 && (!mark || strcmp(mark, "1") != 0)) {
        *ret_words = "the header X-Hearth: 1 is needed";
        return MHD_HTTP_FORBIDDEN;
    }
    if (length && strtoull(length, NULL, 10) > REQUEST_BODY_MAX) {
        *ret_words = "a body has at most 1 MiB";
        return MHD_HTTP_CONTENT_TOO_LARGE;
    }
    return 0;
}

static enum MHD_Result collect(struct request *request, const char *upload, size_t *upload_size) {
    char *grown = request->size + *upload_size <= REQUEST_BODY_MAX && !request->is_too_long
                      ? realloc(request->body, request->size + *upload_size)
                      : NULL;
    if (grown) {
        request->body = grown;
        memcpy(grown + request->size, upload, *upload_size);
        request->size += *upload_size;
    } else {
        request->is_too_long = true;
    }
    *upload_size = 0;
    return MHD_YES;
}

enum MHD_Result api_request(void *data, struct MHD_Connection *connection, const char *url,
                            const char *method, const char *version, const char *upload,
                            size_t *upload_size, void **context) {
    struct serve *serve = data;
    struct request *request = *context;
    const char *words = NULL;
    (void)version;
    if (!request) {
        *context = request = calloc(1, sizeof *request);
        unsigned status = request ? refuse(serve, connection, method, &words) : 0;
        if (status) {
            guard_answering(connection, true);
            return answer_words(connection, status, words);
        }
        return request ? MHD_YES : MHD_NO;
    }
    if (*upload_size > 0) {
        return collect(request, upload, upload_size);
    }
    guard_answering(connection, true);
    if (request->is_too_long) {
        return answer_words(connection, MHD_HTTP_CONTENT_TOO_LARGE, "a body has at most 1 MiB");
    }
    struct ask ask = {.serve = serve,
                      .connection = connection,
                      .later = &request->later,
                      .body = request->body ? request->body : "",
                      .size = request->size};
    return answer(&ask, url, method);
}

void api_completed(void *data, struct MHD_Connection *connection, void **context,
                   enum MHD_RequestTerminationCode code) {
    struct request *request = *context;
    (void)data;
    (void)code;
    guard_answering(connection, false);
    if (request) {
        later_free(request->later);
        free(request->body);
        free(request);
    }
    *context = NULL;
}
