/* Refrigerants of compression machines: how hot they make water, how warm a source they take, what a leak does.

   A subcritical machine condenses some K above its water and well below the critical temperature: supply_max_c is 15 K below
   it; ammonia is held lower by its pressure. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPONENTS_REFRIGERANT_H
#define COMPONENTS_REFRIGERANT_H

#include "components/component.h"

/* Words of a parameter `refrigerant`. The first chooses by the hottest water asked of the machine; of machines for buildings,
   which are bought as they are, it says that none is named: then supply_max_c alone is the limit. */
enum { REFRIGERANT_BY_TEMPERATURE, REFRIGERANT_R717, REFRIGERANT_R744 = 10 };
#define REFRIGERANT_NAMES                                                                          \
    "r717", "r134a", "r1234ze", "r290", "r600a", "r245fa", "r1233zd", "r32", "r410a", "r744"
#define REFRIGERANT_WORDS "by_temperature", REFRIGERANT_NAMES
#define REFRIGERANT_NOT_NAMED "not_named"

struct refrigerant {
    const char *name;   /* "R134a" */
    const char *safety; /* class of ISO 817: toxicity A or B, flammability 1, 2L, 2, 3 */
    double supply_max_c, source_max_c; /* a warmer source is mixed down to it */
    double gwp_ratio;                  /* over 100 years, of CO2 */
};

/* The one of a word. By temperature: ammonia where it reaches hottest_c, else isobutane, else R1233zd. */
const struct refrigerant *refrigerant_of_word(int word, double hottest_c);
/* That of a machine for buildings; NULL where none is named. */
const struct refrigerant *refrigerant_named(int word);
/* That of a machine whose kind has the parameter and says one; else NULL. */
const struct refrigerant *refrigerant_of(const struct component *kind, const void *self,
                                         double hottest_c);
/* Hottest water of a machine: its refrigerant's, unless its maker says otherwise (supply_max_c). A supply_max_c with a
   default of its own holds beside the refrigerant's. */
double refrigerant_supply_max_c(const struct component *kind, const void *self, double hottest_c);
/* What no law of a machine holds for; own_quality: its maker's share of the ideal is its law. */
void refrigerant_check(int word, bool own_quality, struct diag *diag, struct place place);
/* Hottest supply at a port; -infinity where it has none. */
double refrigerant_hottest_c(const struct hours *hours, int port);

#endif
