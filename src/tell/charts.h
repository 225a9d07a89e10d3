/* The report's charts, each a <section> with its finding, unit line, picture and table. One that has
   nothing to show in this run leaves its section out. */
/* SPDX-License-Identifier: Apache-2.0 */
#ifndef TELL_CHARTS_H
#define TELL_CHARTS_H

#include "tell/chart.h"

void chart_screening(const struct accounts *a, struct text_buffer *out);
void chart_sankey(const struct accounts *a, struct text_buffer *out);
/* first: recovered heat alone (page one); else the town's own plant, the stores, the grid. */
void chart_maps(const struct accounts *a, struct text_buffer *out, bool first);
void chart_weeks(const struct accounts *a, struct text_buffer *out);
void chart_duration(const struct accounts *a, struct text_buffer *out);
void chart_months(const struct accounts *a, struct text_buffer *out);
void chart_ledger(const struct accounts *a, struct text_buffer *out);

#endif
