/* Ranges first, all questions beside each other; then whole plans that lie far from each other. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "plan/alternatives.h"

#include <math.h>
#include <string.h>

#include "base/parallel.h"
#include "plan/reach.h"

static const double nothing_ratio = 1e-4; /* of the largest: less is not built */
static const double alike_ratio = 0.3;    /* plans nearer to each other are one */
static const double idle_ratio = 0.01;    /* of a capacity: so much may be spare */
static const double kept_ratio = 1e-6;    /* a true cost above the budget by less keeps it */
enum { AT_ONCE = 8, TRIES = 2 };          /* questions between two words of progress */

struct job {
    struct held_question question;
    struct reach bought; /* with plant that stands idle */
    struct reach reach;
    enum status status;
    struct arena *arena;
};

/* A plan that is known by a question and its values; to be asked as a whole if it is chosen. */
struct candidate {
    struct held_question question, near; /* near: where the first has no answer */
    const double *value;
    bool used;
};

struct search {
    struct alternatives *found;
    const struct plan_options *options;
    struct plan_options *held_options;
    struct held_point cheapest;
    struct arena *arena;
    struct diag *diag;
    int jobs_count;
    struct job *jobs; /* two for each measure but the cost; then one for each further direction */
    int candidates_count, from;
    struct candidate *candidates;
};

static bool is_capacity(const struct alternatives *a, int m) {
    return a->held->measures[m].kind == MEASURE_CAPACITY;
}

/* What costs nothing may be of any size: no difference. */
static bool moves(const struct alternatives *a, int m) {
    const struct range *range = &a->ranges[m];
    return is_capacity(a, m) && range->most_value > 0.0 && !range->unbounded;
}

double alternatives_share_frac(const struct alternatives *a, const double *value, int m) {
    return moves(a, m) ? value[m] / a->ranges[m].most_value : 0.0;
}

static bool tell(const struct search *search, const char *words) {
    return search->options && search->options->progress &&
           search->options->progress(search->options->data, words);
}

static enum status no_plan(const struct search *search, const struct held_answer *answer) {
    struct place place = {search->found->plan->scenario->file, 0, 0};
    diag_error(search->diag, place,
               "alternatives: the solver found no certified optimum of the plan held (%s)",
               answer->outcome == OUTCOME_OPTIMAL ? "fails its certificate or audit"
                                                  : outcome_name(answer->outcome));
    diag_remedy(search->diag, "take another horizon, and report it");
    return STATUS_STALLED;
}

/* ---- ranges ---- */

/* Is this capacity asked to be large? */
static bool goes_up(const struct held_question *question, int m) {
    return question->aim == HELD_DIRECTION ? question->weight_ratio[m] > 0.0
                                           : question->aim == m && question->most;
}

/* A capacity that is asked to be large is bought even to stand idle. Then it is asked again to be used in full in the step
   that uses it most. Where that has no answer, what was used counts as it is. */
