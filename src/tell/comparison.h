/* A comparison as words, CSV or JSON. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_COMPARISON_H
#define TELL_COMPARISON_H

#include "studies/compare.h"
#include "tell/page.h"

void comparison_text(const struct comparison *comparison, struct page *page);
/* Every figure of apart and together by row: "value,status,apart.pue_ratio,...". */
void comparison_csv(const struct comparison *comparison, struct text_buffer *out);
void comparison_json(const struct comparison *comparison, struct text_buffer *out);

#endif
