/* Answers while the hand is on a slider: first of typical weeks ("approx"), then of every hour ("exact"), each by one
   programme per case at the sizes and losses of the newest full plan, which is kept for that. The full plan follows.

   How far a first answer may be off is measured on that plan itself: its own typical weeks against what it is. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "apps/serve/serve.h"

/* A full plan with what it hangs on, and the errors of a first answer like it: by case and figure, over the figure. */
struct parent {
    struct hearth_context *context;
    struct hearth_scenario *scenario;
    struct hearth_plan *plan;
    json_t *error;
    struct request_plan asked;
    int used; /* by the server as its newest, and by answers under way */
};

/* The newest exact year: the next one begins there, if that is no farther than the parent. */
struct near {
    struct hearth_plan *plan;
    struct request_plan asked;
    int used;
};

static const char *const typical_options[] = {"typical_weeks", "yes", NULL};
static const char *const exact_options[] = {"threads", "0", NULL};

/* One use fewer; what nobody uses is freed once the mutex is free again: a year's plan takes a while. */
static bool is_last(struct serve *serve, int *used) {
    (void)pthread_mutex_lock(&serve->mutex);
    bool last = --*used == 0;
    (void)pthread_mutex_unlock(&serve->mutex);
    return last;
}

static void drop(struct serve *serve, struct parent *parent) {
    if (parent && is_last(serve, &parent->used)) {
        hearth_plan_free(parent->plan);
        hearth_scenario_free(parent->scenario);
        hearth_context_free(parent->context);
        json_decref(parent->error);
        free(parent);
    }
}

static void drop_near(struct serve *serve, struct near *near) {
    if (near && is_last(serve, &near->used)) {
        hearth_plan_free(near->plan);
        free(near);
    }
}

