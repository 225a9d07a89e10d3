/* Mehrotra's predictor-corrector on the staged system.

     until gap, rows and columns are small:
         the point goes on; residuals b - A x, c - A' y - z + v, and h = z / x + v / w + rho
         factor the stages, then the border
         predictor: a step to mu = 0; how far it gets says sigma
         corrector: a step to sigma mu with the predictor's products, refined while it misses
         as far as x, z, w, v stay positive, primal and dual apart
     close the rows: x moves by D A' (A D A')^-1 (b - A x), D = min(x, w); then the columns: y

   Where a step cannot be taken the regularisation grows, and shrinks again afterwards. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm.h"

#include "base/parallel.h"
#include "optimise/ipm_loop.h"
#include "optimise/ipm_outcome.h"
#include "optimise/ipm_rays.h"
#include "optimise/ipm_start.h"
#include "optimise/ipm_sweep.h"
#include "optimise/ipm_warm.h"
#include "optimise/reduce.h"

/* How an attempt goes: to which inner gap and residuals, and how much larger than usual its first point is. */
struct try {
    double tolerance, start_ratio;
};
static const struct try
    usual = {1e-8, 1.0},
    further = {1e-10, 1.0}, /* where that does not prove it in the programme's own units */
    wider = {1e-8, 8.0};    /* where it stalls close to an optimum */
static const double worth_keeping = 1e-6; /* a point so good is kept whenever it is the best */
static const double least_step = 1e-5;
/* a residual this small, also as a share of mu, is not worth a refinement */
static const double unseen = 1e-8, unseen_mu = 1e-2;
static const double refined_enough = 0.05; /* of the residual */
static const double good_predictor = 1.0, missed_max = 2.0;
/* objective per number, inner: about one in a solvable programme */
static const double endless = 1e6;
static const double rounding = 1e-12, worth_a_round = 0.1; /* of a row or column; of its residual */
/* a distance that is none whatever its price: the first that lets the rows close */
static const double nothings[] = {1e-7, 1e-9, 0.0};
static const double snapped = 1e-6, closed = 1e-11; /* inner: about shares of a typical flow */
/* after the optimum, so much smaller products tell apart what stands on a bound */
static const double polished = 1e-4, gap_wanted = 1e-9;
static const double closing_delta = 1e-14, closing_rho = 1e-3, closing_rho_dual = 1e-12;
static const double regularisation = 1e-8, least_rho = 1e-11, held_rho = 1e-15;
/* of a short step, less: what blocks it would be left so small that it blocks the next */
static const double short_step = 0.1, short_reach = 0.9;
static const double least_delta = 1e-12, blocked_delta = 1e-4, blocked_mu = 1e-5;
/* a step that leaves more than this share of what it should take from a residual is held back */
static const double held_back = 0.5, worth_absorbing = 0.2, worth_a_look = 0.02;
static const double worth_closing = 1e-4; /* a stalled point's largest residual */
static const double proven = 1e-7;        /* gap and rows in the programme's own units */
static const double doubted = 1e-9;       /* a reduced cost that may be a way without end */
enum {
    ITERATIONS_MAX = 250,
    REFINEMENTS_MAX = 3,
    CLOSINGS_MAX = 4,
    FAILURES_MAX = 60, /* every other step may fail ... */
    FAILURES_IN_A_ROW_MAX = 12,
    SHORT_STEPS_MAX = 10, /* in a row */
    PATIENCE = 60,
    POLISHES_MAX = 1
};

/* What a solution left at first and in the end, over what the right side was. */
struct quality {
    double first, last;
};

static double share(const struct ipm_miss *missed, const struct ipm_progress *now) {
    double least = fmax(unseen, unseen_mu * now->mu);
    return fmax(missed->rows / (now->rows + least), missed->columns / (now->columns + least));
}

