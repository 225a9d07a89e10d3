/* The pocket calculator: laws of physics and components by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEARTH_CALC_H
#define HEARTH_CALC_H

#include "base/diag.h"

enum status calc_law(struct arena *arena, struct diag *diag, const char *law, int arguments_count,
                     const char *const *arguments, bool json, const char **ret_text) MUST_CHECK;

#endif
