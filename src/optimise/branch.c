/* A node holds some binaries at 0 or 1 and lets the rest lie between. Its relaxed optimum gives the
   bound of all plans below it. The plan that rounds its binaries, solved again with all of them
   held, is one of them: the best such plan is the incumbent. A node that cannot be better than the
   incumbent is closed, the others are parted at the binary nearest to 1/2 (of equals the first).

   A plan found by rounding is a leaf of the tree as well: its verdict is kept, so that nothing is
   solved twice. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/branch.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

static const double usual_gap_ratio = 1e-9;
static const double whole_ratio = 1e-9; /* a binary this close to 0 or 1 is whole */

enum verdict_kind {
    PLAN,      /* solved and certified */
    NO_PLAN,   /* certified: nothing below this node */
    ENDLESS,   /* certified: the cost falls without end */
    UNSETTLED, /* no answer that the certificate believes */
    STOPPED    /* a limit, or the caller */
};

/* Which binaries are held, and where: bit k is binaries[k]. */
struct holding {
    uint64_t held, yes;
};

struct node {
    struct holding holding;
    double bound;
    int parent; /* node whose outcome warms this one; -1: none */
    bool open;
    int waiting;         /* open children that its outcome warms */
    struct arena *arena; /* of outcome; NULL when nobody waits */
    struct outcome outcome;
};

struct leaf { /* a rounding that was solved */
    uint64_t yes;
    enum verdict_kind kind;
    double bound;
};

struct tree {
    const struct programme *programme;
    struct programme held; /* the programme with its own design columns */
    int count;
    const int *binaries;
    uint64_t all;
    const struct branch_options *options;
    double gap_ratio;
    long nodes_limit, solves, iterations;
    struct node *nodes;
    int nodes_count, leaves_count, processed;
    struct leaf *leaves;
    struct arena *best_arena; /* of best */
    struct outcome best;      /* incumbent; x NULL: none */
    double closed_bound;      /* least bound of all that is closed without being proven empty */
    double unsettled_bound;   /* least bound of leaves that no solve settled */
    struct arena *arena;      /* the caller's */
    struct outcome end;       /* what ended the search: a ray, or a limit */
    bool ended;
    const char *solver;
};

/* One solve and what its certificate makes of it. */
struct answer {
    struct outcome outcome;
    enum verdict_kind kind;
    double bound;
};

static double *doubles_copy(struct arena *arena, const double *value, long count) {
    double *copy = value ? ARENA_TAKE(arena, double, count) : NULL;
    if (copy && count > 0) {
        memcpy(copy, value, (size_t)count * sizeof *copy);
    }
    return copy;
}

static enum status copy_outcome(const struct programme *programme, const struct outcome *from,
                                struct arena *arena, struct outcome *ret) {
    long columns = programme_columns(programme), rows = programme_rows(programme);
    struct outcome copy = *from;
    copy.x = doubles_copy(arena, from->x, columns);
    copy.y = doubles_copy(arena, from->y, rows);
    copy.ray = doubles_copy(arena, from->ray, from->kind == OUTCOME_UNBOUNDED ? columns : rows);
    copy.basis = from->basis ? ARENA_TAKE(arena, unsigned char, columns + rows) : NULL;
    if (copy.basis && columns + rows > 0) {
        memcpy(copy.basis, from->basis, (size_t)(columns + rows));
    }
    copy.solver = arena_text(arena, from->solver ? from->solver : "");
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    *ret = copy;
    return STATUS_OK;
}

static void hold(struct tree *tree, struct holding holding) {
    for (int k = 0; k < tree->count; k++) {
        struct programme_design *design = &tree->held.designs[tree->binaries[k]];
        const struct programme_design *own = &tree->programme->designs[tree->binaries[k]];
        bool held = holding.held >> k & 1, yes = holding.yes >> k & 1;
        design->lower = held ? (double)yes : own->lower;
        design->upper = held ? (double)yes : own->upper;
    }
}

