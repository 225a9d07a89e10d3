/* Which kernels this machine runs. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_kernels.h"

#include "optimise/ipm_machine.h"

const double ipm_weights[WEIGHTS] = {1.0, 0.85, 0.7, 0.55, 0.4, 0.3, 0.2, 0.1};

static bool always(void) { return true; }

#if IPM_X86
static bool has_avx2(void) { return __builtin_cpu_supports("avx2") != 0; }
static bool has_avx512(void) { return __builtin_cpu_supports("avx512f") != 0; }
#else
static bool has_avx2(void) { return false; }
static bool has_avx512(void) { return false; }
#endif

/* The best first; the last one only where it is asked for. */
static const struct {
    const char *name;
    const struct ipm_kernels *kernels;
    bool (*runs)(void);
} machines[] = {
    {"avx512", &ipm_kernels_avx512, has_avx512},
    {"avx2", &ipm_kernels_avx2, has_avx2},
    {"baseline", &ipm_kernels_baseline, always},
    {"plain", &ipm_kernels_plain, always},
};

const struct ipm_kernels *ipm_kernels_named(const char *name) {
    for (int m = 0; m < COUNT(machines); m++) {
        if (machines[m].runs() && (!name || strcmp(name, machines[m].name) == 0)) {
            return machines[m].kernels;
        }
    }
    return NULL;
}
