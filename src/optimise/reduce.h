/* A programme without the equalities that only say what one of their columns is. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_REDUCE_H
#define OPTIMISE_REDUCE_H

#include "optimise/outcome.h"

/* A row a_j x_j + sum a_k x_k = 0 says in every step what its column j is, and where the bounds of the x_k keep x_j
   within its own, that is all it says. Then row and column are taken out, and - sum a_k x_k / a_j stands wherever x_j
   stood: a supply that is the sum of what is burnt, a heat pump's source, a pipe's far end. The pattern stays that of
   hours: it is done for all steps or for none. */
struct reduction;

/* NULL where nothing can be taken out. */
enum status reduce_programme(const struct programme *programme, struct arena *arena,
                             struct reduction **ret) MUST_CHECK;
const struct programme *reduce_small(const struct reduction *reduction);
/* x and y of the whole, as the small programme sees them. */
enum status reduce_outcome(const struct reduction *reduction, const struct outcome *whole,
                           struct arena *arena, struct outcome *ret) MUST_CHECK;
/* x and y of the small programme become those of the whole. */
enum status reduce_restore(const struct reduction *reduction, struct arena *arena,
                           struct outcome *outcome) MUST_CHECK;

#endif
