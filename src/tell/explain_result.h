/* Why a figure of a result is what it is: how it is made, of what, and what the plan rests on for it. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_EXPLAIN_RESULT_H
#define TELL_EXPLAIN_RESULT_H

#include "base/diag.h"
#include "base/text.h"

/* The folder is read as verify reads it, and nothing of it believed that its record does not give. figure NULL: the
   reasons of the plan and the list of figures. USAGE: there is no such figure. */
enum status tell_explain_result(struct arena *arena, struct diag *diag, const char *folder,
                                const char *figure, bool json, bool utf8,
                                struct text_buffer *out) MUST_CHECK;

#endif