static enum status ask_in_use(const struct search *search, struct held_question *question,
                              struct arena *arena, struct reach *ret_bought, struct reach *ret) {
    const struct held *held = search->found->held;
    const struct held_answer *least = &search->found->cheapest;
    struct held_use *in_full = ARENA_TAKE(arena, struct held_use, held->measures_count);
    bool idle = false;
    TRY(in_full ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(reach_ask(held, question, &search->cheapest, least, arena, ret_bought));
    *ret = *ret_bought;
    bool found = ret->outcome == OUTCOME_OPTIMAL;
    for (int m = 0; m < held->measures_count; m++) {
        in_full[m].row = -1;
        if (found && goes_up(question, m) &&
            ret->answer.use[m].value < (1.0 - idle_ratio) * ret->answer.value[m]) {
            in_full[m] = ret->answer.use[m];
            idle = idle || in_full[m].row >= 0;
        }
    }
    if (!idle) {
        return STATUS_OK;
    }
    struct reach again;
    struct held_question used = *question;
    used.in_full = in_full;
    TRY(reach_ask(held, &used, NULL, least, arena, &again));
    bool better = again.outcome == OUTCOME_OPTIMAL;
    *question = better ? used : *question;
    *ret = better ? again : *ret;
    ret->solves_count = ret_bought->solves_count + again.solves_count;
    ret->stalls_count = ret_bought->stalls_count + again.stalls_count;
    return STATUS_OK;
}

static void count(struct alternatives *a, const struct reach *reach) {
    a->questions_count++;
    a->solves_count += reach->solves_count;
    a->stalls_count += reach->stalls_count;
}

static void work_job(void *data, int k) {
    struct search *search = data;
    struct job *job = &search->jobs[search->from + k];
    job->arena = arena_new(0);
    job->status = job->arena
                      ? ask_in_use(search, &job->question, job->arena, &job->bought, &job->reach)
                      : STATUS_NO_MEMORY;
}

static void ask_ranges(struct search *search) {
    struct alternatives *a = search->found;
    for (int m = 1; m < a->held->measures_count; m++) {
        for (int most = 0; most < 2; most++) {
            bool peak = a->held->measures[m].kind == MEASURE_FIGURE &&
                        a->held->measures[m].index == FIGURE_PEAK;
            struct held_question question = held_cheapest();
            question.aim = m;
            question.most = most;
            question.budget_money = a->budget_money;
            if (!peak || !most) {
                search->jobs[search->jobs_count++].question = question;
            }
        }
    }
}

static enum status run_jobs(struct search *search) {
    for (search->from = 0; search->from < search->jobs_count; search->from += AT_ONCE) {
        int left = search->jobs_count - search->from, now = left < AT_ONCE ? left : AT_ONCE;
        const char *words = arena_format(search->arena, "ranges: question %d of %d",
                                         search->from + 1, search->jobs_count);
        if (words && tell(search, words)) {
            return STATUS_CANCELLED;
        }
        enum status status = parallel_for(0, now, work_job, search);
        for (int k = search->from; k < search->from + now; k++) {
            struct job *job = &search->jobs[k];
            status = status == STATUS_OK ? job->status : status;
            if (job->arena) {
                arena_join(search->arena, job->arena);
            }
            count(search->found, &job->reach);
        }
        TRY(status);
    }
    return STATUS_OK;
}

static void add_candidate(struct search *search, const struct held_question *question,
                          const struct reach *reach) {
    search->candidates[search->candidates_count++] =
        (struct candidate){reach_whole(search->found->held, question, reach),
                           reach_near(question, reach), reach->answer.value, false};
}

/* What of a capacity is in use in a plan that was found is no less than the most. */
static void widen(struct alternatives *a, const struct held_answer *answer) {
    for (int m = 1; m < a->held->measures_count; m++) {
        struct range *range = &a->ranges[m];
        double used = fmin(answer->value[m], answer->use[m].value);
        if (is_capacity(a, m) && !isnan(range->most_value)) {
            range->most_value = fmin(fmax(range->most_value, used), range->bound_value);
        }
    }
}

static void take_ranges(struct search *search) {
    struct alternatives *a = search->found;
    for (int m = 0; m < a->held->measures_count; m++) {
        a->ranges[m] = (struct range){.least_value = (double)NAN,
                                      .most_value = (double)NAN,
                                      .least_bound_value = (double)NAN,
                                      .bound_value = (double)NAN,
                                      .cheapest_value = a->cheapest.value[m]};
    }
    a->ranges[HELD_COST].least_value = a->cheapest_money;
    a->ranges[HELD_COST].most_value = a->budget_money;
    for (int k = 0; k < search->jobs_count; k++) {
        const struct job *job = &search->jobs[k];
        const struct reach *reach = &job->reach;
        struct range *range = &a->ranges[job->question.aim];
        if (reach->outcome != OUTCOME_OPTIMAL) {
            range->unbounded = range->unbounded || reach->outcome == OUTCOME_UNBOUNDED;
            a->unanswered_count += reach->outcome != OUTCOME_UNBOUNDED;
            continue;
        }
        a->gap_ratio = fmax(a->gap_ratio, fabs(job->bought.bound_value - job->bought.value) /
                                              job->bought.scale_value);
        if (job->question.most) {
            range->bound_value = job->bought.bound_value;
            range->most_value = reach->value;
        } else {
            range->least_bound_value = reach->bound_value;
            range->least_value = reach->value;
        }
        add_candidate(search, &job->question, reach);
    }
    for (int k = 0; k < search->jobs_count; k++) {
        if (search->jobs[k].reach.outcome == OUTCOME_OPTIMAL) {
            widen(a, &search->jobs[k].reach.answer);
        }
    }
}

/* No capacity is below nothing, and the cheapest plan lies in the range. */
static void judge_ranges(struct alternatives *a) {
    for (int m = 1; m < a->held->measures_count; m++) {
        struct range *range = &a->ranges[m];
        range->least_value = isnan(range->least_value)
                                 ? (double)NAN
                                 : fmin(range->least_value, range->cheapest_value);
        range->most_value =
            isnan(range->most_value) ? (double)NAN : fmax(range->most_value, range->cheapest_value);
        double nothing =
            nothing_ratio * fmax(fabs(range->cheapest_value),
                                 isnan(range->most_value) ? 0.0 : fabs(range->most_value));
        if (fabs(range->least_value) <= nothing) {
            range->least_value = 0.0;
        }
        bool has = range->cheapest_value > nothing;
        range->kind = range->least_value > 0.0  ? RANGE_MUST
                      : has                     ? RANGE_MAY_GO
                      : range->most_value > 0.0 ? RANGE_MAY_COME
                                                : RANGE_NEVER;
    }
}

/* ---- plans far from each other ---- */

static int capacities_count(const struct alternatives *a) {
    int count = 0;
    for (int m = 1; m < a->held->measures_count; m++) {
        count += moves(a, m);
    }
    return count;
}

static double distance_ratio(const struct alternatives *a, const double *a_value,
                             const double *b_value) {
    double sum_ratio = 0.0;
    for (int m = 1; m < a->held->measures_count; m++) {
        sum_ratio +=
            fabs(alternatives_share_frac(a, a_value, m) - alternatives_share_frac(a, b_value, m));
    }
    return sum_ratio;
}

static double nearest_ratio(const struct alternatives *a, const double *value) {
    double nearest = distance_ratio(a, value, a->cheapest.value);
    for (int k = 0; k < a->count; k++) {
        nearest = fmin(nearest, distance_ratio(a, value, a->alternative[k].answer.value));
    }
    return nearest;
}

/* Away from the mean of what is chosen so far. */
static enum status ask_away(struct search *search) {
    struct alternatives *a = search->found;
    struct held_question question = held_cheapest();
    struct reach bought, reach;
    double *cap_value = ARENA_TAKE(search->arena, double, a->held->measures_count);
    double *weight_ratio = ARENA_TAKE(search->arena, double, a->held->measures_count);
    TRY(weight_ratio && cap_value ? STATUS_OK : STATUS_NO_MEMORY);
    for (int m = 0; m < a->held->measures_count; m++) {
        double mean_frac = alternatives_share_frac(a, a->cheapest.value, m);
        for (int k = 0; k < a->count; k++) {
            mean_frac += alternatives_share_frac(a, a->alternative[k].answer.value, m);
        }
        mean_frac /= 1 + a->count;
        cap_value[m] = isnan(a->ranges[m].bound_value) ? HUGE_VAL : a->ranges[m].bound_value;
        weight_ratio[m] = moves(a, m) ? (0.5 - mean_frac) / a->ranges[m].most_value : 0.0;
    }
    question.aim = HELD_DIRECTION;
    question.most = true;
    question.budget_money = a->budget_money;
    question.weight_ratio = weight_ratio;
    question.cap_value = cap_value;
    TRY(ask_in_use(search, &question, search->arena, &bought, &reach));
    count(a, &reach);
    if (reach.outcome == OUTCOME_OPTIMAL) {
        add_candidate(search, &question, &reach);
    }
    return STATUS_OK;
}

/* The candidate furthest from all that is chosen; NULL: none differs any more. */
static struct candidate *furthest(const struct search *search) {
    struct candidate *best = NULL;
    double best_ratio = alike_ratio;
    for (int k = 0; k < search->candidates_count; k++) {
        struct candidate *it = &search->candidates[k];
        double ratio = it->used ? 0.0 : nearest_ratio(search->found, it->value);
        if (ratio > best_ratio) {
            best = it;
            best_ratio = ratio;
        }
    }
    return best;
}

/* One alternative more; false: none differs any more. */
static enum status choose_one(struct search *search, bool *ret_more) {
    struct alternatives *a = search->found;
    TRY(ask_away(search));
    struct candidate *candidate = furthest(search);
    *ret_more = candidate != NULL;
    if (!candidate) {
        return STATUS_OK;
    }
    struct alternative next = {.answer = {.outcome = OUTCOME_STALLED}};
    candidate->used = true;
    a->questions_count++;
    TRY(held_plan(a->held, &candidate->question, search->arena, &next.answer));
    if (!next.answer.proven || !next.answer.audit.passed) {
        a->stalls_count++;
        TRY(held_plan(a->held, &candidate->near, search->arena, &next.answer));
    }
    if (!next.answer.proven || !next.answer.audit.passed) {
        a->unanswered_count++;
        return STATUS_OK;
    }
    next.distance_ratio = nearest_ratio(a, next.answer.value);
    bool within =
        next.answer.objective_money - a->budget_money <= kept_ratio * fabs(a->budget_money);
    if (next.distance_ratio > alike_ratio && within) {
        widen(a, &next.answer);
        a->alternative[a->count++] = next;
    }
    return STATUS_OK;
}

static enum status choose_all(struct search *search, int count) {
    struct alternatives *a = search->found;
    int tries = TRIES * count; /* one that breaks the budget by its true bills is in vain */
    for (bool more = true; more && a->count < count && tries > 0; tries--) {
        const char *words =
            arena_format(search->arena, "alternative %d of %d", a->count + 1, count);
        if (words && tell(search, words)) {
            return STATUS_CANCELLED;
        }
        TRY(choose_one(search, &more));
    }
    return STATUS_OK;
}

/* ---- all of it ---- */

static enum status begin(struct search *search, const struct scenario *scenario) {
    struct alternatives *a = search->found;
    struct plan *plan = NULL;
    struct plan_options *held_options = ARENA_TAKE(search->arena, struct plan_options, 1);
    search->held_options = held_options;
    TRY(held_options ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(plan_solve(scenario, search->options, search->arena, search->diag, &plan));
    if (search->options) {
        *held_options = *search->options;
    }
    held_options->threads = 0; /* questions stand beside each other instead */
    a->plan = plan;
    const struct case_plan *apart = &plan->cases[CASE_APART];
    a->apart_money = apart->solved ? apart->objective_money : (double)NAN;
    TRY(held_new(plan, held_options, search->arena, &a->held));
    int n = a->held->measures_count;
    a->ranges = ARENA_TAKE(search->arena, struct range, n);
    search->jobs = ARENA_TAKE(search->arena, struct job, 2 * n);
    search->candidates =
        ARENA_TAKE(search->arena, struct candidate, 2 * n + TRIES * ALTERNATIVES_MAX);
    return a->ranges && search->jobs && search->candidates ? STATUS_OK : STATUS_NO_MEMORY;
}

enum status alternatives_solve(const struct scenario *scenario, double within_frac, int count,
                               const struct plan_options *options, struct arena *arena,
                               struct diag *diag, struct alternatives **ret) {
    struct alternatives *a = ARENA_TAKE(arena, struct alternatives, 1);
    if (!a) {
        return STATUS_NO_MEMORY;
    }
    struct search search = {.found = a, .options = options, .arena = arena, .diag = diag};
    a->within_frac = within_frac;
    TRY(begin(&search, scenario));
    struct held_question cheapest = held_cheapest();
    a->questions_count++;
    TRY(held_plan(a->held, &cheapest, arena, &a->cheapest));
    if (!a->cheapest.proven || !a->cheapest.audit.passed) {
        return no_plan(&search, &a->cheapest);
    }
    TRY(held_point(a->held, &cheapest, NULL, arena, &search.cheapest));
    if (!search.cheapest.proven) {
        return no_plan(&search, &a->cheapest);
    }
    a->solves_count++;
    a->cheapest_money = a->cheapest.value[HELD_COST];
    a->budget_money = a->cheapest_money + within_frac * fabs(a->cheapest_money);
    search.held_options->may_stall = true; /* another price is asked instead of another solver */
    ask_ranges(&search);
    TRY(run_jobs(&search));
    take_ranges(&search);
    judge_ranges(a);
    search.held_options->threads = parallel_cores(); /* one question at a time from here on */
    if (capacities_count(a) > 0) {
        TRY(choose_all(&search, count));
    }
    *ret = a;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}
