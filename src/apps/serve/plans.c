/* Plans: asked for, kept by hash, given up when nobody wants them. Workers plan them (work.c). */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/records.h"
#include "apps/serve/serve.h"

void plans_clear(const struct serve *serve, struct plan *plan) {
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
        plans_clear(serve, plan);
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
        bool idle = plans_is_settled(plan) && plan->wanted == 0 &&
                    plan->reasons != REASONS_RUNNING && plan->reading == 0;
        oldest = idle && (!oldest || plan->used < oldest->used) ? plan : oldest;
    }
    if (oldest) {
        plans_clear(serve, oldest);
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

void plans_tell(struct serve *serve, struct tab *tab, const struct plan *plan) {
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
        if (plans_is_settled(plan)) {
            plans_tell(serve, tab, plan);
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
        plan->asked = *asked;
        plan->wanted = 0;
        plan->used = plan->order = ++serve->clock;
        memcpy(plan->hash, hash, sizeof hash);
        plans_queue(serve, plan, STAGE_TYPICAL);
    }
    plan->wanted++;
    if (tab) {
        tab->plan = plan;
        tab->seq = asked->seq;
        if (plans_is_settled(plan)) {
            plans_tell(serve, tab, plan);
        }
    }
    return plan;
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

void plans_stop(struct serve *serve) {
    (void)pthread_mutex_lock(&serve->mutex);
    serve->stopping = true;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        serve->plans[k].wanted = 0;
        atomic_store(&serve->plans[k].cancel, true);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    work_stop(serve);
    quick_stop(serve);
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        plans_clear(serve, &serve->plans[k]);
    }
}
