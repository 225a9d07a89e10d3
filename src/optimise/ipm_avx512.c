/* Eight lanes at a time. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_machine.h"
#if IPM_X86
#pragma GCC target("avx512f")
#define PART 8
#else /* never chosen: ipm_kernels.c */
#define PART 2
#endif
#define KERNELS ipm_kernels_avx512
#include "optimise/ipm_vector.h"