static enum verdict_kind verdict_of(const struct outcome *outcome,
                                    const struct certificate *certificate) {
    if (outcome->kind == OUTCOME_LIMIT) {
        return STOPPED;
    }
    if (!certificate->passed) {
        return UNSETTLED;
    }
    return outcome->kind == OUTCOME_OPTIMAL      ? PLAN
           : outcome->kind == OUTCOME_INFEASIBLE ? NO_PLAN
           : outcome->kind == OUTCOME_UNBOUNDED  ? ENDLESS
                                                 : UNSETTLED;
}

static enum status solve_once(struct tree *tree, struct holding holding, const struct outcome *warm,
                              struct arena *arena, struct answer *ret) {
    struct answer answer = {.bound = -HUGE_VAL};
    struct certificate certificate = {0};
    struct solve_options options = tree->options->solve;
    options.warm = warm;
    hold(tree, holding);
    TRY(tree->options->solver->solve(&tree->held, &options, arena, &answer.outcome));
    tree->solves++;
    tree->iterations += answer.outcome.iterations_count;
    TRY(certificate_check(&tree->held, &answer.outcome, tree->options->tolerance_ratio, arena,
                          &certificate));
    answer.kind = verdict_of(&answer.outcome, &certificate);
    bool bounds = answer.outcome.kind == OUTCOME_OPTIMAL || answer.outcome.kind == OUTCOME_STALLED;
    if (answer.kind == NO_PLAN) {
        answer.bound = HUGE_VAL;
    } else if (bounds) {
        answer.bound = certificate.bound_ratio;
    }
    *ret = answer;
    return STATUS_OK;
}

/* A warm start that ends without a certified answer is done again cold. */
static enum status solve(struct tree *tree, struct holding holding, const struct outcome *warm,
                         struct arena *arena, struct answer *ret) {
    struct answer answer;
    TRY(solve_once(tree, holding, warm, arena, &answer));
    if (warm && answer.kind == UNSETTLED) {
        TRY(solve_once(tree, holding, NULL, arena, &answer));
    }
    *ret = answer;
    return STATUS_OK;
}

/* ---- the best plan ---- */

static double worth_searching_below(const struct tree *tree) {
    double best = tree->best.objective_ratio;
    return tree->best.x ? best - tree->gap_ratio * (1.0 + fabs(best)) : HUGE_VAL;
}

/* The first of equals stays. */
static enum status offer(struct tree *tree, const struct answer *answer, struct holding holding) {
    if (!(answer->outcome.objective_ratio < worth_searching_below(tree))) {
        return STATUS_OK;
    }
    struct arena *arena = arena_new(0);
    struct outcome copy = {0};
    enum status status =
        arena ? copy_outcome(tree->programme, &answer->outcome, arena, &copy) : STATUS_NO_MEMORY;
    if (status != STATUS_OK) {
        arena_free(arena);
        return status;
    }
    for (int k = 0; k < tree->count; k++) {
        copy.x[programme_at_design(tree->programme, tree->binaries[k])] =
            (double)(holding.yes >> k & 1);
    }
    arena_free(tree->best_arena);
    tree->best_arena = arena;
    tree->best = copy;
    return STATUS_OK;
}

static enum status end_with(struct tree *tree, const struct answer *answer) {
    tree->ended = true;
    return copy_outcome(tree->programme, &answer->outcome, tree->arena, &tree->end);
}

/* What a plan with all binaries held says. */
static enum status settle_leaf(struct tree *tree, const struct answer *answer, uint64_t yes) {
    struct holding holding = {tree->all, yes};
    switch (answer->kind) {
    case PLAN:
        return offer(tree, answer, holding);
    case ENDLESS:
    case STOPPED:
        return end_with(tree, answer);
    case NO_PLAN:
    case UNSETTLED:
        break;
    }
    return STATUS_OK;
}

static const struct leaf *find_leaf(const struct tree *tree, uint64_t yes) {
    for (int i = 0; i < tree->leaves_count; i++) {
        if (tree->leaves[i].yes == yes) {
            return &tree->leaves[i];
        }
    }
    return NULL;
}

