/* A plan from a folder of results, without a solver: scenario and physics from plan.yaml, rates and capacities from the
   record. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_RESTORED_H
#define TELL_RESTORED_H

#include "plan/plan.h"

enum { RESTORED_BYTES_MAX = 1 << 28 }; /* of a file of results */

enum status restored_file(struct arena *arena, struct diag *diag, const char *folder,
                          const char *name, char **ret_text, size_t *ret_size) MUST_CHECK;
enum status restored_plan(struct arena *arena, struct diag *diag, const char *folder,
                          struct plan **ret) MUST_CHECK;

#endif