/* Solves for the step, and again for what it misses while that helps. */
static enum status solve_refined(struct ipm_state *state, double aim,
                                 const struct ipm_progress *now, struct quality *quality,
                                 struct ipm_ratios *ratios) {
    struct ipm_miss missed;
    TRY(ipm_correct(state, aim, &missed, ratios));
    for (int round = 0;; round++) {
        double before = quality->last;
        quality->last = share(&missed, now);
        quality->last = isnan(quality->last) ? HUGE_VAL : quality->last;
        if (round == 0) {
            quality->first = quality->last;
        }
        if (quality->last <= refined_enough || round == REFINEMENTS_MAX ||
            (round > 0 && quality->last > 0.5 * before)) {
            return round == 0 ? STATUS_OK : ipm_ratios_again(state, aim, ratios);
        }
        TRY(ipm_refine(state, &missed));
    }
}

static int best_weight(const double *step) {
    int best = 0;
    for (int i = 1; i < WEIGHTS; i++) {
        best = fmin(step[i], 1.0) > 1.01 * fmin(step[best], 1.0) ? i : best;
    }
    return best;
}

/* Mehrotra's centring: the cube of what the predictor leaves of the products. */
static double centring(const struct ipm_ratios *affine) {
    const double *p = affine->products;
    double primal = fmin(affine->primal[0], 1.0), dual = fmin(affine->dual[0], 1.0);
    double left = p[0] + primal * p[1] + dual * p[2] + primal * dual * p[3];
    double ratio = p[0] > 0.0 ? fmax(left, 0.0) / p[0] : 0.0;
    return fmin(fmax(ratio * ratio * ratio, 1e-6), 1.0);
}

/* Whether a step leads anywhere; if not, the caller regularises. */
static bool may_step(const struct ipm_progress *now) {
    return fmax(now->primal_step, now->dual_step) >= least_step && now->missed <= missed_max;
}

/* How the point is to go on; where a step leads nowhere, it stays. */
static enum status iterate(struct ipm_state *state, struct ipm_progress *now,
                           struct ipm_move *ret) {
    struct ipm_ratios affine, ratios;
    struct quality quality = {0.0, 0.0};
    TRY(ipm_predict(state, &affine));
    /* products below what the gap needs only make numbers too small to come back from */
    double enough = 0.1 * gap_wanted * (1.0 + fabs(now->primal)) / fmax(now->pairs, 1.0);
    enough *= now->polishes ? polished : 1.0;
    double aim = fmax(centring(&affine) * now->mu, enough);
    TRY(solve_refined(state, aim, now, &quality, &ratios));
    /* a predictor that was not refined may be mixed in only where it is good */
    bool mixed = quality.first <= good_predictor;
    int primal = mixed ? best_weight(ratios.primal) : 0,
        dual = mixed ? best_weight(ratios.dual) : 0;
    double reach = fmin(ratios.primal[primal], ratios.dual[dual]) < short_step
                       ? short_reach
                       : 1.0 - fmin(0.005, fmax(now->mu, 5e-4));
    now->primal_step = fmin(reach * ratios.primal[primal], 1.0);
    now->dual_step = fmin(reach * ratios.dual[dual], 1.0);
    now->missed = isfinite(ratios.products[0] + affine.products[3]) ? quality.last : HUGE_VAL;
    *ret = (struct ipm_move){state->affine,    state->step,    aim,
                             now->primal_step, now->dual_step, ipm_weights[primal],
                             ipm_weights[dual]};
    return STATUS_OK;
}

static double worst_of(const struct ipm_progress *progress) {
    bool valid = isfinite(progress->gap + progress->rows + progress->columns + progress->mu);
    return valid ? fmax(progress->gap, fmax(progress->rows, progress->columns)) : HUGE_VAL;
}

static void measure(const struct ipm_figures *figures, struct ipm_progress *now) {
    now->mu = figures->pairs > 0.0 ? figures->complementarity / figures->pairs : 0.0;
    now->rows = fmax(figures->rows, figures->bounds);
    now->columns = figures->columns;
    now->primal = figures->primal;
    now->dual = figures->dual;
    now->pairs = figures->pairs;
    now->gap = fabs(now->primal - now->dual) / (1.0 + fabs(now->primal));
}