static enum status solve_leaf(struct tree *tree, uint64_t yes, const struct outcome *warm,
                              struct arena *scratch) {
    struct holding holding = {tree->all, yes};
    struct answer answer;
    TRY(solve(tree, holding, warm, scratch, &answer));
    tree->leaves[tree->leaves_count++] = (struct leaf){yes, answer.kind, answer.bound};
    return settle_leaf(tree, &answer, yes);
}

/* Solves the rounding of x, unless it was solved before; true in *ret when it has a plan. */
static enum status try_rounding(struct tree *tree, const struct node *node, double yes_from,
                                bool *ret) {
    uint64_t yes = node->holding.yes;
    for (int k = 0; k < tree->count; k++) {
        double x = node->outcome.x[programme_at_design(tree->programme, tree->binaries[k])];
        if (!(node->holding.held >> k & 1) && x >= yes_from) {
            yes |= (uint64_t)1 << k;
        }
    }
    const struct leaf *known = find_leaf(tree, yes);
    if (!known) {
        struct arena *scratch = arena_new(0);
        enum status status =
            scratch ? solve_leaf(tree, yes, &node->outcome, scratch) : STATUS_NO_MEMORY;
        arena_free(scratch);
        TRY(status);
        known = find_leaf(tree, yes);
    }
    *ret = known && known->kind == PLAN;
    return STATUS_OK;
}

/* The nearest plan; where there is none, the one that says yes to all that is used at all. */
static enum status round_node(struct tree *tree, const struct node *node) {
    bool found = false;
    TRY(try_rounding(tree, node, 0.5, &found));
    if (!found && !tree->ended) {
        TRY(try_rounding(tree, node, whole_ratio, &found));
    }
    return STATUS_OK;
}

/* ---- the tree ---- */

static void close_node(struct tree *tree, const struct node *node) {
    tree->closed_bound = fmin(tree->closed_bound, node->bound);
}

/* The bit of the free binary nearest to 1/2, of equals the first; there is one. */
static uint64_t part_at(const struct tree *tree, const struct node *node, bool *ret_yes_first) {
    uint64_t at = 0;
    double nearest = HUGE_VAL;
    for (int k = 0; k < tree->count; k++) {
        uint64_t bit = (uint64_t)1 << k;
        if (node->holding.held & bit) {
            continue;
        }
        double x = 0.5;
        if (node->outcome.x && node->outcome.kind == OUTCOME_OPTIMAL) {
            x = node->outcome.x[programme_at_design(tree->programme, tree->binaries[k])];
            x = isfinite(x) ? x : 0.5; /* an answer that failed its certificate may be anything */
        }
        if (fabs(x - 0.5) < nearest) {
            nearest = fabs(x - 0.5);
            at = bit;
            *ret_yes_first = x >= 0.5;
        }
    }
    return at;
}

static void release(struct tree *tree, int parent) {
    if (parent >= 0 && --tree->nodes[parent].waiting == 0) {
        arena_free(tree->nodes[parent].arena);
        tree->nodes[parent].arena = NULL;
    }
}

static void part(struct tree *tree, int n) {
    struct node *node = &tree->nodes[n];
    bool yes_first = false, warms = node->outcome.kind == OUTCOME_OPTIMAL;
    uint64_t bit = part_at(tree, node, &yes_first);
    for (int way = 0; way < 2; way++) {
        bool yes = (way == 0) == yes_first;
        struct holding holding = {node->holding.held | bit, node->holding.yes | (yes ? bit : 0)};
        tree->nodes[tree->nodes_count++] = (struct node){
            .holding = holding, .bound = node->bound, .parent = warms ? n : -1, .open = true};
        node->waiting += warms;
    }
}

/* A node whose binaries are all held. */
static enum status end_of_branch(struct tree *tree, struct node *node,
                                 const struct answer *answer) {
    if (answer->kind == UNSETTLED) {
        tree->unsettled_bound = fmin(tree->unsettled_bound, node->bound);
    }
    if (answer->kind != NO_PLAN) {
        close_node(tree, node);
    }
    return settle_leaf(tree, answer, node->holding.yes);
}

