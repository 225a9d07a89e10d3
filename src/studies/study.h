/* A study: one scenario, axes along which it changes, and a method that says which points are planned. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_STUDY_H
#define STUDIES_STUDY_H

#include <stdint.h>

#include "base/diag.h"
#include "base/ranks.h"
#include "scenario/change.h"
#include "studies/sample.h"
#include "studies/sensitivity.h"
#include "studies/weigh.h"

enum study_method {
    METHOD_GRID,            /* every combination of values */
    METHOD_ONE_AT_A_TIME,   /* the middle, then each axis low and high: a tornado */
    METHOD_RANDOM,          /* independent draws */
    METHOD_LATIN_HYPERCUBE, /* each axis in strata */
    METHOD_SOBOL,           /* Saltelli's design on a Sobol sequence: samples * (axes + 2) plans */
    METHOD_MORRIS,          /* trajectories: samples * (axes + 1) plans */
    METHODS
};
const char *study_method_name(enum study_method method);

struct fact { /* what no plan knows and a choice asks: the way to the fibre, a view */
    const char *name;
    struct place place;
    double value;
};
struct option { /* a place or a design by name: several changes at once */
    const char *name;
    struct place place;
    int changes_count, facts_count;
    struct scenario_change *changes;
    struct fact *facts;
};
struct axis {
    const char *path; /* scenario/change.h; of options the axis' name */
    struct place place;
    bool is_spread, decided; /* decided by somebody, not by the future */
    int values_count;        /* else so many values, as they are written */
    const char **values;
    enum spread spread;
    double spread_values[3];
    struct option *options; /* or values_count of these, whose names are the values */
};

/* What decides between options: a figure (its mean over the futures) or a fact. */
struct criterion {
    const char *name, *figure, *fact; /* one of the last two is NULL */
    struct place place;
    bool lower; /* less is better */
    double weight_ratio, worst_value, best_value, least_value,
        most_value; /* NaN: no scale, no limit of its own */
};
struct weight_set { /* of somebody */
    const char *name;
    double weight_ratio[CRITERIA_MAX];
};
struct choice {
    int criteria_count, sets_count;
    struct criterion *criteria;
    struct weight_set *sets;   /* the first are the criteria's own */
    double *comparison_ratio;  /* pairs of criteria for AHP, or NULL */
    const char *regret_figure; /* or NULL */
    bool regret_lower;
};

struct study {
    const char *file, *scenario_file; /* beside the study's file */
    char *scenario_text;
    size_t scenario_size;
    enum study_method method;
    long samples, rows;
    uint64_t seed;
    int axes_count, figures_count, changes_most; /* of one row */
    struct axis *axes;
    long options, futures; /* rows = options * futures; one option where nothing is decided */
    struct choice choice;
    const char **figures; /* told first: "together.erf_ratio", "npv_money" */
    double *rank_ratio;   /* [axis][axis]: how the ranks of draws go together; NULL: not at all */
    struct place correlations;
    double *point_frac; /* [future][axis], or NULL for a grid */
    struct move *moves; /* of METHOD_MORRIS */
};

/* Reads and checks a study and its scenario (the first row is read as a scenario). */
enum status study_read(struct arena *arena, struct diag *diag, const char *path,
                       struct study **ret) MUST_CHECK;
/* The changes that make a row's scenario: changes_most at most. */
enum status study_changes(const struct study *study, long row, struct arena *arena,
                          struct scenario_change *ret, int *ret_count) MUST_CHECK;
/* What stands on an axis in a row; NULL: no memory. Every option meets the same futures. */
const char *study_cell(const struct study *study, long row, int axis, struct arena *arena);
long study_option(const struct study *study, long row);
long study_future(const struct study *study, long row);
/* The value of an axis (an option of it, a number among its values) that an option of the study has. */
int study_decided_value(const struct study *study, long option, int axis);

/* The values of the decided axes, apart by ", "; empty where nothing is decided. */
const char *study_option_name(const struct study *study, long option, struct arena *arena);

/* All rows with their figures, in order; NaN where a plan failed. */
struct study_results {
    const struct study *study;
    int names_count;
    const char **names; /* of figures */
    enum status *status;
    double *value;      /* [row][name] */
    long planned, kept; /* rows planned now, and taken from an earlier run */
    long mine;          /* rows of this part */
};
struct study_options {
    int processes;       /* at once, of each rank */
    struct ranks *ranks; /* of an MPI job, all of which run the study; NULL: alone */
    const char *store;   /* address of a database that keeps the results; NULL: folder/study.db */
    int part, parts;     /* plans part 1 .. parts of the scenarios alone; parts 0: all of them */
    /* After each plan: rows done, rows in all, of them failed. True to stop. May be NULL. */
    bool (*progress)(void *data, long done, long all, long failed);
    void *data;
};
/* Plans every row, in processes of their own; each result is kept in the store as soon as it is there, so that
   the next run goes on where this one ended. One of several parts keeps its own in folder/parts/ and leaves the rows of
   others as they are; a run of all takes over what the parts have kept. Of several ranks the first keeps the results and
   has them at its end. CANCELLED when progress stopped it. */
enum status study_run(const struct study *study, const struct study_options *options,
                      const char *folder, const char *version, struct arena *arena,
                      struct diag *diag, struct study_results *ret) MUST_CHECK;
int study_name(const struct study_results *results, const char *name); /* -1 when unknown */

#endif
