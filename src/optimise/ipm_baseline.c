/* Two lanes at a time: SSE2, NEON, wasm128, or whatever the compiler makes of it. */
/* SPDX-License-Identifier: Apache-2.0 */
#define PART 2
#define KERNELS ipm_kernels_baseline
#include "optimise/ipm_vector.h"