static struct parent *take(struct serve *serve) {
    (void)pthread_mutex_lock(&serve->mutex);
    struct parent *parent = serve->parent;
    if (parent) {
        parent->used++;
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return parent;
}

enum hearth_status quick_parse(struct serve *serve, struct hearth_context *context,
                               const char *const *changes, struct hearth_scenario **ret) {
    struct parent *parent = take(serve);
    if (!parent) {
        return hearth_scenario_parse_changed(context, serve->path, serve->text, serve->size,
                                             changes, ret);
    }
    enum hearth_status status = hearth_scenario_parse_like(context, parent->scenario, changes, ret);
    drop(serve, parent);
    return status;
}

/* Relative differences of all figures of a case. */
static json_t *case_error(json_t *found, const json_t *exact) {
    json_t *error = json_object();
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(found, key, value) {
        const json_t *other = json_object_get(exact, key);
        double is = json_number_value(other);
        if (json_is_number(value) && json_is_number(other) && is != 0.0) {
            (void)json_object_set_new(error, key,
                                      json_real(fabs(json_number_value(value) / is - 1.0)));
        }
    }
    return error;
}

static json_t *error_of(struct hearth_plan *found, struct hearth_plan *exact) {
    const char *texts[2] = {hearth_plan_summary(found), hearth_plan_summary(exact)};
    json_t *one = texts[0] ? json_loads(texts[0], 0, NULL) : NULL;
    json_t *other = texts[1] ? json_loads(texts[1], 0, NULL) : NULL;
    json_t *error = json_object();
    const char *name = NULL;
    json_t *figures = NULL;
    json_object_foreach(json_object_get(one, "cases"), name, figures) {
        (void)json_object_set_new(
            error, name,
            case_error(figures, json_object_get(json_object_get(other, "cases"), name)));
    }
    json_decref(one);
    json_decref(other);
    return error;
}

struct parent *quick_keep(struct serve *serve, const struct request_plan *asked,
                          struct hearth_context *context, struct hearth_scenario *scenario,
                          struct hearth_plan *plan) {
    struct parent *parent = calloc(1, sizeof *parent);
    hearth_context_on_message(context, NULL, NULL);
    hearth_context_on_progress(context, NULL, NULL);
    hearth_context_on_stop(context, NULL, NULL);
    if (!parent) {
        hearth_plan_free(plan);
        hearth_scenario_free(scenario);
        hearth_context_free(context);
        return NULL;
    }
    parent->context = context;
    parent->scenario = scenario;
    parent->plan = plan;
    parent->asked = *asked;
    parent->used = 2; /* the server's and the caller's */
    (void)pthread_mutex_lock(&serve->mutex);
    if (serve->parent) { /* until its own is known */
        parent->error = json_incref(serve->parent->error);
    }
    struct parent *before = serve->parent;
    serve->parent = parent;
    (void)pthread_mutex_unlock(&serve->mutex);
    drop(serve, before);
    return parent;
}

void quick_measure(struct serve *serve, struct parent *parent) {
    struct hearth_plan *like = NULL;
    if (!parent) {
        return;
    }
    bool good =
        hearth_plan_solve_like(parent->scenario, parent->plan, typical_options, &like) == HEARTH_OK;
    json_t *error = good ? error_of(like, parent->plan) : NULL;
    hearth_plan_free(like);
    (void)pthread_mutex_lock(&serve->mutex);
    json_decref(parent->error);
    parent->error = error;
    (void)pthread_mutex_unlock(&serve->mutex);
    drop(serve, parent);
}

/* Whoever waits comes first, and any plan in full will do instead. */
static bool makes_way(void *data, const char *words) {
    struct serve *serve = data;
    (void)words;
    (void)pthread_mutex_lock(&serve->mutex);
    bool way = serve->stopping || serve->parent || plans_waiting(serve);
    (void)pthread_mutex_unlock(&serve->mutex);
    return way;
}

struct remake {
    struct serve *serve;
    struct worked worked;
};

static bool stands_still(void *data) {
    struct remake *remake = data;
    work_stand_still(remake->serve, &remake->worked, NULL);
    return false;
}

static enum hearth_status remake(struct serve *serve) {
    static const struct request_plan nothing;
    struct remake made = {serve, {.begun_s = plans_now_s()}};
    struct hearth_context *context = hearth_context_new();
    struct hearth_scenario *scenario = NULL;
    struct hearth_plan *plan = NULL;
    if (!context) {
        return HEARTH_NO_MEMORY;
    }
    hearth_context_on_progress(context, makes_way, serve);
    hearth_context_on_stop(context, stands_still, &made);
    enum hearth_status status =
        hearth_scenario_parse(context, serve->path, serve->text, serve->size, &scenario);
    status = status == HEARTH_OK ? hearth_plan_solve(scenario, NULL, &plan) : status;
    if (status == HEARTH_OK) {
        quick_measure(serve, quick_keep(serve, &nothing, context, scenario, plan));
    } else {
        hearth_plan_free(plan);
        hearth_scenario_free(scenario);
        hearth_context_free(context);
    }
    return status;
}

bool quick_remake(struct serve *serve) {
    if (!serve->remakes || serve->parent) {
        return false;
    }
    serve->remakes = false; /* one worker is enough */
    (void)pthread_mutex_unlock(&serve->mutex);
    bool again = remake(serve) == HEARTH_CANCELLED;
    (void)pthread_mutex_lock(&serve->mutex);
    serve->remakes = again;
    return true;
}

void quick_stop(struct serve *serve) {
    drop(serve, serve->parent);
    drop_near(serve, serve->near);
    serve->parent = NULL;
    serve->near = NULL;
}

/* What a page draws of a plan, without hours, transfers and rules, which the full plan brings. */
static json_t *view_of(struct hearth_plan *plan, const char *hash, double spent_s) {
    const char *text = hearth_plan_summary(plan);
    json_t *view = text ? json_loads(text, 0, NULL) : NULL;
    if (view) {
        (void)json_object_set_new(view, "hash", json_string(hash));
        (void)json_object_set(view, "headline", json_object_get(view, "finding"));
        (void)json_object_set_new(view, "seconds", json_real(spent_s));
        (void)json_object_set_new(view, "rules", json_array());
        (void)json_object_set_new(view, "transfers", json_array());
        (void)json_object_set_new(view, "hours", json_array());
    }
    return view;
}

/* parent: of typical weeks, which are off by so much; else NULL. */
static void tell(struct serve *serve, const struct plan *plan, json_t *view,
                 const struct parent *parent) {
    (void)pthread_mutex_lock(&serve->mutex);
    serve->answered_s = plans_now_s();
    for (int k = 0; k < SERVE_TABS_MAX; k++) {
        struct tab *tab = &serve->tabs[k];
        if (!tab->stream || tab->plan != plan) {
            continue;
        }
        json_t *data = json_pack("{s:I,s:s,s:s,s:O}", "seq", (json_int_t)tab->seq, "hash",
                                 plan->hash, "depth", parent ? "typical" : "exact", "view", view);
        if (parent && parent->error) {
            (void)json_object_set(data, "error", parent->error);
        }
        char *text = data ? json_dumps(data, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
        if (text) {
            events_send(serve, tab, parent ? "approx" : "exact", text);
        }
        free(text);
        json_decref(data);
    }
    (void)pthread_mutex_unlock(&serve->mutex);
}

/* How many changes of the one the other has not, or, by_path, has not even of that path. */
static int changes_missing(const struct request_plan *of, const struct request_plan *in,
                           bool by_path) {
    int missing = 0;
    for (int k = 0; k < of->count; k++) {
        bool found = false;
        for (int n = 0; n < in->count && !found; n++) {
            found = strcmp(of->changes[k].path, in->changes[n].path) == 0 &&
                    (by_path || strcmp(of->changes[k].text, in->changes[n].text) == 0);
        }
        missing += !found;
    }
    return missing;
}

/* In how many places two positions differ. */
static int distance(const struct request_plan *a, const struct request_plan *b) {
    return changes_missing(a, b, false) + changes_missing(b, a, true);
}

static struct near *near_take(struct serve *serve, const struct plan *plan,
                              const struct parent *parent) {
    (void)pthread_mutex_lock(&serve->mutex);
    struct near *near = serve->near;
    if (near && distance(&near->asked, &plan->asked) > distance(&parent->asked, &plan->asked)) {
        near = NULL;
    }
    if (near) {
        near->used++;
    }
    (void)pthread_mutex_unlock(&serve->mutex);
    return near;
}

/* Takes the plan over. */
static void near_keep(struct serve *serve, const struct request_plan *asked,
                      struct hearth_plan *plan) {
    struct near *near = calloc(1, sizeof *near);
    if (!near) {
        hearth_plan_free(plan);
        return;
    }
    near->plan = plan;
    near->asked = *asked;
    near->used = 1;
    (void)pthread_mutex_lock(&serve->mutex);
    struct near *before = serve->near;
    serve->near = near;
    (void)pthread_mutex_unlock(&serve->mutex);
    drop_near(serve, before);
}

static enum plan_stage answer(struct serve *serve, const struct plan *plan, enum plan_stage stage,
                              struct hearth_scenario *scenario, const struct parent *parent) {
    struct hearth_plan *like = NULL;
    struct near *near = stage == STAGE_TYPICAL ? NULL : near_take(serve, plan, parent);
    enum hearth_status status =
        hearth_plan_solve_near(scenario, parent->plan, near ? near->plan : NULL,
                               stage == STAGE_TYPICAL ? typical_options : exact_options, &like);
    json_t *view =
        status == HEARTH_OK ? view_of(like, plan->hash, plans_now_s() - plan->begun_s) : NULL;
    const char *depth =
        json_string_value(json_object_get(json_object_get(view, "approximate"), "depth"));
    bool is_typical = depth && strcmp(depth, "typical") == 0;
    if (depth && !atomic_load(&plan->cancel)) {
        tell(serve, plan, view, is_typical ? parent : NULL);
    }
    json_decref(view);
    drop_near(serve, near);
    if (status == HEARTH_OK && !is_typical) {
        near_keep(serve, &plan->asked, like);
    } else {
        hearth_plan_free(like);
    }
    return is_typical ? STAGE_EXACT : STAGE_FULL;
}

enum plan_stage quick_answer(struct serve *serve, const struct plan *plan, enum plan_stage stage,
                             struct hearth_scenario *scenario) {
    struct parent *parent = take(serve);
    if (!parent) {
        return STAGE_FULL;
    }
    enum plan_stage after = answer(serve, plan, stage, scenario, parent);
    drop(serve, parent);
    return after;
}
