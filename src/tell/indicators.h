/* The indicators as a file and as a section of the report. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_INDICATORS_H
#define TELL_INDICATORS_H

#include "accounts/indicators.h"
#include "base/text.h"

/* indicators.json: each indicator of apart and together with what it is made of; the sheet of EU 2024/1364. */
enum status indicators_json(const struct accounts *accounts, struct arena *arena,
                            struct text_buffer *out) MUST_CHECK;
void indicators_html(const struct accounts *accounts, struct text_buffer *out);

#endif
