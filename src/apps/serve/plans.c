/* Plans: asked for, planned by workers, kept by hash, given up when nobody wants them. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "apps/serve/records.h"
#include "apps/serve/serve.h"

static bool is_settled(const struct plan *plan) { return plan->state >= PLAN_DONE; }

static void plan_clear(const struct serve *serve, struct plan *plan) {
    if (plan->state == PLAN_DONE) {
        char path[160];
        (void)snprintf(path, sizeof path, "%s/%s", serve->folder, plan->hash);
        folder_clear(path);
    }
    free(plan->answer);
    plan->answer = NULL;
    plan->state = PLAN_NONE;
    plan->reasons = REASONS_NONE;
    plan->hash[0] = '\0';
}

struct plan *plans_find(struct serve *serve, const char *hash) {
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        struct plan *plan = &serve->plans[k];
        if (plan->state != PLAN_NONE && strcmp(plan->hash, hash) == 0) {
            plan->used = ++serve->clock;
            return plan;
        }
    }
    return NULL;
}

bool plans_hash(const struct serve *serve, const struct request_plan *asked, char ret[65]) {
    size_t size = 0;
    char *bytes = NULL;
    FILE *out = open_memstream(&bytes, &size);
    if (!out) {
        return false;
    }
    (void)fprintf(out, "hearth %s\n%zu\n", hearth_version(), serve->size);
    (void)fwrite(serve->text, 1, serve->size, out);
    for (int k = 0; k < asked->count; k++) {
        (void)fprintf(out, "\n%s=%s", asked->changes[k].path, asked->changes[k].text);
    }
    bool good = !ferror(out);
    good = fclose(out) == 0 && good;
    if (good) {
        hearth_sha256(bytes, size, ret);
    }
    free(bytes);
    return good;
}

static void unwant(struct serve *serve, struct plan *plan) {
    plan->wanted--;
    if (plan->wanted > 0) {
        return;
    }
    if (plan->state == PLAN_QUEUED) {
        plan_clear(serve, plan);
    } else {
        atomic_store(&plan->cancel, plan->state == PLAN_RUNNING);
    }
}

void plans_leave(struct serve *serve, struct tab *tab) {
    if (tab->plan) {
        unwant(serve, tab->plan);
        tab->plan = NULL;
    }
}

void plans_release(struct serve *serve, const char *hash) {
    struct plan *plan = plans_find(serve, hash);
    if (plan) {
        unwant(serve, plan);
    }
}

static struct plan *place_take(struct serve *serve) {
    struct plan *oldest = NULL;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        struct plan *plan = &serve->plans[k];
        if (plan->state == PLAN_NONE) {
            return plan;
        }
        bool idle = is_settled(plan) && plan->wanted == 0 && plan->reasons != REASONS_RUNNING;
        oldest = idle && (!oldest || plan->used < oldest->used) ? plan : oldest;
    }
    if (oldest) {
        plan_clear(serve, oldest);
    }
    return oldest;
}

/* A position in words: what was moved. */
static void words_of(const struct request_plan *asked, char *ret, size_t size) {
    int length = snprintf(ret, size, "%s", asked->count == 0 ? "as the scenario stands" : "");
    for (int k = 0; k < asked->count && length >= 0 && (size_t)length < size; k++) {
        length += snprintf(ret + length, size - (size_t)length, "%s%s = %s", k > 0 ? ", " : "",
                           asked->changes[k].path, asked->changes[k].text);
    }
}

