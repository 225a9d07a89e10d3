/* Workers. A plan goes through three stages, each with threads of its own, so that nobody waits behind another's longer one:
   a first answer of typical weeks, an answer of every hour (quick.c), and the plan in full. Whoever plans in full stands still
   while a quick answer is made, which has all cores. A plan that nobody wants any more ends wherever it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "apps/serve/serve.h"

static const double progress_s = 0.25; /* between two words of progress */

/* Standing still: at most so long, and so many times as long as it has worked; looked at so often. */
static const double still_s = 3.0, still_ratio = 3.0;
static const struct timespec look = {.tv_nsec = 2000000};
/* So long after an answer was told too: the page paints it, and the hand may move on. */
static const double told_s = 0.25;

/* What a worker carries through one plan. */
struct job {
    struct serve *serve;
    struct plan *plan;
    json_t *messages; /* mistakes, of a plan in full */
    double told_s;
    struct worked worked;
    atomic_bool late;
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

static void tell_progress(const struct job *job, const char *words) {
    struct serve *serve = job->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct tab *tab = &serve->tabs[k];
        if (tab->stream && tab->plan == job->plan) {
            json_t *data = json_pack("{s:I,s:s}", "seq", (json_int_t)tab->seq, "words", words);
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

/* Somebody waits for a quick answer. */
static bool is_hurried(struct serve *serve) {
    (void)pthread_mutex_lock(&serve->mutex);
    bool hurried = plans_now_s() - serve->answered_s < told_s;
    for (int k = 0; k < SERVE_PLANS_MAX && !serve->stopping; k++) {
        const struct plan *plan = &serve->plans[k];
        hurried = hurried || ((plan->state == PLAN_QUEUED || plan->state == PLAN_RUNNING) &&
                              plan->stage < STAGE_FULL && !atomic_load(&plan->cancel));
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return hurried;
}

void work_stand_still(struct serve *serve, struct worked *worked, const atomic_bool *cancel) {
    double from_s = plans_now_s();
    double stood_s = 1e-6 * (double)atomic_load(&worked->still_us);
    double most_s = still_s + still_ratio * (from_s - worked->begun_s - stood_s) - stood_s;
    double now_s = from_s;
    while (now_s - from_s < most_s && !(cancel && atomic_load(cancel)) && is_hurried(serve)) {
        (void)nanosleep(&look, NULL);
        now_s = plans_now_s();
    }
    (void)atomic_fetch_add(&worked->still_us, (long)(1e6 * (now_s - from_s)));
}

/* By any thread that has a hand in it. */
static bool is_given_up(void *data) {
    struct job *job = data;
    if (plans_now_s() - job->worked.begun_s > SERVE_PLAN_S) {
        atomic_store(&job->late, true);
    }
    return atomic_load(&job->late) || atomic_load(&job->plan->cancel);
}

/* The same of a plan in full. */
static bool is_given_up_or_stands(void *data) {
    struct job *job = data;
    work_stand_still(job->serve, &job->worked, &job->plan->cancel);
    return is_given_up(data);
}

/* Now and then: each word is work for the page as well. */
static bool on_progress(void *data, const char *words) {
    struct job *job = data;
    double now_s = plans_now_s();
    if (now_s - job->told_s > progress_s) {
        job->told_s = now_s;
        tell_progress(job, words);
    }
    return false;
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

void plans_queue(struct serve *serve, struct plan *plan, enum plan_stage stage) {
    plan->state = PLAN_QUEUED;
    plan->stage = stage;
    atomic_store(&plan->cancel, false);
    (void)pthread_cond_signal(&serve->work[stage]);
}

/* Nobody wants it, or somebody wants it again while it was being given up: once more from the first answer on. Mutex held. */
static void give_up(struct serve *serve, struct plan *plan) {
    if (plan->wanted == 0) {
        plans_clear(serve, plan);
        return;
    }
    free(plan->answer);
    plan->answer = NULL;
    plans_queue(serve, plan, STAGE_TYPICAL);
}

/* ---- a quick answer ---- */

/* A class's proposal, the base at the start: nobody is there for a quick answer. */
static bool has_listener(struct serve *serve, const struct plan *plan) {
    bool has = false;
    (void)pthread_mutex_lock(&serve->mutex);
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        has = has || (serve->tabs[k].stream && serve->tabs[k].plan == plan);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return has;
}

/* Why there is none is told once, by the plan in full. */
static enum plan_stage answer(struct job *job, enum plan_stage stage) {
    struct hearth_context *context = hearth_context_new();
    struct hearth_scenario *scenario = NULL;
    enum plan_stage after = STAGE_FULL;
    if (context) {
        hearth_context_on_stop(context, is_given_up, job);
        if (plans_parse(job->serve, &job->plan->asked, context, &scenario) == HEARTH_OK) {
            after = quick_answer(job->serve, job->plan, stage, scenario);
        }
    }
    hearth_scenario_free(scenario);
    hearth_context_free(context);
    return after;
}

static void answer_one(struct serve *serve, struct plan *plan, enum plan_stage stage) {
    struct job job = {.serve = serve, .plan = plan, .worked = {.begun_s = plans_now_s()}};
    plan->begun_s = stage == STAGE_TYPICAL ? job.worked.begun_s : plan->begun_s;
    enum plan_stage after = has_listener(serve, plan) ? answer(&job, stage) : STAGE_FULL;
    (void)pthread_mutex_lock(&serve->mutex);
    if (atomic_load(&plan->cancel)) {
        give_up(serve, plan);
    } else {
        plans_queue(serve, plan, after);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
}

/* ---- a plan in full ---- */

static enum hearth_status write_all(const struct serve *serve, const struct plan *plan,
                                    struct hearth_plan *found, double spent_s) {
    char folder[160];
    const char *rules = NULL;
    int broken = 0;
    (void)snprintf(folder, sizeof folder, "%s/%s", serve->folder, plan->hash);
    enum hearth_status status = hearth_plan_rules(found, NULL, true, false, true, &rules, &broken);
    status = status == HEARTH_OK ? hearth_plan_write(found, folder) : status;
    if (status == HEARTH_OK && !view_write(folder, plan->hash, spent_s, rules)) {
        folder_clear(folder);
        status = HEARTH_CANNOT_WRITE;
    }
    return status;
}

static enum hearth_status plan_all(struct job *job, struct hearth_context *context,
                                   struct hearth_scenario **ret_scenario,
                                   struct hearth_plan **ret) {
    hearth_context_on_message(context, on_message, job);
    hearth_context_on_progress(context, on_progress, job);
    hearth_context_on_stop(context, is_given_up_or_stands, job);
    enum hearth_status status = plans_parse(job->serve, &job->plan->asked, context, ret_scenario);
    status = status == HEARTH_OK ? hearth_plan_solve(*ret_scenario, NULL, ret) : status;
    return status == HEARTH_OK
               ? write_all(job->serve, job->plan, *ret, plans_now_s() - job->worked.begun_s)
               : status;
}

/* Words and messages of a plan that is none; of an infeasible one its record too, which names what clashes. */
static char *answer_of(struct job *job, enum hearth_status status, struct hearth_plan *none) {
    const char *summary = status == HEARTH_INFEASIBLE && none ? hearth_plan_summary(none) : NULL;
    json_t *record = summary ? json_loads(summary, 0, NULL) : json_null();
    json_t *all = json_pack("{s:s,s:O,s:o}", "words",
                            atomic_load(&job->late) ? "planning took longer than the server allows"
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
    plan->answer = answer;
    plan->state = status == HEARTH_OK           ? PLAN_DONE
                  : status == HEARTH_INFEASIBLE ? PLAN_INFEASIBLE
                                                : PLAN_ERROR;
    if (status != HEARTH_OK && atomic_load(&plan->cancel) && !atomic_load(&job->late)) {
        give_up(serve, plan);
    }
    for (int k = 0; plans_is_settled(plan) && k < SERVE_TABS_MAX; k++) {
        if (serve->tabs[k].plan == plan) {
            plans_tell(serve, &serve->tabs[k], plan);
        }
    }
    if (plans_is_settled(plan)) {
        classroom_found(serve, plan, figures);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    json_decref(figures);
}

static void plan_one(struct serve *serve, struct plan *plan) {
    struct job job = {.serve = serve,
                      .plan = plan,
                      .messages = json_array(),
                      .worked = {.begun_s = plans_now_s()}};
    struct hearth_context *context = hearth_context_new();
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *found = NULL;
    struct parent *parent = NULL;
    enum hearth_status status =
        context && job.messages ? plan_all(&job, context, &scenario, &found) : HEARTH_NO_MEMORY;
    char *answer = status == HEARTH_OK ? NULL : answer_of(&job, status, found);
    json_decref(job.messages);
    bool is_base = strcmp(plan->hash, serve->base) == 0;
    if (status == HEARTH_OK) { /* before it is told: the next move is answered like it */
        parent = quick_keep(serve, &plan->asked, context, scenario, found);
    } else {
        hearth_plan_free(found);
        hearth_scenario_free(scenario);
        hearth_context_free(context);
    }
    settle(&job, status, answer);
    quick_measure(serve, parent);
    if (status == HEARTH_OK && serve->caches && is_base) {
        cache_give(serve, serve->base);
    }
}

/* ---- workers ---- */

static struct plan *next(struct serve *serve, enum plan_stage stage) {
    struct plan *first = NULL;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        struct plan *plan = &serve->plans[k];
        if (plan->state == PLAN_QUEUED && plan->stage == stage &&
            (!first || plan->order < first->order)) {
            first = plan;
        }
    }
    return first;
}

bool plans_waiting(struct serve *serve) {
    return serve->resting[STAGE_FULL] == 0 && next(serve, STAGE_FULL) != NULL;
}

static void rest(struct serve *serve, enum plan_stage stage) {
    serve->resting[stage]++;
    (void)pthread_cond_wait(&serve->work[stage], &serve->mutex);
    serve->resting[stage]--;
}

static void *work_quickly(void *data) {
    const struct worker *worker = data;
    struct serve *serve = worker->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    while (!serve->stopping) {
        struct plan *plan = next(serve, worker->stage);
        if (!plan) {
            rest(serve, worker->stage);
            continue;
        }
        plan->state = PLAN_RUNNING;
        (void)pthread_mutex_unlock(&serve->mutex);
        answer_one(serve, plan, worker->stage);
        (void)pthread_mutex_lock(&serve->mutex);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return NULL;
}

static void *work_in_full(void *data) {
    const struct worker *worker = data;
    struct serve *serve = worker->serve;
    (void)pthread_mutex_lock(&serve->mutex);
    while (!serve->stopping) {
        struct plan *plan = next(serve, STAGE_FULL);
        if (!plan && quick_remake(serve)) {
            continue;
        }
        struct plan *searched = plan ? NULL : reasons_next(serve);
        if (!plan && !searched) {
            rest(serve, STAGE_FULL);
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

bool work_start(struct serve *serve) {
    long cores = sysconf(_SC_NPROCESSORS_ONLN);
    int each = cores < 1 ? 1 : cores > SERVE_WORKERS_MAX ? SERVE_WORKERS_MAX : (int)cores;
    bool good = true;
    for (int k = 0; good && k < each; k++) {
        for (int stage = 0; good && stage < STAGES; stage++) {
            struct worker *worker = &serve->workers[serve->workers_count];
            *worker = (struct worker){.serve = serve, .stage = (enum plan_stage)stage};
            good = pthread_create(&worker->thread, NULL,
                                  stage == STAGE_FULL ? work_in_full : work_quickly, worker) == 0;
            serve->workers_count += good;
        }
    }
    return serve->workers_count >= STAGES; /* one of each */
}

void work_stop(struct serve *serve) {
    for (int stage = 0; stage < STAGES; stage++) {
        (void)pthread_cond_broadcast(&serve->work[stage]);
    }
    for (int k = 0; k < serve->workers_count; k++) {
        (void)pthread_join(serve->workers[k].thread, NULL);
    }
}
