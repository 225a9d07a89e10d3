/* Cases: text tables beside the code, and fenced blocks of pages, as people read them.

       component heat_pump
       source    DEA catalogue, excess-heat heat pump of 1 MW
       given     heat_in.supply_c=25 heat_in.return_c=15 heat_out.supply_c=70 heat_out.return_c=35
       expect    heat_out/power_in 4.0 tolerance 0.1
       expect    may_run 1

       law       carnot_heating_ratio
       source    by hand: there is no lift
       given     t_sink_c=40 t_source_c=40
       expect    no_answer

   The first word is the subject's. Blank lines end a case; "#" starts a comment; "tolerance 5%" is
   relative; without a tolerance it is 1e-9. Of a subject with one result its name may be left out;
   "no_answer" and "outside" expect a refusal. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_CASES_H
#define TESTS_CASES_H

#include <stdbool.h>

#include "base/diag.h"

enum { CASES_RESULTS_MAX = 160, CASES_NAME_MAX = 96 };

struct cases_results {
    int count;
    struct {
        char key[CASES_NAME_MAX];
        double value;
    } at[CASES_RESULTS_MAX];
};
enum cases_outcome { CASES_DONE, CASES_OUTSIDE, CASES_NO_ANSWER, CASES_WRONG };

/* What a file's cases are about. known says whether there is such a thing; evaluate gets the words
   behind "given" and tells what was wrong with them in diag (CASES_WRONG, CASES_OUTSIDE). */
struct cases_subject {
    const char *verb; /* "component", "law" */
    bool (*known)(const char *name);
    enum cases_outcome (*evaluate)(const char *name, int count, const char *const *arguments,
                                   struct arena *arena, struct diag *diag,
                                   struct cases_results *ret);
    void (*seen)(const char *name); /* NULL, or called once for each case */
};

struct cases_sum {
    int cases, expectations, failures;
};
/* Runs all cases of a file (those between ```case and ``` when fenced). Prints each failure. cases
   is -1 when the file cannot be read. */
struct cases_sum cases_run(const char *path, bool fenced, const struct cases_subject *subject);

#endif
