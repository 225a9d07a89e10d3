/* What would have to change for another plan: planned again and again while nobody waits for a plan. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/serve.h"

struct search {
    struct serve *serve;
    struct plan *plan;
    struct worked worked;
    bool yields;
};

/* Plans come first: the search ends where one waits and no worker is free, and begins anew when they rest. */
static bool on_progress(void *data, const char *words) {
    struct search *search = data;
    struct serve *serve = search->serve;
    (void)words;
    (void)pthread_mutex_lock(&serve->mutex);
    search->yields = search->yields || serve->stopping || plans_waiting(serve);
    (void)pthread_mutex_unlock(&serve->mutex);
    return search->yields;
}

static bool stands_still(void *data) {
    struct search *search = data;
    work_stand_still(search->serve, &search->worked, NULL);
    return false;
}

static bool search_write(const struct search *search, const char *text) {
    char path[256];
    (void)snprintf(path, sizeof path, "%s/%s/reasons.json", search->serve->folder,
                   search->plan->hash);
    FILE *file = fopen(path, "wb");
    bool good = file && fputs(text, file) >= 0;
    return file && fclose(file) == 0 && good;
}

static bool search_all(struct search *search, struct hearth_context *context) {
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *plan = NULL;
    const char *text = NULL;
    enum hearth_status status =
        plans_parse(search->serve, &search->plan->asked, context, &scenario);
    status = status == HEARTH_OK ? hearth_plan_solve(scenario, NULL, &plan) : status;
    status = status == HEARTH_OK ? hearth_plan_why(plan, true, true, &text) : status;
    bool good = status == HEARTH_OK && !search->yields && search_write(search, text);
    hearth_plan_free(plan);
    hearth_scenario_free(scenario);
    return good;
}

void reasons_find(struct serve *serve, struct plan *plan) {
    struct search search = {.serve = serve, .plan = plan, .worked = {.begun_s = plans_now_s()}};
    struct hearth_context *context = hearth_context_new();
    bool good = false;
    if (context) {
        hearth_context_on_progress(context, on_progress, &search);
        hearth_context_on_stop(context, stands_still, &search);
        good = search_all(&search, context);
    }
    hearth_context_free(context);
    (void)pthread_mutex_lock(&serve->mutex);
    plan->reasons = good ? REASONS_DONE : search.yields ? REASONS_WANTED : REASONS_FAILED;
    char text[100];
    (void)snprintf(text, sizeof text, "{\"hash\":\"%s\"}", plan->hash);
    for (int k = 0; !search.yields && k < SERVE_TABS_MAX; k++) {
        if (serve->tabs[k].stream) {
            events_send(serve, &serve->tabs[k], "reasons", text);
        }
    }
    (void)pthread_mutex_unlock(&serve->mutex);
}

struct plan *reasons_next(struct serve *serve) {
    struct plan *first = NULL;
    for (int k = 0; k < SERVE_PLANS_MAX; k++) {
        struct plan *plan = &serve->plans[k];
        if (plan->state == PLAN_DONE && plan->reasons == REASONS_WANTED &&
            (!first || plan->order < first->order)) {
            first = plan;
        }
    }
    return first;
}
