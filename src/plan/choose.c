/* What to build, where a part of the price is paid whatever the size (the trench of a heat network).

   A programme that spreads such a part over the capacity of the round before can rest at a plan that
   is neither with nor without: every smaller network looks dearer per kW, every larger one cheaper.
   So the yes and the no are held apart:

     1. all built, solved to rest, or until it is clearly dearer than apart; where the solver finds neither a plan
        nor that there is none, there is no answer, while of the others that is told and costs the proof alone;
     2. nothing built, solved to rest, from the sizes at which apart rests where nothing is required: so
        that together is never dearer than apart;
     3. where there are several choices: the programme at the sizes of the best plan so far with each yes
        and no free, by branch and bound; its choice, where it was not tried yet, solved to rest, and so on.

   The plan that costs least when simulated is kept, and told with what the others cost and with a
   proven bound: with one choice that of the two programmes at rest, with several that of the last 3. */
/* SPDX-License-Identifier: Apache-2.0 */
#include <math.h>
#include <string.h>

#include "base/text.h"
#include "optimise/branch.h"
#include "plan/round.h"

static const double certificate_tolerance_ratio = 1e-6;
static const double gap_ratio = 1e-7;      /* of the branch and bound, over 1 + |objective| */
static const double most_ratio = 10.0;     /* of the first guess: no capacity is larger ... */
static const double at_most_ratio = 0.999; /* ... and one that comes near is given more */
static const double plain_frac = 1e-3;     /* a proof that leaves less room is not told */
enum { MOST_ROUNDS = 4, TRIALS_MAX = 6 };

struct trial {
    struct case_work *work;
    struct diag *diag;
    enum status status;
    double simulated_money, bound_money; /* bound: of its last programme */
};

struct choosing {
    struct case_work *first;       /* the work that was begun; all others begin like it */
    const struct case_plan *apart; /* where building nothing begins, or NULL */
    const struct plan_options *options;
    struct diag *diag;
    int count;
    int *instance; /* of each choice */
    int trials_count;
    struct trial trials[TRIALS_MAX];
};

static enum status begin(struct choosing *choosing, struct case_work **ret) {
    struct case_work *first = choosing->first;
    struct case_plan *result = ARENA_TAKE(first->arena, struct case_plan, 1);
    if (!result) {
        return STATUS_NO_MEMORY;
    }
    TRY(case_begin(first->scenario, first->laid.pipes, first->hours, first->kind, first->arena,
                   result, ret));
    (*ret)->typical = first->typical;
    (*ret)->drafts = first->drafts;
    return STATUS_OK;
}

static bool stopped(enum status status) {
    return status == STATUS_CANCELLED || status == STATUS_NO_MEMORY || status == STATUS_INTERNAL;
}

/* Solves a choice to rest. Only what ends the whole search is returned. */
static enum status try_choice(struct choosing *choosing, struct case_work *work) {
    struct trial *trial = &choosing->trials[choosing->trials_count++];
    trial->work = work;
    trial->diag = diag_new(work->arena);
    if (!trial->diag) {
        return STATUS_NO_MEMORY;
    }
    enum status status = case_solve_rounds(work, choosing->options, trial->diag);
    trial->status = status;
    trial->simulated_money = work->result->objective_money + work->result->gap_money;
    trial->bound_money = status == STATUS_OK           ? work->result->certificate.bound_ratio
                         : status == STATUS_INFEASIBLE ? HUGE_VAL
                                                       : -HUGE_VAL;
    return stopped(status) ? status : STATUS_OK;
}

/* ---- yes and no at the sizes of a plan ---- */

static enum status branch_at(struct choosing *choosing, struct case_work *work,
                             struct arena *scratch, struct branch *ret) {
    struct programme *programme = NULL;
    struct branch_options options = {
        .solver = plan_solver(choosing->options),
        .solve = {.iterations_limit = choosing->options ? choosing->options->iterations_limit : 0},
        .gap_ratio = gap_ratio,
        .tolerance_ratio = certificate_tolerance_ratio};
    int *binaries = ARENA_TAKE(scratch, int, choosing->count);
    TRY(binaries ? STATUS_OK : STATUS_NO_MEMORY);
    TRY(case_assemble(work, scratch, false, &programme));
    for (int k = 0; k < choosing->count; k++) {
        binaries[k] = work->layout[choosing->instance[k]].built;
    }
    return branch_solve(programme, choosing->count, binaries, &options, scratch, ret);
}

