/* The report's section on what the answer rests on. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_DEFAULTS_H
#define TELL_DEFAULTS_H

#include "accounts/accounts.h"
#include "base/text.h"

void defaults_add(const struct accounts *a, struct text_buffer *out);

#endif