static enum status evaluate(struct ipm_state *state, struct ipm_progress *now) {
    struct ipm_figures figures;
    TRY(ipm_measure(state, &figures));
    measure(&figures, now);
    return STATUS_OK;
}

/* Goes on, or stays (move NULL), and begins the next iteration. */
static enum status go_on(struct ipm_state *state, const struct ipm_move *move,
                         struct ipm_progress *now) {
    struct ipm_figures figures;
    TRY(ipm_arrive(state, move, &figures));
    measure(&figures, now);
    return STATUS_OK;
}

static double residual_of(const struct ipm_progress *now, bool dual) {
    return dual ? now->columns : now->rows;
}

/* A few steps of x alone onto the rows, or of y alone onto the columns, each number in proportion to its
   size, while they help; one that does not is taken back. now: of the point, before and after. */
static enum status close_rows(struct ipm_state *state, bool dual, double tolerance,
                              struct ipm_progress *now) {
    struct ipm *ipm = state->ipm;
    ipm->delta = closing_delta;
    TRY(ipm_metric(state, dual, dual ? closing_rho_dual : closing_rho));
    TRY(ipm_factor(ipm, state->h));
    for (int round = 0; round < CLOSINGS_MAX; round++) {
        struct ipm_progress before = *now;
        TRY(ipm_copy_point(ipm, &state->at, &state->spare));
        TRY(ipm_closing_sides(state, dual));
        TRY(ipm_solve_kkt(ipm, state->h, state->rx, state->ax, state->dx, state->dy));
        TRY(ipm_close(state, dual));
        TRY(evaluate(state, now));
        double left = residual_of(now, dual), was = residual_of(&before, dual);
        if (left > fmax(was, rounding) ||
            worst_of(now) > fmax(10.0 * tolerance, worst_of(&before))) {
            TRY(ipm_copy_point(ipm, &state->spare, &state->at));
            *now = before;
            break;
        }
        /* the largest residual is that of large rows: one more round is for the small ones */
        bool settled = (dual ? left : was) <= rounding;
        if (settled || (left > rounding && left > worth_a_round * was)) {
            break;
        }
    }
    return STATUS_OK;
}

/* Clean numbers: what is next to nothing or held by a price is put on its bound, and the rows are
   closed again; where they do not close, it is undone. worst: of the point as it is. */
static enum status finish(struct ipm_state *state, double worst, double tolerance) {
    struct ipm *ipm = state->ipm;
    struct ipm_progress now = {0};
    TRY(ipm_copy_point(ipm, &state->at, &state->kept));
    for (int k = 0; k < COUNT(nothings); k++) {
        TRY(ipm_snap(state, snapped, nothings[k]));
        TRY(evaluate(state, &now));
        TRY(close_rows(state, false, tolerance, &now));
        if (now.rows <= closed && worst_of(&now) <= fmax(10.0 * tolerance, worst)) {
            return close_rows(state, true, tolerance, &now);
        }
        TRY(ipm_copy_point(ipm, &state->kept, &state->at));
    }
    TRY(evaluate(state, &now));
    TRY(close_rows(state, false, tolerance, &now));
    return close_rows(state, true, tolerance, &now);
}

static bool told_to_stop(const struct solve_options *options, const struct ipm_state *state,
                         const struct ipm_progress *now) {
    if (!options) {
        return false;
    }
    bool spent = options->iterations_limit > 0 && now->iteration >= options->iterations_limit;
    double objective = state->ipm->programme->objective_constant +
                       now->primal * state->ipm->size_scale / state->ipm->cost_scale;
    return spent ||
           (options->progress && options->progress(options->data, now->iteration, objective));
}