/* A capacity near what was thought the most of it: room for ten times as much. */
static bool widen(struct choosing *choosing, struct case_work *work, const struct branch *branch) {
    bool any = false;
    for (int k = 0; k < choosing->count && branch->outcome.x; k++) {
        int i = choosing->instance[k];
        double capacity = branch->outcome.x[work->layout[i].design];
        if (capacity >= at_most_ratio * work->most_capacity[i] &&
            !isfinite(work->scenario->instances[i].capacity.max)) {
            work->most_capacity[i] *= most_ratio;
            any = true;
        }
    }
    return any;
}

/* The choice and the bound of the programme at the sizes of a plan; its own choice where the search found
   none. */
static enum status choose_at(struct choosing *choosing, const struct case_work *plan, bool *yes,
                             double *ret_bound_money) {
    struct case_work *work = NULL;
    size_t n = (size_t)plan->scenario->instances_count;
    TRY(begin(choosing, &work));
    for (int k = 0; k < choosing->count; k++) {
        int i = choosing->instance[k];
        double max = plan->scenario->instances[i].capacity.max;
        work->build[i] = BUILD_FREE;
        work->most_capacity[i] =
            isfinite(max) ? max : most_ratio * fmax(work->size[i], plan->result->flow[i].capacity);
        yes[k] = plan->build[i] == BUILD_YES;
    }
    memcpy(work->size, plan->size, n * sizeof *work->size);
    memcpy(work->size2, plan->size2, n * sizeof *work->size2);
    memcpy(work->feedback, plan->feedback, n * sizeof *work->feedback);
    work->at_slope = plan->at_slope;
    work->width_held = plan->width_held;
    TRY(case_coefficients(work));
    *ret_bound_money = -HUGE_VAL;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        struct arena *scratch = arena_new(0);
        struct branch branch = {0};
        enum status status =
            scratch ? branch_at(choosing, work, scratch, &branch) : STATUS_NO_MEMORY;
        bool again = status == STATUS_OK && widen(choosing, work, &branch);
        for (int k = 0; status == STATUS_OK && branch.outcome.x && k < choosing->count; k++) {
            yes[k] = branch.outcome.x[work->layout[choosing->instance[k]].built] > 0.5;
        }
        *ret_bound_money = again || status != STATUS_OK ? -HUGE_VAL : branch.outcome.bound_ratio;
        arena_free(scratch);
        TRY(status);
        if (!again) {
            break;
        }
    }
    return STATUS_OK;
}

/* ---- what is kept and told ---- */

static const char *list_of(const struct choosing *choosing, const struct case_work *work) {
    struct text_buffer words;
    text_buffer_init(&words, work->arena);
    int told = 0;
    for (int k = 0; k < choosing->count; k++) {
        if (work->build[choosing->instance[k]] == BUILD_YES) {
            text_add(&words, told++ ? ", " : "with ");
            text_add(&words, connect_name(work->scenario, choosing->instance[k]));
        }
    }
    if (told == 0) {
        for (int k = 0; k < choosing->count; k++) {
            text_add(&words, k ? ", " : "without ");
            text_add(&words, connect_name(work->scenario, choosing->instance[k]));
        }
    }
    return words.data ? words.data : "";
}

/* Neither a plan is known nor that there is none. */
static bool is_undecided(const struct trial *trial) {
    return trial->status != STATUS_OK && trial->status != STATUS_INFEASIBLE;
}

/* How far below the kept plan the proof leaves room, as a share. */
static double unproven_frac(const struct trial *kept, double bound_money) {
    return (kept->simulated_money - bound_money) / fmax(fabs(kept->simulated_money), 1e-9);
}

/* Was there nothing to weigh? Then every other choice has no plan, and the proof leaves next to no room. */
static bool is_plain(const struct choosing *choosing, const struct trial *kept,
                     double bound_money) {
    for (int k = 0; k < choosing->trials_count; k++) {
        if (&choosing->trials[k] != kept && choosing->trials[k].status != STATUS_INFEASIBLE) {
            return false;
        }
    }
    return unproven_frac(kept, bound_money) <= plain_frac;
}

