/* The pocket calculator: laws of physics and components by name. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef HEARTH_CALC_H
#define HEARTH_CALC_H

#include "base/diag.h"
#include "components/evaluate.h"

enum status calc_law(struct arena *arena, struct diag *diag, const char *law, int arguments_count,
                     const char *const *arguments, bool json, const char **ret_text) MUST_CHECK;

/* A year of weather through a hall's cooling: system=KIND weather=FILE.epw or climate=NAME, and what docs/verbs/calc.md
   lists. */
enum status calc_cooling_year(struct arena *arena, struct diag *diag, int count,
                              const char *const *arguments, struct evaluation *ret) MUST_CHECK;

#endif
