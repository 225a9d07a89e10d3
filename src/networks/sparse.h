/* Symmetric positive definite systems of one sparsity pattern, solved many times: the order of
   elimination and the pattern of the factor are found once, then only numbers change. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef NETWORKS_SPARSE_H
#define NETWORKS_SPARSE_H

#include <stdbool.h>

#include "base/arena.h"

struct sparse;

/* n unknowns, coupled by count pairs (a[k], b[k]), a != b; pairs may repeat. ret_slot[k]: the place
   of pair k among the off-diagonal values; repeated pairs share theirs. */
enum status sparse_new(struct arena *arena, int n, int count, const int *a, const int *b,
                       int *ret_slot, struct sparse **ret) MUST_CHECK;
int sparse_slots(const struct sparse *sparse);
long sparse_fill(const struct sparse *sparse); /* nonzeros of the factor below its diagonal */

/* A = L D L' from diagonal_value[n] and off_value[slots]. False when A is not positive definite. */
bool sparse_factor(struct sparse *sparse, const double *diagonal_value, const double *off_value);
/* x: right-hand side in, solution out. */
void sparse_solve(const struct sparse *sparse, double *x);

#endif
