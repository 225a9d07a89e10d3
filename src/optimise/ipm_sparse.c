/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_sparse.h"

#include <limits.h>
#include <math.h>
#include <string.h>

enum { WORD = 64 };

enum status ipm_sparse_begin(struct arena *arena, int nodes, struct ipm_sparse *ret) {
    struct ipm_sparse sparse = {.nodes = nodes, .words = (nodes + WORD - 1) / WORD};
    sparse.near = ARENA_TAKE(arena, uint64_t, (long)nodes * sparse.words);
    sparse.upward = ARENA_TAKE(arena, bool, nodes);
    sparse.turn = ARENA_TAKE(arena, unsigned char, nodes);
    sparse.place = ARENA_TAKE(arena, int, nodes);
    sparse.node = ARENA_TAKE(arena, int, nodes);
    *ret = sparse;
    return arena_failed(arena) ? STATUS_NO_MEMORY : STATUS_OK;
}

static uint64_t *near_of(const struct ipm_sparse *sparse, int node) {
    return sparse->near + (long)node * sparse->words;
}

static uint64_t bit_of(int i) { return (uint64_t)1 << ((unsigned)i % WORD); }
static void set_bit(uint64_t *set, int i) { set[i / WORD] |= bit_of(i); }
static void clear_bit(uint64_t *set, int i) { set[i / WORD] &= ~bit_of(i); }
static bool has_bit(const uint64_t *set, int i) { return (set[i / WORD] & bit_of(i)) != 0; }

void ipm_sparse_join(struct ipm_sparse *sparse, int a, int b) {
    if (a != b) {
        set_bit(near_of(sparse, a), b);
        set_bit(near_of(sparse, b), a);
    }
}

static int count_bits(const uint64_t *set, int words) {
    int count = 0;
    for (int w = 0; w < words; w++) {
        count += __builtin_popcountll(set[w]);
    }
    return count;
}

/* The node to eliminate next: of the lowest turn left, the one of least degree. */
static int choose(const struct ipm_sparse *sparse, const int *degree) {
    int best = -1;
    for (int i = 0; i < sparse->nodes; i++) {
        if (degree[i] < 0) {
            continue;
        }
        if (best < 0 || sparse->turn[i] < sparse->turn[best] ||
            (sparse->turn[i] == sparse->turn[best] && degree[i] < degree[best])) {
            best = i;
        }
    }
    return best;
}

/* Eliminates on the pattern: near_of(node) is left with the nodes behind it. */
static void eliminate(struct ipm_sparse *sparse, int node, int *degree) {
    uint64_t *mine = near_of(sparse, node);
    for (int i = 0; i < sparse->nodes; i++) {
        if (!has_bit(mine, i)) {
            continue;
        }
        uint64_t *other = near_of(sparse, i);
        for (int w = 0; w < sparse->words; w++) {
            other[w] |= mine[w];
        }
        clear_bit(other, i);
        clear_bit(other, node);
        degree[i] = count_bits(other, sparse->words);
    }
    degree[node] = -1;
}

static enum status lay_out(struct arena *arena, struct ipm_sparse *sparse) {
    int n = sparse->nodes;
    long count = 0;
    for (int i = 0; i < n; i++) {
        count += count_bits(near_of(sparse, i), sparse->words);
    }
    if (count > INT_MAX) {
        return STATUS_NO_MEMORY;
    }
    sparse->below_first = ARENA_TAKE(arena, int, n + 1);
    sparse->below = ARENA_TAKE(arena, int, count);
    sparse->left_first = ARENA_TAKE(arena, int, n + 1);
    sparse->left = ARENA_TAKE(arena, int, count);
    sparse->left_at = ARENA_TAKE(arena, int, count);
    sparse->kin = ARENA_TAKE(arena, int, n);
    sparse->matrix = ARENA_TAKE(arena, double, count);
    sparse->value = ARENA_TAKE(arena, double, count);
    sparse->matrix_diagonal = ARENA_TAKE(arena, double, n);
    sparse->pivot = ARENA_TAKE(arena, double, n);
    sparse->work = ARENA_TAKE(arena, double, n);
    int *fill = ARENA_TAKE(arena, int, n + 1);
    if (arena_failed(arena)) {
        return STATUS_NO_MEMORY;
    }
    int at = 0;
    for (int p = 0; p < n; p++) {
        const uint64_t *mine = near_of(sparse, sparse->node[p]);
        sparse->below_first[p] = at;
        for (int later = p + 1; later < n; later++) {
            if (has_bit(mine, sparse->node[later])) {
                sparse->below[at++] = later;
                sparse->left_first[later + 1]++;
            }
        }
    }
    sparse->below_first[n] = at;
    for (int p = 0; p < n; p++) { /* the rows behind p are among those behind the first of them */
        const int *first = &sparse->below_first[p];
        bool same = p > 0 && first[0] - first[-1] == first[1] - first[0] + 1 &&
                    sparse->below[first[-1]] == p;
        sparse->kin[p] = same ? sparse->kin[p - 1] : p;
    }
    for (int p = 0; p < n; p++) {
        sparse->left_first[p + 1] += sparse->left_first[p];
        fill[p] = sparse->left_first[p];
    }
    for (int p = 0; p < n; p++) {
        for (int i = sparse->below_first[p]; i < sparse->below_first[p + 1]; i++) {
            int row = sparse->below[i];
            sparse->left[fill[row]] = p;
            sparse->left_at[fill[row]++] = i;
        }
    }
    return STATUS_OK;
}