/* rho holds back what has no price, and must let go of it as the products vanish, or at once where it
   holds. delta spoils rows whose columns are all small, and keeps dependent rows apart: after a step
   that could not be taken smaller ones are tried first, then larger ones; a smaller one that worked
   stays, a larger one goes back. Where the rows stand still although x goes (stuck), it falls, too. Where many
   steps in a row are short, prices run away, since no point lies well inside all limits: much delta holds
   them. */
static void regularise(struct ipm *ipm, int failures_in_a_row, bool held, bool stuck, bool blocked,
                       double mu) {
    static const double deltas[] = {1e-9, 1e-10, 1e-11, 1e-12, 1e-7, 1e-6, 1e-5, 1e-4};
    double least = held ? held_rho : fmin(fmax(1e-3 * mu, least_rho), regularisation);
    if (failures_in_a_row == 0) {
        ipm->rho = fmin(ipm->rho, fmax(0.1 * ipm->rho, least));
        ipm->delta =
            ipm->delta > regularisation ? fmax(0.1 * ipm->delta, regularisation) : ipm->delta;
        ipm->delta = stuck ? fmax(0.1 * ipm->delta, least_delta) : ipm->delta;
        ipm->delta = blocked ? blocked_delta : ipm->delta;
        return;
    }
    int at = failures_in_a_row - 1;
    ipm->delta = deltas[at < COUNT(deltas) ? at : COUNT(deltas) - 1];
    ipm->rho = fmax(ipm->delta, least);
}

/* Whether a step has left of a residual what it should have taken. */
static bool left_behind(double residual, double before, double step, double tolerance) {
    return residual > tolerance && step > worth_absorbing &&
           residual > (1.0 - held_back * step) * before;
}

/* The columns: rho holds x back on a way that costs next to nothing. */
static bool holds_back(const struct ipm_progress *now, double columns_before, double tolerance) {
    return now->primal_step > worth_absorbing &&
           left_behind(now->columns, columns_before, now->dual_step, tolerance);
}

/* Objectives without end, or nothing gained for long. */
static bool diverges(const struct ipm_progress *now, const struct ipm_progress *best) {
    double far = fmax(fabs(now->primal), fabs(now->dual));
    return far > endless * (1.0 + now->pairs) || now->iteration > best->iteration + PATIENCE;
}

/* The same on steps too short to see it at once: enough to let rho fall. */
static bool is_slow(const struct ipm_progress *now, double columns_before, double tolerance) {
    return now->columns > tolerance && now->dual_step > worth_a_look &&
           now->columns > (1.0 - held_back * now->dual_step) * columns_before;
}

/* What the loop remembers from step to step. */
struct course {
    struct ipm_progress best;
    double kept; /* worst figure of the kept point */
    double columns_before, rows_before, worst_before;
    int failures, in_a_row, in_short;
    bool spoilt;            /* the optimum that is kept, by polishing */
    bool held, slow, stuck; /* x by rho, at once or over many steps, and the rows by delta */
    bool moves;             /* by this: */
    struct ipm_move move;
};

static void forget(struct course *course, long iteration) {
    course->best = (struct ipm_progress){.iteration = iteration, .gap = HUGE_VAL};
    course->kept = HUGE_VAL;
}

/* The figures of the point that a step has led to; a warm start that leads nowhere is given up. */
static enum status arrive(struct ipm_state *state, struct ipm_warm *warm, double tolerance,
                          struct course *course, struct ipm_progress *now) {
    TRY(go_on(state, course->moves ? &course->move : NULL, now));
    course->held = holds_back(now, course->columns_before, tolerance);
    if (course->held) { /* with a price it goes */
        TRY(evaluate(state, now));
        TRY(ipm_absorb(state));
        TRY(go_on(state, NULL, now));
    }
    course->slow = is_slow(now, course->columns_before, tolerance);
    course->stuck = left_behind(now->rows, course->rows_before, now->primal_step, tolerance);
    course->rows_before = now->rows;
    course->columns_before = now->columns;
    if (ipm_warm_failed(warm, now->iteration, worst_of(now))) {
        TRY(ipm_first_point(state));
        TRY(go_on(state, NULL, now));
        forget(course, now->iteration);
    }
    return STATUS_OK;
}