static void tell_choice(struct choosing *choosing, const struct trial *kept, double bound_money) {
    const struct scenario *scenario = choosing->first->scenario;
    const char *currency = scenario->currency;
    struct text_buffer words;
    bool plain = is_plain(choosing, kept, bound_money);
    text_buffer_init(&words, choosing->first->arena);
    text_add_format(&words, "the plan %s is kept", list_of(choosing, kept->work));
    if (!plain) {
        text_add_format(&words, ", at %.0f %s", kept->simulated_money, currency);
    }
    for (int k = 0; k < choosing->trials_count; k++) {
        const struct trial *trial = &choosing->trials[k];
        if (trial == kept) {
            continue;
        }
        text_add_format(&words, "; %s ", list_of(choosing, trial->work));
        if (trial->status == STATUS_OK) {
            text_add_format(&words, "it would cost %.0f %s", trial->simulated_money, currency);
        } else {
            text_add(&words, trial->status == STATUS_INFEASIBLE ? "there is no plan"
                                                                : "no optimum was found");
        }
    }
    if (plain) {
        bound_money = -HUGE_VAL; /* not worth a word */
    }
    if (isfinite(bound_money) && choosing->count > 1) {
        text_add_format(&words, "; at these sizes no other choice costs less than %.0f %s",
                        bound_money, currency);
    } else if (isfinite(bound_money)) {
        text_add_format(&words,
                        "; proven: by the coefficients of these plans none costs less than %.0f %s",
                        bound_money, currency);
    }
    diag_note(choosing->diag, scenario->instances[choosing->instance[0]].place, "%s: %s",
              case_name(choosing->first->kind), words.data ? words.data : "");
}

/* The cheapest when simulated, of equals the first; the first where none has a plan. */
static const struct trial *best_of(const struct choosing *choosing) {
    const struct trial *best = &choosing->trials[0];
    for (int k = 1; k < choosing->trials_count; k++) {
        const struct trial *trial = &choosing->trials[k];
        bool cheaper = best->status != STATUS_OK || trial->simulated_money < best->simulated_money;
        best = trial->status == STATUS_OK && cheaper ? trial : best;
    }
    return best;
}

static void keep(struct choosing *choosing, double bound_money, struct case_work **ret) {
    const struct trial *kept = best_of(choosing);
    bound_money = fmin(bound_money,
                       kept->simulated_money); /* simulated it may cost less than its programme */
    diag_append(choosing->diag, kept->diag);
    tell_choice(choosing, kept, bound_money);
    struct case_plan *result = choosing->first->result;
    *result = *kept->work->result;
    result->choice_bound_money = bound_money;
    kept->work->result = result;
    *ret = kept->work;
}

/* Was this choice tried already? */
static bool is_known(const struct choosing *choosing, const bool *yes) {
    for (int k = 0; k < choosing->trials_count; k++) {
        bool same = true;
        for (int c = 0; c < choosing->count; c++) {
            enum build build = choosing->trials[k].work->build[choosing->instance[c]];
            same = same && yes[c] == (build == BUILD_YES);
        }
        if (same) {
            return true;
        }
    }
    return false;
}

/* Is reuse of heat required, and none possible without the choices that are not built? Then no solver need be asked. */
static enum status is_hopeless(struct choosing *choosing, struct case_work *work, bool *ret) {
    static const char *const reused[] = {"energy_reuse_factor", "heat_share_frac"};
    const struct scenario *scenario = work->scenario;
    bool required = false, recovers = true;
    bool *left_out = ARENA_TAKE(work->arena, bool, scenario->instances_count);
    TRY(left_out ? STATUS_OK : STATUS_NO_MEMORY);
    for (int k = 0; k < choosing->count; k++) {
        int i = choosing->instance[k];
        left_out[i] = work->build[i] == BUILD_NO;
    }
    for (int r = 0; r < scenario->requirements_count; r++) {
        const struct requirement *requirement = &scenario->requirements[r];
        for (int k = 0; k < COUNT(reused); k++) {
            required =
                required || (requirement->value > 0.0 && strcmp(requirement->key, reused[k]) == 0);
        }
    }
    TRY(case_recovers_without(work, left_out, &recovers));
    *ret = required && !recovers;
    return STATUS_OK;
}

