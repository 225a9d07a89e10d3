/* Believes nothing that a folder of results says: computes it again and compares every byte. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_VERIFY_H
#define TELL_VERIFY_H

#include "accounts/accounts.h"
#include "base/diag.h"

/* From DIR/plan.yaml and the inputs it names come scenario and physics; from the recorded rates the
   flows, balances, bills, metrics and pages, without a solver. OK: all agree. CHECK_FAILED: what
   differs stands in diag. *ret_words: one line per file, for people. *ret_plan: the plan computed again. */
enum status tell_verify(struct arena *arena, struct diag *diag, const char *folder,
                        const char **ret_words, struct plan **ret_plan) MUST_CHECK;

/* What a folder of results describes, from its record alone and without a solver. */
enum status tell_restore(struct arena *arena, struct diag *diag, const char *folder,
                         struct accounts **ret) MUST_CHECK;

#endif
