/* Plans that are not the method to rest: marked wherever they are told, and never verified as exact. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_APPROXIMATE_H
#define TELL_APPROXIMATE_H

#include "tell/page.h"
#include "tell/tell.h"

bool approximate(const struct plan *plan);
/* "approximate": {"depth": ..., "weeks": [...]}, with a comma behind it; nothing of a full plan. */
void approximate_json(const struct plan *plan, struct text_buffer *out);
/* What stands for what, in words; nothing of a full plan. */
void approximate_terminal(const struct plan *plan, struct page *page);
/* A figure's value, marked. */
const char *approximate_value(const struct plan *plan, struct arena *arena, const char *value);
/* CHECK_FAILED, with words, when a folder's summary says that its plan is approximate. */
enum status approximate_refuse(struct arena *arena, struct diag *diag,
                               const char *folder) MUST_CHECK;

#endif