/* A leaf that was solved as a rounding. */
static void reuse_leaf(struct tree *tree, struct node *node, const struct leaf *leaf) {
    node->bound = fmax(node->bound, leaf->bound);
    if (leaf->kind == UNSETTLED) {
        tree->unsettled_bound = fmin(tree->unsettled_bound, node->bound);
    }
    if (leaf->kind != NO_PLAN) {
        close_node(tree, node);
    }
}

static enum status solve_node(struct tree *tree, int n) {
    struct node *node = &tree->nodes[n];
    struct answer answer;
    const struct outcome *warm = node->parent >= 0 ? &tree->nodes[node->parent].outcome
                                 : n == 0          ? tree->options->solve.warm
                                                   : NULL;
    TRY(solve(tree, node->holding, warm, node->arena, &answer));
    node->outcome = answer.outcome;
    node->bound = fmax(node->bound, answer.bound);
    if (n == 0) {
        tree->solver = arena_text(tree->arena, answer.outcome.solver ? answer.outcome.solver : "");
    }
    if (answer.kind == STOPPED || (answer.kind == NO_PLAN && n == 0)) {
        node->open = answer.kind == STOPPED;
        return end_with(tree, &answer);
    }
    if (node->holding.held == tree->all) {
        return end_of_branch(tree, node, &answer);
    }
    if (answer.kind == NO_PLAN) {
        return STATUS_OK;
    }
    if (answer.kind == PLAN) {
        if (node->bound < worth_searching_below(tree)) {
            TRY(round_node(tree, node));
        }
        if (tree->ended) {
            node->open = true;
            return STATUS_OK;
        }
        if (!(node->bound < worth_searching_below(tree))) {
            close_node(tree, node);
            return STATUS_OK;
        }
    }
    part(tree, n);
    return STATUS_OK;
}

static enum status visit(struct tree *tree, int n) {
    struct node *node = &tree->nodes[n];
    const struct leaf *leaf =
        node->holding.held == tree->all ? find_leaf(tree, node->holding.yes) : NULL;
    node->open = false;
    if (!(node->bound < worth_searching_below(tree))) {
        close_node(tree, node);
    } else if (leaf) {
        reuse_leaf(tree, node, leaf);
    } else {
        tree->processed++;
        node->arena = arena_new(0);
        TRY(node->arena ? STATUS_OK : STATUS_NO_MEMORY);
        TRY(solve_node(tree, n));
        if (node->waiting == 0) {
            arena_free(node->arena);
            node->arena = NULL;
        }
    }
    release(tree, node->parent);
    return STATUS_OK;
}

/* The open node of least bound, of equals the one made first; -1: none. */
static int next_node(const struct tree *tree) {
    int next = -1;
    for (int n = 0; n < tree->nodes_count; n++) {
        bool better =
            tree->nodes[n].open && (next < 0 || tree->nodes[n].bound < tree->nodes[next].bound);
        next = better ? n : next;
    }
    return next;
}

static enum status search(struct tree *tree) {
    for (int n = 0; n >= 0 && !tree->ended; n = next_node(tree)) {
        bool searched = tree->nodes[n].bound < worth_searching_below(tree);
        if (searched && tree->processed >= tree->nodes_limit) {
            return STATUS_OK;
        }
        TRY(visit(tree, n));
    }
    return STATUS_OK;
}

/* ---- what is told ---- */