static enum status keep_best(struct ipm_state *state, const struct ipm_progress *now,
                             struct course *course) {
    double worst = worst_of(now);
    if (worst >= worst_of(&course->best)) {
        return STATUS_OK;
    }
    course->best = *now;
    if (worst < 0.1 * course->kept || worst <= worth_keeping) {
        TRY(ipm_copy_point(state->ipm, &state->at, &state->kept));
        course->kept = worst;
    }
    return STATUS_OK;
}

/* Whether this point is the last: optimal and polished, told to stop, or without hope. */
static bool is_last(struct ipm_state *state, const struct solve_options *options, double tolerance,
                    struct course *course, struct ipm_progress *now, enum outcome_kind *kind) {
    if (worst_of(now) <= tolerance) {
        *kind = OUTCOME_OPTIMAL;
        if (now->polishes == POLISHES_MAX) {
            return true;
        }
        now->polishes++;
    } else if (*kind == OUTCOME_OPTIMAL) { /* polishing has spoilt it */
        course->spoilt = true;
        return true;
    }
    if (told_to_stop(options, state, now)) { /* an optimum stays one */
        *kind = *kind == OUTCOME_OPTIMAL ? OUTCOME_OPTIMAL : OUTCOME_LIMIT;
        return true;
    }
    return !isfinite(now->mu) || course->failures > FAILURES_MAX ||
           course->in_a_row > FAILURES_IN_A_ROW_MAX || diverges(now, &course->best);
}

/* What the step just taken, or not taken, means for the next one's regularisation. */
static void learn(struct ipm *ipm, const struct ipm_progress *now, double worst,
                  struct course *course) {
    double step = fmin(now->primal_step, now->dual_step);
    bool failed = !may_step(now);
    bool held = course->held || course->slow || (step > 0.9 && worst > 0.5 * course->worst_before);
    course->worst_before = worst;
    course->failures += failed;
    course->in_a_row = failed ? course->in_a_row + 1 : 0;
    course->in_short = step < short_step ? course->in_short + 1 : 0;
    bool blocked = now->mu > blocked_mu && course->in_short >= SHORT_STEPS_MAX;
    regularise(ipm, course->in_a_row, held && !failed, course->stuck, blocked, now->mu);
}

enum status ipm_loop(struct ipm_state *state, const struct solve_options *options, double tolerance,
                     struct ipm_progress *ret, enum outcome_kind *ret_kind) {
    struct ipm *ipm = state->ipm;
    struct ipm_progress now = {0};
    struct course course = {
        .columns_before = HUGE_VAL, .rows_before = HUGE_VAL, .worst_before = HUGE_VAL};
    struct ipm_warm warm;
    forget(&course, 0);
    *ret_kind = OUTCOME_STALLED;
    TRY(ipm_first_point(state));
    TRY(ipm_warm_point(state, options, &warm));
    for (now.iteration = 0; now.iteration <= ITERATIONS_MAX; now.iteration++) {
        TRY(arrive(state, &warm, tolerance, &course, &now));
        if (ipm->trace) {
            ipm->trace(ipm->trace_data, &now);
        }
        TRY(keep_best(state, &now, &course));
        if (is_last(state, options, tolerance, &course, &now, ret_kind)) {
            break;
        }
        double worst = worst_of(&now);
        TRY(iterate(state, &now, &course.move));
        course.moves = may_step(&now);
        if (!may_step(&now) && *ret_kind == OUTCOME_OPTIMAL) {
            break;
        }
        learn(ipm, &now, worst, &course);
    }
    bool back = course.spoilt || (*ret_kind != OUTCOME_OPTIMAL && isfinite(course.kept));
    if (back) {
        TRY(ipm_copy_point(ipm, &state->kept, &state->at));
    }
    now.kept = course.kept;
    *ret = now;
    if (*ret_kind == OUTCOME_OPTIMAL ||
        (*ret_kind == OUTCOME_STALLED && course.kept <= worth_closing)) {
        TRY(finish(state, back ? course.kept : worst_of(&now), tolerance));
    }
    return STATUS_OK;
}

