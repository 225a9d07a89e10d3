/* Stages that are decided together: what the files lifetime*.c share. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PLAN_LIFETIME_WINDOW_H
#define PLAN_LIFETIME_WINDOW_H

#include "plan/internal.h"
#include "plan/lifetime.h"

struct window {
    struct lifetime *life;
    const struct plan_options *options;
    struct diag *diag;
    struct arena *arena;
    enum plan_case kind;
    int first, last;                    /* stages */
    struct case_work *work[STAGES_MAX]; /* NULL: nothing needs anything in it */
    struct lifetime_case *result;       /* assets: built before the window stands already */
    struct outcome outcome;             /* of the last round; x NULL: none */
    int designs, border_rows;           /* of its programme: what stands before the steps */
    long columns, rows;                 /* of the outcome */
    double simulated_money, gap_money;  /* the gap is part of it */
    int rounds;
    bool settled, trial; /* trial: that there is no plan is an answer */
};

/* Of an asset in a stage: the column of what is built, the row of what stands; -1: it is not chosen there. */
struct window_joint {
    int build, stands;
};

/* Of a hall's servers: the column of a vintage in a stage, the row of their power; -1: none. */
struct window_servers {
    int column[VINTAGES_MAX][STAGES_MAX], power_row[STAGES_MAX];
};

/* What joins a round's stages, by asset and by hall. */
struct window_joints {
    struct window_joint (*asset)[STAGES_MAX];
    struct window_servers *servers;
};

/* lifetime_servers.c: which halls are refreshed; their facts of a stage, and their IT as a choice of its scenario. */
enum status lifetime_fleets_begin(struct lifetime *life, struct arena *arena) MUST_CHECK;
enum status lifetime_fleets_stage(struct lifetime *life, int k, struct scenario *scenario,
                                  struct diag *diag) MUST_CHECK;
enum status window_take_servers(struct window *window) MUST_CHECK;
void window_join_servers(const struct window *window, struct programme_builder *builder,
                         struct arena *arena, struct window_servers *joint);
void window_take_servers_bought(struct window *window, const struct window_servers *joint);
/* Present value of a stage's servers: bought, and kept up. */
double window_settle_servers_money(struct window *window, int k);
/* IT of stage k alone at its price in the last optimum; and what it costs so in that optimum. */
void window_price_servers(const struct window *window, int k, struct programme *programme);
double window_priced_servers_money(const struct window *window, int k);
/* The screening of a stage whose IT is decided. */
enum status window_screen_again(const struct window *window, int k) MUST_CHECK;

/* lifetime_border.c: the programme of a round, and what its optimum builds. */
enum status window_assemble(struct window *window, struct arena *scratch, struct programme **ret,
                            const struct window_joints *ret_joints) MUST_CHECK;
void window_take_built(struct window *window, const struct window_joints *joints);
/* Has it a column and a row in a stage whose programme was written? */
bool window_joins(const struct window *window, const struct lifetime_asset *asset, int k);
/* Stage k alone, where what stands in it is paid at the prices of the last optimum; and what it costs so in that optimum. */
enum status window_assemble_priced(const struct window *window, int k, struct arena *scratch,
                                   struct programme **ret) MUST_CHECK;
double window_priced_money(const struct window *window, int k);
/* Present value of what is paid at once, as the window's yes and no stand. */
double window_steps_money(struct window *window);
/* Present values from what is built, kept and paid. */
void window_settle_money(struct window *window);

/* lifetime_rounds.c: works of all stages, and rounds to rest (rounds_most: at most so many). */
enum status window_begin(struct window *window) MUST_CHECK;
/* Sizes and losses of a stage as another stage, or the same of a like window, has come to rest; then it is at slope. */
void window_begin_at(struct case_work *work, const struct case_work *like);
enum status window_solve(struct window *window, int rounds_most) MUST_CHECK;
/* lifetime_warm.c: the next round begins at the optima of the stages, each solved alone. */
enum status window_warm_from_stages(struct window *window, const struct window *stage) MUST_CHECK;
struct solve_options window_solve_options(struct window *window, const struct outcome *warm);

/* lifetime_start.c: from when on what is built at once; *window: that of the cheapest. */
enum status window_choose_starts(struct window *window) MUST_CHECK;

#endif