static enum status tell(struct tree *tree, struct branch *ret) {
    struct branch branch = {.nodes_count = tree->processed, .solves_count = tree->solves};
    double bound = tree->closed_bound;
    int next = next_node(tree);
    bool stopped = next >= 0, plan = tree->best.x != NULL;
    bound = stopped ? fmin(bound, tree->nodes[next].bound) : bound;
    if (tree->ended && tree->end.kind != OUTCOME_LIMIT) { /* proven at the root, or endless */
        branch.outcome = tree->end;
        branch.gap_ratio = HUGE_VAL;
    } else {
        if (plan) {
            TRY(copy_outcome(tree->programme, &tree->best, tree->arena, &branch.outcome));
            bound = fmin(bound, branch.outcome.objective_ratio);
        } else {
            branch.outcome.objective_ratio = HUGE_VAL;
        }
        bool settled = !(tree->unsettled_bound < worth_searching_below(tree));
        branch.outcome.kind = stopped    ? OUTCOME_LIMIT
                              : !settled ? OUTCOME_STALLED
                              : plan     ? OUTCOME_OPTIMAL
                                         : OUTCOME_INFEASIBLE;
        branch.outcome.bound_ratio = bound;
        branch.gap_ratio = plan ? (branch.outcome.objective_ratio - bound) /
                                      (1.0 + fabs(branch.outcome.objective_ratio))
                                : HUGE_VAL;
        branch.outcome.solver = tree->solver;
    }
    branch.outcome.iterations_count = tree->iterations;
    *ret = branch;
    return arena_failed(tree->arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

/* The root's holding: what the bounds hold already. False where a binary is none. */
static bool root_of(const struct tree *tree, struct holding *ret) {
    struct holding root = {0, 0};
    for (int k = 0; k < tree->count; k++) {
        int column = tree->binaries[k];
        if (column < 0 || column >= tree->programme->designs_count) {
            return false;
        }
        for (int other = 0; other < k; other++) {
            if (tree->binaries[other] == column) {
                return false;
            }
        }
        double lower = tree->programme->designs[column].lower,
               upper = tree->programme->designs[column].upper;
        if ((lower != 0.0 && lower != 1.0) || (upper != 0.0 && upper != 1.0)) {
            return false;
        }
        root.held |= (uint64_t)(lower == upper) << k;
        root.yes |= (uint64_t)(lower == 1.0) << k;
    }
    *ret = root;
    return true;
}

static enum status grow(struct tree *tree, struct arena *scratch, struct branch *ret) {
    int designs = tree->programme->designs_count;
    struct node root = {.bound = -HUGE_VAL, .parent = -1, .open = true};
    if (tree->count < 0 || tree->count > BRANCH_BINARIES_MAX || !root_of(tree, &root.holding)) {
        return STATUS_INTERNAL;
    }
    tree->all = ((uint64_t)1 << tree->count) - 1;
    tree->held.designs = ARENA_TAKE(scratch, struct programme_design, designs);
    tree->nodes = ARENA_TAKE(scratch, struct node, 2 * tree->nodes_limit + 1);
    tree->leaves = ARENA_TAKE(scratch, struct leaf, 2 * tree->nodes_limit);
    if (arena_failed(scratch)) {
        return STATUS_NO_MEMORY;
    }
    if (designs > 0) {
        memcpy(tree->held.designs, tree->programme->designs,
               (size_t)designs * sizeof *tree->held.designs);
    }
    tree->nodes[tree->nodes_count++] = root;
    enum status status = search(tree);
    status = status == STATUS_OK ? tell(tree, ret) : status;
    for (int n = 0; n < tree->nodes_count; n++) {
        arena_free(tree->nodes[n].arena);
    }
    arena_free(tree->best_arena);
    return status;
}

enum status branch_solve(const struct programme *programme, int binaries_count, const int *binaries,
                         const struct branch_options *options, struct arena *arena,
                         struct branch *ret) {
    struct tree tree = {
        .programme = programme,
        .held = *programme,
        .count = binaries_count,
        .binaries = binaries,
        .options = options,
        .gap_ratio = options->gap_ratio > 0.0 ? options->gap_ratio : usual_gap_ratio,
        .nodes_limit = options->nodes_limit > 0 ? options->nodes_limit : BRANCH_NODES,
        .closed_bound = HUGE_VAL,
        .unsettled_bound = HUGE_VAL,
        .arena = arena};
    struct arena *scratch = arena_new(0);
    enum status status = scratch ? grow(&tree, scratch, ret) : STATUS_NO_MEMORY;
    arena_free(scratch);
    return status;
}