enum status ipm_sparse_order(struct arena *arena, struct ipm_sparse *sparse) {
    int *degree = ARENA_TAKE(arena, int, sparse->nodes);
    if (!degree) {
        return STATUS_NO_MEMORY;
    }
    for (int i = 0; i < sparse->nodes; i++) {
        degree[i] = count_bits(near_of(sparse, i), sparse->words);
    }
    for (int p = 0; p < sparse->nodes; p++) {
        int node = choose(sparse, degree);
        sparse->node[p] = node;
        sparse->place[node] = p;
        eliminate(sparse, node, degree);
    }
    return lay_out(arena, sparse);
}

double *ipm_sparse_at(const struct ipm_sparse *sparse, int a, int b) {
    int first = sparse->place[a], second = sparse->place[b];
    if (first == second) {
        return &sparse->matrix_diagonal[first];
    }
    int column = first < second ? first : second, row = first < second ? second : first;
    int low = sparse->below_first[column], high = sparse->below_first[column + 1] - 1;
    while (low < high) {
        int middle = (low + high) / 2;
        if (sparse->below[middle] < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return &sparse->matrix[low];
}

void ipm_sparse_clear(struct ipm_sparse *sparse) {
    int n = sparse->nodes;
    if (n > 0) {
        memset(sparse->matrix, 0, (size_t)sparse->below_first[n] * sizeof *sparse->matrix);
        memset(sparse->matrix_diagonal, 0, (size_t)n * sizeof *sparse->matrix_diagonal);
    }
}

static double safe_pivot(double pivot, double from, double floor_ratio, double least_of_kind,
                         bool upward) {
    double least = floor_ratio * fabs(from) + least_of_kind;
    double size = upward ? pivot : -pivot;
    size = size > least ? size : least;
    return upward ? size : -size;
}

/* Columns to the left that are taken off a column at once, one after the other in each number, where their rows are the
   same: each number is fetched and stored once for all of them. */
enum { AT_ONCE = 4 };

static bool are_kin(const struct ipm_sparse *sparse, int l, int end) {
    return l + AT_ONCE <= end && sparse->left[l + AT_ONCE - 1] == sparse->left[l] + AT_ONCE - 1 &&
           sparse->kin[sparse->left[l]] == sparse->kin[sparse->left[l + AT_ONCE - 1]];
}

static void take_off_kin(const struct ipm_sparse *sparse, int l, double *diagonal) {
    const double *from[AT_ONCE];
    double factor[AT_ONCE], *work = sparse->work;
    int first = sparse->left_at[l] + 1, count = sparse->below_first[sparse->left[l] + 1] - first;
    for (int n = 0; n < AT_ONCE; n++) {
        const double *value = sparse->value + sparse->left_at[l + n];
        factor[n] = value[0] * sparse->pivot[sparse->left[l + n]];
        *diagonal -= value[0] * factor[n];
        from[n] = value + 1;
    }
    for (int i = 0; i < count; i++) {
        double *to = &work[sparse->below[first + i]], value = *to;
        _Pragma("GCC unroll 4") for (int n = 0; n < AT_ONCE; n++) {
            value -= from[n][i] * factor[n];
        }
        *to = value;
    }
}

static void take_off(const struct ipm_sparse *sparse, int l, double *diagonal) {
    int k = sparse->left[l], at = sparse->left_at[l];
    double factor = sparse->value[at] * sparse->pivot[k];
    *diagonal -= sparse->value[at] * factor;
    for (int i = at + 1; i < sparse->below_first[k + 1]; i++) {
        sparse->work[sparse->below[i]] -= sparse->value[i] * factor;
    }
}

void ipm_sparse_factor(struct ipm_sparse *sparse, double floor_ratio, double rho, double delta) {
    double *work = sparse->work, *value = sparse->value;
    const int *below = sparse->below;
    for (int j = 0; j < sparse->nodes; j++) {
        double diagonal = sparse->matrix_diagonal[j];
        for (int i = sparse->below_first[j]; i < sparse->below_first[j + 1]; i++) {
            work[below[i]] = sparse->matrix[i];
        }
        for (int l = sparse->left_first[j], end = sparse->left_first[j + 1]; l < end;) {
            bool kin = are_kin(sparse, l, end);
            (kin ? take_off_kin : take_off)(sparse, l, &diagonal);
            l += kin ? AT_ONCE : 1;
        }
        bool upward = sparse->upward[sparse->node[j]];
        double pivot = safe_pivot(diagonal, sparse->matrix_diagonal[j], floor_ratio,
                                  upward ? rho : delta, upward);
        sparse->pivot[j] = pivot;
        for (int i = sparse->below_first[j]; i < sparse->below_first[j + 1]; i++) {
            value[i] = work[below[i]] / pivot;
        }
    }
}

void ipm_sparse_solve(const struct ipm_sparse *sparse, double *x) {
    double *work = sparse->work;
    int n = sparse->nodes;
    for (int p = 0; p < n; p++) {
        work[p] = x[sparse->node[p]];
    }
    for (int j = 0; j < n; j++) {
        for (int i = sparse->below_first[j]; i < sparse->below_first[j + 1]; i++) {
            work[sparse->below[i]] -= sparse->value[i] * work[j];
        }
    }
    for (int j = n - 1; j >= 0; j--) {
        double sum = work[j] / sparse->pivot[j];
        for (int i = sparse->below_first[j]; i < sparse->below_first[j + 1]; i++) {
            sum -= sparse->value[i] * work[sparse->below[i]];
        }
        work[j] = sum;
    }
    for (int p = 0; p < n; p++) {
        x[sparse->node[p]] = work[p];
    }
}
