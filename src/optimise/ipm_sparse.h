/* A sparse symmetric quasi-definite system: L D L' with the order found once, pivots of known sign
   kept from zero. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_SPARSE_H
#define OPTIMISE_IPM_SPARSE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"

struct ipm_sparse {
    int nodes;
    int words;           /* of a bit set of nodes */
    uint64_t *near;      /* [node][words]: the pattern, until it is ordered */
    bool *upward;        /* by node: its pivot is positive */
    unsigned char *turn; /* by node: all of turn 0 are eliminated before those of turn 1, then 2 */
    int *place;          /* node -> place in the order */
    int *node;           /* place -> node */
    int *below_first, *below;         /* L by columns: places */
    int *left_first, *left, *left_at; /* by row: columns to the left, and where in below */
    int *kin;               /* by column: the first of those that have the same rows behind them */
    double *matrix, *value; /* along below: the matrix, and L */
    double *matrix_diagonal, *pivot, *work;
};

enum status ipm_sparse_begin(struct arena *arena, int nodes, struct ipm_sparse *ret) MUST_CHECK;
void ipm_sparse_join(struct ipm_sparse *sparse, int a, int b); /* a and b may have an entry */
/* Orders (least degree, turn by turn) and lays out L; no further join. */
enum status ipm_sparse_order(struct arena *arena, struct ipm_sparse *sparse) MUST_CHECK;
/* Where the entry of two nodes stands; they were joined, or are the same. */
double *ipm_sparse_at(const struct ipm_sparse *sparse, int a, int b);
void ipm_sparse_clear(struct ipm_sparse *sparse); /* the matrix becomes zero */
/* Pivots below floor_ratio of the diagonal they come from, those of rows also below delta, are raised to
   it, with their sign. */
void ipm_sparse_factor(struct ipm_sparse *sparse, double floor_ratio, double rho, double delta);
void ipm_sparse_solve(const struct ipm_sparse *sparse, double *x); /* by node, in place */

#endif
