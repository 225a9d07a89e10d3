/* What a study says: tables as CSV, and words. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_STUDY_H
#define TELL_STUDY_H

#include "base/text.h"
#include "studies/study.h"

/* results.csv: a line for each row: its number, its status, its axes, all figures. */
void study_table(const struct study_results *results, struct text_buffer *out);
/* sensitivity.csv by the method: statistics of a sample, tornado, elementary effects, indices; empty for a grid. */
enum status study_sensitivity(const struct study_results *results,
                              struct text_buffer *out) MUST_CHECK;
/* In 78 columns. */
enum status study_words(const struct study_results *results, bool utf8,
                        struct text_buffer *out) MUST_CHECK;

#endif
