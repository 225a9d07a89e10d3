/* Why a plan is as it is, told: sentences in 78 columns, or JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_WHY_H
#define TELL_WHY_H

#include "accounts/why.h"
#include "base/text.h"

enum status why_words(const struct accounts *accounts, const struct why *why, bool utf8,
                      struct text_buffer *out) MUST_CHECK;
enum status why_json(const struct accounts *accounts, const struct why *why,
                     struct text_buffer *out) MUST_CHECK;

#endif