static enum status try_with(struct choosing *choosing, const bool *yes) {
    struct case_work *work = NULL;
    TRY(begin(choosing, &work));
    work->trial = true;
    for (int k = 0; k < choosing->count; k++) {
        work->build[choosing->instance[k]] = yes && yes[k] ? BUILD_YES : BUILD_NO;
    }
    if (!yes && choosing->apart) {
        case_begin_again(work, choosing->apart);
    }
    bool hopeless = false;
    TRY(is_hopeless(choosing, work, &hopeless));
    if (!hopeless) {
        return try_choice(choosing, work);
    }
    struct trial *trial = &choosing->trials[choosing->trials_count++];
    *trial = (struct trial){work, diag_new(work->arena), STATUS_INFEASIBLE, 0.0, HUGE_VAL};
    return trial->diag ? STATUS_OK : STATUS_NO_MEMORY;
}

/* Neither all nor nothing has a plan: what is wrong with all of it is told. */
static enum status explain(struct choosing *choosing, struct case_work **ret) {
    struct case_work *work = NULL;
    TRY(begin(choosing, &work));
    struct case_plan *result = choosing->first->result;
    *result = *work->result;
    work->result = result;
    *ret = work;
    struct round round = {.options = choosing->options, .diag = choosing->diag, .work = work};
    int told = diag_count(choosing->diag);
    enum status status = round_explain(&round);
    if (status == STATUS_STALLED && diag_count(choosing->diag) == told) {
        diag_append(choosing->diag, choosing->trials[0].diag);
    }
    return status;
}

/* All built has no answer while nothing built has one: is there a plan with all of it at all? */
static enum status settle_first(struct choosing *choosing) {
    struct trial *first = &choosing->trials[0];
    bool misses = false;
    if (!is_undecided(first) || best_of(choosing)->status != STATUS_OK) {
        return STATUS_OK;
    }
    struct round round = {
        .options = choosing->options, .diag = first->diag, .work = first->work, .words = ""};
    TRY(round_misses(&round, &misses));
    first->status = misses ? STATUS_INFEASIBLE : first->status;
    first->bound_money = misses ? HUGE_VAL : first->bound_money;
    return STATUS_OK;
}

enum status case_choose(struct case_work *work, const struct case_plan *apart,
                        const struct plan_options *options, struct diag *diag,
                        struct case_work **ret) {
    struct choosing choosing = {.first = work, .apart = apart, .options = options, .diag = diag};
    int n = work->scenario->instances_count;
    choosing.instance = ARENA_TAKE(work->arena, int, n);
    bool *yes = ARENA_TAKE(work->arena, bool, n);
    if (!choosing.instance || !yes) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < n && choosing.count < BRANCH_BINARIES_MAX; i++) {
        if (case_is_choice(work, i)) {
            choosing.instance[choosing.count++] = i;
        }
    }
    *ret = work;
    if (choosing.count == 0) {
        return case_solve_rounds(work, options, diag);
    }
    double bound_money = -HUGE_VAL;
    work->trial = true;
    if (apart) { /* nothing built is no dearer than apart: a plan with all of it that is far above will not be kept */
        work->known_money = apart->objective_money + apart->gap_money;
    }
    TRY(try_choice(&choosing, work));
    TRY(try_with(&choosing, NULL));
    TRY(settle_first(&choosing));
    if (best_of(&choosing)->status != STATUS_OK) {
        return explain(&choosing, ret);
    }
    if (is_undecided(&choosing.trials[0])) {
        diag_append(diag, choosing.trials[0].diag);
        return choosing.trials[0].status;
    }
    if (choosing.count == 1) {
        bound_money = fmin(choosing.trials[0].bound_money, choosing.trials[1].bound_money);
    }
    for (bool more = choosing.count > 1; more;) {
        TRY(choose_at(&choosing, best_of(&choosing)->work, yes, &bound_money));
        more = !is_known(&choosing, yes) && choosing.trials_count < TRIALS_MAX;
        if (more) {
            TRY(try_with(&choosing, yes));
        }
    }
    keep(&choosing, bound_money, ret);
    return STATUS_OK;
}
