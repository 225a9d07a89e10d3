/* The options of a study weighed, once its rows are planned. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef STUDIES_CHOOSE_H
#define STUDIES_CHOOSE_H

#include "studies/robust.h"
#include "studies/study.h"

enum option_state {
    OPTION_WEIGHED,
    OPTION_WITHOUT_PLAN, /* in at least one future */
    OPTION_KNOCKED_OUT   /* beyond a criterion's own limit */
};

struct option_weighed {
    const char *name; /* the values of the decided axes, apart by ", " */
    enum option_state state;
    int broken_criterion; /* of OPTION_KNOCKED_OUT */
    int dominated_by;     /* another option, or -1 */
    double topsis_ratio, promethee_ratio,
        by_pairs_ratio;          /* NaN where it is not weighed or nobody compared pairs */
    double first_ratio;          /* of all weightings, the share that puts it first */
    const double *central_ratio; /* by criterion: their mean; NaN where there is none */
    double *value;               /* by criterion */
    const double *utility_ratio; /* the same */
    double *sum;                 /* by set of weights */
};

struct choosing {
    const struct study *study;
    long options, weighed;
    struct option_weighed *option;
    int *best_by_set; /* by set of weights: option, or -1 where none is left */
    int best_topsis, best_promethee, best_ahp;
    const struct flip *flip; /* by criterion, of the first set; options are numbers of .option */
    int *without;            /* by option: what the first set would choose were it not there */
    struct ahp ahp;
    const struct robust *robust; /* by option, where the study asks for regret */
};
enum { SMAA_DRAWS = 20000 };

/* NULL, and OK, where the study asks for no choice. */
enum status choose_make(const struct study_results *results, struct arena *arena,
                        struct choosing **ret) MUST_CHECK;

#endif
