/* Four lanes at a time. Contraction is off, so the bits are those of every other machine. */
/* SPDX-License-Identifier: Apache-2.0 */
#include "optimise/ipm_machine.h"
#if IPM_X86
#pragma GCC target("avx2")
#define PART 4
#else /* never chosen: ipm_kernels.c */
#define PART 2
#endif
#define KERNELS ipm_kernels_avx2
#include "optimise/ipm_vector.h"
