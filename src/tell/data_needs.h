/* What a community's data needs are, in words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_DATA_NEEDS_H
#define TELL_DATA_NEEDS_H

#include "base/text.h"
#include "studies/data_needs.h"

/* In 78 columns. Proposes an IT power only where every user is confirmed. */
void data_needs_words(const struct data_needs *needs, bool utf8, struct text_buffer *out);

#endif
