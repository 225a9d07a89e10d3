/* Cases of components: text tables beside the code, and fenced blocks of their pages, as people
   read them.

       component heat_pump
       source    DEA catalogue, excess-heat heat pump of 1 MW
       given     heat_in.supply_c=25 heat_in.return_c=15 heat_out.supply_c=70 heat_out.return_c=35
       expect    heat_out/power_in 4.0 tolerance 0.1
       expect    may_run 1

   Blank lines end a case; "#" starts a comment; "tolerance 5%" is relative; without a tolerance it
   is 1e-9. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TESTS_COMPONENTS_CASES_H
#define TESTS_COMPONENTS_CASES_H

#include "components/component.h"

struct cases_sum {
    int cases, expectations, failures;
};
/* Runs all cases of a file (those between ```case and ``` when fenced). Prints each failure. cases
   is -1 when the file cannot be read. find gives the component by name. */
struct cases_sum cases_run(const char *path, bool fenced,
                           const struct component *(*find)(const char *name));

#endif
