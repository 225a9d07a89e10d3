/* Clp on a programme that is already written out. Inside this floor only. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef OPTIMISE_REFERENCE_CLP_H
#define OPTIMISE_REFERENCE_CLP_H

#include "optimise/outcome.h"

enum status reference_clp_solve_flat(const struct programme_flat *flat,
                                     const struct solve_options *options, struct arena *arena,
                                     struct outcome *ret) MUST_CHECK;

#endif