/* What counts is the point in the programme's own units. */
static bool proves(const struct outcome *outcome, const struct ipm_quality *quality) {
    double gap = fabs(outcome->objective_ratio - outcome->bound_ratio);
    return gap <= proven * (1.0 + fabs(outcome->objective_ratio)) && quality->missed <= proven;
}

/* The programme in inner units, and where its loop has come to. */
struct inner {
    struct ipm ipm;
    struct ipm_state state;
    struct ipm_progress progress;
};

static enum status find_point(const struct programme *programme,
                              const struct solve_options *options, const struct ipm_manner *manner,
                              struct arena *scratch, const struct try *how, struct inner *inner,
                              enum outcome_kind *ret_kind) {
    struct ipm *ipm = &inner->ipm;
    struct parallel_team *team = NULL;
    struct arena *work = arena_new(0);
    enum status status = work ? parallel_team_new(work, manner->threads, &team) : STATUS_NO_MEMORY;
    if (status == STATUS_OK) {
        status = ipm_begin(programme, scratch, work, team, manner->way, ipm, &inner->state);
    }
    if (status == STATUS_OK) {
        ipm->kernels = manner->kernels ? manner->kernels : ipm->kernels;
        ipm->is_far |= manner->far;
        ipm->trace = manner->trace;
        ipm->trace_data = manner->data;
        ipm->start_ratio = how->start_ratio;
        status = ipm_loop(&inner->state, options, how->tolerance, &inner->progress, ret_kind);
    }
    parallel_team_end(team);
    arena_free(work);
    return status;
}

/* One attempt, and what it is in the programme's own units. */
struct tried {
    struct outcome outcome;
    struct ipm_quality quality;
    bool near; /* an optimum, in inner units */
};

static enum status solve_once(const struct programme *programme,
                              const struct solve_options *options, const struct ipm_manner *manner,
                              const struct try *how, struct arena *scratch, struct arena *arena,
                              struct tried *tried) {
    struct inner inner;
    TRY(find_point(programme, options, manner, scratch, how, &inner, &tried->outcome.kind));
    tried->outcome.iterations_count += inner.progress.iteration;
    tried->near = inner.progress.kept <= worth_closing;
    return ipm_write_outcome(&inner.state, arena, &tried->outcome, &tried->quality);
}

/* Where the optimum of the inner units is none in the programme's own: once more, and further; where the iteration came
   close and no further: once more from a point further inside. */
static const struct try *next_try(const struct tried *tried) {
    enum outcome_kind kind = tried->outcome.kind;
    if (kind == OUTCOME_LIMIT || proves(&tried->outcome, &tried->quality)) {
        return NULL;
    }
    return kind == OUTCOME_OPTIMAL ? &further : tried->near ? &wider : NULL;
}

static enum status solve(const struct programme *programme, const struct solve_options *options,
                         const struct ipm_manner *manner, struct arena *scratch,
                         struct arena *arena, struct outcome *ret, bool *ret_doubtful) {
    struct tried tried = {.outcome = {.kind = OUTCOME_STALLED}};
    struct solve_options rest = options ? *options : (struct solve_options){0};
    TRY(solve_once(programme, options, manner, &usual, scratch, arena, &tried));
    const struct try *next = next_try(&tried);
    bool limited = rest.iterations_limit > 0;
    rest.iterations_limit -= limited ? tried.outcome.iterations_count : 0;
    if (next && (!limited || rest.iterations_limit > 0)) {
        rest.warm = next == &wider ? NULL : rest.warm;
        TRY(solve_once(programme, &rest, manner, next, scratch, arena, &tried));
    }
    if (tried.outcome.kind != OUTCOME_LIMIT) {
        tried.outcome.kind =
            proves(&tried.outcome, &tried.quality) ? OUTCOME_OPTIMAL : OUTCOME_STALLED;
    }
    *ret = tried.outcome;
    *ret_doubtful = tried.outcome.kind == OUTCOME_STALLED || tried.quality.wrong > doubted;
    return STATUS_OK;
}

