/* Where kernels for other vectors than the baseline's can be built and chosen. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_IPM_MACHINE_H
#define OPTIMISE_IPM_MACHINE_H

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define IPM_X86 1
#else
#define IPM_X86 0
#endif

#endif