/* What a tab of the owner has seen goes into the history. */
static void remember(struct serve *serve, const struct plan *plan) {
    char words[1000];
    json_t *set = json_object();
    for (int k = 0; k < plan->asked.count; k++) {
        const struct request_change *change = &plan->asked.changes[k];
        (void)json_object_set_new(set, change->path, json_string(change->text));
    }
    char *text = json_dumps(set, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(set);
    words_of(&plan->asked, words, sizeof words);
    if (text) {
        records_visit(serve->records, serve->scenario_hash, words, text, plan->hash);
        events_records(serve, records_names[RECORDS_HISTORY]);
    }
    free(text);
}

static void tell(struct serve *serve, struct tab *tab, const struct plan *plan) {
    static const char *const events[] = {
        [PLAN_DONE] = "plan", [PLAN_INFEASIBLE] = "infeasible", [PLAN_ERROR] = "error"};
    json_t *data = plan->answer ? json_loads(plan->answer, 0, NULL) : json_object();
    (void)json_object_set_new(data, "seq", json_integer(tab->seq));
    (void)json_object_set_new(data, "hash", json_string(plan->hash));
    if (plan->state == PLAN_DONE) {
        (void)json_object_set_new(data, "depth", json_string("full"));
    }
    char *text = json_dumps(data, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(data);
    if (text) {
        events_send(serve, tab, events[plan->state], text);
    }
    free(text);
    if (plan->state == PLAN_DONE && serve->records && tab->rights == TAB_OWNER) {
        remember(serve, plan);
    }
}

struct plan *plans_want(struct serve *serve, struct tab *tab, const struct request_plan *asked) {
    char hash[65];
    if (!plans_hash(serve, asked, hash)) {
        return NULL;
    }
    struct plan *plan = plans_find(serve, hash);
    if (tab && plan && tab->plan == plan) {
        tab->seq = asked->seq;
        if (is_settled(plan)) {
            tell(serve, tab, plan);
        }
        return plan;
    }
    if (tab) {
        plans_leave(serve, tab);
    }
    plan = plan ? plan : place_take(serve);
    if (!plan) {
        return NULL;
    }
    if (plan->state == PLAN_NONE) {
        plan->state = PLAN_QUEUED;
        plan->asked = *asked;
        plan->wanted = 0;
        plan->used = plan->order = ++serve->clock;
        atomic_store(&plan->cancel, false);
        memcpy(plan->hash, hash, sizeof hash);
        (void)pthread_cond_signal(&serve->work);
    }
    plan->wanted++;
    if (tab) {
        tab->plan = plan;
        tab->seq = asked->seq;
        if (is_settled(plan)) {
            tell(serve, tab, plan);
        }
    }
    return plan;
}

/* What a worker carries through one plan. */
struct job {
    struct serve *serve;
    struct plan *plan;
    json_t *messages;
    time_t begun;
    bool late;
    char words[160]; /* of progress, told once */
};

static void on_message(void *data, const struct hearth_message *message) {
    struct job *job = data;
    if (message->is_error && json_array_size(job->messages) < 50) {
        (void)json_array_append_new(job->messages,
                                    json_pack("{s:s?,s:i,s:i,s:s,s:s?}", "file", message->file,
                                              "line", message->line, "column", message->column,
                                              "text", message->text, "remedy", message->remedy));
    }
}

static void tell_progress(struct job *job) {
    struct serve *serve = job->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct tab *tab = &serve->tabs[k];
        if (tab->stream && tab->plan == job->plan) {
            json_t *data = json_pack("{s:I,s:s}", "seq", (json_int_t)tab->seq, "words", job->words);
            char *text = data ? json_dumps(data, JSON_COMPACT) : NULL;
            if (text) {
                events_send(serve, tab, "progress", text);
            }
            free(text);
            json_decref(data);
        }
    }
    (void)pthread_mutex_unlock(&serve->mutex);
}

static bool on_progress(void *data, const char *words) {
    struct job *job = data;
    if (strncmp(words, job->words, sizeof job->words - 1) != 0) {
        (void)snprintf(job->words, sizeof job->words, "%s", words);
        tell_progress(job);
    }
    job->late = job->late || time(NULL) - job->begun > SERVE_PLAN_S;
    return job->late || atomic_load(&job->plan->cancel);
}

enum hearth_status plans_parse(struct serve *serve, const struct request_plan *asked,
                               struct hearth_context *context, struct hearth_scenario **ret) {
    const char *list[2 * REQUEST_CHANGES_MAX + 1] = {NULL};
    for (int k = 0; k < asked->count; k++) {
        list[2 * (size_t)k] = asked->changes[k].path;
        list[2 * (size_t)k + 1] = asked->changes[k].text;
    }
    return quick_parse(serve, context, list, ret);
}

double plans_now_s(void) {
    struct timespec time = {0};
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static enum hearth_status work(struct job *job, struct hearth_context *context,
                               struct hearth_scenario **ret_scenario, struct hearth_plan **ret) {
    struct serve *serve = job->serve;
    double begun = plans_now_s();
    const char *rules = NULL;
    int broken = 0;
    enum hearth_status status = plans_parse(serve, &job->plan->asked, context, ret_scenario);
    if (status == HEARTH_OK) { /* why there is no plan is told once, by the full one */
        hearth_context_on_message(context, NULL, NULL);
        quick_answers(job->serve, job->plan, *ret_scenario, begun);
        hearth_context_on_message(context, on_message, job);
        status = hearth_plan_solve(*ret_scenario, NULL, ret);
    }
    if (status == HEARTH_OK) {
        char folder[160];
        double spent_s = plans_now_s() - begun;
        (void)snprintf(folder, sizeof folder, "%s/%s", serve->folder, job->plan->hash);
        status = hearth_plan_rules(*ret, NULL, true, false, true, &rules, &broken);
        status = status == HEARTH_OK ? hearth_plan_write(*ret, folder) : status;
        if (status == HEARTH_OK && !view_write(folder, job->plan->hash, spent_s, rules)) {
            folder_clear(folder);
            status = HEARTH_CANNOT_WRITE;
        }
    }
    return status;
}

/* Words and messages of a plan that is none; of an infeasible one its record too, which names what clashes. */
static char *answer_of(const struct job *job, enum hearth_status status, struct hearth_plan *none) {
    const char *summary = status == HEARTH_INFEASIBLE && none ? hearth_plan_summary(none) : NULL;
    json_t *record = summary ? json_loads(summary, 0, NULL) : json_null();
    json_t *all = json_pack("{s:s,s:O,s:o}", "words",
                            job->late ? "planning took longer than the server allows"
                                      : hearth_status_text(status),
                            "messages", job->messages, "summary", record ? record : json_null());
    char *text = all ? json_dumps(all, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    json_decref(all);
    return text;
}

static void settle(struct job *job, enum hearth_status status, char *answer) {
    struct serve *serve = job->serve;
    struct plan *plan = job->plan;
    json_t *figures =
        serve->is_classroom && status == HEARTH_OK ? figures_read(serve, plan->hash) : NULL;
    (void)pthread_mutex_lock(&serve->mutex);
    bool given_up = status != HEARTH_OK && atomic_load(&plan->cancel) && !job->late;
    plan->answer = answer;
    plan->state = status == HEARTH_OK           ? PLAN_DONE
                  : status == HEARTH_INFEASIBLE ? PLAN_INFEASIBLE
                                                : PLAN_ERROR;
    if (given_up && plan->wanted == 0) {
        plan_clear(serve, plan);
    } else if (given_up) { /* wanted again while it was being given up: once more */
        free(plan->answer);
        plan->answer = NULL;
        atomic_store(&plan->cancel, false);
        plan->state = PLAN_QUEUED;
        (void)pthread_cond_signal(&serve->work);
    }
    for (int k = 0; is_settled(plan) && k < SERVE_TABS_MAX; k++) {
        if (serve->tabs[k].plan == plan) {
            tell(serve, &serve->tabs[k], plan);
        }
    }
    if (is_settled(plan)) {
        classroom_found(serve, plan, figures);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    json_decref(figures);
}

static void plan_one(struct serve *serve, struct plan *plan) {
    struct job job = {.serve = serve, .plan = plan, .messages = json_array(), .begun = time(NULL)};
    struct hearth_context *context = hearth_context_new();
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *found = NULL;
    enum hearth_status status = HEARTH_NO_MEMORY;
    if (context && job.messages) {
        hearth_context_on_message(context, on_message, &job);
        hearth_context_on_progress(context, on_progress, &job);
        status = work(&job, context, &scenario, &found);
    }
    char *answer = status == HEARTH_OK ? NULL : answer_of(&job, status, found);
    json_decref(job.messages);
    bool is_base = strcmp(plan->hash, serve->base) == 0;
    settle(&job, status, answer);
    if (status == HEARTH_OK) {
        quick_keep(serve, context, scenario, found);
    } else {
        hearth_plan_free(found);
        hearth_scenario_free(scenario);
        hearth_context_free(context);
    }
    if (status == HEARTH_OK && serve->caches && is_base) {
        cache_give(serve, serve->base);
    }
}

static struct plan *next(struct serve *serve) {
    struct plan *first = NULL;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        struct plan *plan = &serve->plans[k];
        if (plan->state == PLAN_QUEUED && (!first || plan->order < first->order)) {
            first = plan;
        }
    }
    return first;
}

bool plans_waiting(const struct serve *serve) {
    bool queued = false;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        queued = queued || serve->plans[k].state == PLAN_QUEUED;
    }
    return queued && serve->resting == 0;
}

static void *worker(void *data) {
    struct serve *serve = data;
    (void)pthread_mutex_lock(&serve->mutex);
    while (!serve->stopping) {
        struct plan *plan = next(serve);
        if (!plan && quick_remake(serve)) {
            continue;
        }
        struct plan *searched = plan ? NULL : reasons_next(serve);
        if (!plan && !searched) {
            serve->resting++;
            (void)pthread_cond_wait(&serve->work, &serve->mutex);
            serve->resting--;
            continue;
        }
        if (plan) {
            plan->state = PLAN_RUNNING;
        } else {
            searched->reasons = REASONS_RUNNING;
        }
        (void)pthread_mutex_unlock(&serve->mutex);
        if (plan) {
            plan_one(serve, plan);
        } else {
            reasons_find(serve, searched);
        }
        (void)pthread_mutex_lock(&serve->mutex);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return NULL;
}

bool plans_base(struct serve *serve) {
    static const struct request_plan nothing;
    (void)pthread_mutex_lock(&serve->mutex);
    struct plan *plan = plans_want(serve, NULL, &nothing);
    if (plan) {
        memcpy(serve->base, plan->hash, sizeof serve->base);
        if (serve->caches && cache_take(serve, plan->hash)) {
            plan->state = PLAN_DONE;
            serve->remakes = true;
        }
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return plan != NULL;
}

bool plans_start(struct serve *serve) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int count = cores < 1 ? 1 : cores > SERVE_WORKERS_MAX ? SERVE_WORKERS_MAX : (int)cores;
    for (; serve->workers_count < count; serve->workers_count++) {
        if (pthread_create(&serve->workers[serve->workers_count], NULL, worker, serve) != 0) {
            break;
        }
    }
    return serve->workers_count > 0;
}

void plans_stop(struct serve *serve) {
    (void)pthread_mutex_lock(&serve->mutex);
    serve->stopping = true;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        serve->plans[k].wanted = 0;
        atomic_store(&serve->plans[k].cancel, true);
    }
    (void)pthread_cond_broadcast(&serve->work);
    (void)pthread_mutex_unlock(&serve->mutex);
    for (int k = 0; k < serve->workers_count; k++) {
        (void)pthread_join(serve->workers[k], NULL);
    }
    quick_stop(serve);
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        plan_clear(serve, &serve->plans[k]);
    }
}