static enum status attempt(const struct programme *programme, const struct solve_options *options,
                           const struct ipm_manner *manner, struct arena *arena,
                           struct outcome *ret, bool *ret_doubtful) {
    struct arena *scratch = arena_new(0);
    enum status status = scratch
                             ? solve(programme, options, manner, scratch, arena, ret, ret_doubtful)
                             : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}

enum status ipm_attempt(const struct programme *programme, const struct solve_options *options,
                        const struct ipm_manner *manner, struct arena *arena, struct outcome *ret) {
    bool doubtful;
    return attempt(programme, options, manner, arena, ret, &doubtful);
}

/* Without the rows that only say what a column is, which then come back. */
static enum status attempt_small(const struct programme *programme,
                                 const struct solve_options *options,
                                 const struct ipm_manner *manner, struct arena *scratch,
                                 struct arena *arena, struct outcome *ret, bool *ret_doubtful) {
    struct reduction *reduction = NULL;
    struct solve_options rest = options ? *options : (struct solve_options){0};
    struct outcome parent;
    TRY(reduce_programme(programme, scratch, &reduction));
    if (!reduction) {
        return attempt(programme, options, manner, arena, ret, ret_doubtful);
    }
    if (rest.warm) {
        TRY(reduce_outcome(reduction, rest.warm, scratch, &parent));
        rest.warm = &parent;
    }
    TRY(attempt(reduce_small(reduction), &rest, manner, scratch, ret, ret_doubtful));
    return reduce_restore(reduction, arena, ret);
}

/* And where there is no optimum, why: of the whole, whose ray is judged. */
static enum status solve_or_tell(const struct programme *programme,
                                 const struct solve_options *options,
                                 const struct ipm_manner *manner, struct arena *scratch,
                                 struct arena *arena, struct outcome *ret) {
    bool doubtful = false;
    TRY(attempt_small(programme, options, manner, scratch, arena, ret, &doubtful));
    if (doubtful && ret->kind != OUTCOME_LIMIT && !(options && options->no_reason)) {
        struct solve_options cold = options ? *options : (struct solve_options){0};
        cold.warm = NULL; /* of another programme */
        TRY(ipm_find_ray(programme, &cold, manner, arena, ret));
    }
    return STATUS_OK;
}

static enum status check(const struct programme *programme) {
    struct arena *scratch = arena_new(0);
    const char *mistake = scratch ? programme_mistake(programme, scratch) : NULL;
    bool failed = !scratch || arena_failed(scratch);
    arena_free(scratch);
    return failed ? STATUS_NO_MEMORY : mistake ? STATUS_INTERNAL : STATUS_OK;
}

enum status ipm_solve_in(const struct programme *programme, const struct solve_options *options,
                         const struct ipm_manner *manner, struct arena *arena,
                         struct outcome *ret) {
    struct outcome outcome;
    TRY(check(programme));
    struct arena *scratch = arena_new(0);
    enum status status = scratch
                             ? solve_or_tell(programme, options, manner, scratch, arena, &outcome)
                             : STATUS_NO_MEMORY;
    arena_free(scratch);
    TRY(status);
    *ret = outcome;
    return STATUS_OK;
}

enum status ipm_solve(const struct programme *programme, const struct solve_options *options,
                      struct arena *arena, struct outcome *ret) {
    struct ipm_manner manner = {.threads = options && options->threads > 1 ? options->threads : 1};
    return ipm_solve_in(programme, options, &manner, arena, ret);
}
