/* The laws by name: the pocket calculator `hearth calc`, the published cases beside the code, the
   list of laws. A law takes numbers with units in their names and gives one to eight numbers.
   Nothing here belongs into an hour loop: components call the functions themselves. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PHYSICS_LAW_H
#define PHYSICS_LAW_H

#include <stdbool.h>
#include <stddef.h>

struct law_argument {
    const char *name;         /* ends in its unit: "t_c" */
    double fallback;          /* NAN: must be given */
    double min, max;          /* where the law holds, both included */
    const char *const *words; /* NULL, or the names of 0, 1, 2 ..., ended by NULL */
};

struct law {
    const char *name;   /* that of the function: "air_wet_bulb_c" */
    const char *title;  /* one line */
    const char *source; /* where the equation is published */
    const struct law_argument *arguments;
    int arguments_count;
    const char *const *results; /* names, each ends in its unit */
    int results_count;
    /* Arguments within their ranges. False, results untouched: there is no answer (no such machine,
       no such state). */
    bool (*evaluate)(const double *argument, double *ret_result);
};

enum { LAW_ARGUMENTS_MAX = 16, LAW_RESULTS_MAX = 8 };

int law_count(void);
const struct law *law_at(int index);          /* by topic, then by name as in the headers */
const struct law *law_find(const char *name); /* NULL when there is none */
/* Index of an argument or result by name; -1 when there is none. */
int law_argument_find(const struct law *law, const char *name);
int law_result_find(const struct law *law, const char *name);

/* Reads one of the argument's words, or a number; false when text is neither. The range is not
   looked at. */
bool law_argument_read(const struct law_argument *argument, const char *text, size_t size,
                       double *ret_value);

enum law_outcome {
    LAW_DONE,
    LAW_MISSING,   /* an argument without fallback is not given */
    LAW_OUTSIDE,   /* an argument is outside its range */
    LAW_NO_ANSWER, /* the law has no answer at these arguments */
};
/* argument: arguments_count numbers, NAN where not given. ret_result: results_count numbers,
   written when LAW_DONE. ret_argument (may be NULL): which argument is missing or outside, -1
   otherwise. */
enum law_outcome law_evaluate(const struct law *law, const double *argument, double *ret_result,
                              int *ret_argument);

#endif
