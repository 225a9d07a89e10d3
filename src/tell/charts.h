/* The report's charts, each a <section> with its finding, unit line, picture and table. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_CHARTS_H
#define TELL_CHARTS_H

#include "accounts/accounts.h"
#include "base/text.h"

void chart_sankey(const struct accounts *a, struct text_buffer *out);
void chart_heat_map(const struct accounts *a, struct text_buffer *out);
void chart_weeks(const struct accounts *a, struct text_buffer *out);
void chart_duration(const struct accounts *a, struct text_buffer *out);
void chart_months(const struct accounts *a, struct text_buffer *out);
void chart_ledger(const struct accounts *a, struct text_buffer *out);

#endif
